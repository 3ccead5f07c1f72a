"""The question before everything of an office goes."""

from datetime import datetime

from bot.buttons import Button, Press
from bot.replies.answers import Reply
from bot.replies.render import render
from bot.replies.words import words


def ask(newest: int, asked_at: datetime, language: str, *, again: bool) -> Reply:
    """What goes with everything; `again`: an earlier question no longer holds.

    The button tells when it was asked, and which list was the newest then.
    """
    labels = words(language)["buttons"]
    keep = Button(labels["forget_no"], Press("forget", newest, "no"))
    wipe = Button(labels["forget_yes"], Press("forget", newest, f"yes.{int(asked_at.timestamp())}"))
    return Reply(render("forget_ask", language, again=again), [[keep], [wipe]])
