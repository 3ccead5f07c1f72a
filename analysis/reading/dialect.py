"""How the cells of a text file are set apart, from the text alone."""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass

DELIMITERS = (",", ";", "\t", "|", ":", " ", "^", "~")
_SAMPLE_CHARACTERS = 200_000
_SAMPLE_ROWS = 400
_SEP_LINE = re.compile(r"^\"?sep=(.)\"?\r?\n?$", re.IGNORECASE)
_VALUE = re.compile(
    r"""^(?:[-+(]?[€$£]?\s?[\d.,]+\s?[€%)-]?      # a number or an amount
        |\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}          # a date
        |\d{1,2}:\d{2}(?::\d{2})?                 # a time
        |[\w.+-]+@[\w.-]+                         # a mail address
        |https?://\S+|[A-Za-zÀ-ÿ'’]+|)$""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Dialect:
    """Separators of a text file; an empty `quote` where none is used."""

    delimiter: str
    quote: str = '"'
    escape: str = ""
    skip_lines: int = 0
    """Lines before the table that speak of the dialect only (`sep=;`)."""


def detect_dialect(text: str) -> Dialect:
    """Return the dialect under which the beginning of `text` looks most like a table."""
    first, _, rest = text.partition("\n")
    told = _SEP_LINE.match(first + "\n")
    if told:
        return Dialect(told[1], skip_lines=1)
    sample = text[:_SAMPLE_CHARACTERS]
    if len(text) > len(sample):
        sample = sample[: sample.rfind("\n") + 1] or sample
    del rest
    best, best_score = Dialect(","), 0.0
    for delimiter in DELIMITERS:
        if delimiter not in sample:
            continue
        for quote in ('"', "'"):
            if quote == "'" and not re.search(
                rf"(?:^|[{re.escape(delimiter)}\r\n])'", sample, re.MULTILINE
            ):
                continue
            dialect = Dialect(delimiter, quote)
            score = _score(sample, dialect)
            # A later dialect must be clearly better: the usual ones come first.
            if score > best_score * 1.02:
                best, best_score = dialect, score
    return best


def _score(sample: str, dialect: Dialect) -> float:
    """How much a sample looks like a table: rows of one width, cells of a known form."""
    rows = []
    try:
        for row in parse(sample, dialect):
            if any(cell.strip() for cell in row):
                rows.append(row)
            if len(rows) >= _SAMPLE_ROWS:
                break
    except csv.Error:
        return 0.0
    if not rows:
        return 0.0
    widths = Counter(len(row) for row in rows)
    usual, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    if usual < 2:
        return 0.0
    even = count / len(rows)
    cells = [cell.strip() for row in rows if len(row) == usual for cell in row]
    known = sum(1 for cell in cells if len(cell) < 60 and _VALUE.match(cell)) / len(cells)
    return even * even * (1 - 1 / usual) * (0.25 + known)


def parse(text: str, dialect: Dialect) -> "csv._reader":  # type: ignore[name-defined]
    """Return an iterator over the rows of `text` under `dialect`."""
    csv.field_size_limit(2**31 - 1)
    return csv.reader(
        io.StringIO(text, newline=""),
        delimiter=dialect.delimiter,
        quotechar=dialect.quote or None,
        escapechar=dialect.escape or None,
        skipinitialspace=False,
        strict=False,
    )
