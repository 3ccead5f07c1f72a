"""Updates are written down first, and once."""

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
    register.finish(2, clock())
    queue = InboxQueue(register, clock)
    assert await queue.put_unfinished(None) == 1
    assert queue.get_nowait() == update(1)
