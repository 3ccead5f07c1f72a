"""A text → how it is read: surely, as one of a few readings, or not at all."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.questions.compose import questions_of, with_concepts
from bot.questions.items import Item, items_of
from bot.questions.lexicon import vocabulary
from bot.questions.model import Question
from bot.questions.out_of_reach import reason_of
from bot.questions.pieces import Context
from bot.questions.sayings import Ready, beyond, ready, small_talk
from bot.questions.shared import Scored
from bot.questions.text import LONGEST_TEXT, tokens

SURE, PROPOSED, CLOSE = 0.7, 1.6, 0.25
# From here on the other language is not tried.
CLEAR = 0.35
MOST_COMBINATIONS = 24


@dataclass(frozen=True)
class Reading:
    """`sure`: one question. `ask`: which of these one or two? `lacking`: the list has no such
    column. `unknown`: none. `thanks` asks nothing: thanks, a greeting, or other small talk."""

    outcome: Literal["sure", "ask", "lacking", "unknown", "thanks"]
    questions: tuple[Question, ...] = ()
    words: str = ""
    """What the list lacks, or what was not understood, in the words of the question."""
    reason: str = ""
    """Why no list can tell it: `forecast`, `advice`, `action`, `period`, …; or which small talk."""


def read(text: str, context: Context, language: str) -> Reading:
    """How a question about the clients of `context` is read. Any text gives a reading.

    The adviser's own language goes first; the other is tried where that is not clear.
    """
    if len(text) > LONGEST_TEXT:
        return Reading("unknown")
    other = "en" if language == "nl" else "nl"
    scored: list[Scored] = []
    lacking = unknown = reason = ""
    shown: Ready | None = None
    for each in (language, other):
        items = _items(text, each, context)
        talk = small_talk(items, each)
        if talk:
            return Reading("thanks", reason=talk)
        here = ready(items, each, context.ids)
        if here is not None and not here.unknown:
            return Reading("sure", (here.question,))
        shown = shown or here
        reason = reason or beyond(items, each)
        if each == language:
            lacking, unknown = _lacking(items), _unknown(items)
        elif not scored and len(_unknown(items).split()) < len(unknown.split()):
            lacking = lacking or _lacking(items)
        found = _readings(items, context)
        reason = reason or reason_of(items, [question for _, question in _cheapest(found)], context)
        scored += found
        if scored and min(cost for cost, _ in scored) <= CLEAR:
            unknown = ""
            break
    reading = _decide(_cheapest(scored), lacking, unknown)
    if _overrules(reason, reading):
        return Reading("unknown", words=unknown, reason=reason)
    if shown is not None and reading.outcome == "unknown":
        return Reading("ask", (shown.question,), shown.unknown)
    return reading


def _overrules(reason: str, reading: Reading) -> bool:
    """Whether that no list tells it goes before how it was read."""
    if not reason or reading.outcome == "lacking":
        return False
    asked = reading.questions[0] if reading.outcome == "sure" else None
    return asked is None or not (asked.show or asked.change)


def _items(text: str, language: str, context: Context) -> list[Item]:
    found = tokens(text, language, vocabulary(language))
    return items_of(found, context.lexicon(language), context.columns)


def _readings(items: Sequence[Item], context: Context) -> list[Scored]:
    choices = [range(len(item.concepts)) if item.concepts else range(1) for item in items]
    found: list[Scored] = []
    for chosen in itertools.islice(itertools.product(*choices), MOST_COMBINATIONS):
        picked = with_concepts(items, chosen)
        if any(concept.lacking for item in picked if not item.kinds for concept in item.concepts):
            continue
        found += questions_of(picked, context)
    return found


def _lacking(items: Sequence[Item]) -> str:
    """The first word that stands for a column which the list does not have."""
    for item in items:
        if item.concepts and not item.kinds and all(each.lacking for each in item.concepts):
            return item.words
    return ""


def _unknown(items: Sequence[Item]) -> str:
    return " ".join(item.words for item in items if not item.known)


def _cheapest(scored: Sequence[Scored]) -> list[Scored]:
    """Every question once, at its lowest cost, the cheapest first."""
    best: dict[Question, float] = {}
    for cost, question in scored:
        best[question] = min(cost, best.get(question, cost))
    return sorted(((cost, question) for question, cost in best.items()), key=lambda each: each[0])


def _decide(scored: Sequence[Scored], lacking: str, unknown: str) -> Reading:
    if lacking:
        return Reading("lacking", words=lacking)
    if not scored or scored[0][0] > PROPOSED:
        return Reading("unknown", words=unknown)
    cost, question = scored[0]
    bare = not (question.filters or question.group_by or question.change or question.show)
    if unknown and bare:
        # *Hoeveel bakkers*, of a list that knows no baker: all clients are no answer to that.
        return Reading("unknown", words=unknown)
    close = [each for other, each in scored[1:] if other - cost < CLOSE]
    if close:
        return Reading("ask", (question, close[0]), unknown)
    if cost <= SURE:
        return Reading("sure", (question,))
    return Reading("ask", (question,), unknown)
