"""A table of text, with where it stood in the file."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

Format = Literal["xlsx", "xls", "xlsb", "ods", "csv", "html"]


@dataclass(frozen=True)
class SkippedRow:
    """A row that is no client. `row` counts from 1 as in the file."""

    row: int
    why: str
    """One of `total`, `subtotal`, `repeated_header`, `blank`, `footer`."""


@dataclass(frozen=True)
class Source:
    """Where a table came from."""

    name: str
    format: Format
    sheet: str = ""
    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None
    """The file's row, counted from 1, with the (last line of the) header; None without one."""
    skipped: tuple[SkippedRow, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A table of text.

    `cells` has one string column per column of the file, named 0, 1, 2 …, in their order; an
    empty cell is the empty string. Numbers of a workbook stand in plain decimal notation, its
    dates as ISO. `row_numbers[i]` is the place of row i in the file, counted from 1.
    """

    source: Source
    header: tuple[str, ...]
    cells: pd.DataFrame
    row_numbers: np.ndarray
