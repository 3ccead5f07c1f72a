"""Rows that are no client: totals, subtotals, repeated headers, notes below a table."""

import re
from collections.abc import Sequence

from analysis.values.numbers import NumberStyle, detect_style, parse_number

_TOTAL = re.compile(
    r"^(?:(?P<sub>sub|tussen|zwischen)?[- ]?(?:eind|generaal |algemeen |grand |gesamt|end)?"
    r"(?:totaal|totalen|totale|total|totals|summe|gesamt|gesamtsumme|gesamtergebnis|som|sum)"
    r"(?:telling| generaal| algemeen| general)?)\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_MANY_WORDS = 4


def total_word(cell: str) -> str | None:
    """Return `total` or `subtotal` where a cell announces one, else None."""
    match = _TOTAL.match(cell.strip())
    if not match or len(match["rest"].split()) > _MANY_WORDS:
        return None
    return "subtotal" if match["sub"] else "total"


def find_totals(
    rows: Sequence[Sequence[str]], filled: Sequence[int], usual: int, *, at_end: bool
) -> dict[int, str]:
    """Return the places of total rows among `rows` and what each is.

    A row counts as a total where a cell says so and it is emptier than usual (a client may be
    called Totaal Techniek), or, for the last row (`at_end`), where its amounts are the sums of
    those above it.
    """
    found: dict[int, str] = {}
    for place, row in enumerate(rows):
        if filled[place] >= usual:
            continue
        words = [word for cell in row if cell and (word := total_word(cell))]
        if words:
            found[place] = words[0]
    last = len(rows) - 1
    if at_end and last >= 2 and last not in found and _is_sum(rows, last, found):
        found[last] = "total"
    return found


def _is_sum(rows: Sequence[Sequence[str]], last: int, others: dict[int, str]) -> bool:
    """Tell whether all numbers of the last row are the sums of the numbers above them."""
    above = [row for place, row in enumerate(rows[:last]) if place not in others]
    sums = numbers = 0
    for column, cell in enumerate(rows[last]):
        if not cell.strip():
            continue
        texts = [row[column] for row in above]
        style = detect_style([*texts, cell])
        number = parse_number(cell, style)
        if number is None:
            return False
        numbers += 1
        total = _sum(texts, style)
        sums += total is not None and abs(total - number.value) <= 0.01 + 1e-9 * abs(total)
    return numbers > 0 and sums == numbers and numbers < len(rows[last])


def _sum(texts: Sequence[str], style: NumberStyle) -> float | None:
    total, count = 0.0, 0
    for text in texts:
        number = parse_number(text, style)
        if number is not None:
            total, count = total + number.value, count + 1
    return total if count >= 2 else None
