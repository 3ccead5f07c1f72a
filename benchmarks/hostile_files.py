"""Hostile files against the reading, in a worker with limits: what became of each.

Usage: python -m benchmarks.hostile_files [mutations] [first seed]    (default 100000 from 0)

First every workbook of the collection that KLANTKOMPAS_SHARED names (else `shared` beside the
checkout; skipped where it is not there), then mutations of small files of every format. A file
ends as a table, as a refusal that has a sentence, or is stopped by a limit; whatever else happens
is a defect, is printed with its seed, and makes the exit status 1. One file in four goes all the
way to typed clients; the others end after the reading.
"""

import multiprocessing
import os
import re
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import TimeoutError as OutOfTime
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from benchmarks.hostile_samples import MARKER
from benchmarks.mutations import mutation
from bot.jobs import HEAVY

DATA = Path(os.environ.get("KLANTKOMPAS_SHARED", Path(__file__).resolve().parents[2] / "shared"))
WORKBOOKS = DATA / "data" / "workbooks" / "files"
MEMORY_BYTES = 3 * 2**30
SECONDS = 60
BATCH = 100
ALL_THE_WAY_EVERY = 4
SMALL_BYTES = 30_000
LANGUAGES = ("nl", "en")


@dataclass(frozen=True)
class Outcome:
    """What became of one file: `kind` is table, refused, stopped or defect; `detail` a code."""

    sample: str
    kind: str
    detail: str
    seconds: float
    seed: int


def read(seed: int, sample: str, content: bytes) -> Outcome:
    """Read one file and say what became of it. Runs in the worker."""
    from analysis.errors import UnreadableFile
    from analysis.reading import read_sheets
    from bot.jobs import read_list

    begin = time.perf_counter()
    try:
        if seed % ALL_THE_WAY_EVERY:
            sheets = read_sheets(content, "klanten")
            kind, detail = "table", sheets[0].source.format
        else:
            read_list(content, "klanten", {})
            kind, detail = "table", "clients"
    except UnreadableFile as error:
        kind, detail = "refused", error.reason
        if MARKER in f"{error!r} {_said(error.reason, error.found, error.limit)}":
            kind, detail = "defect", "a refusal quotes the file"
    except Exception as error:
        kind, detail = "defect", type(error).__name__
    return Outcome(sample, kind, detail, time.perf_counter() - begin, seed)


@cache
def _said(reason: str, found: str, limit: str) -> str:
    """The refusal as the adviser reads it. Raises where it has no sentence."""
    from bot.replies.render import render

    facts = {"reason": reason, "found": found, "limit": limit, "file_name": "lijst", "kept": True}
    said = [render("unreadable", language, **facts) for language in LANGUAGES]
    if not all(said):
        raise LookupError(reason)
    return " ".join(said)


def read_batch(seeds: list[int]) -> list[Outcome]:
    """The outcomes of these mutations. Runs in the worker."""
    extra = small_files()
    return [read(seed, *mutation(seed, extra)) for seed in seeds]


@cache
def small_files() -> dict[str, bytes]:
    """The small files of the collection, to be damaged like our own samples."""
    if not WORKBOOKS.is_dir():
        return {}
    paths = sorted(path for path in WORKBOOKS.iterdir() if path.stat().st_size < SMALL_BYTES)
    return {f"collection {path.name}": path.read_bytes() for path in paths}


def read_path(path: str) -> list[Outcome]:
    """The outcome of one file of the collection. Runs in the worker."""
    # Most of them are tables of something else than clients.
    return [read(1, Path(path).name, Path(path).read_bytes())]


def start_worker() -> None:
    """Limit this process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(10)
    # A library of Rust prints pages where it aborts; the seed tells more.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def outcomes(pool: ProcessPool, batches: Iterator[list[int]]) -> Iterator[Outcome]:
    """The outcome of every mutation; a batch that ends its worker is tried one by one."""
    for batch in batches:
        try:
            yield from pool.schedule(read_batch, args=[batch], timeout=SECONDS).result()
        except (OutOfTime, ProcessExpired):
            for seed in batch:
                yield from alone(pool, read_batch, [seed], seed)


def alone(pool: ProcessPool, job: object, argument: object, seed: int) -> list[Outcome]:
    """The outcome of one file that may end its worker."""
    begin = time.perf_counter()
    sample = mutation(seed, small_files())[0] if isinstance(argument, list) else str(argument)
    try:
        found: list[Outcome] = pool.schedule(job, args=[argument], timeout=SECONDS).result()
    except OutOfTime:
        return [Outcome(sample, "stopped", "time", time.perf_counter() - begin, seed)]
    except ProcessExpired as expired:
        # An aborted allocation is the limit of memory at work; a broken memory access is not.
        aborted = abs(expired.exitcode) in (signal.SIGABRT, signal.SIGKILL)
        kind, detail = ("stopped", "memory") if aborted else ("defect", f"died {expired.exitcode}")
        return [Outcome(sample, kind, detail, time.perf_counter() - begin, seed)]
    return found


def main() -> int:
    """Run everything and print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    context = multiprocessing.get_context("forkserver")
    # Many files end their worker: the next one should not import everything anew.
    context.set_forkserver_preload([*HEAVY, "benchmarks.mutations", "bot.replies.render"])
    begin = time.perf_counter()
    done: list[Outcome] = []
    with ProcessPool(max_workers=1, initializer=start_worker, context=context) as pool:
        for path in sorted(WORKBOOKS.iterdir()) if WORKBOOKS.is_dir() else ():
            done += alone(pool, read_path, str(path), 0)
        collection = len(done)
        print(f"collection: {collection} files{'' if collection else ' (not on this machine)'}")
        _print(done)
        seeds = range(first, first + count)
        batches = ([*seeds[place : place + BATCH]] for place in range(0, count, BATCH))
        mutated: list[Outcome] = []
        for outcome in outcomes(pool, batches):
            mutated.append(outcome)
            if outcome.kind in ("defect", "stopped"):
                print(f"  {outcome}", flush=True)
    print(f"mutations: {count} from seed {first}, {time.perf_counter() - begin:.0f} s")
    _print(mutated)
    return any(outcome.kind == "defect" for outcome in done + mutated)


def _print(found: list[Outcome]) -> None:
    """One row per sample with the counts of each outcome, and all together."""
    rows: dict[str, Counter[str]] = {}
    details: Counter[str] = Counter()
    for outcome in found:
        # A file of the collection by its format, not by its name.
        sample = re.sub(r".*\.(\w+)$", r"collection .\1", outcome.sample)
        rows.setdefault(sample, Counter())[outcome.kind] += 1
        details[f"{outcome.kind}: {outcome.detail}"] += 1
    kinds = ("table", "refused", "stopped", "defect")
    print("| sample | files | " + " | ".join(kinds) + " |")
    print("|---|---|" + "---|" * len(kinds))
    for sample, counts in [*sorted(rows.items()), ("all", sum(rows.values(), Counter()))]:
        print(f"| {sample} | {counts.total()} |", *(f"{counts[kind]} |" for kind in kinds))
    print(", ".join(f"{detail} {times}" for detail, times in details.most_common()))
    if found:
        slowest = max(found, key=lambda outcome: outcome.seconds)
        print(f"slowest: {slowest.sample}, seed {slowest.seed}, {slowest.seconds:.1f} s")


if __name__ == "__main__":
    raise SystemExit(main())
