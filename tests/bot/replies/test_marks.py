"""Soft marks in words, and buttons that carry any client."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.findings import Condition
from bot.marking import MARKS, measures_of
from bot.replies import marks
from bot.replies.traits import in_words
from bot.replies.words import words
from storage.marks import OwnTop
from tests.bot.replies.situations import LANGUAGES, upload_of


def condition(mark: str, value: bool) -> Condition:
    return Condition(
        header=mark, trait=mark, operator="is", value=value, kind="yes_no", derived="mark"
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mark", MARKS)
def test_every_mark_is_a_trait_in_words(language, mark):
    word = words(language)["marks"][mark]
    assert in_words(condition(mark, True), language).endswith(word)
    assert in_words(condition(mark, False), language).endswith(word)
    assert in_words(condition(mark, True), language) != in_words(condition(mark, False), language)


@pytest.mark.parametrize("language", LANGUAGES)
@given(client=st.text(st.characters(codec="utf-8"), min_size=1, max_size=80))
def test_any_client_can_be_marked_and_chosen(language, client):
    upload, own = upload_of("nothing significant"), OwnTop(chosen=(client,), looked_at=(client,))
    for reply in (
        marks.overview(upload, [client], own, language, listed=0),
        marks.overview(upload, [client], own, language, listed=0, others=True, names={}),
        marks.card(upload, client, own, language, name=None, others=False),
        marks.card(upload, client, own, language, name=client, others=True),
        marks.by_hand(upload, own, language),
        marks.found(upload, [client], own, language, "mark", {client: "x" * 99}),
        marks.found(upload, [client], own, language, "choose", {}),
    ):
        for button in (button for row in reply.buttons for button in row):
            assert 0 < len(button.label) <= 40
            assert len(button.press.encode().encode()) <= 64


def test_only_measures_that_the_list_knows_are_offered():
    assert measures_of(upload_of("no costs").findings) == ["revenue"]
    assert measures_of(upload_of("nothing significant").findings) == ["revenue", "profit"]
    assert measures_of(upload_of("care and conversion").findings) == ["revenue", "profit_per_hour"]
    assert measures_of(upload_of("no revenue").findings) == []
