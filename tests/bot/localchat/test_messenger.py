"""What a person can and can't do in the chat."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.localchat import Answer, Messenger, MessengerError, Person, RefusedError, User
from bot.localchat.model import FormattedText, Message, ReplyMarkup

BUTTONS = ReplyMarkup(
    keyboard=(({"text": "80/20", "callback_data": "p"}, {"text": "Site", "url": "https://a.nl"}),)
)


@pytest.fixture
def messenger() -> Messenger:
    return Messenger([Person("Anja")])


@pytest.fixture
def anja(messenger: Messenger) -> User:
    return messenger.users[1001]


@pytest.fixture
def question(messenger: Messenger, anja: User) -> Message:
    return messenger.deliver(Message(0, anja, True, 0, FormattedText("Welke?"), markup=BUTTONS))


@pytest.mark.parametrize("text", ["", "  \n", "x" * 4097])
def test_texts_that_telegram_does_not_take(messenger: Messenger, anja: User, text: str) -> None:
    with pytest.raises(RefusedError):
        messenger.send_text(anja, text)
    assert messenger.messages(anja) == []
    assert len(messenger.updates) == 0


def test_files_that_telegram_does_not_take(
    messenger: Messenger, anja: User, image: Callable[..., bytes]
) -> None:
    with pytest.raises(RefusedError, match="non-empty"):
        messenger.send_document(anja, "leeg.csv", b"")
    with pytest.raises(RefusedError, match="IMAGE_PROCESS_FAILED"):
        messenger.send_photo(anja, b"geen foto")
    with pytest.raises(RefusedError, match="caption is too long"):
        messenger.send_photo(anja, image(), "x" * 1025)
    assert len(messenger.updates) == 0


async def test_a_press_waits_for_the_answer(
    messenger: Messenger, anja: User, question: Message
) -> None:
    press = messenger.begin_press(anja, question.message_id, question.button("80/20"))
    assert not press.answer.done()

    messenger.answer_press(press.query_id, Answer("Even rekenen"))
    messenger.answer_press(press.query_id, Answer("Nog eens"))

    assert (await press.answer).text == "Even rekenen"


async def test_presses_that_can_not_be(messenger: Messenger, anja: User, question: Message) -> None:
    with pytest.raises(MessengerError, match="No button 'Top 10'"):
        await messenger.press(anja, question.message_id, "Top 10")
    with pytest.raises(MessengerError, match="No button"):
        await messenger.press(anja, 999, "80/20")
    with pytest.raises(MessengerError, match="opens a link"):
        await messenger.press(anja, question.message_id, "Site")
    button = question.button("80/20")
    messenger.delete(anja, question.message_id)
    with pytest.raises(MessengerError, match="not in the chat any more"):
        messenger.begin_press(anja, question.message_id, button)
    assert len(messenger.updates) == 0


async def test_a_press_that_gets_too_old(
    messenger: Messenger, anja: User, question: Message
) -> None:
    press = messenger.begin_press(anja, question.message_id, question.button("80/20"))

    messenger.expire_presses()

    with pytest.raises(RefusedError, match="query is too old"):
        messenger.answer_press(press.query_id, Answer())
    assert await press.answer == Answer()


async def test_a_press_without_an_answer(
    messenger: Messenger, anja: User, question: Message
) -> None:
    with pytest.raises(TimeoutError):
        await messenger.press(anja, question.message_id, "80/20", within=0)


def test_who_has_blocked_the_bot_says_nothing(
    messenger: Messenger, anja: User, question: Message
) -> None:
    messenger.block(anja)
    messenger.block(anja)

    with pytest.raises(MessengerError):
        messenger.send_text(anja, "x")
    with pytest.raises(MessengerError):
        messenger.begin_press(anja, question.message_id, question.button("80/20"))
    assert len(messenger.updates) == 1


def test_only_own_messages_can_be_edited(
    messenger: Messenger, anja: User, question: Message
) -> None:
    own = messenger.send_text(anja, "een")
    messenger.edit(anja, own.message_id, "twee")

    with pytest.raises(MessengerError):
        messenger.edit(anja, question.message_id, "x")
    assert [message.text for message in messenger.messages(anja)] == ["Welke?", "twee"]


def test_a_watch_hears_all_that_happens_after_it(messenger: Messenger, anja: User) -> None:
    messenger.send_text(anja, "vooraf")
    watch = messenger.watch()

    message = messenger.send_text(anja, "een")
    messenger.edit(anja, message.message_id, "twee")
    messenger.show_action(anja, "typing")
    messenger.delete(anja, message.message_id)

    heard = [watch.changes.get_nowait() for _ in range(watch.changes.qsize())]
    assert [(change.kind, change.text) for change in heard] == [
        ("message", "een"),
        ("edit", "twee"),
        ("action", ""),
        ("delete", "twee"),
    ]


def test_a_label_is_found_whole_before_in_part(messenger: Messenger, anja: User) -> None:
    rows = (
        (
            {"text": "Top 10 als lijst", "callback_data": "a"},
            {"text": "Top 10", "callback_data": "b"},
        ),
    )
    message = Message(0, anja, True, 0, FormattedText("x"), markup=ReplyMarkup(keyboard=rows))

    assert message.button("Top 10")["callback_data"] == "b"
    assert message.button("lijst")["callback_data"] == "a"
    assert message.button("80/20") is None
