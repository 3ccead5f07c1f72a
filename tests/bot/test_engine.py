"""A job that goes wrong ends its worker, never the conversation."""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from analysis.errors import UnreadableFile
from bot import jobs
from bot.engine import LocalWorkers

LARGE = 20_000_000


def add(a: int, b: int) -> int:
    return a + b


def refuse() -> None:
    raise UnreadableFile("too_large", found="30 MB", limit="20 MB")


def hang() -> None:
    time.sleep(600)


def die() -> None:
    os._exit(7)


def die_once(mark: Path) -> str:
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def die_while_answering(seconds: float) -> bytes:
    timer = threading.Timer(seconds, os.kill, (os.getpid(), signal.SIGKILL))
    timer.start()
    return bytes(LARGE)


def devour() -> int:
    return len(bytearray(64 * 1024**3))


def import_nothing() -> None:
    """What a worker has ready for its jobs says nothing about what becomes of it."""


@pytest.fixture(scope="module")
def engine() -> Iterator[LocalWorkers]:
    with pytest.MonkeyPatch.context() as patched:
        # Most tests here end their worker: each new one would import all libraries first.
        patched.setattr(jobs, "warm", import_nothing)
        with LocalWorkers(1, time_limit=5) as workers:
            yield workers


async def test_a_job_gives_its_result(engine):
    assert await engine.run(add, 2, b=3) == 5


async def test_a_refusal_travels_with_its_facts(engine):
    with pytest.raises(UnreadableFile) as caught:
        await engine.run(refuse)
    error = caught.value
    assert (error.reason, error.found, error.limit) == ("too_large", "30 MB", "20 MB")


@pytest.mark.parametrize(
    ("job", "reason"),
    [(hang, "too_slow"), (die, "too_much_memory"), (devour, "too_much_memory")],
)
async def test_after_a_bad_job_the_next_one_runs(engine, job, reason):
    with pytest.raises(UnreadableFile) as caught:
        await engine.run(job)
    assert caught.value.reason == reason
    assert await engine.run(add, 1, 1) == 2


async def test_a_job_whose_worker_was_killed_is_done_again(engine, tmp_path):
    assert await engine.run(die_once, tmp_path / "mark") == "done"


@pytest.mark.parametrize("seconds", [0.0, 0.005, 0.02])
async def test_a_worker_that_dies_amid_a_large_message_holds_up_nothing(engine, seconds):
    first = asyncio.create_task(engine.run(die_while_answering, seconds))
    second = asyncio.create_task(engine.run(len, bytes(LARGE)))
    assert await asyncio.wait_for(second, 60) == LARGE
    with suppress(UnreadableFile):
        await asyncio.wait_for(first, 60)
    assert await asyncio.wait_for(engine.run(add, 1, 1), 60) == 2


async def test_an_idle_worker_that_dies_is_replaced(engine):
    worker = await engine.run(os.getpid)
    os.kill(worker, signal.SIGKILL)
    for number in range(3):
        assert await engine.run(add, number, 1) == number + 1
    assert await engine.run(os.getpid) != worker


async def test_a_worker_whose_memory_ran_out_is_replaced(engine):
    worker = await engine.run(os.getpid)
    with pytest.raises(UnreadableFile):
        await engine.run(devour)
    assert await engine.run(os.getpid) != worker


async def test_many_jobs_survive_the_death_of_an_idle_worker(engine):
    worker = await engine.run(os.getpid)
    os.kill(worker, signal.SIGKILL)
    results = await asyncio.gather(*(engine.run(add, number, 1) for number in range(5)))
    assert results == [1, 2, 3, 4, 5]
