"""Forgetting an office: everything, after one confirmation."""

import logging

from telegram import Update

from bot.context import Context
from bot.handlers.presses import acknowledge, pressed
from bot.handlers.send import send
from bot.replies import answers
from bot.replies.answers import Reply
from bot.replies.render import render

log = logging.getLogger(__name__)


async def ask(update: Update, context: Context) -> None:
    await send(update, context, answers.ask_forget(context.member.language))


async def forget(update: Update, context: Context) -> None:
    query, press = pressed(update)
    await acknowledge(query)
    member, services = context.member, context.services
    if press.argument != "yes":
        await send(update, context, Reply(render("forget_kept", member.language)))
        return
    for colleague in services.register.members_of(member.office):
        # Private chats bear the number of their user.
        services.work.stop(colleague.user)
    services.register.forget_office(member.office, handling=update.update_id)
    services.offices.remove(member.office)
    log.info("an office was forgotten")
    await send(update, context, Reply(render("forget_done", member.language)))
