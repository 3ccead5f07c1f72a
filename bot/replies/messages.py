"""An answer as the messages that it goes out in."""

from collections.abc import Sequence
from dataclasses import dataclass

from telegram.constants import MessageLimit

from bot.buttons import Button
from bot.replies.answers import Reply
from bot.replies.blocks import length, split
from bot.replies.captions import caption_of

Keyboard = list[list[dict[str, str]]]


@dataclass(frozen=True)
class Outgoing:
    """One message. `keyboard` is what the Bot API calls `inline_keyboard`.

    With `under_picture` the text is the caption of the answer's picture.
    """

    text: str
    keyboard: Keyboard
    under_picture: bool = False


def messages_of(reply: Reply, language: str, *, with_picture: bool) -> list[Outgoing]:
    """The messages of a reply: one where its words fit under its picture; buttons at the end."""
    buttons = keyboard_of(reply.buttons)
    first = []
    if with_picture and reply.chart is not None:
        caption = caption_of(reply.chart, language)
        whole = f"{reply.text}\n\n{caption}"
        if length(whole) <= MessageLimit.CAPTION_LENGTH:
            return [Outgoing(whole, buttons, under_picture=True)]
        first = [Outgoing(caption, [], under_picture=True)]
    *texts, last = split(reply.text)
    return [*first, *(Outgoing(text, []) for text in texts), Outgoing(last, buttons)]


def keyboard_of(rows: Sequence[Sequence[Button]]) -> Keyboard:
    return [
        [{"text": button.label, "callback_data": button.press.encode()} for button in row]
        for row in rows
    ]
