"""A question that goes by groups: *gemiddelde omzet per sector*, *welk beroep brengt het meest*."""

from dataclasses import dataclass

from bot.questions.conditions.tops import introduced
from bot.questions.conditions.values import OTHER_QUESTION, PROFIT, REVENUE
from bot.questions.intents.groups import ADDED_UP
from bot.questions.intents.measures import ONE_CLIENT
from bot.questions.intents.statistics import ARE_PERSONS, COUNTED_THINGS, is_number_of_units
from bot.questions.model import Amount, Compare, Filter, InTop, Is, Order, Question, Statistic
from bot.questions.pieces import Pieces
from bot.questions.words.item import Item

# *Aan welke sector heb ik het meest*.
_TO = frozenset({"aan", "from"})
_OF_ONE_CLIENT = frozenset({"age", "years_as_client", "months_since_contact"})


@dataclass(frozen=True)
class Wish:
    """What is measured, and how; `own` is the amount that a superlative brings with it."""

    amount: Amount | None
    own: Amount | None
    statistic: Statistic | None
    order: Order | None


def grouped(
    pieces: Pieces,
    wish: Wish,
    group_by: Amount | str,
    counted: list[int],
    conditions: tuple[Filter, ...],
) -> Question:
    extremes = pieces.places("most", "least")
    if any(pieces.items[at + 1].words in ONE_CLIENT for at in extremes[:1]
           if at + 1 < len(pieces.items)):  # fmt: skip
        # *Welke woonplaats heeft de grootste klant* asks for one client's.
        pieces.cost += OTHER_QUESTION
    counted = counted or pieces.places("majority") or ([0] if pieces.counts_groups else [])
    counted = counted or [at for at in extremes if _counts(pieces, at + 1)]
    if wish.amount is None and wish.own is None and wish.statistic is None:
        # *Welk jaar was het beste qua nieuwe klanten*.
        counted = counted or _in_number(pieces, extremes) or pieces.places("became")
    # *Nieuwe klanten per jaar*: since when they are clients is what it goes by.
    pieces.take(*extremes, *pieces.places("majority", "became"))
    if wish.own is not None and pieces.places("clients"):
        # *Welke sector is het winstgevendst* asks for profit; *waar wonen mijn rijkste klanten*
        # asks for a few of them, which is another question.
        pieces.cost += OTHER_QUESTION
    if wish.statistic == "share" and wish.amount is not None and wish.amount.kind not in ADDED_UP:
        pieces.cost += OTHER_QUESTION
    if any(_may_be_of_groups(pieces, at, each) for at, each in pieces.ordered_filters()):
        pieces.cost += OTHER_QUESTION
    amount = wish.amount or wish.own
    if amount is None and wish.statistic not in (None, "share") and any(
        isinstance(each, Compare) for each in conditions
    ):  # fmt: skip
        # *Average age above 50 per city*: of the groups, and not of the clients.
        pieces.cost += OTHER_QUESTION
    order = wish.order or pieces.order
    statistic = wish.statistic
    if pieces.having is not None and pieces.having.amount is not None and amount is None:
        amount, statistic = pieces.having.amount, pieces.having.statistic
    if amount is None and conditions and pieces.places("relative"):
        # *Waar wonen relatief de meeste huurders*.
        pieces.take(*pieces.places("relative"))
        statistic = "share"
    if statistic is None and _is_counted(pieces, amount, order):
        # *Welke sector heeft de meeste polissen*, *hoeveel polissen per sector*: all that it has.
        statistic = "total"
    if statistic is None and amount is not None and is_number_of_units(amount, pieces):
        statistic = "total"
    question = _breakdown(group_by, amount, statistic, conditions, counted, order)
    return question.model_copy(update={"limit": pieces.limit})


def _is_counted(pieces: Pieces, amount: Amount | None, order: Order | None) -> bool:
    column = pieces.context.column(amount.column) if amount is not None else None
    if column is None or column.meaning not in (*COUNTED_THINGS, *ARE_PERSONS):
        return False
    superlative = any(item.has("most", "least") for item in pieces.items)
    return (order is not None and superlative) or any(i.has("how_much") for i in pieces.items)


def top_of_each(
    pieces: Pieces,
    filters: list[tuple[int, Filter]],
    group_by: Amount | str,
    amount: Amount | None,
) -> Question | None:
    """*Top 3 per niveau*, *de grootste klant per woonplaats*: of each group its first."""
    if pieces.grouped_at is None or pieces.limit is not None or pieces.having is not None:
        return None
    tops = [(at, each) for at, each in filters if isinstance(each, InTop)]
    others = tuple(each for _, each in filters if not isinstance(each, InTop))
    if len(tops) == 1:
        place, top = tops[0]
        ends = pieces.ends[place]
        counted = any(item.has("clients") for item in pieces.items[place:ends])
        goes_before = place < pieces.grouped_at
        if top.negated or top.size is None or not (goes_before or counted):
            return None
        if introduced(pieces, place) and not counted:
            return None
        measured = amount if top.amount == REVENUE and amount is not None else top.amount
        return Question(intent="clients", amount=measured, filters=(*top.among, *others),
                        group_by=group_by, order=top.order, limit=top.size)  # fmt: skip
    extremes = pieces.places("most", "least", "top", "bottom")
    one = [at for at, item in enumerate(pieces.items) if item.words in ONE_CLIENT]
    if tops or not one or not (extremes or pieces.extreme):
        return None
    order = pieces.extreme or ("least" if pieces.has(extremes[0], "least", "bottom") else "most")
    pieces.take(*extremes, *one)
    return Question(intent="clients", amount=amount or REVENUE, filters=others,
                    group_by=group_by, order=order, limit=1)  # fmt: skip


def of_groups(pieces: Pieces, filters: list[tuple[int, Filter]]) -> tuple[Filter, ...]:
    """The conditions, without a *top 5* behind them, which is about the groups."""
    conditions = tuple(each for _, each in filters)
    last = conditions[-1] if conditions else None
    if not isinstance(last, InTop) or last.size is None or last.negated or last.among:
        return conditions
    place = filters[-1][0]
    behind = pieces.items[pieces.ends[place] :]
    if introduced(pieces, place) or not all(item.has("skip") for item in behind):
        return conditions
    pieces.limit, pieces.order = last.size, last.order
    return conditions[:-1]


def _may_be_of_groups(pieces: Pieces, place: int, condition: Filter) -> bool:
    """*Top 3 per woonplaats*, *per sector, waar minstens 5 offertes zijn*: of each group?"""
    if isinstance(condition, InTop):
        if pieces.ends[place] == pieces.grouped_at:
            # *De omzet van de top 3 per sector*.
            return True
        return not introduced(pieces, place) and pieces.limit is None
    if not isinstance(condition, Compare) or condition.amount.kind in _OF_ONE_CLIENT:
        return False
    before = place - 1
    while before >= 0 and pieces.items[before].has("skip", "present", "who"):
        before -= 1
    named = before >= 0 and names_clients(pieces.items[before])
    return not named and (condition.amount != PROFIT or condition.times is not None)


def _counts(pieces: Pieces, place: int) -> bool:
    """*De meeste klanten*, *de meeste ondernemers*."""
    return pieces.has(place, "clients", "became", "resides") or place in pieces.filters


def _in_number(pieces: Pieces, extremes: list[int]) -> list[int]:
    """*Welk beroep heb ik het meest*, *in welke sector zitten de meesten*: how many they are.

    *Aan welke sector heb ik het meest* would be about what they bring.
    """
    if not all(pieces.has(at, "in_number") for at in extremes):
        return []
    first = min(extremes, default=0)
    pieces.cost += OTHER_QUESTION * any(pieces.items[at].words in _TO for at in range(first))
    return extremes


def _breakdown(
    group_by: Amount | str,
    amount: Amount | None,
    statistic: Statistic | None,
    conditions: tuple[Filter, ...],
    counted: list[int],
    most: Order | None,
) -> Question:
    measured = amount
    shares_clients = statistic == "share" and bool(conditions)
    if measured is None and not counted and not shares_clients and (
        statistic not in (None, "share") or most
    ):  # fmt: skip
        measured = REVENUE
    how = statistic
    if measured is not None and how is None:
        how = "total" if measured.kind in ADDED_UP and measured.per is None else "mean"
    return Question(
        intent="breakdown",
        amount=measured,
        statistic=how if measured is not None or how == "share" else None,
        group_by=group_by,
        filters=conditions,
        order=most or "most",
    )


def each_of_several(
    pieces: Pieces, filters: list[tuple[int, Filter]], most: Order | None
) -> Amount | None:
    """*Amersfoort of Nijkerk, waar zit het meeste*; *tandartsen en makelaars, elk apart*."""
    several = pieces.alternatives if most is not None else None
    asked = pieces.places("who", "which")
    if several is None and most is not None and len(filters) == 1 and filters[0][0] < max(
        asked, default=0
    ):  # fmt: skip
        # *Bakkers en slagers: wie hebben het hoogste inkomen*.
        one = filters[0][1]
        several = one if isinstance(one, Is) and len(one.values) > 1 else None
    apart = pieces.places("apart")
    if apart:
        pieces.take(*apart)
        several = next(
            (each for _, each in filters if isinstance(each, Is) and len(each.values) > 1), None
        )
    return Amount(kind="column", column=several.column) if isinstance(several, Is) else None


def names_clients(item: Item) -> bool:
    """*Klanten*, *ondernemers*, *tandartsen*."""
    return item.has("clients") or any(each.condition is not None for each in item.concepts)
