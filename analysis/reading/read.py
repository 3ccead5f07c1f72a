"""The way in: bytes to sheets."""

import io
from dataclasses import dataclass, replace
from typing import BinaryIO

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.errors import PasswordRequired, UnreadableFile
from analysis.reading.archive import open_archive, open_gzip
from analysis.reading.bulk import SMALLEST
from analysis.reading.choice import likeness_to_client_list
from analysis.reading.content import Content, check_file_size, recognise
from analysis.reading.grid import Grid
from analysis.reading.locked import unlock
from analysis.reading.locked_ods import unlock_ods
from analysis.reading.markup import read_markup
from analysis.reading.sheet import Format, Sheet, Source
from analysis.reading.stream import size_of
from analysis.reading.table import Found, find_tables
from analysis.reading.text import read_text
from analysis.reading.workbook import read_workbook


@dataclass(frozen=True)
class _Opened:
    """The grids of one file (an archive holds several), and what they have in common."""

    form: Format
    grids: list[Grid]
    encoding: str | None = None
    delimiter: str | None = None


def read_sheets(
    content: bytes | BinaryIO, name: str, *, password: str | None = None
) -> list[Sheet]:
    """Return every table of a file in its order, those of hidden sheets last.

    `content` is what the file holds or, where that need not be in memory as a whole, the open file.

    Raises UnreadableFile, or PasswordRequired where the file is locked, and nothing else.
    """
    try:
        files = _open(io.BytesIO(content) if isinstance(content, bytes) else content, password)
        sheets = [
            sheet
            for opened in files
            for grid in sorted(opened.grids, key=lambda grid: grid.hidden)
            for sheet in _sheets_of(opened, grid, name)
        ]
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
    content: bytes | BinaryIO, name: str, *, password: str | None = None, sheet: str | None = None
) -> Sheet:
    """Return the table that looks most like a list of clients, of the sheet with the name `sheet`.

    Raises UnreadableFile, or PasswordRequired where the file is locked, and nothing else.
    """
    sheets = read_sheets(content, name, password=password)
    if sheet is not None:
        sheets = [each for each in sheets if each.source.sheet == sheet]
        if not sheets:
            raise UnreadableFile("no_table")
    return max(sheets, key=likeness_to_client_list)


def _open(stored: BinaryIO, password: str | None) -> list[_Opened]:
    size = size_of(stored)
    check_file_size(size)
    if size >= SMALLEST and _begins_as_text(stored):
        return [_open_text(stored)]
    stored.seek(0)
    content = stored.read()
    form = recognise(content)
    if form == "gzip":
        content = open_gzip(content)
        form = recognise(content)
    if form != "zip":
        return [_open_one(content, form, password)]
    opened: list[_Opened] = []
    refused: UnreadableFile | None = None
    for member in open_archive(content, password):
        try:
            one = _open_one(member.content, recognise(member.content), password)
        except PasswordRequired:
            raise
        except UnreadableFile as error:
            # A picture or a letter beside the table is no reason to refuse the table.
            refused = error
            continue
        named = [replace(grid, name=_named(member.name, grid.name)) for grid in one.grids]
        opened.append(replace(one, grids=named))
    if not opened:
        raise refused or UnreadableFile("empty")
    return opened


def _begins_as_text(stored: BinaryIO) -> bool:
    stored.seek(0)
    try:
        return recognise(stored.read(SMALLEST)) == "text"
    except UnreadableFile:
        return False


def _named(member: str, sheet: str) -> str:
    return f"{member} - {sheet}" if sheet else member


def _open_one(content: bytes, form: Content, password: str | None) -> _Opened:
    if form == "encrypted" or form == "xls":
        content = unlock(content, password)
        form = recognise(content)
    if form == "ods":
        content = unlock_ods(content, password)
    if form == "xlsx" or form == "xlsb" or form == "xls" or form == "ods":
        return _Opened(form, read_workbook(content, form))
    if form == "html":
        grids, encoding = read_markup(content)
        return _Opened("html", grids, encoding)
    if form == "text":
        return _open_text(io.BytesIO(content))
    # An archive within an archive, or one that is encrypted twice.
    raise UnreadableFile("unsupported", form)


def _open_text(stored: BinaryIO) -> _Opened:
    text = read_text(stored)
    return _Opened("csv", [text.grid], text.encoding, text.dialect.delimiter)


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
