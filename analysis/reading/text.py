"""Text files to grids."""

from dataclasses import dataclass

from analysis.errors import UnreadableFile
from analysis.reading.bulk import SMALLEST, read_bulk
from analysis.reading.dialect import detect_dialect
from analysis.reading.encoding import decode, detect_encoding
from analysis.reading.grid import Grid, grid_from_rows
from analysis.reading.records import read_records
from analysis.reading.splitting import Dialect

_SAMPLE_BYTES = 400_000


@dataclass(frozen=True)
class TextGrid:
    """A grid with how its text was written."""

    grid: Grid
    encoding: str
    dialect: Dialect


def read_text(content: bytes) -> TextGrid:
    """Return the cells of a text file; raise UnreadableFile where it holds no text."""
    if len(content) >= SMALLEST:
        large = _read_large(content)
        if large is not None:
            return large
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


def _read_large(content: bytes) -> TextGrid | None:
    """Read a large file the fast way, None where that is not possible."""
    encoding = detect_encoding(content)
    if encoding in ("utf-8", "utf-8-sig"):
        plain = memoryview(content)[3:] if encoding == "utf-8-sig" else memoryview(content)
    else:
        plain = memoryview(content.decode(encoding, errors="replace").encode())
    sample = bytes(plain[:_SAMPLE_BYTES]).decode("utf-8", errors="replace")
    sample = sample.replace("\r\n", "\n").replace("\r", "\n")
    dialect = detect_dialect(sample.rpartition("\n")[0])
    grid = read_bulk(plain, dialect)
    return None if grid is None else TextGrid(grid, encoding, dialect)
