"""Items → questions: what is asked of which clients."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.conditions.date_orders import with_date_orders
from bot.questions.conditions.joining import joined
from bot.questions.conditions.values import OTHER_QUESTION, REVENUE, read_filled
from bot.questions.cover import unexplained
from bot.questions.intents.alternatives import (
    asks_twice,
    both_asked,
    each_or_all,
    net_or_gross,
    other_condition,
    other_group,
    top_of_them,
)
from bot.questions.intents.asked import asked
from bot.questions.intents.bands import read_bands
from bot.questions.intents.cards import card
from bot.questions.intents.changes import what_if
from bot.questions.intents.comparing import comparison, split_place
from bot.questions.intents.groups import loose_group, noun_after_per, read_group
from bot.questions.intents.havings import read_counted_groups, read_measured_groups
from bot.questions.intents.measures import read_divisor
from bot.questions.intents.places import in_places
from bot.questions.intents.ranks import rank
from bot.questions.intents.reaching import reach
from bot.questions.intents.shares import shares_of_groups, with_base
from bot.questions.intents.shows import is_like_one, is_top10, show
from bot.questions.intents.statistics import either_margin, with_both_margins
from bot.questions.model import Amount, AnyOf, Filter, Is, Question
from bot.questions.pieces import Context, Pieces
from bot.questions.shared import (
    Scored,
    counts_clients,
    leftover,
    read_filters,
    with_other_clients,
)
from bot.questions.words.item import Item


def questions_of(items: Sequence[Item], context: Context) -> list[Scored]:
    """The readings of these items, each with its cost: 0 where every word has its place."""
    items = with_date_orders(items, context)
    base = sum(item.cost for item in items)
    if is_top10(items):
        return [(base, Question(intent="show", show="top10"))]
    if is_like_one(items):
        # Look-alikes are known of the ten alone.
        return [(base + OTHER_QUESTION, Question(intent="show", show="alike"))]
    readings = [
        (base + cost + _uncovered(items, question, context, cost), question)
        for rule in (show, what_if, rank, reach, card, in_places, _figures)
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
    read_divisor(pieces)
    group_by = read_counted_groups(pieces, read_bands(pieces, read_group(pieces)))
    others = read_filters(pieces)
    group_by = read_measured_groups(pieces, group_by)
    if group_by is None:
        read_filled(pieces)
    if group_by is not None:
        # *Per sector, als je dat uitsplitst*.
        pieces.take(*pieces.places("divide"))
    split = split_place(pieces)
    filters, doubtful = joined(pieces, split)
    _drop_headings_of(pieces, filters)
    if split is not None:
        compared = comparison(pieces, filters, split, group_by)
        earned = [each for cost, asked in compared for each in net_or_gross(pieces, asked, cost)]
        margins = [each for cost, asked in compared for each in either_margin(pieces, asked, cost)]
        return [*compared, *earned, *margins]
    if group_by is None:
        group_by = loose_group(pieces)
        counts = [at for at in pieces.places("how_much") if counts_clients(pieces, at)]
        if group_by is not None and filters and (counts or not _asks_figures(pieces)):
            # *Married homeowners*: who they are was asked, and not how they are divided.
            pieces.cost += OTHER_QUESTION
    filters = _without_halves(pieces, filters, group_by)
    question = asked(pieces, filters, group_by)
    if question is None:
        return []
    question = with_both_margins(pieces, _as_long_as_asked(pieces, question))
    cost = pieces.cost + leftover(pieces)
    shares = shares_of_groups(pieces, filters, question, cost)
    shares = shares or with_base(pieces, filters, question, cost)
    if shares is not None:
        return shares
    readings = [(cost, question), *with_other_clients(question, others, cost)]
    readings += other_condition(pieces, question, cost)
    readings += net_or_gross(pieces, question, cost)
    if question.intent == "statistic" and question.filters and asks_twice(pieces):
        readings = both_asked(pieces, question, filters, cost)
    readings += each_or_all(pieces, question, cost)
    readings += other_group(pieces, question, cost)
    readings += top_of_them(question, filters, cost)
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


def _as_long_as_asked(pieces: Pieces, question: Question) -> Question:
    """The question, with the length of its list where that was said apart."""
    if pieces.listed is None:
        return question
    if question.intent == "breakdown" and not question.limit:
        # *Which sector has the highest margin? Give me the top three*.
        return question.model_copy(update={"limit": pieces.listed})
    if question.intent != "clients" or question.group_by is not None or question.limit:
        pieces.cost += OTHER_QUESTION
        return question
    return question.model_copy(update={"limit": pieces.listed})


def _without_halves(
    pieces: Pieces, filters: list[tuple[int, Filter]], group_by: Amount | str | None
) -> list[tuple[int, Filter]]:
    """The conditions without the halves of *kosten per gepensioneerd en niet gepensioneerd*."""
    column = pieces.context.column(group_by.column) if isinstance(group_by, Amount) else None
    if column is None or column.kind != "yes_no":
        return filters
    return [
        each for each in filters if not (isinstance(each[1], Is) and each[1].column == column.name)
    ]


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


def with_concepts(items: Sequence[Item], chosen: Sequence[int]) -> list[Item]:
    """The items, each with the one concept of this choice."""
    return [
        replace(item, concepts=(item.concepts[number],)) if item.concepts else item
        for item, number in zip(items, chosen, strict=True)
    ]
