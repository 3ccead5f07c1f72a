"""Periods of amounts: *omzet in 2021*, of a list whose lines are orders or invoices with a date."""

from bot.questions.conditions.periods import note_period
from bot.questions.conditions.spans import Span, calendar_period
from bot.questions.conditions.values import OTHER_QUESTION
from bot.questions.model import AnyOf, When
from bot.questions.pieces import Pieces
from bot.questions.words.text import words_of

_COMPARING = ("compare", "versus", "more", "less", "than")
_OF_CLIENTS = ("became", "spoken", "born", "what_if", "leaves")


def read_dated_rows(pieces: Pieces) -> None:
    """Takes what is left of the periods as those in which the lines lie."""
    column = pieces.context.row_date
    if not column or pieces.places(*_OF_CLIENTS):
        return
    in_headings = {word for each in pieces.context.columns for word in words_of(each.header)}
    told: list[range] = []
    for place, item in enumerate(pieces.items):
        if not pieces.is_free(place) or item.words in in_headings:
            continue
        found = calendar_period(pieces, place)
        if found is not None:
            told.append(_note(pieces, column, found))
            _join_last(pieces, told)


def _note(pieces: Pieces, column: str, found: tuple[Span, list[int]]) -> range:
    stands = range(min(found[1]), max(found[1]) + 1)
    negated = pieces.negation(stands.start) is not None
    note_period(pieces, stands, column, found, negated=negated)
    return stands


def _join_last(pieces: Pieces, told: list[range]) -> None:
    """*In 2018, 2019 en 2020*: a line that lies in one of them."""
    if len(told) < 2 or pieces.places(*_COMPARING):
        return
    first, last = told[-2:]
    between = [pieces.items[at] for at in range(first.stop, last.start)]
    if not all(item.has("and", "or", "skip", "during") for item in between):
        return
    if pieces.places("who", "clients") and not any(item.has("or") for item in between):
        # *Who bought in 2018 and 2021*: in either, or in both of them?
        pieces.cost += OTHER_QUESTION
    parts = [pieces.filters[each.start] for each in (first, last)]
    dates = [
        each for part in parts for each in (part.filters if isinstance(part, AnyOf) else [part])
    ]
    if all(isinstance(each, When) for each in dates):
        del pieces.filters[last.start], pieces.ends[last.start]
        pieces.condition(first.start, last.stop, AnyOf(filters=tuple(dates)))
        told[-2:] = [range(first.start, last.stop)]
