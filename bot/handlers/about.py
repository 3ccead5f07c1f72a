"""The list that a command or a button is about."""

from dataclasses import replace

from telegram import Update

from bot.context import Context
from bot.handlers.menu import refresh_menu
from bot.handlers.presses import acknowledge, pressed
from bot.handlers.progress import stoppable
from bot.handlers.send import send
from bot.replies import answers, files
from bot.replies.answers import Reply
from storage.office import Upload, UploadSummary


async def list_of(update: Update, context: Context) -> Upload | None:
    """The list in use for a command, that of the button for a press, with findings.

    None where there is none; then that has been told.
    """
    lists, office = context.services.lists, context.member.office
    if update.callback_query is None:
        upload = lists.newest(office)
        if upload is None:
            await tell_nothing_yet(update, context)
            return None
        return await _up_to_date(update, context, upload)
    query, press = pressed(update)
    upload = lists.get(office, press.upload)
    if upload is None or upload.findings is None:
        await refresh_menu(update, context)
        return None
    await acknowledge(query)
    return await _up_to_date(update, context, upload)


async def tell_unanswered(update: Update, context: Context, upload: Upload) -> None:
    """What is asked does not follow from this list."""
    reply = answers.cannot_tell(upload, context.member.language)
    await send(update, context, with_another_list(context, reply, upload))


def with_another_list(context: Context, reply: Reply, upload: Upload) -> Reply:
    """The reply about a list without revenue, with a way to one that has it where there is one."""
    other = another_list(context, upload)
    if other is None:
        return reply
    return replace(
        reply, buttons=[files.use_instead(other, context.member.language), *reply.buttons]
    )


def another_list(context: Context, upload: Upload) -> UploadSummary | None:
    """The newest list with revenue, where this one has none."""
    if upload.findings is None or upload.findings.pareto is not None:
        return None
    lists = context.services.lists.all(context.member.office)
    return next((each for each in lists if each.has_revenue), None)


async def tell_nothing_yet(update: Update, context: Context) -> None:
    """There are no answers yet: send a list, or answer the question that one waits for."""
    lists, member = context.services.lists, context.member
    waiting = next((each for each in lists.all(member.office) if each.clients is None), None)
    upload = lists.get(member.office, waiting.number) if waiting else None
    if upload is not None and upload.plan.questions:
        reply = answers.ask(upload, upload.plan.questions[0], member.language)
    else:
        reply = answers.nothing_yet(member.language)
    await send(update, context, reply)


async def _up_to_date(update: Update, context: Context, upload: Upload) -> Upload:
    """With findings that go by all that the adviser told of his clients since."""
    lists, office = context.services.lists, context.member.office
    if not lists.is_outdated(office, upload):
        return upload
    async with stoppable(update, context):
        return await lists.up_to_date(office, upload)
