"""The subgroup search beside pysubgroup on the same tables: same answers, and how much faster.

Usage: python benchmarks/bench_search.py [rows …]    (default 1000 10000 100000, and 1000000 alone)

pysubgroup runs in an environment of its own, since it needs an older numpy: `.venv/` beside this
file, made at the first run, or the interpreter that PYSUBGROUP_PYTHON names.
"""

import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from pathlib import Path

import numpy as np

from analysis.subgroups import Search, best_by_mean, best_by_share, warm
from benchmarks.tables import search_table

HERE = Path(__file__).resolve().parent
AT_LEAST = {
    ("numeric", 1_000): 150, ("numeric", 10_000): 100, ("numeric", 100_000): 50,
    ("binary", 1_000): 50, ("binary", 10_000): 150, ("binary", 100_000): 150,
}  # fmt: skip
SET_UPS = {"numeric": ("dfs-order", "apriori-order"), "binary": ("dfs", "apriori")}
ONLY_OURS = 1_000_000
REPEATS = 7


def reference_python() -> Path:
    """The interpreter that has pysubgroup; installs it where there is none."""
    if named := os.environ.get("PYSUBGROUP_PYTHON"):
        return Path(named)
    home = HERE / ".venv"
    python = home / "bin" / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
        packages = ["pysubgroup==0.9.0", "numpy<2", "numba"]
        subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
    return python


def reference(
    rows: int, codes: np.ndarray, amounts: np.ndarray, task: str
) -> tuple[float, list[float]]:
    """The seconds of pysubgroup's best set-up, and the qualities that it found."""
    best_time, qualities = math.inf, []
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "table.npz"
        np.savez(table, codes=codes, amounts=amounts, positive=positives(amounts))
        for set_up in SET_UPS[task]:
            if rows >= 100_000 and set_up.startswith("apriori-order"):
                continue  # some 20 GB, and five times slower than depth first
            command = [reference_python(), HERE / "pysubgroup_once.py", table, task, set_up]
            answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            found = json.loads(answer.splitlines()[-1])
            if found["seconds"] < best_time:
                best_time, qualities = found["seconds"], found["qualities"]
    return best_time, qualities


def positives(amounts: np.ndarray) -> np.ndarray:
    """The top 1%, and at least ten."""
    top = np.zeros(len(amounts), dtype=bool)
    top[np.argsort(-amounts, kind="stable")[: max(10, math.ceil(0.01 * len(amounts)))]] = True
    return top


def ours(search: Callable[[], Search], repeats: int = REPEATS) -> tuple[float, list[float]]:
    """The best of some warm runs, and the qualities that were found."""
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        found = search()
        seconds.append(time.perf_counter() - start)
    return min(seconds), [group.quality for group in found.best]


def main() -> None:
    """Print the table; exit status 1 where an answer differs."""
    rows_of_table = [int(rows) for rows in sys.argv[1:]] or [1_000, 10_000, 100_000, ONLY_OURS]
    warm()
    same_everywhere = True
    print("task          rows       ours  pysubgroup   faster at least  same 20")
    for rows in rows_of_table:
        codes, amounts = search_table(rows)
        top = positives(amounts)
        for task, search in (
            ("numeric", lambda c=codes, a=amounts: best_by_mean(c, a)),
            ("binary", lambda c=codes, t=top: best_by_share(c, t)),
        ):
            seconds, qualities = ours(search, 2 if rows >= ONLY_OURS else REPEATS)
            if rows >= ONLY_OURS:
                print(f"{task:8} {rows:9} {seconds:8.3f} s")
                continue
            their_seconds, theirs = reference(rows, codes, amounts, task)
            same = bool(np.allclose(qualities, theirs, rtol=1e-6, atol=1e-9))
            same_everywhere &= same
            print(
                f"{task:8} {rows:9} {seconds * 1e3:8.2f}ms {their_seconds:9.3f} s"
                f" {their_seconds / seconds:7.0f}x {AT_LEAST.get((task, rows), 0):7}x  {same}",
                flush=True,
            )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process: {peak:.0f} MB")
    sys.exit(0 if same_everywhere else 1)


if __name__ == "__main__":
    main()
