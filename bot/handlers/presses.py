"""Reads what a pressed button carries, and tells the messenger that the press arrived."""

import logging

from telegram import CallbackQuery, Message, Update
from telegram.error import BadRequest

from bot.buttons import Press, decode

log = logging.getLogger(__name__)


def pressed(update: Update) -> tuple[CallbackQuery, Press]:
    """The query and its press, in handlers that were chosen by the press."""
    query = update.callback_query
    assert query is not None
    press = decode(query.data)
    assert press is not None
    return query, press


def label_of(query: CallbackQuery) -> str:
    """What stood on the pressed button; empty where its message is out of reach."""
    message = query.message
    markup = message.reply_markup if isinstance(message, Message) else None
    rows = markup.inline_keyboard if markup else ()
    return next((b.text for row in rows for b in row if b.callback_data == query.data), "")


async def acknowledge(
    query: CallbackQuery, text: str | None = None, *, alert: bool = False
) -> None:
    """Ends the waiting of the button, with a few words where there are any.

    Telegram takes that for about a quarter of a minute; a press that is handled after a restart
    is older, and its answer comes as a message all the same.
    """
    try:
        await query.answer(text, show_alert=alert)
    except BadRequest:
        log.info("a press was too old to be acknowledged")
