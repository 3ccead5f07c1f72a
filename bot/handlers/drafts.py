"""Typed text that something half written asked for, whatever that is."""

from datetime import datetime, timedelta

from telegram import Update

from bot.buttons import Action, Press, decode
from bot.context import Context
from bot.handlers import comments, contributions, judging
from bot.handlers.send import send
from bot.replies import drafts
from bot.replies.drafts import FORMS

# Later, words in the chat are a question again.
TEXT_IS_AWAITED = timedelta(hours=1)


# These go on with what is being written, begin it anew, or drop it.
_COMMANDS = frozenset(
    {"annuleer", "cancel", "reactie", "comment", "reacties", "comments", "tip_nieuw", "tip_new"}
)
_PRESSES: frozenset[Action] = frozenset(
    {"comment", "comments", "comment_page", "judge", "contribution", *FORMS}
)


async def make_room(update: Update, context: Context) -> None:
    """Whoever asks for something else meanwhile does not go on writing: that is told once.

    Else a question that is typed much later would be sent to others.
    """
    register, now = context.services.register, context.services.clock()
    user = context.member.user
    press = decode(update.callback_query.data) if update.callback_query else None
    if press is not None and press.action in FORMS:
        register.drafts.take_up(user, FORMS[press.action], now)
        return
    draft = register.drafts.awaiting(user, now - TEXT_IS_AWAITED)
    if draft is None or not _asks_for_something_else(update, press):
        return
    register.drafts.set_aside(user)
    await send(update, context, drafts.waits(draft.kind, context.member.language))


def _asks_for_something_else(update: Update, press: Press | None) -> bool:
    if update.message is None:
        return press is not None and press.action not in _PRESSES
    said = update.message.text or ""
    command = said.split()[0].lstrip("/").partition("@")[0].lower() if said[:1] == "/" else ""
    return update.message.document is not None or bool(command and command not in _COMMANDS)


async def receive(update: Update, context: Context, said: str, since: datetime | None) -> bool:
    """Gives the text to the draft that asked for it last.

    False where none did within the hour, or since something else asked (`since`).
    """
    services = context.services
    oldest = services.clock() - TEXT_IS_AWAITED
    draft = services.register.drafts.awaiting(
        context.member.user, max(oldest, since) if since else oldest
    )
    if draft is None:
        return False
    if draft.kind != "comment" and draft.user not in services.settings.operators:
        # Who runs the bot has changed since.
        services.register.drafts.drop(draft.user, draft.kind)
        return False
    takers = {
        "comment": comments.receive,
        "answer": judging.receive,
        "contribution": contributions.receive,
    }
    await takers[draft.kind](update, context, draft, said)
    return True
