"""A trait in words: `Leeftijd: 50 of ouder`."""

from datetime import date, timedelta

from babel import Locale

from analysis.findings import Condition
from bot.replies.formats import from_file, money, number, percent
from bot.replies.words import words


def in_words(condition: Condition, language: str) -> str:
    """The condition as a short phrase in the language, not yet escaped."""
    texts = words(language)
    locale = Locale(language)
    header = texts["derived"].get(condition.derived or "") or from_file(condition.header)
    # An age is *50 of ouder*, an amount *€ 50 of meer*.
    pattern = (
        texts["operators"].get(f"{condition.operator}_{condition.derived}")
        or texts["operators"].get(f"{condition.operator}_{condition.kind}")
        or texts["operators"][condition.operator]
    )
    return pattern.format(
        header=header,
        value=_value(condition.value, condition.kind, language, locale),
        upper=_value(condition.upper, condition.kind, language, locale),
    )


def _value(value: str | float | bool | None, kind: str, language: str, locale: Locale) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return words(language)["values"]["yes" if value else "no"]
    if isinstance(value, str):
        return from_file(value)
    if kind == "money":
        return money(value, locale)
    if kind == "percentage":
        return percent(value, locale)
    if kind == "date":
        return (date(1970, 1, 1) + timedelta(days=value)).strftime("%d-%m-%Y")
    return number(value, locale)
