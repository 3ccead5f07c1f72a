"""Bytes to Sheet: format by content, encoding, dialect, header row, edges, totals."""

from analysis.reading.packing import pack, unpack
from analysis.reading.read import read_sheet, read_sheets
from analysis.reading.sheet import Sheet, SkippedRow, Source

__all__ = ["Sheet", "SkippedRow", "Source", "pack", "read_sheet", "read_sheets", "unpack"]
