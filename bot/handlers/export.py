"""Files to take along: the list with its levels, and the draft of a letter."""

import logging
from typing import cast, get_args

from telegram import Update
from telegram.constants import ChatAction, FileSizeLimit

from analysis.errors import UnreadableFile
from bot.context import Context
from bot.handlers import everything
from bot.handlers.about import list_of, tell_unanswered
from bot.handlers.command_words import tell_unknown, wanted_export
from bot.handlers.menu import refresh_menu
from bot.handlers.presses import pressed
from bot.handlers.progress import stoppable
from bot.handlers.send import keyboard, named, send
from bot.letter import write_letter
from bot.replies import exports
from bot.replies.answers import Reply
from bot.replies.render import render
from bot.replies.words import words
from bot.workbook import Form
from storage.office import Upload

log = logging.getLogger(__name__)


async def export(update: Update, context: Context) -> None:
    """By command a workbook without names, unless its words say otherwise; by button in the form
    that the button says."""
    if update.callback_query is None and everything.ASKED_FOR & {*(context.args or ())}:
        await everything.take_all(update, context)
        return
    asked = _asked(update, context)
    if asked is None and update.callback_query is None:
        await tell_unknown(update, context)
        return
    upload = await list_of(update, context)
    if upload is None:
        return
    language = context.member.language
    if asked is None:
        await refresh_menu(update, context)
    elif upload.findings is None or upload.findings.pareto is None:
        await tell_unanswered(update, context, upload)
    elif not upload.rows_kept:
        await send(update, context, Reply(render("rows_gone", language, upload=upload)))
    else:
        form, with_names = asked
        await _send_export(update, context, upload, form, with_names=with_names)


async def letter(update: Update, context: Context) -> None:
    """The draft of the letter to clients, where the list has levels."""
    upload = await list_of(update, context)
    if upload is None:
        return
    language = context.member.language
    if upload.findings is None or upload.findings.focus is None:
        await tell_unanswered(update, context, upload)
        return
    assert update.effective_chat is not None
    await update.effective_chat.send_document(
        write_letter(upload, language),
        filename=words(language)["letter"]["file_name"].format(
            day=upload.findings.as_of.isoformat()
        ),
        caption=named(update, context, exports.letter(upload, language), upload).text,
    )


def _asked(update: Update, context: Context) -> tuple[Form, bool] | None:
    """Which form, and whether with names; None for a button or words that say something else.

    A workbook without names also for a question that was chosen by its button.
    """
    if update.callback_query is None:
        return wanted_export(context)
    _, press = pressed(update)
    if press.action != "export":
        return "xlsx", False
    form, _, names = press.argument.partition(".")
    if form not in get_args(Form) or names not in ("", "names"):
        return None
    return cast("Form", form), bool(names)


async def _send_export(
    update: Update, context: Context, upload: Upload, form: Form, *, with_names: bool
) -> None:
    chat = update.effective_chat
    assert chat is not None
    assert upload.findings is not None
    member, lists = context.member, context.services.lists
    wish = exports.wish(
        upload,
        form,
        member.language,
        with_names=with_names,
        marks=lists.own_top(member.office, upload).marks,
    )
    try:
        async with stoppable(update, context, ChatAction.UPLOAD_DOCUMENT):
            content = await lists.export(upload, wish)
            if len(content) > FileSizeLimit.FILESIZE_UPLOAD:
                raise UnreadableFile("too_large")
    except UnreadableFile as error:
        log.info("an export was not made: %s", error.reason)
        await send(update, context, exports.not_made(upload, wish))
        return
    reply = named(update, context, exports.export(upload, wish), upload)
    await chat.send_document(
        content,
        filename=exports.file_name(upload.findings.as_of, wish),
        caption=reply.text,
        reply_markup=keyboard(reply.buttons),
    )
