"""Updates of one chat in their order, of different chats beside each other."""

import asyncio

from bot.context import OneAtATimePerChat
from tests.bot.test_inbox import update


async def test_one_chat_waits_for_itself_and_for_nobody_else():
    processor = OneAtATimePerChat(8)
    done: list[str] = []
    release = asyncio.Event()

    async def slow() -> None:
        await release.wait()
        done.append("slow")

    async def quick(name: str) -> None:
        done.append(name)

    mine, other = update(1), update(2)
    other.message.chat._unfreeze()
    other.message.chat.id = 8
    tasks = [
        asyncio.create_task(processor.process_update(mine, slow())),
        asyncio.create_task(processor.process_update(mine, quick("mine, second"))),
    ]
    await processor.process_update(other, quick("other"))
    assert done == ["other"]
    release.set()
    await asyncio.gather(*tasks)
    assert done == ["other", "slow", "mine, second"]


async def test_nothing_is_remembered_of_a_chat_that_is_done():
    processor = OneAtATimePerChat(8)

    async def nothing() -> None:
        pass

    for number in range(3):
        await processor.process_update(update(number), nothing())
    assert not processor._locks
    assert not processor._waiting
