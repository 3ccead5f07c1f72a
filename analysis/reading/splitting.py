"""One line of text to cells, also where its quotes are damaged."""

import heapq
from dataclasses import dataclass
from typing import Any

_WELL_FORMED, _STRAY_QUOTE, _LITERAL_QUOTE, _GLUED = 0.0, 1.0, 1.5, 3.0
_MOST_ENDS = 8
"""Places looked at where a quoted cell could end."""
_MOST_SURPLUS = 60
"""Cells above the usual width after which a way to split is given up."""
_LONGEST = 20_000
"""A longer line is split the plain way only."""


@dataclass(frozen=True)
class Dialect:
    """Separators of a text file; an empty `quote` where none is used."""

    delimiter: str
    quote: str = '"'
    escape: str = ""
    """Stands before a quote within a quoted cell; a quote is doubled as well."""
    skip_lines: int = 0
    """Lines before the table that speak of the dialect only (`sep=;`)."""
    wrapped: bool = False
    """Every line as a whole is one quoted cell, with the real cells in it."""


@dataclass(frozen=True)
class _Way:
    """A way to split the line up to some place: its damage so far, and the last cell."""

    damage: float
    start: int
    cells_before: int
    cell: str


def split_plain(line: str, dialect: Dialect) -> list[str] | None:
    """Split a line whose quotes are in order; None where they are not."""
    quote, delimiter = dialect.quote, dialect.delimiter
    if not quote or quote not in line:
        return line.split(delimiter)
    cells = []
    place, end = 0, len(line)
    while True:
        if line.startswith(quote, place):
            close = _closing_quote(line, place + 1, dialect)
            if close is None:
                return None
            cells.append(_unquoted(line[place + 1 : close], dialect))
            place = close + 1
        else:
            stop = line.find(delimiter, place)
            stop = end if stop < 0 else stop
            cell = line[place:stop]
            if quote in cell:
                return None
            cells.append(cell)
            place = stop
        if place >= end:
            return cells
        place += len(delimiter)


def _closing_quote(line: str, place: int, dialect: Dialect) -> int | None:
    """Return where the quoted cell that begins before `place` ends, None where it does not."""
    quote, escape = dialect.quote, dialect.escape
    while True:
        close = line.find(quote, place)
        if close < 0:
            return None
        if escape and close and line[close - 1] == escape:
            place = close + 1
        elif line.startswith(quote, close + 1):
            place = close + 2
        elif close + 1 == len(line) or line.startswith(dialect.delimiter, close + 1):
            return close
        else:
            return None


def _unquoted(content: str, dialect: Dialect) -> str:
    quote = dialect.quote
    if dialect.escape:
        content = content.replace(dialect.escape + quote, quote)
    return content.replace(quote + quote, quote)


def split_damaged(line: str, dialect: Dialect, width: int) -> list[str]:
    """Split a line with the least damage, into `width` cells where that is possible.

    A quote may be missing, may stand where none belongs (it stays part of the cell), or a
    delimiter between two cells of which one is quoted may be gone. All ways to read the line are
    weighed together.
    """
    if len(line) > _LONGEST:
        return line.split(dialect.delimiter)
    ends: dict[int, _Way] = {}
    pending = [(0, 0)]
    best: dict[tuple[int, int], _Way] = {(0, 0): _Way(0.0, 0, -1, "")}
    while pending:
        place, cells = heapq.heappop(pending)
        if cells > width + _MOST_SURPLUS:
            continue
        damage = best[(place, cells)].damage
        for after, cell, more, at_end in _steps(line, place, dialect):
            way = _Way(damage + more, place, cells, cell)
            reached: dict[Any, _Way] = ends if at_end else best
            key = cells + 1 if at_end else (after, cells + 1)
            if key not in reached and not at_end:
                heapq.heappush(pending, (after, cells + 1))
            if key not in reached or way.damage < reached[key].damage:
                reached[key] = way
    if not ends:
        return line.split(dialect.delimiter)
    count = width if width in ends else min(ends, key=lambda each: (ends[each].damage, each))
    return _walk_back(ends[count], best)


def _walk_back(way: _Way, best: dict[tuple[int, int], _Way]) -> list[str]:
    cells = [way.cell]
    while way.cells_before > 0:
        way = best[(way.start, way.cells_before)]
        cells.append(way.cell)
    return cells[::-1]


def _steps(line: str, place: int, dialect: Dialect) -> list[tuple[int, str, float, bool]]:
    """Return the ways to read the cell that begins at `place`: next place, cell, damage, end."""
    quote, delimiter = dialect.quote, dialect.delimiter
    stop = line.find(delimiter, place)
    at_end = stop < 0
    cell = line[place:] if at_end else line[place:stop]
    after = len(line) if at_end else stop + len(delimiter)
    quotes = cell.count(quote) if quote else 0
    damage = 0.0 if not quotes else _LITERAL_QUOTE + 0.1 * quotes
    steps = [(after, cell, damage, at_end)]
    if not quotes and not (quote and line.startswith(quote, place)):
        return steps
    if line.startswith(quote, place):
        steps += _quoted_steps(line, place, dialect)
    else:
        inner = line.find(quote, place)
        if _closing_quote(line, inner + 1, dialect) is not None:
            steps.append((inner, line[place:inner], _GLUED, False))
    return steps


def _quoted_steps(line: str, place: int, dialect: Dialect) -> list[tuple[int, str, float, bool]]:
    quote, delimiter = dialect.quote, dialect.delimiter
    steps: list[tuple[int, str, float, bool]] = []
    close = place
    for _ in range(_MOST_ENDS):
        close = line.find(quote, close + 1)
        if close < 0:
            break
        content = line[place + 1 : close]
        stray = _stray_quotes(content, dialect)
        cell = _unquoted(content, dialect)
        if close + 1 == len(line):
            steps.append((len(line), cell, stray * _STRAY_QUOTE, True))
        elif line.startswith(delimiter, close + 1):
            after = close + 1 + len(delimiter)
            steps.append((after, cell, stray * _STRAY_QUOTE, False))
        elif stray == 0:
            steps.append((close + 1, cell, _GLUED, False))
    return steps


def _stray_quotes(content: str, dialect: Dialect) -> int:
    """Count the quotes within a quoted cell that are neither doubled nor escaped."""
    if dialect.escape:
        content = content.replace(dialect.escape + dialect.quote, "")
    return content.replace(dialect.quote * 2, "").count(dialect.quote)
