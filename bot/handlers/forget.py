"""Forgetting an office: everything, after one confirmation."""

import logging

from telegram import Update

from bot.buttons import decode
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
    # An operator's update may quote what a member wrote.
    context.klantkompas.mark_answered()
    services.register.forget_office(member.office, handling=update.update_id)
    services.offices.remove(member.office)
    log.info("an office was forgotten")
    await tell_done(update, member.language)


def was_done(update: Update, context: Context) -> bool:
    """Whether an earlier attempt forgot the office of this update, and fell before it could tell.

    Only for who is no member.
    """
    if update.callback_query is None or not context.klantkompas.was_begun_before(update):
        return False
    press = decode(update.callback_query.data)
    return press is not None and press.action == "forget" and press.argument == "yes"


async def tell_done(update: Update, language: str) -> None:
    assert update.effective_chat is not None
    await update.effective_chat.send_message(render("forget_done", language))
