"""Spellings of missing, yes and no, in Dutch, English and German."""

import json
import re
from importlib import resources

_VOCABULARY = json.loads(
    resources.files(__package__).joinpath("vocabulary.json").read_text("utf-8")
)

MISSING: frozenset[str] = frozenset(_VOCABULARY["missing"])
"""Words that say that a value is not known, in lower case; the empty text counts as well."""

ABSENT_AS_VALUE: frozenset[str] = frozenset(_VOCABULARY["absent_as_value"])
"""Missing among numbers, but a value of its own among categories (no cover, no children)."""

YES: frozenset[str] = frozenset(_VOCABULARY["yes"])
NO: frozenset[str] = frozenset(_VOCABULARY["no"])

MONTHS: dict[str, int] = {
    name: number for number, names in enumerate(_VOCABULARY["months"], 1) for name in names.split()
}
"""Names of months and their abbreviations, in lower case."""

_LONGEST = 2 * max(map(len, MISSING))
_SPACES = re.compile(r"\s+")


def plain(text: str) -> str:
    """Return `text` in lower case with single spaces and none around it."""
    return _SPACES.sub(" ", text).strip().lower()


def is_missing(text: str, *, category: bool = False) -> bool:
    """Tell whether `text` stands for no value."""
    # Most texts are neither: they go the short way.
    if len(text) > _LONGEST and len(text.strip()) > _LONGEST:
        return False
    word = text.strip().lower()
    if " " in word:
        word = plain(word)
    if word in MISSING:
        return not (category and word in ABSENT_AS_VALUE)
    return not word


def says_none(text: str) -> bool:
    """Tell whether this value of a category says that there is none: *geen*, *none*."""
    return plain(text) in ABSENT_AS_VALUE


def yes_or_no(text: str) -> bool | None:
    """Return the meaning of a yes or a no, None for anything else."""
    word = plain(text)
    if word in YES:
        return True
    if word in NO:
        return False
    return None
