"""Text files to grids."""

import csv
from dataclasses import dataclass

from analysis.errors import UnreadableFile
from analysis.reading.dialect import Dialect, detect_dialect, parse
from analysis.reading.encoding import decode
from analysis.reading.grid import Grid, grid_from_rows


@dataclass(frozen=True)
class TextGrid:
    """A grid with how its text was written."""

    grid: Grid
    encoding: str
    dialect: Dialect


def read_text(content: bytes) -> TextGrid:
    """Return the cells of a text file; raise UnreadableFile where it holds no text."""
    text, encoding = decode(content)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if not text.strip():
        raise UnreadableFile("empty")
    dialect = detect_dialect(text)
    if dialect.skip_lines:
        text = text.partition("\n")[2]
    try:
        rows = list(parse(text, dialect))
    except csv.Error as error:
        raise UnreadableFile("no_table") from error
    grid = grid_from_rows("", rows, first_row=1 + dialect.skip_lines)
    return TextGrid(grid, encoding, dialect)
