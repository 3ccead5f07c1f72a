"""Text files to grids."""

from dataclasses import dataclass

from analysis.errors import UnreadableFile
from analysis.reading.dialect import detect_dialect
from analysis.reading.encoding import decode
from analysis.reading.grid import Grid, grid_from_rows
from analysis.reading.records import read_records
from analysis.reading.splitting import Dialect


@dataclass(frozen=True)
class TextGrid:
    """A grid with how its text was written."""

    grid: Grid
    encoding: str
    dialect: Dialect


def read_text(content: bytes) -> TextGrid:
    """Return the cells of a text file; raise UnreadableFile where it holds no text."""
    text, encoding = decode(content)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise UnreadableFile("empty")
    dialect = detect_dialect(text)
    if dialect.skip_lines:
        text = text.partition("\n")[2]
    if dialect.escape != "\x00":
        text = text.replace("\x00", "")
    rows = read_records(text, dialect)
    grid = grid_from_rows("", rows, first_row=1 + dialect.skip_lines)
    return TextGrid(grid, encoding, dialect)
