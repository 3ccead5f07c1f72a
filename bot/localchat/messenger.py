"""The state of the local Telegram: what people do, what the bot did, and word of every change."""

from __future__ import annotations

import asyncio
import itertools
import secrets
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from .clock import MovableClock
from .files import FileStore
from .limits import RefusedError, check_caption, check_text, photo_dimensions, refuse
from .markup import plain
from .model import (
    Button,
    FormattedText,
    Json,
    Media,
    Message,
    Person,
    ReplyMarkup,
    User,
    bot_as_telegram,
)
from .profile import BotProfile
from .updates import UpdateQueue

ChangeKind = Literal["message", "edit", "delete", "action", "answer", "profile", "person", "clock"]
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
MISSING_QUERY = "query is too old and response timeout expired or query ID is invalid"
FIRST_USER_ID = 1001


@dataclass(frozen=True)
class Answer:
    """What the bot answered to a pressed button; an empty text shows nothing."""

    text: str = ""
    alert: bool = False
    url: str = ""


@dataclass(eq=False)
class Press:
    """A pressed button that waits for the bot's answerCallbackQuery."""

    query_id: str
    user: User
    message: Message
    button: Button
    answer: asyncio.Future[Answer]


@dataclass(frozen=True)
class Change:
    """Something that a person in this chat would see. `text` is the message's text at the time."""

    kind: ChangeKind
    user: User | None = None
    message: Message | None = None
    text: str = ""
    action: str = ""
    press: Press | None = None


@dataclass(eq=False)
class Watch:
    """The changes since this watch began, in order; gone when nobody holds it any more."""

    changes: asyncio.Queue[Change] = field(default_factory=asyncio.Queue)


class MessengerError(Exception):
    """A person tried what the chat does not offer, such as a button that is not there."""


class Messenger:
    """Private chats of people with one bot.

    The first half is what a person does, for tests and for the chat page; the second half is
    what the bot does, for the Bot API. Nothing here speaks HTTP.
    """

    def __init__(self, people: Sequence[Person] = (), clock: MovableClock | None = None) -> None:
        self.clock = clock or MovableClock()
        self.users: dict[int, User] = {}
        self.files = FileStore()
        self.updates = UpdateQueue()
        self.profile = BotProfile()
        self._chats: dict[int, dict[int, Message]] = {}
        self._presses: dict[str, Press] = {}
        self._watches: weakref.WeakSet[Watch] = weakref.WeakSet()
        self._message_ids = itertools.count(1)
        for person in people:
            self.add_user(person.first_name, person.language_code)

    def watch(self) -> Watch:
        """Hear of all changes from now on."""
        watch = Watch()
        self._watches.add(watch)
        return watch

    def move_clock(self, moment: datetime) -> None:
        """Raises ValueError for a moment that is over, or too far away."""
        self.clock.move_to(moment)
        self.tell(Change("clock"))

    def tell(self, change: Change) -> None:
        for watch in tuple(self._watches):
            watch.changes.put_nowait(change)

    # What a person does

    def add_user(self, first_name: str, language_code: str = "nl") -> User:
        user = User(FIRST_USER_ID + len(self.users), first_name, language_code)
        self.users[user.id] = user
        self._chats[user.id] = {}
        self.tell(Change("person", user))
        return user

    def messages(self, user: User) -> list[Message]:
        """The chat as it stands: what was deleted is gone, what was edited reads anew."""
        return list(self._chats[user.id].values())

    def find_message(self, user: User, message_id: int) -> Message | None:
        return self._chats[user.id].get(message_id)

    def send_text(self, user: User, text: str, reply_to: Message | None = None) -> Message:
        """Raises RefusedError where Telegram would not take the text."""
        body = plain(text)
        check_text(body)
        return self._from_person(user, body, None, reply_to)

    def send_document(
        self, user: User, name: str, content: bytes, mime: str = "", caption: str = ""
    ) -> Message:
        body = plain(caption)
        check_caption(body)
        if not content:
            refuse("file must be non-empty")
        file = self.files.add_document(content, name, mime)
        user.has_sent_file = True
        return self._from_person(user, body, Media("document", file))

    def send_photo(self, user: User, content: bytes, caption: str = "") -> Message:
        body = plain(caption)
        check_caption(body)
        file = self.files.add_photo(content, photo_dimensions(content))
        return self._from_person(user, body, Media("photo", file))

    def edit(self, user: User, message_id: int, text: str) -> Message:
        """The person changes an own message."""
        message = self.find_message(user, message_id)
        if message is None or message.from_bot:
            raise MessengerError("There is no message of this person to edit")
        body = plain(text)
        (check_text if message.media is None else check_caption)(body)
        message.body, message.edit_date = body, self._now()
        self.updates.push("edited_message", message.as_telegram())
        self.tell(Change("edit", user, message, message.text))
        return message

    def begin_press(self, user: User, message_id: int, button: Button) -> Press:
        """Press a button that calls back; `press.answer` is done when the bot has answered."""
        message = self.find_message(user, message_id)
        if message is None or not any(button in row for row in message.markup.keyboard):
            raise MessengerError("This button is not in the chat any more")
        if "callback_data" not in button:
            raise MessengerError("This button opens a link and does not call the bot")
        self._require_unblocked(user)
        answer = asyncio.get_running_loop().create_future()
        press = Press(secrets.token_hex(8), user, message, button, answer)
        self._presses[press.query_id] = press
        query = {
            "id": press.query_id,
            "from": user.as_telegram(),
            "message": message.as_telegram(),
            "chat_instance": str(user.id),
            "data": button["callback_data"],
        }
        self.updates.push("callback_query", query)
        return press

    async def press(self, user: User, message_id: int, label: str, *, within: float = 10) -> str:
        """Press the button with this label and wait for the words that the bot shows briefly.

        Raises:
            MessengerError: no such button.
            TimeoutError: no answer within so many seconds.
        """
        message = self.find_message(user, message_id)
        button = message.button(label) if message else None
        if button is None:
            raise MessengerError(f"No button {label!r} in message {message_id}")
        press = self.begin_press(user, message_id, button)
        async with asyncio.timeout(within):
            return (await press.answer).text

    def expire_presses(self) -> None:
        """Make every press too old, as after a quarter of a minute at Telegram.

        The person sees the button come to rest; the bot can't answer it any more.
        """
        for press in self._presses.values():
            if not press.answer.done():
                press.answer.set_result(Answer())
        self._presses.clear()

    def block(self, user: User) -> None:
        """The person blocks the bot; it is told so, and can't write any more."""
        self._set_blocked(user, blocked=True)

    def unblock(self, user: User) -> None:
        self._set_blocked(user, blocked=False)

    def speak(self, user: User, language_code: str) -> None:
        """The language of the person's app, which Telegram tells the bot with every message."""
        if user.language_code != language_code:
            user.language_code = language_code
            self.tell(Change("profile"))

    def _set_blocked(self, user: User, *, blocked: bool) -> None:
        if user.has_blocked == blocked:
            return
        user.has_blocked = blocked
        member: Json = {"user": bot_as_telegram(), "status": "member"}
        kicked: Json = {"user": bot_as_telegram(), "status": "kicked", "until_date": 0}
        change = {
            "chat": user.chat_as_telegram(),
            "from": user.as_telegram(),
            "date": self._now(),
            "old_chat_member": member if blocked else kicked,
            "new_chat_member": kicked if blocked else member,
        }
        self.updates.push("my_chat_member", change)
        self.tell(Change("person", user))

    def _require_unblocked(self, user: User) -> None:
        if user.has_blocked:
            raise MessengerError("This person has blocked the bot")

    def _from_person(
        self, user: User, body: FormattedText, media: Media | None, reply_to: Message | None = None
    ) -> Message:
        self._require_unblocked(user)
        user.started = True
        message = self._add(Message(0, user, False, self._now(), body, media, reply_to=reply_to))
        self.updates.push("message", message.as_telegram())
        return message

    def _add(self, message: Message) -> Message:
        message.message_id = next(self._message_ids)
        self._chats[message.user.id][message.message_id] = message
        self.tell(Change("message", message.user, message, message.text))
        return message

    # What the bot does

    def recipient(self, chat_id: int | None) -> User:
        """Whom the bot may write to.

        Raises:
            RefusedError: an unknown chat, a person who never wrote first, or who blocked the bot.
        """
        user = self.users.get(chat_id) if chat_id is not None else None
        if user is None or not user.started:
            refuse("chat not found")
        if user.has_blocked:
            raise RefusedError(403, "Forbidden: bot was blocked by the user")
        return user

    def deliver(self, message: Message) -> Message:
        """A message of the bot arrives; it gets its id and date here."""
        message.date = self._now()
        return self._add(message)

    def own_message(self, user: User, message_id: int) -> Message:
        """A message that the bot may change."""
        message = self.find_message(user, message_id)
        if message is None:
            refuse("message to edit not found")
        if not message.from_bot:
            refuse("message can't be edited")
        return message

    def change(
        self, message: Message, body: FormattedText, media: Media | None, markup: ReplyMarkup
    ) -> Message:
        """Give a message of the bot new content.

        Raises:
            RefusedError: nothing differs.
        """
        if (message.body, message.media, message.markup) == (body, media, markup):
            refuse(NOT_MODIFIED)
        message.body, message.media, message.markup = body, media, markup
        message.edit_date = self._now()
        self.tell(Change("edit", message.user, message, message.text))
        return message

    def delete(self, user: User, message_id: int) -> bool:
        """Take a message out of the chat, whoever sent it; False where it is not there."""
        message = self._chats[user.id].pop(message_id, None)
        if message is None:
            return False
        self.tell(Change("delete", user, message, message.text))
        return True

    def show_action(self, user: User, action: str) -> None:
        """The bot is typing, or sends a file, for some five seconds or until its next message."""
        self.tell(Change("action", user, action=action))

    def answer_press(self, query_id: str, answer: Answer) -> None:
        press = self._presses.get(query_id)
        if press is None:
            refuse(MISSING_QUERY)
        if not press.answer.done():
            press.answer.set_result(answer)
            self.tell(Change("answer", press.user, press.message, answer.text, press=press))

    def _now(self) -> int:
        return int(self.clock.now().timestamp())
