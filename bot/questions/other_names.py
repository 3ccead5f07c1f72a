"""Other names of a value: *dentists* for a list that says *Tandarts*, *zzp* for *self-employed*."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from analysis.clients import Clients
from analysis.columns.plan import Column
from bot.questions.bending import with_plural
from bot.questions.lexicon import LANGUAGES, Concept, Entry, Lexicon, Phrase, vocabulary
from bot.questions.model import Is
from bot.questions.text import words_of

MOST_VALUES = 2_000
LONGEST_NAME = 4


def add_other_names(lexicon: Lexicon, columns: Iterable[Column], clients: Clients) -> None:
    """Adds the names of this language to the values that have a name in any of them.

    A word that the list or the domain knows already keeps its meaning.
    """
    found: defaultdict[Phrase, list[Concept]] = defaultdict(list)
    spelled = _names(lexicon.language)
    for column in columns:
        if column.kind not in ("category", "ordered") or column.role == "postal_code":
            continue
        for name, values in _named_values(column, clients).items():
            phrases = spelled[name]
            if any(_decided(lexicon.entries.get(phrase)) for phrase in phrases):
                # *Retired*, where another column says that with yes or no.
                continue
            concept = Concept(condition=Is(column=column.name, values=tuple(values)))
            for phrase in phrases:
                if _is_open(lexicon.entries.get(phrase)):
                    found[phrase].append(concept)
    for phrase, concepts in found.items():
        lexicon.entries[phrase] = Entry(concepts=tuple(concepts))


def _is_open(entry: Entry | None) -> bool:
    return entry is None or (not entry.kinds and all(each.lacking for each in entry.concepts))


def _decided(entry: Entry | None) -> bool:
    return entry is not None and any(
        isinstance(each.condition, Is) and each.condition.values in (("yes",), ("no",))
        for each in entry.concepts
    )


def _named_values(column: Column, clients: Clients) -> dict[str, list[str]]:
    """The values of the column that go by each name, sorted."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for value in sorted(clients.cells(column.name).dropna().astype(str).unique())[:MOST_VALUES]:
        words = words_of(value)
        parts = (
            tuple(words[start:end])
            for start in range(len(words))
            for end in range(start + 1, min(len(words), start + LONGEST_NAME) + 1)
        )
        for name in {name for part in parts for name in _named_by().get(part, ())}:
            found[name].append(value)
    return found


@cache
def _names(language: str) -> dict[str, frozenset[Phrase]]:
    """By name its spellings in a language, with their plurals."""
    return {
        name: frozenset(
            phrase for each in spellings for phrase in with_plural(tuple(words_of(each)))
        )
        for name, spellings in vocabulary(language)["values"].items()
    }


@cache
def _named_by() -> dict[Phrase, tuple[str, ...]]:
    """By spelling, in any language, the names that are spelled so."""
    found: defaultdict[Phrase, tuple[str, ...]] = defaultdict(tuple)
    for language in LANGUAGES:
        for name, phrases in _names(language).items():
            for phrase in phrases:
                found[phrase] = (*found[phrase], name)
    return dict(found)
