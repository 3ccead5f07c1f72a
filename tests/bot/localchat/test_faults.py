"""Trouble on order reaches the bot as the errors that it must be able to bear."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.localchat import Faults, LocalServer, User


@pytest.fixture
async def bot(server: LocalServer) -> AsyncIterator[Bot]:
    async with Bot(server.token, f"{server.url}/bot", f"{server.url}/file/bot") as bot:
        yield bot


@pytest.mark.parametrize(
    ("order", "error"),
    [
        (lambda faults: faults.too_many_requests(5), RetryAfter),
        (lambda faults: faults.blocked(1001), Forbidden),
        (lambda faults: faults.migrated(1001, to=-100), ChatMigrated),
        (lambda faults: faults.server_error(502), NetworkError),
        (lambda faults: faults.drop("before"), NetworkError),
    ],
)
async def test_the_call_is_not_carried_out(
    server: LocalServer,
    anja: User,
    bot: Bot,
    order: Callable[[Faults], Any],
    error: type[TelegramError],
) -> None:
    order(server.faults)

    with pytest.raises(error) as caught:
        await bot.send_message(1001, "x")

    assert not isinstance(caught.value, BadRequest)
    assert [message.text for message in server.messenger.messages(anja)] == ["/start"]


async def test_dropped_after_it_was_carried_out(server: LocalServer, anja: User, bot: Bot) -> None:
    """The case that makes a blind retry send twice."""
    server.faults.drop("after")

    with pytest.raises(NetworkError):
        await bot.send_message(1001, "x")

    assert [message.text for message in server.messenger.messages(anja)] == ["/start", "x"]


async def test_slow_until_the_bot_gives_up(server: LocalServer, anja: User, bot: Bot) -> None:
    server.faults.slow(600)

    with pytest.raises(TimedOut):
        await bot.send_message(1001, "x", read_timeout=0.05)

    await asyncio.wait_for(server.stop(), 10)


async def test_a_fault_hits_what_it_is_meant_for(server: LocalServer, anja: User, bot: Bot) -> None:
    bram = server.messenger.users[1002]
    server.messenger.send_text(bram, "/start")
    server.faults.too_many_requests(7, method="sendMessage", chat_id=1002, times=2)

    await bot.send_message(1001, "x")
    await bot.send_chat_action(1002, "typing")
    for _ in range(2):
        with pytest.raises(RetryAfter) as caught:
            await bot.send_message(1002, "x")
        assert caught.value.retry_after == 7
    await bot.send_message(1002, "x")

    assert list(server.faults) == []


async def test_a_lasting_fault_until_it_is_removed(
    server: LocalServer, anja: User, bot: Bot
) -> None:
    fault = server.faults.server_error(times=None)
    for _ in range(3):
        with pytest.raises(NetworkError):
            await bot.send_message(1001, "x")

    server.faults.remove(fault)

    assert (await bot.send_message(1001, "x")).text == "x"
    assert await bot.get_updates() == ()
