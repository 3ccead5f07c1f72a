"""A trait in words: `Leeftijd: 50 of ouder`."""

import re
from datetime import date, timedelta
from functools import cache

from babel import Locale

from analysis.findings import Condition
from bot.replies.formats import day, from_file, money, number, percent
from bot.replies.words import words

# `DGA j/n` asks; beside the answer, `DGA: ja`, the question is one word too many.
YES_OR_NO = re.compile(
    r"[\s(\[:,-]*\b(?:j/n|y/n|ja ?/ ?nee|yes ?/ ?no)\b[\s)\]?:]*$", re.IGNORECASE
)

# Whether a larger number of years means a later moment (1) or an earlier one (-1).
YEARS_FROM_NOW = {"years_until": 1, "years_since": -1}


def in_words(condition: Condition, language: str) -> str:
    """The condition as a short phrase in the language, not yet escaped."""
    if condition.derived == "mark":
        return _mark_in_words(condition, language)
    if condition.derived in YEARS_FROM_NOW and _reaches_past_now(condition):
        return _moment_in_words(condition, language)
    texts = words(language)
    # An age is *50 of ouder*, an amount *€ 50 of meer*, a degree *hbo of hoger*.
    pattern = (
        texts["operators"].get(f"{condition.operator}_{condition.derived}")
        or texts["operators"].get(f"{condition.operator}_{condition.kind}")
        or texts["operators"][condition.operator]
    )
    value, upper = value_in_words(condition, language)
    return pattern.format(header=name_of(condition, language), value=value, upper=upper)


def name_of(condition: Condition, language: str) -> str:
    """What the trait is called: a heading of the list, or what was derived from it."""
    pattern = words(language)["derived"].get(condition.derived or "", "{header}")
    return str(pattern.format(header=_heading(condition, language)))


def value_in_words(condition: Condition, language: str) -> tuple[str, str]:
    """The value, and the upper bound where there is one."""
    upper = condition.upper_value if condition.upper is None else condition.upper
    return _value(condition.value, condition, language), _value(upper, condition, language)


@cache
def _locale(language: str) -> Locale:
    return Locale(language)


def _mark_in_words(condition: Condition, language: str) -> str:
    texts = words(language)
    mark = texts["marks"].get(condition.header, from_file(condition.header))
    return texts["mark_traits"]["yes" if condition.value else "no"].format(mark=mark)


def _heading(condition: Condition, language: str) -> str:
    heading = from_file(condition.header)
    if condition.kind == "yes_no":
        heading = YES_OR_NO.sub("", heading) or heading
    return heading or words(language)["values"]["nameless"]


def _reaches_past_now(condition: Condition) -> bool:
    """Whether a border is now, or on the side of now that the name of the trait does not say."""
    return isinstance(condition.value, float) and condition.value <= 0


def _moment_in_words(condition: Condition, language: str) -> str:
    """`Einde rentevast: al voorbij` for what would be `Jaren tot Einde rentevast: minder dan 0`."""
    texts = words(language)["moments"]
    sign = YEARS_FROM_NOW[str(condition.derived)]
    start = sign * float(condition.value or 0)
    if condition.operator == "between":
        ends = sorted((start, sign * float(condition.upper or 0)))
        first, last = (_moment(years, language) for years in ends)
        phrase = texts["between"].format(first=first, last=last)
    else:
        included = condition.operator == "at_least"
        side = "later" if included == (sign > 0) else "earlier"
        pattern = f"now_or_{side}" if start == 0 else f"or_{side}" if included else "beyond"
        phrase = texts[pattern].format(moment=_moment(start, language))
    return f"{_heading(condition, language)}: {phrase}"


def _moment(years: float, language: str) -> str:
    key = "now" if years == 0 else "ahead" if years > 0 else "ago"
    key += "_one" if abs(years) == 1 else ""
    shown = number(abs(years), _locale(language))
    return words(language)["moments"][key].format(years=shown)


def _value(value: str | float | bool | None, condition: Condition, language: str) -> str:
    texts, locale = words(language), _locale(language)
    if value is None:
        return ""
    if isinstance(value, bool):
        return texts["values"]["yes" if value else "no"]
    if isinstance(value, str):
        if condition.derived == "legal_form":
            return texts["legal_forms"].get(value, value)
        return from_file(value) or texts["values"]["nameless"]
    if condition.kind == "money":
        return money(value, locale)
    if condition.kind == "percentage" or condition.derived == "growth":
        return percent(value, locale)
    if condition.kind == "date":
        return day(date(1970, 1, 1) + timedelta(days=value), locale)
    return number(value, locale)
