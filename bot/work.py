"""The long work under way, one piece a chat, so that it can be stopped."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any


class Stopped(Exception):  # noqa: N818 - nothing went wrong
    """The adviser stopped the work."""


class Work:
    """Remembers what runs for which chat, as long as it runs and no longer."""

    def __init__(self) -> None:
        self._tasks: dict[int, asyncio.Task[Any]] = {}
        self._stopping: set[int] = set()

    async def run(self, chat: int, work: Coroutine[Any, Any, None]) -> None:
        """Does the work. Raises Stopped where `stop` ended it."""
        task = asyncio.create_task(work)
        self._tasks[chat] = task
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError:
            # The bot itself ends: the work ends with it, and comes back from the inbox.
            task.cancel()
            raise
        finally:
            self._tasks.pop(chat, None)
            self._stopping.discard(chat)
        if task.cancelled():
            raise Stopped
        task.result()

    @contextmanager
    def stoppable(self, chat: int) -> Iterator[None]:
        """The caller's own task can be stopped meanwhile. Raises Stopped where `stop` ended it."""
        task = asyncio.current_task()
        assert task is not None
        self._tasks[chat] = task
        try:
            yield
        except asyncio.CancelledError:
            if chat not in self._stopping:
                raise
            task.uncancel()
            raise Stopped from None
        finally:
            self._tasks.pop(chat, None)
            self._stopping.discard(chat)

    def stop(self, chat: int) -> bool:
        """Ends the work of a chat; False where there is none."""
        task = self._tasks.get(chat)
        if task is None:
            return False
        self._stopping.add(chat)
        return task.cancel()

    @property
    def under_way(self) -> int:
        """In how many chats something is at work."""
        return len(self._tasks)

    def is_stopping(self, chat: int) -> bool:
        """Whether the work of a chat ends because the adviser wants it to."""
        return chat in self._stopping
