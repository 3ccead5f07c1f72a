"""A file with a password: asked for, used once, and taken out of the chat."""

import logging
from functools import cache, partial

from telegram import Message, ReplyParameters, Update
from telegram.error import BadRequest

from analysis.errors import PasswordRequired
from bot.context import Context
from bot.handlers import questions
from bot.handlers.menu import refresh_menu
from bot.handlers.presses import acknowledge, pressed
from bot.handlers.progress import Progress
from bot.handlers.reading import read_waiting
from bot.handlers.send import keyboard, remove_keyboard, send
from bot.replies import answers
from bot.replies.answers import Reply
from bot.replies.render import render
from bot.replies.words import LANGUAGES, words
from storage.office import WaitingFile

log = logging.getLogger(__name__)


async def ask(update: Update, context: Context, progress: Progress, file_id: str) -> None:
    """Remembers which file waits, so that a restart between question and answer loses nothing."""
    await progress.wait(update, context, file_id)
    reply = answers.ask_password(progress.file_name, context.member.language, wrong=False)
    await progress.tell(reply)


async def receive(update: Update, context: Context, waiting: WaitingFile) -> None:
    """The password itself; what may as well be a question or a command is asked about first."""
    message = update.effective_message
    assert message is not None
    if may_be_words(message.text or ""):
        asked = answers.ask_if_password(waiting.file_name, context.member.language)
        await message.reply_text(asked.text, reply_markup=keyboard(asked.buttons), do_quote=True)
        return
    await _use(update, context, waiting, message)


async def judge(update: Update, context: Context) -> None:
    """Whether the message that was asked about is the password. It is read from the chat: what
    may be a password is never stored."""
    query, press = pressed(update)
    lists, member = context.services.lists, context.member
    waiting = lists.waiting_of(member.office, member.user)
    question = query.message
    said = question.reply_to_message if isinstance(question, Message) else None
    if said is None or not said.text or press.argument not in ("yes", "no"):
        await refresh_menu(update, context)
        return
    await acknowledge(query)
    await remove_keyboard(query)
    if press.argument == "no":
        await questions.ask(update, context, said.text)
    elif waiting is None or waiting.sheets:
        await _delete(said)
        await refresh_menu(update, context)
    else:
        await _use(update, context, waiting, said)


def may_be_words(text: str) -> bool:
    """Whether this may be meant for the bot itself: several words, a command, or a button."""
    said = text.strip().casefold()
    return said.startswith("/") or said.endswith("?") or len(said.split()) > 1 or said in _known()


@cache
def _known() -> frozenset[str]:
    """What commands and buttons are called."""
    sections = [words(language) for language in LANGUAGES]
    names = [name for section in sections for name in section["commands"]]
    labels = [label.casefold() for section in sections for label in section["buttons"].values()]
    return frozenset([*names, *labels])


async def _use(update: Update, context: Context, waiting: WaitingFile, message: Message) -> None:
    """Takes the password out of the chat, and reads the file with it."""
    password = message.text or ""
    await _delete(message)
    language = context.member.language
    reading = partial(answers.received, waiting.file_name, language, 0)
    received = reading()
    first = await message.chat.send_message(
        received.text,
        reply_markup=keyboard(received.buttons),
        reply_parameters=ReplyParameters(waiting.message, allow_sending_without_reply=True),
    )
    progress = Progress(first, waiting.message, waiting.file_name, reading)
    try:
        await progress.run(
            context, read_waiting(update, context, progress, waiting, password=password)
        )
    except PasswordRequired:
        await progress.tell(answers.ask_password(waiting.file_name, language, wrong=True))
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
