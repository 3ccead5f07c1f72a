"""What becomes of an answer that the messenger or the disk does not take at once."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextvars import ContextVar
from typing import Any

from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter
from telegram.ext import BaseRateLimiter
from typing_extensions import override

from storage.database import reason_of

# Longer than Telegram asks for in a conversation; whoever must wait longer is handled again.
LONGEST_WAIT_SECONDS = 60.0
LONGEST_PAUSE_SECONDS = 60.0
# As long as Telegram itself keeps an update that nobody fetches.
GIVE_UP_AFTER_SECONDS = 24 * 3600.0

ANSWERING: ContextVar[bool] = ContextVar("answering", default=False)
"""Whether an update is being handled; what a job sends keeps a pace of its own."""


class TokenRefusedError(NetworkError):
    """Telegram no longer knows the token, while the bot polls.

    PTB ends polling without a word where it is told so by InvalidToken.
    """


def is_undelivered(error: BaseException | None) -> bool:
    """Whether the messenger took no answer at all just now, so that the same may succeed later."""
    # PTB derives the refusal of a call from the error of the network.
    lasting = isinstance(error, BadRequest)
    return isinstance(error, NetworkError | RetryAfter | InvalidToken) and not lasting


def may_succeed_later(error: BaseException | None) -> bool:
    """Whether the messenger took no answer or the disk refused, which both come to an end."""
    return is_undelivered(error) or reason_of(error) == "disk_refused"


def pauses() -> Iterator[float]:
    """Seconds between two attempts to answer: longer and longer, for a day in all."""
    total, pause = 0.0, 1.0
    while total < GIVE_UP_AFTER_SECONDS:
        yield pause
        total += pause
        pause = min(2 * pause, LONGEST_PAUSE_SECONDS)


class WaitsWhenTold(BaseRateLimiter[None]):
    """Repeats a call of an answer once that Telegram refused with 429, after the time it asks for.

    Such a call was certainly not carried out. Any other error passes, and so does a second 429.
    """

    @override
    async def initialize(self) -> None:
        pass

    @override
    async def shutdown(self) -> None:
        pass

    @override
    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> Any:
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as error:
            seconds = error._retry_after.total_seconds()
            if seconds > LONGEST_WAIT_SECONDS or not ANSWERING.get():
                raise
        await asyncio.sleep(seconds)
        return await callback(*args, **kwargs)
