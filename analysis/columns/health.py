"""Values that tell of somebody's health, under whatever heading: such a column is never kept."""

import functools
import json
import re
import unicodedata
from collections.abc import Iterable
from importlib import resources
from typing import Literal

HealthSign = Literal["unmistakable", "among_people"]

_LONGEST = 60
"""Characters; what is longer is a note, which is not kept either."""
_NO_LETTER = re.compile(r"[\W\d_]+")

PEOPLE_MEANINGS = frozenset({"employment_type", "occupation", "is_retired"})
"""Headings under which a word such as `WIA` tells of a person and not of a product."""
OTHER_MEANINGS = frozenset(
    {
        *("product_type", "provider", "service_level", "sector", "sector_code", "legal_form"),
        *("city", "region", "country", "office", "adviser", "channel", "currency"),
    }
)
"""Headings whose values name products, firms and places: cover for illness is no illness."""


def health_sign(texts: Iterable[str]) -> HealthSign | None:
    """Return how surely these different values of a column tell of somebody's health.

    Words that may also name a product, or a switch (`disabled`), count among people only: where
    another value tells what a person does for a living, or where the heading says so.
    """
    words = _words()
    seen = {_bare(text) for text in texts if len(text) <= _LONGEST}
    if not seen.isdisjoint(words["unmistakable"]) or any(map(_says_of_himself, seen)):
        return "unmistakable"
    if seen.isdisjoint(words["among_people"]):
        return None
    return "among_people" if seen.isdisjoint(words["people"]) else "unmistakable"


def asks_for_a_reason(heading_words: Iterable[str]) -> bool:
    """Tell whether a heading asks why: there *ziekte* is an answer about a person."""
    return not _words()["reasons"].isdisjoint(heading_words)


def _says_of_himself(bare: str) -> bool:
    """Tell whether a longer text says it: `volledig arbeidsongeschikt (80-100%)`, but no cover."""
    words = _words()
    padded = f" {bare} "
    if not any(f" {said} " in padded for said in words["said_of_himself"]):
        return False
    return not any(insured in bare for insured in words["insured"])


def _bare(text: str) -> str:
    """The letters of a text in lower case without accents; all between them is one space."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _NO_LETTER.sub(" ", plain).strip()


@functools.cache
def _words() -> dict[str, frozenset[str]]:
    text = resources.files(__package__).joinpath("health.json").read_text("utf-8")
    return {name: frozenset(words) for name, words in json.loads(text).items()}
