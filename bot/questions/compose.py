"""Items → questions: what is asked of which clients."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast, get_args

from bot.questions.changes import what_if
from bot.questions.conditions import (
    REVENUE,
    joined,
    read_filled,
)
from bot.questions.groups import ADDED_UP, loose_group, noun_after_per, read_group
from bot.questions.items import Item
from bot.questions.model import (
    Amount,
    AnyOf,
    Filter,
    InTop,
    Is,
    Order,
    Question,
    Show,
    Statistic,
)
from bot.questions.pieces import Context, Pieces
from bot.questions.shared import Scored, leftover, read_filters, with_other_clients

_PERSONS = frozenset({"is_entrepreneur", "is_retired", "is_dga"})
_OTHER_QUESTION = 0.9
_STATISTICS: tuple[tuple[str, Statistic], ...] = (
    ("share", "share"),
    ("median", "median"),
    ("mean", "mean"),
    ("total", "total"),
)


def questions_of(items: Sequence[Item], context: Context) -> list[Scored]:
    """The readings of these items, each with its cost: 0 where every word has its place."""
    base = sum(item.cost for item in items)
    if _is_top10(items):
        return [(base, Question(intent="show", show="top10"))]
    readings = [
        (base + cost, question)
        for rule in (_show, what_if, _figures)
        for cost, question in rule(items, context)
    ]
    return sorted(readings, key=lambda reading: reading[0])


def _show(items: Sequence[Item], context: Context) -> list[Scored]:
    """An answer that the bot has already: *mijn 80/20*, *wat delen mijn beste klanten*."""
    pieces = Pieces(items, context)
    shows = [
        (len(item.words), kind.removeprefix("show:"))
        for item in items
        for kind in item.kinds
        if kind.startswith("show:")
    ]
    if not shows:
        return []
    show = max(shows)[1]
    pieces.take(
        *[at for at, item in enumerate(items) if any(f"show:{show}" in item.kinds for _ in (0,))]
    )
    pieces.take(*pieces.places("top", "bottom", "most", "level", "how_much"))
    pieces.take(*[at for at, item in enumerate(items) if item.number == 10])
    if show not in get_args(Show):
        return []
    return [(leftover(pieces) * 1.1, Question(intent="show", show=cast("Show", show)))]


def _is_top10(items: Sequence[Item]) -> bool:
    """*Mijn top 10*, and nothing else."""
    words = [item.words for item in items if not item.has("skip", "list") or item.has("top")]
    return words == ["top", "10"]


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
        return _compare(pieces, filters, split)
    group_by = group_by or loose_group(pieces)
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


def _compare(pieces: Pieces, filters: list[tuple[int, Filter]], split: int) -> list[Scored]:
    first = tuple(each for at, each in filters if at < split)
    second = tuple(each for at, each in filters if at > split)
    rest = pieces.places("rest")
    if not first or not (second or rest):
        return []
    own = [pieces.amount(at) for at in pieces.places("more", "less")]
    pieces.take(
        split, *rest, *pieces.places("compare", "more", "less", "than", "versus", "between")
    )
    amount, _ = _main_amount(pieces)
    _statistic(pieces)
    question = Question(
        intent="compare",
        amount=amount or next((each for each in own if each), None) or REVENUE,
        statistic="mean",
        filters=first,
        versus=second,
    )
    return [(pieces.cost + leftover(pieces), question)]


def _asked(
    pieces: Pieces, filters: list[tuple[int, Filter]], group_by: Amount | str | None
) -> Question | None:
    statistic = _statistic(pieces)
    counted = pieces.places("how_much")
    most = _extreme(pieces)
    if pieces.places("most") and pieces.places("least"):
        # *Veel tijd maar weinig omzet* asks for two orders at once.
        pieces.cost += _OTHER_QUESTION
    listed = bool(pieces.places("list", "who")) or _lists(pieces)
    amount, own = _main_amount(pieces)
    pieces.take(*counted)
    conditions = tuple(each for _, each in filters)
    if group_by is not None:
        extremes = pieces.places("most", "least")
        counted = counted or [at for at in extremes if pieces.has(at + 1, "clients")]
        pieces.take(*extremes)
        if own is not None:
            # *Welke sector is het winstgevendst* asks for profit; *waar wonen mijn rijkste klanten*
            # asks for a few of them, which is another question.
            amount = amount or own
            pieces.cost += _OTHER_QUESTION if pieces.places("clients") else 0.0
        most = most or pieces.order
        question = _breakdown(group_by, amount, statistic, conditions, counted, most)
        return question.model_copy(update={"limit": pieces.limit})
    if statistic == "share":
        return (
            Question(intent="statistic", statistic="share", amount=amount, filters=conditions)
            if conditions
            else None
        )
    if statistic is not None or (counted and amount is not None):
        if amount is None:
            return None
        how = statistic or _usual(amount, pieces)
        return Question(intent="statistic", statistic=how, amount=amount, filters=conditions)
    if counted:
        return Question(intent="count", filters=conditions)
    if most is not None:
        return _extremes(pieces, most, amount or own, listed, conditions)
    if amount is not None and not listed:
        how = _usual(amount, pieces)
        return Question(intent="statistic", statistic=how, amount=amount, filters=conditions)
    if not conditions:
        return None
    return _list(conditions, amount)


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
    one = any(word in ("klant", "client", "customer", "relatie") for word in clients)
    return Question(
        intent="clients",
        amount=amount or REVENUE,
        filters=conditions,
        order=order,
        limit=1 if one else None,
    )


def _list(conditions: tuple[Filter, ...], amount: Amount | None) -> Question:
    """A list of clients. A single top in it is its length; the others stay conditions."""
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
    return Question(intent="clients", amount=amount or REVENUE, filters=conditions)


def with_concepts(items: Sequence[Item], chosen: Sequence[int]) -> list[Item]:
    """The items, each with the one concept of this choice."""
    return [
        replace(item, concepts=(item.concepts[number],)) if item.concepts else item
        for item, number in zip(items, chosen, strict=True)
    ]
