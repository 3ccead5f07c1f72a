"""What the top 10 shares: how often a report claims what is not there, and finds what is.

Usage: python benchmarks/simulate_top10.py [reports per cell, default 1000] [seed, default 7]
"""

import sys
from datetime import date

import numpy as np

from analysis.chance import seed_of
from analysis.likeness import SHARE_OF_LEVEL
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
    found = shared_traits(traits, top.places, choices, 1 - SHARE_OF_LEVEL).traits
    clear = [trait for trait in found if trait.verdict == "clear"]
    true = [trait for trait in clear if effect and trait.trait in ("c0 = 1", "c5 = 0")]
    true += [t for t in clear if effect and t.header == "n0" and t.operator == "at_least"]
    false = [t for t in clear if not effect or t.header not in TRUE_COLUMNS]
    return len(false), len(true)


def main() -> None:
    """Print one line per cell."""
    reports = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    print("clients effect  any false (± error)  true of 3 (± error)")
    for rows, effect in CELLS:
        random = np.random.default_rng(seed)
        counts = np.array([claims(random, rows, effect) for _ in range(reports)])
        false, true = counts[:, 0] > 0, counts[:, 1]
        errors = false.std() / reports**0.5, true.std() / reports**0.5
        print(
            f"{rows:7} {effect:6} {false.mean():10.1%} ± {errors[0]:.1%}"
            f" {true.mean():13.2f} ± {errors[1]:.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
