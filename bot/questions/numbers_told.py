"""Whether a reading accounts for every number of the question."""

from bot.questions.conditions.birthdays import AGES
from bot.questions.model import Compare, Having, InTop, Is, Named, When
from bot.questions.told import Told
from bot.questions.words.item import Item
from bot.questions.words.text import tells_months, words_of

FAR_AHEAD = 30
_TIMES = frozenset({"years", "months", "weeks", "days"})
# How a number in the question may be written: in percent, in months, in thousands, in *ton*.
_SCALES = (1.0, 100.0, 12.0, 1 / 1_000, 1 / 100_000, 1 / 1_000_000)


def number_explained(item: Item, told: Told) -> bool:
    number, asked = item.number or 0.0, told.question
    if told.is_show:
        return True
    if item.ordinal:
        return told.dated or number in told.places
    if _number_in(number, asked.bands) or (item.unit in _TIMES and told.dated):
        return True
    if _names_client(item, told):
        return True
    known: list[float | None] = [
        asked.limit,
        asked.part,
        *told.places,
        *asked.bands,
        *_value_of(asked.having),
    ]
    if asked.change is not None:
        share = asked.change.share
        known += [asked.change.number, share, None if share is None else round(1 - share, 9)]
        known += [None if each is None else -each for each in (share, asked.change.number)]
    for each in told.filters:
        if isinstance(each, Compare):
            if item.unit == "months" and tells_months(each.amount.column):
                # *More than 200 a month*.
                return True
            known += [each.value, each.upper]
        elif isinstance(each, InTop):
            known += [each.size, each.share]
        elif isinstance(each, When):
            known += [*_parts_of_dates(each), *_ages_to_come(each, told, number)]
        elif isinstance(each, Is) and any(value.startswith(item.words) for value in each.values):
            return True
    scaled = (other * scale for other in known if other is not None for scale in _SCALES)
    return any(abs(other - number) < 1e-6 for other in scaled) or is_year_of_amount(told, item)


def _names_client(item: Item, told: Told) -> bool:
    """Whether it is the number of a client who was understood, or his place among the largest."""
    named = {each.client for each in told.filters if isinstance(each, Named)}
    number = item.number or 0.0
    placed = told.context.ranked(int(number)) if number == int(number) else None
    return item.words in named or placed in named or "" in named


def _value_of(having: Having | None) -> tuple[float, ...]:
    return () if having is None else (having.value,)


def _number_in(number: float, bands: tuple[float, ...]) -> bool:
    """*50-64* and *65+*: an end just below the next beginning is said as well."""
    return any(number in (each, each - 1) for each in bands)


def _parts_of_dates(period: When) -> list[float | None]:
    """The years, months and days that a period may have been written with, its end included."""
    days = [day for day in (period.start, period.end) if day is not None]
    return [
        part for day in days
        for part in (day.year, day.year - 1, day.month, day.day, day.day - 1)
    ]  # fmt: skip


def _ages_to_come(period: When, told: Told, number: float) -> list[float | None]:
    """The number, where it is the age or the year of *wie wordt er in 2028 67*."""
    born, today = period.start, told.context.as_of
    if born is None or period.column != told.context.dated("birth_date"):
        return []
    as_age = number in AGES and today.year - 1 <= born.year + number <= today.year + FAR_AHEAD
    as_year = today.year - 1 <= number <= today.year + FAR_AHEAD and number - born.year in AGES
    return [number] if as_age or as_year else []


_ROLES_OF: dict[str, tuple[str, ...]] = {
    "revenue": ("revenue", "revenue_part"),
    "cost": ("cost",),
    "profit": ("revenue", "cost"),
}


def is_year_of_amount(told: Told, item: Item | None) -> bool:
    """Whether the heading of the amount says this year; without an item, last year."""
    roles = {role for kind in told.kinds for role in _ROLES_OF.get(kind, ())}
    year = str(told.context.as_of.year - 1) if item is None else item.words
    headings = (each.header for each in told.context.clients.columns if each.role in roles)
    return any(year in words_of(heading) for heading in headings)
