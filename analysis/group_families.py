"""All groups of one or two traits at once: their rank statistics, and what chance makes of them.

A group's statistic is z = Σ_g (s - mean) / (sd √(n (N - n) / (N - 1))) on normal scores s of ranks.
Shuffling the scores over the clients and searching all over again gives the largest z that chance
alone would have found (max-T; Westfall and Young 1993).
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from analysis.chance import (
    CLEAR,
    HINT,
    SHUFFLES,
    corrected_for_largest,
    normal_quantiles,
    upper_normal,
)
from analysis.findings import Verdict
from analysis.subgroups import sums_by_pair
from analysis.trait_column import TraitColumn

SMALLEST_GROUP = 10
SMALLEST_SHARE = 0.02
LARGE_ENOUGH = 50
"""So many clients are enough for one condition, also where they are less than the share above."""
SHUFFLE_BELOW = 20_000
"""Above so many clients the border is Bonferroni's: as good there, and free."""

FINENESS = 2.0**20

Member = tuple[int, int]
"""A condition: the place of its column, and its place among the column's conditions."""


@dataclass(frozen=True)
class Family:
    """Groups that were searched together, in one direction."""

    members: tuple[tuple[Member, ...], ...]
    statistics: np.ndarray
    p_values: np.ndarray
    borders: dict[Verdict, float]
    """What a statistic must pass to be spoken of."""
    largest: np.ndarray | None
    """The largest statistic of each shuffle; None where the border is Bonferroni's."""

    def p_of(self, statistics: np.ndarray) -> np.ndarray:
        """Corrected p-values, also of groups like these that were not listed."""
        if self.largest is not None:
            return corrected_for_largest(statistics, self.largest)
        tails = [len(self.members) * upper_normal(z) for z in statistics.tolist()]
        return np.asarray(np.minimum(1.0, tails), dtype=float)

    @property
    def smallest_p(self) -> float:
        """The strength of the strongest group; 1 where there is none."""
        return float(self.p_values.min(initial=1.0))


def smallest_of(count: int, conditions: int = 1) -> int:
    """How many clients a group of so many conditions has at least, in a list of `count`.

    Of combinations there are many, each of which raises the border for all. And the border of
    Bonferroni takes the statistic for normal, which where many bring the same takes a large group.
    """
    share = math.ceil(SMALLEST_SHARE * count)
    if conditions == 1 and count <= SHUFFLE_BELOW:
        share = min(share, LARGE_ENOUGH)
    return max(SMALLEST_GROUP, share)


def families_of(
    traits: Sequence[TraitColumn],
    scores: np.ndarray,
    seed: int,
    *,
    depth: int,
    shuffle_below: int = SHUFFLE_BELOW,
) -> tuple[Family, Family]:
    """All groups of up to `depth` (1 or 2) traits that are large enough: high, and low.

    `scores` has one normal score per client of `traits`. In pairs no condition is a negation, nor
    an interval that most clients are in.
    """
    count = len(scores)
    # Whole numbers add up alike in any order, however many threads the algebra takes.
    whole = np.rint(scores * FINENESS)
    shuffle = count <= shuffle_below
    columns = _shuffled(whole, seed) if shuffle else whole[:, None]
    mean, spread = float(whole.mean()), max(float(whole.std()), 1e-300)
    members: list[tuple[Member, ...]] = []
    statistics: list[np.ndarray] = []
    largest = np.full(columns.shape[1], -np.inf)
    smallest = np.full(columns.shape[1], np.inf)
    for part, sizes, sums in _groups(traits, columns, depth):
        if not part:
            continue
        expected = spread * np.sqrt(sizes * (count - sizes) / (count - 1))
        z = (sums - (sizes * mean)[:, None]) / expected[:, None]
        members += part
        statistics.append(z[:, 0])
        np.maximum(largest, z.max(axis=0), out=largest)
        np.minimum(smallest, z.min(axis=0), out=smallest)
    observed = np.concatenate(statistics) if statistics else np.empty(0)
    named = tuple(members)
    return (
        _family(named, observed, largest[1:] if shuffle else None),
        _family(named, -observed, -smallest[1:] if shuffle else None),
    )


def strongest_told_of_others(
    traits: Sequence[TraitColumn], high: Family, low: Family, largest_share: float
) -> float:
    """The strength of what high groups of more than `largest_share` say by the others being low.

    For a group of one condition and the one that all others with a known value meet, the weaker of
    their p-values; of all those the smallest, 1 where there is none.
    """
    singles = {m[0]: place for place, m in enumerate(high.members) if len(m) == 1}
    strengths = [
        max(float(high.p_values[singles[column, one]]), float(low.p_values[singles[column, other]]))
        for column, one in singles
        if traits[column].holders[one] > largest_share * len(traits[column].codes)
        for other in _met_by_all_others(traits[column], one)
        if (column, other) in singles
    ]
    return min(strengths, default=1.0)


def _met_by_all_others(trait: TraitColumn, condition: int) -> list[int]:
    """The conditions that exactly those meet whose value is known and does not meet this one."""
    held = trait.members[:-1][trait.counts[:-1] > 0]
    return np.flatnonzero((held != held[:, [condition]]).all(axis=0)).tolist()


def _shuffled(scores: np.ndarray, seed: int) -> np.ndarray:
    """The scores as they are, and shuffled in each further column."""
    generator = np.random.default_rng(seed)
    columns = np.repeat(scores[:, None], SHUFFLES + 1, axis=1)
    columns[:, 1:] = generator.permuted(columns[:, 1:], axis=0)
    return columns


def _family(
    members: tuple[tuple[Member, ...], ...], statistics: np.ndarray, largest: np.ndarray | None
) -> Family:
    if not members:
        return Family((), statistics, statistics, {"clear": math.inf, "hint": math.inf}, largest)
    if largest is None:
        borders = normal_quantiles(1 - np.array([CLEAR, HINT]) / len(members))
    else:
        borders = np.quantile(largest, [1 - CLEAR, 1 - HINT])
    clear, hint = borders.tolist()
    family = Family(members, statistics, statistics, {"clear": clear, "hint": hint}, largest)
    return replace(family, p_values=family.p_of(statistics))


_Part = tuple[list[tuple[Member, ...]], np.ndarray, np.ndarray]


def _groups(traits: Sequence[TraitColumn], columns: np.ndarray, depth: int) -> Iterator[_Part]:
    """Groups with their sizes and the sums of each column of scores, a part at a time."""
    count = len(columns)
    least = smallest_of(count)
    most = count - least
    for place, trait in enumerate(traits):
        sums = _sums_by(trait.codes, len(trait.members), columns)
        sizes = trait.holders
        enough = np.flatnonzero((sizes >= least) & (sizes <= most))
        yield (
            [((place, c),) for c in enough.tolist()],
            sizes[enough],
            trait.members.T[enough] @ sums,
        )
    if depth > 1:
        least = smallest_of(count, 2)
        yield from _pairs(traits, columns, least, count - least)


def _sums_by(codes: np.ndarray, count: int, columns: np.ndarray) -> np.ndarray:
    """Sums of each column of scores per code, shape (count, columns)."""
    if columns.shape[1] == 1:
        return np.bincount(codes, weights=columns[:, 0], minlength=count)[:, None]
    return np.asarray((codes[None, :] == np.arange(count)[:, None]).astype(float) @ columns)


def _pairs(
    traits: Sequence[TraitColumn], columns: np.ndarray, least: int, most: int
) -> Iterator[_Part]:
    if columns.shape[1] == 1:
        yield from _pairs_unshuffled(traits, columns, least, most)
        return
    starts = np.concatenate([[0], np.cumsum([len(trait.members) for trait in traits])])
    values = np.concatenate([t.codes[None, :] + s for t, s in zip(traits, starts, strict=False)])
    for i, one in enumerate(traits[:-1]):
        width = int(starts[-1] - starts[i + 1])
        cells = np.zeros((len(one.members), width, columns.shape[1]))
        sizes = np.zeros((len(one.members), width), dtype=np.int64)
        for code in range(len(one.members)):
            rows = np.flatnonzero(one.codes == code)
            if rows.size == 0:
                continue
            later = values[i + 1 :, rows] - starts[i + 1]
            holds = np.zeros((width, len(rows)), dtype=float)
            holds[later, np.arange(len(rows))[None, :]] = 1
            cells[code] = holds @ columns[rows]
            sizes[code] = np.bincount(later.ravel(), minlength=width)
        for j in range(i + 1, len(traits)):
            part = slice(int(starts[j] - starts[i + 1]), int(starts[j + 1] - starts[i + 1]))
            yield _pairs_of(i, one, j, traits[j], cells[:, part], sizes[:, part], least, most)


def _pairs_unshuffled(
    traits: Sequence[TraitColumn], columns: np.ndarray, least: int, most: int
) -> Iterator[_Part]:
    """For many clients and one column: a count per pair of codes beats the algebra."""
    amounts = np.ascontiguousarray(columns[:, 0])
    for (i, one), (j, other) in combinations(enumerate(traits), 2):
        shape = (len(one.members), len(other.members))
        sizes, sums = sums_by_pair(one.codes, other.codes, shape, amounts)
        yield _pairs_of(i, one, j, other, sums[:, :, None], sizes, least, most)


def _pairs_of(
    i: int,
    one: TraitColumn,
    j: int,
    other: TraitColumn,
    cells: np.ndarray,
    sizes: np.ndarray,
    least: int,
    most: int,
) -> _Part:
    """The groups of two columns, from the sums and sizes of each pair of their codes."""
    first, second = _narrowing(one), _narrowing(other)
    left, right = one.members[:, first].astype(float), other.members[:, second].astype(float)
    of_pair = np.rint(left.T @ sizes @ right).astype(np.int64)
    enough = np.argwhere((of_pair >= least) & (of_pair <= most))
    if enough.size == 0:
        return [], np.empty(0), np.empty((0, cells.shape[2]))
    half = np.tensordot(left.T, cells, axes=1)
    whole = np.matmul(right.T, half)
    members: list[tuple[Member, ...]] = [
        ((i, int(first[a])), (j, int(second[b]))) for a, b in enough.tolist()
    ]
    chosen = (enough[:, 0], enough[:, 1])
    return members, of_pair[chosen], whole[chosen]


def _narrowing(trait: TraitColumn) -> np.ndarray:
    """The conditions of a column that a pair may have: no negation, no interval of more than half.

    Those narrow little down, and each further pair raises the border for all.
    """
    few = 2 * trait.holders <= trait.known
    return np.array(
        [
            place
            for place, condition in enumerate(trait.conditions)
            if condition.operator == "is" or (condition.operator != "is_not" and few[place])
        ],
        dtype=np.int64,
    )
