"""Items → questions: what is asked of which clients."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.questions.changes import what_if
from bot.questions.comparing import comparison, split_place
from bot.questions.conditions import (
    OTHER_QUESTION,
    REVENUE,
    read_filled,
)
from bot.questions.cover import unexplained
from bot.questions.groups import ADDED_UP, loose_group, noun_after_per, read_group
from bot.questions.items import Item
from bot.questions.joining import joined
from bot.questions.measures import (
    ONE_CLIENT,
    counted_amount,
    main_amount,
    order_of_words,
    statistic_of_words,
    top_of_one,
    usual_statistic,
)
from bot.questions.model import (
    Amount,
    AnyOf,
    AtLevel,
    Compare,
    Filter,
    InTop,
    Is,
    Named,
    Order,
    Question,
    Statistic,
    When,
)
from bot.questions.periods import take_year_of
from bot.questions.pieces import Context, Pieces
from bot.questions.shared import (
    Scored,
    counts_clients,
    leftover,
    read_filters,
    with_other_clients,
)
from bot.questions.shares import with_base
from bot.questions.shows import is_top10, show
from bot.questions.tops import introduced

_ASKS_WHAT = frozenset(
    {"waar", "wanneer", "hoe", "hoelang", "wat", "where", "when", "how", "what", "whats"}
)


def questions_of(items: Sequence[Item], context: Context) -> list[Scored]:
    """The readings of these items, each with its cost: 0 where every word has its place."""
    base = sum(item.cost for item in items)
    if is_top10(items):
        return [(base, Question(intent="show", show="top10"))]
    readings = [
        (base + cost + _uncovered(items, question, context, cost), question)
        for rule in (show, what_if, _figures)
        for cost, question in rule(items, context)
    ]
    return sorted(readings, key=lambda reading: reading[0])


def _uncovered(items: Sequence[Item], question: Question, context: Context, cost: float) -> float:
    """Too much to be sure, where a word of the question shows nowhere in its reading."""
    doubted = cost >= OTHER_QUESTION or not unexplained(items, question, context)
    return 0.0 if doubted else OTHER_QUESTION


def _figures(items: Sequence[Item], context: Context) -> list[Scored]:
    """Counts, statistics, breakdowns, lists and comparisons."""
    pieces = Pieces(items, context)
    group_by = read_group(pieces)
    others = read_filters(pieces)
    if group_by is None:
        read_filled(pieces)
    split = split_place(pieces)
    filters, doubtful = joined(pieces, split)
    if split is not None:
        return comparison(pieces, filters, split, group_by)
    _drop_headings_of(pieces, filters)
    if group_by is None:
        group_by = loose_group(pieces)
        counts = [at for at in pieces.places("how_much") if counts_clients(pieces, at)]
        if group_by is not None and filters and (counts or not _asks_figures(pieces)):
            # *Married homeowners*: who they are was asked, and not how they are divided.
            pieces.cost += OTHER_QUESTION
    question = _asked(pieces, filters, group_by)
    if question is None:
        return []
    cost = pieces.cost + leftover(pieces)
    shares = with_base(pieces, filters, question, cost)
    if shares is not None:
        return shares
    readings = [(cost, question), *with_other_clients(question, others, cost)]
    readings += _either(pieces, question, cost)
    if question.intent == "statistic" and question.filters and _asks_twice(pieces):
        count = Question(intent="count", filters=question.filters)
        readings = [(max(cost, OTHER_QUESTION), each) for each in (question, count)]
    readings += _each_or_all(pieces, question, cost)
    readings += _top_of_them(question, filters, cost)
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


def _either(pieces: Pieces, question: Question, cost: float) -> list[Scored]:
    """The same question with the other condition that the words may mean."""
    readings = []
    for one, other in pieces.either:
        filters = tuple(other if each == one else each for each in question.filters)
        readings.append((cost + 0.1, question.model_copy(update={"filters": filters})))
    return readings


def _top_of_them(
    question: Question, filters: list[tuple[int, Filter]], cost: float
) -> list[Scored]:
    """*De omzet van mijn top 10 in Soest*: of those who live there, or the ten largest of them."""
    if question.intent != "statistic" or question.base or len(filters) < 2:
        return []
    top, others = filters[0][1], tuple(each for _, each in filters[1:])
    if not isinstance(top, InTop) or top.negated or top.among:
        return []
    among = tuple(each for each in others if isinstance(each, Is | Compare | When | AtLevel))
    if len(among) < len(others) or top not in question.filters:
        return []
    inside = top.model_copy(update={"among": among})
    return [(cost + 0.1, question.model_copy(update={"filters": (inside,)}))]


def _asks_twice(pieces: Pieces) -> bool:
    """*Hoeveel ondernemers heb ik, en wat brengen ze op*: how many, and how much."""
    items = pieces.items
    first = next((at for at, item in enumerate(items) if item.has("how_much")), len(items))
    linked = next((at for at in range(first, len(items)) if items[at].has("and")), len(items))
    return any(
        item.has("how_much") or item.words in _ASKS_WHAT for item in items[linked + 1 : linked + 4]
    )


def _each_or_all(pieces: Pieces, question: Question, cost: float) -> list[Scored]:
    """*Hoeveel polissen hebben ondernemers* may ask for those of each, and of all together."""
    column = pieces.context.column(question.amount.column) if question.amount else None
    if column is None or column.meaning != "products" or not pieces.counted:
        return []
    said = any(item.has("total") for item in pieces.items)
    one = any(isinstance(each, Named) for each in question.filters)
    if question.statistic != "total" or said or one:
        return []
    return [(cost + 0.1, question.model_copy(update={"statistic": "mean"}))]


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


def _asked(
    pieces: Pieces, filters: list[tuple[int, Filter]], group_by: Amount | str | None
) -> Question | None:
    shares_clients = any(counts_clients(pieces, at) for at in pieces.places("share"))
    begins_with_clients = _begins_with_clients(pieces)
    statistic = statistic_of_words(pieces)
    counted = pieces.places("how_much")
    most = order_of_words(pieces)
    if pieces.places("most") and pieces.places("least"):
        # *Veel tijd maar weinig omzet* asks for two orders at once.
        pieces.cost += OTHER_QUESTION
    listed = bool(pieces.places("list", "who")) or _lists(pieces)
    listed = listed or (begins_with_clients and _is_ordered(pieces))
    amount, own = main_amount(pieces)
    amount = counted_amount(pieces, filters, counted, amount)
    statistic = _fitting(statistic, amount, counted)
    take_year_of(pieces, amount)
    conditions = tuple(each for _, each in filters)
    if group_by is None:
        group_by = _each_of_several(pieces, filters, most)
    if group_by is not None:
        wish = _Wish(amount, own, statistic, most)
        return _grouped(pieces, wish, group_by, counted, _of_groups(pieces, filters))
    if statistic == "share":
        return _share(pieces, None if shares_clients else amount, conditions)
    if amount is not None:
        conditions = (*conditions, *top_of_one(pieces))
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
    more = [(len(pieces.items), each) for each in conditions[len(filters) :]]
    return _list(pieces, [*filters, *more], amount)


def _each_of_several(
    pieces: Pieces, filters: list[tuple[int, Filter]], most: Order | None
) -> Amount | None:
    """*Amersfoort of Nijkerk, waar zit het meeste*; *tandartsen en makelaars, elk apart*."""
    several = pieces.alternatives if most is not None else None
    apart = pieces.places("apart")
    if apart:
        pieces.take(*apart)
        several = next(
            (each for _, each in filters if isinstance(each, Is) and len(each.values) > 1), None
        )
    return Amount(kind="column", column=several.column) if isinstance(several, Is) else None


def _fitting(
    statistic: Statistic | None, amount: Amount | None, counted: list[int]
) -> Statistic | None:
    """What is said of how to measure, where that goes with the amount."""
    if amount is None:
        # *Hoeveel klanten samen*.
        return None if statistic == "total" and counted else statistic
    # A conversion is a share by itself.
    return None if statistic == "share" and amount.kind == "conversion" else statistic


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
    counted = counted or pieces.places("majority") or ([0] if pieces.counts_groups else [])
    counted = counted or [at for at in extremes if _counts(pieces, at + 1)]
    pieces.take(*extremes, *pieces.places("majority"))
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


def _of_groups(pieces: Pieces, filters: list[tuple[int, Filter]]) -> tuple[Filter, ...]:
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


def _counts(pieces: Pieces, place: int) -> bool:
    """*De meeste klanten*, *de meeste ondernemers*."""
    return pieces.has(place, "clients") or place in pieces.filters


def _share(
    pieces: Pieces, amount: Amount | None, conditions: tuple[Filter, ...]
) -> Question | None:
    single = top_of_one(pieces)
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
    how = statistic or usual_statistic(amount, pieces)
    return Question(intent="statistic", statistic=how, amount=amount, filters=conditions)


def _begins_with_clients(pieces: Pieces) -> bool:
    first = next((at for at in range(len(pieces.items))
                  if pieces.has(at, "clients") or pieces.amount(at) is not None), None)  # fmt: skip
    return first is not None and pieces.has(first, "clients")


def _lists(pieces: Pieces) -> bool:
    """*Welke klanten*, *klanten in Utrecht*."""
    for place in pieces.places("which"):
        behind = [item for item in pieces.items[place + 1 : place + 3] if item.number is None]
        if behind and _names_clients(behind[0]):
            return True
    return False


def _names_clients(item: Item) -> bool:
    """*Klanten*, *ondernemers*, *tandartsen*."""
    return item.has("clients") or any(each.condition is not None for each in item.concepts)


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
    one = any(word in ONE_CLIENT for word in clients)
    return Question(
        intent="clients",
        amount=amount or REVENUE,
        filters=conditions,
        order=order,
        limit=1 if one else None,
    )


def _is_ordered(pieces: Pieces) -> bool:
    """*Klanten in Soest op uren*."""
    return any(pieces.amount(at + 1) is not None for at in pieces.places("by"))


def _list(
    pieces: Pieces, filters: list[tuple[int, Filter]], amount: Amount | None
) -> Question | None:
    """A list of clients. A single top in it is its length, unless it says whom it is about."""
    conditions = tuple(each for _, each in filters)
    if not conditions and not (amount is not None and pieces.places("by")):
        return None
    tops = [(at, each) for at, each in filters if isinstance(each, InTop)]
    if len(tops) == 1 and not tops[0][1].negated and tops[0][1].size is not None:
        place, top = tops[0]
        others = tuple(each for each in conditions if each is not top)
        if not others or not introduced(pieces, place):
            return Question(
                intent="clients",
                amount=top.amount,
                filters=(*top.among, *others),
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
