"""A question with something said around it: *ik zit in de trein, hoeveel klanten heb ik in Ede?*"""

import re
from collections.abc import Iterator, Sequence

from bot.questions.words.item import Item

MOST_CLAUSES = 6
_ENDS = re.compile(r"(?<=[.?!;:,])\s+|\s+[-–—]\s+|\s*\n\s*")
# What says nothing of clients or figures, so that it may stand beside a question.
_IDLE = frozenset({"skip", "thanks", "list", "clients", "client", "of", "and", "by"})

# Where a second question begins: *hoeveel klanten heb ik? En wie is de grootste*.
_SECOND = re.compile(
    r"(?:[?!;]|\n|\s/)\s*(?:(?:en|and)\s+)?"
    r"|,?\s+(?:en|and)\s+(?=(?:wie|welke|wat|hoeveel|who|which|what|how)\b)",
    re.IGNORECASE,
)
_POINTING_BACK = re.compile(
    r"\b(?:hen|ze|zij|hun|die|hij|daarvan|ervan|daar|they|them|their|those|he|it|of which)\b",
    re.IGNORECASE,
)
_CAPITAL_WITHIN = re.compile(r"(?<=[^\W\d_] )[A-Z][^\W\d_]+")
# *Coffee first*, of no list.
_FIRST = frozenset({"first", "eerst"})


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
    halves = [each for each in _SECOND.split(text) if each.strip(" ?!.")]
    if len(halves) != 2 or _POINTING_BACK.search(halves[1]):
        return None
    return halves[0], halves[1]


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
        not item.known or ((item.has(*_IDLE) or item.words in _FIRST) and not _tells(item))
        for item in items
    )


def _tells(item: Item) -> bool:
    return item.number is not None or any(
        concept.condition is not None or concept.amount is not None for concept in item.concepts
    )
