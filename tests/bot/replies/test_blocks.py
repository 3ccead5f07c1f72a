"""Long texts become messages that fit, and every one of them is whole."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.localchat.markup import parse_html
from bot.localchat.model import utf16_length
from bot.replies.blocks import LIMIT, split

# A machine that does more at once is no failure.
PATIENT = settings(deadline=None)

# No element reaches over a line end, as in the templates.
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc"])
WORD = st.text(LETTERS, min_size=1, max_size=15).map(html.escape)
ELEMENT = st.builds(lambda tag, text: f"<{tag}>{text}</{tag}>", st.sampled_from("biu"), WORD)
LINE = st.lists(WORD | ELEMENT, max_size=40).map(" ".join)
TEXT = st.lists(LINE, max_size=30).map("\n".join)


def without_space(text: str) -> str:
    return re.sub(r"\s", "", text)


@PATIENT
@given(TEXT, st.integers(200, 500))
def test_every_piece_fits_and_is_whole_and_nothing_is_lost(text, limit):
    pieces = split(text, limit)
    for piece in pieces:
        assert piece.strip()
        assert utf16_length(piece) <= limit
        parse_html(piece)
    assert without_space("".join(pieces)) == without_space(text)


def test_a_text_that_fits_is_one_message():
    assert split("a\n\nb\nc") == ["a\n\nb\nc"]


def test_cuts_between_blocks_where_it_can():
    assert split("aaaa\n\nbb\nbb\n\ncc", 10) == ["aaaa", "bb\nbb\n\ncc"]


def test_cuts_between_lines_where_a_block_is_too_long():
    assert split("aaaa\nbbbb\ncccc", 9) == ["aaaa\nbbbb", "cccc"]


def test_cuts_between_words_where_a_line_is_too_long():
    assert [piece.strip() for piece in split("aaaa bbbb <b>cc cc</b> d", 12)] == [
        "aaaa bbbb",
        "<b>cc cc</b>",
        "d",
    ]


def test_counts_as_telegram_does():
    assert len(split("😀" * (LIMIT // 2))) == 1
    assert len(split("😀" * (LIMIT // 2 + 1))) == 2


@pytest.mark.parametrize("text", ["", "\n", "\n\n\n\n"])
def test_nothing_is_no_message(text):
    assert split(text) == []
