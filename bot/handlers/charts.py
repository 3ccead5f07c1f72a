"""The picture of an answer: sent again by the messenger's file id, or drawn."""

import logging
from contextlib import suppress

from telegram import InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatAction
from telegram.error import BadRequest

from bot import jobs
from bot.context import Context
from bot.program import program
from bot.replies.answers import Reply
from storage.office import Upload

log = logging.getLogger(__name__)


class PictureRefusedError(Exception):
    """The messenger does not know a picture any more that it was sent before."""


async def send_known_chart(
    update: Update, file_id: str, caption: str, keyboard: InlineKeyboardMarkup | None
) -> None:
    """Sends a picture that was sent before. Raises PictureRefusedError."""
    assert update.effective_chat is not None
    try:
        await update.effective_chat.send_photo(file_id, caption=caption, reply_markup=keyboard)
    except BadRequest:
        log.info("a picture that was sent before is refused; it is drawn anew")
        raise PictureRefusedError from None


async def send_chart(
    update: Update,
    context: Context,
    reply: Reply,
    upload: Upload | None,
    caption: str,
    keyboard: InlineKeyboardMarkup | None,
) -> bool:
    """Sends the picture of a reply; False where there is none: the answer goes without it."""
    chat = update.effective_chat
    assert chat is not None
    known = sent_before(context, reply, upload)
    if known is not None:
        with suppress(PictureRefusedError):
            await send_known_chart(update, known, caption, keyboard)
            return True
    picture = await _draw(update, context, reply, upload)
    if picture is None:
        return False
    message = await chat.send_photo(picture, caption=caption, reply_markup=keyboard)
    await _keep(context, reply, upload, message)
    return True


async def _draw(
    update: Update, context: Context, reply: Reply, upload: Upload | None
) -> bytes | None:
    """The chart, or None: an answer without its picture is better than none."""
    drawn_from = reply.chart_of or (upload.findings if upload else None)
    if reply.chart is None or drawn_from is None:
        return None
    assert update.effective_chat is not None
    await update.effective_chat.send_action(ChatAction.UPLOAD_PHOTO)
    try:
        return await context.services.engine.run(
            jobs.draw, reply.chart, drawn_from, context.member.language
        )
    except Exception as error:
        log.warning("a chart could not be drawn: %s", type(error).__name__)
        return None


def sent_before(context: Context, reply: Reply, upload: Upload | None) -> str | None:
    """The messenger's file id of the reply's picture, where this bot sent it before."""
    if upload is None or reply.chart_of is not None:
        return None
    return context.services.lists.picture(
        context.member.office, upload, _name(context, reply), context.bot.id
    )


async def _keep(context: Context, reply: Reply, upload: Upload | None, message: Message) -> None:
    if upload is None or reply.chart_of is not None or not message.photo:
        return
    try:
        await context.services.lists.keep_picture(
            context.member.office,
            upload,
            _name(context, reply),
            context.bot.id,
            message.photo[-1].file_id,
        )
    except Exception as error:
        # The picture has arrived; the next time it is drawn again.
        log.warning("a picture could not be remembered: %s", type(error).__name__)


def _name(context: Context, reply: Reply) -> str:
    """A newer program may draw the same figures otherwise."""
    return f"{reply.chart} {context.member.language} {program()}"
