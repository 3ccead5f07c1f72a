"""How the cells of a text file are set apart, from the text alone."""

import re
from collections import Counter
from dataclasses import replace

from analysis.reading.splitting import Dialect, split_plain

# The likelier first: what also occurs within cells must fit clearly better.
_DELIMITERS = {",": 1.0, ";": 1.0, "\t": 1.0, "|": 1.0, "^": 0.9, "~": 0.9, " ": 0.6, ":": 0.4}
_SAMPLE_CHARACTERS = 200_000
_SAMPLE_LINES = 400
_SEP_LINE = re.compile(r"^\"?sep=(.)\"?[;,\t]*$", re.IGNORECASE)
_VALUE = re.compile(
    r"""^(?:[-+(]?[€$£]?\s?[\d.,]+\s?[€%)-]?      # a number or an amount
        |\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}          # a date
        |\d{1,2}:\d{2}(?::\d{2})?                 # a time
        |[\w.+-]+@[\w.-]+                         # a mail address
        |https?://\S+|[A-Za-zÀ-ÿ'’]+|)$""",
    re.VERBOSE,
)


def detect_dialect(text: str) -> Dialect:
    """Return the dialect under which the beginning of `text` looks most like a table."""
    first = text.partition("\n")[0]
    told = _SEP_LINE.match(first)
    lines = _sample(text)
    if told:
        return _with_details(Dialect(told[1], skip_lines=1), lines[1:])
    best, best_score = Dialect(","), 0.0
    for delimiter, likely in _DELIMITERS.items():
        if not any(delimiter in line for line in lines):
            continue
        dialect = _with_details(Dialect(delimiter), lines)
        score = likely * _score(lines, dialect)
        if score > best_score * 1.02:
            best, best_score = dialect, score
    if best_score == 0.0 and (unwrapped := _wrapped(lines)) is not None:
        return unwrapped
    return best


def _sample(text: str) -> list[str]:
    """Lines from the beginning, and from the middle of a long text."""
    lines = text[:_SAMPLE_CHARACTERS].split("\n")
    if len(text) > _SAMPLE_CHARACTERS and len(lines) > 1:
        lines.pop()
    return [line for line in lines if line.strip()][:_SAMPLE_LINES]


def _wrapped(lines: list[str]) -> Dialect | None:
    """Tell whether every line as a whole was put between quotes."""
    inner = [line[1:-1].replace('""', '"') for line in lines if line[:1] == line[-1:] == '"']
    if len(inner) < 0.8 * len(lines) or not inner:
        return None
    dialect = detect_dialect("\n".join(inner))
    if not any(dialect.delimiter in line for line in inner):
        return None
    return replace(dialect, wrapped=True)


def _with_details(dialect: Dialect, lines: list[str]) -> Dialect:
    """Add the quote, the escape sign and a blank that follows every delimiter."""
    delimiter = dialect.delimiter
    edge = re.escape(delimiter)
    quotes = {
        quote: sum(
            len(re.findall(rf"(?:^|{edge}) ?{quote}|{quote}(?={edge}|$)", line)) for line in lines
        )
        for quote in ('"', "'")
    }
    # An apostrophe at the end of a word is no quote: it must be clearly more frequent.
    quote = "'" if quotes["'"] > max(2 * quotes['"'], 2 * len(lines) // 3, 3) else '"'
    escape = next(
        (sign for sign in ("\\", "\x00") if any(sign + quote in line for line in lines)), ""
    )
    if delimiter in ",;|" and _blank_follows(delimiter, quote, lines):
        delimiter += " "
    return replace(dialect, delimiter=delimiter, quote=quote, escape=escape)


def _blank_follows(delimiter: str, quote: str, lines: list[str]) -> bool:
    with_blank = without = 0
    for line in lines:
        outside = "".join(line.split(quote)[::2]) if quote else line
        spaced = outside.count(delimiter + " ")
        with_blank += spaced
        without += outside.count(delimiter) - spaced
    return with_blank >= 3 and without <= 0.02 * with_blank


def _score(lines: list[str], dialect: Dialect) -> float:
    """How much a sample looks like a table: rows of one width, cells of a known form."""
    rows = [split_plain(line, dialect) or line.split(dialect.delimiter) for line in lines]
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        return 0.0
    widths = Counter(len(row) for row in rows)
    usual, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    if usual < 2:
        return 0.0
    near = sum(times for width, times in widths.items() if abs(width - usual) <= 1)
    even = (count + 0.5 * (near - count)) / len(rows)
    cells = [cell.strip() for row in rows if len(row) == usual for cell in row]
    known = sum(1 for cell in cells if len(cell) < 60 and _VALUE.match(cell)) / len(cells)
    return even * even * (1 - 1 / usual) * (0.25 + known)
