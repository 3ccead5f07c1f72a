"""What stands under the archives with all of an office."""

from datetime import date

from bot.buttons import Button, Press
from bot.replies.answers import Reply
from bot.replies.render import render
from bot.replies.words import words


def part(place: int, parts: int, language: str) -> Reply:
    """The caption of one of `parts` archives, and taking it out of the chat."""
    unsend = Button(words(language)["buttons"]["unsend_export"], Press("unsend"))
    return Reply(render("everything", language, place=place, parts=parts), [[unsend]])


def file_name(day: date, place: int, parts: int, language: str) -> str:
    name = f"klantkompas_{words(language)['everything']['all']}_{day.isoformat()}"
    return f"{name}_{place}.zip" if parts > 1 else f"{name}.zip"
