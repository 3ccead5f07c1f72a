"""Updates are written down before the messenger is told that they arrived.

PTB acknowledges a batch with its next `getUpdates`, which comes only after every update of it
was put into the queue: a queue that writes first loses nothing to a kill.
"""

import asyncio
import json
import logging
from datetime import datetime
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.error import NetworkError

from storage.register import Register

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Bot

log = logging.getLogger(__name__)


class InboxQueue(asyncio.Queue[object]):
    """PTB's update queue, with the register's inbox in front of it."""

    def __init__(
        self,
        register: Register,
        clock: "Callable[[], datetime]",
        tell_not_kept: "Callable[[Update], Awaitable[None]] | None" = None,
        take_batch: "Callable[[], list[dict[str, Any]]]" = list,
    ) -> None:
        """`take_batch` gives once what came in last, as it came, where that is known."""
        super().__init__()
        self._take_batch = take_batch
        # What is written down and not yet enqueued: whether it is new.
        self._written: dict[int, bool] = {}
        self._register = register
        self._clock = clock
        self._tell_not_kept = tell_not_kept
        self._told: set[int] = set()
        self.of_earlier_run: set[int] = set()
        """Updates that an earlier run received, and may have begun to handle."""

    async def put(self, item: object) -> None:
        """Writes an update down, then enqueues it; drops one that was received before.

        Whatever else PTB puts here (its stop signal) passes. Raises NetworkError where the
        update cannot be stored: PTB then asks for the batch again, while any other error would
        end polling for good.
        """
        if isinstance(item, Update):
            try:
                new = self._write_down(item)
            except Exception as error:
                log.error("update %s could not be stored: %s", item.update_id, type(error).__name__)
                await self._tell_once(item)
                raise NetworkError("the inbox cannot be written") from None
            self._told.clear()
            if not new:
                return
        await super().put(item)

    async def put_unfinished(self, bot: "Bot") -> int:
        """Enqueues what an earlier run received and did not finish; returns how many."""
        unfinished = list(self._register.unfinished())
        self.of_earlier_run.update(received.update_id for received in unfinished)
        for received in unfinished:
            await super().put(Update.de_json(json.loads(received.payload), bot))
        return len(unfinished)

    async def _tell_once(self, update: Update) -> None:
        """Telegram brings the update again and again; its sender hears of it once."""
        if self._tell_not_kept is None or update.update_id in self._told:
            return
        self._told.add(update.update_id)
        await self._tell_not_kept(update)

    def _write_down(self, update: Update) -> bool:
        if update.update_id not in self._written:
            self._write_batch(update)
        return self._written.pop(update.update_id)

    def _write_batch(self, update: Update) -> None:
        """The update with all that came along; that came otherwise, PTB's own JSON of it."""
        batch = [(raw["update_id"], _sender(raw), json.dumps(raw)) for raw in self._take_batch()]
        if all(number != update.update_id for number, _, _ in batch):
            user = update.effective_user
            batch = [(update.update_id, user.id if user else None, update.to_json())]
        new = self._register.receive_all(batch, self._clock())
        # What was written down earlier and never enqueued is still to be handled.
        waiting = {number for number, is_new in self._written.items() if is_new}
        self._written = {number: number in new | waiting for number, _, _ in batch}


def _sender(update: dict[str, Any]) -> int | None:
    for part in update.values():
        if isinstance(part, dict) and isinstance(part.get("from"), dict):
            number = part["from"].get("id")
            return number if isinstance(number, int) else None
    return None
