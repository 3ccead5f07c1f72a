"""Conditions on birthdays: *wie wordt er volgend jaar 67*, *wie is er in december jarig*."""

from collections.abc import Callable
from datetime import date

import pandas as pd

from bot.questions.conditions.stretches import months_at
from bot.questions.model import InMonth, When
from bot.questions.pieces import Pieces

AGES = range(16, 111)
Span = tuple[date | None, date | None]
Period = Callable[..., tuple[Span, list[int]] | None]


def read_ages_to_come(pieces: Pieces, period: Period) -> None:
    """*Wie wordt er volgend jaar 67*, who was born 67 years before that year."""
    column = pieces.context.dated("birth_date")
    turns = pieces.places("turns")
    ages = [
        at for at in range(len(pieces.items))
        if pieces.number(at, "", "years") and int(pieces.items[at].number or 0) in AGES
    ]  # fmt: skip
    if not column or not turns or not ages:
        return
    if pieces.has(ages[0] + 1, "or_more", "or_less"):
        # *Turning 65 or older*, which is their age.
        pieces.take(*turns)
        return
    pieces.take(ages[0])
    found = period(pieces, turns[0], turned=False)
    if found is None:
        pieces.taken.discard(ages[0])
        return
    years = pd.DateOffset(years=int(pieces.items[ages[0]].number or 0))
    start, end = (None if day is None else (pd.Timestamp(day) - years).date() for day in found[0])
    pieces.take(*found[1])
    pieces.condition(turns[0], turns[0] + 1, When(column=column, start=start, end=end))


def read_birthdays(pieces: Pieces) -> None:
    """*Wie is er in december jarig*, *who has a birthday next month*."""
    column = pieces.context.dated("birth_date")
    for place in pieces.places("birthday") if column else []:
        for at in range(len(pieces.items)):
            months = months_at(pieces, at)
            if months and not pieces.number(at + 1, ""):
                pieces.take(at, *(each for each in (at - 1,) if pieces.has(each, "during")))
                pieces.condition(place, place + 1, InMonth(column=column, months=months))
                return
