"""Which group of clients brings most per client, and which least."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from analysis.chance import (
    CLEAR,
    HINT,
    effect_given_selection,
    normal_scores,
    upper_normal,
    verdict_of,
)
from analysis.findings import Condition, Group, Note, Verdict
from analysis.group_families import (
    Family,
    families_of,
    smallest_of,
    strongest_told_of_others,
)
from analysis.subgroups import BUDGET, best_by_mean
from analysis.sums import exact_sum
from analysis.trait_column import TraitColumn

MOST_OVERLAP = 0.5
MOST_GROUPS = 5
LARGEST_SHARE = 0.5
"""What most clients are is better told of the others, in the other direction."""
MOST_OF_PARENT = 0.95
"""A condition that nearly all who meet the others meet as well, narrows nothing down."""
LEAST_EXPECTED = 1.05
"""A corrected figure nearer to as much as the rest is none to count on."""
MOST_CANDIDATES = 200
MOST_TRIPLES = 100
SHUFFLE_INSIDE_BELOW = 2_000
"""Inside a group so large the border of Bonferroni does: many groups are looked into."""
SUREST: tuple[Verdict, ...] = ("clear", "hint", "chance")
Direction = Literal["high", "low"]


@dataclass(frozen=True)
class _Part:
    """One condition of a group: the place of its column, and which of its codes meet it."""

    place: int
    codes: tuple[bool, ...]
    condition: Condition


@dataclass(frozen=True)
class _Candidate:
    statistic: float
    p_value: float
    parts: tuple[_Part, ...]


def groups_of(
    traits: Sequence[TraitColumn],
    amounts: np.ndarray,
    measure: str,
    seed: int,
    hours: np.ndarray | None = None,
    *,
    notes: list[Note] | None = None,
    budget: int = BUDGET,
) -> tuple[tuple[Group, ...], int]:
    """The groups that bring most and least per client, and how many were looked at.

    `traits`, `amounts` (all known) and `hours` belong to the same clients. A group has one to three
    conditions, at least so many clients as `smallest_of` says, and at most half of all. Groups of
    one and two conditions are tested together, triples after them at the same level, and only where
    one of those is clear. Low groups come last, again at the same level, and are only claimed
    beside a clear high group: one that is told, or one of most clients of whom the others are clear
    as a low group, which is the same finding. That fixed sequence keeps the level of the whole. A
    combination stands only where each condition leaves out at least 5% of the clients that meet the
    others, and counts among them. Where `budget`, in row updates of one search, does not bear all
    triples, the weakest columns have no part in them, and `notes` gets how many.
    """
    scores = normal_scores(amounts)
    if not traits or scores.std() == 0:
        return (), 0
    high, low = families_of(traits, scores, seed, depth=2)
    shared = (traits, amounts, hours, scores, seed, measure, budget)
    highest, lowest = _Direction(*shared, "high", high), _Direction(*shared, "low", low)
    found = highest.groups(0.0)
    told = min((group.p_value for group in found), default=1.0)
    strongest = min(told, strongest_told_of_others(traits, high, low, LARGEST_SHARE))
    found += lowest.groups(strongest if strongest > CLEAR else 0.0)
    left_out = len(highest.left_out | lowest.left_out)
    if notes is not None and left_out:
        notes.append(Note(code="search_left_out", values={"count": left_out}))
    return tuple(found), len(high.members)


class _Direction:
    """The search for groups in one direction, with what it remembers on the way."""

    def __init__(
        self,
        traits: Sequence[TraitColumn],
        amounts: np.ndarray,
        hours: np.ndarray | None,
        scores: np.ndarray,
        seed: int,
        measure: str,
        budget: int,
        direction: Direction,
        family: Family,
    ) -> None:
        self.traits = traits
        self.amounts = amounts
        self.hours = hours
        self.scores = scores if direction == "high" else -scores
        self.seed = seed
        self.measure = measure
        self.budget = budget
        self.left_out: set[int] = set()
        self.direction: Direction = direction
        self.family = family
        self._inside: dict[tuple[_Part, ...], tuple[np.ndarray, np.ndarray, Family]] = {}

    def groups(self, gate: float) -> list[Group]:
        """The claimed groups that stand out most, surest first; else the single best one.

        No group that overlaps much with a surer one, or only narrows it down. Of conditions by
        themselves all that are claimed are weighed: a surer group of lower average may not keep one
        out. Of combinations only the surest, since testing them among their parents takes long.
        """
        chosen: list[tuple[tuple[_Part, ...], np.ndarray]] = []
        groups: list[Group] = []
        for candidate in self._candidates():
            p_value = max(candidate.p_value, gate)
            if groups and verdict_of(p_value) == "chance":
                break
            if len(groups) >= MOST_GROUPS and len(candidate.parts) > 1:
                continue
            holds = self._holds(candidate.parts)
            if holds.mean() > LARGEST_SHARE or any(
                set(parts) <= set(candidate.parts) or _overlap(holds, other) > MOST_OVERLAP
                for parts, other in chosen
            ):
                continue
            if any(holds.sum() > MOST_OF_PARENT * n for n in self._parent_sizes(candidate.parts)):
                continue
            if verdict_of(p_value) != "chance" and not self._beats_parents(candidate.parts):
                continue
            chosen.append((candidate.parts, holds))
            groups.append(self._group(candidate, holds, p_value))
        told = sorted(groups, key=standing)[:MOST_GROUPS]
        return [group for group in groups if group in told]

    def _candidates(self) -> list[_Candidate]:
        """Groups of one and two conditions, and of three where those are clear; surest first.

        Not simply the largest statistic: a triple is one of many more, and what is no more than
        chance may not stand before what is clear.
        """
        order = np.argsort(-self.family.statistics, kind="stable")[:MOST_CANDIDATES]
        singles = [place for place, m in enumerate(self.family.members) if len(m) == 1]
        # A pair may give way to its parent, which need not be among the very best.
        places = dict.fromkeys([*order.tolist(), *singles])
        found = [
            _Candidate(
                float(self.family.statistics[place]),
                float(self.family.p_values[place]),
                tuple(self._part(*member) for member in self.family.members[place]),
            )
            for place in places
        ]
        if self.family.smallest_p <= CLEAR:
            found += self._triples()
        return sorted(found, key=lambda candidate: (candidate.p_value, -candidate.statistic))

    def _part(self, place: int, condition: int) -> _Part:
        trait = self.traits[place]
        codes = tuple(trait.members[:, condition].tolist())
        return _Part(place, codes, trait.conditions[condition])

    def _triples(self) -> list[_Candidate]:
        """The best groups of three values, with the border of Bonferroni over all of them."""
        pieces = [trait.pieces() for trait in self.traits]
        codes = np.stack([piece.codes for piece in pieces], axis=1)
        search = best_by_mean(
            codes,
            self.scores,
            most=MOST_TRIPLES,
            smallest=smallest_of(len(self.scores), 3),
            budget=self.budget,
            only_chosen=True,
        )
        self.left_out.update(search.left_out)
        cells = [len(piece.conditions) for piece in pieces]
        tested = sum(math.prod(trio) for trio in combinations(cells, 3))
        found = []
        for group in search.best:
            if len(group.conditions) < 3:
                continue
            named = [(place, pieces[place], code) for place, code in group.conditions]
            if any(code >= len(piece.conditions) for _, piece, code in named):
                continue
            parts = tuple(
                _Part(place, tuple((piece.piece_of == code).tolist()), piece.conditions[code])
                for place, piece, code in named
            )
            statistic = self._statistic(self._holds(parts), self.scores)
            p_value = max(min(1.0, tested * upper_normal(statistic)), self.family.smallest_p)
            found.append(_Candidate(statistic, p_value, parts))
        return found

    def _holds(self, parts: Sequence[_Part]) -> np.ndarray:
        meets = [np.array(part.codes)[self.traits[part.place].codes] for part in parts]
        return np.asarray(np.logical_and.reduce(meets), dtype=bool)

    @staticmethod
    def _statistic(holds: np.ndarray, scores: np.ndarray) -> float:
        count, size = len(scores), int(holds.sum())
        if not 0 < size < count or scores.std() == 0:
            return 0.0
        expected = scores.std() * math.sqrt(size * (count - size) / (count - 1))
        return float((scores[holds].sum() - size * scores.mean()) / expected)

    def _margin(self, candidate: _Candidate, verdict: Verdict) -> float | None:
        """How much of the effect is left, 0 to 1, when picked groups are known to flatter.

        None for what is no more than chance. That a combination passed tests inside its parents as
        well is left out: counting them shrank too much (measured).
        """
        if verdict == "chance" or candidate.statistic <= 0:
            return None
        left = effect_given_selection(candidate.statistic, self.family.borders[verdict])
        # Far past the border next to nothing is taken off, and rounding must not add to it.
        return min(1.0, left / candidate.statistic)

    def _beats_parents(self, parts: tuple[_Part, ...]) -> bool:
        """Whether each condition counts among the clients that meet all the others.

        At the level of a hint, corrected for all conditions that could have been added: the
        combination as a whole must be clear already.
        """
        return len(parts) == 1 or all(
            float(family.p_of(np.array([statistic]))[0]) <= HINT
            for statistic, family in self._inside_parents(parts)
        )

    def _parent_sizes(self, parts: tuple[_Part, ...]) -> list[int]:
        """Of a combination, the clients that meet all conditions but one, for each of them."""
        if len(parts) == 1:
            return []
        return [int(self._holds(others).sum()) for others in combinations(parts, len(parts) - 1)]

    def _inside_parents(self, parts: tuple[_Part, ...]) -> Iterator[tuple[float, Family]]:
        """Each condition's statistic among the clients that meet the others, and its family.

        The strongest parent comes first: it is there that what adds nothing is found out.
        """
        parents = [(tuple(other for other in parts if other != part), part) for part in parts]
        parents.sort(key=lambda pair: -self._statistic(self._holds(pair[0]), self.scores))
        for parent, part in parents:
            rows, scores, family = self._family_inside(parent)
            yield self._statistic(self._holds((part,))[rows], scores), family

    def _family_inside(self, parent: tuple[_Part, ...]) -> tuple[np.ndarray, np.ndarray, Family]:
        """The clients of a group, their scores, and all single conditions tested among them."""
        if parent not in self._inside:
            rows = np.flatnonzero(self._holds(parent))
            scores = normal_scores(self.amounts[rows])
            among = [trait.among(rows) for trait in self.traits]
            high, low = families_of(
                among, scores, self.seed, depth=1, shuffle_below=SHUFFLE_INSIDE_BELOW
            )
            if self.direction == "high":
                self._inside[parent] = rows, scores, high
            else:
                self._inside[parent] = rows, -scores, low
        return self._inside[parent]

    def _group(self, candidate: _Candidate, holds: np.ndarray, p_value: float) -> Group:
        verdict = verdict_of(p_value)
        figures = _figures(holds, self.amounts)
        margin = self._margin(candidate, verdict)
        expected = _expected_ratio(figures["ratio"], self.direction, margin)
        rest = figures["rest_per_client"]
        ten_more = None
        if expected is not None and rest is not None and self.direction == "high":
            ten_more = 10 * rest * expected
        return Group(
            direction=self.direction,
            measure=self.measure,
            conditions=tuple(part.condition for part in candidate.parts),
            p_value=p_value,
            verdict=verdict,
            expected_ratio=expected,
            ten_more=ten_more,
            per_hour=self._per_hour(holds),
            rest_per_hour=self._per_hour(~holds),
            **figures,
        )

    def _per_hour(self, holds: np.ndarray) -> float | None:
        if self.hours is None:
            return None
        worked = holds & (self.hours > 0)
        hours = exact_sum(self.hours[worked])
        return exact_sum(self.amounts[worked]) / hours if hours > 0 else None


def standing(group: Group) -> tuple[bool, int, float]:
    """High before low, what is clear first, and then what stands out most per client."""
    rising = group.direction == "low"
    return rising, SUREST.index(group.verdict), group.per_client if rising else -group.per_client


def _overlap(one: np.ndarray, other: np.ndarray) -> float:
    """Jaccard: clients in both, of those in either."""
    return float((one & other).sum() / (one | other).sum())


def _figures(holds: np.ndarray, amounts: np.ndarray) -> dict[str, float | int | None]:
    inside, outside = amounts[holds], amounts[~holds]
    total = exact_sum(inside)
    whole = exact_sum(amounts)
    per_client, rest = total / len(inside), exact_sum(outside) / len(outside)
    return {
        "size": len(inside),
        "per_client": per_client,
        "rest_per_client": rest,
        "ratio": per_client / rest if per_client > 0 and rest > 0 else None,
        "total": total,
        "share": total / whole if whole > 0 else None,
    }


def _expected_ratio(
    ratio: float | None, direction: Direction, margin: float | None
) -> float | None:
    """The plain ratio corrected for having been picked: exp(log-ratio × margin).

    None without a ratio or a margin, and where less than `LEAST_EXPECTED` is left of it in the
    direction of the group: averages, unlike ranks, may even point the other way.
    """
    if ratio is None or margin is None:
        return None
    corrected = ratio**margin
    counts = corrected > LEAST_EXPECTED if direction == "high" else corrected < 1 / LEAST_EXPECTED
    return corrected if counts else None
