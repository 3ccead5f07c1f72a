"""Updates wait until they are confirmed, whatever becomes of the bot."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.localchat import LocalServer, User


def _texts(answer: dict[str, Any]) -> list[str]:
    return [update["message"]["text"] for update in answer["result"]]


async def test_updates_stay_until_a_later_offset(
    server: LocalServer, call: Any, anja: User
) -> None:
    for text in ("een", "twee", "drie"):
        server.messenger.send_text(anja, text)

    first = await call("getUpdates", limit=2)
    again = await call("getUpdates", limit=2)
    rest = await call("getUpdates", offset=first["result"][-1]["update_id"] + 1)
    last = await call("getUpdates", offset=-1)
    none = await call("getUpdates", offset=last["result"][-1]["update_id"] + 1)

    assert _texts(first) == _texts(again) == ["een", "twee"]
    assert _texts(rest) == _texts(last) == ["drie"]
    assert none["result"] == []


async def test_at_most_a_hundred_at_a_time(server: LocalServer, call: Any, anja: User) -> None:
    for number in range(130):
        server.messenger.send_text(anja, str(number))

    assert len((await call("getUpdates", limit=1_000))["result"]) == 100
    assert (await call("getWebhookInfo"))["result"]["pending_update_count"] == 130
    await call("deleteWebhook", drop_pending_updates=True)
    assert (await call("getUpdates"))["result"] == []


async def test_a_waiting_poll_hears_at_once(server: LocalServer, call: Any, anja: User) -> None:
    poll = asyncio.create_task(call("getUpdates", timeout=50))
    await asyncio.wait_for(server.messenger.updates.polling.wait(), 10)

    server.messenger.send_text(anja, "daar")

    assert _texts(await asyncio.wait_for(poll, 10)) == ["daar"]


async def test_a_second_poller_ends_the_first(server: LocalServer, call: Any, anja: User) -> None:
    first = asyncio.create_task(call("getUpdates", timeout=50))
    await asyncio.wait_for(server.messenger.updates.polling.wait(), 10)

    await call("getUpdates", timeout=0)

    answer = await asyncio.wait_for(first, 10)
    assert answer["error_code"] == 409
    assert answer["description"].startswith("Conflict: terminated by other getUpdates request")


async def test_a_server_that_stops_lets_polls_go(
    server: LocalServer, call: Any, anja: User
) -> None:
    poll = asyncio.create_task(call("getUpdates", timeout=50))
    await asyncio.wait_for(server.messenger.updates.polling.wait(), 10)

    await asyncio.wait_for(server.stop(), 10)

    assert (await poll)["result"] == []


@pytest.mark.parametrize(
    ("allowed", "expected"),
    [(["message"], ["message"]), ([], ["message", "my_chat_member", "my_chat_member"])],
)
async def test_only_allowed_updates(
    server: LocalServer, call: Any, anja: User, allowed: list[str], expected: list[str]
) -> None:
    await call("getUpdates", allowed_updates=allowed)

    server.messenger.send_text(anja, "x")
    server.messenger.block(anja)
    server.messenger.unblock(anja)

    updates = (await call("getUpdates"))["result"]
    assert [next(key for key in update if key != "update_id") for update in updates] == expected
