"""The lines of a text file to rows of one width, damaged lines repaired."""

from collections import Counter
from dataclasses import replace

from analysis.reading.alignment import ColumnForms, drop_empty_headings, split_heading
from analysis.reading.grid import check_size
from analysis.reading.splitting import Dialect, split_damaged, split_plain

_MOST_LINES = 60
"""Lines that one cell with line breaks may span."""
_SURE = 0.6
_OTHER_DELIMITERS = (" ", ";", "\t", "|", ",")


def read_records(text: str, dialect: Dialect) -> list[list[str]]:
    """Return the rows of `text`; blank lines are empty rows.

    The usual width of the rows, and the form of the cells in each column, tell how a line with
    too many or too few delimiters, with stray quotes or with another delimiter is to be read.
    """
    lines = text.split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    if dialect.wrapped:
        lines = [_unwrap(line, dialect.quote) for line in lines]
    plain = [_split(line, dialect) for line in lines]
    width = _usual_width(plain)
    if width < 2:
        return [[line] if line.strip() else [] for line in lines]
    # Before anything is learned of two million columns.
    check_size(len(lines), width)
    rows: list[list[str]] = []
    damaged: dict[int, str] = {}
    place = 0
    while place < len(lines):
        cells, used = plain[place], 1
        if cells is None:
            cells, used = _join_or_repair(lines, plain, place, dialect, width)
        if cells and len(cells) != width:
            damaged[len(rows)] = "\n".join(lines[place : place + used])
        rows.append(cells)
        place += used
    return _align(rows, damaged, dialect, width)


def _unwrap(line: str, quote: str) -> str:
    if len(line) > 1 and line.startswith(quote) and line.endswith(quote):
        return line[1:-1].replace(quote * 2, quote)
    return line


def _split(line: str, dialect: Dialect) -> list[str] | None:
    return split_plain(line, dialect) if line.strip() else []


def _usual_width(rows: list[list[str] | None]) -> int:
    """Return how many cells a row has: mostly, or as its header where the rows differ much."""
    widths = Counter(len(row) for row in rows if row)
    if not widths:
        return 0
    usual, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    first = next((len(row) for row in rows if row and len(row) > 1), usual)
    narrower = sum(times for width, times in widths.items() if width < first)
    if count < _SURE * widths.total() and 1 < first <= usual and narrower < 0.1 * widths.total():
        return first
    return usual


def _join_or_repair(
    lines: list[str], plain: list[list[str] | None], place: int, dialect: Dialect, width: int
) -> tuple[list[str], int]:
    """Read a line whose quotes are not in order; return its cells and how many lines it took.

    A cell may hold line breaks: lines are joined until the quotes are in order, unless a line on
    the way is a whole record by itself.
    """
    joined = lines[place]
    for used in range(2, min(_MOST_LINES, len(lines) - place) + 1):
        following = plain[place + used - 1]
        if following is not None and len(following) == width:
            break
        joined += "\n" + lines[place + used - 1]
        cells = split_plain(joined, dialect)
        if cells is not None:
            if len(cells) == width:
                return cells, used
            break
    return split_damaged(lines[place], dialect, width), 1


def _align(
    rows: list[list[str]], damaged: dict[int, str], dialect: Dialect, width: int
) -> list[list[str]]:
    """Bring rows of another width to the usual one where the forms of the columns allow it."""
    if not damaged:
        return rows
    in_order = [place for place, row in enumerate(rows) if len(row) == width]
    if not in_order:
        return rows
    forms = ColumnForms([rows[place] for place in in_order], width)
    headless = forms.fits(rows[in_order[0]])
    for place, line in damaged.items():
        if place < in_order[0]:
            is_header = headless and not any(rows[place + 1 : in_order[0]])
            if is_header:
                rows[place] = _repair_header(rows[place], line, dialect, width)
        else:
            rows[place] = _repair(rows[place], line, dialect, forms, width)
    return rows


def _repair_header(cells: list[str], line: str, dialect: Dialect, width: int) -> list[str]:
    """The row right above the first record, where that record is not preceded by a header."""
    if len(cells) == 1:
        for delimiter in _OTHER_DELIMITERS:
            other = split_damaged(line, replace(dialect, delimiter=delimiter), width)
            if len(other) == width and len(set(other)) == width:
                return other
        return cells
    if dialect.quote in line and len(cells) < width:
        cells = split_damaged(line, dialect, width)
    if len(cells) > width:
        return drop_empty_headings(cells, width)
    return split_heading(cells, width) if len(cells) == width - 1 else cells


def _repair(
    cells: list[str], line: str, dialect: Dialect, forms: ColumnForms, width: int
) -> list[str]:
    other = _by_other_delimiter(cells, line, dialect, forms, width)
    if other is not None:
        return other
    if len(cells) > width:
        return forms.merge(cells, dialect.delimiter)
    cut = forms.split(cells, dialect.quote) if len(cells) > 1 else cells
    if dialect.quote in line:
        again = split_damaged(line, dialect, width)
        if len(again) > width:
            again = forms.merge(again, dialect.delimiter)
        if len(again) == width and (len(cut) < width or forms.score(again) > forms.score(cut)):
            return again
    return cut


def repair_record(line: str, dialect: Dialect, forms: ColumnForms, width: int) -> list[str]:
    """Return the cells of one line of a table of this width; fewer where it is no record."""
    if not line.strip():
        return []
    cells = split_plain(line, dialect)
    if cells is None:
        cells = split_damaged(line, dialect, width)
    return cells if len(cells) == width else _repair(cells, line, dialect, forms, width)


def _by_other_delimiter(
    cells: list[str], line: str, dialect: Dialect, forms: ColumnForms, width: int
) -> list[str] | None:
    """Return the cells of a line that uses another delimiter than the rest, None if it does not."""
    if len(cells) > width / 2:
        return None
    for delimiter in _OTHER_DELIMITERS:
        if delimiter == dialect.delimiter or line.count(delimiter) < width - 1:
            continue
        other = split_damaged(line, replace(dialect, delimiter=delimiter), width)
        if len(other) > width:
            other = forms.merge(other, delimiter)
        if len(other) == width and forms.fits(other):
            return other
    return None
