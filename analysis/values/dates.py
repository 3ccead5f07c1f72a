"""Dates in the usual forms; day or month first is decided per column."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.values.words import MONTHS

_TIME = (
    r"(?:[Tt ]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp][Mm])?"
    r"(?:[Zz]|[+-]\d{2}:?\d{2})?)?"
)
_YEAR_FIRST = re.compile(rf"^(\d{{4}})([-/. ])(\d{{1,2}})\2(\d{{1,2}}){_TIME}$")
_YEAR_LAST = re.compile(rf"^(\d{{1,2}})\s?([-/. ])\s?(\d{{1,2}})\s?\2\s?(\d{{4}}|\d{{2}}){_TIME}$")
_COMPACT = re.compile(r"^(\d{8})$")
_NAMED = re.compile(
    r"^(?:[a-z]{2,9}\.?,? )?(\d{1,2})?\.?[-/ ]?([a-zä]{3,9})\.?[-/ ,]\s?(\d{4}|'?\d{2})"
    rf"{_TIME}$"
)
_NAMED_FIRST = re.compile(rf"^([a-z]{{3,9}})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}}){_TIME}$")
_MONTH = re.compile(r"^(\d{1,2})[-/.](\d{4})$")
_SERIAL = re.compile(r"^(\d{5})(?:[.,]\d+)?$")
_YEAR = re.compile(r"^((?:1[6-9]|20)\d{2})$")

UNKNOWN = frozenset({dt.date(1900, 1, 1), dt.date(1899, 12, 30), dt.date(1899, 12, 31)})
"""Dates that programs write where they know none."""
_UNKNOWN_TEXT = re.compile(r"^(?:0{1,4}[-/.]0{1,2}[-/.]0{1,4}|0{8}|0?1[-/.]0?1[-/.]0001)(?:\s.*)?$")
_EXCEL_ZERO = dt.date(1899, 12, 30)
_FIRST_YEAR, _LAST_YEAR = 1600, 2200


@dataclass(frozen=True)
class DateStyle:
    """How a column writes dates."""

    day_first: bool = True
    serial: bool = False
    """Five digits are days since the end of 1899, as spreadsheets count."""
    year_only: bool = False
    """Four digits are a year; its middle is taken."""
    pivot: int = 69
    """Two-digit years above it lie in the last century."""


def detect_date_style(
    texts: Iterable[str], *, birth: bool = False, year_only: bool = False
) -> DateStyle:
    """Decide from all cells of a column whether day or month comes first."""
    first_large = second_large = 0
    for text in texts:
        match = _YEAR_LAST.match(text.strip())
        if match:
            first_large += int(match[1]) > 12
            second_large += int(match[3]) > 12
    return DateStyle(
        day_first=first_large >= second_large,
        serial=True,
        year_only=year_only,
        pivot=15 if birth else 69,
    )


def is_unknown_date(text: str) -> bool:
    """Tell whether `text` is one of the dates that stand for no date (`00-00-0000`)."""
    return bool(_UNKNOWN_TEXT.match(text.strip()))


def parse_date(text: str, style: DateStyle) -> dt.date | None:
    """Return the date that `text` stands for under `style`, None where it is none."""
    text = text.strip().lower()
    match = _YEAR_FIRST.match(text)
    if match:
        return _date(int(match[1]), int(match[3]), int(match[4]))
    match = _YEAR_LAST.match(text)
    if match:
        day, month = int(match[1]), int(match[3])
        if not style.day_first:
            day, month = month, day
        return _date(_year(match[4], style.pivot), month, day)
    match = _COMPACT.match(text)
    if match:
        digits = match[1]
        return _date(int(digits[:4]), int(digits[4:6]), int(digits[6:])) or _date(
            int(digits[4:]), int(digits[2:4]), int(digits[:2])
        )
    return _parse_named(text, style) or _parse_short(text, style)


def _parse_named(text: str, style: DateStyle) -> dt.date | None:
    match = _NAMED.match(text)
    if match and match[2] in MONTHS:
        year = _year(match[3].lstrip("'"), style.pivot)
        return _date(year, MONTHS[match[2]], int(match[1] or 1))
    match = _NAMED_FIRST.match(text)
    if match and match[1] in MONTHS:
        return _date(int(match[3]), MONTHS[match[1]], int(match[2]))
    return None


def _parse_short(text: str, style: DateStyle) -> dt.date | None:
    match = _MONTH.match(text)
    if match:
        return _date(int(match[2]), int(match[1]), 1)
    match = _SERIAL.match(text)
    if match and style.serial:
        return _EXCEL_ZERO + dt.timedelta(days=int(match[1]))
    match = _YEAR.match(text)
    if match and style.year_only:
        return dt.date(int(match[1]), 7, 1)
    return None


def _year(digits: str, pivot: int) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (1900 if year > pivot else 2000)


def _date(year: int, month: int, day: int) -> dt.date | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
