"""Rows that are no client: totals, subtotals, repeated headers, notes below a table."""

import re
from collections.abc import Sequence

from analysis.values.numbers import NumberStyle, detect_style, parse_number
from analysis.values.words import is_missing

_TOTAL = re.compile(
    r"^(?:(?P<sub>sub|tussen|zwischen)?[- ]?(?:eind|generaal |algemeen |grand |gesamt|end)?"
    r"(?:totaal|totalen|totale|total|totals|summe|gesamt|gesamtsumme|gesamtergebnis|som|sum)"
    r"(?:telling| generaal| algemeen| general)?)\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_MANY_WORDS = 4
_SAMPLE = 500


def total_word(cell: str) -> str | None:
    """Return `total` or `subtotal` where a cell announces one, else None."""
    match = _TOTAL.match(cell.strip())
    if not match or len(match["rest"].split()) > _MANY_WORDS:
        return None
    return "subtotal" if match["sub"] else "total"


def is_sum_of(cells: Sequence[str], above: Sequence[Sequence[str]]) -> bool:
    """Tell whether a row holds the sums of its columns; `above` has the other cells per column.

    Amounts that are no sums may stand in it as well (an average, a percentage), and a name; but
    at least two columns, or the only one with an amount, must be exact sums of several amounts.
    """
    sums = numbers = words = 0
    for cell, column in zip(cells, above, strict=True):
        if not cell.strip() or is_missing(cell):
            continue
        style = detect_style([*column[:_SAMPLE], cell])
        number = parse_number(cell, style)
        if number is None:
            words += 1
        elif number.value:
            numbers += 1
            total = _sum(column, style)
            sums += total is not None and abs(total - number.value) <= 0.01 + 1e-9 * abs(total)
    if words == 0:
        return sums >= 1 and 2 * sums >= numbers and numbers < len(cells)
    return words <= 2 and sums >= 2 and 2 * sums >= numbers


def _sum(texts: Sequence[str], style: NumberStyle) -> float | None:
    total, count = 0.0, 0
    for text in texts:
        number = parse_number(text, style)
        if number is not None and number.value:
            total, count = total + number.value, count + 1
    return total if count >= 2 else None
