"""The last resort: an apology with a number, and a log line without content."""

import logging
import secrets
import traceback

from telegram import Update
from telegram.error import TelegramError

from bot.context import Context
from bot.replies.render import render

log = logging.getLogger(__name__)


async def apologise(update: object, context: Context) -> None:
    """Logs where it went wrong, never with what: messages of errors may quote a client."""
    error = context.error
    if error is None:
        return
    number = secrets.token_hex(4)
    log.error("error %s: %s at %s", number, type(error).__name__, _where(error))
    if not isinstance(update, Update) or update.effective_chat is None:
        return
    user = update.effective_user
    member = context.services.register.member(user.id) if user else None
    language = member.language if member else context.services.settings.language
    try:
        await update.effective_chat.send_message(render("sorry", language, error=number))
    except TelegramError as failed:
        log.warning("error %s could not be told: %s", number, type(failed).__name__)


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-6:]))
