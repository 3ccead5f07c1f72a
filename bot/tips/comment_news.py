"""Tells operators of new comments, and members what became of theirs."""

import logging

from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.handlers.send import keyboard
from bot.replies import comments
from bot.replies.answers import Reply
from bot.services import Services
from storage.comments import Comment, News

log = logging.getLogger(__name__)


async def tell_news(bot: Bot, services: Services) -> None:
    """Tells what nobody told yet.

    What could not be sent now is told at a later call, also after a restart.
    """
    register = services.register
    for news, comment in register.comments.claim_news(services.clock()):
        if news == "written":
            done = [
                await _reaches(bot, operator, _to_operator(services, operator, comment))
                for operator in sorted(services.settings.operators)
            ]
        else:
            done = [await _reaches(bot, comment.user, _to_member(services, news, comment))]
        if all(done):
            register.comments.told(comment.number, news)


async def _reaches(bot: Bot, user: int, reply: Reply | None) -> bool:
    """Whether this needs no other attempt: it was sent, or can never be."""
    if reply is None:
        return True
    try:
        await bot.send_message(user, reply.text, reply_markup=keyboard(reply.buttons))
    except (Forbidden, BadRequest, ChatMigrated) as error:
        log.info("somebody could not be told of a comment: %s", type(error).__name__)
    except TelegramError as error:
        log.info("news of a comment waits: %s", type(error).__name__)
        return False
    return True


def _to_operator(services: Services, operator: int, comment: Comment) -> Reply:
    member = services.register.member(operator)
    language = member.language if member else services.settings.language
    return comments.to_judge(comment, language)


def _to_member(services: Services, news: News, comment: Comment) -> Reply | None:
    """None for one who is a member no more."""
    member = services.register.member(comment.user)
    return None if member is None else comments.news(news, comment, member.language)
