"""Which clients: the most or the least of something."""

from bot.questions.conditions import REVENUE
from bot.questions.model import Amount, InTop, Order
from bot.questions.pieces import Pieces

MOST_IN_A_TOP = 1_000_000


def read_tops(pieces: Pieces) -> list[int]:
    """*Top 20*, *de vijf oudste*, *onderste 10%*. Returns where they stand."""
    found = []
    for place in range(len(pieces.items)):
        if not pieces.number(place, "", "percent") or pieces.items[place].ordinal:
            continue
        word = _top_word(pieces, place)
        if word is None:
            continue
        item, number = pieces.items[word], pieces.items[place].number or 0.0
        percent = pieces.items[place].unit == "percent"
        if not (0 < number <= 100 if percent else 1 <= number == int(number) <= MOST_IN_A_TOP):
            continue
        order: Order = "least" if item.has("bottom", "least") else "most"
        amount, after = pieces.amount(word), max(place, word) + 1
        if amount is None:
            amount, after = _ordered_by(pieces, after, explicit=item.has("most", "least"))
        between = [at for at in range(place + 1, word) if pieces.amount(at) is not None]
        if amount is None and between:
            amount = pieces.amount(between[0])
        negation = pieces.negation(min(place, word))
        start = min(place, word)
        top = InTop(
            amount=amount or REVENUE,
            size=None if percent else int(number),
            share=number / 100 if percent else None,
            order=order,
            negated=negation is not None,
        )
        pieces.condition(start, after, top)
        if negation is not None:
            pieces.take(negation)
        found.append(start)
    return found


def _top_word(pieces: Pieces, place: int) -> int | None:
    """The word that makes a number a top: before it, or after it."""
    kinds = ("top", "bottom", "most", "least")
    before = place - 1
    if pieces.has(before, *kinds):
        return before
    after = pieces.next(place, lambda at: pieces.has(at, *kinds))
    if after is None and pieces.has(place + 1, "clients"):
        after = _superlative_after(pieces, place + 1)
    if after is not None and not pieces.number(after + 1):
        return after
    return None


def _superlative_after(pieces: Pieces, clients: int) -> int | None:
    """*De 10 klanten met de meeste uren*, *10 klanten die me het meeste kosten*."""
    for place in range(clients + 1, len(pieces.items)):
        if pieces.has(place, "most", "least"):
            return place
        if pieces.amount(place) is None and not pieces.has(place, "skip", "of", "present", "who"):
            return None
    return None


def _ordered_by(pieces: Pieces, after: int, *, explicit: bool) -> tuple[Amount | None, int]:
    """The amount of *op marge*, with the place after it."""
    clients = after
    if pieces.has(after, "clients"):
        after += 1
    if pieces.has(after, "by") and pieces.amount(after + 1) is not None:
        return pieces.amount(after + 1), after + 2
    if pieces.has(after, "of", "present") and explicit and pieces.amount(after + 1) is not None:
        return pieces.amount(after + 1), after + 2
    asks_figure = pieces.places("how_much", "mean", "median", "total", "share", "which", "per")
    named = not asks_figure or (explicit and not pieces.has(after, "yields"))
    if named and clients == after and pieces.amount(after) is not None:
        return pieces.amount(after), after + 1
    return None, clients
