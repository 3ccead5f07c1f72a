"""One piece of a question."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.questions.words.lexicon import (
    Concept,
)
from bot.questions.words.text import NumberUnit


@dataclass(frozen=True)
class Item:
    """One piece of the question. An unknown word has neither kinds, concepts nor a number."""

    words: str
    kinds: frozenset[str] = frozenset()
    concepts: tuple[Concept, ...] = ()
    number: float | None = None
    unit: NumberUnit = ""
    ordinal: bool = False
    cost: float = 0.0

    @property
    def known(self) -> bool:
        return bool(self.kinds or self.concepts or self.number is not None)

    def has(self, *kinds: str) -> bool:
        return not self.kinds.isdisjoint(kinds)


def asks_who(items: Sequence[Item]) -> bool:
    """Whether it asks who they are; *clients who live in Ede* does not.

    Nor does *how many people aged 65 or over who have a mortgage*.
    """
    return any(
        item.has("who")
        and not any(each.has("clients") for each in items[max(0, at - 2) : at])
        and not (item.words == "who" and items[0].has("how_much") and not items[at - 1].has("and"))
        for at, item in enumerate(items)
    )
