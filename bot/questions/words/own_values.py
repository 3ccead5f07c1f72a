"""The values of a list as words of a question: *in Utrecht*, *tables*."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from analysis.clients import Clients
from analysis.columns.plan import Column
from bot.questions.model import Is
from bot.questions.words.bending import with_bent_head, with_plural
from bot.questions.words.lexicon import Concept, Entry, Lexicon, Phrase, vocabulary
from bot.questions.words.other_headings import is_a_heading
from bot.questions.words.text import tokens, words_of

MOST_VALUES = 2_000
# Names of goods and remarks rather than kinds: what one word of them means is anyone's guess.
MOST_KINDS, MOST_WORDS_OF_A_KIND = 200, 3
PART_OF_A_NAME = 0.8
LONGEST_WITH_NUMBER = 3
_NONE = frozenset({"no", "not", "non", "without", "geen", "niet", "zonder", "kein", "ohne"})
SHORTEST_PART = 4


def add_values(
    lexicon: Lexicon, columns: list[Column], clients: Clients, structure: Mapping[Phrase, Entry]
) -> None:
    """Adds the values, and the words that are a part of them.

    What the language builds its sentences with, its `structure`, keeps its meaning.
    """
    parts: defaultdict[Phrase, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    plurals: set[Phrase] = set()
    names: set[str] = set()
    for column in columns:
        if column.kind not in ("category", "ordered") or column.role == "postal_code":
            continue
        values = values_of(clients.cells(column.name))
        names |= {column.name} if _are_names(values) else set()
        for value in values:
            words = words_of(value)
            if not any(word.isalpha() for word in words):
                continue
            _add_value(lexicon, column, value, structure, are_names=len(values) > MOST_KINDS)
            for part in _parts(words, are_names=len(values) > MOST_KINDS):
                plurals |= {part} if part[0] not in words else set()
                parts[part][column.name].add(value)
        for by_column in parts.values():
            if len(by_column.get(column.name, ())) == len(values):
                # *The offer*, of a list that calls them *Offer1* to *Offer4*, tells none of them.
                del by_column[column.name]
    for phrase, by_column in parts.items():
        known = lexicon.entries.get(phrase)
        if phrase not in plurals or known is None or not _stands_for_all(known):
            # *Businesses* are the entrepreneurs, and not those in *Business services*.
            _add_part(lexicon, phrase, by_column, names)


def _add_value(
    lexicon: Lexicon,
    column: Column,
    value: str,
    structure: Mapping[Phrase, Entry],
    *,
    are_names: bool,
) -> None:
    words = words_of(value)
    concept = Concept(condition=Is(column=column.name, values=(value,)))
    bent = () if are_names else with_bent_head(tuple(words))
    for phrase in (*with_plural(tuple(words)), *_in_digits(words, lexicon.language), *bent):
        known = lexicon.entries.get(phrase)
        if phrase not in structure and not (known and _decides(known)):
            lexicon.add(phrase, Entry(concepts=(concept,)))
            lexicon.phrases_of_file.add(phrase)
            continue
        _note_capitals(lexicon, phrase, value, concept)
        if phrase in structure and structure[phrase].kinds == {"skip"}:
            # *Table*, which may be furniture: it may not be passed over in silence.
            lexicon.add(phrase, Entry(kinds=frozenset({"value"})))


def _are_names(values: Sequence[str]) -> bool:
    """Whether a column of these values is free text, such as the names of goods."""
    lengths = [len(words_of(each)) for each in values]
    return len(values) > MOST_KINDS and sum(lengths) > MOST_WORDS_OF_A_KIND * len(values)


def _note_capitals(lexicon: Lexicon, phrase: Phrase, value: str, concept: Concept) -> None:
    """*IT*, which is a common word unless it stands in capitals."""
    if len(phrase) == 1 and value.isupper():
        lexicon.capitals[phrase[0]] = Entry(concepts=(concept,))


def _parts(words: Sequence[str], *, are_names: bool) -> Iterator[Phrase]:
    """The words that stand for a longer value, with their plurals.

    Among hundreds of names *orders* are no plural of a *Special Order*.
    """
    if words[0] in _NONE:
        # *Internet* is no part of *No internet service*.
        return
    for word in words if len(words) > 1 else ():
        if len(word) < SHORTEST_PART or not word.isalpha():
            continue
        if not are_names:
            yield from with_plural((word,))
        elif not is_a_heading((word,)):
            yield (word,)


def _in_digits(words: Sequence[str], language: str) -> list[Phrase]:
    """*Two-Door Car*, of which a question has the number in digits."""
    if len(words) == 1 or len(words) > LONGEST_WITH_NUMBER:
        return []
    data = vocabulary(language)
    digits = tuple(each.word for each in tokens(" ".join(words), language, data))
    return [] if digits == tuple(words) else [*with_plural(digits)]


def _decides(entry: Entry) -> bool:
    """Whether the phrase stands for a yes/no column already, which says it better."""
    return any(each.condition is not None and not each.cost for each in entry.concepts) and all(
        isinstance(each.condition, Is) and each.condition.values[0] in ("yes", "no")
        for each in entry.concepts
        if each.condition is not None
    )


def _stands_for_all(entry: Entry) -> bool:
    return any(isinstance(each.condition, Is) and each.condition.values[0] in ("yes", "no")
               for each in entry.concepts)  # fmt: skip


def _add_part(
    lexicon: Lexicon, phrase: Phrase, by_column: dict[str, set[str]], names: set[str]
) -> None:
    """A word of a longer value stands for all values that hold it, where it is no other word.

    Of a column of `names` that is doubtful.
    """
    known = lexicon.entries.get(phrase)
    if known is not None and (known.kinds or all(not each.cost for each in known.concepts)):
        return
    for column, values in by_column.items():
        condition = Is(column=column, values=tuple(sorted(values)))
        cost = 0.1 if known is None else 0.5
        cost = PART_OF_A_NAME if column in names else cost
        lexicon.add(phrase, Entry(concepts=(Concept(condition=condition, cost=cost),)))
        lexicon.phrases_of_file.add(phrase)


def values_of(column: pd.Series) -> list[str]:
    """The values of a column that occur most."""
    return [str(value) for value in column.dropna().astype(str).value_counts().index[:MOST_VALUES]]
