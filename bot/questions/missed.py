"""Whether a word that nobody knows may well have told whom a question is about."""

from collections.abc import Sequence
from functools import cache

from bot.questions.model import Question
from bot.questions.words.item import Item
from bot.questions.words.lexicon import LANGUAGES, vocabulary

_COUNTING = ("how_much", "list", "which", "share")
_TELLING = ("of", "present", "who", "verb", "during", "among")
_OF_CLIENTS = frozenset({"count", "statistic", "breakdown", "clients", "compare"})


def may_tell_who(missed: Sequence[Item], items: Sequence[Item], question: Question) -> bool:
    """Whether a missed word stands where those are named whom it is about.

    *Werklozen met een inkomen*, *hoeveel imkers in Ede*, *klanten in Zuid-Amerika*: without that
    word the answer would be about others.
    """
    if question.intent not in _OF_CLIENTS:
        return False
    places = [at for at, item in enumerate(items) if not item.known and item in missed]
    return any(_is_subject(items, at) or _is_part_of_a_place(items, at) for at in places)


def _is_subject(items: Sequence[Item], place: int) -> bool:
    before = [item for item in items[:place] if not item.has("skip") or item.has(*_COUNTING)]
    behind = next(iter(items[place + 1 :]), None)
    if before and before[-1].has("how_much"):
        return True
    first = not before or before[-1].has(*_COUNTING)
    return first and behind is not None and behind.has(*_TELLING)


def _is_part_of_a_place(items: Sequence[Item], place: int) -> bool:
    """*Zuid-Amerika*, of which only the end is known."""
    behind = items[place + 1 : place + 2]
    tells = any(concept.condition for item in behind for concept in item.concepts)
    return tells and items[place].words in _sides()


@cache
def _sides() -> frozenset[str]:
    return frozenset(each for language in LANGUAGES for each in vocabulary(language)["sides"]["of"])
