"""The one message that tells how far the work is, and ends as its outcome."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Self

from telegram import Chat, Message, Update
from telegram.constants import ChatAction
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop

from analysis.errors import PasswordRequired, SeveralLists, UnreadableFile
from bot.context import Context
from bot.delivery import may_succeed_later
from bot.handlers.send import edit, keyboard
from bot.handlers.signs_of_life import telling
from bot.replies import answers
from bot.replies.answers import Reply
from bot.replies.render import render
from bot.work import Stopped
from storage.database import reason_of
from storage.office import WaitingFile

log = logging.getLogger(__name__)

# Telegram shows an action for five seconds.
ACTION_EVERY_SECONDS = 4.0

Stage = Callable[[int], Reply]
"""What is being done, with the seconds that it took so far."""


@dataclass
class Progress:
    """`message` is edited; `message_with_file` is the adviser's own, that held his list.

    While a `stage` lasts, the message goes on telling for how long.
    """

    message: Message
    message_with_file: int
    file_name: str
    stage: Stage | None = None
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    @classmethod
    def in_place_of(cls, question: Message, file_name: str) -> Self:
        """The question's own message goes on as progress; it answered the one with the file."""
        replied_to = question.reply_to_message
        with_file = replied_to.message_id if replied_to else question.message_id
        return cls(question, with_file, file_name)

    async def show(self, stage: Stage) -> None:
        """What is being done from now on."""
        await self.tell(stage(0))
        self.stage = stage

    async def tell(self, reply: Reply) -> None:
        """Puts this in the place of the progress, to stay."""
        async with self._lock:
            self.stage = None
            await edit(self.message, reply)

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
            work_of_all = context.services.work
            async with (
                at_work(self.message.chat),
                telling(self._go_on, self._lock, lambda: work_of_all.under_way),
            ):
                await work_of_all.run(self.message.chat.id, work)
        except Stopped:
            log.info("work was stopped")
            await self.tell(Reply(render("stopped", language, file_name=self.file_name)))
        except (PasswordRequired, SeveralLists):
            raise
        except UnreadableFile as error:
            await self._refuse(context, error)
        except Exception as error:
            if may_succeed_later(error):
                # It is not over: the update is handled again.
                raise
            if reason_of(error) == "gone":
                await self.tell(Reply(render("office_gone", language)))
                return
            # The apology comes from the error handler; this message no longer offers to stop.
            await self.tell(Reply(render("unfinished", language, file_name=self.file_name)))
            raise

    async def _go_on(self, seconds: int) -> None:
        if self.stage is not None:
            reply = self.stage(seconds)
            await self.message.edit_text(reply.text, reply_markup=keyboard(reply.buttons))

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
        await self.tell(reply)


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
    """Shows that the bot is at work, says so where it takes long, and lets the adviser stop it.

    Where he does, that is told, and the update is done: nothing after this block runs.
    """
    chat = update.effective_chat
    assert chat is not None
    try:
        with context.services.work.stoppable(chat.id):
            async with at_work(chat, action), _told_where_long(chat, context):
                yield
    except Stopped:
        log.info("work was stopped")
        await chat.send_message(render("stopped_here", context.member.language))
        raise ApplicationHandlerStop from None


@asynccontextmanager
async def _told_where_long(chat: Chat, context: Context) -> AsyncIterator[None]:
    """A message that says so after two seconds, and goes with the end of the work."""
    message: Message | None = None

    async def tell(seconds: int) -> None:
        nonlocal message
        reply = answers.still_working(context.member.language, seconds)
        if message is None:
            message = await chat.send_message(reply.text, reply_markup=keyboard(reply.buttons))
        else:
            await message.edit_text(reply.text, reply_markup=keyboard(reply.buttons))

    try:
        async with telling(tell, asyncio.Lock(), lambda: context.services.work.under_way):
            yield
    finally:
        if message is not None:
            with suppress(TelegramError):
                await message.delete()
