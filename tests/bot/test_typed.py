"""What a person typed: cleaned, and refused where nobody could read it."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.typed import Refusal, email_refusal, lines, one_line, paragraphs, refusal

# A machine that does more at once is no failure.
PATIENT = settings(deadline=None)
ANY_TEXT = st.text(st.characters(codec=None), max_size=200)


@pytest.mark.parametrize(
    ("typed", "line", "with_lines", "with_paragraphs"),
    [
        ("Anja", "Anja", "Anja", "Anja"),
        ("  Anja \t de  Vries ", "Anja de Vries", "Anja de Vries", "Anja de Vries"),
        ("een\r\n\r\n\r\n\r\ntwee\n", "een twee", "een\ntwee", "een\n\ntwee"),
        ("een\u2028twee\x0bdrie", "een twee drie", "een\ntwee\ndrie", "een\ntwee\ndrie"),
        ("\u202eajnA\u2066", "ajnA", "ajnA", "ajnA"),
        ("A\u200bn\u00adj\u2060a\ufeff\x00\x1b[31m", "Anja[31m", "Anja[31m", "Anja[31m"),
        ("e\u0301" + "\u0336" * 50, *["\u00e9" + "\u0336" * 3] * 3),
        ("\ud800\ue000\u3164", "", "", ""),
        ("👨‍👩‍👧 ja", "👨👩👧 ja", "👨👩👧 ja", "👨👩👧 ja"),
    ],
)
def test_what_is_typed_is_cleaned(typed, line, with_lines, with_paragraphs):
    assert one_line(typed) == line
    assert lines(typed) == with_lines
    assert paragraphs(typed) == with_paragraphs


@PATIENT
@given(ANY_TEXT)
@example("\n---\n\n\n---")
@example("\u0301" * 9)
@example("e\u200b\u0301")
def test_nothing_unseen_is_left_and_cleaning_twice_changes_nothing(text):
    for clean in (one_line, lines, paragraphs):
        cleaned = clean(text)
        assert clean(cleaned) == cleaned
        assert cleaned == cleaned.strip("\n ")
        assert "\n\n\n" not in cleaned
        assert "  " not in cleaned
        found = {unicodedata.category(each) for each in cleaned.replace("\n", "")}
        assert not found & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
        cleaned.encode()
    assert "\n" not in one_line(text)
    assert "\n\n" not in lines(text)


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("a", None),
        ("a" * 10, None),
        ("a" * 11, Refusal("too_long", 11, 10)),
        ("😀" * 5, None),
        ("😀" * 6, Refusal("too_long", 12, 10)),
        ("", Refusal("empty")),
        ("...", Refusal("empty")),
        ("👍", None),
        ("7", None),
    ],
)
def test_what_nobody_can_read_or_is_too_long_is_refused(text, refused):
    assert refusal(text, 10) == refused


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("anja@kantoor.nl", True),
        ("anja.de-vries+tips@mail.kantoor.amsterdam", True),
        ("ánja@köntoor.nl", True),
        ("anja@kantoor", False),
        ("anja @kantoor.nl", False),
        ("anja@kantoor.nl, bram@kantoor.nl", False),
        ("Anja <anja@kantoor.nl>", False),
        ("@kantoor.nl", False),
        ("anja@.nl", False),
        ("anja@kantoor.7", False),
        ("anja@kantoor..nl", False),
        ("a" * 65 + "@kantoor.nl", False),
        ("anja@" + "kantoor." * 40 + "nl", False),
        ("", False),
        ("javascript:alert(1)", False),
    ],
)
def test_one_email_address_is_taken(text, taken):
    assert (email_refusal(text) is None) is taken


@PATIENT
@given(ANY_TEXT)
def test_any_text_is_an_email_address_or_not(text):
    if email_refusal(one_line(text)) is None:
        assert "@" in text
