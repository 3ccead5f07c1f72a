"""What an answer says of columns that differ between the rows of a client."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.questions.model import Amount, Answer, AtLevel, Compare, Filter, InTop, Question

How = Literal["groups", "without", "leaves", "measured", "rows"]


@dataclass(frozen=True)
class ByRowRemark:
    """How the answer goes by row; `headers` are the columns, in words.

    `whole_clients` tells whether another condition goes by all that a client has.
    """

    headers: tuple[str, ...]
    how: How
    whole_clients: bool


def by_row_remark(answer: Answer, headers: Sequence[str]) -> ByRowRemark | None:
    """Nothing where no column of the question differs, or where one client was asked for."""
    question = answer.question
    if not answer.by_row or question.intent in ("rank", "card", "reach"):
        return None
    filters = (*question.base, *question.filters, *question.versus)
    return ByRowRemark(
        headers=tuple(headers),
        how=_how(question, filters, answer.by_row),
        whole_clients=any(_is_of_client(each, answer.by_row) for each in filters),
    )


def _how(question: Question, filters: Sequence[Filter], by_row: Sequence[str]) -> How:
    if question.intent == "what_if":
        return "leaves"
    if isinstance(question.group_by, Amount) and question.group_by.column in by_row:
        return "groups"
    own = [each for each in filters if getattr(each, "column", "") in by_row]
    if not own and question.amount is not None and question.amount.column in by_row:
        return "measured"
    denied = bool(own) and all(getattr(each, "negated", False) for each in own)
    about_clients = question.amount is None or question.intent == "clients"
    return "without" if denied and about_clients else "rows"


def _is_of_client(each: Filter, by_row: Sequence[str]) -> bool:
    if isinstance(each, Compare):
        return each.amount.column not in by_row
    return isinstance(each, InTop | AtLevel)
