"""What a person typed for others to read: without what cannot be seen or turns a message round."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from bot.replies.blocks import length

# Marks that pile up on one letter run through the lines above and below it.
MARKS_ON_A_LETTER = 3
EMAIL_LENGTH = 254

# Letters and marks that show nothing at all.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co"})
_MARKS = frozenset({"Mn", "Me"})
_READABLE = frozenset("LNS")
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[\w-]{1,63}\.)+[^\W\d_]{2,63}")

Why = Literal["empty", "too_long", "no_email"]


@dataclass(frozen=True)
class Refusal:
    """Why a text was not taken; lengths in UTF-16 units, as Telegram counts."""

    why: Why
    found: int = 0
    limit: int = 0


def one_line(text: str) -> str:
    """The text as one line."""
    return " ".join(line for line in _lines(text) if line)


def lines(text: str) -> str:
    """The text with its line ends, without empty lines."""
    return "\n".join(line for line in _lines(text) if line)


def paragraphs(text: str) -> str:
    """The text with its line ends, with at most one empty line between paragraphs."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(_lines(text))).strip("\n")


def refusal(text: str, limit: int) -> Refusal | None:
    """Why a cleaned text of at most `limit` UTF-16 units cannot be taken; None where it can."""
    if not any(unicodedata.category(character)[0] in _READABLE for character in text):
        return Refusal("empty")
    if length(text) > limit:
        return Refusal("too_long", length(text), limit)
    return None


def email_refusal(text: str) -> Refusal | None:
    """Why this is no e-mail address; None where it is one."""
    fits = length(text) <= EMAIL_LENGTH and _EMAIL.fullmatch(text)
    return None if fits else Refusal("no_email")


def _lines(text: str) -> list[str]:
    return [" ".join(_visible(line).split()) for line in _composed(text).splitlines()]


def _visible(line: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in line:
        category = unicodedata.category(character)
        if character == "\t":
            kept.append(" ")
        if category in _UNSEEN or character in _BLANK:
            continue
        marks = marks + 1 if category in _MARKS else 0
        if marks <= MARKS_ON_A_LETTER:
            kept.append(character)
    # What was taken out may have stood between a letter and its accent.
    return _composed("".join(kept))


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
