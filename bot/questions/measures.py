"""What is measured of the clients, and how: *gemiddelde omzet*, *het minste uren*."""

from typing import cast, get_args

from bot.questions.conditions import OTHER_QUESTION, PROFIT, REVENUE
from bot.questions.groups import ADDED_UP
from bot.questions.model import Amount, Compare, Filter, InTop, Is, Order, Statistic
from bot.questions.pieces import Pieces
from bot.questions.shared import counts_clients

ONE_CLIENT = frozenset({"klant", "client", "customer", "relatie"})
_PERSONS = frozenset({"is_entrepreneur", "is_retired", "is_dga"})
# *Hoeveel offertes*: those of all clients together.
_ADDED_UP_WHERE_COUNTED = frozenset(
    {"proposals", "deals", "won", "claims", "complaints", "referrals", "products"}
)
_STATISTICS: tuple[tuple[str, Statistic], ...] = (
    ("share", "share"),
    ("median", "median"),
    ("mean", "mean"),
    ("total", "total"),
)


def main_amount(pieces: Pieces) -> tuple[Amount | None, Amount | None]:
    """The amount that is asked for, and the one that a superlative brings with it."""
    own = None
    found: list[Amount] = []
    yields, first_is_yield = set(pieces.places("yields")), False
    for place in range(len(pieces.items)):
        amount = pieces.amount(place)
        if amount is None:
            continue
        if pieces.has(place, "most", "least"):
            own = amount
            pieces.take(place)
        elif not found or amount == found[0]:
            first_is_yield = place in yields and (not found or first_is_yield)
            found.append(amount)
            pieces.take(place)
        elif place in yields:
            pieces.take(place)
        elif first_is_yield:
            if _counts_something(pieces, amount):
                # *What do we earn on directors*: their number is no earning.
                pieces.cost += OTHER_QUESTION
            found, first_is_yield = [amount], False
            pieces.take(place)
        elif {found[0].kind, amount.kind} == {"cost", "hours"}:
            # *Wie kost me de meeste tijd* is about the time.
            found = [Amount(kind="hours")]
            pieces.take(place)
    found = _of_offers(pieces, found)
    hourly = pieces.places("per_hour")
    amounts = {"revenue": "revenue_per_hour", "profit": "profit_per_hour"}
    if found and hourly and found[0].kind in amounts:
        pieces.take(*hourly)
        return Amount(kind=amounts[found[0].kind]), own
    return (found[0] if found else None), own


def _of_offers(pieces: Pieces, found: list[Amount]) -> list[Amount]:
    """*Hoeveel offertes zijn doorgegaan* counts deals; *welk deel* of them is the conversion."""
    agreed = pieces.places("agreed")
    agreed += [
        at for at in range(len(pieces.items)) if _has_role(pieces, pieces.amount(at), "deals")
    ]
    if not (found and agreed and _has_role(pieces, found[0], "proposals")):
        return found
    pieces.take(*agreed)
    columns = [each for each in pieces.context.columns if each.role == "deals"]
    if pieces.places("how_much") and len(columns) == 1:
        return [Amount(kind="column", column=columns[0].name)]
    return [Amount(kind="conversion")]


def _has_role(pieces: Pieces, amount: Amount | None, role: str) -> bool:
    column = pieces.context.column(amount.column) if amount is not None else None
    return column is not None and column.role == role


def _counts_something(pieces: Pieces, amount: Amount) -> bool:
    column = pieces.context.column(amount.column)
    return amount.kind == "column" and column is not None and column.kind == "number"


def counted_amount(
    pieces: Pieces, filters: list[tuple[int, Filter]], counted: list[int], amount: Amount | None
) -> Amount | None:
    """The amount that *how much* asks for, if any; takes those words."""
    if len(counted) > 1:
        pieces.cost += OTHER_QUESTION
    if any(start - 1 in counted and _is_loss(each) for start, each in filters):
        # *Hoeveel verlies maak ik* asks for an amount.
        amount = amount or PROFIT
    elif amount is not None and any(counts_clients(pieces, at) for at in counted):
        # *Hoeveel klanten brengen 80% van de omzet*: no amount is asked for.
        pieces.cost += OTHER_QUESTION
    pieces.counted = bool(counted)
    pieces.take(*counted)
    return amount


def _is_loss(condition: Filter) -> bool:
    return isinstance(condition, Compare) and (condition.amount, condition.operator) == (
        PROFIT,
        "less",
    )


def top_of_one(pieces: Pieces) -> tuple[Filter, ...]:
    """*Het aandeel van mijn grootste klant*: a top of one."""
    for place in pieces.places("top", "bottom", "most", "least"):
        if place + 1 < len(pieces.items) and pieces.items[place + 1].words in ONE_CLIENT:
            order: Order = "least" if pieces.has(place, "bottom", "least") else "most"
            amount, negation = pieces.amount(place) or REVENUE, pieces.negation(place)
            pieces.take(place, place + 1, *(() if negation is None else (negation,)))
            return (InTop(amount=amount, size=1, order=order, negated=negation is not None),)
    return ()


def usual_statistic(amount: Amount, pieces: Pieces) -> Statistic:
    """What is asked of an amount where no word says so: *wat levert een ondernemer op* is one."""
    for start, condition in pieces.filters.items():
        before = pieces.items[start - 1].words if start else ""
        column = pieces.context.column(condition.column) if isinstance(condition, Is) else None
        if before in ("een", "a", "an") and column and column.meaning in _PERSONS:
            return "mean"
    column = pieces.context.column(amount.column)
    if column is not None and column.meaning in _ADDED_UP_WHERE_COUNTED and pieces.counted:
        return "total"
    return "total" if amount.kind in ADDED_UP else "mean"


def statistic_of_words(pieces: Pieces) -> Statistic | None:
    found: Statistic | None = None
    for kind, name in _STATISTICS:
        places = pieces.places(kind)
        if places and (found is None or kind == "total"):
            strong = [at for at in places if not (kind == "mean" and len(places) > 1)]
            found = found or name
            pieces.take(*(strong or places))
            pieces.take(*places)
    return found


def order_of_words(pieces: Pieces) -> Order | None:
    turned = pieces.places("ascending")
    pieces.take(*turned, *pieces.places("descending"))
    if turned:
        return "least"
    for order in get_args(Order):
        places = pieces.places(order)
        if places:
            return cast("Order", order)
    return None
