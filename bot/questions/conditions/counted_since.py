"""Columns that count the time since something: *Months Since Last Claim*, asked for as a date.

*Hasn't claimed for at least 30 months*, *took out their policy less than six months ago*.
"""

from collections.abc import Iterator

from analysis.columns.plan import Column
from bot.questions.model import Amount, Compare, Operator
from bot.questions.pieces import Context, Pieces
from bot.questions.words.lexicon import LANGUAGES, vocabulary
from bot.questions.words.text import words_of

_MONTHS = {"years": 12.0, "months": 1.0, "weeks": 12 / 52, "days": 12 / 365}
_STEM = 5
_SIGNS: tuple[tuple[str, Operator], ...] = (
    ("at_least", "at_least"),
    ("at_most", "at_most"),
    ("less", "less"),
    ("shorter", "less"),
    ("more", "more"),
    ("past", "at_most"),
    ("within", "at_most"),
)


def read_counted_since(pieces: Pieces) -> None:
    """Takes a length of time beside what such a column counts from."""
    for place in range(len(pieces.items)):
        if not pieces.number(place, *_MONTHS):
            continue
        named = [(column, unit, at) for column, unit in counting_columns(pieces.context)
                 if (at := _event(pieces, column))]  # fmt: skip
        if not named:
            return
        column, unit, events = max(named, key=lambda each: len(each[2]))
        sign = pieces.next(place, lambda at: pieces.has(
            at, *(kind for kind, _ in _SIGNS), "longer"), step=-1)  # fmt: skip
        near = pieces.places("neg")
        ago = pieces.has(place + 1, "ago")
        told = pieces.items[sign].kinds if sign is not None else frozenset[str]()
        if not (ago or near or told & {"past", "within"}):
            continue
        operator: Operator = next((op for kind, op in _SIGNS if kind in told), "equal")
        if near:
            operator = "more" if operator == "more" else "at_least"
        item = pieces.items[place]
        value = (item.number or 0.0) * _MONTHS[item.unit] / _MONTHS[unit]
        start = place if sign is None else sign
        pieces.take(*events, *near[:1])
        amount = Amount(kind="column", column=column.name)
        pieces.condition(start, place + 1 + ago,
                         Compare(amount=amount, operator=operator, value=value))  # fmt: skip
        return


def counting_columns(context: Context) -> Iterator[tuple[Column, str]]:
    """The columns that count so, each with its unit of time."""
    for column in context.columns:
        words = words_of(column.header)
        for language in LANGUAGES:
            data = vocabulary(language)
            unit = data["units"].get(words[0], "") if len(words) > 2 else ""
            since = len(words) > 2 and words[1] in data["structure"]["since"]
            if unit in _MONTHS and since and column.kind in ("number", "duration"):
                yield column, unit
                break


def _event(pieces: Pieces, column: Column) -> list[int]:
    """Where the question names what the column counts from, as a noun or as a verb."""
    stems = [word[:_STEM] for word in words_of(column.header)[2:] if len(word) >= _STEM]
    return [
        at for at in range(len(pieces.items))
        if pieces.is_free(at) and pieces.items[at].number is None
        and any(stem in pieces.items[at].words for stem in stems)
    ]  # fmt: skip
