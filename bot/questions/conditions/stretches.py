"""A day, a month or a year, as it is written out: *1 juli 2027*, *oktober 2025*, *2019*."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from bot.questions.pieces import Pieces
from bot.questions.words.lexicon import ERA, MONTH
from bot.questions.words.text import YEARS

_BEFORE_A_MONTH = ("during", "since", "before", "after", "at_least", "at_most")


@dataclass(frozen=True)
class Stretch:
    """From `start` up to, not including, `end`; `last` is the place of its last item."""

    start: date
    end: date
    last: int


Lies = Literal["past", "ahead", ""]
"""Where the nearest month lies of which no year is named; nowhere where it may be any."""


def stretch_at(pieces: Pieces, place: int, lies: Lies = "") -> Stretch | None:
    """The longest that begins here; None where nothing does, or no such day exists."""
    if pieces.has(place, "ends"):
        # *Tot eind 2028*; *eind 2028* by itself is no whole year.
        linked = pieces.has(place - 1, "and", "at_most", "before", "until")
        return stretch_at(pieces, place + 1) if linked else None
    month, year = _month(pieces, place + 1), year_at(pieces, place + 2)
    if month is None and year is not None:
        # *01-07-2027*, of which only the digits are left.
        month = _whole(pieces, place + 1)
    day = _whole(pieces, place)
    if day is not None and month is not None and year is not None:
        return _beginning(year, month, day, pd.DateOffset(days=1), place + 2)
    day, year = _whole(pieces, place + 1), year_at(pieces, place + 2)
    month = _month(pieces, place)
    if month is not None and day is not None and year is not None:
        # *July 1, 2027*.
        return _beginning(year, month, day, pd.DateOffset(days=1), place + 2)
    months = _months(pieces, place)
    if months is not None:
        year, last = _year_behind(pieces, place + 1)
        length = pd.DateOffset(months=months[1])
        if year is None and lies and pieces.has(place - 1, *_BEFORE_A_MONTH):
            year, last = _nearest(pieces.context.as_of, months[0], lies), place
        return None if year is None else _beginning(year, months[0], 1, length, last)
    for kind in pieces.items[place].kinds if pieces.is_free(place) else ():
        if kind.startswith(ERA):
            first = int(kind.removeprefix(ERA))
            return _beginning(first, 1, 1, pd.DateOffset(years=10), place)
    year = year_at(pieces, place)
    return None if year is None else _beginning(year, 1, 1, pd.DateOffset(years=1), place)


def _nearest(today: date, month: int, lies: Lies) -> int:
    """The year of *sinds maart*, *voor juni*."""
    if lies == "past":
        return today.year if month <= today.month else today.year - 1
    return today.year if month >= today.month else today.year + 1


def _year_behind(pieces: Pieces, place: int) -> tuple[int | None, int]:
    """The year of a month, with its place: *mei 2025*, *zomer van 2024*, *maart en juni 2025*."""
    if pieces.has(place, "of") and year_at(pieces, place + 1):
        place += 1
    year = year_at(pieces, place)
    if year is not None:
        return year, place
    linked = pieces.has(place, "and", "before", "at_most") and _months(pieces, place + 1)
    return (year_at(pieces, place + 2), place - 1) if linked else (None, place)


def year_at(pieces: Pieces, place: int) -> int | None:
    number = _whole(pieces, place)
    return number if number is not None and number in YEARS else None


def _whole(pieces: Pieces, place: int) -> int | None:
    if not pieces.number(place, ""):
        return None
    number = pieces.items[place].number or 0.0
    return int(number) if number == int(number) else None


def _month(pieces: Pieces, place: int) -> int | None:
    months = _months(pieces, place)
    return months[0] if months is not None and months[1] == 1 else None


def _months(pieces: Pieces, place: int) -> tuple[int, int] | None:
    """The month that something begins with, and how many it lasts: a season, a quarter."""
    for kind in pieces.items[place].kinds if pieces.is_free(place) else ():
        if kind.startswith(MONTH):
            first, _, length = kind.removeprefix(MONTH).partition(" ")
            return int(first), int(length or 1)
    return None


def _beginning(year: int, month: int, day: int, length: pd.DateOffset, last: int) -> Stretch | None:
    try:
        start = date(year, month, day)
    except ValueError:
        return None
    return Stretch(start, (pd.Timestamp(start) + length).date(), last)


def named_span(pieces: Pieces, place: int) -> tuple[date, date] | None:
    """A year, quarter, month or week that is told by where it lies from today: *volgend jaar*."""
    today = pd.Timestamp(pieces.context.as_of)
    quarter = 3 * ((today.month - 1) // 3) + 1
    named = {
        "year": (today.replace(month=1, day=1), pd.DateOffset(years=1)),
        "quarter": (today.replace(month=quarter, day=1), pd.DateOffset(months=3)),
        "month": (today.replace(day=1), pd.DateOffset(months=1)),
        "week": (today - pd.Timedelta(days=today.weekday()), pd.DateOffset(weeks=1)),
    }
    for length, (start, lasts) in named.items():
        for which, away in (("last", -1), ("this", 0), ("next", 1)):
            if pieces.has(place, f"{which}_{length}"):
                return (start + away * lasts).date(), (start + (away + 1) * lasts).date()
    return None


def months_at(pieces: Pieces, place: int) -> tuple[int, ...]:
    """The months that are named here without a year: *december*, *volgende maand*."""
    named = _months(pieces, place)
    if named is not None:
        return tuple((named[0] + more - 1) % 12 + 1 for more in range(named[1]))
    span = named_span(pieces, place)
    whole = span is not None and pieces.has(place, "last_month", "this_month", "next_month")
    return (span[0].month,) if span is not None and whole else ()
