"""Clients by their place in an order: *plek 11 tot en met 20*, *my second biggest client*."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.questions.conditions.joining import joined
from bot.questions.conditions.values import OTHER_QUESTION, REVENUE
from bot.questions.intents.groups import is_noun
from bot.questions.intents.measures import ONE_CLIENT
from bot.questions.model import Amount, Order, Question
from bot.questions.pieces import Context, Pieces
from bot.questions.shared import Scored, leftover, read_filters
from bot.questions.words.item import Item
from bot.questions.words.lexicon import place_words

MOST_PLACES = 50
_OTHER_QUESTIONS = ("how_much", "mean", "total", "median", "share", "what_if", "per", "versus",
                    "compare", "rank", "leaves", "rest")  # fmt: skip
_RANGE = ("at_most", "before", "of", "and")
_ENDS = ("most", "least", "top", "bottom")


@dataclass(frozen=True)
class _Span:
    """From which place to which, the ends included."""

    first: int
    last: int
    order: Order = "most"
    amount: Amount | None = None


def in_places(items: Sequence[Item], context: Context) -> list[Scored]:
    """The readings, where clients are asked for by their places."""
    pieces = Pieces(items, context)
    if any(item.has(*_OTHER_QUESTIONS) and not item.has("skip", "of", "and") for item in items):
        return []
    span = _by_number(pieces) or _by_superlative(pieces)
    if span is None or not 1 <= span.first <= span.last < span.first + MOST_PLACES:
        return []
    amounts = [at for at in range(len(items)) if pieces.amount(at) is not None]
    if len(amounts) > 1:
        pieces.cost += OTHER_QUESTION
    amount = pieces.amount(amounts[0]) if amounts else span.amount
    pieces.take(*amounts, *pieces.places("who", "which", "list"))
    read_filters(pieces)
    question = Question(
        intent="clients",
        amount=amount or REVENUE,
        filters=tuple(each for _, each in joined(pieces)[0]),
        order=span.order,
        limit=span.last - span.first + 1,
        skipped=span.first - 1,
    )
    return [(pieces.cost + leftover(pieces), question)]


def _by_number(pieces: Pieces) -> _Span | None:
    """*Plaats 7*, *de zevende plaats*, *numbers 11 to 20 by revenue*."""
    for place, item in enumerate(pieces.items):
        if item.words in place_words("places"):
            before = pieces.next(place, pieces.number, step=-1)
            if before is not None and pieces.items[before].ordinal:
                pieces.take(before, place)
                return _span(pieces, before, before)
        elif not (_may_be_place(pieces, place) and _is_ordered(pieces)):
            continue
        first = pieces.next(place, lambda at: pieces.number(at, ""))
        if first is None or (pieces.has(place, "clients") and not pieces.number(first + 2, "")):
            continue
        last = first
        if pieces.has(first + 1, *_RANGE) and pieces.number(first + 2, ""):
            last = first + 2
        pieces.take(*range(place, last + 1))
        return _span(pieces, first, last)
    return None


def _may_be_place(pieces: Pieces, place: int) -> bool:
    """*Nummer 3 op winst*, *klanten 11 tot 20 op omzet*, of which the latter may be their age."""
    return pieces.items[place].words in place_words("numbers") or pieces.has(place, "clients")


def _is_ordered(pieces: Pieces) -> bool:
    return any(pieces.amount(at + 1) is not None for at in pieces.places("by"))


def _span(pieces: Pieces, first: int, last: int) -> _Span | None:
    numbers = [pieces.items[at].number or 0.0 for at in (first, last)]
    if any(each != int(each) for each in numbers):
        return None
    return _Span(int(numbers[0]), int(numbers[1]))


def _by_superlative(pieces: Pieces) -> _Span | None:
    """*De derde klant op winst*, *my second biggest client*, *de op een na oudste*."""
    for place in range(len(pieces.items)):
        read = _ordinal(pieces, place)
        if read is None:
            continue
        number, end = read
        after = end
        while pieces.has(after, "skip") and not pieces.has(after, "by", *_ENDS):
            after += 1
        if pieces.has(after, *_ENDS):
            order: Order = "least" if pieces.has(after, "least", "bottom") else "most"
            span = _Span(number, number, order, pieces.amount(after))
            pieces.take(*range(place, after + 1))
            return span
        if pieces.has(after, "by", "of") and pieces.amount(after + 1) is not None:
            # *Wie staat tweede op winst*.
            pieces.take(*range(place, after))
            return _Span(number, number)
        one = after < len(pieces.items) and pieces.items[after].words in ONE_CLIENT
        if (one or is_noun(pieces, after)) and _is_ordered(pieces):
            pieces.take(*range(place, after))
            return _Span(number, number)
    return None


def _ordinal(pieces: Pieces, place: int) -> tuple[int, int] | None:
    """The number that a word says, from the second on, and the place behind that word."""
    items = pieces.items
    if items[place].words in place_words("second"):
        return 2, place + 1
    number = items[place].number
    behind = items[place + 1].words if place + 1 < len(items) else ""
    if place > 0 and items[place - 1].words == "op" and behind == "na":
        # *Op een na*, *op twee na*.
        number = 1.0 if items[place].words == "een" else number
        if number is None:
            return None
        pieces.take(place - 1)
        return int(number) + 1, place + 2
    if number is None or items[place].unit or number != int(number):
        return None
    return (int(number), place + 1) if items[place].ordinal and number > 1 else None
