"""Text files to grids."""

from dataclasses import dataclass
from typing import BinaryIO

from analysis.errors import UnreadableFile
from analysis.reading.bulk import SMALLEST, read_bulk
from analysis.reading.dialect import detect_dialect
from analysis.reading.encoding import decode, detect_encoding
from analysis.reading.grid import Grid, grid_from_rows
from analysis.reading.records import read_records
from analysis.reading.splitting import Dialect
from analysis.reading.stream import Utf8Stream, size_of

_SAMPLE_BYTES = 400_000


@dataclass(frozen=True)
class TextGrid:
    """A grid with how its text was written."""

    grid: Grid
    encoding: str
    dialect: Dialect


def read_text(content: BinaryIO) -> TextGrid:
    """Return the cells of a text file; raise UnreadableFile where it holds no text."""
    large = _read_large(content)
    if large is not None:
        return large
    content.seek(0)
    text, encoding = decode(content.read())
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


def _read_large(content: BinaryIO) -> TextGrid | None:
    """Read a text the fast way; None where that is not possible or not worth its trouble."""
    if size_of(content) < SMALLEST:
        return None
    encoding = detect_encoding(content)
    sample = Utf8Stream(content, encoding).read(_SAMPLE_BYTES).decode("utf-8", errors="replace")
    sample = sample.replace("\r\n", "\n").replace("\r", "\n")
    dialect = detect_dialect(sample.rpartition("\n")[0])
    grid = read_bulk(sample, Utf8Stream(content, encoding), dialect)
    return None if grid is None else TextGrid(grid, encoding, dialect)
