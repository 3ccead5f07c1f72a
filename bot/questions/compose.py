"""Items → questions: what is asked of which clients."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast, get_args

from bot.questions.changes import what_if
from bot.questions.conditions import (
    OTHER_QUESTION,
    PROFIT,
    REVENUE,
    joined,
    read_filled,
)
from bot.questions.groups import ADDED_UP, loose_group, noun_after_per, read_group
from bot.questions.items import Item
from bot.questions.model import (
    Amount,
    AnyOf,
    Compare,
    Filter,
    InTop,
    Is,
    Named,
    Order,
    Question,
    Statistic,
)
from bot.questions.pieces import Context, Pieces
from bot.questions.shared import (
    Scored,
    counts_clients,
    leftover,
    read_filters,
    with_other_clients,
)
from bot.questions.shows import is_top10, show

_ONE_CLIENT = frozenset({"klant", "client", "customer", "relatie"})
_ASKS_WHAT = frozenset(
    {"waar", "wanneer", "hoe", "hoelang", "wat", "where", "when", "how", "what", "whats"}
)
FIGURES = ("money", "number", "percentage", "duration")
_PERSONS = frozenset({"is_entrepreneur", "is_retired", "is_dga"})
_STATISTICS: tuple[tuple[str, Statistic], ...] = (
    ("share", "share"),
    ("median", "median"),
    ("mean", "mean"),
    ("total", "total"),
)


def questions_of(items: Sequence[Item], context: Context) -> list[Scored]:
    """The readings of these items, each with its cost: 0 where every word has its place."""
    base = sum(item.cost for item in items)
    # *Waarom*, *wat moet ik doen met*, *hoeveel daarvan*: figures alone are no answer to that.
    beyond = OTHER_QUESTION if any(item.has("advice", "earlier") for item in items) else 0.0
    if is_top10(items):
        return [(base, Question(intent="show", show="top10"))]
    readings = [
        (base + cost + (0.0 if question.intent == "show" else beyond), question)
        for rule in (show, what_if, _figures)
        for cost, question in rule(items, context)
    ]
    return sorted(readings, key=lambda reading: reading[0])


def _figures(items: Sequence[Item], context: Context) -> list[Scored]:
    """Counts, statistics, breakdowns, lists and comparisons."""
    pieces = Pieces(items, context)
    group_by = read_group(pieces)
    others = read_filters(pieces)
    if group_by is None:
        read_filled(pieces)
    split = _split_place(pieces)
    filters, doubtful = joined(pieces, split)
    if split is not None:
        return _compare(pieces, filters, split, group_by)
    _drop_headings_of(pieces, filters)
    if group_by is None:
        group_by = loose_group(pieces)
        if group_by is not None and filters and not _asks_figures(pieces):
            # *Married homeowners*: who they are was asked, and not how they are divided.
            pieces.cost += OTHER_QUESTION
    question = _asked(pieces, filters, group_by)
    if question is None:
        return []
    cost = pieces.cost + leftover(pieces)
    readings = [(cost, question), *with_other_clients(question, others, cost)]
    noun = noun_after_per(items, context)
    if noun is not None and question.intent == "breakdown":
        # *Omzet per ondernemer*: of the entrepreneurs, each.
        changed = {"intent": "statistic", "statistic": "mean", "group_by": None,
                   "amount": question.amount or REVENUE,
                   "filters": (*question.filters, noun)}  # fmt: skip
        readings.append((cost + 0.1, question.model_copy(update=changed)))
    if doubtful:
        either = AnyOf(filters=tuple(each for _, each in filters if isinstance(each, Is)))
        kept = tuple(each for _, each in filters if not isinstance(each, Is))
        readings.append((cost + 0.1, question.model_copy(update={"filters": (*kept, either)})))
    return readings


def _drop_headings_of(pieces: Pieces, filters: list[tuple[int, Filter]]) -> None:
    """Takes the heading beside a value of it: *a partial college education*."""
    known = {each.column for _, each in filters if isinstance(each, Is)}
    for place in range(len(pieces.items)):
        concept = pieces.concept(place)
        if concept and not concept.amount and not concept.condition and concept.column in known:
            pieces.take(place)


def _asks_figures(pieces: Pieces) -> bool:
    asked = pieces.places("how_much", "mean", "total", "median", "share")
    return bool(asked) or any(pieces.amount(at) for at in range(len(pieces.items)))


def _split_place(pieces: Pieces) -> int | None:
    """Where the second side of a comparison begins."""
    versus = pieces.places("versus")
    if versus:
        return versus[0]
    if pieces.places("compare"):
        links = [at for at in pieces.places("and", "present", "rest") if at > 0]
        starts = sorted(pieces.filters)
        return next((at for at in links if starts and at > starts[0]), None)
    than = [at for at in pieces.places("than") if pieces.filters and at > min(pieces.filters)]
    merged = [at for at in pieces.places("more", "less") if pieces.items[at].words.endswith(
        (" dan", " als", " than"))]  # fmt: skip
    return next(iter(merged or (than if pieces.places("more", "less") else [])), None)


def _compare(
    pieces: Pieces,
    filters: list[tuple[int, Filter]],
    split: int,
    group_by: Amount | str | None,
) -> list[Scored]:
    first = tuple(each for at, each in filters if at < split)
    second = tuple(each for at, each in filters if at > split)
    rest = pieces.places("rest")
    if len(pieces.places("versus")) > 1 or _names_three(pieces, first, second):
        # Two are compared, not three.
        pieces.cost += OTHER_QUESTION
    if not first or not (second or rest):
        return []
    own = [pieces.amount(at) for at in pieces.places("more", "less")]
    pieces.take(
        split, *rest, *pieces.places("compare", "more", "less", "than", "versus", "between")
    )
    amount, _ = _main_amount(pieces)
    _statistic(pieces)
    if isinstance(group_by, Amount) and amount is None and _is_figure(group_by, pieces.context):
        # *Compare the top 20 with the rest by age*.
        amount = group_by
    elif group_by is not None:
        pieces.cost += OTHER_QUESTION
    question = Question(
        intent="compare",
        amount=amount or next((each for each in own if each), None) or REVENUE,
        statistic="mean",
        filters=first,
        versus=second,
    )
    return [(pieces.cost + leftover(pieces), question)]


def _names_three(pieces: Pieces, first: tuple[Filter, ...], second: tuple[Filter, ...]) -> bool:
    listed = [len(each.values) for each in (*first, *second) if isinstance(each, Is)]
    return bool(pieces.places("compare")) and sum(listed) > 2 and max(listed) > 1


def _is_figure(amount: Amount, context: Context) -> bool:
    column = context.column(amount.column) if amount.kind == "column" else None
    return amount.kind != "column" or (column is not None and column.kind in FIGURES)


def _asked(
    pieces: Pieces, filters: list[tuple[int, Filter]], group_by: Amount | str | None
) -> Question | None:
    shares_clients = any(counts_clients(pieces, at) for at in pieces.places("share"))
    begins_with_clients = _begins_with_clients(pieces)
    statistic = _statistic(pieces)
    counted = pieces.places("how_much")
    most = _extreme(pieces)
    if pieces.places("most") and pieces.places("least"):
        # *Veel tijd maar weinig omzet* asks for two orders at once.
        pieces.cost += OTHER_QUESTION
    listed = bool(pieces.places("list", "who")) or _lists(pieces)
    amount, own = _main_amount(pieces)
    amount = _counted_amount(pieces, filters, counted, amount)
    conditions = tuple(each for _, each in filters)
    if group_by is not None:
        return _grouped(pieces, _Wish(amount, own, statistic, most), group_by, counted, conditions)
    if statistic == "share":
        return _share(pieces, None if shares_clients else amount, conditions)
    if amount is not None:
        conditions = (*conditions, *_single(pieces))
    if statistic is not None or (counted and amount is not None):
        return _statistic_of(pieces, amount, statistic, conditions)
    if counted:
        return Question(intent="count", filters=conditions)
    if most is not None:
        return _extremes(pieces, most, amount or own, listed, conditions)
    if amount is not None and not listed:
        if begins_with_clients:
            # *Klanten met …* wants to see them, and what stands behind was not understood.
            pieces.cost += OTHER_QUESTION
        return _statistic_of(pieces, amount, None, conditions)
    return _list(pieces, conditions, amount)


@dataclass(frozen=True)
class _Wish:
    """What is measured, and how; `own` is the amount that a superlative brings with it."""

    amount: Amount | None
    own: Amount | None
    statistic: Statistic | None
    order: Order | None


def _grouped(
    pieces: Pieces,
    wish: _Wish,
    group_by: Amount | str,
    counted: list[int],
    conditions: tuple[Filter, ...],
) -> Question:
    extremes = pieces.places("most", "least")
    counted = counted or [at for at in extremes if pieces.has(at + 1, "clients")]
    pieces.take(*extremes)
    if wish.own is not None and pieces.places("clients"):
        # *Welke sector is het winstgevendst* asks for profit; *waar wonen mijn rijkste klanten*
        # asks for a few of them, which is another question.
        pieces.cost += OTHER_QUESTION
    if wish.statistic == "share" and conditions:
        # *Percentage gepensioneerden per woonplaats* divides by each place, not by the whole.
        pieces.cost += OTHER_QUESTION
    amount = wish.amount or wish.own
    order = wish.order or pieces.order
    question = _breakdown(group_by, amount, wish.statistic, conditions, counted, order)
    return question.model_copy(update={"limit": pieces.limit})


def _share(
    pieces: Pieces, amount: Amount | None, conditions: tuple[Filter, ...]
) -> Question | None:
    single = _single(pieces)
    if single:
        amount = amount or REVENUE
    conditions = (*conditions, *single)
    if not conditions:
        return None
    return Question(intent="statistic", statistic="share", amount=amount, filters=conditions)


def _statistic_of(
    pieces: Pieces,
    amount: Amount | None,
    statistic: Statistic | None,
    conditions: tuple[Filter, ...],
) -> Question | None:
    if amount is None:
        return None
    how = statistic or _usual(amount, pieces)
    return Question(intent="statistic", statistic=how, amount=amount, filters=conditions)


def _counted_amount(
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
    pieces.take(*counted)
    return amount


def _is_loss(condition: Filter) -> bool:
    return isinstance(condition, Compare) and (condition.amount, condition.operator) == (
        PROFIT,
        "less",
    )


def _begins_with_clients(pieces: Pieces) -> bool:
    first = next((at for at in range(len(pieces.items))
                  if pieces.has(at, "clients") or pieces.amount(at) is not None), None)  # fmt: skip
    return first is not None and pieces.has(first, "clients")


def _single(pieces: Pieces) -> tuple[Filter, ...]:
    """*Het aandeel van mijn grootste klant*: a top of one."""
    for place in pieces.places("top", "bottom", "most", "least"):
        if place + 1 < len(pieces.items) and pieces.items[place + 1].words in _ONE_CLIENT:
            order: Order = "least" if pieces.has(place, "bottom", "least") else "most"
            amount = pieces.amount(place) or REVENUE
            pieces.take(place, place + 1)
            return (InTop(amount=amount, size=1, order=order),)
    return ()


def _usual(amount: Amount, pieces: Pieces) -> Statistic:
    """What is asked of an amount where no word says so: *wat levert een ondernemer op* is one."""
    for start, condition in pieces.filters.items():
        before = pieces.items[start - 1].words if start else ""
        column = pieces.context.column(condition.column) if isinstance(condition, Is) else None
        if before in ("een", "a", "an") and column and column.meaning in _PERSONS:
            return "mean"
    return "total" if amount.kind in ADDED_UP else "mean"


def _statistic(pieces: Pieces) -> Statistic | None:
    found: Statistic | None = None
    for kind, name in _STATISTICS:
        places = pieces.places(kind)
        if places and (found is None or kind == "total"):
            strong = [at for at in places if not (kind == "mean" and len(places) > 1)]
            found = found or name
            pieces.take(*(strong or places))
            pieces.take(*places)
    return found


def _extreme(pieces: Pieces) -> Order | None:
    for order in get_args(Order):
        places = pieces.places(order)
        if places:
            return cast("Order", order)
    return None


def _lists(pieces: Pieces) -> bool:
    """*Welke klanten*, *klanten in Utrecht*."""
    return any(
        pieces.has(at, "which") and pieces.has(at + 1, "clients") for at in range(len(pieces.items))
    )


def _main_amount(pieces: Pieces) -> tuple[Amount | None, Amount | None]:
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
            found, first_is_yield = [amount], False
            pieces.take(place)
        elif {found[0].kind, amount.kind} == {"cost", "hours"}:
            # *Wie kost me de meeste tijd* is about the time.
            found = [Amount(kind="hours")]
            pieces.take(place)
    hourly = pieces.places("per_hour")
    amounts = {"revenue": "revenue_per_hour", "profit": "profit_per_hour"}
    if found and hourly and found[0].kind in amounts:
        pieces.take(*hourly)
        return Amount(kind=amounts[found[0].kind]), own
    return (found[0] if found else None), own


def _breakdown(
    group_by: Amount | str,
    amount: Amount | None,
    statistic: Statistic | None,
    conditions: tuple[Filter, ...],
    counted: list[int],
    most: Order | None,
) -> Question:
    measured = amount
    if measured is None and not counted and (statistic or most):
        measured = REVENUE
    how = statistic
    if measured is not None and how is None:
        how = "total" if measured.kind in ADDED_UP else "mean"
    return Question(
        intent="breakdown",
        amount=measured,
        statistic=how if measured is not None else None,
        group_by=group_by,
        filters=conditions,
        order=most or "most",
    )


def _extremes(
    pieces: Pieces,
    order: Order,
    amount: Amount | None,
    listed: bool,
    conditions: tuple[Filter, ...],
) -> Question | None:
    clients = [pieces.items[at].words for at in pieces.places("clients")]
    pieces.take(*pieces.places("most", "least"))
    if not listed and not clients and amount is not None and not conditions:
        statistic: Statistic = "highest" if order == "most" else "lowest"
        return Question(intent="statistic", statistic=statistic, amount=amount)
    one = any(word in _ONE_CLIENT for word in clients)
    return Question(
        intent="clients",
        amount=amount or REVENUE,
        filters=conditions,
        order=order,
        limit=1 if one else None,
    )


def _list(pieces: Pieces, conditions: tuple[Filter, ...], amount: Amount | None) -> Question | None:
    """A list of clients. A single top in it is its length; the others stay conditions."""
    if not conditions and not (amount is not None and pieces.places("by")):
        return None
    tops = [each for each in conditions if isinstance(each, InTop)]
    if len(tops) == 1 and not tops[0].negated and tops[0].size is not None:
        top = tops[0]
        others = tuple(each for each in conditions if each is not top)
        return Question(
            intent="clients",
            amount=top.amount,
            filters=others,
            order=top.order,
            limit=top.size,
        )
    if any(isinstance(each, Named) for each in conditions) and any(
        item.words in _ASKS_WHAT for item in pieces.items
    ):
        # *Waar woont klant 12*: what he brings is no answer to that.
        pieces.cost += OTHER_QUESTION
    return Question(intent="clients", amount=amount or REVENUE, filters=conditions)


def with_concepts(items: Sequence[Item], chosen: Sequence[int]) -> list[Item]:
    """The items, each with the one concept of this choice."""
    return [
        replace(item, concepts=(item.concepts[number],)) if item.concepts else item
        for item, number in zip(items, chosen, strict=True)
    ]
