"""Sends an answer: text in messages that fit, a chart with its caption, buttons under the last."""

import logging
from collections.abc import Sequence

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatAction, MessageLimit
from telegram.error import BadRequest

from bot import jobs
from bot.buttons import Button
from bot.context import Context
from bot.replies.answers import Reply
from bot.replies.blocks import length, split
from bot.replies.captions import caption_of
from storage.office import Upload

log = logging.getLogger(__name__)


async def send(
    update: Update, context: Context, reply: Reply, upload: Upload | None = None
) -> None:
    """Sends a reply to the chat of the update; `upload` gives the figures of its chart."""
    chart = await _draw(update, context, reply, upload)
    chat = update.effective_chat
    assert chat is not None
    if chart is not None and reply.chart is not None:
        caption = caption_of(reply.chart, context.member.language)
        whole = f"{reply.text}\n\n{caption}"
        if length(whole) <= MessageLimit.CAPTION_LENGTH:
            await chat.send_photo(chart, caption=whole, reply_markup=keyboard(reply.buttons))
            return
        await chat.send_photo(chart, caption=caption)
    *first, last = split(reply.text)
    for text in first:
        await chat.send_message(text)
    await chat.send_message(last, reply_markup=keyboard(reply.buttons))


async def edit(message: Message, reply: Reply) -> None:
    """Puts a reply in the place of a message; says it anew where that is gone."""
    try:
        await message.edit_text(reply.text, reply_markup=keyboard(reply.buttons))
    except BadRequest as error:
        if "not modified" in error.message:
            return
        log.info("a message could not be edited; it is sent anew")
        await message.chat.send_message(reply.text, reply_markup=keyboard(reply.buttons))


def keyboard(rows: Sequence[Sequence[Button]]) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(b.label, callback_data=b.press.encode()) for b in row]
            for row in rows
        ]
    )


async def _draw(
    update: Update, context: Context, reply: Reply, upload: Upload | None
) -> bytes | None:
    """The chart, or None: an answer without its picture is better than none."""
    drawn_from = reply.chart_of or (upload.findings if upload else None)
    if reply.chart is None or drawn_from is None or context.member.text_only:
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


async def remove_keyboard(query: CallbackQuery) -> None:
    """Takes the buttons away that were pressed."""
    try:
        await query.edit_message_reply_markup(None)
    except BadRequest:
        log.info("the buttons were gone already")
