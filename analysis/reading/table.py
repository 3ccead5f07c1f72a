"""Where the tables stand in a grid: header, rows, columns."""

from dataclasses import dataclass

import numpy as np

from analysis.reading.body import Body
from analysis.reading.grid import Grid, is_filled
from analysis.reading.header import Window, find_header, join_headings, usual_width
from analysis.reading.sheet import SkippedRow

_MOST_TABLES = 50
_BANDS_UP_TO = 5_000
"""Rows up to which tables beside each other are looked for."""


@dataclass(frozen=True)
class Found:
    """A table within a grid; places count from 0 in the grid."""

    header: tuple[int, ...]
    """The rows of the header, from top to bottom; empty where there is none."""
    headings: tuple[str, ...]
    """One heading per column; empty ones where there is no header."""
    rows: np.ndarray
    """The rows that hold records."""
    columns: tuple[int, ...]
    skipped: tuple[SkippedRow, ...]


def find_tables(grid: Grid) -> list[Found]:
    """Return the tables of a grid, from the top down; none where it holds nothing."""
    whole = _tables_of_band(grid, tuple(range(grid.width)))
    bands = _bands(grid) if grid.height <= _BANDS_UP_TO else []
    if len(bands) < 2:
        return whole
    beside = [table for band in bands for table in _tables_of_band(grid, band)]
    return beside if _stand_apart(grid, bands) else whole


def _bands(grid: Grid) -> list[tuple[int, ...]]:
    """Split the columns where one of them is blank from top to bottom."""
    bands: list[list[int]] = [[]]
    for place, column in enumerate(grid.columns):
        if is_filled(column).any():
            bands[-1].append(place)
        elif bands[-1]:
            bands.append([])
    return [tuple(band) for band in bands if band]


def _stand_apart(grid: Grid, bands: list[tuple[int, ...]]) -> bool:
    """Tell whether the bands are tables of their own: their headers stand in different rows."""
    headers = []
    for band in bands:
        part = _part(grid, band)
        filled = part.filled()
        if filled.max(initial=0) > 1:
            headers.append(find_header(Window.of(part, 0, part.height), filled)[-1:])
    return len(headers) >= 2 and len(set(headers)) > 1


def _part(grid: Grid, columns: tuple[int, ...]) -> Grid:
    chosen = tuple(grid.columns[place] for place in columns)
    return Grid(grid.name, chosen, grid.row_numbers, grid.hidden)


def _tables_of_band(grid: Grid, columns: tuple[int, ...]) -> list[Found]:
    part = _part(grid, columns)
    filled = part.filled()
    tables: list[Found] = []
    start = 0
    while start < part.height and len(tables) < _MOST_TABLES:
        found, following = _next_table(part, filled, start)
        if found is None:
            break
        tables.append(_with_places(found, columns))
        if following is None:
            break
        start = following
    return tables


def _with_places(found: Found, columns: tuple[int, ...]) -> Found:
    places = tuple(columns[place] for place in found.columns)
    return Found(found.header, found.headings, found.rows, places, found.skipped)


def _next_table(grid: Grid, filled: np.ndarray, start: int) -> tuple[Found | None, int | None]:
    """Return the first table from row `start` on, and where to look for the next one."""
    held = np.flatnonzero(filled[start:]) + start
    if not len(held):
        return None, None
    window = Window.of(grid, start, grid.height)
    header = find_header(window, filled[start:])
    below = held[held > header[-1]] if header else held
    cells = [grid.rows(row, row + 1)[0] for row in header]
    body = Body(grid, filled, below, usual_width(filled[below]))
    if len(below):
        body.look(cells[-1] if header else None)
    records = body.records
    columns = _columns(grid, cells, records)
    joined = join_headings(cells) if header else [""] * grid.width
    skipped = [SkippedRow(int(grid.row_numbers[row]), why) for row, why in body.skipped.items()]
    found = Found(
        header=header,
        headings=tuple(joined[place] for place in columns),
        rows=records,
        columns=columns,
        skipped=tuple(sorted(skipped, key=lambda each: each.row)),
    )
    rest = below[below > body.rows[-1]] if len(body.rows) else below[:0]
    return found, int(rest[0]) if header and len(rest) else None


def _columns(grid: Grid, header: list[list[str]], records: np.ndarray) -> tuple[int, ...]:
    """Return the columns that have a heading or hold something.

    Without a header nothing tells a blank column from one that happens to be empty: those behind
    the first one that holds something stay.
    """
    holding = [bool(is_filled(column)[records].any()) for column in grid.columns]
    if not header:
        first = holding.index(True) if True in holding else 0
        return tuple(range(first, grid.width))
    named = [any(row[place].strip() for row in header) for place in range(grid.width)]
    return tuple(place for place in range(grid.width) if named[place] or holding[place])
