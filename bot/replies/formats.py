"""Numbers, money, dates and text from a file, as a reader expects them in his language."""

import re
import unicodedata
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent

SHOWN_LENGTH = 60
EXACT = 2.0**53
IN_FILE_NAME = 40

# Writing a number as a locale does takes more time than all the rest of an answer, and rounded
# ones come back: there are but a thousand percentages.
REMEMBERED = 2048
# Left-to-right and right-to-left marks can turn the rest of a message round.
INVISIBLE = re.compile(r"[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def rounded(value: float, decimals: int) -> float:
    """Half a cent goes up, as everybody was taught, also where binary fractions fall just short."""
    if not abs(value) < EXACT:
        return round(value, decimals)
    told = Decimal(repr(round(float(value), 9)))
    return (
        float(told.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)) + 0.0
    )  # no minus before a zero


def money(amount: float, locale: Locale) -> str:
    """`€ 1.234`; with cents below ten euros, where they matter."""
    decimals = 2 if 0 < abs(rounded(amount, 2)) < 10 else 0
    return _money(rounded(amount, decimals), decimals, locale)


@lru_cache(REMEMBERED)
def _money(shown: float, decimals: int, locale: Locale) -> str:
    digits = "#,##0.00" if decimals else "#,##0"
    # Never a line end between the sign and the amount.
    sign = "¤" if locale.language == "en" else "¤\N{NO-BREAK SPACE}"
    pattern = f"{sign}{digits};-{sign}{digits}"
    return format_currency(shown, "EUR", format=pattern, locale=locale, currency_digits=False)


def percent(share: float, locale: Locale, *, below: str = "<", above: str = ">") -> str:
    """`18%`; one decimal below ten per cent; never `100%` or `0%` for what is not.

    A sentence gives words for `below` and `above`; a table or picture has the signs.
    """
    decimals = 0 if abs(share) >= 0.1 else 1
    shown = rounded(share, decimals + 2)
    if shown == 0 and share > 0:
        return f"{below} " + _percent(0.001, "0.0%", locale)
    if shown == 1 and share < 1:
        return f"{above} " + _percent(0.99, "0%", locale)
    whole = decimals == 0 or round(shown * 1000) % 10 == 0
    return _percent(shown, "#,##0%" if whole else "0.0%", locale)


@lru_cache(REMEMBERED)
def _percent(shown: float, pattern: str, locale: Locale) -> str:
    return format_percent(shown, pattern, locale=locale)


def number(value: float, locale: Locale) -> str:
    """`1.234` or `2,4`: at most one decimal."""
    return _number(rounded(value, 1), locale)


@lru_cache(REMEMBERED)
def _number(shown: float, locale: Locale) -> str:
    return format_decimal(shown, "#,##0.#", locale=locale)


def day(value: date, locale: Locale) -> str:
    """`1 mrt 2027`: a date that no reader can take for another."""
    return format_date(value, "d MMM y", locale=locale)


def from_file(text: object) -> str:
    """Text of a file in one short line, without what cannot be seen. Not yet escaped."""
    visible = INVISIBLE.sub("", str(text))
    if visible.isascii() and visible.isprintable():
        return _shortened(" ".join(visible.split()))
    kept = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in visible)
    line = " ".join("".join(c for c in kept if unicodedata.category(c) != "Cs").split())
    return _shortened(line)


def in_file_name(text: str) -> str:
    """Letters and digits of a text, as a part of a file name that any phone can keep; never empty.

    Accents go: not every program shows them in the name of a file.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = "_".join(re.findall(r"[A-Za-z0-9]+", plain))
    return words[:IN_FILE_NAME].rstrip("_") or "1"


def _shortened(line: str) -> str:
    return line if len(line) <= SHOWN_LENGTH else line[: SHOWN_LENGTH - 1].rstrip() + "…"
