"""Readings of *what if* about costs and revenue: *kosten 10% omhoog*, *een uur kost 75 euro*."""

from bot.questions.conditions.joining import joined
from bot.questions.conditions.values import COST, OTHER_QUESTION, PROFIT, REVENUE
from bot.questions.model import Amount, Change, Question
from bot.questions.pieces import Pieces
from bot.questions.shared import Scored, kind_at, leftover, read_filters

_HOURS = Amount(kind="hours")


def by_a_part(pieces: Pieces) -> list[Scored]:
    """*Mijn kosten stijgen met 10%*: of all clients, or of those who are named."""
    percents = [at for at in range(len(pieces.items)) if pieces.number(at, "percent")]
    turns = pieces.places("rises", "falls") or pieces.places("more", "less")
    measured = _amounts(pieces)
    changed = [each for each in measured.values() if each != PROFIT]
    if len(percents) != 1 or len(turns) != 1 or changed not in ([COST], [REVENUE]):
        return []
    share = (pieces.items[percents[0]].number or 0.0) / 100
    down = pieces.has(turns[0], "falls", "less")
    pieces.take(*percents, *turns, *measured, *pieces.places("how_much"))
    read_filters(pieces)
    filters, _ = joined(pieces)
    if down and share > 1:
        pieces.cost += OTHER_QUESTION
    change = Change(
        kind="costs_change" if changed == [COST] else "revenue_changes",
        share=-share if down else share,
    )
    question = Question(
        intent="what_if",
        change=change,
        amount=PROFIT,
        filters=tuple(each for _, each in filters),
    )
    return [(pieces.cost + leftover(pieces), question)]


def by_the_hour(pieces: Pieces) -> list[Scored]:
    """*Als een uur mij 75 euro kost*: what every client costs, by his hours alone."""
    numbers = [at for at in range(len(pieces.items)) if pieces.number(at, "money", "")]
    measured = _amounts(pieces)
    hourly = pieces.places("per_hour", "hour")
    hourly += [at for at in range(len(pieces.items)) if kind_at(pieces, at) == "hours"]
    kinds = set(measured.values()) - {PROFIT, _HOURS}
    if len(numbers) != 1 or kinds != {COST} or not hourly:
        return []
    pieces.take(*numbers, *measured, *hourly, *pieces.places("charge", "how_much"))
    change = Change(kind="cost_per_hour", number=pieces.items[numbers[0]].number)
    question = Question(intent="what_if", change=change, amount=PROFIT)
    return [(pieces.cost + leftover(pieces), question)]


def _amounts(pieces: Pieces) -> dict[int, Amount]:
    found = {at: pieces.amount(at) for at in range(len(pieces.items))}
    return {at: amount for at, amount in found.items() if amount is not None}
