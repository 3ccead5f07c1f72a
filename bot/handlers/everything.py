"""Taking along all that is kept of one's office."""

import logging

from telegram import Update
from telegram.constants import ChatAction, FileSizeLimit

from analysis.errors import UnreadableFile
from bot.context import Context
from bot.everything import WholeList, lists_in_parts, write_archive
from bot.handlers.presses import acknowledge
from bot.handlers.progress import at_work
from bot.handlers.send import keyboard, send
from bot.replies import everything
from bot.replies.answers import Reply
from bot.replies.render import render
from storage.everything import Rows

log = logging.getLogger(__name__)

LARGEST_FILE: int = FileSizeLimit.FILESIZE_UPLOAD
ASKED_FOR = frozenset({"alles", "all"})


async def take_all(update: Update, context: Context) -> None:
    """Every list in archives that the messenger takes; what does not fit is told."""
    if update.callback_query is not None:
        await acknowledge(update.callback_query)
    chat = update.effective_chat
    assert chat is not None
    member, lists = context.member, context.services.lists
    parts = lists_in_parts(lists.sizes(member.office))
    day = context.services.clock().astimezone(context.services.settings.timezone).date()
    log.info("an office takes all along, in %s parts", len(parts))
    for place, numbers in enumerate(parts, start=1):
        try:
            async with at_work(chat, ChatAction.UPLOAD_DOCUMENT):
                content = await _archive(context, numbers, with_office=place == 1)
        except UnreadableFile as error:
            log.info("a part was not made: %s", error.reason)
            text = render("everything_not_made", member.language, numbers=numbers)
            await send(update, context, Reply(text))
            continue
        reply = everything.part(place, len(parts), member.language)
        await chat.send_document(
            content,
            filename=everything.file_name(day, place, len(parts), member.language),
            caption=reply.text,
            reply_markup=keyboard(reply.buttons),
        )


async def _archive(context: Context, numbers: list[int], *, with_office: bool) -> bytes:
    """Raises UnreadableFile where it is more than the messenger takes."""
    member, lists = context.member, context.services.lists
    whole: list[WholeList] = []
    for number in numbers:
        upload = lists.get(member.office, number)
        if upload is not None:
            received = upload.received_at.isoformat()
            whole.append(
                WholeList(
                    number, upload.file_name, received, upload.plan, upload.findings, upload.rows
                )
            )
    about: dict[str, object] = {}
    tables: dict[str, Rows] = {}
    if with_office:
        about = {"members": _members(context)}
        tables = {
            **context.services.register.everything_about(member.office, member.user),
            **lists.everything_else(member.office, member.user),
        }
    content = await context.services.engine.run(
        write_archive, whole, about, tables, member.language
    )
    if len(content) > LARGEST_FILE:
        raise UnreadableFile("too_large")
    return content


def _members(context: Context) -> list[dict[str, object]]:
    """Who belongs to the office, without others' numbers in the messenger."""
    member, register = context.member, context.services.register
    return [
        {
            "you": each.user == member.user,
            "user": each.user if each.user == member.user else None,
            "language": each.language,
            "joined_at": register.joined_at(each.user),
        }
        for each in register.members_of(member.office)
    ]
