"""Sends an answer: text in messages that fit, a chart with its caption, buttons under the last."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest
from typing_extensions import override

from bot.buttons import Button
from bot.context import Context
from bot.handlers.charts import send_chart
from bot.replies.answers import Reply
from bot.replies.messages import Keyboard, keyboard_of, messages_of
from bot.replies.render import render
from storage.office import Upload

log = logging.getLogger(__name__)


class KeyboardAsSent(InlineKeyboardMarkup):
    """A keyboard in the Bot API's own form: PTB makes an object of each button, only to take all
    of them apart again."""

    __slots__ = ("_rows",)

    def __init__(self, rows: Keyboard) -> None:
        super().__init__(())
        self._rows = rows

    @override
    def to_dict(self, recursive: bool = True) -> dict[str, Any]:
        return {"inline_keyboard": self._rows}


async def send(
    update: Update, context: Context, reply: Reply, upload: Upload | None = None
) -> None:
    """Sends a reply to the chat of the update; `upload` gives the figures of its chart."""
    chat, language = update.effective_chat, context.member.language
    assert chat is not None
    reply = named(update, context, reply, upload)
    with_picture = reply.chart is not None and not context.member.text_only
    messages = messages_of(reply, language, with_picture=with_picture)
    if with_picture:
        caption, *rest = messages
        markup = markup_of(caption.keyboard)
        if await send_chart(update, context, reply, upload, caption.text, markup):
            messages = rest
        else:
            messages = messages_of(reply, language, with_picture=False)
    for message in messages:
        await chat.send_message(message.text, reply_markup=markup_of(message.keyboard))


def named(update: Update, context: Context, reply: Reply, upload: Upload | None) -> Reply:
    """The reply under the name of its list, where an older button asked about another than the one
    in use: a question that is typed beside it goes to that one.
    """
    if upload is None or update.callback_query is None:
        return reply
    in_use = context.services.lists.newest(context.member.office)
    if in_use is None or in_use.number == upload.number:
        return reply
    heading = render("about_list", context.member.language, upload=upload)
    return replace(reply, text=f"{heading}\n\n{reply.text}")


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
    return markup_of(keyboard_of(rows))


def markup_of(rows: Keyboard) -> InlineKeyboardMarkup | None:
    return KeyboardAsSent(rows) if rows else None


async def remove_keyboard(query: CallbackQuery) -> None:
    """Takes the buttons away that were pressed."""
    try:
        await query.edit_message_reply_markup(None)
    except BadRequest:
        log.info("the buttons were gone already")
