"""How many clients bring a part of an amount: *met hoeveel klanten zit ik op de helft*."""

from collections.abc import Sequence

import numpy as np

from bot.questions.answers.figures import Figures, Lacking
from bot.questions.conditions.values import OTHER_QUESTION, REVENUE
from bot.questions.intents.groups import ADDED_UP, is_noun
from bot.questions.intents.shows import CURVE
from bot.questions.model import Amount, Answer, Question
from bot.questions.pieces import Context, Pieces
from bot.questions.shared import Scored, counts_clients, leftover, read_filters
from bot.questions.words.item import Item

_OTHER_QUESTIONS = ("more", "less", "at_most", "between", "top", "bottom", "least", "what_if",
                    "versus", "compare", "per", "mean", "median", "rest", "each")  # fmt: skip
_THEIRS = frozenset({"hun", "their"})
_HOLDING = (
    "who",
    "list",
    "share",
    "makes_up",
    "yields",
    "total",
    "most",
    "at_least",
    "charge",
    "after",
)


def reach(items: Sequence[Item], context: Context) -> list[Scored]:
    """The reading, where clients are counted up to a part of the whole."""
    pieces = Pieces(items, context)
    asked = pieces.places("how_much", "share")
    counted = [at for at in asked if counts_clients(pieces, at) or is_noun(pieces, at + 1)]
    parts = [at for at in range(len(items)) if pieces.number(at, "percent")]
    if not counted or len(parts) != 1 or any(_asks_other(item) for item in items):
        return []
    part = (items[parts[0]].number or 0.0) / 100
    amount = _of_what(pieces, parts[0])
    if amount is None or not 0 < part < 1:
        return []
    pieces.take(*counted, *parts, *pieces.places(*_HOLDING))
    pieces.take(*(at for at in range(len(items)) if pieces.amount(at) is not None))
    read_filters(pieces)
    filters = tuple(each for _, each in pieces.ordered_filters())
    if any(each.type in ("client", "top") for each in filters):
        return []
    if amount == REVENUE and not filters and items[parts[0]].number in CURVE:
        # The answer that the bot has already tells this.
        return []
    if filters and not any(item.words in _THEIRS for item in items):
        # *Hoeveel ondernemers zorgen voor 80% van de omzet*: of theirs, or of all?
        pieces.cost += OTHER_QUESTION
    question = Question(intent="reach", amount=amount, part=part, filters=filters)
    return [(pieces.cost + leftover(pieces), question)]


def _asks_other(item: Item) -> bool:
    return item.has(*_OTHER_QUESTIONS) and not item.has("skip", "of", "who", "share")


def _of_what(pieces: Pieces, part: int) -> Amount | None:
    """What the part is of: *de helft van de omzet*; the revenue where only a verb tells it."""
    of = pieces.next(part, lambda at: pieces.amount(at) is not None)
    named = [at for at in range(len(pieces.items))
             if pieces.amount(at) is not None and not pieces.has(at, "yields")]  # fmt: skip
    told = pieces.amount(of) if of is not None else None
    if told is None:
        return REVENUE if not named and pieces.places("yields") else None
    others = {pieces.amount(at) for at in named} - {told}
    return told if told.kind in ADDED_UP and told.per is None and not others else None


def reached(figures: Figures, question: Question, chosen: np.ndarray) -> Answer:
    """The fewest of the chosen clients who together have that part of what all of them have.

    Raises Lacking where they have nothing together.
    """
    assert question.amount is not None
    assert question.part is not None
    values = np.nan_to_num(figures.amounts(question.amount)[chosen])
    total = float(values.sum())
    if total <= 0:
        raise Lacking("other")
    added = np.cumsum(np.sort(values)[::-1])
    # Sums of cents differ in the last digit.
    fewest = int(np.argmax(added >= question.part * total - 1e-9 * total)) + 1
    return Answer(
        question=question,
        clients=len(values),
        reached=fewest,
        whole=figures.side(question.amount, chosen),
        reached_amount=float(added[fewest - 1]),
    )
