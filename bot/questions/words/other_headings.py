"""Headings asked for in other words: *land* for a list that says *Country*, *home owner* for one
that says *HomeOwner*; and those of columns that stay out on purpose."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from analysis.columns.plan import Column
from bot.questions.model import Is
from bot.questions.words.bending import with_plural
from bot.questions.words.columns import concept_of
from bot.questions.words.lexicon import LANGUAGES, Concept, Entry, Lexicon, Phrase, vocabulary
from bot.questions.words.text import words_of

# *HomeOwner*, written as one word.
_JOINT = re.compile(r"(?<=[a-z])(?=[A-Z])")
_RESPONSE = "response"
_COUNTING = frozenset({"names", "how_much"})
_STATISTICS = frozenset({"total", "mean", "median", "share"})


def add_other_headings(lexicon: Lexicon, columns: list[Column]) -> None:
    """Adds the names of this language to the columns whose heading has a name in any of them.

    A word that the list or the domain knows already keeps its meaning.
    """
    found: defaultdict[Phrase, list[Concept]] = defaultdict(list)
    for column in columns:
        split = tuple(parted(column.header))
        names = _named_by().get(split, ()) or _named_by().get(tuple(words_of(column.header)), ())
        phrases = {phrase for name in names for phrase in _names(lexicon.language)[name]}
        first = lexicon.entries.get(split[:1])
        if len(split) > 1 and not (first is not None and first.kinds & _STATISTICS):
            phrases.update(with_plural(split))
        for phrase in phrases:
            if column.meaning == "quantity":
                _let_count(lexicon, phrase)
            known = lexicon.entries.get(phrase)
            own = _is_level(known) or _is_one_of(known, column) or _is_part_of_values(known)
            if is_open(known) or own:
                found[phrase].append(concept_of(column, columns))
        if column.kind == "yes_no" and _RESPONSE in names:
            for said, phrase in _replies(lexicon.language):
                condition = Is(column=column.name, values=(said,))
                found[phrase].append(Concept(condition=condition))
    for phrase, concepts in found.items():
        kinds = lexicon.entries.get(phrase, Entry()).kinds
        lexicon.entries[phrase] = Entry(kinds, tuple(dict.fromkeys(concepts)))


def parted(heading: str) -> list[str]:
    """The words of a heading, also where it is written as one: *HomeOwner*."""
    return words_of(_JOINT.sub(" ", heading))


def _let_count(lexicon: Lexicon, phrase: Phrase) -> None:
    """*Stuks* and *hoeveel stuks* are no clients where the list says how many were sold."""
    ending = [each for each in lexicon.entries if each[-len(phrase) :] == phrase]
    for each in ending:
        known = lexicon.entries[each]
        if known.kinds and known.kinds <= _COUNTING and not known.concepts:
            del lexicon.entries[each]


def _replies(language: str) -> Iterator[tuple[str, Phrase]]:
    """What tells a yes or a no, alone or with what they replied to."""
    replied = vocabulary(language)["replied"]
    for said in ("yes", "no"):
        for each in replied[said]:
            for to in ("", *replied["to"]):
                yield said, tuple(words_of(f"{each} {to}"))


def _is_level(entry: Entry | None) -> bool:
    """*Categorie*, where the list has such a column and A, B and C are none of it."""
    return entry is not None and entry.kinds == {"level"} and not entry.concepts


def _is_part_of_values(entry: Entry | None) -> bool:
    """*Units*, where names of goods have that word too."""
    concepts = () if entry is None or entry.kinds else entry.concepts
    return bool(concepts) and all(each.condition and each.cost for each in concepts)


def _is_one_of(entry: Entry | None, column: Column) -> bool:
    """*Regio* for *State* and *Region*, of which the one is called so."""
    own = entry is not None and not entry.kinds and len(entry.concepts) > 1
    return own and any(each.column == column.name for each in (entry or Entry()).concepts)


def add_left_out(lexicon: Lexicon, columns: Iterable[Column]) -> None:
    """A column that stays out on purpose is told as lacking, by its heading and its other names."""
    for column in columns:
        lacking = Concept(lacking=column.meaning or column.header, cost=2.0)
        split = tuple(parted(column.header))
        names = [
            phrase
            for name in _named_by().get(split, ())
            for phrase in _names(lexicon.language)[name]
        ]
        for phrase in (tuple(words_of(column.header)), *with_plural(split), *names):
            if phrase and lexicon.entries.get(phrase) is None:
                lexicon.add(phrase, Entry(concepts=(lacking,)))


def is_open(entry: Entry | None) -> bool:
    """Whether the word may still be given a meaning."""
    return entry is None or (not entry.kinds and all(each.lacking for each in entry.concepts))


def is_a_heading(phrase: Phrase) -> bool:
    """Whether lists have columns that are called so."""
    return phrase in _named_by()


@cache
def _names(language: str) -> dict[str, frozenset[Phrase]]:
    return {
        name: frozenset(
            phrase for each in spellings for phrase in with_plural(tuple(words_of(each)))
        )
        for name, spellings in vocabulary(language)["headings"].items()
    }


@cache
def _named_by() -> dict[Phrase, tuple[str, ...]]:
    found: defaultdict[Phrase, tuple[str, ...]] = defaultdict(tuple)
    for language in LANGUAGES:
        for name, phrases in _names(language).items():
            for phrase in phrases:
                found[phrase] = (*found[phrase], name)
    return dict(found)
