"""What the words of a question can mean: the domain's vocabulary and the list's own."""

import itertools
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from bot.questions.model import Amount, AmountKind, Filter, Is

LANGUAGES = ("nl", "en")
SHORTEST_MEANT = 5
_WORD = re.compile(r"[^\W\d_]+")
ERA = "era:"
"""What the kind of ten years begins with; their first follows."""
MONTH = "month:"
"""What the kind of a month begins with; its number follows."""


@dataclass(frozen=True)
class Concept:
    """What a phrase may stand for: an amount, a column to go by, a condition, or nothing the list
    has (`lacking`, by the meaning that no column carries)."""

    amount: Amount | None = None
    column: str = ""
    condition: Filter | None = None
    lacking: str = ""
    cost: float = 0.0


@dataclass(frozen=True)
class Entry:
    """All that one phrase can do. `kinds` are the classes of the vocabulary it belongs to."""

    kinds: frozenset[str] = frozenset()
    concepts: tuple[Concept, ...] = ()

    def joined(self, other: "Entry") -> "Entry":
        concepts = tuple(dict.fromkeys((*self.concepts, *other.concepts)))
        return Entry(self.kinds | other.kinds, concepts)


Phrase = tuple[str, ...]


@dataclass
class Lexicon:
    """Entries by phrase. `phrases_of_file` are those that only the list brought in."""

    language: str
    entries: dict[Phrase, Entry] = field(default_factory=dict)
    phrases_of_file: set[Phrase] = field(default_factory=set)
    counted: dict[str, Entry] = field(default_factory=dict)
    """What a word stands for behind a number: the employees of *meer dan 10 man*."""

    flags: dict[str, Is] = field(default_factory=dict)
    """By column of kinds that tells yes or no, who has it."""

    def add(self, phrase: Iterable[str], entry: Entry) -> None:
        key = tuple(phrase)
        if not key:
            return
        known = self.entries.get(key)
        self.entries[key] = entry if known is None else known.joined(entry)

    id_beginnings: dict[str, str] = field(default_factory=dict)
    """What lettered client numbers begin with, by how it is read: *K* by *k*."""
    capitals: dict[str, Entry] = field(default_factory=dict)
    """Values that are common words, but for their capitals: *IT*."""

    @cached_property
    def meant(self) -> list[str]:
        """The words that another may be a typing error of; short words must be right.

        A word near a filler may be the very word that matters: *growing* is not *going*.
        """
        return [
            phrase[0]
            for phrase, entry in self.entries.items()
            if len(phrase) == 1 and len(phrase[0]) >= SHORTEST_MEANT and "skip" not in entry.kinds
        ]

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of every phrase, and of the sentences that are known by their words."""
        data = vocabulary(self.language)
        said = str([data[kind] for kind in ("ready", "beyond", "small_talk", "beside")])
        short = itertools.chain.from_iterable(shortened(self.language))
        return frozenset(
            (*itertools.chain.from_iterable(self.entries), *_WORD.findall(said), *short)
        )

    @cached_property
    def by_letters(self) -> dict[str, list[str]]:
        """The longer words, by their letters in order of the alphabet.

        A name in the list may be bent to any word: *there's* is no plural of *three*.
        """
        found: dict[str, list[str]] = {}
        own = (phrase for phrase in self.entries if phrase not in self.phrases_of_file)
        for word in set(itertools.chain.from_iterable(own)):
            if len(word) >= SHORTEST_MEANT and word.isalpha():
                found.setdefault("".join(sorted(word)), []).append(word)
        return found

    @cached_property
    def long_values(self) -> dict[int, list[Phrase]]:
        """The values of the list that have more words than one, by how many."""
        found: dict[int, list[Phrase]] = {}
        for phrase in self.phrases_of_file:
            if len(phrase) > 1:
                found.setdefault(len(phrase), []).append(phrase)
        return found

    @cached_property
    def longest(self) -> int:
        return max((len(phrase) for phrase in self.entries), default=0)


@cache
def vocabulary(language: str) -> dict[str, dict[str, Any]]:
    """The vocabulary of a language as it stands in its data files."""
    found: dict[str, dict[str, Any]] = {}
    for name in ("vocabulary", "values", "fillers", "sayings"):
        file = files("bot.questions.words").joinpath(f"{name}_{language}.toml")
        found |= tomllib.loads(file.read_text(encoding="utf-8"))
    return found


@cache
def shortened(language: str) -> dict[Phrase, Phrase]:
    """By what is written short the words that it stands for."""
    return {
        tuple(short.split()): tuple(full.split())
        for short, full in vocabulary(language)["short"].items()
    }


@cache
def verbs() -> frozenset[str]:
    """What tells that somebody is, has or does something, in any language."""
    return frozenset(
        verb for language in LANGUAGES for verb in vocabulary(language)["structure"]["verb"]
    )


@cache
def place_words(kind: str) -> frozenset[str]:
    """Words for a place, in any language: `places` themselves, `numbers` or `second`."""
    return frozenset(
        word for language in LANGUAGES for word in vocabulary(language)["places"][kind]
    )


@cache
def margins() -> frozenset[str]:
    """The bare words for a margin, in any language: euros to some, to others a part."""
    return frozenset(
        word for language in LANGUAGES for word in vocabulary(language)["in_percent"]["margin"]
    )


def amount_kinds() -> tuple[AmountKind, ...]:
    return (
        "revenue", "cost", "profit", "margin", "conversion", "hours", "contacts",
        "revenue_per_hour", "profit_per_hour", "age", "years_as_client", "months_since_contact",
    )  # fmt: skip
