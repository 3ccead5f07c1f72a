"""Figures and text of a file as a document shows them, in one language."""

from collections.abc import Iterable
from datetime import date

from babel import Locale
from babel.dates import format_date

from analysis.findings import Condition, StillBinds
from bot.replies import formats
from bot.replies.render import plain
from bot.replies.traits import in_words
from bot.replies.words import words


class Shown:
    """Everything as text of one language; None stays None."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.words = words(language)
        self._locale = Locale(language)

    def money(self, amount: float | None) -> str | None:
        return None if amount is None else formats.money(amount, self._locale)

    def percent(self, share: float | None) -> str | None:
        return None if share is None else formats.percent(share, self._locale)

    def number(self, value: float | None) -> str | None:
        return None if value is None else formats.number(value, self._locale)

    def whole(self, value: float | None) -> str | None:
        return None if value is None else formats.number(formats.rounded(value, 0), self._locale)

    def ratio(self, value: float | None) -> str | None:
        """`4,2`; None also for what rounds to as much as the rest."""
        return None if value is None or formats.rounded(value, 1) == 1 else self.number(value)

    def clients(self, count: int) -> str:
        """`1 klant`, `73 klanten`."""
        return plain("clients", count, self.language)

    def day(self, value: date) -> str:
        return formats.day(value, self._locale)

    def long_day(self, value: date) -> str:
        """`23 november 2026`."""
        return format_date(value, "d MMMM y", locale=self._locale)

    def text(self, value: object) -> str:
        """Text of a file in one line."""
        return plain("from_file", value, self.language)

    def traits(self, conditions: Iterable[Condition]) -> str:
        parts = (in_words(condition, self.language) for condition in conditions)
        return f" {self.words['values']['and']} ".join(parts)

    def listed(self, texts: Iterable[str]) -> str:
        """`a, b en c`."""
        *first, last = [*texts] or [""]
        return f"{', '.join(first)} {self.words['values']['and']} {last}" if first else last

    def care(self, care: StillBinds) -> str:
        return plain("care", care, self.language)
