"""The monthly tip in the chat: wanting it, asking for it, answering it, and coming back."""

import asyncio
from dataclasses import replace
from datetime import date

from telegram import ChatMember, Message, Update
from telegram.error import BadRequest

from bot.context import Context
from bot.handlers.menu import refresh_menu
from bot.handlers.presses import acknowledge, pressed
from bot.handlers.send import edit, send
from bot.replies import tips
from bot.replies.answers import Reply
from bot.replies.words import words
from bot.services import Services
from bot.tips import schedule
from bot.tips.follow_up import follow_ups_of_upload
from bot.tips.telling import text_of, tip_of_month
from storage.office import Upload
from storage.outbox import Answer
from storage.subscriptions import Subscription, Times
from storage.tips import ToldTip

ANSWERS: dict[str, Answer] = {
    "done": "done",
    "later": "later",
    "not_for_me": "not_for_me",
    "go_on": "go_on",
}


async def after_result(update: Update, context: Context, upload: Upload) -> None:
    """Under a first answer: whether one wants tips, or what became of the tips one promised."""
    member, services = context.member, context.services
    if upload.findings is None or upload.findings.pareto is None:
        return
    if services.register.subscriptions.of(member.user) is None:
        await send(update, context, tips.ask(member.language))
        # Asked is asked, also without an answer.
        _save(services, Subscription(member.user, member.user))
        return
    before = services.lists.before(member.office, upload)
    if before is None:
        return
    with services.offices.open_tips(member.office) as kept:
        told, figures = kept.told(member.user), kept.figures()
    found = follow_ups_of_upload(told, figures, before.number)
    if found:
        await send(update, context, tips.follow_ups(found, member.language))


async def tip(update: Update, context: Context) -> None:
    """`/tip`: the tip of this month, now; it does not come by itself any more."""
    member, services = context.member, context.services
    month, now = _this_month(services), services.clock()
    register = services.register
    found = await asyncio.to_thread(
        tip_of_month,
        services.offices,
        member.office,
        member.user,
        month,
        register.contributions.for_month(month),
        now,
    )
    register.outbox.take(member.office, member.user, month, now)
    _skip_taken_month(context)
    assert update.effective_chat is not None
    await update.effective_chat.send_message(
        text_of(found, member.language),
        reply_markup=tips.keyboard_of_tip(
            found.tip,
            member.language,
            comments=register.comments.approved_count(found.tip.tip, month),
        ),
    )


async def show_settings(update: Update, context: Context) -> None:
    """`/tips`: whether and when."""
    await send(update, context, _settings(context))


async def answer_tip(update: Update, context: Context) -> None:
    """A button under a tip: done, later, not for me, going on, or stop."""
    query, press = pressed(update)
    month_text, _, code = press.argument.partition(".")
    month = _month(month_text)
    if month is None or not (code == "stop" or code in ANSWERS):
        await refresh_menu(update, context)
        return
    toasts = words(context.member.language)["toasts"]
    register, now = context.services.register, context.services.clock()
    if code == "stop":
        await acknowledge(query, toasts["tip_stop"])
        register.outbox.answer(context.member.user, month, "stop", now)
        _turn_off(context)
        await send(update, context, tips.stopped(context.member.language))
        return
    if code in tips.ANSWERS and not await _keep_answer(context, month, code):
        await refresh_menu(update, context)
        return
    if code == "go_on" and not _wanted(context).active:
        # He pressed Stop before.
        _turn_on(context, _wanted(context).times)
    register.outbox.answer(context.member.user, month, ANSWERS[code], now)
    await acknowledge(query, toasts[f"tip_{code}"])
    await _show_answer(update, context, month)


async def change_settings(update: Update, context: Context) -> None:
    """A button of the settings, or under the question whether one wants tips."""
    query, press = pressed(update)
    language = context.member.language
    what, _, choice = press.argument.partition(".")
    wanted = _wanted(context)
    if what in ("off", "no"):
        _turn_off(context)
        reply = tips.declined(language) if what == "no" else _settings(context)
    elif what == "on":
        _turn_on(context, wanted.times)
        reply = _settings(context)
    elif what == "past":
        reply = tips.past(_received(context), language)
    elif what in ("day", "time", "quiet"):
        times = _chosen(what, choice, wanted.times)
        if times is None:
            reply = tips.choose(what, wanted.times, language)
        else:
            _set_times(context, times)
            reply = _settings(context)
    elif press.argument == "":
        reply = _settings(context)
    else:
        await refresh_menu(update, context)
        return
    await acknowledge(query)
    if isinstance(query.message, Message):
        await edit(query.message, reply)


def note_membership(update: Update, context: Context) -> None:
    """The messenger says that somebody blocked the bot, or took that back."""
    change = update.my_chat_member
    assert change is not None
    if change.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT):
        context.services.register.subscriptions.block(change.from_user.id, context.services.clock())
    else:
        note_return(context.services, change.from_user.id)


def note_return(services: Services, user: int) -> None:
    """Whoever is heard of is back: the tip of this month, if he missed it, may still come."""
    if services.register.subscriptions.come_back(user):
        services.register.outbox.send_after_all(user, _this_month(services), services.clock())


def _settings(context: Context) -> Reply:
    zone = context.services.settings.timezone
    return tips.settings(_wanted(context), context.member.language, zone)


def _wanted(context: Context) -> Subscription:
    user = context.member.user
    return context.services.register.subscriptions.of(user) or Subscription(user, user)


def _turn_on(context: Context, times: Times) -> None:
    """From this month on, unless its tip came already."""
    services, member, wanted = context.services, context.member, _wanted(context)
    if wanted.next_due_at is not None and wanted.next_due_at <= services.clock():
        # It is due and the clock has not ticked yet: reckoned anew, this month's would be lost.
        _save(services, replace(wanted, times=times))
        return
    month = _this_month(services)
    if month in services.register.outbox.months_of(member.office, member.user):
        month = schedule.month_after(month)
    next_month, next_due_at = schedule.next_due(
        times, services.settings.timezone, services.clock(), month
    )
    _save(
        services,
        replace(
            wanted,
            active=True,
            times=times,
            next_month=next_month,
            next_due_at=next_due_at,
        ),
    )


def _set_times(context: Context, times: Times) -> None:
    """Other times; a button of an older message turns on nothing that is off."""
    wanted = _wanted(context)
    if wanted.active:
        _turn_on(context, times)
    else:
        _save(context.services, replace(wanted, times=times))


def _skip_taken_month(context: Context) -> None:
    """The tip of this month was asked for, so the next one is of a later month."""
    wanted = _wanted(context)
    if wanted.active and wanted.next_month == _this_month(context.services):
        _turn_on(context, wanted.times)


def _turn_off(context: Context) -> None:
    wanted = replace(_wanted(context), active=False, next_month=None, next_due_at=None)
    _save(context.services, wanted)
    context.services.register.outbox.drop_pending(context.member.user)


def _save(services: Services, wanted: Subscription) -> None:
    services.register.subscriptions.save(wanted, services.clock())


def _chosen(what: str, choice: str, times: Times) -> Times | None:
    """The times with what was chosen; None for what no button of ours carries."""
    numbers = [int(part) for part in choice.split("-") if part.isascii() and part.isdigit()]
    match what, numbers:
        case "day", [day] if day in tips.DAYS:
            return replace(times, day=day)
        case "time", [minute] if minute in tips.MINUTES:
            return replace(times, minute=minute)
        case "quiet", [since, until] if (since, until) in tips.QUIET_HOURS:
            return replace(times, quiet_from=since, quiet_until=until)
        case _:
            return None


def _received(context: Context) -> list[ToldTip]:
    """The tips that reached this member, or may have; one may be chosen and never arrive."""
    services, member = context.services, context.member
    states = services.register.outbox.months_of(member.office, member.user)
    with services.offices.open_tips(member.office) as kept:
        told = kept.told(member.user)
    return [each for each in told if states.get(each.month) in ("sent", "uncertain")]


async def _keep_answer(context: Context, month: date, answer: str) -> bool:
    """Into the office's own file; False where this member got no tip in that month."""
    offices, member = context.services.offices, context.member

    def keep() -> bool:
        with offices.open_tips(member.office) as kept:
            return kept.answer(member.user, month, answer)

    return await asyncio.to_thread(keep)


async def _show_answer(update: Update, context: Context, month: date) -> None:
    """A check mark at the pressed button."""
    query, _ = pressed(update)
    member, services = context.member, context.services
    with services.offices.open_tips(member.office) as kept:
        told = next((each for each in kept.told(member.user) if each.month == month), None)
    if told is None:
        return
    comments = services.register.comments.approved_count(told.tip, month)
    try:
        await query.edit_message_reply_markup(
            tips.keyboard_of_tip(told, member.language, comments=comments)
        )
    except BadRequest:
        # Pressed twice, or the message is gone: the answer is kept all the same.
        return


def _this_month(services: Services) -> date:
    return schedule.first_of_month(services.clock(), services.settings.timezone)


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
