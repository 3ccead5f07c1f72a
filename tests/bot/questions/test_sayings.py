"""Ready answers, what is beyond the list, and small talk: known by words that come together."""

from typing import get_args

import pytest

from bot.handlers.questions import SHOWN
from bot.questions.model import Named, Show
from bot.questions.near import nearest
from bot.questions.pieces import Context
from bot.questions.read import read
from bot.questions.wording import Wording, texts
from bot.questions.words.lexicon import LANGUAGES, vocabulary

ELSEWHERE = {"alike_one", "other"}
"""Reasons that no table of words tells."""


def test_every_ready_answer_is_given_by_a_handler() -> None:
    assert set(get_args(Show)) == set(SHOWN)
    for language in LANGUAGES:
        assert set(vocabulary(language)["ready"]) <= set(SHOWN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_and_every_small_talk_has_its_words(language: str) -> None:
    data, said = vocabulary(language), texts(language)
    assert set(said["beyond"]) == {*data["beyond"], *ELSEWHERE}
    assert set(said["small_talk"]) == set(data["small_talk"])


@pytest.mark.parametrize("part", ["ready", "beyond", "small_talk", "subjects"])
def test_both_languages_know_the_same(part: str) -> None:
    dutch, english = (set(vocabulary(language)[part]) for language in LANGUAGES)
    assert dutch == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_suggested_is_read_surely(context: Context, language: str) -> None:
    data = vocabulary(language)
    subjects = data["subjects"]
    told = [phrase for name, each in subjects.items() if name not in SPOKEN_OF for phrase in each]
    told += [phrase.format(name) for kind, name in SPOKEN_OF.items() for phrase in subjects[kind]]
    unsure = [
        phrase
        for phrase in [*data["examples"]["phrases"], *told]
        if read(phrase, context, language).outcome != "sure"
    ]
    assert not unsure


SPOKEN_OF = {"values": "Ede", "clients": "10984"}


@pytest.mark.parametrize(
    ("language", "text", "about"),
    [
        ("nl", "moet ik klanten in Ede afstoten", "Ede"),
        ("nl", "verwijder klant 10984 uit de lijst", "klant 10984"),
        ("nl", "wat worden mijn kosten volgend jaar", "kosten"),
        ("en", "should I raise my fees for retirees", "retirees"),
        ("en", "will client 10984 leave", "client 10984"),
    ],
)
def test_suggestions_share_the_subject(
    context: Context, language: str, text: str, about: str
) -> None:
    reading = read(text, context, language)
    assert reading.outcome == "unknown"
    suggested = nearest(text, context, language, 3, reading.reason)
    assert len(suggested) == 3
    assert any(about in phrase for phrase, _ in suggested)


def test_a_conversation_is_prepared_with_the_client_that_is_named(context: Context) -> None:
    (question,) = read("bereid een gesprek voor met klant 10984", context, "nl").questions
    assert question.filters == (Named(client="10984"),)
    assert Wording((), "nl").question(question) == "Gesprek voorbereiden · klant 10984"
