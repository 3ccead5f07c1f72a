"""Free questions: what is typed, and the buttons that choose between readings."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from telegram import Update

from analysis.errors import UnreadableFile
from bot.context import Context
from bot.handlers import (
    answers,
    changes,
    colleagues,
    columns,
    comments,
    documents,
    export,
    files,
    forget,
    pictures,
    start,
    tips,
)
from bot.handlers.about import tell_nothing_yet, tell_unanswered
from bot.handlers.command_words import tell_unknown, wanted_top
from bot.handlers.menu import refresh_menu
from bot.handlers.presses import acknowledge, pressed
from bot.handlers.progress import stoppable
from bot.handlers.send import send
from bot.questions import replies
from bot.questions.asking import Asking
from bot.questions.model import Answer, Question, Show
from bot.replies import columns as plans
from bot.replies import menus
from bot.replies.answers import Reply, menu
from bot.replies.render import render
from bot.replies.words import words
from storage.office import Upload


async def ask(update: Update, context: Context, text: str) -> None:
    """Answers a question about the newest list, or says how it could be asked."""
    member = context.member
    upload = context.services.lists.newest(member.office)
    if upload is None:
        await tell_nothing_yet(update, context)
        return
    if upload.rows is None:
        await send(update, context, _rows_gone(upload, member.language))
        return
    gone = plans.thrown_away_in(upload, text)
    if gone is not None:
        await send(update, context, plans.was_thrown_away(gone, member.language))
    asking = Asking(context.services, member)
    try:
        async with stoppable(update, context):
            handled, number = await asking.ask(upload, text)
    except UnreadableFile:
        await send(update, context, replies.too_much(upload, member.language))
        return
    if handled.answer is not None:
        await _tell(update, context, upload, handled.answer, number, handled.left_out)
    elif handled.outcome == "thanks":
        await send(update, context, replies.small_talk(handled.reason, upload, member.language))
    elif handled.outcome == "ask":
        reply = replies.choice(
            handled.questions, handled.words, upload, member.language, number, handled.reason
        )
        await send(update, context, reply)
    else:
        reply = replies.not_understood(
            handled.phrases,
            handled.words,
            upload,
            member.language,
            number,
            lacking=handled.outcome == "lacking",
            reason=handled.reason,
        )
        await send(update, context, reply)


async def top10(update: Update, context: Context) -> None:
    """`/top10`: the ten; `/top10 20 winst` asks for another top once."""
    if not context.args:
        await answers.top10(update, context)
        return
    wanted = wanted_top(context)
    if wanted is None:
        await tell_unknown(update, context)
        return
    texts = words(context.member.language)
    by = texts["measures"][wanted.measure]
    await ask(update, context, texts["values"]["top_by"].format(size=wanted.size, by=by))


async def what_if(update: Update, context: Context) -> None:
    """`/watals`: how to ask it, or the answer to what stands behind the command."""
    language = context.member.language
    if update.callback_query is not None:
        await acknowledge(update.callback_query)
    asked = " ".join(context.args or ())
    if asked:
        await ask(update, context, f"{words(language)['values']['what_if']} {asked}")
    else:
        upload = context.services.lists.newest(context.member.office)
        if upload is None or upload.findings is None:
            await tell_nothing_yet(update, context)
            return
        if upload.findings.pareto is None:
            await tell_unanswered(update, context, upload)
            return
        await send(update, context, menus.what_if(upload, language))


# Answers that the bot has already, whoever asks for them in words.
SHOWN: dict[Show, Callable[[Update, Context], Coroutine[Any, Any, None]]] = {
    "top10": answers.top10,
    "why_top10": answers.why_top10,
    "pareto": answers.pareto,
    "value": answers.value,
    "focus": answers.focus,
    "columns": columns.show,
    "help": start.help_,
    "language": start.ask_language,
    "privacy": start.privacy,
    "forget": forget.ask,
    "report": documents.report,
    "talk": documents.conversation,
    "export": export.export,
    "files": files.show,
    "changes": changes.changes,
    "alike": answers.look_alikes,
    "profit": answers.profit,
    "pictures": pictures.ask,
    "tip": tips.tip,
    "tips": tips.show_settings,
    "colleagues": colleagues.show,
    "comment": comments.write,
    "what_if": what_if,
}


async def choose(update: Update, context: Context) -> None:
    """A reading that was chosen by its button, or the names of an answer."""
    query, press = pressed(update)
    member = context.member
    upload = context.services.lists.get(member.office, press.upload)
    number, _, what = press.argument.partition(".")
    asking = Asking(context.services, member)
    question = None
    if upload is not None and _is_number(number):
        question = _chosen(asking.kept(upload, int(number)), what)
    if upload is None or question is None:
        await refresh_menu(update, context)
        return
    if question.show is not None:
        await acknowledge(query)
        await _show(update, context, question)
        return
    if upload.rows is None:
        await acknowledge(query)
        await send(update, context, _rows_gone(upload, member.language))
        return
    await acknowledge(query)
    try:
        async with stoppable(update, context):
            answer = await asking.compute(upload, question)
    except UnreadableFile:
        await send(update, context, replies.too_much(upload, member.language))
        return
    if answer is None:
        await refresh_menu(update, context)
    elif what == "names":
        await _tell_names(update, context, upload, answer)
    else:
        # Its names are asked for by a number of its own.
        kept = asking.keep(upload, [question], answered=True)
        await _tell(update, context, upload, answer, kept)


async def _tell(
    update: Update,
    context: Context,
    upload: Upload,
    answer: Answer,
    number: int,
    left_out: Sequence[str] = (),
) -> None:
    if answer.question.show is not None:
        await _show(update, context, answer.question)
        return
    reply = replies.answered(answer, upload, context.member.language, number, left_out=left_out)
    await send(update, context, reply, upload)


async def _show(update: Update, context: Context, question: Question) -> None:
    """An answer that the bot has already, about the client that was named."""
    assert question.show is not None
    context.args = [each.client for each in question.filters if each.type == "client"]
    await SHOWN[question.show](update, context)


async def _tell_names(update: Update, context: Context, upload: Upload, answer: Answer) -> None:
    """By name: only here, because the adviser asked for it."""
    clients = [listed.client for listed in answer.listed]
    names = context.services.lists.names(context.member.office, upload.number, clients)
    reply = replies.answered(answer, upload, context.member.language, names=names)
    await send(update, context, reply, upload)


def _chosen(questions: tuple[Question, ...], what: str) -> Question | None:
    place = 0 if what == "names" else int(what) if _is_number(what) else -1
    return questions[place] if 0 <= place < len(questions) else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _rows_gone(upload: Upload, language: str) -> Reply:
    text = render("question_rows_gone", language, upload=upload)
    return Reply(text, menu(upload, language))
