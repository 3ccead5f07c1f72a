"""What the top 10 shares: how often a report claims what is not there, and finds what is.

Usage: python benchmarks/simulate_top10.py [reports per cell, default 1000]
"""

import sys
from datetime import date

import numpy as np

from analysis.chance import seed_of
from analysis.likeness import alike_of
from analysis.top10 import choices_like, shared_traits, top_by_measure
from analysis.traits import traits_of
from benchmarks.tables import top10_table

DAY = date(2026, 1, 1)
TRUE_COLUMNS = {"c0", "c5", "n0"}
CELLS = [
    *((rows, 0.0) for rows in (150, 500, 3_000)),
    *((rows, 1.0) for rows in (150, 500, 3_000)),
    (500, 1.7),
]


def claims(random: np.random.Generator, rows: int, effect: float) -> tuple[int, int]:
    """False and true claims of one report; any claim is false where nothing is planted."""
    clients = top10_table(random, rows, effect)
    assert clients.revenue is not None
    traits, _ = traits_of(clients, DAY, clients.revenue)
    top = top_by_measure(clients.revenue, 10)
    choices = choices_like(top.places, rows, seed_of(clients.revenue))
    alike = alike_of(traits, top.places, choices)
    assert alike is not None
    found = shared_traits(traits, top.places, choices, alike.rival).traits
    clear = [trait for trait in found if trait.verdict == "clear"]
    true = [trait for trait in clear if effect and trait.trait in ("c0 = 1", "c5 = 0")]
    true += [t for t in clear if effect and t.header == "n0" and t.operator == "at_least"]
    false = [t for t in clear if not effect or t.header not in TRUE_COLUMNS]
    return len(false), len(true)


def main() -> None:
    """Print one line per cell."""
    reports = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    print(f"{'clients':>8} {'effect':>7} {'any false':>10} {'true of 3':>10}")
    for rows, effect in CELLS:
        random = np.random.default_rng(7)
        counts = np.array([claims(random, rows, effect) for _ in range(reports)])
        false, true = (counts[:, 0] > 0).mean(), counts[:, 1].mean()
        print(f"{rows:8} {effect:7} {false:10.1%} {true:10.2f}", flush=True)


if __name__ == "__main__":
    main()
