"""What is said of the words behind a command."""

from bot.replies.answers import Reply
from bot.replies.render import render


def unknown_words(command: str, said: str, language: str) -> Reply:
    return Reply(render("unknown_words", language, command=command.lower(), said=said))
