"""Typed text that something half written asked for, whatever that is."""

from datetime import datetime, timedelta

from telegram import Update

from bot.context import Context
from bot.handlers import comments, contributions, judging

# Later, words in the chat are a question again.
TEXT_IS_AWAITED = timedelta(hours=1)


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
