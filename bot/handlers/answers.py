"""The finished findings: by command about the newest list, by button about the list it is under."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from telegram import Update

from bot.context import Context
from bot.handlers import ready
from bot.handlers.about import list_of
from bot.handlers.menu import refresh_menu
from bot.handlers.presses import pressed
from bot.handlers.send import send
from bot.replies import answers, marks, menus
from bot.replies.answers import Reply
from bot.replies.reasons import REASONS
from storage.office import Upload

Answer = Callable[[Upload, str], Reply]


async def top10(update: Update, context: Context) -> None:
    """The ten with the marks that they were given, and the way to give more."""
    await ready.answer(update, context, "top10", lambda upload: _top10(context, upload))


async def why_top10(update: Update, context: Context) -> None:
    await _answer(update, context, answers.why_top10)


async def pareto(update: Update, context: Context) -> None:
    await _answer(update, context, answers.pareto)


async def value(update: Update, context: Context) -> None:
    await _answer(update, context, answers.value)


async def focus(update: Update, context: Context) -> None:
    await _answer(update, context, answers.focus)


async def look_alikes(update: Update, context: Context) -> None:
    await _answer(update, context, answers.look_alikes)


async def profit(update: Update, context: Context) -> None:
    await _answer(update, context, answers.profit)


async def more(update: Update, context: Context) -> None:
    await _answer(update, context, menus.more)


async def why(update: Update, context: Context) -> None:
    """The numbers behind the claim that the button is under."""
    _, press = pressed(update)
    reason = REASONS.get(press.argument)
    if reason is None:
        await refresh_menu(update, context)
        return
    await _answer(update, context, reason)


async def names(update: Update, context: Context) -> None:
    """The ten, or who resemble them, by name: only here, because the adviser asked for it."""
    _, press = pressed(update)
    upload = await list_of(update, context)
    if upload is None or upload.findings is None or upload.findings.top10 is None:
        return
    top = upload.findings.top10
    alike = press.argument == "alike"
    clients = [each.client for each in (top.look_alikes if alike else top.clients)]
    if alike and not clients:
        clients = [*top.nearest]
    known = context.services.lists.names(context.member.office, upload.number, clients)
    if alike:
        reply = answers.look_alikes(upload, context.member.language, known)
    else:
        reply = _top10(context, upload, known)
    await send(update, context, reply, upload)


def _top10(context: Context, upload: Upload, names: Mapping[str, str] | None = None) -> Reply:
    language = context.member.language
    own = context.services.lists.own_top(context.member.office, upload)
    top = upload.findings.top10 if upload.findings else None
    given = {client.client: own.marks_of(client.client) for client in top.clients} if top else {}
    reply = answers.top10(upload, language, names, given)
    if top is None or not upload.rows_kept or reply.buttons == ():
        return reply
    first, *rest = reply.buttons
    return replace(reply, buttons=[first, marks.buttons_under_top(upload, language), *rest])


async def _answer(update: Update, context: Context, answer: Answer) -> None:
    language = context.member.language
    name = f"{answer.__module__}.{answer.__name__}"
    await ready.answer(update, context, name, lambda upload: answer(upload, language))
