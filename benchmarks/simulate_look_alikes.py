"""Look-alikes: how many of the first twenty are of the hidden type that makes a client valuable.

Usage: python benchmarks/simulate_look_alikes.py [runs per cell, default 100] [seed, default 9]
"""

import sys
from datetime import date

import numpy as np

from analysis.chance import seed_of
from analysis.look_alikes import look_alikes
from analysis.top10 import top_by_measure
from analysis.traits import traits_of
from benchmarks.tables import look_alike_table

DAY = date(2026, 1, 1)
CELLS = [(rows, strength) for rows in (300, 2_000) for strength in (0.0, 0.5, 0.8)]


def precision(random: np.random.Generator, rows: int, strength: float) -> float:
    """The share of the first twenty look-alikes that are of the hidden type."""
    clients, ideal = look_alike_table(random, rows, strength)
    assert clients.revenue is not None
    traits, _ = traits_of(clients, DAY, clients.revenue)
    top = top_by_measure(clients.revenue, 10)
    found = look_alikes(traits, clients.revenue, top.places, seed_of(clients.revenue))
    return float(ideal[[position for position, _ in found]].mean())


def main() -> None:
    """Print one line per cell."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 9
    print("clients strength precision@20 (± error)")
    for rows, strength in CELLS:
        random = np.random.default_rng(seed)
        found = np.array([precision(random, rows, strength) for _ in range(runs)])
        error = found.std() / runs**0.5
        print(f"{rows:7} {strength:8} {found.mean():12.3f} ± {error:.3f}", flush=True)


if __name__ == "__main__":
    main()
