"""The buttons under a tip that lead to its comments."""

from datetime import date

from telegram import InlineKeyboardButton

from bot.buttons import Press
from bot.replies.words import words


def comment_buttons(
    tip_name: str, month: date, approved_count: int, language: str
) -> list[InlineKeyboardButton]:
    """One row: write a comment, and read those of others.

    The second is there without any too: comments are approved after the tip went out, and nothing
    changes a message that was sent.
    `tip_name` has at most 36 letters, digits and underscores, for a button carries 64 bytes.
    """
    labels, tip = words(language)["buttons"], f"{month:%Y-%m}.{tip_name}"
    counted = labels["comments"].format(count=approved_count)
    read = counted if approved_count else labels["comments_uncounted"]
    return [
        InlineKeyboardButton(labels["comment"], callback_data=Press("comment", 0, tip).encode()),
        InlineKeyboardButton(read, callback_data=Press("comments", 0, tip).encode()),
    ]
