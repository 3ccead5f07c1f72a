"""The one message that tells how far the work is, and ends as its outcome."""

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Self

from telegram import Chat, Message, Update
from telegram.constants import ChatAction
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop

from analysis.errors import PasswordRequired, SeveralLists, UnreadableFile
from bot.context import Context
from bot.delivery import may_succeed_later
from bot.handlers.send import edit
from bot.replies import answers
from bot.replies.answers import Reply
from bot.replies.render import render
from bot.work import Stopped
from storage.database import reason_of
from storage.office import WaitingFile

log = logging.getLogger(__name__)

# Telegram shows an action for five seconds.
ACTION_EVERY_SECONDS = 4.0


@dataclass(frozen=True)
class Progress:
    """`message` is edited; `message_with_file` is the adviser's own, that held his list."""

    message: Message
    message_with_file: int
    file_name: str

    @classmethod
    def in_place_of(cls, question: Message, file_name: str) -> Self:
        """The question's own message goes on as progress; it answered the one with the file."""
        replied_to = question.reply_to_message
        with_file = replied_to.message_id if replied_to else question.message_id
        return cls(question, with_file, file_name)

    async def wait(
        self, update: Update, context: Context, file_id: str, sheets: tuple[str, ...] = ()
    ) -> WaitingFile:
        """Remembers the file, so that a restart between question and answer loses nothing."""
        waiting = WaitingFile(
            user=context.member.user,
            update_id=update.update_id,
            file_id=file_id,
            file_name=self.file_name,
            message=self.message_with_file,
            since=context.services.clock(),
            sheets=sheets,
        )
        await context.services.lists.wait(context.member.office, waiting)
        return waiting

    async def run(self, context: Context, work: Coroutine[Any, Any, None]) -> None:
        """Does the work, stoppable, and tells what became of it.

        Raises PasswordRequired and SeveralLists, which ask for something.
        """
        language = context.member.language
        try:
            async with at_work(self.message.chat):
                await context.services.work.run(self.message.chat.id, work)
        except Stopped:
            log.info("work was stopped")
            await edit(self.message, Reply(render("stopped", language, file_name=self.file_name)))
        except (PasswordRequired, SeveralLists):
            raise
        except UnreadableFile as error:
            await self._refuse(context, error)
        except Exception as error:
            if may_succeed_later(error):
                # It is not over: the update is handled again.
                raise
            if reason_of(error) == "gone":
                await edit(self.message, Reply(render("office_gone", language)))
                return
            # The apology comes from the error handler; this message no longer offers to stop.
            await edit(
                self.message, Reply(render("unfinished", language, file_name=self.file_name))
            )
            raise

    async def _refuse(self, context: Context, error: UnreadableFile) -> None:
        log.info("a file was refused: %s", error.reason)
        kept = context.services.lists.newest(context.member.office) is not None
        reply = answers.unreadable(
            error.reason,
            error.found,
            error.limit,
            self.file_name,
            kept=kept,
            language=context.member.language,
        )
        await edit(self.message, reply)


@asynccontextmanager
async def at_work(chat: Chat, action: ChatAction = ChatAction.TYPING) -> AsyncIterator[None]:
    """Shows that the bot is at work, for as long as it is."""

    async def show() -> None:
        while True:
            with suppress(TelegramError):
                await chat.send_action(action)
            await asyncio.sleep(ACTION_EVERY_SECONDS)

    shown = asyncio.create_task(show())
    try:
        yield
    finally:
        shown.cancel()


@asynccontextmanager
async def stoppable(
    update: Update, context: Context, action: ChatAction = ChatAction.TYPING
) -> AsyncIterator[None]:
    """Shows that the bot is at work, and lets the adviser stop it.

    Where he does, that is told, and the update is done: nothing after this block runs.
    """
    chat = update.effective_chat
    assert chat is not None
    try:
        with context.services.work.stoppable(chat.id):
            async with at_work(chat, action):
                yield
    except Stopped:
        log.info("work was stopped")
        await chat.send_message(render("stopped_here", context.member.language))
        raise ApplicationHandlerStop from None
