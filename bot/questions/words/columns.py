"""What the columns of a list stand for in a question, and which of them it may be about."""

from collections.abc import Iterable, Sequence

from analysis.clients import Clients
from analysis.columns.plan import Column
from analysis.traits import is_switched_off
from bot.questions.model import Amount, Is
from bot.questions.words.lexicon import Concept

# An insurer's list tells what the claims of a client came to, no number of them.
_ALSO = {"claims": "customer_claims"}
_WHOLE = {"revenue": "revenue", "cost": "cost", "hours": "hours", "contacts": "contacts"}
NUMERIC = frozenset({"money", "number", "percentage", "duration"})
# They tell one client from another.
UNASKED_ROLES = frozenset({"client_id", "client_name", "household", "ignore"})
NEVER_KEPT = frozenset({"forbidden", "private"})
# What is said of people, by the columns that would tell it.
_SENSITIVE = {
    "sex_of_owners": "gender",
    "religion": "forbidden_special",
    "health": "forbidden_health",
    "nationality": "sensitive_nationality",
}


def askable(clients: Clients) -> list[Column]:
    """The columns that a question may be about; sex stays out unless the adviser turns it on."""
    return [
        column
        for column in clients.columns
        if column.stored
        and column.name in clients.table.columns
        and (column.role not in UNASKED_ROLES or _is_own_date(column, clients))
        and not is_switched_off(column)
    ]


def left_out(clients: Clients) -> list[Column]:
    """The columns that the list has and no question may be about: sex, religion, a title."""
    return [
        column
        for column in clients.columns
        if is_switched_off(column) or _is_title(column) or column.role in NEVER_KEPT
    ]


def why_left_out(meanings: Iterable[str], columns: Sequence[Column]) -> str:
    """Why none of these may be asked for, where the list has such a column; else nothing."""
    meant = {name for meaning in meanings for name in (meaning, _SENSITIVE.get(meaning, meaning))}
    having = [column for column in columns if column.meaning in meant]
    if any(map(is_switched_off, having)):
        return "switched_off"
    if any(column.role == "forbidden" for column in having):
        return "never_kept"
    return ""


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
    if column.kind in NUMERIC:
        return Concept(Amount(kind="column", column=column.name), column.name, cost=cost)
    if column.kind == "yes_no":
        condition = Is(column=column.name, values=("yes",))
        return Concept(column=column.name, condition=condition, cost=cost)
    return Concept(column=column.name, cost=cost)


def _is_title(column: Column) -> bool:
    return column.role == "ignore" and column.meaning == "salutation"


def _is_own_date(column: Column, clients: Clients) -> bool:
    """A date of a line: where lines were added up it is asked for by line."""
    dated = column.meaning == "event_date" and column.kind == "date"
    by_row = clients.by_row is not None and column.name in clients.by_row.differing
    return dated and (by_row or not clients.rows_added_up)


def with_meaning(meaning: str, columns: Iterable[Column]) -> list[Column]:
    meanings = {meaning, _ALSO.get(meaning, meaning)}
    return [column for column in columns if not meanings.isdisjoint((column.meaning, column.role))]


def meant(meaning: str, columns: Iterable[Column]) -> tuple[Concept, ...]:
    columns = list(columns)
    found = tuple(concept_of(column, columns) for column in with_meaning(meaning, columns))
    return found or (Concept(lacking=meaning, cost=2.0),)
