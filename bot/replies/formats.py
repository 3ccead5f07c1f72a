"""Numbers, money and text from a file, as a reader expects them in his language."""

import re
import unicodedata

from babel import Locale
from babel.numbers import format_currency, format_decimal, format_percent

SHOWN_LENGTH = 60
# Left-to-right and right-to-left marks can turn the rest of a message round.
INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def money(amount: float, locale: Locale) -> str:
    """`€ 1.234`; with cents below ten euros, where they matter."""
    pattern = "¤ #,##0.00;-¤ #,##0.00" if 0 < abs(amount) < 10 else "¤ #,##0;-¤ #,##0"
    if locale.language == "en":
        pattern = pattern.replace("¤ ", "¤")
    return format_currency(
        amount, "EUR", format=pattern, locale=locale, currency_digits=False
    ).replace("-€\N{NO-BREAK SPACE}0", "€\N{NO-BREAK SPACE}0")


def percent(share: float, locale: Locale) -> str:
    """`18%`; one decimal below ten per cent; never `100%` or `0%` for what is not."""
    decimals = 0 if abs(share) >= 0.1 else 1
    shown = round(share, decimals + 2)
    if shown == 0 and share > 0:
        return "< " + format_percent(0.001, "0.0%", locale=locale)
    if shown == 1 and share < 1:
        return "> " + format_percent(0.99, "0%", locale=locale)
    pattern = "0%" if decimals == 0 or shown * 100 == int(shown * 100) else "0.0%"
    return format_percent(share, pattern, locale=locale)


def number(value: float, locale: Locale) -> str:
    """`1.234` or `2,4`: at most one decimal."""
    return format_decimal(value, "#,##0.#", locale=locale)


def from_file(text: object) -> str:
    """Text of a file in one short line, without what cannot be seen. Not yet escaped."""
    visible = INVISIBLE.sub("", str(text))
    kept = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in visible)
    line = " ".join("".join(c for c in kept if unicodedata.category(c) != "Cs").split())
    return line if len(line) <= SHOWN_LENGTH else line[: SHOWN_LENGTH - 1].rstrip() + "…"
