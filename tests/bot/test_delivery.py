"""What is said again, and after which pause."""

import asyncio
import itertools

import pytest
import sqlcipher3
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot import delivery
from bot.delivery import WaitsWhenTold, is_undelivered, may_succeed_later, pauses
from storage.errors import StorageError


@pytest.mark.parametrize(
    ("error", "undelivered"),
    [
        (NetworkError("502"), True),
        (TimedOut(), True),
        (RetryAfter(5), True),
        (InvalidToken("401"), True),
        (BadRequest("message is not modified"), False),
        (Forbidden("blocked"), False),
        (Conflict("409"), False),
        (TelegramError("other"), False),
        (ValueError("ours"), False),
        (None, False),
    ],
)
def test_only_what_the_messenger_may_take_later_is_said_again(error, undelivered):
    assert is_undelivered(error) is undelivered
    assert may_succeed_later(error) is undelivered


@pytest.mark.parametrize(
    ("error", "later"),
    [
        (StorageError("disk_refused"), True),
        (OSError(28, "No space left on device"), True),
        (StorageError("wrong_key_or_damaged"), False),
        (OSError(2, "No such file"), False),
        (sqlcipher3.OperationalError("no such table: uploads"), False),
    ],
)
def test_a_refusal_of_the_disk_comes_to_an_end_too(error, later):
    assert may_succeed_later(error) is later


def test_pauses_grow_to_a_minute_and_end_after_a_day():
    all_pauses = list(pauses())
    assert list(itertools.islice(all_pauses, 8)) == [1, 2, 4, 8, 16, 32, 60, 60]
    assert 24 * 3600 <= sum(all_pauses) < 24 * 3600 + 60


@pytest.mark.parametrize(
    ("answering", "asked", "calls"),
    [(True, 0, 2), (False, 0, 1), (True, 61, 1)],
    ids=["in an answer", "in a job", "for too long"],
)
async def test_a_call_waits_as_told_only_in_an_answer(answering, asked, calls):
    made = 0

    async def call() -> str:
        nonlocal made
        made += 1
        if made == 1:
            raise RetryAfter(asked)
        return "done"

    async def process() -> str:
        delivery.ANSWERING.set(answering)
        return await WaitsWhenTold().process_request(call, (), {}, "sendMessage", {}, None)

    task = asyncio.create_task(process())
    await asyncio.wait({task})
    assert made == calls
    assert (task.exception() is None) is (calls == 2)
