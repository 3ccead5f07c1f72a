"""A trait in words: `Leeftijd: 50 of ouder`."""

from datetime import date, timedelta

from babel import Locale

from analysis.findings import Condition
from bot.replies.formats import day, from_file, money, number, percent
from bot.replies.words import words


def in_words(condition: Condition, language: str) -> str:
    """The condition as a short phrase in the language, not yet escaped."""
    texts = words(language)
    locale = Locale(language)
    named = from_file(condition.header) or texts["values"]["nameless"]
    header = texts["derived"].get(condition.derived or "", "{header}").format(header=named)
    # An age is *50 of ouder*, an amount *€ 50 of meer*, a degree *hbo of hoger*.
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
        return from_file(value) or words(language)["values"]["nameless"]
    if kind == "money":
        return money(value, locale)
    if kind == "percentage":
        return percent(value, locale)
    if kind == "date":
        return day(date(1970, 1, 1) + timedelta(days=value), locale)
    return number(value, locale)
