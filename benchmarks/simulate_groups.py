"""Which group brings most: how often the claim is right, and how near the printed figure is.

Usage: python benchmarks/simulate_groups.py [reports per cell, default 400] [seed, default 11]

The figure is compared in two ways, by geometric means. Over *all* claims one without a figure
counts as 1: whoever reads none expects no difference, and the correction has its floor there, so
that leaving it out would judge only the higher estimates. Over the claims that *tell* a figure it
is what a reader sees in print.
"""

import sys
from collections.abc import Sequence
from datetime import date

import numpy as np

from analysis.added_value import groups_of
from analysis.chance import seed_of
from analysis.findings import Condition, Group
from analysis.traits import traits_of
from benchmarks.tables import Planted, group_table

DAY = date(2026, 1, 1)
CELLS = [(300, 0.0), (1_000, 0.0), (300, 2.5), (1_000, 2.5), (1_000, 1.6)]


def holds(planted: Planted, condition: Condition) -> np.ndarray:
    """Which clients meet a condition, straight from the table."""
    values = planted.clients.table[condition.header]
    if condition.operator in ("is", "is_not"):
        return np.asarray((values == condition.value) == (condition.operator == "is"))
    assert isinstance(condition.value, float)
    if condition.operator == "below":
        return np.asarray(values < condition.value)
    upper = np.inf if condition.upper is None else condition.upper
    return np.asarray((values >= condition.value) & (values < upper))


def true_ratio(planted: Planted, group: Group, *, against_all: bool) -> float:
    """What was planted: expected revenue inside, against all clients or those outside."""
    inside = np.logical_and.reduce([holds(planted, c) for c in group.conditions])
    raised = 1 + (planted.effect - 1) * planted.special if planted.effect else np.ones(len(inside))
    return float(raised[inside].mean() / (raised if against_all else raised[~inside]).mean())


def best_claim(planted: Planted) -> tuple[Group | None, bool]:
    """The best clear high group, if any; and whether any group at all is claimed."""
    clients = planted.clients
    assert clients.revenue is not None
    traits, _ = traits_of(clients, DAY, clients.revenue)
    groups, _ = groups_of(traits, clients.revenue, "revenue", seed_of(clients.revenue))
    clear = [group for group in groups if group.verdict == "clear"]
    return next((g for g in clear if g.direction == "high"), None), bool(clear)


def compared(said: Sequence[float], truth: Sequence[float]) -> str:
    """Both as geometric means, with the standard error of their quotient."""
    if len(said) < 2:
        return "-"
    off = np.log(said) - np.log(truth)
    error = off.std(ddof=1) / len(off) ** 0.5
    return f"{np.exp(np.log(said).mean()):.2f}  {np.exp(np.log(truth).mean()):.2f} ± {error:.0%}"


def main() -> None:
    """Print one line per cell: claims, right and false ones, and the figure against the truth."""
    reports = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 11
    print("clients effect  claims   right   false | all: said  true  ± | told: said  true  ±")
    for rows, effect in CELLS:
        random = np.random.default_rng(seed)
        claimed = right = 0
        said: list[float | None] = []
        truth: list[float] = []
        for _ in range(reports):
            planted = group_table(random, rows, effect)
            best, claimed_any = best_claim(planted)
            claimed += claimed_any
            if best is None or not effect:
                continue
            highest = effect / (1 + (effect - 1) * planted.special.mean())
            right += true_ratio(planted, best, against_all=True) > 1 + 0.2 * (highest - 1)
            said.append(best.expected_ratio)
            truth.append(true_ratio(planted, best, against_all=False))
        false = claimed if not effect else len(said) - right
        told = [(one, true) for one, true in zip(said, truth, strict=True) if one is not None]
        print(
            f"{rows:7} {effect:6} {claimed / reports:7.1%} {right / reports:7.1%}"
            f" {false / reports:7.1%} | {compared([one or 1.0 for one in said], truth)}"
            f" | {compared([one for one, _ in told], [true for _, true in told])}",
            flush=True,
        )


if __name__ == "__main__":
    main()
