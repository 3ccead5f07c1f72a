"""Where the table stands in a grid: its header, its rows, its columns."""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from analysis.reading.grid import Grid, is_filled
from analysis.reading.shapes import HEADING, shape
from analysis.reading.sheet import SkippedRow
from analysis.reading.totals import find_totals

_HEAD = 400
"""Rows at the beginning in which a header is looked for."""
_BODY = 60
"""Rows below a header that tell what its columns hold."""
_WHOLE = 20_000
"""Grids up to this height are looked at row by row; of a larger one only rows that stand out."""


@dataclass
class Found:
    """A table within a grid; places count from 0 in the grid."""

    header: tuple[int, ...]
    """The rows of the header, from top to bottom; empty where there is none."""
    rows: np.ndarray
    """The rows that hold records."""
    columns: tuple[int, ...]
    skipped: list[SkippedRow] = field(default_factory=list)


def find_table(grid: Grid) -> Found | None:
    """Return the table of a grid, None where it holds none."""
    filled = grid.filled()
    held = np.flatnonzero(filled)
    if not len(held):
        return None
    header = _find_header(grid, filled)
    first = header + 1 if header is not None else int(held[0])
    body = held[held >= first]
    usual = _usual(filled[body])
    skipped = _skip(grid, filled, body, usual, header)
    rows = np.array([row for row in body if row not in skipped], dtype=np.int64)
    columns = tuple(
        place
        for place, column in enumerate(grid.columns)
        if (header is not None and grid.columns[place][header].as_py().strip())
        or is_filled(column)[rows].any()
    )
    notes = [SkippedRow(int(grid.row_numbers[row]), why) for row, why in sorted(skipped.items())]
    return Found(() if header is None else (header,), rows, columns, notes)


def _usual(filled: np.ndarray) -> int:
    """How many cells a row usually fills."""
    if not len(filled):
        return 0
    counts = Counter(int(count) for count in filled if count > 1) or Counter([1])
    return max(counts.items(), key=lambda pair: (pair[1], pair[0]))[0]


def _find_header(grid: Grid, filled: np.ndarray) -> int | None:
    """Return the row whose cells name the columns below it, None where no row does."""
    head = grid.rows(0, _HEAD + _BODY)
    shapes = [[shape(cell) for cell in row] for row in head]
    usual = _usual(filled[: _HEAD + _BODY])
    needed = 1 if usual <= 1 else max(2, int(np.ceil(0.6 * usual)))
    for row in range(min(len(head), _HEAD)):
        if filled[row] < needed:
            continue
        heading_like = sum(kind in HEADING for kind in shapes[row] if kind)
        if heading_like >= 0.6 * filled[row] and _names_what_follows(head, shapes, row):
            return row
        # The first full row that is no header is a record: what follows it is no header either.
        return None
    return None


def _names_what_follows(head: list[list[str]], shapes: list[list[str]], row: int) -> bool:
    """Weigh whether a row names the columns rather than being their first record."""
    below = slice(row + 1, row + 1 + _BODY)
    cells = [cell.strip() for cell in head[row] if cell.strip()]
    evidence = 0.0
    if len(set(cells)) < len(cells):
        evidence -= 1.0
    for column, kind in enumerate(shapes[row]):
        if not kind:
            continue
        kinds = [line[column] for line in shapes[below] if line[column]]
        if not kinds:
            continue
        usual, count = Counter(kinds).most_common(1)[0]
        if usual not in HEADING and count >= 0.6 * len(kinds):
            evidence += 1.0 if kind in HEADING else -1.5
        elif kind in HEADING:
            texts = {line[column].strip() for line in head[below]}
            evidence += -0.5 if head[row][column].strip() in texts else 0.1
            evidence += _digits_evidence(head[row][column], texts)
    return evidence > -0.3


def _digits_evidence(heading: str, texts: set[str]) -> float:
    """Texts with digits in them (addresses) under a heading without, or the other way round."""
    known = [text for text in texts if text]
    share = sum(any(map(str.isdigit, text)) for text in known) / max(1, len(known))
    if share < 0.7:
        return 0.0
    return -0.7 if any(map(str.isdigit, heading)) else 0.5


def _skip(
    grid: Grid, filled: np.ndarray, body: np.ndarray, usual: int, header: int | None
) -> dict[int, str]:
    """Return the rows of the body that are no records, with why."""
    look = body if len(body) <= _WHOLE else body[filled[body] < usual]
    if len(look) > _WHOLE:
        look = np.concatenate([look[: _WHOLE // 2], look[-_WHOLE // 2 :]])
    rows = [_row(grid, int(row)) for row in look]
    at_end = len(body) <= _WHOLE
    totals = find_totals(rows, [int(filled[row]) for row in look], usual, at_end=at_end)
    skipped = {int(look[place]): why for place, why in totals.items()}
    if header is not None:
        names = _row(grid, header)
        alike = (row for row, cells in zip(look, rows, strict=True) if cells == names)
        skipped |= {int(row): "repeated_header" for row in alike}
    return _footer(filled, body, usual, skipped) | skipped


def _footer(
    filled: np.ndarray, body: np.ndarray, usual: int, skipped: dict[int, str]
) -> dict[int, str]:
    """Rows at the end, below a blank row, that hold far fewer cells than a record."""
    footer: dict[int, str] = {}
    if usual < 3:
        return footer
    end = len(body)
    for place in range(len(body) - 1, 0, -1):
        row = int(body[place])
        if row in skipped:
            continue
        if filled[row] > max(1, usual // 4):
            break
        if row - int(body[place - 1]) > 1:
            end = place
    return {int(row): "footer" for row in body[end:]} if end > 0 else {}


def _row(grid: Grid, row: int) -> list[str]:
    return [column[row].as_py() for column in grid.columns]
