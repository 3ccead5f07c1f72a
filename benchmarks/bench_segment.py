"""The whole of `segment()`: seconds by the number of clients, 20 traits, plain and compiled.

Usage: python benchmarks/bench_segment.py [clients …]    (default 1000 10000 100000)
       python benchmarks/bench_segment.py wide [clients]    (80 traits, default 1000000 clients:
                                                           seconds, memory and what was left out)
"""

import resource
import sys
import time
from datetime import date

import numpy as np

from analysis.segmentation import segment
from analysis.subgroups import warm
from benchmarks.tables import joined, top10_table

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


def wide(rows: int) -> None:
    """One run on four tables side by side, as a warm worker does it."""
    random = np.random.default_rng(1)
    clients = joined([top10_table(random, rows, 1.0) for _ in range(4)])
    warm()
    start = time.perf_counter(), time.process_time()
    findings = segment(clients, DAY)
    taken = time.perf_counter() - start[0], time.process_time() - start[1]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    left_out = [note.values for note in findings.notes if note.code == "search_left_out"]
    print(f"{rows} clients x {len(clients.columns)} traits: {taken[0]:.1f} s")
    print(f"of which on the processor {taken[1]:.1f} s; peak memory {peak:.0f} MB")
    print(f"told as left out: {left_out}; groups: {len(findings.groups)}")


def main() -> None:
    """Print one line per size, first as a cold process answers and then as a warm worker does."""
    if sys.argv[1:2] == ["wide"]:
        wide(int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000)
        return
    sizes = [int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000]
    for path in ("plain", "compiled"):
        if path == "compiled":
            warm()
        for rows in sizes:
            taken = seconds(rows)
            print(f"{path:9} {rows:8} clients {taken:7.3f} s {taken / rows * 1e6:8.1f} µs each")


if __name__ == "__main__":
    main()
