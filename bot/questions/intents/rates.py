"""Readings of *what if* about the hourly rate: what it becomes, or how far it goes up or down."""

from bot.questions.conditions.joining import joined
from bot.questions.conditions.values import OTHER_QUESTION, PROFIT, REVENUE
from bot.questions.model import Change, Filter, Question
from bot.questions.pieces import Pieces
from bot.questions.shared import Scored, kind_at, leftover, read_filters

_BY = frozenset({"met", "by", "extra"})
_LOWERED = ("verlaag", "lower")
_RAISED = ("verhoog", "raise", "increase")
_TO = frozenset({"naar", "to", "op"})
_TARIFFS = ("uurt", "uurp", "uurl", "hourly")
_BEFORE_A_RATE = ("skip", "of", "and", "by", "charge", "versus", "present")
_JUDGED = frozenset({"is", "zijn", "are"})
_NO_RATE = ("who", "which", "how_much", "list", "share", "mean", "total", "median",
            "per", "most", "least", "top", "bottom", "more", "less", "or_more", "or_less",
            "compare", "versus", "than")  # fmt: skip


def names_a_rate(pieces: Pieces) -> bool:
    """*En aan 90 euro per uur*, *at 175 an hour, just for the directors*: nothing else is asked."""
    numbers, charge = _numbers(pieces), pieces.places("charge")
    hourly = len(numbers) == 1 and pieces.has(numbers[0] + 1, "per_hour")
    if len(numbers) != 1 or not (hourly or (charge and _is_tariff(pieces, charge))):
        return False
    before, behind = pieces.items[: numbers[0]], pieces.items[numbers[0] + 1 + hourly :]
    known = all(item.has(*_BEFORE_A_RATE) for item in before)
    asks = any(item.has(*_NO_RATE) or any(c.amount for c in item.concepts) for item in behind)
    return bool(before) and known and not asks


def rate(pieces: Pieces) -> list[Scored]:
    """*Wat als ik 150 per uur reken*, of everybody or of those who are named."""
    charge, hourly = pieces.places("charge"), pieces.places("per_hour")
    numbers = _numbers(pieces)
    if not pieces.places("what_if") and pieces.items[0].words in _JUDGED:
        # *Is 150 euro per uur een goed tarief*.
        return []
    if len(numbers) != 1 or not (charge or names_a_rate(pieces)):
        return []
    cost = 0.0 if hourly or _is_tariff(pieces, charge) else 0.4
    number = pieces.items[numbers[0]].number
    pieces.take(
        *charge, *hourly, *numbers, *pieces.places("hour", "than", "versus", "rises", "falls")
    )
    return _read(pieces, Change(kind="rate_per_hour", number=number), cost)


def rate_step(pieces: Pieces) -> list[Scored]:
    """*Wat als mijn uurtarief met 10% omhoog gaat*, *wat als ik 10 euro per uur meer reken*."""
    charge, hourly = pieces.places("charge"), pieces.places("per_hour")
    parts = [at for at in range(len(pieces.items)) if pieces.number(at, "percent")]
    numbers = parts or _numbers(pieces)
    turns = pieces.places("rises", "falls") or pieces.places("more", "less")
    raised = [at for at in charge if pieces.items[at].words.startswith((*_LOWERED, *_RAISED))]
    if len(numbers) != 1 or not charge or not (turns or raised) or len(turns) > 1:
        return []
    before = pieces.items[numbers[0] - 1].words.split(" ")[-1] if numbers[0] else ""
    stepped = bool(parts or turns) or before in _BY
    if not stepped or before in _TO:
        return []
    words = [pieces.items[at].words for at in raised]
    down = any(pieces.has(at, "falls", "less") for at in turns) or any(
        each.startswith(_LOWERED) for each in words
    )
    size = (pieces.items[numbers[0]].number or 0.0) * (-1 if down else 1)
    change = Change(
        kind="rate_step",
        number=None if parts else size,
        share=size / 100 if parts else None,
    )
    cost = 0.0 if hourly or _is_tariff(pieces, charge) else 0.4
    if parts and abs(size) > 100:
        cost = OTHER_QUESTION
    # *Hoeveel meer verdien ik als*.
    pieces.take(*charge, *hourly, *numbers, *turns, *pieces.places("hour", "more"))
    return _read(pieces, change, cost)


def _read(pieces: Pieces, change: Change, cost: float) -> list[Scored]:
    asked = [at for at in range(len(pieces.items)) if pieces.amount(at) in (REVENUE, PROFIT)]
    hours = [at for at in range(len(pieces.items)) if kind_at(pieces, at) == "hours"]
    pieces.take(*asked, *hours, *pieces.places("how_much"))
    read_filters(pieces)
    filters: tuple[Filter, ...] = tuple(each for _, each in joined(pieces)[0])
    question = Question(intent="what_if", change=change, filters=filters)
    return [(cost + pieces.cost + leftover(pieces), question)]


def _numbers(pieces: Pieces) -> list[int]:
    return [at for at in range(len(pieces.items)) if pieces.number(at, "", "money")]


def _is_tariff(pieces: Pieces, charge: list[int]) -> bool:
    words = [word for at in charge for word in pieces.items[at].words.split(" ")]
    return any(word.startswith(_TARIFFS) or word in ("tarief", "rate") for word in words)
