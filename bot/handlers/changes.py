"""What changed since the list before."""

from telegram import Update

from analysis.errors import UnreadableFile
from bot.context import Context
from bot.handlers.about import list_of
from bot.handlers.presses import pressed
from bot.handlers.progress import stoppable
from bot.handlers.send import send
from bot.replies import comparison
from bot.replies.answers import Reply
from bot.replies.comparison import CHOOSE, Others
from bot.replies.render import render
from storage.office import Upload, UploadSummary


async def changes(update: Update, context: Context) -> None:
    """Of the list in use by command, of the list it is under by button.

    With the last list of the same kind of clients, or with the one that was chosen.
    """
    now = await list_of(update, context)
    if now is None:
        return
    member, lists = context.member, context.services.lists
    wanted = "" if update.callback_query is None else pressed(update)[1].argument
    others = Others(now, _earlier_lists(context, now), context.services.settings.timezone)
    if wanted == CHOOSE:
        await send(update, context, comparison.choose(others, member.language))
        return
    before = (
        lists.get(member.office, int(wanted))
        if wanted.isdecimal()
        else lists.before(member.office, now)
    )
    if before is None or before.findings is None:
        await send(update, context, comparison.nothing_to_compare(others, member.language))
        return
    if not now.rows_kept:
        await send(update, context, Reply(render("rows_gone", member.language, upload=now)))
        return
    try:
        async with stoppable(update, context):
            # Both tops go by the same marks and choices, else they say nothing of the clients.
            before = await lists.up_to_date(member.office, before)
            found = await lists.changes(member.office, now, before)
    except UnreadableFile:
        await send(update, context, Reply(render("not_computed", member.language, upload=now)))
        return
    await send(update, context, comparison.changes(before, others, found, member.language))


def _earlier_lists(context: Context, now: Upload) -> list[UploadSummary]:
    lists = context.services.lists.all(context.member.office)
    return [each for each in lists if each.number < now.number and each.clients is not None]
