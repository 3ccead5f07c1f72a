"""The way in: bytes to sheets."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.errors import UnreadableFile
from analysis.reading.content import recognise
from analysis.reading.grid import Grid
from analysis.reading.sheet import Format, Sheet, Source
from analysis.reading.table import Found, find_tables
from analysis.reading.text import read_text
from analysis.reading.workbook import read_workbook


@dataclass(frozen=True)
class _Opened:
    """The grids of a file, and what they have in common."""

    form: Format
    grids: list[Grid]
    encoding: str | None = None
    delimiter: str | None = None


def read_sheets(content: bytes, name: str, *, password: str | None = None) -> list[Sheet]:
    """Return every table of a file in its order, those of hidden sheets last.

    Raises UnreadableFile, or PasswordRequired where the file is locked, and nothing else.
    """
    try:
        opened = _open(content, password)
        grids = sorted(opened.grids, key=lambda grid: grid.hidden)
        sheets = [sheet for grid in grids for sheet in _sheets_of(opened, grid, name)]
    except UnreadableFile:
        raise
    except MemoryError as error:
        raise UnreadableFile("too_much_memory") from error
    except Exception as error:
        # Whatever a hostile file makes a library do, the one who sent it gets one clear answer.
        raise UnreadableFile("damaged") from error
    if not sheets:
        raise UnreadableFile("empty")
    return sheets


def read_sheet(
    content: bytes, name: str, *, password: str | None = None, sheet: str | None = None
) -> Sheet:
    """Return the table of a file: of the sheet with the name `sheet`, else the largest one.

    Raises UnreadableFile, or PasswordRequired where the file is locked, and nothing else.
    """
    sheets = read_sheets(content, name, password=password)
    if sheet is not None:
        named = [each for each in sheets if each.source.sheet == sheet]
        if not named:
            raise UnreadableFile("no_table")
        return named[0]
    return max(sheets, key=lambda each: each.cells.shape[0] * each.cells.shape[1])


def _open(content: bytes, password: str | None) -> _Opened:
    form = recognise(content)
    if form in ("xlsx", "xlsb", "xls", "ods"):
        return _Opened(form, read_workbook(content, form))
    if form == "text":
        text = read_text(content)
        return _Opened("csv", [text.grid], text.encoding, text.dialect.delimiter)
    raise UnreadableFile("unsupported", form)


def _sheets_of(opened: _Opened, grid: Grid, name: str) -> list[Sheet]:
    return [_sheet(opened, grid, name, found) for found in find_tables(grid) if found.columns]


def _sheet(opened: _Opened, grid: Grid, name: str, found: Found) -> Sheet:
    rows = pa.array(found.rows)
    cells = pd.DataFrame(
        {
            place: pd.Series(pd.array(_take(grid.columns[column], rows, grid.height), dtype="str"))
            for place, column in enumerate(found.columns)
        }
    )
    source = Source(
        name=name,
        format=opened.form,
        sheet=grid.name,
        encoding=opened.encoding,
        delimiter=opened.delimiter,
        header_row=int(grid.row_numbers[found.header[-1]]) if found.header else None,
        skipped=found.skipped,
    )
    return Sheet(source, found.headings, cells, np.asarray(grid.row_numbers[found.rows]))


def _take(column: pa.ChunkedArray, rows: pa.Array, height: int) -> pa.ChunkedArray:
    if len(rows) and rows[-1].as_py() - rows[0].as_py() + 1 == len(rows):
        return column.slice(rows[0].as_py(), len(rows))
    return column.take(rows) if len(rows) < height else column
