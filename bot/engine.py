"""Runs analysis in worker processes with limits of time and memory.

A hostile or huge file can end its worker, never the conversation.
"""

import asyncio
import logging
import multiprocessing
import os
import resource
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from typing import ParamSpec, Protocol, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from analysis.errors import UnreadableFile
from bot import jobs

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

TIME_LIMIT_SECONDS = 120.0
# Address space, of which libraries reserve a good part without using it.
MEMORY_LIMIT_BYTES = max(4 * 1024**3, os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2)
JOBS_PER_WORKER = 500

log = logging.getLogger(__name__)


class OutOfReachError(Exception):
    """Where the work is done cannot be reached; the same may work in a moment."""


class Engine(Protocol):
    """Where the work is done: submit a job, get its result."""

    async def run(
        self, job: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Result:
        """The job's result, or what it raised.

        Raises UnreadableFile where a limit was reached, OutOfReachError where nobody can do it.
        """
        ...


class LocalWorkers:
    """Worker processes on this machine."""

    def __init__(
        self,
        workers: int,
        *,
        time_limit: float = TIME_LIMIT_SECONDS,
        memory_limit: int = MEMORY_LIMIT_BYTES,
    ) -> None:
        self._workers = workers
        self._time_limit = time_limit
        self._memory_limit = memory_limit
        # Small matrices on many threads wait for one another, above all where workers share cores.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        self._pool = self._new_pool()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the processes, also those that are at work."""
        self._pool.stop()
        self._pool.join()

    async def run(
        self, job: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Result:
        pool = self._pool
        try:
            return await self._run_in(pool, job, *args, **kwargs)
        except BrokenExecutor:
            log.warning("the worker processes are gone; new ones are started")
            if self._pool is pool:
                pool.stop()
                self._pool = self._new_pool()
        except ProcessExpired as error:
            # It need not be the file: where memory is short, the system ends what it likes.
            log.warning(
                "job %s is done again: its worker died with %s", job.__name__, error.exitcode
            )
        try:
            return await self._run_in(self._pool, job, *args, **kwargs)
        except (BrokenExecutor, ProcessExpired):
            log.warning("job %s ended: its worker died again", job.__name__)
            raise UnreadableFile("too_much_memory") from None

    async def _run_in(
        self,
        pool: ProcessPool,
        job: Callable[Arguments, Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        try:
            future = pool.schedule(job, args=args, kwargs=kwargs, timeout=self._time_limit)
        except RuntimeError:
            # An idle worker that dies takes the whole pool along.
            raise BrokenExecutor from None
        try:
            result: Result = await asyncio.wrap_future(future)
        except TimeoutError:
            log.warning("job %s ended: out of time", job.__name__)
            raise UnreadableFile("too_slow") from None
        except MemoryError:
            log.warning("job %s ended: out of memory", job.__name__)
            raise UnreadableFile("too_much_memory") from None
        return result

    def _new_pool(self) -> ProcessPool:
        # A worker is started anew, not forked: a fork would copy the loop's threads and locks.
        pool = ProcessPool(
            max_workers=self._workers,
            max_tasks=JOBS_PER_WORKER,
            initializer=_start_worker,
            initargs=(self._memory_limit,),
            context=multiprocessing.get_context("spawn"),
        )
        # Every worker imports what it needs before the first file arrives.
        for _ in range(self._workers):
            pool.schedule(jobs.warm)
        return pool


def _start_worker(memory_limit: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_limit, memory_limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # The conversation goes first where processors are few.
    os.nice(5)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Nobody would end a job that hangs after its parent was killed."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
