"""The last resort: an apology with a number, and a log line without content."""

import logging
import secrets
import traceback

from telegram import Update
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.context import Context
from bot.delivery import TokenRefusedError, is_undelivered, may_succeed_later
from bot.engine import OutOfReachError
from bot.replies.render import render
from bot.replies.words import LANGUAGES
from storage.database import reason_of
from storage.errors import Reason

log = logging.getLogger(__name__)

# What the sender of an update can do differs; for all else the same may work in a moment.
APOLOGIES: dict[Reason, str] = {"wrong_key_or_damaged": "sorry_damaged"}


async def apologise(update: object, context: Context) -> None:
    """Logs where it went wrong, never with what: messages of errors may quote a client.

    Where only the messenger or the disk refused, the update is handled again until it is answered.
    """
    error = context.error
    if error is None:
        return
    if not isinstance(update, Update):
        _of_polling(error, context)
        return
    if is_undelivered(error):
        log.warning("update %s waits for its answer: %s", update.update_id, type(error).__name__)
        context.klantkompas.handle_again(update)
        return
    if may_succeed_later(error):
        kind = type(error).__name__
        log.error("update %s waits: %s at %s", update.update_id, kind, _where(error))
        if context.klantkompas.handle_again(update):
            await tell_not_kept(update, context.services.settings.language)
        return
    number = secrets.token_hex(4)
    log.error("error %s: %s at %s", number, type(error).__name__, _where(error))
    chat = update.effective_chat
    if chat is None:
        return
    template = APOLOGIES.get(reason_of(error) or "gone", "sorry")
    if isinstance(error, OutOfReachError):
        template = "sorry_out_of_reach"
    try:
        await chat.send_message(render(template, _language(update, context), error=number))
    except TelegramError as failed:
        log.warning("error %s could not be told: %s", number, type(failed).__name__)
        if is_undelivered(failed):
            context.klantkompas.handle_again(update)


async def tell_not_kept(update: Update, language: str) -> None:
    """What must last cannot be written: the update waits for that, and its sender may know."""
    chat = update.effective_chat
    if chat is None or chat.type != chat.PRIVATE:
        return
    spoken = (update.effective_user.language_code or "") if update.effective_user else ""
    known = spoken.split("-")[0]
    try:
        await chat.send_message(render("not_kept", known if known in LANGUAGES else language))
    except TelegramError as failed:
        log.warning("update %s: %s while telling of it", update.update_id, type(failed).__name__)


def _of_polling(error: BaseException, context: Context) -> None:
    """What went wrong without an update: nobody waits for an answer."""
    if isinstance(error, TokenRefusedError):
        context.klantkompas.give_up(InvalidToken(error.message))
    elif isinstance(error, Conflict):
        log.warning("another program asks Telegram for the messages to this bot")
        context.klantkompas.meet_another(error)
    elif is_undelivered(error):
        log.warning("Telegram is out of reach: %s", type(error).__name__)
    else:
        log.error("error without an update: %s at %s", type(error).__name__, _where(error))


def _language(update: Update, context: Context) -> str:
    """Of the member; what must last may be out of reach just now."""
    default: str = context.services.settings.language
    user = update.effective_user
    try:
        member = context.services.register.member(user.id) if user else None
    except Exception as error:
        log.warning("the register cannot be read: %s", type(error).__name__)
        return default
    return member.language if member else default


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-6:]))
