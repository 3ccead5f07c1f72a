"""A day, a month or a year, as it is written out: *1 juli 2027*, *oktober 2025*, *2019*."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from bot.questions.lexicon import MONTH
from bot.questions.pieces import Pieces

FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True)
class Stretch:
    """From `start` up to, not including, `end`; `last` is the place of its last item."""

    start: date
    end: date
    last: int


def stretch_at(pieces: Pieces, place: int) -> Stretch | None:
    """The longest that begins here; None where nothing does, or no such day exists."""
    month, year = _month(pieces, place + 1), year_at(pieces, place + 2)
    if month is None and year is not None:
        # *01-07-2027*, of which only the digits are left.
        month = _whole(pieces, place + 1)
    day = _whole(pieces, place)
    if day is not None and month is not None and year is not None:
        return _beginning(year, month, day, pd.DateOffset(days=1), place + 2)
    month, day, year = (
        _month(pieces, place),
        _whole(pieces, place + 1),
        year_at(pieces, place + 2),
    )
    if month is not None and day is not None and year is not None:
        # *July 1, 2027*.
        return _beginning(year, month, day, pd.DateOffset(days=1), place + 2)
    year = year_at(pieces, place + 1)
    if month is not None and year is not None:
        return _beginning(year, month, 1, pd.DateOffset(months=1), place + 1)
    year = year_at(pieces, place)
    return None if year is None else _beginning(year, 1, 1, pd.DateOffset(years=1), place)


def year_at(pieces: Pieces, place: int) -> int | None:
    number = _whole(pieces, place)
    return number if number is not None and FIRST_YEAR <= number < LAST_YEAR else None


def _whole(pieces: Pieces, place: int) -> int | None:
    if not pieces.number(place, ""):
        return None
    number = pieces.items[place].number or 0.0
    return int(number) if number == int(number) else None


def _month(pieces: Pieces, place: int) -> int | None:
    kinds = pieces.items[place].kinds if pieces.is_free(place) else frozenset()
    return next((int(kind.removeprefix(MONTH)) for kind in kinds if kind.startswith(MONTH)), None)


def _beginning(year: int, month: int, day: int, length: pd.DateOffset, last: int) -> Stretch | None:
    try:
        start = date(year, month, day)
    except ValueError:
        return None
    return Stretch(start, (pd.Timestamp(start) + length).date(), last)
