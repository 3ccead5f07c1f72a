"""The command menu of who runs the bot: what everybody has, and what is for operators alone."""

import logging

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from bot.replies.words import LANGUAGES, words

log = logging.getLogger(__name__)


async def tell_operator_commands(bot: Bot, operator: int, default_language: str) -> None:
    """Shows the menu in this operator's own chat; that must have begun, else nothing changes."""
    scope = BotCommandScopeChat(operator)
    try:
        for language in (None, *LANGUAGES):
            texts = words(language or default_language)
            commands = [
                BotCommand(name, text)
                for section in ("operator_commands", "commands")
                for name, text in texts[section].items()
            ]
            await bot.set_my_commands(commands, scope=scope, language_code=language)
    except TelegramError as error:
        log.info("an operator has no menu of his own yet: %s", type(error).__name__)
