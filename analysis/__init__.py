"""What the figures of a client list say. No chat, no database, no clock, no language.

Everything heavy is imported where it is first used: `import analysis` costs next to nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import PasswordRequired, UnreadableFile

if TYPE_CHECKING:
    from analysis.clients import Clients
    from analysis.columns.plan import ColumnPlan, Role
    from analysis.findings import Findings
    from analysis.reading.sheet import Sheet

__all__ = [
    "PasswordRequired",
    "UnreadableFile",
    "load",
    "propose_columns",
    "read_rows",
    "read_tables",
    "segment",
]


def read_rows(
    path: str | PathLike[str], password: str | None = None, *, sheet: str | None = None
) -> list[list[str]]:
    """Return the table of a file as rows of text, header first; rows only where it has none.

    `sheet` names the one to read; without it, the one that looks most like a client list.
    """
    from analysis.reading import read_sheet

    with Path(path).open("rb") as file:
        return _rows(read_sheet(file, Path(path).name, password=password, sheet=sheet))


def read_tables(
    path: str | PathLike[str], password: str | None = None
) -> dict[str, list[list[str]]]:
    """Return every table of a file as rows of text, by sheet; a second one gets a number."""
    from analysis.reading import read_sheets

    with Path(path).open("rb") as file:
        sheets = read_sheets(file, Path(path).name, password=password)
    tables: dict[str, list[list[str]]] = {}
    for sheet in sheets:
        name, count = sheet.source.sheet, 1
        while name in tables:
            count += 1
            name = f"{sheet.source.sheet} ({count})"
        tables[name] = _rows(sheet)
    return tables


def _rows(sheet: "Sheet") -> list[list[str]]:
    columns = [sheet.cells[column].tolist() for column in sheet.cells.columns]
    rows = [list(row) for row in zip(*columns, strict=True)]
    return [list(sheet.header), *rows] if sheet.source.header_row is not None else rows


def propose_columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> "ColumnPlan":
    """Return which column plays which role; without rows, from the headings alone."""
    from analysis import columns

    return columns.propose_columns(header, rows)


def load(
    path: str | PathLike[str],
    roles: "Mapping[str, Role] | None" = None,
    *,
    password: str | None = None,
) -> "Clients":
    """Return the clients of a file; `roles` says by heading what is known already.

    Raises UnreadableFile, PasswordRequired, and KeyError for a heading that the file lacks.
    """
    from analysis.clients import build
    from analysis.columns import assign, propose
    from analysis.joining import joined
    from analysis.reading import read_sheets

    with Path(path).open("rb") as file:
        sheet = joined(read_sheets(file, Path(path).name, password=password))
    plan = propose(sheet)
    if roles:
        for heading in roles:
            if heading not in sheet.header:
                raise KeyError(heading)
        plan = assign(plan, {sheet.header.index(heading): role for heading, role in roles.items()})
    return build(sheet, plan, use_up=True)


def segment(clients: "Clients", *, as_of: date, **options: Any) -> "Findings":
    """Return everything that the figures say on the day `as_of`."""
    from analysis.segmentation import segment as all_findings

    return all_findings(clients, as_of=as_of, **options)
