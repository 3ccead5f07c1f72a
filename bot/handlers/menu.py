"""A button whose question is gone is answered with a fresh menu."""

from telegram import Update

from bot.context import Context
from bot.handlers.presses import acknowledge
from bot.handlers.send import send
from bot.replies import answers


async def refresh_menu(update: Update, context: Context) -> None:
    if update.callback_query is not None:
        await acknowledge(update.callback_query)
    upload = context.services.lists.newest(context.member.office)
    await send(update, context, answers.outdated(upload, context.member.language))
