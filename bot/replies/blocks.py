"""Cuts a text into messages: between blocks, never inside a tag."""

from telegram.constants import MessageLimit

# Telegram counts after it has taken the tags out, so a cut by the raw length is on the safe side.
LIMIT = MessageLimit.MAX_TEXT_LENGTH


def split(text: str, limit: int = LIMIT) -> list[str]:
    """Messages of at most `limit` characters, cut at blank lines, else at line ends.

    No template lets a tag reach over a line end, so every piece is whole.
    """
    messages: list[str] = []
    for block in text.split("\n\n"):
        if messages and len(messages[-1]) + 2 + len(block) <= limit:
            messages[-1] += "\n\n" + block
            continue
        messages.extend(_lines(block, limit))
    return messages


def _lines(block: str, limit: int) -> list[str]:
    pieces = [""]
    for line in block.split("\n"):
        if len(pieces[-1]) + 1 + len(line) > limit and pieces[-1]:
            pieces.append("")
        pieces[-1] += ("\n" if pieces[-1] else "") + line
    return pieces
