"""Cuts a text into messages: between blocks, never inside a tag."""

import re

from telegram.constants import MessageLimit

# Telegram counts after it has taken the tags out, so a cut by the raw length is on the safe side.
LIMIT = MessageLimit.MAX_TEXT_LENGTH

# What may not be cut: an element with all that is in it, a character reference, a word.
_WHOLE = re.compile(r"<(\w+)[^>]*>.*?</\1>|&#?\w{1,10};|[^\s<&]{1,64}|.", re.DOTALL)


def split(text: str, limit: int = LIMIT) -> list[str]:
    """Messages of at most `limit` UTF-16 units, cut at blank lines, else at line ends, else
    between words.

    No template lets a tag reach over a line end, so every piece is whole. Only an element or a
    word that is longer than `limit` by itself makes a longer piece.
    """
    messages: list[str] = []
    for block in text.split("\n\n"):
        if messages and length(messages[-1]) + 2 + length(block) <= limit:
            messages[-1] += "\n\n" + block
            continue
        messages.extend(_lines(block, limit))
    return [message for message in messages if message.strip()]


def _lines(block: str, limit: int) -> list[str]:
    pieces: list[str] = []
    for line in block.split("\n"):
        if pieces and length(pieces[-1]) + 1 + length(line) <= limit:
            pieces[-1] += "\n" + line
        elif length(line) <= limit:
            pieces.append(line)
        else:
            pieces.extend(_parts(line, limit))
    return pieces


def _parts(line: str, limit: int) -> list[str]:
    pieces = [""]
    for whole in _WHOLE.finditer(line):
        if pieces[-1] and length(pieces[-1]) + length(whole[0]) > limit:
            pieces.append("")
        pieces[-1] += whole[0]
    return pieces


def length(text: str) -> int:
    """In UTF-16 units, as Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
