"""What the local server remembers: people, messages, files, and how the Bot API writes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]

BOT_ID = 1
BOT_USERNAME = "klantkompas_local_bot"
BOT_NAME = "Klantkompas"


@dataclass(frozen=True)
class Sample:
    """A file that the chat page offers to send with one press.

    `label` is what the button says, by language code; a page in another language has no button.
    """

    name: str
    content: bytes
    mime: str
    label: dict[str, str] = field(default_factory=lambda: {"nl": "Stuur het voorbeeldbestand"})


@dataclass(frozen=True)
class Person:
    """Someone to put in the chat page from the start."""

    first_name: str
    language_code: str = "nl"


@dataclass(eq=False)
class User:
    """A person with a private chat with the bot; the chat's id is the user's id, as at Telegram.

    `started` becomes true with the first thing the person sends: before that a bot can't write.
    """

    id: int
    first_name: str
    language_code: str
    started: bool = False
    has_blocked: bool = False
    has_sent_file: bool = False

    def as_telegram(self) -> Json:
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            "language_code": self.language_code,
        }

    def chat_as_telegram(self) -> Json:
        return {"id": self.id, "type": "private", "first_name": self.first_name}


def bot_as_telegram() -> Json:
    return {"id": BOT_ID, "is_bot": True, "first_name": BOT_NAME, "username": BOT_USERNAME}


@dataclass(frozen=True)
class StoredFile:
    """A file at the server. `path` is random, so that no file on the local disk can bear it."""

    file_id: str
    unique_id: str
    path: str
    name: str
    mime: str
    content: bytes = field(repr=False)
    width: int | None = None
    height: int | None = None

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content)

    def as_document(self) -> Json:
        return {**self._identity(), "file_name": self.name, "mime_type": self.mime}

    def as_photo_sizes(self) -> list[Json]:
        return [{**self._identity(), "width": self.width, "height": self.height}]

    def as_file(self) -> Json:
        return {**self._identity(), "file_path": self.path}

    def _identity(self) -> Json:
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": self.size,
        }


@dataclass(frozen=True)
class FormattedText:
    """Text with its entities; offsets and lengths count UTF-16 units, as Telegram does."""

    text: str = ""
    entities: tuple[Json, ...] = ()

    @property
    def length(self) -> int:
        return utf16_length(self.text)


@dataclass(frozen=True)
class Media:
    """The one photo or document that a message can carry."""

    kind: Literal["photo", "document"]
    file: StoredFile


Button = dict[str, str]
Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class ReplyMarkup:
    """What stands under a message: inline buttons, or the request to reply to it."""

    keyboard: Keyboard = ()
    force_reply: Json | None = None


@dataclass(eq=False)
class Message:
    """One message in a private chat. With media, `body` is its caption."""

    message_id: int
    user: User
    from_bot: bool
    date: int
    body: FormattedText
    media: Media | None = None
    markup: ReplyMarkup = field(default_factory=ReplyMarkup)
    reply_to: Message | None = None
    edit_date: int | None = None
    media_group_id: str | None = None
    silent: bool = False

    @property
    def text(self) -> str:
        """The text or the caption."""
        return self.body.text

    def button(self, label: str) -> Button | None:
        """The first button whose label contains `label`, an equal one before others."""
        buttons = [button for row in self.markup.keyboard for button in row]
        equal = [button for button in buttons if button["text"] == label]
        containing = [button for button in buttons if label in button["text"]]
        return next(iter(equal + containing), None)

    def as_telegram(self, *, with_reply: bool = True) -> Json:
        """The Bot API's Message object."""
        message: Json = {
            "message_id": self.message_id,
            "date": self.date,
            "chat": self.user.chat_as_telegram(),
            "from": bot_as_telegram() if self.from_bot else self.user.as_telegram(),
        }
        if self.media is None:
            message["text"] = self.text
        else:
            message[self.media.kind] = (
                self.media.file.as_photo_sizes()
                if self.media.kind == "photo"
                else self.media.file.as_document()
            )
            if self.text:
                message["caption"] = self.text
        if self.body.entities:
            name = "entities" if self.media is None else "caption_entities"
            message[name] = list(self.body.entities)
        if self.markup.keyboard:
            message["reply_markup"] = {"inline_keyboard": [list(r) for r in self.markup.keyboard]}
        if self.reply_to is not None and with_reply:
            message["reply_to_message"] = self.reply_to.as_telegram(with_reply=False)
        if self.edit_date is not None:
            message["edit_date"] = self.edit_date
        if self.media_group_id is not None:
            message["media_group_id"] = self.media_group_id
        return message


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, the unit of all of Telegram's text limits and offsets."""
    return len(text) + sum(character > "\uffff" for character in text)
