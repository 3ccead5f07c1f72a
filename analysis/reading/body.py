"""Which rows below a header are records."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.reading.grid import Grid
from analysis.reading.shapes import shape
from analysis.reading.totals import is_sum_of, total_word

_WHOLE = 20_000
"""Up to this height every row is looked at; of a larger table only rows that stand out."""
_EDGE = 2_000
_ALWAYS = 0.95


class Body:
    """The rows below a header, and why some of them are no records."""

    def __init__(self, grid: Grid, filled: np.ndarray, rows: np.ndarray, usual: int) -> None:
        self._grid = grid
        self._filled = filled
        self._usual = usual
        self.rows = rows
        """Rows that hold something, in order."""
        self.skipped: dict[int, str] = {}

    def look(self, header: list[str] | None) -> None:
        """Find totals, repeated headers, what stands below the table, and other tables."""
        if header is not None:
            self._cut_at_other_table(header)
        self._find_totals()
        self._cut_after_total()
        self._find_footer()

    @property
    def records(self) -> np.ndarray:
        """The rows that are records."""
        if not self.skipped:
            return self.rows
        return self.rows[~np.isin(self.rows, list(self.skipped))]

    def _standing_out(self) -> np.ndarray:
        """Rows that may be no records: all of a small table, the emptier ones of a large one."""
        if len(self.rows) <= _WHOLE:
            return self.rows
        look = self.rows[self._filled[self.rows] < self._usual]
        if len(look) > _WHOLE:
            look = np.concatenate([look[:_EDGE], look[-_EDGE:]])
        return np.asarray(look)

    def _row(self, row: int) -> list[str]:
        return [column[row].as_py() for column in self._grid.columns]

    def _cut_at_other_table(self, header: list[str]) -> None:
        """End the table where a second one begins: a header again, then other or the same rows.

        A header that is repeated on every printed page has new records below it.
        """
        names = [cell.strip() for cell in header]
        first = next((place for place, name in enumerate(names) if name), 0)
        alike = pc.equal(self._grid.columns[first], header[first])
        again = np.flatnonzero(np.asarray(alike)[self.rows])
        for place in map(int, again):
            row = int(self.rows[place])
            cells = [cell.strip() for cell in self._row(row)]
            if cells == names:
                self.skipped[row] = "repeated_header"
                if self._repeats(place) or self._below_a_gap(place):
                    self._cut(place)
                    return
            elif _is_other_header(cells, names):
                self._cut(place)
                return

    def _repeats(self, place: int) -> bool:
        """Tell whether most of the rows from `place` on stand above it already."""
        below = [tuple(self._row(int(row))) for row in self.rows[place + 1 : place + 1 + _EDGE]]
        above = {tuple(self._row(int(row))) for row in self.rows[max(0, place - _EDGE) : place]}
        return bool(below) and sum(row in above for row in below) > len(below) / 2

    def _below_a_gap(self, place: int) -> bool:
        """A blank row and a title of its own stand above a header: another table."""
        title = int(self.rows[place - 1]) if place else -1
        if place < 2 or self._filled[title] > 2 or int(self.rows[place]) - title > 1:
            return False
        gap = title - int(self.rows[place - 2]) > 1
        page = any(map(str.isdigit, "".join(self._row(title))))
        return gap and not page

    def _cut(self, place: int) -> None:
        """End the table before row number `place` of the body, its title lines left out."""
        end = place
        while end > 1 and self._filled[self.rows[end - 1]] <= 1 < self._usual:
            end -= 1
        self.rows = self.rows[:end]
        self.skipped = {row: why for row, why in self.skipped.items() if row <= self.rows[-1]}

    def _find_totals(self) -> None:
        look = [int(row) for row in self._standing_out() if int(row) not in self.skipped]
        for row in look:
            if self._filled[row] < self._usual and (word := self._announced(row)):
                self.skipped[row] = word
        records = self.records
        if not 4 <= len(records) <= _WHOLE:
            return
        columns = [column.take(pa.array(records)).to_pylist() for column in self._grid.columns]
        if is_sum_of([column[-1] for column in columns], [column[:-1] for column in columns]):
            self.skipped[int(records[-1])] = "total"
        elif self._apart(records) and is_sum_of(
            [column[0] for column in columns], [column[1:] for column in columns]
        ):
            self.skipped[int(records[0])] = "total"

    def _apart(self, records: np.ndarray) -> bool:
        return bool(records[1] - records[0] > 1)

    def _announced(self, row: int) -> str | None:
        return next((word for cell in self._row(row) if cell and (word := total_word(cell))), None)

    def _cut_after_total(self) -> None:
        """After a total only rows that look like records go on; a table that repeats does not."""
        totals = sorted(row for row, why in self.skipped.items() if why != "repeated_header")
        for total in totals:
            after = self.rows[self.rows > total]
            if not len(after):
                return
            gap = int(after[0]) - total > 1
            regular = self._filled[after] >= max(1, self._usual // 2)
            place = len(self.rows) - len(after)
            if not regular.any() or (gap and self._repeats_after(place, after[regular])):
                self._drop(after, "footer")
                return

    def _repeats_after(self, place: int, rows: np.ndarray) -> bool:
        below = [tuple(self._row(int(row))) for row in rows[:_EDGE]]
        above = {tuple(self._row(int(row))) for row in self.rows[max(0, place - _EDGE) : place]}
        return bool(below) and sum(row in above for row in below) > len(below) / 2

    def _drop(self, rows: np.ndarray, why: str) -> None:
        for row in rows:
            self.skipped.setdefault(int(row), why)

    def _find_footer(self) -> None:
        """Rows at the end that are no records: notes below a blank row, sums without a word."""
        if self._usual < 3:
            self._find_narrow_footer()
            return
        self._drop_other_blocks()
        records = self.records
        few = max(1, self._usual // 4)
        end = len(records)
        for place in range(len(records) - 1, 0, -1):
            row = int(records[place])
            gap = row - int(records[place - 1]) > 1
            if self._filled[row] <= few and (gap or self._next_to_total(row)):
                end = place
            elif self._filled[row] > few:
                break
        self._drop(records[end:], "footer")
        self._find_bare_sums()

    def _next_to_total(self, row: int) -> bool:
        return row + 1 in self.skipped or row - 1 in self.skipped

    def _drop_other_blocks(self) -> None:
        """Blocks below a blank row whose rows are mostly half empty belong to something else."""
        records = self.records
        gaps = np.flatnonzero(np.diff(records) > 1) + 1
        if not len(gaps) or len(gaps) > 200:
            return
        blocks = np.split(records, gaps)
        half = self._usual / 2
        kept = [float(np.median(self._filled[block])) >= half for block in blocks]
        if not any(kept):
            return
        last = max(place for place, keep in enumerate(kept) if keep)
        for block in blocks[last + 1 :]:
            self._drop(block, "footer")

    def _find_narrow_footer(self) -> None:
        records = self.records
        gaps = np.flatnonzero(np.diff(records) > 1)
        if len(gaps) and gaps[0] >= 1:
            after = records[gaps[0] + 1 :]
            if (self._filled[after] < self._usual).any():
                self._drop(after, "footer")

    def _find_bare_sums(self) -> None:
        """The last row, where only amounts stand in it and the first column is always filled."""
        records = self.records
        if len(records) < 4 or len(records) > _WHOLE:
            return
        last = int(records[-1])
        cells = self._row(last)
        first = next((place for place, cell in enumerate(self._row(int(records[0]))) if cell), 0)
        column = self._grid.columns[first].take(pa.array(records[:-1]))
        filled = sum(1 for cell in column.to_pylist() if cell.strip()) / (len(records) - 1)
        kinds = [shape(cell) for cell in cells if cell.strip()]
        if (
            filled >= _ALWAYS
            and not cells[first].strip()
            and len(kinds) <= self._usual / 2
            and all(kind == "n" for kind in kinds)
        ):
            self.skipped[last] = "total"


def _is_other_header(cells: list[str], names: list[str]) -> bool:
    """Tell whether a row is a header much like `names`, with a column more or less."""
    held = [cell for cell in cells if cell]
    known = {name for name in names if name}
    shared = sum(cell in known for cell in held)
    return len(held) >= 3 and shared >= 0.7 * len(known) and shared >= 0.7 * len(held)
