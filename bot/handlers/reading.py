"""From a stored list to its first answer: the steps that an upload and a password share."""

import asyncio
from functools import partial

from telegram import File, Update

from analysis.errors import UnreadableFile
from bot.context import Context
from bot.handlers import tips, unsending
from bot.handlers.about import another_list, with_another_list
from bot.handlers.progress import Progress
from bot.handlers.send import send
from bot.replies import answers
from storage.office import Upload, WaitingFile


async def download(file: File) -> bytes:
    """The content of a file that was sent. Raises UnreadableFile for a path of this machine."""
    if not (file.file_path or "").startswith(("http://", "https://")):
        # PTB reads a path that exists on this machine from its disk.
        raise UnreadableFile("damaged")
    return bytes(await file.download_as_bytearray())


async def read_waiting(
    update: Update,
    context: Context,
    progress: Progress,
    waiting: WaitingFile,
    *,
    password: str | None = None,
    sheet: str | None = None,
) -> None:
    """Reads a file that waited for this password or sheet, and asks or answers."""
    lists, office = context.services.lists, context.member.office
    upload = lists.of_update(office, waiting.update_id)
    if upload is None:
        content = await download(await context.bot.get_file(waiting.file_id))
        upload = await lists.read(
            office,
            waiting.update_id,
            content,
            waiting.file_name,
            password=password,
            sheet=sheet,
        )
    await ask_or_answer(update, context, upload, progress)


async def ask_or_answer(
    update: Update, context: Context, upload: Upload, progress: Progress
) -> None:
    """One question where there is one, else the answer."""
    lists, member = context.services.lists, context.member
    earlier = lists.get(member.office, upload.extends) if upload.extends else None
    if upload.findings is None and earlier is not None and earlier.rows_kept:
        await progress.tell(answers.ask_complete(upload, earlier, member.language))
        return
    await ask_question_or_answer(update, context, upload, progress)


async def ask_question_or_answer(
    update: Update, context: Context, upload: Upload, progress: Progress
) -> None:
    """The plan's next question where it has one, else the answer."""
    if upload.findings is None and upload.plan.questions:
        question = upload.plan.questions[0]
        await progress.tell(answers.ask(upload, question, context.member.language))
        return
    await answer(update, context, upload, progress)


async def answer(update: Update, context: Context, upload: Upload, progress: Progress) -> None:
    """The receipt in the place of the progress, and the first answer."""
    language = context.member.language
    if upload.findings is None:
        await progress.show(partial(answers.computing, upload, language))
        upload = await _analysed(context, upload, progress)
    await unsending.show_receipt(context, upload, progress)
    other = another_list(context, upload)
    first = answers.first_answer(upload, language, other.file_name if other else "")
    first = with_another_list(context, first, upload)
    await send(update, context, first, upload)
    await tips.after_result(update, context, upload)


async def _analysed(context: Context, upload: Upload, progress: Progress) -> Upload:
    """The list with its findings; without any, nothing of it is kept."""
    lists, office = context.services.lists, context.member.office
    try:
        return await lists.analyse(office, upload)
    except UnreadableFile:
        await lists.remove(office, upload.number)
        raise
    except asyncio.CancelledError:
        if context.services.work.is_stopping(progress.message.chat.id):
            await lists.remove(office, upload.number)
        raise
