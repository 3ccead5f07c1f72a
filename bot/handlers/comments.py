"""Comments under a tip: writing one step by step, and reading those of others."""

import re
from dataclasses import replace
from datetime import date, datetime, time

from telegram import Message, Update

from bot.context import Context
from bot.handlers.menu import refresh_menu
from bot.handlers.presses import acknowledge, pressed
from bot.handlers.send import edit, remove_keyboard, send
from bot.replies import comments, drafts
from bot.replies.answers import Reply
from bot.replies.render import render
from bot.tips.comment_news import tell_news
from bot.typed import email_refusal, lines, one_line, refusal
from storage.drafts import Draft

COMMENTS_PER_DAY = 5

_TIP = re.compile(r"(?P<month>20\d\d-(?:0[1-9]|1[0-2]))\.(?P<name>\w{1,36})", re.ASCII)


async def write(update: Update, context: Context) -> None:
    """By button about the tip above it, by command about the newest tip of this member."""
    pressed_one = update.callback_query is not None and not _is_asked_in_words(update)
    tip = _pressed_tip(update) if pressed_one else _newest_tip(context)
    if update.callback_query is not None:
        if tip is None and pressed_one:
            await refresh_menu(update, context)
            return
        await acknowledge(update.callback_query)
    if tip is None:
        await send(update, context, Reply(render("comment_no_tip", context.member.language)))
    elif _is_over_limit(context):
        await _tell_limit(update, context)
    else:
        await _begin(update, context, *tip)


async def read(update: Update, context: Context) -> None:
    """What others wrote under a tip, below it."""
    query, button = pressed(update)
    tip = _tip(button.argument)
    if tip is None:
        await refresh_menu(update, context)
        return
    await acknowledge(query)
    await send(update, context, _page(context, *tip))


async def turn_page(update: Update, context: Context) -> None:
    """Other comments in the place of those that the button was under."""
    query, button = pressed(update)
    number, _, named = button.argument.partition(".")
    tip = _tip(named)
    fits = number.isascii() and number.isdigit() and len(number) < 5
    if tip is None or not fits or not isinstance(query.message, Message):
        await refresh_menu(update, context)
        return
    await acknowledge(query)
    await edit(query.message, _page(context, *tip, int(number)))


async def receive(update: Update, context: Context, draft: Draft, said: str) -> None:
    """The name, the text or the e-mail address, whichever was asked for."""
    if draft.update_id == update.update_id:
        await _ask(update, context, draft)
        return
    await _take(update, context, draft, lines(said) if draft.asks == "text" else one_line(said))


async def press(update: Update, context: Context) -> None:
    """A button under one of the steps; one of an earlier step asks the current one again."""
    query, button = pressed(update)
    member, register = context.member, context.services.register
    draft = register.drafts.of(member.user, "comment")
    chosen = button.argument
    if draft is None:
        if chosen == "send" and register.comments.was_sent_by(update.update_id):
            await acknowledge(query)
            await _tell_sent(update, context)
        else:
            await refresh_menu(update, context)
        return
    await acknowledge(query)
    await remove_keyboard(query)
    user = update.effective_user
    if chosen == "cancel":
        register.drafts.drop(member.user, "comment")
        await send(update, context, drafts.cancelled(member.language))
    elif chosen == "again":
        await _begin(
            update, context, date.fromisoformat(draft.values["month"]), draft.values["tip"]
        )
    elif chosen == "name" and draft.asks == "name" and user is not None:
        await _take(update, context, draft, one_line(user.first_name))
    elif chosen == "no_email" and draft.asks == "email":
        await _go_on(update, context, draft, "")
    elif chosen == "send" and not draft.asks:
        await _send(update, context, draft)
    else:
        await _ask(update, context, draft)


async def _begin(update: Update, context: Context, month: date, tip: str) -> None:
    """The first step; what was half written about another tip makes room."""
    values = {"month": month.isoformat(), "tip": tip}
    draft = Draft(
        context.member.user, "comment", "name", values, update.update_id, context.services.clock()
    )
    context.services.register.drafts.keep(draft)
    await _ask(update, context, draft)


async def _take(update: Update, context: Context, draft: Draft, value: str) -> None:
    """What was asked for, where it can be taken; else why not."""
    language = context.member.language
    if draft.asks == "email":
        wrong = email_refusal(value)
    else:
        is_name = draft.asks == "name"
        wrong = refusal(value, comments.NAME_LENGTH if is_name else comments.TEXT_LENGTH)
    if wrong is None:
        await _go_on(update, context, draft, value)
    elif draft.asks == "email":
        await send(update, context, comments.email_refused(wrong, language))
    else:
        await send(update, context, drafts.refused(wrong, "comment", language))


async def _go_on(update: Update, context: Context, draft: Draft, value: str) -> None:
    """Keeps the value that was asked for, and asks the next."""
    following = {"name": "text", "text": "email", "email": ""}
    further = replace(
        draft,
        asks=following[draft.asks],
        values={**draft.values, draft.asks: value},
        update_id=update.update_id,
        since=context.services.clock(),
    )
    context.services.register.drafts.keep(further)
    await _ask(update, context, further)


async def _ask(update: Update, context: Context, draft: Draft) -> None:
    language, user = context.member.language, update.effective_user
    match draft.asks:
        case "name":
            month = date.fromisoformat(draft.values["month"])
            reply = comments.ask_name(month, user.first_name if user else "", language)
        case "text":
            reply = comments.ask_text(language)
        case "email":
            reply = comments.ask_email(language)
        case _:
            reply = comments.preview(draft.values, language)
    await send(update, context, reply)


async def _send(update: Update, context: Context, draft: Draft) -> None:
    """Gives the comment to the operators."""
    services, member, values = context.services, context.member, draft.values
    if _is_over_limit(context):
        services.register.drafts.drop(member.user, "comment")
        await _tell_limit(update, context)
        return
    services.register.comments.send(
        update.update_id,
        member.office,
        member.user,
        values["tip"],
        date.fromisoformat(values["month"]),
        name=values["name"],
        text=values["text"],
        email=values["email"],
        now=services.clock(),
    )
    services.register.drafts.drop(member.user, "comment")
    await _tell_sent(update, context)


async def _tell_sent(update: Update, context: Context) -> None:
    await send(update, context, Reply(render("comment_sent", context.member.language)))
    await tell_news(context.bot, context.services)


async def _tell_limit(update: Update, context: Context) -> None:
    text = render("comment_limit", context.member.language, limit=COMMENTS_PER_DAY)
    await send(update, context, Reply(text))


def _is_over_limit(context: Context) -> bool:
    """Whether the member sent as many today, by his own clock, as are taken on one day."""
    services = context.services
    here = services.clock().astimezone(services.settings.timezone)
    midnight = datetime.combine(here.date(), time(), tzinfo=here.tzinfo)
    sent = services.register.comments.sent_since(context.member.user, midnight)
    return sent >= COMMENTS_PER_DAY


def _page(context: Context, month: date, tip: str, number: int = 0) -> Reply:
    approved = context.services.register.comments.approved(tip, month)
    return comments.page(approved, tip, month, context.member.language, number)


def _newest_tip(context: Context) -> tuple[date, str] | None:
    """The month and the name of the last tip that this member got."""
    with context.services.offices.open_tips(context.member.office) as tips:
        told = tips.told(context.member.user)
    return (told[0].month, told[0].tip) if told else None


def _is_asked_in_words(update: Update) -> bool:
    """Whether the button confirms what was asked in words, and so stands under no tip."""
    _, button = pressed(update)
    return button.action == "question"


def _pressed_tip(update: Update) -> tuple[date, str] | None:
    _, button = pressed(update)
    return _tip(button.argument)


def _tip(named: str) -> tuple[date, str] | None:
    """Month and name of `2026-11.NAME`; None for anything else."""
    found = _TIP.fullmatch(named)
    return (date.fromisoformat(f"{found['month']}-01"), found["name"]) if found else None
