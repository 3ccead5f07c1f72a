"""What the words within an unknown heading say."""

import csv
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

_LONG_STEM = 6
_ID_WORDS = frozenset({"id", "nr", "nummer", "number", "no", "num", "key", "kennung", "nrs"})
_KEY = re.compile(r"(?:(?<!he)id|key|kennung)$", re.IGNORECASE)
"""`SALESORDERID`, but not `bereikbaarheid`; a *nummer* may be one to call."""
_COUNT_WORDS = frozenset({"aantal", "number", "anzahl", "count", "num", "nr", "totaal", "total"})


@dataclass(frozen=True)
class _Rule:
    meaning: str
    words: frozenset[str]
    stems: tuple[str, ...]
    unless: frozenset[str]

    def applies(self, parts: Sequence[str], joined: str) -> bool:
        if self.unless & set(parts):
            return False
        return bool(self.words & set(parts)) or any(
            stem in joined
            if len(stem) >= _LONG_STEM
            else any(part.startswith(stem) or part.endswith(stem) for part in parts)
            for stem in self.stems
        )


def tells_apart(heading: str) -> bool:
    """Tell whether an unknown heading is that of a key."""
    return bool(_KEY.search(heading.strip()))


@functools.cache
def rules() -> tuple[_Rule, ...]:
    """The rules in their order: what may not be kept first, so that doubt is on the safe side."""
    text = resources.files(__package__).joinpath("parts.csv").read_text("utf-8")
    return tuple(
        _Rule(
            row["meaning"],
            frozenset(row["words"].split()),
            tuple(row["stems"].split()),
            frozenset(row["unless"].split()),
        )
        for row in csv.DictReader(text.splitlines())
    )


def meaning_of_parts(parts: Sequence[str], owners: frozenset[str]) -> str | None:
    """Return a meaning of the dictionary for the words of a heading, None where they tell nothing.

    `owners` are the words for the client.
    """
    joined = "".join(parts)
    found = next((rule.meaning for rule in rules() if rule.applies(parts, joined)), None)
    if found is not None:
        return found
    if len(parts) > 1 and parts[-1] in _ID_WORDS and parts[0] not in _COUNT_WORDS:
        return "client_id" if owners & set(parts[:-1]) else "other_id"
    return None
