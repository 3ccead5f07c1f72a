"""How an amount is measured, and in which order: *gemiddelde*, *totaal*, *oplopend*."""

from typing import cast, get_args

from bot.questions.conditions.values import PROFIT
from bot.questions.intents.groups import ADDED_UP
from bot.questions.model import Amount, Is, Measure, Order, Question, Statistic
from bot.questions.pieces import Pieces
from bot.questions.shared import Scored
from bot.questions.words.lexicon import margins

_PERSONS = frozenset({"is_entrepreneur", "is_retired", "is_dga"})
ARE_PERSONS = frozenset({"employees", "management_size", "children"})
# *Hoeveel offertes*: those of all clients together.
COUNTED_THINGS = frozenset(
    {"proposals", "deals", "won", "claims", "complaints", "referrals", "products"}
)
STATISTICS: tuple[tuple[str, Statistic], ...] = (
    ("share", "share"),
    ("median", "median"),
    ("mean", "mean"),
    ("total", "total"),
)


def is_number_of_units(amount: Amount, pieces: Pieces) -> bool:
    """*Number of units per region*, of a list of which each line tells some."""
    column = pieces.context.column(amount.column)
    quantity = column is not None and column.meaning == "quantity"
    return quantity and pieces.context.clients.rows_added_up


def usual_statistic(amount: Amount, pieces: Pieces) -> Statistic:
    """What is asked of an amount where no word says so: *wat levert een ondernemer op* is one."""
    for start, condition in pieces.filters.items():
        before = pieces.items[start - 1].words if start else ""
        column = pieces.context.column(condition.column) if isinstance(condition, Is) else None
        if before in ("een", "a", "an") and column and column.meaning in _PERSONS:
            return "mean"
    if amount.per is not None:
        return "mean"
    column = pieces.context.column(amount.column)
    if column is not None and column.meaning in COUNTED_THINGS and pieces.counted:
        return "total"
    if is_number_of_units(amount, pieces):
        return "total"
    return "total" if amount.kind in ADDED_UP else "mean"


def statistic_of_words(pieces: Pieces) -> Statistic | None:
    found: Statistic | None = None
    for kind, name in STATISTICS:
        places = pieces.places(kind)
        if places and (found is None or kind == "total"):
            strong = [at for at in places if not (kind == "mean" and len(places) > 1)]
            found = found or name
            pieces.take(*(strong or places))
            pieces.take(*places)
        elif kind == "mean":
            # *Median of the items per client*.
            pieces.take(*(at for at in places if pieces.items[at].words.startswith("per ")))
    return found


def order_of_words(pieces: Pieces) -> Order | None:
    makes_up = [at for at in pieces.places("makes_up")
                if pieces.next(at, lambda each: pieces.has(each, "most", "least"))]  # fmt: skip
    # *Welke stad is goed voor de meeste omzet*.
    pieces.take(*makes_up)
    turned = pieces.places("ascending")
    pieces.take(*turned, *pieces.places("descending"))
    if turned:
        return "least"
    for order in get_args(Order):
        places = pieces.places(order)
        if places:
            return cast("Order", order)
    return None


def with_both_margins(pieces: Pieces, question: Question) -> Question:
    """*Marge* said bare: the profit, and beside it what part of the revenue that is."""
    asked = question.intent in ("statistic", "breakdown", "clients") and not question.also
    adds_up = question.statistic in (None, "total", "mean")
    if not (asked and adds_up and question.amount == PROFIT and _says_margin(pieces)):
        return question
    ratio = Measure(amount=Amount(kind="margin"), statistic="mean")
    return question.model_copy(update={"also": (ratio,)})


def either_margin(pieces: Pieces, question: Question, cost: float) -> list[Scored]:
    """*Ondernemers tegenover particulieren op marge*: two sides are compared in one of the two."""
    if question.amount != PROFIT or not _says_margin(pieces):
        return []
    ratio = {"amount": Amount(kind="margin"), "statistic": None}
    return [(cost + 0.1, question.model_copy(update=ratio))]


def _says_margin(pieces: Pieces) -> bool:
    clients = pieces.context.clients
    known = clients.revenue is not None and clients.cost is not None
    return known and any(not margins().isdisjoint(i.words.split()) for i in pieces.items)
