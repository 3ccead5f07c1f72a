"""A text → how it is read: surely, as one of a few readings, or not at all."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.questions.bare_ids import with_bare_ids
from bot.questions.compose import questions_of, with_concepts
from bot.questions.cover import unexplained
from bot.questions.items import Item, items_of
from bot.questions.lexicon import vocabulary
from bot.questions.model import Question
from bot.questions.orders import order_in
from bot.questions.pieces import Context
from bot.questions.text import LONGEST_TEXT, tokens

SURE, PROPOSED, CLOSE = 0.7, 1.6, 0.25
# From here on the other language is not tried.
CLEAR = 0.35
MOST_COMBINATIONS = 24


@dataclass(frozen=True)
class Reading:
    """`sure`: one question. `likely`: one, but for words that nobody knows. `ask`: which of these
    one or two? `lacking`: the list has no such column. `unknown`: none. `thanks` asks nothing."""

    outcome: Literal["sure", "likely", "ask", "lacking", "unknown", "thanks"]
    questions: tuple[Question, ...] = ()
    words: str = ""
    """What the list lacks, or what was not understood, in the words of the question."""
    left_out: tuple[str, ...] = ()
    """Of a likely reading the words that play no part in it."""


@dataclass(frozen=True)
class _Candidate:
    """A reading with its cost, and the items that show nowhere in it."""

    cost: float
    question: Question
    missed: tuple[Item, ...]


def read(text: str, context: Context, language: str) -> Reading:
    """How a question about the clients of `context` is read. Any text gives a reading.

    The adviser's own language goes first; the other is tried where that is not clear.
    """
    if len(text) > LONGEST_TEXT:
        return Reading("unknown")
    other = "en" if language == "nl" else "nl"
    found: list[_Candidate] = []
    lacking = ""
    unknown = ""
    own: Sequence[Item] = ()
    for each in (language, other):
        items = _items(text, each, context)
        order = order_in(items, each)
        if order:
            return Reading("unknown", words=order)
        if any(item.has("thanks") for item in items) and all(
            item.has("thanks", "skip") for item in items
        ):
            return Reading("thanks")
        if each != language and _is_blind(items, own):
            break
        if each == language:
            own = items
            lacking, unknown = _lacking(items), _unknown(items)
        elif not found and len(_unknown(items).split()) < len(unknown.split()):
            lacking = lacking or _lacking(items)
        found += _readings(items, context)
        if any(each.cost <= CLEAR for each in found):
            unknown = ""
            break
    return _decide(_cheapest(found), lacking, unknown)


def _is_blind(items: Sequence[Item], own: Sequence[Item]) -> bool:
    """Whether the other language does not know a word that asks for what no list tells: *gsm*."""
    beyond = {item.words for item in own if item.has("beyond") and not item.has("skip")}
    return any(item.words in beyond and not item.known for item in items)


def _items(text: str, language: str, context: Context) -> list[Item]:
    found = tokens(text, language, vocabulary(language))
    items = items_of(found, context.lexicon(language), context.columns)
    return with_bare_ids(items, context)


def _readings(items: Sequence[Item], context: Context) -> list[_Candidate]:
    choices = [range(len(item.concepts)) if item.concepts else range(1) for item in items]
    found: list[_Candidate] = []
    for chosen in itertools.islice(itertools.product(*choices), MOST_COMBINATIONS):
        picked = with_concepts(items, chosen)
        if any(concept.lacking for item in picked if not item.kinds for concept in item.concepts):
            continue
        found += [
            _Candidate(cost, question, tuple(unexplained(picked, question, context)))
            for cost, question in questions_of(picked, context)
        ]
    return found


def _lacking(items: Sequence[Item]) -> str:
    """The first word that stands for a column which the list does not have."""
    for item in items:
        if item.concepts and not item.kinds and all(each.lacking for each in item.concepts):
            return item.words
    return ""


def _unknown(items: Sequence[Item]) -> str:
    return " ".join(item.words for item in items if not item.known)


def _cheapest(found: Sequence[_Candidate]) -> list[_Candidate]:
    """Every question once, at its lowest cost, the cheapest first."""
    best: dict[Question, _Candidate] = {}
    for each in found:
        if each.question not in best or each.cost < best[each.question].cost:
            best[each.question] = each
    return sorted(best.values(), key=lambda each: each.cost)


def _decide(found: Sequence[_Candidate], lacking: str, unknown: str) -> Reading:
    if lacking:
        return Reading("lacking", words=lacking)
    if not found or found[0].cost > PROPOSED:
        return Reading("unknown", words=unknown)
    best, question = found[0], found[0].question
    bare = not (question.filters or question.group_by or question.change or question.show)
    if unknown and bare:
        # *Hoeveel bakkers*, of a list that knows no baker: all clients are no answer to that.
        return Reading("unknown", words=unknown)
    close = [each.question for each in found[1:] if each.cost - best.cost < CLOSE]
    if close:
        return Reading("ask", (question, close[0]), unknown)
    if best.cost <= SURE:
        return Reading("sure", (question,))
    if best.missed and not any(item.known for item in best.missed):
        # Without a word that nobody knows it is still the best answer there is, and says so.
        return Reading("likely", (question,), unknown, tuple(each.words for each in best.missed))
    return Reading("ask", (question,), unknown)
