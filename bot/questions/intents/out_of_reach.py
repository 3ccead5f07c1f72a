"""Why the list cannot tell what a half-read question asks: another year, a client's likeness."""

from collections.abc import Sequence

from bot.questions.cover import unexplained
from bot.questions.model import Amount, Named, Question
from bot.questions.pieces import Context
from bot.questions.words.item import Item
from bot.questions.words.lexicon import ERA, LANGUAGES, MONTH, vocabulary
from bot.questions.words.text import YEARS, words_of

_PERIODS = (
    "this_year", "next_year", "coming_year", "past_year", "this_month", "next_month",
    "last_month", "ago",
)  # fmt: skip


_OF_DATES = ("became", "since", "spoken", "born")
_TIMES = frozenset({"age", "years_as_client", "months_since_contact"})


def reason_of(items: Sequence[Item], questions: Sequence[Question], context: Context) -> str:
    """The reason, going by the best of these readings; empty where words are merely unknown."""
    likens = any(item.has("show:alike", "resembles") for item in items)
    if likens and _names_a_client(items, context):
        return "alike_one"
    if any(_measures_a_period(item, context) for item in items):
        return "period"
    if not questions or questions[0].change is not None or questions[0].show is not None:
        return ""
    missed = unexplained(items, questions[0], context)
    if _measures(items, context) and any(_is_period(item, context) for item in missed):
        return "period"
    return "other" if any(item.has("advice", "beyond") for item in missed) else ""


def _names_a_client(items: Sequence[Item], context: Context) -> bool:
    named = any(isinstance(concept.condition, Named) for i in items for concept in i.concepts)
    return named or any(item.words in context.ids for item in items)


def _measures_a_period(item: Item, context: Context) -> bool:
    """*Omzet dit jaar*, known as a heading, where no heading of this list says so."""
    if not any(concept.amount for concept in item.concepts):
        return False
    headings = [" ".join(words_of(column.header)) for column in context.columns]
    return any(
        item.words.endswith(f" {phrase}") and not any(phrase in each for each in headings)
        for language in LANGUAGES
        for phrase in vocabulary(language)["structure"]["this_year"]
    )


def _measures(items: Sequence[Item], context: Context) -> bool:
    """Whether an amount is asked for, and no date: *omzet in 2024*, *hoeveel kwam er binnen*."""
    dated = any(column.kind == "date" for column in context.columns)
    if any((dated and item.has(*_OF_DATES)) or _is_dated(item, context) for item in items):
        return False
    counts = any(item.has("how_much") for item in items)
    return any(concept.amount for item in items for concept in item.concepts) or (
        counts and not any(item.has("clients") for item in items)
    )


def _is_dated(item: Item, context: Context) -> bool:
    """Whether it names a date, or a time that goes by one."""
    columns = [context.column(concept.column) for concept in item.concepts]
    return any(column is not None and column.kind == "date" for column in columns) or any(
        concept.amount and concept.amount.kind in _TIMES for concept in item.concepts
    )


def is_without_year(amount: Amount | None, context: Context) -> bool:
    """Whether the amount is of a column that does not say of which year it is."""
    if amount is None or amount.kind not in ("hours", "contacts", "column"):
        return False
    named = {amount.kind, amount.column} - {""}
    headings = [each.header for each in context.columns if named & {each.role, each.name}]
    years = map(str, YEARS)
    return not {word for each in headings for word in words_of(each)} & set(years)


def _is_period(item: Item, context: Context) -> bool:
    """*In 2024*, *dit jaar*, *vorige maand*: a time that no amount of the list goes with."""
    if item.has("last_year"):
        last = str(context.as_of.year - 1)
        return not any(last in words_of(column.header) for column in context.columns)
    if item.has(*_PERIODS) or any(kind.startswith((MONTH, ERA)) for kind in item.kinds):
        return True
    number = item.number
    return number is not None and item.words.isdigit() and number in YEARS
