"""The cells of one sheet as they stand, before anything is understood."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.errors import UnreadableFile
from analysis.reading.limits import MAX_CELLS, MAX_COLUMNS


@dataclass(frozen=True)
class Grid:
    """A rectangle of text: one string array per column, an empty cell the empty string.

    `row_numbers[i]` is the place of row i in the file, counted from 1. `hidden` is true for a
    sheet that the user does not see.
    """

    name: str
    columns: tuple[pa.ChunkedArray, ...]
    row_numbers: np.ndarray
    hidden: bool = False

    @property
    def height(self) -> int:
        return len(self.row_numbers)

    @property
    def width(self) -> int:
        return len(self.columns)

    def rows(self, start: int, stop: int) -> list[list[str]]:
        """Return rows `start` up to `stop` as lists of cells."""
        length = max(0, min(stop, self.height) - start)
        parts = [column.slice(start, length).to_pylist() for column in self.columns]
        return [list(row) for row in zip(*parts, strict=True)]

    def filled(self) -> np.ndarray:
        """Return how many cells of each row hold more than white space."""
        count = np.zeros(self.height, dtype=np.int32)
        for column in self.columns:
            count += is_filled(column)
        return count


def is_filled(column: pa.ChunkedArray) -> np.ndarray:
    """Return for each cell whether it holds more than white space."""
    # Most cells of most columns are empty or begin with a letter: the costly look at white space
    # is for columns that need it.
    filled = pc.not_equal(column, "")
    spaced = pc.starts_with(column, " ")
    if pc.any(spaced).as_py():
        filled = pc.not_equal(pc.utf8_trim_whitespace(column), "")
    return np.asarray(filled.combine_chunks()).astype(bool)


def grid_from_rows(
    name: str, rows: list[list[str]], *, first_row: int = 1, hidden: bool = False
) -> Grid:
    """Make a grid of rows that may differ in length."""
    width = max((len(row) for row in rows), default=0)
    check_size(len(rows), width)
    padded = [row if len(row) == width else row + [""] * (width - len(row)) for row in rows]
    columns = tuple(
        pa.chunked_array([pa.array(column, type=pa.large_string())])
        for column in zip(*padded, strict=True)
    )
    return Grid(name, columns, np.arange(first_row, first_row + len(rows)), hidden)


def check_size(rows: int, columns: int) -> None:
    """Raise UnreadableFile where a table is wider or larger than can be handled."""
    if columns > MAX_COLUMNS:
        raise UnreadableFile("too_large", f"{columns} columns", f"{MAX_COLUMNS} columns")
    if rows * columns > MAX_CELLS:
        raise UnreadableFile("too_large", f"{rows * columns} cells", f"{MAX_CELLS} cells")
