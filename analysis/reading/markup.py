"""Tables in HTML or in the XML of Excel 2003, which many programs save under an .xls name."""

from html.parser import HTMLParser

from analysis.errors import UnreadableFile
from analysis.reading.encoding import decode
from analysis.reading.grid import Grid, check_size, grid_from_rows
from analysis.reading.limits import MAX_COLUMNS

_TABLES = frozenset({"table"})
_ROWS = frozenset({"tr", "row"})
_CELLS = frozenset({"td", "th", "cell"})
_IGNORED = frozenset({"script", "style"})
_BREAKS = frozenset({"br", "p", "div"})
_MOST_SKIPPED = 100_000


def read_markup(content: bytes) -> tuple[list[Grid], str]:
    """Return the tables of a page and its encoding; raise UnreadableFile where it has none."""
    text, encoding = decode(content)
    reader = _TableReader()
    reader.feed(text)
    reader.close()
    grids = [grid_from_rows(name, rows) for name, rows in reader.tables if rows]
    if not grids:
        raise UnreadableFile("no_table")
    return grids, encoding


class _TableReader(HTMLParser):
    """Collects rows of cells. A table within a cell is read as a table of its own, after it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[tuple[str, list[list[str]]]] = []
        self._open: list[int] = []
        self._text: list[str] | None = None
        self._ignored = 0
        self._sheet = ""
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = tag.rpartition(":")[2]
        told = {name.rpartition(":")[2]: value or "" for name, value in attrs}
        if tag == "worksheet":
            self._sheet = told.get("name", "")
        elif tag in _TABLES:
            self._end_cell()
            self._open.append(len(self.tables))
            self.tables.append((self._sheet, []))
        elif tag in _ROWS and self._open:
            self._end_cell()
            blank = _skipped(told.get("index", ""), len(self._rows))
            self._rows.extend([] for _ in range(blank + 1))
        elif tag in _CELLS and self._open:
            self._end_cell()
            if not self._rows:
                self._rows.append([])
            row = self._rows[-1]
            row.extend([""] * _skipped(told.get("index", ""), len(row)))
            self._text = []
            self._span = _span(told)
        elif tag in _IGNORED:
            self._ignored += 1
        elif tag in _BREAKS:
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag in _CELLS | _ROWS:
            self._end_cell()
        elif tag in _TABLES and self._open:
            self._end_cell()
            self._open.pop()
        elif tag in _IGNORED:
            self._ignored = max(0, self._ignored - 1)

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._ignored:
            self._text.append(data)

    @property
    def _rows(self) -> list[list[str]]:
        return self.tables[self._open[-1]][1]

    def _end_cell(self) -> None:
        if self._text is None:
            return
        row = self._rows[-1]
        row.append(" ".join("".join(self._text).split()))
        row.extend([""] * (self._span - 1))
        check_size(len(self._rows), len(row))
        self._text = None


def _skipped(index: str, present: int) -> int:
    """Return how many blank rows or cells Excel's XML leaves out: it counts on with `ss:Index`."""
    if not index.isdecimal():
        return 0
    return max(0, min(int(index), _MOST_SKIPPED) - 1 - present)


def _span(told: dict[str, str]) -> int:
    span = told.get("colspan", "")
    if span.isdecimal():
        return max(1, min(int(span), MAX_COLUMNS))
    merged = told.get("mergeacross", "")
    return 1 + min(int(merged), MAX_COLUMNS) if merged.isdecimal() else 1
