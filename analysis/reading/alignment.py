"""The form of the cells in each column, and rows of another width fitted to it."""

import math
import re
from collections import Counter
from collections.abc import Sequence

_SAMPLE = 2_000
_SHORT, _MOST_WORDS = 24, 3
_LONGEST = 400
_MOST_WORK = 20_000
"""Ways to join cells looked at in one row: a row with thousands of cells too many is no record."""
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]{2,}[^\W\d_'’]*")
_SPACES = re.compile(r"\s+")
_PREVIOUS, _JOIN, _DROP, _CUT, _GAP = 0.02, 0.7, 0.3, 1.0, 0.5
"""Share of the unseen, and what it costs to join cells, drop an empty one, cut one, leave a gap."""
_CLEARLY = 2.0
_BOUNDARY = re.compile(
    r"""(?<=[^\W\d_])(?=[\d$€£"'])             # letters, then a number or a quote
        |(?<=\d)(?=[^\W\d_$€£"'])              # a number, then letters, an amount or a quote
        |(?<=[a-z])(?=[A-Z])|(?=")               # a capital or a quote within
        |(?<=[.!?)])(?=\w)|(?=https?:)           # a sentence or an address begins
        |(?<=[^\W_])(?=[^\w\s])""",
    re.VERBOSE,
)
_STYLE_CHANGE = re.compile(r"(?<=[a-z])(?=[A-Z]{2,}$)|(?<=[A-Z]{2})(?=[A-Z][a-z]+$)")


def form(cell: str) -> str:
    """Return the form of a cell: runs of digits and letters each as one sign."""
    text = cell.strip()
    if text.startswith(("http://", "https://")):
        return "url"
    if len(text) > _SHORT or text.count(" ") > _MOST_WORDS:
        return "text"
    text = _DIGITS.sub("9", text)
    text = _LETTERS.sub(lambda found: "A" if found[0].isupper() else "a", text)
    return _SPACES.sub(" ", text)


def _coarse(shape: str) -> str:
    if not shape or shape in ("url", "text"):
        return shape
    letters = any(sign.isalpha() for sign in shape)
    return ("letters and digits" if "9" in shape else "letters") if letters else "digits"


def _exact(cell: str) -> str:
    """The form with every digit by itself: dates and codes have a fixed length."""
    text = cell.strip()
    return _DIGIT.sub("9", text) if len(text) <= _SHORT else ""


class ColumnForms:
    """How often each form occurs in each column of the rows that are in order."""

    def __init__(self, rows: Sequence[Sequence[str]], width: int) -> None:
        sample = rows if len(rows) <= _SAMPLE else rows[:: len(rows) // _SAMPLE + 1]
        self._width = width
        self._rows = max(1, len(sample))
        self._exact: list[Counter[str]] = [Counter() for _ in range(width)]
        self._forms: list[Counter[str]] = [Counter() for _ in range(width)]
        self._coarse: list[Counter[str]] = [Counter() for _ in range(width)]
        for row in sample:
            for column, cell in enumerate(row):
                shape = form(cell)
                self._exact[column][_exact(cell)] += 1
                self._forms[column][shape] += 1
                self._coarse[column][_coarse(shape)] += 1
        scores = sorted(self.score(row) for row in sample) or [0.0]
        self._usual = scores[len(scores) // 20]

    def of_cell(self, cell: str, column: int) -> float:
        """Return how well a cell fits a column: the logarithm of a share, 0 at best."""
        shape = form(cell)
        share = (
            0.3 * self._exact[column][_exact(cell)]
            + 0.4 * self._forms[column][shape]
            + 0.3 * self._coarse[column][_coarse(shape)]
        )
        return math.log(share / self._rows + _PREVIOUS)

    def score(self, cells: Sequence[str]) -> float:
        """Return how well a row of the usual width fits."""
        return sum(self.of_cell(cell, column) for column, cell in enumerate(cells))

    def fits(self, cells: Sequence[str]) -> bool:
        """Tell whether a row fits about as well as the rows that are in order."""
        return self.score(cells) >= self._usual - _CLEARLY

    def merge(self, cells: list[str], delimiter: str) -> list[str]:
        """Bring a row with too many cells to the usual width.

        Cells are joined again where a delimiter stood within a cell, or an empty one is dropped,
        whichever makes all cells fit their columns best. Where that is too much work, the first
        cells are taken.
        """
        surplus = len(cells) - self._width
        if not any(cell.strip() for cell in cells[self._width :]):
            kept = cells[: self._width]
            if self.fits(kept):
                return kept
        if len(cells) * (surplus + 1) ** 2 > _MOST_WORK:
            return cells[: self._width]
        best: list[dict[int, tuple[float, list[str]]]] = [{} for _ in range(len(cells) + 1)]
        best[0][0] = (0.0, [])
        for place in range(len(cells)):
            for column, (score, row) in list(best[place].items()):
                if not cells[place].strip():
                    _keep(best[place + 1], column, score - _DROP, row)
                if column >= self._width:
                    continue
                for more in range(min(surplus, len(cells) - place - 1) + 1):
                    cell = delimiter.join(cells[place : place + more + 1])
                    worth = score + self.of_cell(cell, column) - _JOIN * more
                    _keep(best[place + more + 1], column + 1, worth, [*row, cell])
        found = best[len(cells)].get(self._width)
        return found[1] if found else cells[: self._width]

    def split(self, cells: list[str], quote: str) -> list[str]:
        """Bring a row with too few cells to the usual width.

        One cell is cut in two where its halves fit clearly better than a row whose last cells are
        missing; otherwise the row is filled up at its end.
        """
        padded = cells + [""] * (self._width - len(cells))
        if len(cells) != self._width - 1:
            return padded
        best, best_score = padded, self.score(padded) + _CLEARLY
        before = [0.0]
        for column, cell in enumerate(cells):
            before.append(before[-1] + self.of_cell(cell, column))
        after = [0.0]
        for column in range(len(cells) - 1, -1, -1):
            after.append(after[-1] + self.of_cell(cells[column], column + 1))
        after.reverse()
        for column, cell in enumerate(cells):
            gap = before[column] + self.of_cell("", column) + after[column] - _GAP
            if gap > best_score:
                best, best_score = [*cells[:column], "", *cells[column:]], gap
            for left, right in _halves(cell, quote):
                halves = self.of_cell(left, column) + self.of_cell(right, column + 1)
                score = before[column] + halves + after[column + 1] - _CUT
                if score > best_score:
                    best = [*cells[:column], left, right, *cells[column + 1 :]]
                    best_score = score
        return best


def _keep(
    ways: dict[int, tuple[float, list[str]]], column: int, score: float, row: list[str]
) -> None:
    if column not in ways or score > ways[column][0]:
        ways[column] = (score, row)


def _halves(cell: str, quote: str) -> list[tuple[str, str]]:
    """Return the ways to cut a cell in two where its form changes."""
    if len(cell) <= _SHORT:
        places = list(range(1, len(cell)))
    elif len(cell) > _LONGEST:
        places = [found.start() for found in re.finditer(r"[.!?\"'](?=\w)|(?=https?:)", cell)]
    else:
        places = [found.start() for found in _BOUNDARY.finditer(cell)]
    halves = []
    for place in places:
        left, right = cell[:place], cell[place:]
        if left and right:
            halves.append((left, right.removeprefix(quote) if quote else right))
    return halves


def split_heading(cells: list[str], width: int) -> list[str]:
    """Bring a header with one cell too few to `width` where two headings run into each other.

    Only a change of style tells that (`QtyPRODUCT`): most headings of two words are one heading.
    """
    padded = cells + [""] * (width - len(cells))
    if len(cells) != width - 1:
        return padded
    for column, cell in enumerate(cells):
        change = _STYLE_CHANGE.search(cell)
        if change and " " not in cell:
            place = change.start()
            return [*cells[:column], cell[:place], cell[place:], *cells[column + 1 :]]
    return padded


def drop_empty_headings(cells: list[str], width: int) -> list[str]:
    """Bring a header with too many cells to `width` by leaving out empty ones, the first first."""
    kept = list(cells)
    while len(kept) > width and any(not cell.strip() for cell in kept):
        kept.pop(next(place for place, cell in enumerate(kept) if not cell.strip()))
    return kept
