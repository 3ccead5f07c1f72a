"""Which sheet is the list, and whether a second file completes the first."""

from functools import partial

from telegram import Message, Update

from bot.context import Context
from bot.handlers.menu import refresh_menu
from bot.handlers.presses import acknowledge, pressed
from bot.handlers.progress import Progress
from bot.handlers.reading import answer, ask_question_or_answer, read_waiting
from bot.replies import answers
from storage.office import Upload


async def ask(
    update: Update, context: Context, progress: Progress, file_id: str, names: tuple[str, ...]
) -> None:
    """Remembers the file and its sheets; the answer fetches it again."""
    waiting = await progress.wait(update, context, file_id, names)
    await progress.tell(answers.ask_sheet(waiting, context.member.language))


async def choose(update: Update, context: Context) -> None:
    """The sheet that the adviser pointed at."""
    query, press = pressed(update)
    lists, member = context.services.lists, context.member
    waiting = lists.waiting_of(member.office, member.user)
    place = int(press.argument) if press.argument.isdecimal() else -1
    message = query.message
    fits = waiting is not None and 0 <= place < len(waiting.sheets)
    if waiting is None or not fits or not isinstance(message, Message):
        await refresh_menu(update, context)
        return
    await acknowledge(query)
    progress = Progress(message, waiting.message, waiting.file_name)
    await progress.show(partial(answers.received, waiting.file_name, member.language, 0))
    await progress.run(
        context, read_waiting(update, context, progress, waiting, sheet=waiting.sheets[place])
    )
    await lists.stop_waiting(member.office, member.user)


async def complete(update: Update, context: Context) -> None:
    """More about the same clients, or a list of its own."""
    query, press = pressed(update)
    upload = context.services.lists.get(context.member.office, press.upload)
    message = query.message
    # An earlier attempt may have settled it, and fallen before it could tell.
    settled = upload is not None and upload.extends is None
    begun = context.klantkompas.was_begun_before(update)
    if upload is None or (settled and not begun) or not isinstance(message, Message):
        await refresh_menu(update, context)
        return
    await acknowledge(query)
    progress = Progress.in_place_of(message, upload.file_name)
    if press.argument == "yes" and not settled:
        await progress.run(context, _complete(update, context, upload, progress))
    else:
        await progress.run(context, ask_question_or_answer(update, context, upload, progress))


async def _complete(update: Update, context: Context, upload: Upload, progress: Progress) -> None:
    await progress.show(partial(answers.computing, upload, context.member.language))
    upload = await context.services.lists.complete(context.member.office, upload)
    await answer(update, context, upload, progress)
