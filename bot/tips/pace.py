"""How fast tips go out: below Telegram's limits, with room for the conversation."""

import asyncio
from collections.abc import Callable

# Telegram allows some 30 messages a second over all chats.
TIPS_PER_SECOND = 20
# How soon a long pause notices that the bot ends.
LOOK_EVERY_SECONDS = 0.25


class Pace:
    """One for a running bot: every tip waits here for its turn."""

    def __init__(self, per_second: float = TIPS_PER_SECOND) -> None:
        self._interval = 1 / per_second
        self._free_at = 0.0
        self.one_broadcast_at_a_time = asyncio.Lock()

    async def turn(self, go_on: Callable[[], bool]) -> bool:
        """Waits until a message may go out; False where `go_on` says that none has to."""
        now = asyncio.get_running_loop().time
        while go_on():
            wait = self._free_at - now()
            if wait <= 0:
                break
            await asyncio.sleep(min(wait, LOOK_EVERY_SECONDS))
        self._free_at = max(self._free_at, now()) + self._interval
        return go_on()

    def pause(self, seconds: float) -> None:
        """Nothing goes out for so long, to nobody: Telegram counts over all chats."""
        now = asyncio.get_running_loop().time()
        self._free_at = max(self._free_at, now + seconds)
