"""Which rows of a grid name the columns."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from analysis.reading.grid import Grid
from analysis.reading.shapes import HEADING, is_value_word, shape

_HEAD = 400
"""Rows at the beginning of a region in which a header is looked for."""
_BODY = 60
"""Rows below a header that tell what its columns hold."""
_MOST_HEADER_ROWS = 6


@dataclass(frozen=True)
class Window:
    """The beginning of a region of a grid: its cells and their shapes, from row `start` on."""

    start: int
    cells: list[list[str]]
    shapes: list[list[str]]

    @classmethod
    def of(cls, grid: Grid, start: int, stop: int) -> "Window":
        """Look at the first rows from `start` on."""
        cells = grid.rows(start, min(stop, start + _HEAD + _BODY))
        return cls(start, cells, [[shape(cell) for cell in row] for row in cells])

    def filled(self, row: int) -> int:
        """Return how many cells of a row hold something."""
        return sum(1 for kind in self.shapes[row] if kind)


def usual_width(filled: np.ndarray) -> int:
    """Return how many cells a row usually fills."""
    held = filled[filled > 1]
    if not len(held):
        return 1 if filled.any() else 0
    counts = np.bincount(held)
    return int(np.flatnonzero(counts == counts.max())[-1])


def find_header(window: Window, filled: np.ndarray) -> tuple[int, ...]:
    """Return the rows of the header of a region, from top to bottom; empty where it has none."""
    usual = usual_width(filled[: _HEAD + _BODY])
    needed = 1 if usual <= 1 else max(2, int(np.ceil(0.5 * usual)))
    for row in range(min(len(window.cells), _HEAD)):
        if window.filled(row) < needed:
            continue
        heading_like = sum(kind in HEADING for kind in window.shapes[row] if kind)
        if heading_like < 0.6 * window.filled(row) or not _names_what_follows(window, row):
            # The first full row that is no header is a record; none after it is a header either.
            return ()
        below = _rows_below(window, row, usual)
        return tuple(window.start + each for each in (*_rows_above(window, row), row, *below))
    return ()


def _names_what_follows(window: Window, row: int) -> bool:
    """Weigh whether a row names the columns rather than being their first record."""
    below = range(row + 1, min(row + 1 + _BODY, len(window.cells)))
    cells = [cell.strip() for cell in window.cells[row] if cell.strip()]
    evidence = 0.0
    if len(set(cells)) < len(cells) and not _rows_above(window, row):
        evidence -= 1.0
    evidence -= 2.0 * sum(is_value_word(cell) for cell in cells) / len(cells)
    for column, kind in enumerate(window.shapes[row]):
        if kind:
            kinds = [window.shapes[place][column] for place in below]
            texts = {window.cells[place][column].strip() for place in below}
            evidence += _column_evidence(window.cells[row][column].strip(), kind, kinds, texts)
    return evidence > -0.3


def _column_evidence(cell: str, kind: str, kinds: list[str], texts: set[str]) -> float:
    """Return how much one column speaks for a header: its cell differs from what is below."""
    held = [each for each in kinds if each]
    if not held:
        return 0.0
    usual, count = Counter(held).most_common(1)[0]
    if usual not in HEADING and count >= 0.6 * len(held):
        return 1.0 if kind in HEADING else -1.5
    if kind not in HEADING:
        return 0.0
    evidence = -0.5 if cell in texts else 0.1
    known = [text for text in texts if text]
    # Texts with digits in them (addresses) under a heading without, or the other way round.
    if sum(any(map(str.isdigit, text)) for text in known) >= 0.7 * len(known):
        evidence += -0.7 if any(map(str.isdigit, cell)) else 0.5
    return evidence


def _rows_above(window: Window, row: int) -> tuple[int, ...]:
    """Rows right above the header that name groups of its columns.

    A title stands in the first column; a group of columns has its name above them.
    """
    if row == 0:
        return ()
    held = [column for column, kind in enumerate(window.shapes[row - 1]) if kind]
    texts = all(window.shapes[row - 1][column] in HEADING for column in held)
    first = next(column for column, kind in enumerate(window.shapes[row]) if kind)
    is_group = texts and (len(held) >= 2 or (len(held) == 1 and held[0] > first))
    labels = any(window.cells[row - 1][column].strip().endswith(":") for column in held)
    return (row - 1,) if is_group and not labels else ()


def _rows_below(window: Window, row: int, usual: int) -> tuple[int, ...]:
    """Rows right below the header that carry it on: units, second halves of headings."""
    found: list[int] = []
    last = row
    for place in range(row + 1, min(row + _MOST_HEADER_ROWS, len(window.cells) - 1)):
        kinds = window.shapes[place]
        held = [column for column, kind in enumerate(kinds) if kind]
        if not held:
            continue
        if any(kinds[column] not in HEADING for column in held):
            break
        if _carries_on(window, row, place, held) or (
            not kinds[_first_column(window, row)]
            and len(held) < 0.6 * usual
            and not any(is_value_word(window.cells[place][column]) for column in held)
        ):
            found += range(last + 1, place + 1)
            last = place
        else:
            break
    return tuple(place for place in found if window.filled(place))


def _first_column(window: Window, row: int) -> int:
    return next(column for column, kind in enumerate(window.shapes[row]) if kind)


def _carries_on(window: Window, header: int, row: int, held: list[int]) -> bool:
    """Tell whether a row of texts stands above columns that hold numbers, dates or codes."""
    above_values = 0
    for column in held:
        below = [
            window.shapes[place][column]
            for place in range(row + 1, min(row + 1 + _BODY, len(window.cells)))
            if window.shapes[place][column]
        ]
        values = sum(kind not in HEADING for kind in below)
        if below and values >= 0.8 * len(below):
            if is_value_word(window.cells[row][column]):
                return False
            above_values += 1
    return above_values >= 1 and len(held) >= 0.3 * window.filled(header)


def join_headings(rows: list[list[str]]) -> list[str]:
    """Return one heading per column of a header of one or more rows.

    What stands above the fullest row names groups of columns: it is put before headings that say
    little without it (the same one twice, a year). What stands below carries a heading on.
    """
    tidy = [[" ".join(cell.split()) for cell in row] for row in rows]
    main = max(range(len(tidy)), key=lambda row: sum(1 for cell in tidy[row] if cell))
    groups = _groups(tidy[:main], len(tidy[main]))
    counts = Counter(tidy[main])
    joined = []
    for column, heading in enumerate(tidy[main]):
        whole = heading
        if not heading:
            whole = tidy[main - 1][column] if main else ""
        elif counts[heading] > 1 or shape(heading) == "y" or len(heading) < 3:
            whole = f"{groups[column]} {heading}".strip()
        for row in tidy[main + 1 :]:
            whole = _carried_on(whole, row[column])
        joined.append(whole)
    return joined


def _carried_on(heading: str, more: str) -> str:
    if more and heading.endswith("-") and more[0].islower():
        return heading[:-1] + more
    return f"{heading} {more}".strip()


def _groups(rows: list[list[str]], width: int) -> list[str]:
    """A group reaches to the right up to the next one."""
    groups = [""] * width
    for row in rows:
        current = ""
        for column, cell in enumerate(row):
            current = cell or current
            groups[column] = current
    return groups
