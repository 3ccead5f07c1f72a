"""Which group of clients brings most per client, and which least."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.chance import (
    CLEAR,
    HINT,
    SHUFFLES,
    corrected_for_largest,
    effect_given_selection,
    normal_quantiles,
    normal_scores,
    upper_normal,
    verdict_of,
)
from analysis.findings import Group, Verdict
from analysis.sums import exact_sum
from analysis.traits import TraitColumn

SMALLEST_GROUP = 10
SMALLEST_SHARE = 0.02
MOST_OVERLAP = 0.5
MOST_GROUPS = 5
SHUFFLE_BELOW = 20_000
"""Above so many clients the border is Bonferroni's: as good there, and free."""


@dataclass(frozen=True)
class _Family:
    """All groups of one search in one direction: statistics, and what chance alone gives."""

    members: tuple[tuple[TraitColumn, int], ...]
    statistics: np.ndarray
    p_values: np.ndarray
    borders: dict[Verdict, float]


def groups_of(
    traits: Sequence[TraitColumn], amounts: np.ndarray, measure: str, seed: int
) -> tuple[tuple[Group, ...], int]:
    """The groups that bring most and least per client, and how many were looked at.

    `traits` and `amounts` (all known) belong to the same clients. A group has one condition, at
    least 10 clients and 2% of all. Low groups are tested after high ones, at the same level, and
    only where a high one is clear: a fixed sequence, which keeps the level of the whole.
    """
    members = _large_enough(traits, len(amounts))
    if not members:
        return (), 0
    scores = normal_scores(amounts)
    if scores.std() == 0:
        return (), len(members)
    statistics = _statistics(members, scores[:, None])[:, 0]
    random = None
    if len(amounts) <= SHUFFLE_BELOW:
        random = _statistics(members, _shuffled(scores, seed))
    high = _family(members, statistics, random)
    low = _family(members, -statistics, None if random is None else -random)
    gate = float(high.p_values.min())
    found = _best(high, amounts, measure, "high", 0.0)
    found += _best(low, amounts, measure, "low", gate if gate > CLEAR else 0.0)
    return tuple(found), len(members)


def _large_enough(traits: Sequence[TraitColumn], count: int) -> tuple[tuple[TraitColumn, int], ...]:
    smallest = max(SMALLEST_GROUP, math.ceil(SMALLEST_SHARE * count))
    return tuple(
        (trait, condition)
        for trait in traits
        for condition, holders in enumerate(trait.holders.tolist())
        if smallest <= holders <= count - smallest
    )


def _shuffled(scores: np.ndarray, seed: int) -> np.ndarray:
    generator = np.random.default_rng(seed)
    columns = np.repeat(scores[:, None], SHUFFLES, axis=1)
    return generator.permuted(columns, axis=0)


def _statistics(members: Sequence[tuple[TraitColumn, int]], scores: np.ndarray) -> np.ndarray:
    """z = Σ_g (s - mean) / (sd √(n_g (N - n_g) / (N - 1))), shape (groups, columns of scores)."""
    count, columns = scores.shape
    centred = scores - scores.mean(axis=0)
    spread = scores.std(axis=0)
    sums: dict[int, np.ndarray] = {}
    statistics = np.empty((len(members), columns))
    for place, (trait, condition) in enumerate(members):
        if id(trait) not in sums:
            codes = len(trait.members)
            per_code = np.empty((codes, columns))
            for column in range(columns):
                per_code[:, column] = np.bincount(trait.codes, centred[:, column], codes)
            sums[id(trait)] = per_code
        holders = int(trait.holders[condition])
        total = trait.members[:, condition] @ sums[id(trait)]
        statistics[place] = total / (spread * math.sqrt(holders * (count - holders) / (count - 1)))
    return statistics


def _family(
    members: tuple[tuple[TraitColumn, int], ...],
    statistics: np.ndarray,
    random: np.ndarray | None,
) -> _Family:
    if random is None:
        tested = len(members)
        p_values = np.array([min(1.0, tested * upper_normal(z)) for z in statistics.tolist()])
        clear, hint = normal_quantiles(1 - np.array([CLEAR, HINT]) / tested).tolist()
    else:
        largest = random.max(axis=0)
        p_values = corrected_for_largest(statistics, largest)
        clear, hint = np.quantile(largest, [1 - CLEAR, 1 - HINT]).tolist()
    return _Family(members, statistics, p_values, {"clear": clear, "hint": hint})


def _best(
    family: _Family,
    amounts: np.ndarray,
    measure: str,
    direction: Literal["high", "low"],
    gate: float,
) -> list[Group]:
    """The claimed groups that do not overlap, else the single best one for what it is."""
    order = np.argsort(-family.statistics, kind="stable")
    chosen: list[np.ndarray] = []
    groups: list[Group] = []
    for place in order.tolist():
        p_value = max(float(family.p_values[place]), gate)
        if len(groups) == MOST_GROUPS or (groups and verdict_of(p_value) == "chance"):
            break
        trait, condition = family.members[place]
        holds = trait.holds(condition)
        if any(_overlap(holds, other) > MOST_OVERLAP for other in chosen):
            continue
        chosen.append(holds)
        groups.append(
            Group(
                direction=direction,
                measure=measure,
                conditions=(trait.conditions[condition],),
                p_value=p_value,
                verdict=verdict_of(p_value),
                **_figures(holds, amounts),
                expected_ratio=_expected_ratio(
                    holds, amounts, float(family.statistics[place]), family.borders, p_value
                ),
            )
        )
    return groups


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
    holds: np.ndarray,
    amounts: np.ndarray,
    statistic: float,
    borders: dict[Verdict, float],
    p_value: float,
) -> float | None:
    """The ratio corrected for having been picked: exp(log-ratio · μ / z).

    The log-ratio is that of geometric means where all amounts are positive, else of plain means.
    """
    verdict = verdict_of(p_value)
    if verdict == "chance":
        return None
    inside, outside = amounts[holds], amounts[~holds]
    if (amounts > 0).all():
        log_ratio = float(np.log(inside).mean() - np.log(outside).mean())
    elif inside.mean() > 0 and outside.mean() > 0:
        log_ratio = math.log(inside.mean() / outside.mean())
    else:
        return None
    effect = effect_given_selection(statistic, borders[verdict])
    return math.exp(log_ratio * effect / statistic)
