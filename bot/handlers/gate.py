"""Who may come in: members, people with an invitation, and anyone where the office is open."""

import logging

from telegram import Chat, Update, User
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ApplicationHandlerStop

from bot.context import Context
from bot.handlers import drafts, forget, tips
from bot.handlers.presses import acknowledge
from bot.replies.render import render
from bot.replies.words import LANGUAGES
from storage.register import Member

log = logging.getLogger(__name__)


async def gate(update: Update, context: Context) -> None:
    """Runs before every other handler: sets `context.member`, or ends the update here.

    Also where it fails itself: PTB would go on with the next handlers after an error.
    """
    try:
        context.member = await _admit(update, context)
        await drafts.make_room(update, context)
    except ApplicationHandlerStop:
        raise
    except Exception as error:
        await context.application.process_error(update, error)
        raise ApplicationHandlerStop from None


async def _admit(update: Update, context: Context) -> Member:
    """The member who sent this in his own chat. Raises ApplicationHandlerStop for all else."""
    user, chat = update.effective_user, update.effective_chat
    if user is None or chat is None or user.is_bot:
        log.info("refused an update that no person sent in a chat")
        raise ApplicationHandlerStop
    if chat.type != Chat.PRIVATE:
        if update.message is not None or update.my_chat_member is not None:
            await _leave(chat)
        raise ApplicationHandlerStop
    if chat.id != user.id:
        # The answer would go to somebody else: a private chat bears the number of its person.
        log.info("refused an update from another's chat")
        raise ApplicationHandlerStop
    if update.my_chat_member is not None:
        tips.note_membership(update, context)
    if update.message is None and update.callback_query is None:
        # An edited message was answered when it came in; being blocked asks for no answer.
        raise ApplicationHandlerStop
    known = context.services.register.member(user.id)
    if known is None and forget.was_done(update, context):
        await forget.tell_done(update, _language(user, context.services.settings.language))
        raise ApplicationHandlerStop
    member = known or await _let_in(update, context, user)
    if member is None:
        raise ApplicationHandlerStop
    if context.klantkompas.is_hopeless(update):
        await _give_up(update, member)
        raise ApplicationHandlerStop
    tips.note_return(context.services, user.id)
    context.services.offices.create(member.office)
    return member


async def _let_in(update: Update, context: Context, user: User) -> Member | None:
    services = context.services
    language = _language(user, services.settings.language)
    code = _invitation(update)
    if code:
        member = services.register.redeem(code, user.id, language, services.clock())
        if member is not None:
            return member
    if services.settings.open or user.id in services.settings.operators:
        return services.register.open_office_for(user.id, language, services.clock())
    log.info("refused somebody who is no member")
    if update.callback_query is not None:
        await acknowledge(update.callback_query)
    assert update.effective_chat is not None
    template = "bad_invitation" if code else "no_access"
    try:
        await update.effective_chat.send_message(render(template, language))
    except (BadRequest, Forbidden) as error:
        log.info("a refusal could not be told: %s", type(error).__name__)
    return None


async def _give_up(update: Update, member: Member) -> None:
    """The bot fell each time it handled this update: it is told, and done with."""
    log.error("update %s is given up: the bot fell while it was handled", update.update_id)
    assert update.effective_chat is not None
    if update.callback_query is not None:
        await acknowledge(update.callback_query)
    await update.effective_chat.send_message(render("given_up", member.language))


async def _leave(chat: Chat) -> None:
    """Client figures belong in a private chat alone."""
    log.info("left a chat that is not private")
    try:
        await chat.leave()
    except TelegramError as error:
        log.info("a chat could not be left: %s", type(error).__name__)


def _invitation(update: Update) -> str:
    """The code of `/start CODE`, or an empty string."""
    words = (update.message.text or "").split() if update.message else []
    return words[1] if len(words) == 2 and words[0] == "/start" else ""


def _language(user: User, default: str) -> str:
    spoken = (user.language_code or "").split("-")[0]
    return spoken if spoken in LANGUAGES else default
