"""What operators do with comments: approve, answer, remove."""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from telegram import Message, Update

from bot.context import Context
from bot.handlers.menu import refresh_menu
from bot.handlers.presses import acknowledge, pressed
from bot.handlers.send import edit, remove_keyboard, send
from bot.replies import comments, drafts, tips
from bot.replies.words import words
from bot.tips.comment_news import tell_news
from bot.tips.schedule import first_of_month
from bot.typed import lines, refusal
from storage.comments import Comment
from storage.drafts import Draft

SHOWN_AT_ONCE = 5

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


def for_operators(handler: Handler) -> Handler:
    """A press by anybody else is refused: who runs the bot may change from day to day."""

    @wraps(handler)
    async def guarded(update: Update, context: Context) -> None:
        query = update.callback_query
        if context.member.user in context.services.settings.operators:
            await handler(update, context)
        elif query is not None:
            toast = words(context.member.language)["toasts"]["only_operator"]
            await acknowledge(query, toast, alert=True)

    return guarded


@for_operators
async def overview(update: Update, context: Context) -> None:
    """What became of the tips of this month, how many comments wait, and the oldest to judge."""
    language, services = context.member.language, context.services
    register = services.register
    month = first_of_month(services.clock(), services.settings.timezone)
    tips_sent, members = register.outbox.counts(month), register.subscriptions.counts()
    await send(update, context, tips.counts(month, tips_sent, members, language))
    waiting = register.comments.waiting()
    shown = waiting[:SHOWN_AT_ONCE]
    await send(update, context, comments.overview(len(waiting), len(shown), language))
    for comment in shown:
        await send(update, context, comments.to_judge(comment, language))


@for_operators
async def judge(update: Update, context: Context) -> None:
    """A button under a comment. Whatever became of it since is shown in its place."""
    query, button = pressed(update)
    action, _, number = button.argument.partition(".")
    known = context.services.register.comments
    fits = number.isascii() and number.isdigit() and len(number) < 19
    comment = known.get(int(number)) if fits else None
    if comment is None or action not in {"approve", "answer", "remove", "remove_yes", "show"}:
        await refresh_menu(update, context)
        return
    toasts = words(context.member.language)["toasts"]
    toast: str | None = None
    if action == "approve":
        approved = known.approve(comment.number)
        before = "removed_before" if comment.state == "removed" else "approved_before"
        toast = toasts["approved" if approved else before]
    elif action == "remove_yes":
        toast = toasts["removed" if known.remove(comment.number) else "removed_before"]
    await acknowledge(query, toast)
    if action == "answer" and comment.state != "removed":
        await _ask_answer(update, context, comment)
        return
    now = known.get(comment.number) or comment
    removing = action == "remove" and now.state != "removed"
    if isinstance(query.message, Message):
        reply = comments.to_judge(now, context.member.language, removing=removing)
        await edit(query.message, reply)
    await tell_news(context.bot, context.services)


async def receive(update: Update, context: Context, draft: Draft, said: str) -> None:
    """The answer to a comment that an operator typed."""
    register, member = context.services.register, context.member
    answer = lines(said)
    wrong = refusal(answer, comments.ANSWER_LENGTH)
    if wrong is not None:
        await send(update, context, drafts.refused(wrong, "answer", member.language))
        return
    number = int(draft.values["comment"])
    register.comments.answer(number, answer)
    comment = register.comments.get(number)
    if comment is None:
        await refresh_menu(update, context)
    else:
        await send(update, context, comments.to_judge(comment, member.language))
    register.drafts.drop(member.user, "answer")
    await tell_news(context.bot, context.services)


@for_operators
async def press_answer(update: Update, context: Context) -> None:
    """Drops the answer, or asks for it again where it was set aside."""
    query, button = pressed(update)
    register, user = context.services.register, context.member.user
    draft = register.drafts.of(user, "answer")
    comment = register.comments.get(int(draft.values["comment"])) if draft else None
    if button.argument == "go_on" and comment is not None:
        await acknowledge(query)
        await remove_keyboard(query)
        await _ask_answer(update, context, comment)
        return
    if not register.drafts.drop(user, "answer"):
        await refresh_menu(update, context)
        return
    await acknowledge(query)
    await remove_keyboard(query)
    await send(update, context, drafts.cancelled(context.member.language))


async def _ask_answer(update: Update, context: Context, comment: Comment) -> None:
    draft = Draft(
        context.member.user,
        "answer",
        "answer",
        {"comment": str(comment.number)},
        update.update_id,
        context.services.clock(),
    )
    context.services.register.drafts.keep(draft)
    await send(update, context, comments.ask_answer(comment, context.member.language))
