"""The answers to what a list leaves open: which column is revenue, and month or year."""

from telegram import Message, Update

from bot.buttons import Press
from bot.context import Context
from bot.handlers.menu import refresh_menu
from bot.handlers.presses import acknowledge, pressed
from bot.handlers.progress import Progress
from bot.handlers.reading import ask_question_or_answer
from bot.jobs import PERIODS
from bot.replies.words import words
from storage.office import Upload


async def choose_revenue(update: Update, context: Context) -> None:
    """Which column is the office's own revenue."""
    _, press = pressed(update)
    upload = _open_question(context, press, "revenue_column")
    if upload is None:
        await _go_on_or_refresh(update, context, press)
        return
    lists, office = context.services.lists, context.member.office
    offered = {str(p) for question in upload.plan.questions for p in question.positions}
    if press.argument == "skip":
        upload = await lists.skip_question(office, upload, "revenue_column")
    elif press.argument == "none":
        upload = await lists.answer_no_revenue(office, upload)
    elif press.argument in offered:
        upload = await lists.answer_revenue(office, upload, int(press.argument))
    else:
        await refresh_menu(update, context)
        return
    await _go_on(update, context, upload)


async def choose_period(update: Update, context: Context) -> None:
    """Whether an amount is one of a month or of a year."""
    _, press = pressed(update)
    upload = _open_question(context, press, "month_or_year")
    if upload is None:
        await _go_on_or_refresh(update, context, press)
        return
    position, _, period = press.argument.partition(".")
    asked = {str(question.positions[0]) for question in upload.plan.questions}
    if position not in asked or period not in {*PERIODS, "skip"}:
        await refresh_menu(update, context)
        return
    lists, office = context.services.lists, context.member.office
    if period == "skip":
        upload = await lists.skip_question(office, upload, "month_or_year")
    else:
        upload = await lists.answer_period(office, upload, int(position), period)
    await _go_on(update, context, upload)


def _open_question(context: Context, press: Press, code: str) -> Upload | None:
    """The list of the pressed button where this question is still open."""
    upload = context.services.lists.get(context.member.office, press.upload)
    if upload is None or not upload.rows_kept or upload.findings is not None:
        return None
    return upload if code in {question.code for question in upload.plan.questions} else None


async def _go_on_or_refresh(update: Update, context: Context, press: Press) -> None:
    """What an earlier attempt took down and fell before it could tell goes on from there."""
    upload = context.services.lists.get(context.member.office, press.upload)
    begun = context.klantkompas.was_begun_before(update)
    if upload is None or not upload.rows_kept or not begun:
        await refresh_menu(update, context)
        return
    await _go_on(update, context, upload)


async def _go_on(update: Update, context: Context, upload: Upload) -> None:
    query, _ = pressed(update)
    await acknowledge(query, words(context.member.language)["toasts"]["chosen"])
    message = query.message
    if not isinstance(message, Message):
        return
    progress = Progress.in_place_of(message, upload.file_name)
    await progress.run(context, ask_question_or_answer(update, context, upload, progress))
