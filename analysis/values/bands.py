"""Amounts and ages in bands (`€ 50-99`, `< 100`, `65+`), as ordered categories."""

import re

from analysis.values.numbers import detect_style, parse_number

_PLAIN = r"[€$£]?\s?-?[\d.,]*\d(?:\s?(?:k|m|mln|%))?"
_RANGE = re.compile(
    rf"^(?:van |tussen |from |between |von )?({_PLAIN})\s*"
    rf"(?:-|–|—|tot en met|t/m|tot|to|bis|and|en)\s*({_PLAIN})",
    re.IGNORECASE,
)
_BELOW = re.compile(
    rf"^(?:<=?|≤|onder|minder dan|tot|under|below|less than|up to|unter|bis|max\.?)\s*({_PLAIN})",
    re.IGNORECASE,
)
_ABOVE = re.compile(
    rf"^(?:>=?|≥|boven|meer dan|vanaf|over|above|more than|from|ab|über|min\.?)\s*({_PLAIN})",
    re.IGNORECASE,
)
_PLUS = re.compile(rf"^({_PLAIN})\s*(?:\+|en meer|en ouder|of meer|and more|and over|or more)")
_MOST_BANDS = 40


def order_bands(texts: list[str]) -> list[str] | None:
    """Return the distinct `texts` in rising order where they are bands, else None.

    Nearly all must be a band or a number, and at least two of them a band; what is neither (such
    as `onbekend`) comes first.
    """
    distinct = sorted({text.strip() for text in texts if text.strip()})
    if not 2 <= len(distinct) <= _MOST_BANDS:
        return None
    style = detect_style(part for text in distinct for part in re.findall(r"[\d.,]*\d", text))
    keys: dict[str, tuple[float, float]] = {}
    bands = 0
    for text in distinct:
        low = high = None
        if match := _RANGE.match(text):
            low, high = parse_number(match[1], style), parse_number(match[2], style)
        elif match := _BELOW.match(text):
            high = parse_number(match[1], style)
        elif match := _ABOVE.match(text) or _PLUS.match(text):
            low = parse_number(match[1], style)
        if low or high:
            bands += 1
            keys[text] = (
                low.value if low else float("-inf"),
                high.value if high else float("inf"),
            )
        elif number := parse_number(text, style):
            keys[text] = (number.value, number.value)
    if bands < 2 or len(keys) < 0.75 * len(distinct):
        return None
    nowhere = (float("-inf"), float("-inf"))
    return sorted(distinct, key=lambda text: (keys.get(text, nowhere), text))
