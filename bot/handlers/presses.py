"""Reads what a pressed button carries."""

from telegram import CallbackQuery, Update

from bot.buttons import Press, decode


def pressed(update: Update) -> tuple[CallbackQuery, Press]:
    """The query and its press, in handlers that were chosen by the press."""
    query = update.callback_query
    assert query is not None
    press = decode(query.data)
    assert press is not None
    return query, press
