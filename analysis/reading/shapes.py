"""What kind of thing a cell holds, as far as finding a table needs it."""

import re

from analysis.values.dates import DateStyle, is_unknown_date, parse_date
from analysis.values.numbers import looks_like_number
from analysis.values.words import YES, is_missing, plain

_DATE = DateStyle()
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_CLOCK = re.compile(r"^-?\d{1,5}:\d{2}(?::\d{2})?$")
_CODE = re.compile(r"^(?=.*\d)[A-Za-z0-9/_.:@-]+$")
_ADDRESS = re.compile(r"^\S+@\S+\.\S+$|^https?://", re.IGNORECASE)

HEADING = frozenset("ty")
"""The shapes that a heading has: words, or a year."""


def shape(cell: str) -> str:
    """Return one letter: `` empty, n number, d date or time, y year, c code, a address, t text."""
    text = cell.strip()
    if not text:
        return ""
    if text[0].isalpha():
        if len(text) > 60 or _ADDRESS.match(text):
            return "a"
        if any(character.isdigit() for character in text):
            if parse_date(text, _DATE):
                return "d"
            return "c" if _CODE.match(text) and " " not in text else "t"
        return "t"
    if _YEAR.match(text):
        return "y"
    if _CLOCK.match(text) or is_unknown_date(text):
        return "d"
    if looks_like_number(text):
        return "n"
    if not text.isdigit() and parse_date(text, _DATE):
        return "d"
    return "c" if _CODE.match(text) else "t"


def is_value_word(cell: str) -> bool:
    """Tell whether a cell is a word that only data hold: yes, no, or missing."""
    return bool(cell.strip()) and (plain(cell) in YES or is_missing(cell))
