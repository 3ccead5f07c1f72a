"""The contribution of the month: an operator writes, previews, plans, moves and withdraws it."""

import re
from dataclasses import replace
from datetime import date

from telegram import Message, Update

from bot.context import Context
from bot.handlers.judging import for_operators
from bot.handlers.menu import refresh_menu
from bot.handlers.presses import acknowledge, pressed
from bot.handlers.send import edit, remove_keyboard, send
from bot.replies import contributions, drafts
from bot.replies.answers import Reply
from bot.typed import one_line, paragraphs, refusal
from storage.contributions import Contribution
from storage.drafts import Draft

_MONTH = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])", re.ASCII)
_FOLLOWING = {"dutch": "english", "english": "author", "author": ""}


@for_operators
async def overview(update: Update, context: Context) -> None:
    """What is planned from this month on, as a new message."""
    await send(update, context, _overview(context))


@for_operators
async def press(update: Update, context: Context) -> None:
    """A button about what is planned."""
    query, button = pressed(update)
    action, _, rest = button.argument.partition(".")
    if action == "new":
        await acknowledge(query)
        await _begin(update, context)
        return
    if not action:
        await acknowledge(query)
        await _replace(update, _overview(context))
        return
    number, _, month = rest.partition(".")
    known = context.services.register.contributions
    fits = number.isascii() and number.isdigit() and len(number) < 19
    contribution = known.get(int(number)) if fits else None
    if contribution is None:
        await refresh_menu(update, context)
        return
    await acknowledge(query)
    language = context.member.language
    if action == "show":
        await _show(update, context, contribution)
    elif action == "move":
        today = _today(context)
        await _replace(update, contributions.ask_month(today, language, contribution.number))
    elif action == "to" and (chosen := _month_to_come(context, month)):
        moved = replace(contribution, month=chosen)
        known.move(moved.number, moved.month)
        await _replace(update, _planned(context, moved))
    elif action == "withdraw":
        await _replace(update, contributions.ask_withdraw(contribution, language))
    elif action == "withdraw_yes":
        known.withdraw(contribution.number)
        await _replace(update, contributions.withdrawn(language))
    else:
        await _replace(update, _overview(context))


async def receive(update: Update, context: Context, draft: Draft, said: str) -> None:
    """The Dutch text, the English one, or who signs, whichever was asked for."""
    if draft.update_id == update.update_id:
        await _ask(update, context, draft)
        return
    value = one_line(said) if draft.asks == "author" else paragraphs(said)
    await _take_text(update, context, draft, value)


@for_operators
async def press_draft(update: Update, context: Context) -> None:
    """A button under one of the steps; one of an earlier step asks the current one again."""
    query, button = pressed(update)
    register, member = context.services.register, context.member
    draft = register.drafts.of(member.user, "contribution")
    if draft is None:
        known = register.contributions.of_update(update.update_id)
        if known is not None:
            await acknowledge(query)
            await send(update, context, _planned(context, known))
        else:
            await refresh_menu(update, context)
        return
    await acknowledge(query)
    chosen, _, value = button.argument.partition(".")
    if chosen == "page" and value.isascii() and value.isdigit() and len(value) < 5:
        await _replace(update, contributions.ask_audience(member.language, int(value)))
        return
    await remove_keyboard(query)
    if chosen == "cancel":
        register.drafts.drop(member.user, "contribution")
        await send(update, context, drafts.cancelled(member.language))
    elif chosen == "again":
        await _begin(update, context)
    elif chosen == "schedule" and _step(draft) == "plan":
        await _schedule(update, context, draft)
    else:
        await _take(update, context, draft, chosen, value)


async def _take_text(update: Update, context: Context, draft: Draft, value: str) -> None:
    """A text that was asked for, where it is one that can be read and not too long."""
    signs = draft.asks == "author"
    wrong = refusal(value, contributions.AUTHOR_LENGTH if signs else contributions.TEXT_LENGTH)
    if wrong is None:
        await _go_on(update, context, draft, draft.asks, value)
        return
    reply = drafts.refused(wrong, "contribution", context.member.language)
    await send(update, context, reply)


async def _take(update: Update, context: Context, draft: Draft, chosen: str, value: str) -> None:
    """What a button chose, where it belongs to the current step."""
    user, step = update.effective_user, _step(draft)
    skippable = step == "dutch" or (step == "english" and draft.values.get("dutch"))
    if chosen == "skip" and skippable:
        await _go_on(update, context, draft, step, "")
    elif chosen == "name" and step == "author" and user is not None:
        await _take_text(update, context, draft, one_line(user.first_name))
    elif chosen == "all" and step == "signal":
        await _go_on(update, context, draft, "signal", "")
    elif chosen == "for" and step == "signal" and value in contributions.tellable_signals():
        await _go_on(update, context, draft, "signal", value)
    elif chosen == "month" and step == "month" and _month_to_come(context, value):
        await _go_on(update, context, draft, "month", value)
    else:
        await _ask(update, context, draft)


async def _begin(update: Update, context: Context) -> None:
    user, now = context.member.user, context.services.clock()
    draft = Draft(user, "contribution", "dutch", {}, update.update_id, now)
    context.services.register.drafts.keep(draft)
    await _ask(update, context, draft)


async def _go_on(update: Update, context: Context, draft: Draft, name: str, value: str) -> None:
    """Keeps the value, and asks the next."""
    further = replace(
        draft,
        asks=_FOLLOWING.get(name, ""),
        values={**draft.values, name: value},
        update_id=update.update_id,
        since=context.services.clock(),
    )
    context.services.register.drafts.keep(further)
    await _ask(update, context, further)


def _step(draft: Draft) -> str:
    """What is asked now: a text by its name, else `signal` or `month`; `plan` when all is known."""
    lacking = (each for each in ("signal", "month") if each not in draft.values)
    return draft.asks or next(lacking, "plan")


async def _ask(update: Update, context: Context, draft: Draft) -> None:
    language, user = context.member.language, update.effective_user
    match _step(draft):
        case "dutch":
            reply = contributions.ask_dutch(language)
        case "english":
            skippable = bool(draft.values.get("dutch"))
            reply = contributions.ask_english(language, skippable=skippable)
        case "author":
            reply = contributions.ask_author(user.first_name if user else "", language)
        case "signal":
            reply = contributions.ask_audience(language)
        case "month":
            reply = contributions.ask_month(_today(context), language)
        case _:
            await _preview(update, context, draft)
            return
    await send(update, context, reply)


async def _preview(update: Update, context: Context, draft: Draft) -> None:
    written, language = _written(draft), context.member.language
    for reply in contributions.previews(written, language):
        await send(update, context, reply)
    taken = _is_taken(context, written)
    await send(update, context, contributions.draft_plan(written, language, taken=taken))


async def _schedule(update: Update, context: Context, draft: Draft) -> None:
    register, written = context.services.register, _written(draft)
    if written.month < _today(context).replace(day=1):
        # It lay so long that its month is over: nobody would get it.
        values = {name: value for name, value in draft.values.items() if name != "month"}
        register.drafts.keep(replace(draft, values=values))
        await _ask(update, context, replace(draft, values=values))
        return
    planned = register.contributions.schedule(
        update.update_id,
        written.month,
        dutch=written.dutch,
        english=written.english,
        author=written.author,
        signal=written.signal,
        now=context.services.clock(),
    )
    register.drafts.drop(draft.user, "contribution")
    await send(update, context, _planned(context, planned))


async def _show(update: Update, context: Context, contribution: Contribution) -> None:
    """The tip as it arrives, and below it what can be done with it."""
    for reply in contributions.previews(contribution, context.member.language):
        await send(update, context, reply)
    await send(update, context, _planned(context, contribution))


def _overview(context: Context) -> Reply:
    planned = context.services.register.contributions.from_month(_today(context))
    return contributions.overview(planned, context.member.language)


def _planned(context: Context, contribution: Contribution) -> Reply:
    taken = _is_taken(context, contribution)
    return contributions.planned(contribution, context.member.language, taken=taken)


def _is_taken(context: Context, contribution: Contribution) -> bool:
    """Whether another one for the same people goes first."""
    planned = context.services.register.contributions.for_month(contribution.month)
    earlier = [each for each in planned if each.number < contribution.number]
    return any(each.signal == contribution.signal for each in earlier)


def _written(draft: Draft) -> Contribution:
    """The draft as what it will be; its number comes after all that are planned."""
    values = draft.values
    return Contribution(
        number=2**62,
        month=date.fromisoformat(f"{values['month']}-01"),
        dutch=values["dutch"],
        english=values["english"],
        author=values["author"],
        signal=values["signal"] or None,
    )


def _month_to_come(context: Context, text: str) -> date | None:
    """The first day of `2026-12`; None for a month that is over, and for anything else."""
    if not _MONTH.fullmatch(text):
        return None
    month = date.fromisoformat(f"{text}-01")
    return month if month >= _today(context).replace(day=1) else None


def _today(context: Context) -> date:
    return context.services.clock().astimezone(context.services.settings.timezone).date()


async def _replace(update: Update, reply: Reply) -> None:
    query, _ = pressed(update)
    if isinstance(query.message, Message):
        await edit(query.message, reply)
