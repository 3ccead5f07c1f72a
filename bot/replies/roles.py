"""What a column is taken for, in words: the same in the chat and in the workbook."""

from collections.abc import Collection, Sequence

from analysis.columns.plan import Column, revenue_columns
from analysis.findings import Findings
from analysis.traits import is_switched_off
from bot.replies.words import words


def role_in_words(
    column: Column, among: Sequence[Column], language: str, by_row: Collection[str] = ()
) -> str:
    """The role of a column as it counts in the figures of its list.

    `among` are all columns of the list, `by_row` the headings of those that tell of a row.
    """
    roles = words(language)["roles"]
    if column.role == "trait" and column.header in by_row:
        return roles["by_row"]
    if is_switched_off(column):
        return roles["switched_off"]
    if column.role == "revenue_part" and column not in revenue_columns(among):
        return roles["part_apart"]
    if column.meaning == "margin" and not any(each.role == "cost" for each in among):
        return roles["margin"]
    return roles.get(column.role, roles["other"])


def told_by_row(findings: Findings | None) -> frozenset[str]:
    """The headings of columns that differ between the rows of a client: no traits of his."""
    if findings is None:
        return frozenset()
    return frozenset(
        str(note.values["header"])
        for note in findings.notes
        if note.code == "column_differs_by_row"
    )


def are_costs_assumed(findings: Findings | None) -> bool:
    """Whether what clients claimed is taken for costs of the office, unasked."""
    return findings is not None and any(note.code == "costs_assumed" for note in findings.notes)
