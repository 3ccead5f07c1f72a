"""What can be asked that is nearest to what was asked: about the same clients, amounts, columns."""

import itertools
import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from bot.questions.answers.compute import answer
from bot.questions.model import Is, Named, Question
from bot.questions.pieces import Context
from bot.questions.read import is_bare, is_lacking, items_in, read, read_items
from bot.questions.wording import Wording
from bot.questions.words.item import Item
from bot.questions.words.lexicon import vocabulary
from bot.questions.words.text import LONGEST_TEXT, words_of

# A meaning or a word in common says more than letters in common.
MEANING_WEIGHT = 30.0
WORD_WEIGHT = 25.0
SHORTEST_WORD = 4
# Of whom the question was about; the others show what else there is.
MOST_ABOUT_THEM = MOST_PARTS = 2
# Words in a row without which the others are tried.
MOST_LEFT_OUT = 3
# Of longer texts that would take too long.
MOST_WORDS = 24
_TELLING = frozenset(
    {
        "top", "bottom", "level", "what_if", "leaves", "charge", "share", "compare", "spoken",
        "became", "per", "per_hour", "most", "who", "mean", "loss",
    }
)  # fmt: skip


def nearest(
    text: str, context: Context, language: str, count: int, reason: str = ""
) -> list[tuple[str, Question]]:
    """Phrases about what the text was about, of those that this list can answer.

    First about the clients that it names, then what goes with the `reason` that it is beyond the
    list, then the examples most like it.
    """
    text = text[:LONGEST_TEXT]
    items = items_in(text, language, context)
    found = {} if reason else dict(_parts_of(items, context, language))
    if not found:
        about = _answerable(_about_them(text, items, language), context, language)
        found = dict(itertools.islice(about, MOST_ABOUT_THEM))
    fitting = vocabulary(language)["subjects"].get(reason, ())
    others = (*fitting, *_alike(text, items, context, language))
    for phrase, question in _answerable(others, context, language):
        if len(found) >= count:
            break
        if question not in found.values():
            found[phrase] = question
    return list(found.items())[:count]


def _answerable(
    phrases: Iterator[str] | Sequence[str], context: Context, language: str
) -> Iterator[tuple[str, Question]]:
    for phrase in phrases:
        reading = read(phrase, context, language)
        if reading.outcome != "sure":
            continue
        question = reading.questions[0]
        if question.show or not answer(question, context.clients, context.as_of).lacking:
            yield phrase, question


def _parts_of(
    items: Sequence[Item], context: Context, language: str
) -> Iterator[tuple[str, Question]]:
    """What the text asks without a few of its words, the fewest that it takes, in our words."""
    wording = Wording(context.columns, language)
    known = [item for item in items if item.known and not is_lacking(item)]
    longest = min(MOST_LEFT_OUT, len(known)) if len(known) <= MOST_WORDS else 0
    for length in range(longest + 1):
        starts = range(len(known) - length + 1) if length else (0,)
        parts = ([*known[:start], *known[start + length :]] for start in starts)
        readings = (read_items(part, context) for part in parts)
        questions = (each.questions[0] for each in readings if each.outcome == "sure")
        told = {each: wording.question(each) for each in questions if not _says_little(each)}
        if told:
            yield from ((phrase, each) for each, phrase in [*told.items()][:MOST_PARTS])
            return


def _says_little(question: Question) -> bool:
    """*How many clients*, *who are my clients*: of all of them."""
    return is_bare(question) and question.intent in ("count", "clients") and not question.limit


def _about_them(text: str, items: Sequence[Item], language: str) -> Iterator[str]:
    """Questions about the first clients that are named, as they are written in the text."""
    subjects = vocabulary(language)["subjects"]
    holding = vocabulary(language)["beside"]["any"]
    for item in items:
        kind = _subject(item, items)
        if kind is None:
            continue
        if item.words.split()[0] in holding:
            # *Met pensioen* makes no sentence behind *omzet van*.
            continue
        written = re.search(re.escape(item.words), text, re.IGNORECASE)
        named = written[0] if written else item.words
        yield from (pattern.format(named) for pattern in subjects[kind])
        return


def _subject(item: Item, items: Sequence[Item]) -> str | None:
    """Whether the item tells clients by what they have, or one client by his number."""
    conditions = [concept.condition for concept in item.concepts if not item.cost]
    if any(isinstance(each, Is) for each in conditions):
        return "values"
    place = next(at for at, each in enumerate(items) if each is item)
    numbered = item.words.isdigit() and place > 0 and items[place - 1].has("client")
    named = any(isinstance(each, Named) for each in conditions)
    return "clients" if numbered or named else None


def _alike(text: str, items: Sequence[Item], context: Context, language: str) -> list[str]:
    """The examples, the most like the text first."""
    words, meanings = words_of(text), _meanings(items)

    def likeness(phrase: str) -> float:
        other = words_of(phrase)
        common = {word for word in words if len(word) >= SHORTEST_WORD} & set(other)
        shared = meanings & _meanings(items_in(phrase, language, context))
        letters = fuzz.ratio(" ".join(words), " ".join(other))
        return letters + WORD_WEIGHT * len(common) + MEANING_WEIGHT * len(shared)

    return sorted(vocabulary(language)["examples"]["phrases"], key=lambda phrase: -likeness(phrase))


def _meanings(items: Sequence[Item]) -> frozenset[str]:
    """What is measured, which columns are named, and what tells the kind of question."""
    found = {kind for item in items for kind in item.kinds & _TELLING}
    for item in items:
        for concept in item.concepts:
            told = (concept.amount.kind if concept.amount else "", concept.column)
            found.update(each for each in told if each and each != "column")
            if isinstance(concept.condition, Is):
                found.add(concept.condition.column)
    return frozenset(found)
