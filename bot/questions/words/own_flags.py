"""Columns of kinds that tell yes or no: *Streaming TV* with *Yes*, *No* and *No internet service*.

Their heading says who has it, as that of a column of yes and no alone does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from analysis.clients import Clients
from analysis.columns.plan import Column
from analysis.values.words import yes_or_no
from bot.questions.model import Is
from bot.questions.words.lexicon import Concept, Entry, Lexicon
from bot.questions.words.own_values import values_of


def add_flags(lexicon: Lexicon, columns: Iterable[Column], clients: Clients) -> None:
    """Adds to the headings of such columns what they say of a client."""
    lexicon.flags |= {
        column.name: Is(column=column.name, values=said)
        for column in columns
        if column.kind == "category" and (said := _yes(values_of(clients.cells(column.name))))
    }
    for phrase, entry in lexicon.entries.items():
        if any(each.column in lexicon.flags for each in entry.concepts):
            concepts = with_flags(entry.concepts, lexicon)
            lexicon.entries[phrase] = Entry(entry.kinds, concepts)


def with_flags(concepts: Sequence[Concept], lexicon: Lexicon) -> tuple[Concept, ...]:
    """The concepts; a heading that tells yes or no stands for who has it, too."""
    return tuple(
        replace(each, condition=lexicon.flags[each.column])
        if each.column in lexicon.flags and each.condition is None
        else each
        for each in concepts
    )


def _yes(values: Sequence[str]) -> tuple[str, ...]:
    """The values that say yes, where others say no."""
    said = {value: yes_or_no(value) for value in values}
    both = {True, False} <= set(said.values())
    return tuple(value for value, yes in said.items() if yes) if both else ()
