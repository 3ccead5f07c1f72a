"""The whole of `segment()`: seconds by the number of clients, 20 traits, plain and compiled.

Usage: python benchmarks/bench_segment.py [clients …]    (default 1000 10000 100000)
"""

import sys
import time
from datetime import date

import numpy as np

from analysis.segmentation import segment
from analysis.subgroups import warm
from benchmarks.tables import top10_table

DAY = date(2026, 1, 1)


def seconds(rows: int) -> float:
    """The better of two runs on a table with a pattern."""
    clients = top10_table(np.random.default_rng(1), rows, 1.0)
    taken = []
    for _ in range(2):
        start = time.perf_counter()
        segment(clients, DAY)
        taken.append(time.perf_counter() - start)
    return min(taken)


def main() -> None:
    """Print one line per size, first as a cold process answers and then as a warm worker does."""
    sizes = [int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000]
    for path in ("plain", "compiled"):
        if path == "compiled":
            warm()
        for rows in sizes:
            taken = seconds(rows)
            print(f"{path:9} {rows:8} clients {taken:7.3f} s {taken / rows * 1e6:8.1f} µs each")


if __name__ == "__main__":
    main()
