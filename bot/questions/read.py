"""A text → how it is read: surely, as one of a few readings, or not at all."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.questions.clauses import around, both_halves, names_somebody, says_nothing
from bot.questions.compose import questions_of, with_concepts
from bot.questions.conditions.bare_ids import with_bare_ids
from bot.questions.cover import unexplained
from bot.questions.intents.orders import order_in
from bot.questions.intents.out_of_reach import is_without_year, reason_of
from bot.questions.intents.sayings import Ready, beyond, ready, small_talk
from bot.questions.missed import may_tell_who
from bot.questions.model import Question, columns_of
from bot.questions.pieces import Context
from bot.questions.words.columns import why_left_out
from bot.questions.words.item import Item
from bot.questions.words.items import from_other_language, items_of
from bot.questions.words.lexicon import vocabulary
from bot.questions.words.spelled import in_capitals
from bot.questions.words.text import LONGEST_TEXT, tokens

SURE, PROPOSED, CLOSE = 0.7, 1.6, 0.25
# From here on the other language is not tried.
CLEAR = 0.35
MOST_COMBINATIONS = 24
# Known words that a question hardly changes by, where they found no place in its reading.
_SMALL = frozenset(
    {"skip", "earlier", "became", "past", "latest", "yearly", "than", "between", "present", "apart",
     "own", "withdrawn", "soon", "may", "verb", "moment", "future", "know", "and",
     "value"}
)  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """`sure`: one question. `likely`: one, but for words that play no part. `ask`: which of these
    one or two? `lacking`: the list has no such column. `unknown`: none. `thanks` asks nothing:
    thanks, a greeting, or other small talk."""

    outcome: Literal["sure", "likely", "ask", "lacking", "unknown", "thanks"]
    questions: tuple[Question, ...] = ()
    words: str = ""
    """What the list lacks, or what was not understood, in the words of the question."""
    left_out: tuple[str, ...] = ()
    """Of a likely reading the words that play no part in it."""
    reason: str = ""
    """Why no list can tell it: `forecast`, `advice`, `action`, `period`, …; or which small talk. Of
    what is lacking, why the list has it and it plays no part: `switched_off`, `never_kept`."""


@dataclass(frozen=True)
class _Candidate:
    """A reading with its cost, and the items that it was made of."""

    cost: float
    question: Question
    items: Sequence[Item]


def read(text: str, context: Context, language: str) -> Reading:
    """How a question about the clients of `context` is read. Any text gives a reading.

    The adviser's own language goes first; the other is tried where that is not clear.
    """
    if len(text) > LONGEST_TEXT:
        return Reading("unknown")
    reading = _read(text, context, language)
    if reading.outcome in ("sure", "thanks") or reading.reason:
        return reading
    reading = (
        _read_among_clauses(text, context, language)
        or _read_both_halves(text, context, language, reading)
        or reading
    )
    if reading.outcome == "unknown" and names_somebody(text, items_in(text, language, context)):
        return replace(reading, reason="perhaps_name")
    return reading


def _read_among_clauses(text: str, context: Context, language: str) -> Reading | None:
    """The question among clauses that say nothing of clients or figures."""
    for clause, rest in around(text):
        beside = items_in(rest, language, context)
        if not says_nothing(beside):
            continue
        reading = _read(clause, context, language)
        if reading.outcome == "sure":
            unknown = tuple(item.words for item in beside if not item.known)
            if unknown and is_bare(reading.questions[0]):
                # *Mijn langstzittende relatie, wat brengt hij op*, which is not asked of all.
                continue
            return replace(reading, outcome="likely", left_out=unknown) if unknown else reading
    return None


def _read_both_halves(
    text: str, context: Context, language: str, reading: Reading
) -> Reading | None:
    """Two questions that are not one together: which of them goes first?"""
    halves = both_halves(text) if len(reading.questions) < 2 else None
    readings = [_read(half, context, language) for half in halves or ()]
    questions = tuple(each.questions[0] for each in readings if each.outcome == "sure")
    return Reading("ask", questions, reason="two_questions") if len(set(questions)) == 2 else None


def _read(text: str, context: Context, language: str) -> Reading:
    other = "en" if language == "nl" else "nl"
    found: list[_Candidate] = []
    lacking: Item | None = None
    unknown = reason = ""
    shown: Ready | None = None
    own: Sequence[Item] = ()
    for each in (language, other):
        items = items_in(text, each, context)
        here = ready(items, each, context.ids)
        at_once = _without_figures(items, each, here)
        if at_once is not None:
            return at_once
        shown = shown or here
        reason = reason or beyond(items, each)
        if each != language and _is_blind(items, own):
            break
        if each == language:
            own = items
            lacking, unknown = _lacking(items), _unknown(items)
        elif not found and len(_unknown(items).split()) < len(unknown.split()):
            lacking = lacking or _lacking(items)
        knows_less = len(_unknown(items).split()) > len(unknown.split())
        if knows_less and (found or not unknown):
            # Of *bakkers zonder huis* English knows the house alone.
            continue
        candidates = _readings(items, context)
        readings = [candidate.question for candidate in _cheapest(candidates)]
        reason = reason or reason_of(items, readings, context)
        found += candidates
        if any(candidate.cost <= CLEAR for candidate in found):
            unknown = ""
            break
    reading = _decide(_cheapest(found), lacking, unknown, context)
    if _overrules(reason, reading, context):
        return Reading("unknown", words=unknown, reason=reason)
    if shown is not None and reading.outcome == "unknown":
        return Reading("ask", (shown.question,), shown.unknown)
    return reading


def _without_figures(items: Sequence[Item], language: str, answer: Ready | None) -> Reading | None:
    """What needs none: small talk, an answer that the bot has, an order to change something."""
    talk = small_talk(items, language)
    if talk and not (talk == "yes_no" and answer is not None and not answer.unknown):
        # *No idea what I can ask you, help* is no mere no.
        return Reading("thanks", reason=talk)
    if answer is not None and not answer.unknown:
        return Reading("sure", (answer.question,))
    order = order_in(items, language)
    if not order:
        return None
    # *Mark clients as pleasant*, which is an order that the bot has an answer to.
    marks = beyond(items, language) == "marks"
    return Reading("unknown", words=order, reason="marks" if marks else "action")


def _is_blind(items: Sequence[Item], own: Sequence[Item]) -> bool:
    """Whether the other language does not know a word that asks for what no list tells: *gsm*."""
    beyond = {item.words for item in own if item.has("beyond") and not item.has("skip")}
    return any(item.words in beyond and not item.known for item in items)


def _overrules(reason: str, reading: Reading, context: Context) -> bool:
    """Whether that no list tells it goes before how it was read."""
    if not reason or reading.outcome == "lacking":
        return False
    if reason == "period" and reading.outcome == "sure":
        # *Omzet per maand*, of a list whose lines have dates.
        return not (context.row_date and context.row_date in columns_of(reading.questions[0]))
    if reason == "forecast" and reading.outcome == "likely":
        # *Hoe groot is de kans dat klant 12 vertrekt*, which supposes nothing.
        return True
    asked = reading.questions[0] if reading.outcome in ("sure", "likely") else None
    return asked is None or not (asked.show or asked.change)


def read_items(items: Sequence[Item], context: Context) -> Reading:
    """How these items are read, in the order in which they stand."""
    return _decide(_cheapest(_readings(items, context)), _lacking(items), _unknown(items), context)


def is_bare(question: Question) -> bool:
    """Whether it is about all clients, undivided: *hoeveel klanten heb ik*."""
    return not (question.filters or question.group_by or question.change or question.show)


def items_in(text: str, language: str, context: Context) -> list[Item]:
    """The items of a text, as the list and the language know them."""
    lexicon = context.lexicon(language)
    found = in_capitals(text, tokens(text, language, vocabulary(language)), lexicon)
    items = items_of(found, lexicon, context.columns)
    other = context.lexicon("en" if language == "nl" else "nl")
    items = [from_other_language(each, other) for each in items]
    return with_bare_ids(items, context)


def _readings(items: Sequence[Item], context: Context) -> list[_Candidate]:
    choices = [range(len(item.concepts)) if item.concepts else range(1) for item in items]
    found: list[_Candidate] = []
    for chosen in itertools.islice(itertools.product(*choices), MOST_COMBINATIONS):
        picked = with_concepts(items, chosen)
        if any(concept.lacking for item in picked if not item.kinds for concept in item.concepts):
            continue
        found += [
            _Candidate(cost, question, picked) for cost, question in questions_of(picked, context)
        ]
    return found


def _lacking(items: Sequence[Item]) -> Item | None:
    """The first word that stands for a column which the list does not have."""
    return next(filter(is_lacking, items), None)


def is_lacking(item: Item) -> bool:
    """Whether it stands for nothing but a column that the list does not have."""
    lacking = all(concept.lacking for concept in item.concepts)
    return bool(item.concepts) and not item.kinds and lacking


def _unknown(items: Sequence[Item]) -> str:
    return " ".join(item.words for item in items if not item.known)


def _is_small(item: Item, question: Question, context: Context) -> bool:
    """Whether a reading without the item is worth an answer: nobody knows it, or it says little."""
    if item.has("last_year"):
        # *Hoeveel uur heb ik vorig jaar besteed*, of a list that tells one year and not which.
        return is_without_year(question.amount, context)
    tells = any(each.condition or each.amount or each.column for each in item.concepts)
    return not item.known or (item.number is None and not tells and item.kinds <= _SMALL)


def _cheapest(found: Sequence[_Candidate]) -> list[_Candidate]:
    """Every question once, at its lowest cost, the cheapest first."""
    best: dict[Question, _Candidate] = {}
    for each in found:
        if each.question not in best or each.cost < best[each.question].cost:
            best[each.question] = each
    return sorted(best.values(), key=lambda each: each.cost)


def _decide(
    found: Sequence[_Candidate], lacking: Item | None, unknown: str, context: Context
) -> Reading:
    if lacking is not None:
        meanings = [concept.lacking for concept in lacking.concepts]
        why = why_left_out(meanings, context.clients.columns)
        return Reading("lacking", words=lacking.words, reason=why)
    if not found or found[0].cost > PROPOSED:
        return Reading("unknown", words=unknown)
    best, question = found[0], found[0].question
    bare = is_bare(question)
    if unknown and bare:
        # *Hoeveel bakkers*, of a list that knows no baker: all clients are no answer to that.
        return Reading("unknown", words=unknown)
    close = [each.question for each in found[1:] if each.cost - best.cost < CLOSE]
    if close:
        return Reading("ask", (question, close[0]), unknown)
    if best.cost <= SURE:
        return Reading("sure", (question,))
    missed = [] if bare else unexplained(best.items, question, context)
    small = all(_is_small(each, question, context) for each in missed)
    if missed and small and not may_tell_who(missed, best.items, question):
        # Without such a word it is still the best answer there is, and says so.
        return Reading("likely", (question,), unknown, tuple(each.words for each in missed))
    return Reading("ask", (question,), unknown)
