"""Workbooks to grids: calamine first, openpyxl and xlrd behind it where it fails."""

import gc
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

import numpy as np
import pyarrow as pa

from analysis.errors import PasswordRequired, UnreadableFile
from analysis.reading.cells import column_as_text
from analysis.reading.grid import Grid, check_size
from analysis.reading.spread import refuse_to_spread

WorkbookFormat = Literal["xlsx", "xlsb", "xls", "ods"]


def read_workbook(content: bytes, form: WorkbookFormat) -> list[Grid]:
    """Return the sheets of a workbook in their order.

    Raises UnreadableFile where no reader can open it and PasswordRequired where it is locked.
    """
    readers: dict[WorkbookFormat, tuple[Callable[[bytes], list[Grid]], ...]] = {
        "xlsx": (_by_calamine, _by_openpyxl),
        "xlsb": (_by_calamine,),
        "xls": (_by_calamine, _by_xlrd),
        "ods": (_by_calamine,),
    }
    refused: Exception | None = None
    for reader in readers[form]:
        try:
            grids = reader(content)
            # A sheet of nothing but errors (#N/A) is blank to one reader and text to another.
            if reader is readers[form][-1] or any(grid.filled().any() for grid in grids):
                return grids
        except UnreadableFile:
            raise
        except MemoryError as error:
            raise UnreadableFile("too_much_memory") from error
        # A library may raise anything on a damaged file, a panic of its Rust code included.
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
                raise
            refused = refused or _as_exception(error)
    raise UnreadableFile("damaged", form) from refused


def _as_exception(error: BaseException) -> Exception:
    return error if isinstance(error, Exception) else RuntimeError(type(error).__name__)


def _by_calamine(content: bytes) -> list[Grid]:
    import python_calamine as calamine

    refuse_to_spread(content)
    grids = []
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for index, facts in enumerate(workbook.sheets_metadata):
            if facts.typ in (calamine.SheetTypeEnum.ChartSheet, calamine.SheetTypeEnum.Vba):
                continue
            sheet = workbook.get_sheet_by_index(index)
            hidden = facts.visible != calamine.SheetVisibleEnum.Visible
            check_size(sheet.height, sheet.width)
            first_row = sheet.start[0] + 1 if sheet.start else 1
            with _no_collection():
                grids.append(_grid(facts.name, sheet.to_python(), first_row, hidden))
    except calamine.PasswordError as error:
        raise PasswordRequired("password_needed") from error
    return grids


@contextmanager
def _no_collection() -> Iterator[None]:
    """Do not look for cycles among a million cells: there are none, and the looking takes time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _grid(name: str, rows: Sequence[Sequence[Any]], first_row: int, hidden: bool) -> Grid:
    """Turn rows of one length into a grid."""
    columns = tuple(
        pa.chunked_array([column_as_text(column)]) for column in zip(*rows, strict=True)
    )
    return Grid(name, columns, np.arange(first_row, first_row + len(rows)), hidden)


def _by_openpyxl(content: bytes) -> list[Grid]:
    import openpyxl

    _refuse_entities(content)
    workbook = openpyxl.load_workbook(
        io.BytesIO(content), read_only=False, data_only=True, keep_links=False
    )
    grids = []
    for sheet in workbook.worksheets:
        check_size(sheet.max_row or 0, sheet.max_column or 0)
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        grids.append(_grid(sheet.title, rows, 1, sheet.sheet_state != "visible"))
    return grids


def _refuse_entities(content: bytes) -> None:
    """Refuse a workbook whose parts declare entities: no honest program writes them."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.infolist():
            if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                with archive.open(part) as stream:
                    head = stream.read(4096).replace(b"\x00", b"")
                if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                    raise UnreadableFile("hostile", "entities")


def _by_xlrd(content: bytes) -> list[Grid]:
    import xlrd

    try:
        workbook = xlrd.open_workbook(file_contents=content, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise PasswordRequired("password_needed") from error
        raise
    grids = []
    for sheet in workbook.sheets():
        check_size(sheet.nrows, sheet.ncols)
        rows = [
            [_xlrd_cell(cell, workbook.datemode) for cell in sheet.row(index)]
            for index in range(sheet.nrows)
        ]
        grids.append(_grid(sheet.name, rows, 1, sheet.visibility != 0))
    return grids


def _xlrd_cell(cell: Any, datemode: int) -> Any:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return xlrd.xldate_as_datetime(cell.value, datemode)
        except (xlrd.XLDateError, OverflowError, ValueError):
            return cell.value
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return None
    return cell.value
