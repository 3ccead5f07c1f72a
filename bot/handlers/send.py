"""Sends an answer: text in messages that fit, a chart with its caption, buttons under the last."""

import logging
from collections.abc import Sequence

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.constants import MessageLimit
from telegram.error import BadRequest

from bot.buttons import Button
from bot.context import Context
from bot.handlers.charts import send_chart, send_known_chart
from bot.replies.answers import Reply
from bot.replies.blocks import length, split
from bot.replies.captions import caption_of
from storage.office import Upload

log = logging.getLogger(__name__)


async def send(
    update: Update,
    context: Context,
    reply: Reply,
    upload: Upload | None = None,
    *,
    file_id: str | None = None,
) -> None:
    """Sends a reply to the chat of the update; `upload` gives the figures of its chart.

    Instead of it, `file_id` is a picture that the messenger has; raises PictureRefusedError where
    it has not, and then nothing was sent.
    """
    chat = update.effective_chat
    assert chat is not None
    if reply.chart is not None and not context.member.text_only:
        caption = caption_of(reply.chart, context.member.language)
        whole = f"{reply.text}\n\n{caption}"
        fits = length(whole) <= MessageLimit.CAPTION_LENGTH
        caption, buttons = (whole, keyboard(reply.buttons)) if fits else (caption, None)
        if file_id is not None:
            await send_known_chart(update, file_id, caption, buttons)
            sent = True
        else:
            sent = await send_chart(update, context, reply, upload, caption, buttons)
        if fits and sent:
            return
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


async def remove_keyboard(query: CallbackQuery) -> None:
    """Takes the buttons away that were pressed."""
    try:
        await query.edit_message_reply_markup(None)
    except BadRequest:
        log.info("the buttons were gone already")
