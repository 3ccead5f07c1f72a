"""The adviser of the conversation tests sees what is new, once, and fails with the transcript."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.localchat import Answer, LocalServer, Message
from bot.localchat.model import FormattedText, Media, ReplyMarkup
from tests.conversations.adviser import Adviser


@pytest.fixture
async def server() -> AsyncIterator[LocalServer]:
    server = LocalServer(users=())
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def adviser(server: LocalServer) -> Adviser:
    adviser = Adviser(server, "Anja")
    await adviser.says("/start")
    return adviser


def _bot_sends(adviser: Adviser, text: str, label: str = "", name: str = "") -> Message:
    markup = ReplyMarkup((({"text": label, "callback_data": "x"},),)) if label else ReplyMarkup()
    media = Media("document", adviser.messenger.files.add_document(b"x", name)) if name else None
    message = Message(0, adviser.user, True, 0, FormattedText(text), media, markup)
    return adviser.messenger.deliver(message)


async def test_sees_each_message_once_in_any_order(adviser: Adviser) -> None:
    first, second = _bot_sends(adviser, "Top 10: een"), _bot_sends(adviser, "Top 10: twee")

    assert await adviser.sees("twee") is second
    assert await adviser.sees("Top 10") is first
    with pytest.raises(pytest.fail.Exception, match="did not see 'Top 10'"):
        await adviser.sees("Top 10", within=0.01)


async def test_an_old_answer_is_no_new_one(adviser: Adviser) -> None:
    _bot_sends(adviser, "Top 10")
    await adviser.says("/top10")

    with pytest.raises(pytest.fail.Exception) as caught:
        await adviser.sees("Top 10", within=0.01)
    assert "Anja #1: /start" in str(caught.value)
    assert "bot #2: Top 10" in str(caught.value)


async def test_sees_edits_and_deletions(adviser: Adviser) -> None:
    message = _bot_sends(adviser, "Ik kijk even")
    await adviser.sees("Ik kijk even")
    adviser.messenger.change(message, FormattedText("Klaar"), None, ReplyMarkup())

    assert (await adviser.sees("Klaar")).message_id == message.message_id
    adviser.messenger.delete(adviser.user, message.message_id)
    await adviser.sees_deleted(message)
    adviser.sees_nothing_of("Klaar")


async def test_does_not_see_what_was_sent_to_another(server: LocalServer, adviser: Adviser) -> None:
    bram = Adviser(server, "Bram")
    _bot_sends(bram, "voor Bram")

    await bram.sees("voor Bram")
    with pytest.raises(pytest.fail.Exception):
        await adviser.sees("voor Bram", within=0.01)


async def test_documents_by_name_and_no_photo(adviser: Adviser) -> None:
    _bot_sends(adviser, "hier", name="rapport.pdf")

    with pytest.raises(pytest.fail.Exception):
        await adviser.sees_photo(within=0.01)
    assert (await adviser.sees_document("rapport")).text == "hier"


async def test_presses_the_newest_button_of_that_name(adviser: Adviser) -> None:
    _bot_sends(adviser, "oud", "80/20")
    newest = _bot_sends(adviser, "nieuw", "80/20")
    pressed = adviser.messenger.begin_press(adviser.user, newest.message_id, newest.button("80/20"))
    adviser.messenger.answer_press(pressed.query_id, Answer("ja"))

    with pytest.raises(pytest.fail.Exception, match="did not answer the button '80/20'"):
        await adviser.presses("80/20", within=0.01)
    update = (await adviser.messenger.updates.poll(0, 100, 0))[-1]
    assert update["callback_query"]["message"]["message_id"] == newest.message_id
    with pytest.raises(pytest.fail.Exception, match="no message has a button 'Focus'"):
        await adviser.presses("Focus")
