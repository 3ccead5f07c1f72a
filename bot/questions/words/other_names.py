"""Other names of a value: *dentists* for a list that says *Tandarts*, *zzp* for *self-employed*."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal, get_args

import numpy as np

from analysis.clients import Clients
from analysis.columns.plan import Column
from bot.questions.model import Is
from bot.questions.words.bending import with_plural
from bot.questions.words.lexicon import LANGUAGES, Concept, Entry, Lexicon, Phrase, vocabulary
from bot.questions.words.other_headings import is_open
from bot.questions.words.territories import names_of_territories, territories_of
from bot.questions.words.text import words_of

MOST_VALUES = 2_000
LONGEST_NAME = 4
# A column of more values holds names rather than kinds.
MOST_KINDS = 200
TWINS, MOST_CLIENTS = 2, 50_000
# A name that is no more than a part of another: *zakelijke dienstverlening* is not *zakelijk*.
_ADJECTIVES = frozenset({"business", "private"})
Fits = Literal["whole", "kind", "part"]
"""Whether values are called just so, as *IT* is; are kinds with that word in it, as *IT consultant*
is; or long names with it: *meubels* for *Meeting Room Furniture*."""
_MARITAL = "marital_status"
_MARITAL_CODES = {"M": "married", "S": "single", "D": "divorced", "W": "widowed"}
_SEX = "gender"
_SEX_CODES = {"m": "male", "v": "female", "f": "female", "w": "female"}


def add_other_names(lexicon: Lexicon, columns: Iterable[Column], clients: Clients) -> None:
    """Adds the names of this language to the values that have a name in any of them.

    A word that the list or the domain knows already keeps its meaning.
    """
    found: dict[Fits, defaultdict[Phrase, list[Concept]]] = {
        fits: defaultdict(list) for fits in get_args(Fits)
    }
    for column in columns:
        if column.kind not in ("category", "ordered") or column.role == "postal_code":
            continue
        for phrases, values, kind in _other_names(column, clients, lexicon.language):
            if any(_decided(lexicon.entries.get(phrase)) for phrase in phrases):
                # *Retired*, where another column says that with yes or no.
                continue
            concept = Concept(condition=Is(column=column.name, values=tuple(values)))
            for phrase in phrases:
                if not is_open(lexicon.entries.get(phrase)) or _is_heading(phrase, lexicon):
                    continue
                found[kind][phrase].append(concept)
    # What fits worst goes first, so that the best is written over it.
    for fits in reversed(get_args(Fits)):
        for phrase, concepts in found[fits].items():
            lexicon.entries[phrase] = Entry(concepts=tuple(concepts))


def _is_heading(phrase: Phrase, lexicon: Lexicon) -> bool:
    """*The states*, of a list that has them as a column."""
    behind = lexicon.entries.get(phrase[1:]) if phrase[0] == "the" else None
    return behind is not None and any(each.column for each in behind.concepts)


def _other_names(
    column: Column, clients: Clients, language: str
) -> Iterator[tuple[frozenset[Phrase], list[str], Fits]]:
    """What values of the column are called as well, those values, and how well it fits them."""
    values = sorted(clients.cells(column.name).dropna().astype(str).unique())[:MOST_VALUES]
    for code, named in territories_of(values).items():
        yield names_of_territories(language)[code], named, "whole"
    if column.meaning == _MARITAL and set(values) <= _MARITAL_CODES.keys():
        for value in values:
            yield _names(language, "values")[_MARITAL_CODES[value]], [value], "whole"
        return
    if column.meaning == _SEX:
        for value in values:
            called = _named_by("sexes").get(tuple(words_of(value)), ())
            for sex in called or filter(None, [_SEX_CODES.get(value.lower())]):
                yield _names(language, "sexes")[sex], [value], "whole"
        return
    # *Doctor* is a degree in the one column and an occupation in the other.
    table = "degrees" if column.meaning == "education" else "values"
    for name, named in _named_values(values, table).items():
        whole = any(name in _whole_names(each, table) for each in named)
        kinds: Fits = "kind" if len(values) <= MOST_KINDS else "part"
        spelled = _names(language, table).get(name) or _names(language, "whole")[name]
        yield spelled, named, "whole" if whole else kinds


def add_twins_once(lexicon: Lexicon, clients: Clients) -> None:
    """Of values in two columns that hold of the very same clients, the first alone is offered.

    *Canada* as a country and as a region is no choice.
    """
    if len(clients) > MOST_CLIENTS:
        return
    held: dict[Is, bytes] = {}
    for phrase, entry in lexicon.entries.items():
        conditions = [each.condition for each in entry.concepts]
        if len(conditions) < TWINS or not all(_is_one_value(each) for each in conditions):
            continue
        first: dict[bytes, Concept] = {}
        for concept in entry.concepts:
            assert isinstance(concept.condition, Is)
            if concept.condition not in held:
                held[concept.condition] = _held(concept.condition, clients)
            first.setdefault(held[concept.condition], concept)
        lexicon.entries[phrase] = Entry(entry.kinds, tuple(first.values()))


def _whole_names(value: str, table: str) -> tuple[str, ...]:
    """What the value is called where nothing of it is left out."""
    words = tuple(words_of(value))
    return (*_named_by(table).get(words, ()), *_named_by("whole").get(words, ()))


def _decided(entry: Entry | None) -> bool:
    return entry is not None and any(
        isinstance(each.condition, Is) and each.condition.values in (("yes",), ("no",))
        for each in entry.concepts
    )


def _is_one_value(condition: object) -> bool:
    return isinstance(condition, Is) and len(condition.values) == 1


def _held(condition: Is, clients: Clients) -> bytes:
    """Which rows fulfil the condition, or would without its *not*."""
    column = clients.table[condition.column]
    if clients.by_row is not None:
        column = clients.by_row.values(condition.column, column)
    held = np.asarray(column.astype(str) == condition.values[0], dtype=bool)
    return held.tobytes()


def _named_values(values: Iterable[str], table: str) -> dict[str, list[str]]:
    """The values that go by each name: those that are no more than that, if there are any.

    *Manual workers* are no *Skilled Manual*, where a list has both.
    """
    found: defaultdict[str, list[str]] = defaultdict(list)
    exactly: defaultdict[str, list[str]] = defaultdict(list)
    for value in values:
        words = tuple(words_of(value))
        whole = _whole_names(value, table)
        for name in dict.fromkeys(whole):
            exactly[name].append(value)
        parts = (
            words[start:end]
            for start in range(len(words))
            for end in range(start + 1, min(len(words), start + LONGEST_NAME) + 1)
        )
        for name in {name for part in parts for name in _named_by(table).get(part, ())}:
            if not (whole and name in _ADJECTIVES and name not in whole):
                found[name].append(value)
    return {**found, **exactly}


@cache
def _names(language: str, table: str) -> dict[str, frozenset[Phrase]]:
    """By name its spellings in a language, with their plurals."""
    return {
        name: frozenset(
            phrase for each in spellings for phrase in with_plural(tuple(words_of(each)))
        )
        for name, spellings in vocabulary(language)[table].items()
    }


@cache
def _named_by(table: str) -> dict[Phrase, tuple[str, ...]]:
    """By spelling, in any language, the names that are spelled so."""
    found: defaultdict[Phrase, tuple[str, ...]] = defaultdict(tuple)
    for language in LANGUAGES:
        for name, phrases in _names(language, table).items():
            for phrase in phrases:
                found[phrase] = (*found[phrase], name)
    return dict(found)
