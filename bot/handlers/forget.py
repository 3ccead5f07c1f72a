"""Forgetting an office: everything, after one confirmation."""

import logging
from datetime import timedelta

from telegram import Update

from bot.buttons import Press, decode
from bot.context import Context
from bot.handlers.presses import acknowledge, pressed
from bot.handlers.send import remove_keyboard, send
from bot.replies import forget
from bot.replies.answers import Reply
from bot.replies.render import render

# A button further up in the chat must not wipe what came after its question.
QUESTION_HOLDS = timedelta(minutes=10)

log = logging.getLogger(__name__)


async def ask(update: Update, context: Context, *, again: bool = False) -> None:
    asked_at, newest = context.services.clock(), _newest(context)
    language = context.member.language
    await send(update, context, forget.ask(newest, asked_at, language, again=again))


async def press(update: Update, context: Context) -> None:
    query, press = pressed(update)
    await acknowledge(query)
    await remove_keyboard(query)
    member, services = context.member, context.services
    if not _means_yes(press):
        await send(update, context, Reply(render("forget_kept", member.language)))
        return
    if not _still_holds(press, context):
        await ask(update, context, again=True)
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
    return press is not None and press.action == "forget" and _means_yes(press)


def _means_yes(press: Press) -> bool:
    return press.argument.partition(".")[0] == "yes"


def _still_holds(press: Press, context: Context) -> bool:
    """Whether the question was asked a moment ago, and no list came since."""
    asked_at = press.argument.partition(".")[2]
    if not (asked_at.isascii() and asked_at.isdigit()) or press.upload != _newest(context):
        return False
    seconds = context.services.clock().timestamp() - int(asked_at)
    return seconds <= QUESTION_HOLDS.total_seconds()


def _newest(context: Context) -> int:
    """The number of the list that came last, analysed or not; 0 without any."""
    lists = context.services.lists.all(context.member.office)
    return lists[0].number if lists else 0


async def tell_done(update: Update, language: str) -> None:
    assert update.effective_chat is not None
    await update.effective_chat.send_message(render("forget_done", language))
