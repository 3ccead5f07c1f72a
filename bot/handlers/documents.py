"""PDFs: the report, the guide to a conversation, and sheets for one client or group."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Update
from telegram.constants import ChatAction

from analysis.errors import UnreadableFile
from bot import jobs
from bot.context import Context
from bot.errors import NotTypeset
from bot.handlers.about import list_of, tell_unanswered
from bot.handlers.menu import refresh_menu
from bot.handlers.presses import pressed
from bot.handlers.progress import stoppable
from bot.handlers.send import keyboard, named, send
from bot.marking import Marking
from bot.replies import documents
from bot.replies.answers import Reply
from bot.replies.render import render
from bot.replies.words import words
from storage.office import Upload

log = logging.getLogger(__name__)


async def report(update: Update, context: Context) -> None:
    """The report on the list in use."""
    upload = await list_of(update, context)
    if upload is None:
        return
    member, services = context.member, context.services
    findings = upload.findings
    if findings is None or findings.pareto is None:
        await tell_unanswered(update, context, upload)
        return
    office = services.register.office_name(member.office)
    name = words(member.language)["documents"]["report"].format(day=findings.as_of.isoformat())
    async with _making(update, context, upload):
        content = await services.engine.run(jobs.report, findings, office, member.language)
        await _send(update, content, name, documents.report(upload, member.language))


async def conversation(update: Update, context: Context) -> None:
    """`/gesprek 10943` for a client, or a group by its words; alone, a choice, or the guide where
    there is no list."""
    upload = context.services.lists.newest(context.member.office)
    asked = " ".join(context.args or ())
    if upload is None:
        await _send_guide(update, context)
        return
    group = documents.group_called(asked, upload.findings, context.member.language)
    if group is not None:
        await _send_group_sheet(update, context, upload, group)
    elif asked:
        await _send_client_sheet(update, context, upload, asked)
    else:
        await send(update, context, documents.ask_conversation(upload, context.member.language))


async def press_conversation(update: Update, context: Context) -> None:
    """A chosen conversation: the guide, a client of the ten, or a group."""
    upload = await list_of(update, context)
    if upload is None or upload.findings is None:
        return
    _, press = pressed(update)
    kind, _, key = press.argument.partition(".")
    marking = Marking(context.services.offices, context.member.office, upload)
    client = marking.client(key) if kind == "client" else None
    places = [documents.key_of_group(group) for group in upload.findings.groups]
    if press.argument == "":
        await send(update, context, documents.ask_conversation(upload, context.member.language))
    elif press.argument == "guide":
        await _send_guide(update, context)
    elif client is not None:
        await _send_client_sheet(update, context, upload, client)
    elif kind == "group" and key in places:
        await _send_group_sheet(update, context, upload, places.index(key))
    else:
        await refresh_menu(update, context)


async def _send_guide(update: Update, context: Context) -> None:
    language, services = context.member.language, context.services
    today = services.clock().astimezone(services.settings.timezone).date()
    async with _making(update, context):
        content = await services.engine.run(jobs.conversation_guide, language, today)
        name = words(language)["documents"]["guide"]
        await _send(update, content, name, documents.guide(language))


async def _send_client_sheet(update: Update, context: Context, upload: Upload, client: str) -> None:
    language = context.member.language
    if not upload.rows_kept or upload.findings is None:
        await send(update, context, Reply(render("rows_gone", language, upload=upload)))
        return
    async with _making(update, context, upload):
        content = await context.services.engine.run(
            jobs.client_sheet,
            await context.services.lists.rows(upload),
            upload.plan,
            client,
            language,
            upload.findings.as_of,
        )
        if content is None:
            await send(update, context, documents.no_such_client(upload, client, language))
            return
        name = documents.sheet_of_client(client, language)
        reply = named(update, context, documents.client_sheet(client, language), upload)
        await _send(update, content, name, reply)


async def _send_group_sheet(update: Update, context: Context, upload: Upload, place: int) -> None:
    language, findings = context.member.language, upload.findings
    assert findings is not None
    async with _making(update, context, upload):
        group = findings.groups[place]
        content = await context.services.engine.run(jobs.group_sheet, findings, place, language)
        name = documents.sheet_of_group(group, language)
        reply = named(update, context, documents.group_sheet(group, language), upload)
        await _send(update, content, name, reply)


@asynccontextmanager
async def _making(
    update: Update, context: Context, upload: Upload | None = None
) -> AsyncIterator[None]:
    """Shows that a document is under way; tells where it could not be made."""
    try:
        async with stoppable(update, context, ChatAction.UPLOAD_DOCUMENT):
            yield
    except (NotTypeset, UnreadableFile) as error:
        log.warning("a document was not made: %s", type(error).__name__)
        await send(update, context, documents.not_made(upload, context.member.language))


async def _send(update: Update, content: bytes, name: str, reply: Reply) -> None:
    assert update.effective_chat is not None
    await update.effective_chat.send_document(
        content, filename=name, caption=reply.text, reply_markup=keyboard(reply.buttons)
    )
