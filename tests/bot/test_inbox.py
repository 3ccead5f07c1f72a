"""Updates are written down first, and once."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from telegram import Update
from telegram.error import NetworkError

from bot.inbox import InboxQueue
from storage.register import Register


def clock() -> datetime:
    return datetime(2026, 11, 23, tzinfo=UTC)


def update(number: int, text: str = "hallo") -> Update:
    person = {"id": 7, "is_bot": False, "first_name": "Anja"}
    message = {
        "message_id": 1,
        "date": 0,
        "chat": {"id": 7, "type": "private"},
        "from": person,
        "text": text,
    }
    return Update.de_json({"update_id": number, "message": message}, None)


@pytest.fixture
def register(tmp_path: Path):
    opened = Register(tmp_path / "register.db", bytes(32))
    yield opened
    opened.close()


async def test_an_update_is_stored_and_enqueued(register):
    queue = InboxQueue(register, clock)
    await queue.put(update(1))
    assert queue.get_nowait().update_id == 1
    assert [received.update_id for received in register.unfinished()] == [1]


async def test_a_repeated_delivery_is_enqueued_once(register):
    queue = InboxQueue(register, clock)
    await queue.put(update(1))
    await queue.put(update(1))
    assert queue.qsize() == 1


async def test_another_signal_passes(register):
    queue = InboxQueue(register, clock)
    signal = object()
    await queue.put(signal)
    assert queue.get_nowait() is signal


async def test_a_storage_error_makes_ptb_ask_again(register):
    queue = InboxQueue(register, clock)
    register.close()
    with pytest.raises(NetworkError):
        await queue.put(update(1))
    assert queue.empty()


async def test_what_was_not_finished_comes_back_whole(register):
    await InboxQueue(register, clock).put(update(1, "met é, € en \N{PERSON WITH FOLDED HANDS}"))
    await InboxQueue(register, clock).put(update(2))
    register.finish([2], clock())
    queue = InboxQueue(register, clock)
    assert await queue.put_unfinished(None) == 1
    assert queue.get_nowait() == update(1)


def raw(number: int) -> dict:
    return json.loads(update(number).to_json())


async def test_what_came_together_is_written_at_once_and_as_it_came(register):
    batch = [raw(1), raw(2), {"update_id": 3, "poll": {}}]
    queue = InboxQueue(register, clock, take_batch=lambda: [batch.pop(0) for _ in list(batch)])
    await queue.put(update(1))
    assert queue.qsize() == 1
    received = {each.update_id: json.loads(each.payload) for each in register.unfinished()}
    assert received == {1: raw(1), 2: raw(2), 3: {"update_id": 3, "poll": {}}}
    await queue.put(update(2))
    await queue.put(update(3))
    assert queue.qsize() == 3


async def test_a_batch_that_comes_again_is_enqueued_once(register):
    queue = InboxQueue(register, clock, take_batch=lambda: [raw(1), raw(2)])
    for number in (1, 2, 1, 2):
        await queue.put(update(number))
    assert queue.qsize() == 2


async def test_what_was_written_but_not_enqueued_is_enqueued_when_it_comes_again(register):
    queue = InboxQueue(register, clock, take_batch=lambda: [raw(1), raw(2)])
    await queue.put(update(1))
    # PTB fell over something and asks for the whole batch again.
    await queue.put(update(1))
    await queue.put(update(2))
    assert [queue.get_nowait().update_id for _ in "ab"] == [1, 2]


async def test_after_a_kill_within_a_batch_nothing_is_lost_nor_doubled(register):
    first = InboxQueue(register, clock, take_batch=lambda: [raw(1), raw(2)])
    await first.put(update(1))
    again = InboxQueue(register, clock, take_batch=lambda: [raw(1), raw(2)])
    assert await again.put_unfinished(None) == 2
    await again.put(update(1))
    await again.put(update(2))
    assert again.qsize() == 2


async def test_an_update_of_another_way_is_written_beside_a_batch(register):
    queue = InboxQueue(register, clock, take_batch=lambda: [raw(5)])
    await queue.put(update(1))
    assert [each.update_id for each in register.unfinished()] == [1]
