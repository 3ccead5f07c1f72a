"""From a file in the chat to the first answer."""

import logging
from dataclasses import dataclass

from telegram import CallbackQuery, Document, File, Message, Update
from telegram.constants import ChatAction, FileSizeLimit
from telegram.error import BadRequest

from analysis.errors import PasswordRequired, UnreadableFile
from bot.context import Context
from bot.handlers.presses import acknowledge, pressed
from bot.handlers.send import edit, send
from bot.replies import answers
from bot.replies.answers import Reply
from bot.replies.render import render
from bot.replies.words import words
from storage.office import Upload, WaitingFile

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Progress:
    """The one message that tells how far the work is, and ends as the receipt."""

    message: Message
    message_with_file: int


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
        await message.reply_text(render("too_large_for_chat", language, size=size))
        return
    first = await message.reply_text(render("received", language, file_name=file_name))
    progress = Progress(first, message.message_id)
    try:
        upload = await _stored(update, context, document, file_name)
        await _ask_or_answer(update, context, upload, progress)
    except PasswordRequired:
        await _ask_password(update, context, document, progress)
    except UnreadableFile as error:
        await _refuse(context, progress, error, file_name)


async def receive_password(update: Update, context: Context, waiting: WaitingFile) -> None:
    """The password of a file that waits for it: used once, and taken out of the chat."""
    message = update.effective_message
    assert message is not None
    assert update.effective_chat is not None
    language = context.member.language
    password = message.text or ""
    await _delete(message)
    first = await update.effective_chat.send_message(
        render("received", language, file_name=waiting.file_name)
    )
    progress = Progress(first, waiting.message)
    lists, office = context.services.lists, context.member.office
    try:
        upload = lists.of_update(office, waiting.update_id)
        if upload is None:
            content = await _download(await context.bot.get_file(waiting.file_id))
            upload = await lists.read(
                office, waiting.update_id, content, waiting.file_name, password
            )
        lists.stop_waiting(office, context.member.user)
        await _ask_or_answer(update, context, upload, progress)
    except PasswordRequired:
        await edit(first, answers.ask_password(waiting.file_name, language, wrong=True))
    except UnreadableFile as error:
        lists.stop_waiting(office, context.member.user)
        await _refuse(context, progress, error, waiting.file_name)


async def give_no_password(update: Update, context: Context) -> None:
    """The adviser would rather not; the file waits no longer."""
    query, _ = pressed(update)
    await acknowledge(query)
    context.services.lists.stop_waiting(context.member.office, context.member.user)
    await _remove_keyboard(query)
    await send(update, context, Reply(render("no_password", context.member.language)))


async def choose_revenue(update: Update, context: Context) -> None:
    """The answer to which column is the office's own revenue."""
    query, press = pressed(update)
    upload = context.services.lists.get(context.member.office, press.upload)
    message = query.message
    if upload is None or upload.rows is None or not isinstance(message, Message):
        await refresh_menu(update, context)
        return
    await acknowledge(query, words(context.member.language)["toasts"]["chosen"])
    replied_to = message.reply_to_message
    progress = Progress(message, replied_to.message_id if replied_to else message.message_id)
    try:
        if press.argument != "skip":
            offered = {str(p) for question in upload.plan.questions for p in question.positions}
            if press.argument not in offered:
                await refresh_menu(update, context)
                return
            upload = await context.services.lists.choose_role(
                context.member.office, upload, int(press.argument), "revenue"
            )
        await _answer(update, context, upload, progress)
    except UnreadableFile as error:
        await _refuse(context, progress, error, upload.file_name)


async def unsend(update: Update, context: Context) -> None:
    """Takes the adviser's own file out of the chat."""
    query, press = pressed(update)
    toasts = words(context.member.language)["toasts"]
    assert update.effective_chat is not None
    try:
        await update.effective_chat.delete_message(int(press.argument))
    except (BadRequest, ValueError):
        await acknowledge(query, toasts["not_unsent"], alert=True)
        return
    await acknowledge(query, toasts["unsent"])
    await _remove_keyboard(query)


async def refresh_menu(update: Update, context: Context) -> None:
    """A button whose question is gone is answered with a fresh menu."""
    if update.callback_query is not None:
        await acknowledge(update.callback_query)
    upload = context.services.lists.newest(context.member.office)
    await send(update, context, answers.outdated(upload, context.member.language))


async def _stored(update: Update, context: Context, document: Document, file_name: str) -> Upload:
    """The upload of this update: read now, or found where an earlier run had stored it."""
    lists, office = context.services.lists, context.member.office
    upload = lists.of_update(office, update.update_id)
    if upload is not None:
        return upload
    assert update.effective_chat is not None
    await update.effective_chat.send_action(ChatAction.TYPING)
    content = await _download(await document.get_file())
    return await lists.read(office, update.update_id, content, file_name)


async def _download(file: File) -> bytes:
    if not (file.file_path or "").startswith(("http://", "https://")):
        # PTB reads a path of this machine as a file of this machine.
        raise UnreadableFile("damaged")
    return bytes(await file.download_as_bytearray())


async def _ask_password(
    update: Update,
    context: Context,
    document: Document,
    progress: Progress,
) -> None:
    """Remembers which file waits, so that a restart between question and answer loses nothing."""
    file_name = document.file_name or "?"
    waiting = WaitingFile(
        user=context.member.user,
        update_id=update.update_id,
        file_id=document.file_id,
        file_name=file_name,
        message=progress.message_with_file,
        since=context.services.clock(),
    )
    context.services.lists.wait(context.member.office, waiting)
    reply = answers.ask_password(file_name, context.member.language, wrong=False)
    await edit(progress.message, reply)


async def _ask_or_answer(
    update: Update, context: Context, upload: Upload, progress: Progress
) -> None:
    if upload.findings is None and upload.plan.questions:
        question = upload.plan.questions[0]
        reply = answers.ask_revenue(upload, question, context.member.language)
        await edit(progress.message, reply)
        return
    await _answer(update, context, upload, progress)


async def _delete(message: Message) -> None:
    try:
        await message.delete()
    except BadRequest:
        log.info("a message was gone already")


async def _answer(update: Update, context: Context, upload: Upload, progress: Progress) -> None:
    language = context.member.language
    if upload.findings is None:
        computing = render("computing", language, file_name=upload.file_name)
        await edit(progress.message, Reply(computing))
        upload = await context.services.lists.analyse(context.member.office, upload)
    await edit(progress.message, answers.receipt(upload, language, progress.message_with_file))
    await send(update, context, answers.first_answer(upload, language), upload)


async def _refuse(
    context: Context, progress: Progress, error: UnreadableFile, file_name: str
) -> None:
    log.info("a file was refused: %s", error.reason)
    kept = context.services.lists.newest(context.member.office) is not None
    reply = answers.unreadable(
        error.reason,
        error.found,
        error.limit,
        file_name,
        kept=kept,
        language=context.member.language,
    )
    await edit(progress.message, reply)


async def _remove_keyboard(query: CallbackQuery) -> None:
    try:
        await query.edit_message_reply_markup(None)
    except BadRequest:
        log.info("the buttons were gone already")
