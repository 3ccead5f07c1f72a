"""A question with something said around it: *ik zit in de trein, hoeveel klanten heb ik in Ede?*"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from bot.questions.words.item import Item
from bot.questions.words.lexicon import LANGUAGES, vocabulary

MOST_CLAUSES = 6
_ENDS = re.compile(r"(?<=[.?!;:,])\s+|\s+[-–—]\s+|\s*\n\s*")
# What says nothing of clients or figures, so that it may stand beside a question.
_IDLE = frozenset({"skip", "thanks", "list", "clients", "client", "of", "and", "by"})

_CAPITAL_WITHIN = re.compile(r"(?<=[^\W\d_] )[A-Z][^\W\d_]+")


def around(text: str) -> Iterator[tuple[str, str]]:
    """Each run of clauses with the rest of the text, the longest first."""
    clauses = [each for each in _ENDS.split(text) if each.strip()]
    if len(clauses) > MOST_CLAUSES:
        return
    for length in range(len(clauses) - 1, 0, -1):
        for start in range(len(clauses) - length, -1, -1):
            rest = (*clauses[:start], *clauses[start + length :])
            yield " ".join(clauses[start : start + length]), " ".join(rest)


def both_halves(text: str) -> tuple[str, str] | None:
    """Two questions in one message, of which the second can stand by itself."""
    begins, points_back = _second_question()
    halves = [each for each in begins.split(text) if each.strip(" ?!.")]
    if len(halves) != 2 or points_back.search(halves[1]):
        return None
    return halves[0], halves[1]


@cache
def _second_question() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Where a second question begins, *hoeveel klanten heb ik? En wie is de grootste*, and what
    makes it no question by itself."""
    links, asks, back = (
        "|".join(_in_any_language(kind)) for kind in ("links", "asks", "points_back")
    )
    begins = (
        rf"(?:[?!;]|\n|\s/)\s*(?:(?:{links})\s+)?"
        rf"|,?\s+(?:{links})\s+(?=(?:{asks})\b)"
    )
    return re.compile(begins, re.IGNORECASE), re.compile(rf"\b(?:{back})\b", re.IGNORECASE)


@cache
def _in_any_language(kind: str) -> frozenset[str]:
    return frozenset(
        word for language in LANGUAGES for word in vocabulary(language)["clauses"][kind]
    )


def names_somebody(text: str, items: Sequence[Item]) -> bool:
    """Whether what is not known may be a name: *toon Sean Miller*, a capital amid the sentence."""
    if text.isupper() or any(item.has("how_much", "clients") for item in items):
        return False
    capitals = {each.casefold() for each in _CAPITAL_WITHIN.findall(text)}
    unknown = [item.words for item in items if not item.known]
    return any(each in capitals for each in unknown)


def says_nothing(items: Sequence[Item]) -> bool:
    """Whether these words leave a question beside them as it is."""
    return all(
        not item.known
        or ((item.has(*_IDLE) or item.words in _in_any_language("first")) and not _tells(item))
        for item in items
    )


def _tells(item: Item) -> bool:
    return item.number is not None or any(
        concept.condition is not None or concept.amount is not None for concept in item.concepts
    )
