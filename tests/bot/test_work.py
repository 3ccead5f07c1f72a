"""Long work that can be stopped."""

import asyncio

import pytest

from bot.work import Stopped, Work


async def test_work_runs_to_its_end():
    done = []

    async def work() -> None:
        done.append("done")

    await Work().run(1, work())
    assert done == ["done"]


async def test_what_goes_wrong_in_it_goes_on_upwards():
    async def fail() -> None:
        raise LookupError("inside")

    with pytest.raises(LookupError, match="inside"):
        await Work().run(1, fail())


async def test_only_the_chat_that_asked_is_stopped():
    work = Work()
    release = asyncio.Event()
    running = [asyncio.create_task(work.run(chat, _wait(release))) for chat in (1, 2)]
    await asyncio.sleep(0)
    assert work.stop(1)
    with pytest.raises(Stopped):
        await running[0]
    release.set()
    await running[1]
    assert not work.stop(1)
    assert not work.stop(3)


async def test_the_end_of_the_bot_is_no_stop():
    work = Work()
    release = asyncio.Event()
    running = asyncio.create_task(work.run(1, _wait(release)))
    await asyncio.sleep(0)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert not work.stop(1)


async def _wait(release: asyncio.Event) -> None:
    await release.wait()


async def test_a_handler_can_be_stopped_where_it_stands():
    work, went_on = Work(), []

    async def handle() -> str:
        try:
            with work.stoppable(1):
                await asyncio.Event().wait()
                went_on.append("after the wait")
        except Stopped:
            # The task itself lives on, and may wait again.
            await asyncio.sleep(0)
            return "told"
        return "finished"

    handling = asyncio.create_task(handle())
    await asyncio.sleep(0)
    assert work.stop(1)
    assert await handling == "told"
    assert went_on == []
    assert not work.stop(1)


async def test_the_end_of_the_bot_stops_no_handler():
    work = Work()

    async def handle() -> None:
        with work.stoppable(1):
            await asyncio.Event().wait()

    handling = asyncio.create_task(handle())
    await asyncio.sleep(0)
    handling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await handling
