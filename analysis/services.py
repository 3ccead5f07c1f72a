"""Which service fits a group, from its traits; codes that the conversation puts in words."""

import csv
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from analysis.columns.plan import Column
from analysis.findings import Condition

HERE = Path(__file__).parent
MOST_SERVICES = 3


@cache
def _fitting() -> dict[tuple[str, str], str]:
    """Service by what a condition is about (a meaning, role or derived trait) and what it says."""
    with (HERE / "services.csv").open(encoding="utf-8") as file:
        return {(row["subject"], row["when"]): row["service"] for row in csv.DictReader(file)}


def services_for(conditions: Iterable[Condition], columns: Sequence[Column]) -> tuple[str, ...]:
    """The services that these traits ask for, each once, at most three."""
    column_of = {column.header: column for column in columns}
    found: dict[str, None] = {}
    for condition in conditions:
        when = _says(condition)
        column = column_of.get(condition.header)
        subjects = [condition.derived or ""]
        subjects += [column.meaning, column.role] if column is not None else []
        for subject in subjects:
            if service := _fitting().get((subject, when)):
                found.setdefault(service)
                break
    return tuple(found)[:MOST_SERVICES]


def _says(condition: Condition) -> str:
    if condition.operator == "is" and isinstance(condition.value, bool):
        return "yes" if condition.value else "no"
    # Between two cuts is at least the lower one: that is what sets such a group apart.
    return "at_least" if condition.operator == "between" else condition.operator
