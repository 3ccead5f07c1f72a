"""The answers that follow from a list alone: one that was given before is sent again as it was."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from telegram import Update

from bot.context import Context
from bot.handlers.about import list_of
from bot.handlers.charts import PictureRefusedError, sent_before
from bot.handlers.presses import acknowledge, pressed
from bot.handlers.send import send
from bot.replies.answers import Reply
from storage.office import Upload


@dataclass(frozen=True)
class Ready:
    """A reply, and its picture as the messenger knows it; None for a reply without one."""

    reply: Reply
    file_id: str | None


async def answer(
    update: Update, context: Context, what: Hashable, make: Callable[[Upload], Reply]
) -> None:
    """Sends what `make` says of the list that a command or a button is about.

    At once where that is known under `what`, and nothing of the office has changed since.
    """
    lists, member = context.services.lists, context.member
    number = None if update.callback_query is None else pressed(update)[1].upload
    key = (what, number, member.language, member.text_only)
    ready = lists.made_before(member.office, key)
    if isinstance(ready, Ready) and await _was_sent(update, context, ready):
        return
    version = lists.version
    upload = await list_of(update, context)
    if upload is None:
        return
    reply = make(upload)
    with_picture = reply.chart is not None and not member.text_only
    file_id = sent_before(context, reply, upload) if with_picture else None
    if file_id is not None or not with_picture:
        lists.keep_made(member.office, key, Ready(reply, file_id), version)
    await send(update, context, reply, upload)


async def _was_sent(update: Update, context: Context, ready: Ready) -> bool:
    """False where the messenger has lost the picture: then nothing was sent."""
    if update.callback_query is not None:
        await acknowledge(update.callback_query)
    try:
        await send(update, context, ready.reply, file_id=ready.file_id)
    except PictureRefusedError:
        return False
    return True
