"""The most important clients, and what they share that others do not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.chance import (
    RANDOM_CHOICES,
    corrected,
    random_choices,
    upper_normal,
    upper_tails,
    verdict_of,
)
from analysis.clients import Clients
from analysis.findings import Condition, SharedTrait, TopClient
from analysis.trait_column import TraitColumn

MOST_TRAITS = 30
MOST_USUAL = 3
MOST_IN_PROFILE = 4
LARGE_TOP = 25
RANDOM_CHOICES_OF_MANY = 499
USUAL_IN_TOP = 0.7
USUAL_IN_REST = 0.5
LEAST_LIFT = 1.25
"""Below it nobody would take a trait for a find, so that it need not be called chance."""
FEWEST_SHARING = 0.4
"""What fewer of the top have is nothing that they share, however rare it is elsewhere."""
NEARLY_ALL = 0.8
"""What so many clients have sets nobody apart: `not from Ede`."""
MOST_LOST_BY_TIES = 1 / 8
"""Of the variance of ranks; one value that half of the clients have takes as much. Beyond it a sum
of ten ranks is too skewed to be measured against the normal distribution."""


@dataclass(frozen=True)
class Top:
    """The top: positions of clients, best first, and of all that could have stood in it."""

    members: np.ndarray
    eligible: np.ndarray
    chosen_by: Literal["measure", "hand"]
    amounts: np.ndarray | None
    """What clients were ordered by, one amount per client."""

    @property
    def places(self) -> np.ndarray:
        """Where the members stand among the eligible, in ascending order."""
        return np.flatnonzero(np.isin(self.eligible, self.members))

    @property
    def tied_at_border(self) -> int:
        """Clients outside the top with the amount of its last member."""
        if self.chosen_by == "hand" or self.amounts is None or self.members.size == 0:
            return 0
        alike = self.amounts == self.amounts[self.members[-1]]
        alike[self.members] = False
        return int(alike.sum())


def top_by_measure(amounts: np.ndarray, size: int) -> Top:
    """The `size` clients with the largest known amounts; on a tie the earlier in the file."""
    eligible = np.flatnonzero(~np.isnan(amounts))
    order = np.argsort(-amounts[eligible], kind="stable")[:size]
    return Top(eligible[order], eligible, "measure", amounts)


def top_by_hand(clients: Clients, chosen: Sequence[str], amounts: np.ndarray | None) -> Top:
    """The clients with these ids, in the order named, each once; unknown ids are passed over."""
    place = {client: position for position, client in enumerate(clients.ids)}
    named = dict.fromkeys(place[client] for client in chosen if client in place)
    members = np.fromiter(named, dtype=np.int64, count=len(named))
    return Top(members, np.arange(len(clients)), "hand", amounts)


def top_clients(clients: Clients, top: Top, total: float | None) -> tuple[TopClient, ...]:
    """The members of the top with their figures; `total` is all revenue."""

    def at(values: np.ndarray | None, position: int) -> float | None:
        return None if values is None or np.isnan(values[position]) else float(values[position])

    listed = []
    for position in top.members.tolist():
        revenue = at(clients.revenue, position)
        share = revenue / total if revenue is not None and total and total > 0 else None
        hours = at(clients.hours, position)
        listed.append(
            TopClient(
                client=str(clients.ids.iloc[position]),
                revenue=revenue,
                cost=at(clients.cost, position),
                share=share,
                amount=at(top.amounts, position),
                revenue_per_hour=revenue / hours if revenue is not None and hours else None,
            )
        )
    return tuple(listed)


@dataclass(frozen=True)
class _Tested:
    """The conditions of one column with their counts and p-values; unknown clients left out.

    The p-values are not corrected: never shown, only the input of the correction.
    """

    trait: TraitColumn
    top: np.ndarray
    top_known: int
    tails: np.ndarray
    """P-value of each condition by itself: P(as many of the top or more have it)."""
    p_values: np.ndarray
    """P-value of each condition in the test of its column: that of the ranks where there is one."""
    smallest: np.ndarray
    """Smallest p-value of the column in each random choice."""

    def shared(self, condition: int, p_value: float, same_as: tuple[str, ...]) -> SharedTrait:
        """The finding on this condition."""
        having, drawn = int(self.top[condition]), self.top_known
        holders, known = int(self.trait.holders[condition]), self.trait.known
        rest = (holders - having) / (known - drawn) if known > drawn else 0.0
        return SharedTrait(
            **self.trait.conditions[condition].model_dump(),
            in_top=having,
            top_size=drawn,
            in_rest=rest,
            in_all=holders / known,
            lift=having / drawn / rest if rest > 0 and drawn > 0 else None,
            p_value=p_value,
            verdict=verdict_of(p_value),
            same_as=same_as,
        )


@dataclass(frozen=True)
class SharedTraits:
    """What the top shares, what is only usual, and how many conditions were looked at."""

    traits: tuple[SharedTrait, ...]
    usual: tuple[SharedTrait, ...]
    tested: int

    @property
    def smallest_p(self) -> float:
        """The strength of the strongest claim; 1 where there is none."""
        return min((trait.p_value for trait in self.traits), default=1.0)

    @property
    def profile(self) -> tuple[Condition, ...]:
        """The clear traits that at least half of the top have, strongest first."""
        clear = [t for t in self.traits if t.verdict == "clear" and 2 * t.in_top >= t.top_size]
        bare = set(Condition.model_fields)
        return tuple(
            Condition(**trait.model_dump(include=bare)) for trait in clear[:MOST_IN_PROFILE]
        )


def choices_like(places: np.ndarray, population: int, seed: int) -> np.ndarray:
    """Random choices of as many clients as the top has: what every claim is held against."""
    count = RANDOM_CHOICES if len(places) <= LARGE_TOP else RANDOM_CHOICES_OF_MANY
    return random_choices(seed, population, len(places), count)


def shared_traits(
    traits: Sequence[TraitColumn],
    places: np.ndarray,
    choices: np.ndarray,
    share_of_level: float = 1.0,
) -> SharedTraits:
    """Per column its strongest condition that the top shares, corrected for all that was looked at.

    `traits` hold the eligible clients only, `places` says which of them are the top. Single-step
    min-P of Westfall and Young (1993) over all columns: over all conditions of each, or for numbers
    over the two directions of Wilcoxon's rank-sum test, which sees a shift that no single cut may
    show. A condition on a number is then no stronger than it is by itself. Corrected p-values are
    divided by `share_of_level`, where something else takes the remaining share of the level.
    """
    tested = [_test(trait, places, choices) for trait in traits]
    if not tested:
        return SharedTraits((), (), 0)
    smallest = np.minimum.reduce([column.smallest for column in tested])
    strongest = []
    for column in tested:
        p_values = _corrected(column, smallest, share_of_level)
        best = _strongest(column)
        if best is not None:
            strongest.append((float(p_values[best]), float(column.p_values[best]), column, best))
    strongest.sort(key=lambda found: found[:2])
    merged = _merge([(column, best) for _, _, column, best in strongest])
    found = [
        column.shared(best, p_value, same_as)
        for (p_value, _, column, best), same_as in zip(strongest, merged, strict=True)
        if same_as is not None
    ]
    found = [trait for trait in found if trait.verdict != "chance" or _stands_out(trait)]
    claimed = {trait.header for trait in found if trait.verdict != "chance"}
    others = [column for column in tested if column.trait.header not in claimed]
    usual = _usual(others, smallest, share_of_level)
    count = sum(len(column.trait.conditions) for column in tested)
    return SharedTraits(tuple(found[:MOST_TRAITS]), usual, count)


def _strongest(column: _Tested) -> int | None:
    """The condition that is told: of those that enough of the top have, and not nearly everybody.

    Choosing among fewer than were tested keeps the correction on the safe side.
    """
    shared = (column.top > 0) & (column.top >= FEWEST_SHARING * column.top_known)
    shared &= column.trait.holders < NEARLY_ALL * column.trait.known
    order = np.lexsort((-column.top, column.tails, column.p_values, ~shared))
    return int(order[0]) if shared.any() else None


def _corrected(column: _Tested, smallest: np.ndarray, share_of_level: float) -> np.ndarray:
    """The corrected p-values of a column's conditions, none below its p-value by itself."""
    p_values = corrected(column.p_values, smallest) / share_of_level
    return np.asarray(np.clip(p_values, column.tails, 1.0), dtype=float)


def _test(trait: TraitColumn, places: np.ndarray, choices: np.ndarray) -> _Tested:
    size = len(places)
    conditions = np.arange(len(trait.conditions))
    known = np.full(len(conditions), trait.known)
    tails = upper_tails(known, trait.holders, size)
    in_top = trait.codes[places]
    drawn = trait.codes[choices]
    top_known = int((in_top != trait.unknown).sum())
    top = trait.members[in_top].sum(axis=0)
    own = tails[conditions, top_known, top]
    by_rank = _rank_sums(trait, np.vstack([places[None, :], choices]))
    if by_rank is not None:
        upward = np.array([condition.operator == "at_least" for condition in trait.conditions])
        sum_of_top = float(by_rank[0])
        p_values = np.where(upward, upper_normal(sum_of_top), upper_normal(-sum_of_top))
        smallest = np.array([upper_normal(z) for z in np.abs(by_rank[1:]).tolist()])
        return _Tested(trait, top, top_known, own, p_values, smallest)
    having = trait.members[drawn].sum(axis=1)
    having_known = (drawn != trait.unknown).sum(axis=1)
    smallest = tails[conditions[None, :], having_known[:, None], having].min(axis=1)
    return _Tested(trait, top, top_known, own, own, smallest)


def _rank_sums(trait: TraitColumn, choices: np.ndarray) -> np.ndarray | None:
    """The standardised rank sum of each choice of clients (Wilcoxon 1945), shape (choices,).

    Mid-ranks, their variance corrected for ties; the unknown are left out. 0 where none or all of
    the known are drawn. None where the column is no number, or has too many ties.
    """
    if trait.numbers is None:
        return None
    ascending = np.sort(trait.numbers[~np.isnan(trait.numbers)])
    count = len(ascending)
    ends = np.flatnonzero(np.append(ascending[1:] != ascending[:-1], True)[:count])
    tied = np.diff(ends, prepend=-1).astype(float)
    without_ties = (count**2 - 1) / 12
    variance = without_ties - float((tied**3 - tied).sum()) / (12 * max(count, 1))
    if count < 2 or variance < (1 - MOST_LOST_BY_TIES) * without_ties:
        return None
    values = trait.numbers[choices]
    known = ~np.isnan(values)
    below_and_up_to = sum(ascending.searchsorted(values, side) for side in ("left", "right"))
    sums = np.where(known, (below_and_up_to - count) / 2, 0.0).sum(axis=1)
    drawn = known.sum(axis=1)
    spread = np.sqrt(variance * drawn * (count - drawn) / (count - 1))
    return np.asarray(np.divide(sums, spread, out=np.zeros_like(sums), where=spread > 0))


def _merge(strongest: Sequence[tuple[_Tested, int]]) -> list[tuple[str, ...] | None]:
    """Headings that say the same of exactly the same clients; None for those merged away."""
    same_as: list[tuple[str, ...] | None] = [()] * len(strongest)
    for place, (column, condition) in enumerate(strongest):
        for earlier, (other, other_condition) in enumerate(strongest[:place]):
            if same_as[earlier] is None or (
                column.trait.holders[condition] != other.trait.holders[other_condition]
                or column.top[condition] != other.top[other_condition]
            ):
                continue
            if np.array_equal(column.trait.holds(condition), other.trait.holds(other_condition)):
                same_as[earlier] = (*(same_as[earlier] or ()), column.trait.header)
                same_as[place] = None
                break
    return same_as


def _stands_out(shared: SharedTrait) -> bool:
    """Whether a trait of no more than chance seems a find; what most clients have never does."""
    return not _is_usual(shared) and (shared.lift is None or shared.lift >= LEAST_LIFT)


def _is_usual(shared: SharedTrait) -> bool:
    of_top = shared.in_top >= USUAL_IN_TOP * max(shared.top_size, 1)
    return of_top and shared.in_rest >= USUAL_IN_REST


def _usual(
    columns: Sequence[_Tested], smallest: np.ndarray, share_of_level: float
) -> tuple[SharedTrait, ...]:
    """What most of the top have, and most others too: said so that nobody takes it for a find."""
    found = []
    for column in columns:
        p_values = _corrected(column, smallest, share_of_level)
        for place, condition in enumerate(column.trait.conditions):
            shared = column.shared(place, float(p_values[place]), ())
            if condition.operator == "is" and _is_usual(shared):
                found.append(shared)
    found.sort(key=lambda shared: (-shared.in_top, -shared.in_rest, shared.header))
    return tuple(found[:MOST_USUAL])
