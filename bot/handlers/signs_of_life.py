"""Telling for how long the work has been going on, so that nobody wonders whether it hangs."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from time import monotonic

from telegram.error import TelegramError

from bot.delivery import ANSWERING

TELL_EVERY_SECONDS = 2.0
# Telegram takes some thirty calls a second from one bot; most of them are for answers.
MOST_A_SECOND = 10


@asynccontextmanager
async def telling(
    tell: Callable[[int], Awaitable[object]], lock: asyncio.Lock, at_work: Callable[[], int]
) -> AsyncIterator[None]:
    """Calls `tell` with the seconds since the block began, every two seconds until it ends.

    Less often while more chats are `at_work` than Telegram takes calls for. What is told is never
    under way while somebody else holds the lock, nor after the block.
    """

    async def go_on() -> None:
        # The next one comes soon: none of them waits as an answer would.
        ANSWERING.set(False)
        begun = monotonic()
        while True:
            await asyncio.sleep(max(TELL_EVERY_SECONDS, at_work() / MOST_A_SECOND))
            async with lock:
                with suppress(TelegramError):
                    await tell(round(monotonic() - begun))

    task = asyncio.create_task(go_on())
    try:
        yield
    finally:
        # An edit that is on its way when it is given up may still arrive, after the last word.
        async with lock:
            task.cancel()
