"""A file with a password: asked for, used once, and taken out of the chat."""

import logging

from telegram import Message, Update
from telegram.error import BadRequest

from analysis.errors import PasswordRequired
from bot.context import Context
from bot.handlers.presses import acknowledge, pressed
from bot.handlers.progress import Progress
from bot.handlers.reading import read_waiting
from bot.handlers.send import edit, remove_keyboard, send
from bot.replies import answers
from bot.replies.answers import Reply
from bot.replies.render import render
from storage.office import WaitingFile

log = logging.getLogger(__name__)


async def ask(update: Update, context: Context, progress: Progress, file_id: str) -> None:
    """Remembers which file waits, so that a restart between question and answer loses nothing."""
    await progress.wait(update, context, file_id)
    reply = answers.ask_password(progress.file_name, context.member.language, wrong=False)
    await edit(progress.message, reply)


async def receive(update: Update, context: Context, waiting: WaitingFile) -> None:
    """The password itself."""
    message = update.effective_message
    assert message is not None
    password = message.text or ""
    await _delete(message)
    language = context.member.language
    first = await message.chat.send_message(
        render("received", language, file_name=waiting.file_name)
    )
    progress = Progress(first, waiting.message, waiting.file_name)
    try:
        await progress.run(
            context, read_waiting(update, context, progress, waiting, password=password)
        )
    except PasswordRequired:
        await edit(first, answers.ask_password(waiting.file_name, language, wrong=True))
    else:
        await context.services.lists.stop_waiting(context.member.office, context.member.user)


async def give_none(update: Update, context: Context) -> None:
    """The adviser would rather not; the file waits no longer."""
    query, _ = pressed(update)
    await acknowledge(query)
    await context.services.lists.stop_waiting(context.member.office, context.member.user)
    await remove_keyboard(query)
    await send(update, context, Reply(render("no_password", context.member.language)))


async def _delete(message: Message) -> None:
    try:
        await message.delete()
    except BadRequest:
        log.info("a message was gone already")
