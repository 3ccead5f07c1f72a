"""`klantkompas analyse` on a csv of a million clients, beside the least that it could take.

Usage: python benchmarks/bench_large_file.py [clients] [rounds]    (default 1000000 and 3)

The peer is pandas, told all there is to know about the file, and the bare search for groups. Both
run in a process of their own, from the command to its end, imports included.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks.bench_reading import DATES, client_list
from benchmarks.measured import Row, print_and_keep

ROOT = Path(__file__).resolve().parents[1]
LIMIT_GB = 2.5


@dataclass(frozen=True)
class Taken:
    """What a process took: seconds on the wall, of the processor, and the most memory in GB."""

    wall: float
    processor: float
    memory: float


def run(*command: str) -> Taken:
    """Run a command; raise where it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *command],
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"{command[-1]} ended with {status}")
    wall = time.perf_counter() - start
    return Taken(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 2**20)


def write_list(path: Path, clients: int) -> None:
    """Write a client list of 15 columns as a Dutch administration does."""
    frame = client_list(clients)
    dates = {name: frame[name].dt.strftime("%d-%m-%Y") for name in DATES}
    frame.assign(**dates).to_csv(path, sep=";", decimal=",", index=False)


def measure(clients: int, rounds: int) -> list[Row]:
    """Return the rows; both take turns, so that a busy moment hits either."""
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "klanten.csv")
        write_list(path, clients)
        for _ in range(rounds):
            ours.append(run("-m", "bot", "analyse", str(path), "--json", "--role", "Omzet=revenue"))
            theirs.append(
                run(str(ROOT / "benchmarks" / "peers" / "pandas_and_search.py"), str(path))
            )
            print(f"  ours {ours[-1]}, theirs {theirs[-1]}", file=sys.stderr)
    what = f"klantkompas analyse, csv of {clients:,} x 15"
    peer = f"pandas {version('pandas')} told everything, and the bare search"
    peak = max(each.memory for each in ours)
    return [
        _row(f"{what}: time", [t.wall for t in ours], peer, [t.wall for t in theirs]),
        _row(
            f"{what}: processor time",
            [t.processor for t in ours],
            peer,
            [t.processor for t in theirs],
        ),
        Row(f"{what}: peak memory", peak, "GB", "limit", LIMIT_GB, 1.0),
    ]


def _row(what: str, ours: list[float], peer: str, theirs: list[float]) -> Row:
    spread = (min(ours) / max(theirs), max(ours) / min(theirs))
    return Row(what, statistics.median(ours), "s", peer, statistics.median(theirs), 2.0, spread)


def main() -> None:
    """Print the rows and keep them."""
    given = [int(argument) for argument in sys.argv[1:]]
    clients, rounds = given + [1_000_000, 3][len(given) :]
    print_and_keep("large_file", measure(clients, rounds))


if __name__ == "__main__":
    main()
