"""The part of Klantkompas that runs inside a Dask worker.

A worker of Dask is one process with threads: a job that hangs or takes too much could not be ended
there. So it hands its jobs to worker processes of its own, with the limits of a single machine.
"""

import asyncio
import logging
import math
import multiprocessing
import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from distributed import Worker, WorkerPlugin, get_worker

from bot.engine import LocalWorkers

PLUGIN = "klantkompas"

log = logging.getLogger(__name__)


@dataclass(frozen=True, repr=False)
class Sealed:
    """Bytes that Dask carries and nobody on the way opens or shows: it logs what a task is given.

    `release` is the version of Klantkompas that sealed them: only the same one understands them.
    """

    content: bytes
    key: str
    release: str

    def __repr__(self) -> str:
        return f"Sealed({self.key})"


@dataclass(frozen=True)
class Failure:
    """What a job raised instead of giving a result."""

    error: BaseException


@dataclass(frozen=True)
class OtherRelease:
    """The worker runs another version of Klantkompas, and did nothing."""

    release: str


def release() -> str:
    """The version of Klantkompas that runs here."""
    return version("klantkompas")


def seal_job(
    key: str, job: Callable[..., object], args: tuple[object, ...], kwargs: Mapping[str, object]
) -> Sealed:
    """A job on its way to a worker."""
    return Sealed(pickle.dumps((job, args, kwargs)), key, release())


def open_result(sealed: Sealed) -> Any:
    """What a worker made of a job: its result, Failure or OtherRelease."""
    return pickle.loads(sealed.content)  # noqa: S301 - from a worker that runs our own code


def do_sealed(content: bytes) -> bytes:
    """Runs in the process that has the limits: does the job, and seals its result there."""
    job, args, kwargs = pickle.loads(content)  # noqa: S301 - see open_result
    return pickle.dumps(job(*args, **kwargs))


async def run_sealed(sealed: Sealed) -> Sealed:
    """The task as Dask knows it. It never raises: Dask would log the words of the error."""
    jobs = get_worker().plugins[PLUGIN]
    assert isinstance(jobs, JobsWithLimits)
    return Sealed(await jobs.run(sealed), sealed.key, release())


class JobsWithLimits(WorkerPlugin):  # type: ignore[misc]  # Dask has no types
    """Gives each worker of a cluster as many processes for jobs as it has threads.

    `time_limit` is in seconds; that of memory is a matter of the machine, as in `bot.engine`.
    """

    name = PLUGIN
    # A bot that comes back finds the workers as it left them, with the jobs of others.
    idempotent = True

    def __init__(self, time_limit: float) -> None:
        self._time_limit = time_limit
        self._running: dict[str, asyncio.Task[bytes]] = {}
        self._workers: LocalWorkers

    def setup(self, worker: Worker) -> None:
        """Starts the processes; client data stays in memory from here on."""
        # A nanny marks its worker as daemonic, and such a process may have no children.
        multiprocessing.current_process().daemon = False
        _keep_in_memory(worker)
        self._workers = LocalWorkers(worker.state.nthreads, time_limit=self._time_limit)

    def teardown(self, worker: Worker) -> None:
        """Ends the processes with the worker."""
        self._workers.close()

    def transition(self, key: Any, start: str, finish: str, **_: object) -> None:
        """Whoever asked for a job may want it no more: then its process is freed."""
        if finish == "released" and key in self._running:
            self._running[key].cancel()

    async def run(self, sealed: Sealed) -> bytes:
        """The sealed result of a job, or how it ended without one."""
        if sealed.release != release():
            return pickle.dumps(OtherRelease(release()))
        work = asyncio.ensure_future(self._workers.run(do_sealed, sealed.content))
        self._running[sealed.key] = work
        try:
            return await work
        except asyncio.CancelledError:
            if _is_being_cancelled():
                raise
            # The job alone was, by `transition`: nobody waits for what it would have found.
            return b""
        except Exception as error:
            return pickle.dumps(Failure(error))
        finally:
            del self._running[sealed.key]


def _is_being_cancelled() -> bool:
    """Whether Dask wants the end of the task itself, as where the worker closes."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _keep_in_memory(worker: Worker) -> None:
    """Dask writes results to disk where memory becomes short, unless it is told not to."""
    worker.memory_manager.memory_spill_fraction = False
    if hasattr(worker.data, "slow"):
        worker.data.n = math.inf
