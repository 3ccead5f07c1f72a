"""The day that the page plays: only forward, for messages and for whoever asks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from bot.localchat import LocalServer, MovableClock, Person


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def server(clock: MovableClock) -> AsyncIterator[LocalServer]:
    server = LocalServer(users=(Person("Anja"),), clock=clock)
    await server.start()
    yield server
    await server.stop()


def in_milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


async def move(http: aiohttp.ClientSession, server: LocalServer, to: Any) -> int:
    headers = {"Origin": server.url}
    async with http.post(f"{server.url}/page/clock", json={"to": to}, headers=headers) as response:
        return response.status


def test_the_clock_runs_on_from_where_it_was_moved_to(clock: MovableClock) -> None:
    there = clock.now() + timedelta(days=30)
    clock.move_to(there)
    assert timedelta(0) <= clock.now() - there < timedelta(seconds=10)
    assert clock.now().tzinfo is not None


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_it_never_goes_back_nor_too_far(clock: MovableClock, days: int) -> None:
    before = clock.now()
    with pytest.raises(ValueError, match="forward"):
        clock.move_to(before + timedelta(days=days) - timedelta(seconds=1 if days == 0 else 0))
    assert clock.now() - before < timedelta(seconds=10)


async def test_messages_bear_the_day_that_is_played(
    server: LocalServer, http: aiohttp.ClientSession, clock: MovableClock
) -> None:
    seen: list[datetime] = []

    async def look() -> None:
        seen.append(clock.now())

    server.after_move = look
    there = datetime.now(UTC) + timedelta(days=40)
    assert await move(http, server, in_milliseconds(there)) == 200
    assert seen[0] >= there - timedelta(seconds=1)
    anja = server.messenger.users[1001]
    message = server.messenger.send_text(anja, "later")
    assert message.date >= int(there.timestamp())


@pytest.mark.parametrize("to", [0, -5, "x", None, 10**30, 1.5e300, [], "9" * 400])
async def test_any_other_moment_is_refused(
    server: LocalServer, http: aiohttp.ClientSession, clock: MovableClock, to: Any
) -> None:
    assert await move(http, server, to) == 400
    assert clock.now() - datetime.now(UTC) < timedelta(seconds=10)


async def test_another_site_moves_nothing(
    server: LocalServer, http: aiohttp.ClientSession, clock: MovableClock
) -> None:
    body = {"to": in_milliseconds(datetime.now(UTC) + timedelta(days=3))}
    headers = {"Origin": "https://evil.example"}
    async with http.post(f"{server.url}/page/clock", json=body, headers=headers) as response:
        assert response.status == 403
    assert clock.now() - datetime.now(UTC) < timedelta(seconds=10)
