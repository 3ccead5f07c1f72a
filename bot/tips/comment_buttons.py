"""The buttons under a tip that lead to its comments."""

from datetime import date

from telegram import InlineKeyboardButton

from bot.buttons import Press
from bot.replies.words import words


def comment_buttons(
    tip_name: str, month: date, approved_count: int, language: str
) -> list[InlineKeyboardButton]:
    """One row: write a comment and, where there are any, read those of others.

    `tip_name` has at most 36 letters, digits and underscores, for a button carries 64 bytes.
    """
    labels, tip = words(language)["buttons"], f"{month:%Y-%m}.{tip_name}"
    row = [InlineKeyboardButton(labels["comment"], callback_data=Press("comment", 0, tip).encode())]
    if approved_count:
        read = Press("comments", 0, tip).encode()
        label = labels["comments"].format(count=approved_count)
        row.append(InlineKeyboardButton(label, callback_data=read))
    return row
