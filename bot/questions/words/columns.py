"""What the columns of a list stand for in a question, and which of them it may be about."""

from collections.abc import Iterable

from analysis.clients import Clients
from analysis.columns.plan import Column
from bot.questions.model import Amount, Is
from bot.questions.words.lexicon import Concept

# An insurer's list tells what the claims of a client came to, no number of them.
_ALSO = {"claims": "customer_claims"}
_WHOLE = {"revenue": "revenue", "cost": "cost", "hours": "hours", "contacts": "contacts"}
_NUMERIC = frozenset({"money", "number", "percentage", "duration"})
# Sex stays out unless the adviser turns it on; the others tell one client from another.
UNASKED_ROLES = frozenset({"client_id", "client_name", "household", "ignore"})
_UNASKED_MEANINGS = frozenset({"gender", "salutation"})


def askable(clients: Clients) -> list[Column]:
    """The columns that a question may be about."""
    return [column for column in clients.columns if is_askable(column, clients)]


def concept_of(column: Column, columns: Iterable[Column], cost: float = 0.0) -> Concept:
    """What the column may stand for in a question."""
    columns = list(columns)
    if column.role in _WHOLE and [each.role for each in columns].count(column.role) == 1:
        return Concept(amount=Amount(kind=_WHOLE[column.role]), cost=cost)
    roles = {each.role for each in columns}
    if column.meaning == "margin" and column.kind == "money" and "revenue" in roles:
        # What is left of the revenue is the profit, whether or not the list tells the costs.
        return Concept(amount=Amount(kind="profit"), cost=cost)
    if column.role in ("birth_date", "age"):
        birth = column.name if column.kind == "date" else ""
        return Concept(amount=Amount(kind="age"), column=birth, cost=cost)
    if column.kind in _NUMERIC:
        return Concept(Amount(kind="column", column=column.name), column.name, cost=cost)
    if column.kind == "yes_no":
        condition = Is(column=column.name, values=("yes",))
        return Concept(column=column.name, condition=condition, cost=cost)
    return Concept(column=column.name, cost=cost)


def is_askable(column: Column, clients: Clients) -> bool:
    return (
        column.stored
        and column.name in clients.table.columns
        and (column.role not in UNASKED_ROLES or _is_own_date(column, clients))
        and column.meaning not in _UNASKED_MEANINGS
    )


def is_left_out(column: Column) -> bool:
    """Whether the list has the column and no question may be about it: sex, religion, a title."""
    return column.meaning in _UNASKED_MEANINGS or column.role in ("forbidden", "private")


def _is_own_date(column: Column, clients: Clients) -> bool:
    """A date of a line, where each client is one line: of added lines it is no client's date."""
    dated = column.meaning == "event_date" and column.kind == "date"
    return dated and not clients.rows_added_up


def with_meaning(meaning: str, columns: Iterable[Column]) -> list[Column]:
    meanings = {meaning, _ALSO.get(meaning, meaning)}
    return [column for column in columns if not meanings.isdisjoint((column.meaning, column.role))]


def meant(meaning: str, columns: Iterable[Column]) -> tuple[Concept, ...]:
    columns = list(columns)
    found = tuple(concept_of(column, columns) for column in with_meaning(meaning, columns))
    return found or (Concept(lacking=meaning, cost=2.0),)
