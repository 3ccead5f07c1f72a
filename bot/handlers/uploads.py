"""A file in the chat, stopping the work on it, and taking it out of the chat again."""

from functools import partial

from telegram import Document, Update
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest

from analysis.errors import PasswordRequired, SeveralLists
from bot.context import Context
from bot.handlers import passwords, sheets, unsending
from bot.handlers.presses import acknowledge, pressed
from bot.handlers.progress import Progress
from bot.handlers.reading import ask_or_answer, download
from bot.handlers.send import keyboard, send
from bot.replies import answers, drafts
from bot.replies.render import render
from bot.replies.words import words


async def receive_document(update: Update, context: Context) -> None:
    """A client list: read, stored, analysed, answered."""
    message = update.effective_message
    assert message is not None
    document = message.document
    assert document is not None
    language = context.member.language
    file_name = document.file_name or "?"
    if (document.file_size or 0) > FileSizeLimit.FILESIZE_DOWNLOAD:
        size = (document.file_size or 0) // 10**6
        text = render("too_large_for_chat", language, file_name=file_name, size=size)
        await message.reply_text(text)
        return
    size = document.file_size or 0
    received = answers.received(file_name, language, size)
    # A reply: by it a question's button knows which message held the file.
    first = await message.reply_text(
        received.text, reply_markup=keyboard(received.buttons), do_quote=True
    )
    reading = partial(answers.received, file_name, language, size)
    progress = Progress(first, message.message_id, file_name, reading)
    try:
        await progress.run(context, _read(update, context, document, progress))
    except PasswordRequired:
        await passwords.ask(update, context, progress, document.file_id)
    except SeveralLists as error:
        await sheets.ask(update, context, progress, document.file_id, error.sheets)


async def unsend(update: Update, context: Context) -> None:
    """Takes a file out of the chat: the adviser's own, or the one that the button is under."""
    query, press = pressed(update)
    toasts = words(context.member.language)["toasts"]
    assert update.effective_chat is not None
    try:
        under = query.message.message_id if query.message else ""
        await update.effective_chat.delete_message(int(press.argument or under))
    except (BadRequest, ValueError):
        await acknowledge(query, toasts["not_unsent"], alert=True)
        return
    await acknowledge(query, toasts["unsent"])
    await unsending.settle(query, context.member.language, toasts["unsent"])


async def stop(update: Update, context: Context) -> None:
    """Ends what is under way in this chat, by button or by `/annuleer`."""
    chat = update.effective_chat
    assert chat is not None
    lists, member = context.services.lists, context.member
    await lists.stop_waiting(member.office, member.user)
    stopped = context.services.work.stop(chat.id)
    toast = words(member.language)["toasts"]["stopping" if stopped else "nothing_to_stop"]
    if update.callback_query is not None:
        await acknowledge(update.callback_query, toast)
    elif not stopped and context.services.register.drafts.drop_newest(member.user):
        await send(update, context, drafts.cancelled(member.language))
    elif not stopped:
        await chat.send_message(toast)


async def _read(update: Update, context: Context, document: Document, progress: Progress) -> None:
    """Reads the file, or finds the list where an earlier run had stored it."""
    lists, office = context.services.lists, context.member.office
    upload = lists.of_update(office, update.update_id)
    if upload is None:
        content = await download(await document.get_file())
        upload = await lists.read(office, update.update_id, content, progress.file_name)
    await ask_or_answer(update, context, upload, progress)
