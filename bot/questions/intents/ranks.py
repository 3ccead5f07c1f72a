"""The place of one client among all: *op welke plaats staat klant 12*."""

from collections.abc import Sequence

import numpy as np

from bot.questions.answers.figures import Figures, Lacking
from bot.questions.conditions.values import OTHER_QUESTION, REVENUE, read_clients
from bot.questions.model import Answer, Question
from bot.questions.pieces import Context, Pieces
from bot.questions.shared import Scored, leftover, with_other_clients
from bot.questions.words.item import Item


def rank(items: Sequence[Item], context: Context) -> list[Scored]:
    """The reading, where a place is asked for."""
    pieces = Pieces(items, context)
    asked = pieces.places("rank") or _where_in_rank(pieces)
    if not asked:
        return []
    pieces.take(*asked)
    others = read_clients(pieces)
    filters = tuple(each for _, each in pieces.ordered_filters())
    if len(filters) != 1 or filters[0].type != "client":
        return []
    amounts = [at for at in range(len(items)) if pieces.amount(at) is not None]
    if len(amounts) > 1:
        pieces.cost += OTHER_QUESTION
    amount = pieces.amount(amounts[0]) if amounts else None
    pieces.take(*amounts)
    question = Question(intent="rank", amount=amount or REVENUE, filters=filters)
    cost = pieces.cost + leftover(pieces)
    return [(cost, question), *with_other_clients(question, others, cost)]


def _where_in_rank(pieces: Pieces) -> list[int]:
    """*Where does 12119 rank on profit*."""
    ranks = [at for at, item in enumerate(pieces.items) if item.words in ("rank", "ranks", "stand")]
    where = [at for at in pieces.places("asks") if pieces.items[at].words.startswith("where")]
    return [*ranks, *where] if ranks and where else []


def ranked(figures: Figures, question: Question, chosen: np.ndarray) -> Answer:
    """How many clients have more than he has, and one. Raises Lacking where his is unknown."""
    assert question.amount is not None
    values = figures.amounts(question.amount)
    own = values[chosen]
    if not len(own) or np.isnan(own[0]):
        raise Lacking("other")
    return Answer(
        question=question,
        clients=int((~np.isnan(values)).sum()),
        rank=int((values > own[0]).sum()) + 1,
    )
