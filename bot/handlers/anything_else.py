"""What is neither a file nor a command nor a button of ours."""

from telegram import Message, Update

from bot.buttons import Button, Press
from bot.context import Context
from bot.handlers import drafts, marks, passwords, questions
from bot.handlers.send import send
from bot.replies import answers
from bot.replies.answers import Reply
from bot.replies.render import render
from bot.replies.words import words


async def not_a_file(update: Update, context: Context) -> None:
    """A photo, a voice message: kindly how to send a list instead."""
    message = update.effective_message
    assert message is not None
    language = context.member.language
    sample = Button(words(language)["buttons"]["sample"], Press("sample"))
    text = render("not_a_file", language, kind=_kind(message))
    await send(update, context, Reply(text, [[sample]]))


async def text(update: Update, context: Context) -> None:
    """Words that are no command: what a half-written comment or tip asked for, a password where
    a file waits for one, else a question."""
    lists, member = context.services.lists, context.member
    waiting = lists.waiting_of(member.office, member.user)
    said = update.effective_message.text if update.effective_message else None
    asks_password = waiting is not None and not waiting.sheets
    since = waiting.since if waiting is not None and asks_password else None
    if said and await marks.receive(update, context, said):
        return
    if said and not said.startswith("/") and await drafts.receive(update, context, said, since):
        return
    if waiting is not None and asks_password:
        await passwords.receive(update, context, waiting)
        return
    if said and not said.startswith("/"):
        await questions.ask(update, context, said)
        return
    language = member.language
    upload = lists.newest(member.office)
    buttons = answers.menu(upload, language) if upload else ()
    await send(update, context, Reply(render("not_understood", language), buttons))


def _kind(message: Message) -> str:
    kinds = ("photo", "voice", "video", "sticker")
    return next((kind for kind in kinds if getattr(message, kind)), "other")
