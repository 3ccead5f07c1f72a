"""What changed since the list before."""

from telegram import Update

from analysis.errors import UnreadableFile
from bot.context import Context
from bot.handlers.about import list_of
from bot.handlers.progress import stoppable
from bot.handlers.send import send
from bot.replies import comparison
from bot.replies.answers import Reply
from bot.replies.render import render


async def changes(update: Update, context: Context) -> None:
    """Of the list in use by command, of the list it is under by button."""
    now = await list_of(update, context)
    if now is None:
        return
    member, lists = context.member, context.services.lists
    before = lists.before(member.office, now)
    if before is None:
        await send(update, context, comparison.nothing_to_compare(now, member.language))
        return
    if not now.rows_kept:
        await send(update, context, Reply(render("rows_gone", member.language, upload=now)))
        return
    try:
        async with stoppable(update, context):
            # Both tops go by the same marks and choices, else they say nothing of the clients.
            before = await lists.up_to_date(member.office, before)
            found = await lists.changes(now, before)
    except UnreadableFile:
        await send(update, context, Reply(render("not_computed", member.language, upload=now)))
        return
    await send(update, context, comparison.changes(before, now, found, member.language))
