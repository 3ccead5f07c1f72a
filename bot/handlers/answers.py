"""The finished findings: by command about the newest list, by button about the list it is under."""

from collections.abc import Callable

from telegram import Update

from bot.context import Context
from bot.handlers.menu import refresh_menu
from bot.handlers.presses import acknowledge, pressed
from bot.handlers.send import send
from bot.replies import answers
from bot.replies.answers import Reply
from storage.office import Upload

Answer = Callable[[Upload, str], Reply]


async def top10(update: Update, context: Context) -> None:
    await _answer(update, context, answers.top10)


async def why_top10(update: Update, context: Context) -> None:
    await _answer(update, context, answers.why_top10)


async def pareto(update: Update, context: Context) -> None:
    await _answer(update, context, answers.pareto)


async def value(update: Update, context: Context) -> None:
    await _answer(update, context, answers.value)


async def focus(update: Update, context: Context) -> None:
    await _answer(update, context, answers.focus)


async def names(update: Update, context: Context) -> None:
    """The ten by name: only here, because the adviser asked for it."""

    def with_names(upload: Upload, language: str) -> Reply:
        assert upload.findings is not None
        top = upload.findings.top10
        clients = [client.client for client in top.clients] if top else []
        known = context.services.lists.names(context.member.office, upload.number, clients)
        return answers.top10(upload, language, known)

    await _answer(update, context, with_names)


async def _answer(update: Update, context: Context, answer: Answer) -> None:
    language = context.member.language
    lists, office = context.services.lists, context.member.office
    if update.callback_query is not None:
        query, press = pressed(update)
        upload = lists.get(office, press.upload)
        if upload is None or upload.findings is None:
            await refresh_menu(update, context)
            return
        await acknowledge(query)
    else:
        upload = lists.newest(office)
        if upload is None:
            await send(update, context, answers.nothing_yet(language))
            return
    await send(update, context, answer(upload, language), upload)
