"""The whole report on patternless clients: how often anything at all is claimed that is not there.

Usage: python benchmarks/simulate_report.py [reports per cell, default 400] [seed, default 13]
"""

import sys
from datetime import date

import numpy as np

from analysis.findings import Findings
from analysis.segmentation import segment
from benchmarks.tables import group_table, top10_table

DAY = date(2026, 1, 1)
CLAIMING_TIPS = {"T17", "T20", "T21", "T22", "T23", "T25", "T26", "T42"}
"""Tips that say something of the traits of clients; the others state figures of the file."""


def claims(findings: Findings) -> dict[str, bool]:
    """What this report claims, by the part that claims it."""
    top = findings.top10
    assert top is not None
    return {
        "traits": any(trait.verdict == "clear" for trait in top.traits),
        "best 20%": any(trait.verdict == "clear" for trait in top.best_20_percent),
        "likeness": top.likeness is not None and top.likeness.verdict == "clear",
        "look-alikes": bool(top.look_alikes),
        "groups": any(group.verdict == "clear" for group in findings.groups),
        "tips": any(signal.tip in CLAIMING_TIPS for signal in findings.signals),
    }


def main() -> None:
    """Print, per table, how often each part and any part claims something."""
    reports = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 13
    for name, rows in (("20 traits", 150), ("20 traits", 500), ("15 traits", 1_000)):
        random = np.random.default_rng(seed)
        counts: dict[str, int] = {}
        for _ in range(reports):
            if name == "20 traits":
                clients = top10_table(random, rows, 0.0)
            else:
                clients = group_table(random, rows, 0.0).clients
            found = claims(segment(clients, DAY))
            found["any"] = any(found.values())
            for part, claimed in found.items():
                counts[part] = counts.get(part, 0) + claimed
        shares = "  ".join(f"{part} {count / reports:.1%}" for part, count in counts.items())
        error = (counts["any"] / reports * (1 - counts["any"] / reports) / reports) ** 0.5
        print(f"{name}, {rows} clients: {shares} ± {error:.1%}", flush=True)


if __name__ == "__main__":
    main()
