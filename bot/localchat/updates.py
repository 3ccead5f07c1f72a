"""The queue of updates between Telegram and one bot: kept until the bot confirms them."""

from __future__ import annotations

import asyncio
import itertools
import secrets
from collections import deque
from collections.abc import Collection

from telegram.constants import PollingLimit

from .limits import RefusedError
from .model import Json

CONFLICT = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


class UpdateQueue:
    """Updates wait here, also while no bot runs, until a later offset confirms them."""

    def __init__(self) -> None:
        self._waiting: deque[Json] = deque()
        self._ids = itertools.count(secrets.randbelow(900_000_000) + 1)
        self._allowed: frozenset[str] = frozenset()
        self._poller: asyncio.Future[None] | None = None
        self._closed = False
        self.polling = asyncio.Event()
        """Set while a bot waits for an update."""

    def __len__(self) -> int:
        """How many updates the bot has not confirmed yet."""
        return len(self._waiting)

    def push(self, kind: str, content: Json) -> int | None:
        """Queue an update of this kind; its id, or None where the bot did not ask for the kind."""
        if self._allowed and kind not in self._allowed:
            return None
        update_id = next(self._ids)
        self._waiting.append({"update_id": update_id, kind: content})
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)
        return update_id

    def allow(self, kinds: Collection[str]) -> None:
        """Queue only these kinds from now on; empty: all."""
        self._allowed = frozenset(kinds)

    def drop_all(self) -> None:
        self._waiting.clear()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """getUpdates: confirm what stands before `offset`, wait up to `seconds` for a next one.

        A negative offset counts back from the end and forgets what stands before.

        Raises:
            RefusedError: 409, where another poll began meanwhile.
        """
        self._interrupt()
        self._confirm(offset)
        if not self._waiting and seconds > 0 and not self._closed:
            await self._wait(seconds)
        limit = min(max(limit, PollingLimit.MIN_LIMIT), PollingLimit.MAX_LIMIT)
        return list(itertools.islice(self._waiting, limit))

    def close(self) -> None:
        """Let go of a poll that waits, and make no other wait."""
        self._closed = True
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)

    def _interrupt(self) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(RefusedError(409, CONFLICT))

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popleft()
        while self._waiting and self._waiting[0]["update_id"] < offset:
            self._waiting.popleft()

    async def _wait(self, seconds: float) -> None:
        poller: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poller = poller
        self.polling.set()
        try:
            async with asyncio.timeout(seconds):
                await poller
        except TimeoutError:
            return
        finally:
            if self._poller is poller:
                self._poller = None
                self.polling.clear()
