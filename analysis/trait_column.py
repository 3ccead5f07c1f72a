"""One column as a partition of the clients, and the conditions that can be put to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from analysis.cuts import number_as_text
from analysis.findings import Condition

MOST_PIECES = 6
MOST_OF_ONE_FACT = 0.95


@dataclass(frozen=True)
class TraitColumn:
    """One column as a partition of the clients, and what can be said of it.

    `codes` (clients,) holds a number below `len(members)`; the last one stands for *unknown*.
    `members` (codes, conditions) is True where clients with that code meet the condition; nobody
    unknown meets any. `numbers` holds the value itself where it is one, NaN for unknown.
    """

    header: str
    derived: str | None
    codes: np.ndarray
    members: np.ndarray
    conditions: tuple[Condition, ...]
    numbers: np.ndarray | None = None

    @property
    def unknown(self) -> int:
        """The code of clients without a value."""
        return len(self.members) - 1

    @cached_property
    def counts(self) -> np.ndarray:
        """Clients per code."""
        return np.bincount(self.codes, minlength=len(self.members))

    @property
    def known(self) -> int:
        """Clients with a value."""
        return int(self.counts[:-1].sum())

    @cached_property
    def holders(self) -> np.ndarray:
        """Clients per condition."""
        return np.asarray(self.counts @ self.members, dtype=np.int64)

    def holds(self, condition: int) -> np.ndarray:
        """Which clients meet this condition."""
        return np.asarray(self.members[self.codes, condition], dtype=bool)

    def among(self, clients: np.ndarray) -> "TraitColumn":
        """The same column for some of the clients (positions or a mask)."""
        numbers = None if self.numbers is None else self.numbers[clients]
        return TraitColumn(
            self.header, self.derived, self.codes[clients], self.members, self.conditions, numbers
        )

    def pieces(self) -> "Pieces":
        """The column as a partition of few pieces, each with its condition.

        Categories are pieces of their own; intervals are joined until at most six are left.
        """
        count = self.unknown
        if not any(condition.operator in ("at_least", "below") for condition in self.conditions):
            named = [c for c in self.conditions if c.operator == "is"]
            piece_of = np.minimum(np.arange(len(self.members)), len(named))
            return Pieces(piece_of[self.codes].astype(np.uint8), piece_of, tuple(named))
        wide = -(-count // MOST_PIECES)
        piece_of = np.arange(len(self.members)) // wide
        last = (count - 1) // wide
        piece_of[-1] = last + 1
        cuts = [condition for condition in self.conditions if condition.operator == "at_least"]
        named = [
            self._interval(cuts, piece * wide, (piece + 1) * wide) for piece in range(last + 1)
        ]
        return Pieces(piece_of[self.codes].astype(np.uint8), piece_of, tuple(named))

    def _interval(self, cuts: Sequence[Condition], start: int, end: int) -> Condition:
        """From the cut before code `start` to the one before `end`."""
        if start == 0:
            below = [c for c in self.conditions if c.operator == "below"]
            return below[end - 1]
        low = cuts[start - 1]
        if end > len(cuts):
            return low
        high = cuts[end - 1]
        if isinstance(low.value, float) and isinstance(high.value, float):
            text = f"{low.trait} < {number_as_text(high.value)}"
            update = {"operator": "between", "trait": text, "upper": high.value}
        else:
            text = f"{low.trait} < {high.value}"
            update = {"operator": "between", "trait": text, "upper_value": high.value}
        return low.model_copy(update=update)


def known_among(traits: Sequence[TraitColumn], clients: np.ndarray) -> list[TraitColumn]:
    """The columns for some of the clients (positions or a mask), as far as one of them is known."""
    among = (trait.among(clients) for trait in traits)
    return [trait for trait in among if trait.known]


def column_of(condition: Condition, traits: Sequence[TraitColumn]) -> tuple[TraitColumn, int]:
    """The column that a condition was made of, and its place there."""
    return next(
        (trait, place)
        for trait in traits
        for place, known in enumerate(trait.conditions)
        if (known.header, known.trait) == (condition.header, condition.trait)
    )


def is_one_fact(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether nearly all clients of one of two sets are in the other: a place and its postcode."""
    return bool((one & other).sum() >= MOST_OF_ONE_FACT * min(one.sum(), other.sum()))


@dataclass(frozen=True)
class Pieces:
    """A partition of the clients: `codes` per client, `piece_of` per code of the column, and the
    condition of each piece; codes beyond those (unknown, rare) have none."""

    codes: np.ndarray
    piece_of: np.ndarray
    conditions: tuple[Condition, ...]
