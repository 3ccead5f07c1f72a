"""Analyses on a cluster: two workers beside one, that one beside a worker process of this machine.

Usage: python benchmarks/bench_cluster.py [analyses] [clients] [rounds]    (default 50 20000 5)

Scheduler and workers are processes on this machine, with one thread each. All take turns, round by
round, so that a busy moment hits all; every result is compared with that of the worker process.
What a scheduler carries is printed besides: jobs without work of their own, small and large.
"""

import asyncio
import os
import pickle
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import psutil

from benchmarks.loaded_bot import DAY, client_list, cpu_seconds
from benchmarks.measured import Row, print_and_keep
from bot import jobs
from bot.cluster import DaskCluster
from bot.engine import Engine, LocalWorkers
from tests.bot.dask_processes import PATIENCE, DaskProcesses

SMALL_JOBS = 500
# As large as a file in a chat may be.
LARGEST_FILE = 20_000_000
LARGE_JOBS = 10
DIFFERENT_LISTS = 5
WAIT = 0.3


def comparable(found: jobs.AnalysedList) -> bytes:
    """All that an analysis found, in bytes."""
    columns = [(name, found.clients[name].tolist()) for name in found.clients]
    return pickle.dumps((found.findings.model_dump_json(), columns, found.names, found.rows))


async def analyse_all(
    engine: Engine, lists: Sequence[jobs.ReadList], count: int
) -> tuple[float, list[bytes]]:
    """Seconds for so many analyses that are asked for at once, and what they found."""
    begun = time.perf_counter()
    found = await asyncio.gather(
        *(
            engine.run(jobs.analyse_list, read.rows, read.plan, DAY)
            for read in (lists[number % len(lists)] for number in range(count))
        )
    )
    return time.perf_counter() - begun, [comparable(one) for one in found]


async def carry(cluster: "Measured", content: bytes, count: int) -> None:
    """Print what jobs without work of their own cost."""
    engine, scheduler = cluster.engine, cluster.processes[0].pid
    await engine.run(bytes, b"")
    begun, before, own = time.perf_counter(), cpu_seconds(scheduler), time.process_time()
    await asyncio.gather(*(engine.run(bytes, content) for _ in range(count)))
    seconds = time.perf_counter() - begun
    theirs = (cpu_seconds(scheduler) - before) / count * 1000
    ours = (time.process_time() - own) / count * 1000
    print(
        f"{count} jobs of {len(content) / 1e6:.3f} MB there and back: {seconds / count * 1e3:.1f}"
        f" ms each; processor time each: scheduler {theirs:.1f} ms, bot {ours:.1f} ms"
    )


async def measure(count: int, clients: int, rounds: int) -> list[Row]:
    """Return the rows. Raises SystemExit where a result differs."""
    lists = [
        jobs.read_list(client_list(clients, seed), "klanten.csv", {})
        for seed in range(DIFFERENT_LISTS)
    ]
    with ExitStack() as stack:
        one, two = _cluster(stack, workers=1), _cluster(stack, workers=2)
        here = Measured(stack.enter_context(LocalWorkers(1)), os.getpid())
        every = (here, one, two)
        for measured in every:
            await analyse_all(measured.engine, lists, 2 * DIFFERENT_LISTS)
        for _ in range(rounds):
            found = [await measured.analyses(lists, count // rounds) for measured in every]
            if any(results != found[0] for results in found):
                raise SystemExit("the results differ")
            for measured in (one, two):
                await measured.waits(count // rounds)
        print(f"{count} analyses of {clients} clients: all results are identical")
        print(f"load of the machine meanwhile: {os.getloadavg()[0]:.1f} on {os.cpu_count()}")
        await carry(one, b"-" * 1000, SMALL_JOBS)
        await carry(one, b"-" * LARGEST_FILE, LARGE_JOBS)
    what = f"{count} analyses of {clients} clients"
    return [
        _row(f"{what}, two cluster workers", "one cluster worker", two.times, one.times, 1.0),
        _row(f"{what}, processor time, cluster", "worker process", one.cpu, here.cpu, 1.25),
        _row(f"{count} waits of {WAIT} s, two cluster workers", "one", two.waited, one.waited, 0.6),
    ]


class Measured:
    """An engine, and what its processes took, round by round and in seconds."""

    def __init__(self, engine: Engine, *processes: int) -> None:
        self.engine = engine
        self.processes = [psutil.Process(process) for process in processes]
        self.times: list[float] = []
        self.cpu: list[float] = []
        self.waited: list[float] = []

    def spent(self) -> float:
        """Processor time of the processes and their children so far, the bot's own left out."""
        tree = {
            process
            for parent in self.processes
            for process in (parent, *parent.children(recursive=True))
            if process.pid != os.getpid()
        }
        return sum(process.cpu_times().user + process.cpu_times().system for process in tree)

    async def analyses(self, lists: Sequence[jobs.ReadList], count: int) -> list[bytes]:
        """What so many found."""
        before = self.spent()
        seconds, found = await analyse_all(self.engine, lists, count)
        self.cpu.append(self.spent() - before)
        self.times.append(seconds)
        return found

    async def waits(self, count: int) -> None:
        """Jobs that ask for no processor: how well they are shared out, however busy it is."""
        begun = time.perf_counter()
        await asyncio.gather(*(self.engine.run(time.sleep, WAIT) for _ in range(count)))
        self.waited.append(time.perf_counter() - begun)


def _row(what: str, peer: str, ours: list[float], theirs: list[float], bound: float) -> Row:
    ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
    return Row(what, sum(ours), "s", peer, sum(theirs), bound, (min(ratios), max(ratios)))


def _cluster(stack: ExitStack, workers: int) -> Measured:
    folder = stack.enter_context(tempfile.TemporaryDirectory())
    dask = stack.enter_context(DaskProcesses(Path(folder)))
    dask.start_scheduler()
    processes = [dask.start_worker().pid for _ in range(workers)]
    engine = stack.enter_context(DaskCluster(dask.address, without_workers=PATIENCE))
    return Measured(engine, dask.scheduler.pid, *processes)


def main() -> None:
    """Measure, print and keep."""
    given = [int(argument) for argument in sys.argv[1:]]
    count, clients, rounds = (*given, *(50, 20_000, 5)[len(given) :])
    print_and_keep("cluster", asyncio.run(measure(count, clients, rounds)))


if __name__ == "__main__":
    main()
