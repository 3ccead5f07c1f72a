"""Any text, about any list, gives a valid reply and never an error."""

import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.buttons import decode
from bot.localchat.markup import parse_html
from bot.questions import near, replies
from bot.questions.answers.compute import answer
from bot.questions.model import Question, as_text, from_text
from bot.questions.near import nearest
from bot.questions.pieces import Context
from bot.questions.read import read
from bot.questions.words.lexicon import vocabulary
from bot.replies.answers import Reply
from bot.replies.blocks import LIMIT, split
from storage.office import Upload
from tests.bot.questions.conftest import DAY
from tests.bot.replies.situations import SITUATIONS, upload_of

# A machine that does more at once is no failure.
PATIENT = settings(deadline=None, max_examples=60)
HOSTILE = "<b>&\"'=HYPERLINK("


def _words(language: str) -> list[str]:
    data = vocabulary(language)
    phrases = [
        phrase
        for section in ("structure", "amounts", "columns", "nouns", "superlatives", "comparatives")
        for each in data[section].values()
        for phrase in each
    ]
    return [*phrases, "10", "3", "2 ton", "2025", "50", "20%", "klant 1", "beroep", "smid", "1e9"]


ANY_TEXT = st.text(st.characters(codec=None), max_size=80)
SENTENCES = st.sampled_from(["nl", "en"]).flatmap(
    lambda language: st.lists(st.sampled_from(_words(language)), max_size=8).map(" ".join)
)


@cache
def context_of(situation: str) -> Context:
    """The list of a situation with its words, which take longer to collect than a text to read."""
    return Context(SITUATIONS[situation](), DAY)


def once(function: Callable[..., Any], place_of_context: int) -> Callable[..., Any]:
    """The function, called once with the same arguments and context."""
    known: dict[object, Any] = {}

    def call(*arguments: Any) -> Any:
        # A context has no hash; those of this module live as long as it does.
        context = arguments[place_of_context]
        rest = arguments[:place_of_context] + arguments[place_of_context + 1 :]
        key = (id(context), *rest)
        if key not in known:
            known[key] = function(*arguments)
        return known[key]

    return call


@pytest.fixture(scope="module", autouse=True)
def examples_read_once() -> Iterator[None]:
    """For each text that is not understood, all examples are read to find the nearest to it; what
    they mean for a list stays the same, and took most of the time.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(near, "read", once(near.read, place_of_context=1))
        patched.setattr(near, "items_in", once(near.items_in, place_of_context=2))
        yield


def reply_to(text: str, upload: Upload, context: Context, language: str) -> list[Reply]:
    reading = read(text, context, language)
    if reading.outcome == "thanks":
        return [replies.small_talk(reading.reason, upload, language)]
    if reading.outcome in ("unknown", "lacking"):
        near = nearest(text, context, language, 3, reading.reason)
        phrases = [phrase for phrase, _ in near]
        lacking = reading.outcome == "lacking"
        return [
            replies.not_understood(
                phrases,
                reading.words,
                upload,
                language,
                7,
                lacking=lacking,
                reason=reading.reason,
            )
        ]
    found = [replies.choice(reading.questions, reading.words, upload, language, 7, reading.reason)]
    for question in reading.questions:
        assert from_text(as_text([question])) == (question,)
        if question.intent != "show":
            computed = answer(question, context.clients, DAY)
            left_out = (*reading.left_out, HOSTILE)
            found.append(replies.answered(computed, upload, language, 7, left_out=left_out))
    return found


def check(reply: Reply) -> None:
    for piece in split(reply.text):
        assert 0 < parse_html(piece).length <= LIMIT
    for row in reply.buttons:
        for button in row:
            data = button.press.encode()
            assert button.label.strip()
            assert len(data.encode()) <= 64
            assert decode(data) == button.press


@pytest.mark.parametrize("situation", ["care and conversion", "no revenue", "one client"])
@PATIENT
@given(text=ANY_TEXT | SENTENCES, language=st.sampled_from(["nl", "en"]))
@example(text="", language="nl")
@example(text="/", language="nl")
@example(text="😀" * 80, language="en")
@example(text="omzet " * 200, language="nl")
@example(text="klanten met meer dan " + "9" * 40 + " euro", language="nl")
@example(text="al " + "9" * 14 + " jaar niet gesproken", language="nl")
@example(text="top 99999999999 op omzet", language="nl")
@example(text="<b>&\"'=HYPERLINK(", language="nl")
@example(text="wat als ik -5 per uur reken", language="nl")
@example(text="\ud800 omzet", language="nl")
def test_any_text_gives_a_valid_reply(situation: str, text: str, language: str) -> None:
    upload, context = upload_of(situation), context_of(situation)
    for reply in reply_to(text, upload, context, language):
        check(reply)


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_example_is_answered_for_every_list(situation: str, language: str) -> None:
    upload, context = upload_of(situation), context_of(situation)
    for phrase in vocabulary(language)["examples"]["phrases"]:
        for reply in reply_to(phrase, upload, context, language):
            check(reply)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_example_is_read_surely_for_the_sample(context: Context, language: str) -> None:
    for phrase in vocabulary(language)["examples"]["phrases"]:
        assert read(phrase, context, language).outcome == "sure", phrase


def test_what_was_kept_in_another_form_is_gone() -> None:
    assert from_text("[]") == ()
    assert from_text('[{"intent": "unheard of"}]') == ()
    assert from_text("no json") == ()
    assert from_text(as_text([Question(intent="count")])) == (Question(intent="count"),)


def _section_keys(language: str) -> set[str]:
    text = files("bot.replies").joinpath(language, "questions.toml").read_text(encoding="utf-8")
    return {f"{section}.{key}" for section, texts in tomllib.loads(text).items() for key in texts}


def test_both_languages_have_the_same_words() -> None:
    assert _section_keys("nl") == _section_keys("en")


def test_both_vocabularies_have_the_same_classes() -> None:
    for section in ("structure", "amounts", "show"):
        assert set(vocabulary("nl")[section]) == set(vocabulary("en")[section])
