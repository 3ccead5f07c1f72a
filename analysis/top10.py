"""The most important clients, and what they share that others do not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.chance import RANDOM_CHOICES, corrected, random_choices, upper_tails, verdict_of
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
    """The conditions of one column with their counts and tails; unknown clients left out."""

    trait: TraitColumn
    top: np.ndarray
    top_known: int
    tails: np.ndarray
    """P-value of each condition, not corrected: never shown, only the input of the correction."""
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
    rival_p: float = 1.0
    """The corrected p-value of what was tested along with the traits."""

    @property
    def smallest_p(self) -> float:
        """The strength of the strongest claim; 1 where there is none."""
        return min((trait.p_value for trait in self.traits), default=1.0)

    @property
    def profile(self) -> tuple[Condition, ...]:
        """The clear traits, strongest first."""
        clear = [trait for trait in self.traits if trait.verdict == "clear"]
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
    rival: tuple[float, np.ndarray] | None = None,
) -> SharedTraits:
    """Per column its strongest condition in the top, corrected for all that was looked at.

    `traits` hold the eligible clients only, `places` says which of them are the top. Single-step
    min-P of Westfall and Young (1993) over all conditions of all columns. `rival` is one more test
    in the same family: its p-value for the top, and for each of the random choices.
    """
    tested = [_test(trait, places, choices) for trait in traits]
    if not tested:
        return SharedTraits((), (), 0)
    smallest = np.minimum.reduce([column.smallest for column in tested])
    rival_p = 1.0
    if rival is not None:
        smallest = np.minimum(smallest, rival[1])
        rival_p = float(corrected(np.array([rival[0]]), smallest)[0])
    strongest = []
    for column in tested:
        p_values = corrected(column.tails, smallest)
        best = int(np.lexsort((-column.top, column.tails))[0])
        strongest.append((float(p_values[best]), float(column.tails[best]), column, best))
    strongest.sort(key=lambda found: found[:2])
    merged = _merge([(column, best) for _, _, column, best in strongest])
    found = [
        column.shared(best, p_value, same_as)
        for (p_value, _, column, best), same_as in zip(strongest, merged, strict=True)
        if same_as is not None and column.top[best] > 0
    ]
    claimed = {trait.header for trait in found if trait.verdict != "chance"}
    usual = _usual([column for column in tested if column.trait.header not in claimed], smallest)
    count = sum(len(column.trait.conditions) for column in tested)
    return SharedTraits(tuple(found[:MOST_TRAITS]), usual, count, rival_p)


def _test(trait: TraitColumn, places: np.ndarray, choices: np.ndarray) -> _Tested:
    size = len(places)
    conditions = np.arange(len(trait.conditions))
    known = np.full(len(conditions), trait.known)
    tails = upper_tails(known, trait.holders, size)
    in_top = trait.codes[places]
    drawn = trait.codes[choices]
    having = trait.members[drawn].sum(axis=1)
    having_known = (drawn != trait.unknown).sum(axis=1)
    top_known = int((in_top != trait.unknown).sum())
    top = trait.members[in_top].sum(axis=0)
    return _Tested(
        trait,
        top,
        top_known,
        tails[conditions, top_known, top],
        tails[conditions[None, :], having_known[:, None], having].min(axis=1),
    )


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


def _usual(columns: Sequence[_Tested], smallest: np.ndarray) -> tuple[SharedTrait, ...]:
    """What most of the top have, and most others too: said so that nobody takes it for a find."""
    found = []
    for column in columns:
        p_values = corrected(column.tails, smallest)
        for place, condition in enumerate(column.trait.conditions):
            shared = column.shared(place, float(p_values[place]), ())
            if (
                condition.operator == "is"
                and shared.in_top >= USUAL_IN_TOP * max(shared.top_size, 1)
                and shared.in_rest >= USUAL_IN_REST
            ):
                found.append(shared)
    found.sort(key=lambda shared: (-shared.in_top, -shared.in_rest, shared.header))
    return tuple(found[:MOST_USUAL])
