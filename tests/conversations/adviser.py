"""An adviser at the chat, so that a conversation test reads as the conversation.

    adviser = Adviser(server, "Anja")
    await adviser.says("/start")
    await adviser.sends("klanten.xlsx", content)
    await adviser.sees("Top 10")
    assert await adviser.presses("80/20") == ""

Nothing here sleeps: every wait ends with the change it waits for, or fails with the transcript.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import NoReturn

import pytest

from bot.localchat import Change, LocalServer, Message, User

PATIENCE = 90.0
"""Seconds until a wait gives up: generous, for a machine that does more at once."""

Fits = Callable[[Change], bool]


class Adviser:
    """One person in the local chat.

    What is seen is what the bot sent or edited since the adviser last did something (said, sent,
    pressed, edited), and each change is seen once. So an old answer can't pass for a new one.
    """

    def __init__(
        self,
        server: LocalServer,
        first_name: str | None = None,
        language: str = "nl",
        *,
        user: User | None = None,
        patience: float = PATIENCE,
    ) -> None:
        """A new person, or `user`, one who is in the chat already (the page's own advisers)."""
        self.server = server
        self.messenger = server.messenger
        self.user = user or self.messenger.add_user(first_name or "Anja", language)
        self.patience = patience
        self._watch = self.messenger.watch()
        self._unseen: list[Change] = []
        self._transcript: list[str] = []

    async def says(self, text: str, reply_to: Message | None = None) -> Message:
        """Type a text or a /command."""
        self._begin()
        return self.messenger.send_text(self.user, text, reply_to)

    async def sends(self, name: str, content: bytes, mime: str = "", caption: str = "") -> Message:
        """Send a file."""
        self._begin()
        return self.messenger.send_document(self.user, name, content, mime, caption)

    async def sends_photo(self, content: bytes, caption: str = "") -> Message:
        self._begin()
        return self.messenger.send_photo(self.user, content, caption)

    async def edits(self, message: Message, text: str) -> Message:
        """Change an own message."""
        self._begin()
        return self.messenger.edit(self.user, message.message_id, text)

    async def presses(
        self, label: str, message: Message | None = None, *, within: float | None = None
    ) -> str:
        """Press the button with this label, in `message` or in the newest message that has it.

        Returns:
            the words that the bot shows briefly (empty: none).
        """
        target = message or self._newest_with(label)
        if target is None or target.button(label) is None:
            self._fail(f"no message has a button {label!r}")
        self._begin()
        self._note(f"{self.user.first_name} presses [{label}]")
        try:
            return await self.messenger.press(
                self.user, target.message_id, label, within=within or self.patience
            )
        except TimeoutError:
            self._fail(f"the bot did not answer the button {label!r}")

    async def sees(self, text: str, *, within: float | None = None) -> Message:
        """The next unseen message, or edit, of the bot with this in its text or caption."""
        return await self._next(lambda change: text in change.text, f"{text!r}", within)

    async def sees_photo(self, caption: str = "", *, within: float | None = None) -> Message:
        """The next unseen photo of the bot; its bytes are `message.media.file.content`."""
        return await self._next(
            lambda change: _has(change, "photo") and caption in change.text,
            f"a photo with {caption!r}",
            within,
        )

    async def sees_document(self, name: str = "", *, within: float | None = None) -> Message:
        """The next unseen document of the bot with this in its file name."""
        return await self._next(
            lambda change: _has(change, "document") and name in _file_name(change),
            f"a document {name!r}",
            within,
        )

    async def sees_deleted(self, message: Message, *, within: float | None = None) -> None:
        """The message is taken out of the chat, now or since long."""
        await self._until(
            lambda: self.messenger.find_message(self.user, message.message_id) is None,
            "the message deleted",
            within,
        )

    def sees_nothing_of(self, text: str) -> None:
        """No message that stands in the chat holds this text. Looks at now, does not wait."""
        found = [each for each in self.messages if each.from_bot and text in each.text]
        if found:
            self._fail(f"{text!r} stands in the chat")

    @property
    def messages(self) -> list[Message]:
        """The chat as it stands."""
        return self.messenger.messages(self.user)

    def transcript(self) -> str:
        """Everything that happened in this chat, a line each."""
        self._collect()
        return "\n".join(self._transcript) or "(nothing happened)"

    async def _next(self, fits: Fits, what: str, within: float | None) -> Message:
        found: list[Message] = []

        def look() -> bool:
            for change in self._unseen:
                if change.message is not None and fits(change):
                    self._unseen.remove(change)
                    found.append(change.message)
                    return True
            return False

        await self._until(look, what, within)
        return found[0]

    async def _until(self, holds: Callable[[], bool], what: str, within: float | None) -> None:
        seconds = self.patience if within is None else within
        try:
            async with asyncio.timeout(seconds):
                while True:
                    self._collect()
                    if holds():
                        return
                    self._take(await self._watch.changes.get())
        except TimeoutError:
            self._fail(f"within {seconds:g} s {self.user.first_name} did not see {what}")

    def _begin(self) -> None:
        """What stands unseen belongs to what was done before."""
        self._collect()
        self._unseen.clear()

    def _collect(self) -> None:
        while not self._watch.changes.empty():
            self._take(self._watch.changes.get_nowait())

    def _take(self, change: Change) -> None:
        if change.user is not self.user:
            return
        self._note(_line(change))
        if change.kind in {"message", "edit"} and change.message and change.message.from_bot:
            self._unseen.append(change)

    def _newest_with(self, label: str) -> Message | None:
        return next((each for each in reversed(self.messages) if each.button(label)), None)

    def _note(self, line: str) -> None:
        if line:
            self._transcript.append(f"{time.strftime('%H:%M:%S')} {line}")

    def _fail(self, reason: str) -> NoReturn:
        pytest.fail(f"{reason}\n--- the conversation ---\n{self.transcript()}", pytrace=False)


def _has(change: Change, kind: str) -> bool:
    return bool(change.message and change.message.media and change.message.media.kind == kind)


def _file_name(change: Change) -> str:
    return change.message.media.file.name if change.message and change.message.media else ""


def _line(change: Change) -> str:
    message = change.message
    if change.kind == "action":
        return f"(bot: {change.action})"
    if message is None:
        return ""
    who = "bot" if message.from_bot else change.user.first_name if change.user else ""
    media = f" <{message.media.kind} {message.media.file.name}>" if message.media else ""
    rows = "".join(
        f"\n    [{'] ['.join(button['text'] for button in row)}]" for row in message.markup.keyboard
    )
    verb = {"message": "", "edit": " edits", "delete": " deleted", "answer": " toast"}
    return f"{who}{verb.get(change.kind, '')} #{message.message_id}{media}: {change.text}{rows}"
