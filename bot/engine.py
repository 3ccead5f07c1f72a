"""Runs analysis in worker processes with limits of time and memory.

A hostile or huge file can end its worker, never the conversation.
"""

import asyncio
import logging
import multiprocessing
import os
import resource
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable
from concurrent.futures import BrokenExecutor
from contextlib import asynccontextmanager
from multiprocessing.context import SpawnContext
from multiprocessing.process import BaseProcess
from typing import Any, ParamSpec, Protocol, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from analysis.errors import UnreadableFile
from bot import jobs

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

TIME_LIMIT_SECONDS = 120.0
# Address space, of which libraries reserve a good part without using it.
MEMORY_LIMIT_BYTES = max(4 * 1024**3, os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2)
JOBS_PER_WORKER = 500
# A file that kills its worker does so again; a worker that was killed by others may be unlucky.
CHANCES = 2
LONGEST_START_SECONDS = 60.0

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
    """Worker processes on this machine, each with one job at a time."""

    def __init__(
        self,
        workers: int,
        *,
        time_limit: float = TIME_LIMIT_SECONDS,
        memory_limit: int = MEMORY_LIMIT_BYTES,
    ) -> None:
        # Small matrices on many threads wait for one another, above all where workers share cores.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        self._workers = [_Worker(time_limit, memory_limit) for _ in range(workers)]
        self._free = list(self._workers)
        # Not asyncio's own queue: that is bound to the first loop that waits for it.
        self._waiting: deque[asyncio.Future[None]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the processes, also those that are at work."""
        for worker in self._workers:
            worker.end()

    async def run(
        self, job: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Result:
        deaths = 0
        while True:
            try:
                async with self._one_free() as worker:
                    return await worker.run(job, *args, **kwargs)
            except BrokenExecutor:
                log.warning("the worker process is gone; a new one is started")
            except ProcessExpired as error:
                # It need not be the file: where memory is short, the system ends what it likes.
                log.warning("job %s: its worker died with %s", job.__name__, error.exitcode)
            except TimeoutError:
                log.warning("job %s ended: out of time", job.__name__)
                raise UnreadableFile("too_slow") from None
            except MemoryError:
                log.warning("job %s ended: out of memory", job.__name__)
                raise UnreadableFile("too_much_memory") from None
            deaths += 1
            if deaths == CHANCES:
                raise UnreadableFile("too_much_memory")

    @asynccontextmanager
    async def _one_free(self) -> AsyncIterator["_Worker"]:
        """Waits its turn for a worker."""
        while not self._free:
            turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(turn)
            try:
                await turn
            except asyncio.CancelledError:
                if turn.done() and not turn.cancelled():
                    self._wake_next()
                raise
        worker = self._free.pop()
        try:
            yield worker
        finally:
            self._free.append(worker)
            self._wake_next()

    def _wake_next(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return


class _Worker:
    """One process in a pool of its own, replaced by another whenever it is ended.

    A process that is killed amid a message leaves a pipe on which pebble waits for ever, so its
    pool is given up with it, and shared with no other.
    """

    def __init__(self, time_limit: float, memory_limit: int) -> None:
        self._time_limit = time_limit
        self._memory_limit = memory_limit
        self._start()

    async def run(
        self, job: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Result:
        """The job's result, or what it raised.

        Raises BrokenExecutor where the process was gone before, ProcessExpired where it died,
        TimeoutError where the job took too long, MemoryError where its memory ran out.
        """
        try:
            future = self._pool.schedule(job, args=args, kwargs=kwargs, timeout=self._time_limit)
            # Pebble's own limit begins with the job, and a job that is never begun has none.
            async with asyncio.timeout(self._time_limit + LONGEST_START_SECONDS):
                result: Result = await asyncio.wrap_future(future)
        except (
            BrokenExecutor, ProcessExpired, TimeoutError, MemoryError, asyncio.CancelledError
        ):  # fmt: skip
            # Where memory ran out, whatever else the process was doing may be half done.
            self._replace()
            raise
        except RuntimeError:
            if self._pool.active:
                raise
            # An idle process that dies takes its pool along.
            self._replace()
            raise BrokenExecutor from None
        return result

    def end(self) -> None:
        self._kill()
        self._pool.join()

    def _start(self) -> None:
        # A worker is started anew, not forked: a fork would copy the loop's threads and locks.
        self._context = _RememberingContext()
        self._pool = ProcessPool(
            max_workers=1,
            max_tasks=JOBS_PER_WORKER,
            initializer=_start_worker,
            initargs=(self._memory_limit,),
            context=self._context,
        )
        # It imports what it needs before the first file arrives.
        self._pool.schedule(jobs.warm)

    def _replace(self) -> None:
        self._kill()
        # What is left of the pool ends beside the conversation: its threads may have to wait.
        threading.Thread(target=self._pool.join, daemon=True).start()
        self._start()

    def _kill(self) -> None:
        self._pool.stop()
        for process in self._context.started:
            if process.is_alive():
                process.kill()


class _RememberingContext(SpawnContext):
    """Starts processes, and knows which."""

    def __init__(self) -> None:
        super().__init__()
        self.started: list[BaseProcess] = []

    def Process(self, *args: Any, **kwargs: Any) -> BaseProcess:  # type: ignore[override]  # noqa: N802
        process = super().Process(*args, **kwargs)
        self.started = [*(each for each in self.started if each.is_alive()), process]
        return process


def _start_worker(memory_limit: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_limit, memory_limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # The conversation goes first where processors are few.
    os.nice(15)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Nobody would end a job that hangs after its parent was killed."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
