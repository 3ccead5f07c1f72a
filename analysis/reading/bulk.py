"""Large text files whose rows are in order, read at full speed."""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from pyarrow import csv

from analysis.memory import give_back
from analysis.reading.alignment import ColumnForms
from analysis.reading.grid import Grid, check_size
from analysis.reading.records import repair_record
from analysis.reading.splitting import Dialect, split_plain
from analysis.reading.stream import Utf8Stream

SMALLEST = 2**21
"""Bytes from which this way is worth its trouble."""
_SAMPLE_LENGTH = 200_000
_MOST_ODD_ROWS = 2_000
_BLOCK_BYTES = 2**21
_LONGEST_CELL = 100_000
_SAMPLE_ROWS = 2_000


@dataclass
class _OddRows:
    """Rows of another width, by their number in the file."""

    by_number: dict[int, str] = field(default_factory=dict)

    def collect(self, row: csv.InvalidRow) -> str:
        """Keep a row for later, or give up on a file that has too many."""
        if row.number is None or len(self.by_number) >= _MOST_ODD_ROWS:
            return "error"
        self.by_number[row.number] = row.text
        return "skip"


def read_bulk(sample: str, text: Utf8Stream, dialect: Dialect) -> Grid | None:
    """Return the grid of a text; None where it is not in order and needs repair.

    `sample` is its begin, with line feeds alone between lines.

    Rows of another width (titles, totals, blank lines) may occur; they are brought to the width
    of the others one by one.
    """
    if len(dialect.delimiter) != 1 or dialect.quote != '"' or dialect.escape or dialect.wrapped:
        return None
    lines = sample[:_SAMPLE_LENGTH].splitlines()[:-1]
    lines = lines[dialect.skip_lines :]
    widths = Counter(len(cells) for line in lines if (cells := split_plain(line, dialect)))
    if not widths:
        return None
    width = widths.most_common(1)[0][0]
    before = next(
        place for place, line in enumerate(lines) if len(split_plain(line, dialect) or []) == width
    )
    if width < 2:
        return None
    odd = _OddRows()
    try:
        table = _parse(text, dialect, before, width, odd)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return None
    give_back()
    check_size(table.num_rows, width)
    if _swallows_lines(table):
        return None
    return _put_together(table, lines[:before], odd, dialect, width)


def _parse(text: Utf8Stream, dialect: Dialect, before: int, width: int, odd: _OddRows) -> pa.Table:
    names = [str(place) for place in range(width)]
    return csv.read_csv(
        pa.PythonFile(text, mode="r"),
        # The C library gives room back page by page. The cells of a column stand between those of
        # others: another pool keeps all of it until the last column is gone.
        memory_pool=pa.system_memory_pool(),
        read_options=csv.ReadOptions(
            # Only a single thread tells the numbers of odd rows.
            use_threads=False,
            column_names=names,
            skip_rows=dialect.skip_lines + before,
            block_size=_BLOCK_BYTES,
        ),
        parse_options=csv.ParseOptions(
            delimiter=dialect.delimiter,
            newlines_in_values=True,
            ignore_empty_lines=False,
            invalid_row_handler=odd.collect,
        ),
        convert_options=csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.large_string()),
            strings_can_be_null=False,
            quoted_strings_can_be_null=False,
        ),
    )


def _swallows_lines(table: pa.Table) -> bool:
    """A stray quote makes one cell of many lines."""
    import pyarrow.compute as pc

    return any((pc.max(pc.binary_length(column)).as_py() or 0) > _LONGEST_CELL for column in table)


def _put_together(
    table: pa.Table, titles: list[str], odd: _OddRows, dialect: Dialect, width: int
) -> Grid:
    """Put titles and odd rows back in their places."""
    first = 1 + dialect.skip_lines
    in_order = np.arange(
        first + len(titles), first + len(titles) + table.num_rows + len(odd.by_number)
    )
    numbers = np.array(sorted(odd.by_number), dtype=np.int64)
    rows = [_padded(split_plain(title, dialect) or [title], width) for title in titles]
    if len(numbers):
        in_order = in_order[~np.isin(in_order, numbers)]
        forms = _forms(table, width)
        for number in map(int, numbers):
            text = odd.by_number[number].rstrip("\r\n")
            rows.append(_padded(repair_record(text, dialect, forms, width), width))
    if not rows:
        return Grid("", tuple(table.columns), in_order[: table.num_rows])
    places = np.concatenate([np.arange(first, first + len(titles)), numbers, in_order])
    order = pa.array(np.argsort(places, kind="stable"))
    extra = [pa.array(column, type=pa.large_string()) for column in zip(*rows, strict=True)]
    columns = tuple(
        pa.chunked_array([extra[place], *column.chunks]).take(order)
        for place, column in enumerate(table.columns)
    )
    return Grid("", columns, np.sort(places))


def _padded(cells: list[str], width: int) -> list[str]:
    return (cells + [""] * width)[:width]


def _forms(table: pa.Table, width: int) -> ColumnForms:
    step = max(1, table.num_rows // _SAMPLE_ROWS)
    places = pa.array(np.arange(1, table.num_rows, step))
    sample = [column.take(places).to_pylist() for column in table.columns]
    return ColumnForms([list(row) for row in zip(*sample, strict=True)], width)
