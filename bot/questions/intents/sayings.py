"""Sentences that are known by words which come together, in any order and with others between.

*Verwijder nu eens al mijn gegevens* wants the answer of `/wis`; *wie gaat er volgend jaar weg* is
a forecast. Their words stand in `sayings_{nl,en}.toml`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from bot.questions.model import Named, Question, Show
from bot.questions.words.item import Item
from bot.questions.words.lexicon import vocabulary

Kind = Literal["ready", "beyond", "small_talk"]
# Words that may stand beside those of a rule: they hold the sentence together.
_HOLDING = frozenset(
    {
        "skip", "clients", "client", "list", "which", "who", "of", "and", "by", "present", "verb",
        "among", "total", "ours", "earlier", "moment",
    }
)  # fmt: skip
# *Wat als de omzet daalt* supposes what may come.
_MAY_BE_SUPPOSED = frozenset({"forecast", "period"})
# A client may be named where the answer can be about him.
_ABOUT_A_CLIENT = frozenset({"talk"})
_A_CLIENT = "0"
_PLAIN = ["!"]
_UNLESS = "-"


@dataclass(frozen=True)
class Rule:
    """One of the alternatives of every group stands in the sentence."""

    name: str
    groups: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None
    """What must not stand there."""
    is_plain: bool
    """Whether it means the same where one of its words is a heading or value of the list."""


@dataclass(frozen=True)
class Match:
    """A rule that fits, and the places of the words that it goes by."""

    name: str
    places: frozenset[int]
    groups: int


@dataclass(frozen=True)
class Ready:
    """An answer that the bot has, and the words beside it that nobody knows."""

    question: Question
    unknown: str


def ready(items: Sequence[Item], language: str, ids: frozenset[str]) -> Ready | None:
    """The answer that the bot has already, where nothing else is asked in the same sentence."""
    words = _Words(items)
    client = _client(items, ids)
    found: list[tuple[int, int, Match]] = []
    for match in (*words.phrases(), *words.matches("ready", language)):
        if match.name == "changes" and any(_tells_of_clients(items[at]) for at in match.places):
            # *Welke klanten zijn vertrokken*, of a list that tells who did.
            continue
        about = {client[0]} if client and match.name in _ABOUT_A_CLIENT else set()
        left = words.left(match.places | about, match.name, language)
        # One word alone tells too little beside words that nobody knows.
        if all(not item.known for item in left) and (not left or match.groups > 1):
            found.append((-len(left), len(match.places), match))
    if not found:
        return None
    most_left, _, best = max(found, key=lambda each: each[:2])
    filters = (Named(client=client[1]),) if client and best.name in _ABOUT_A_CLIENT else ()
    unknown = words.left(best.places, best.name, language) if most_left else []
    question = Question(intent="show", show=cast("Show", best.name), filters=filters)
    return Ready(question, " ".join(item.words for item in unknown if not item.known))


def _tells_of_clients(item: Item) -> bool:
    return any(each.column or each.condition for each in item.concepts)


def small_talk(items: Sequence[Item], language: str) -> str:
    """What kind of small talk this is: a greeting, thanks. Empty where it is a question."""
    words = _Words(items)
    for match in words.matches("small_talk", language):
        if not words.left(match.places, match.name, language):
            return match.name
    return ""


def beyond(items: Sequence[Item], language: str) -> str:
    """What is asked that no list tells: a forecast, advice, an action. Empty for all else."""
    supposes = any(item.has("what_if") for item in items)
    for match in _Words(items).matches("beyond", language):
        if not (supposes and match.name in _MAY_BE_SUPPOSED):
            return match.name
    return ""


class _Words:
    """The words of a sentence as one text, each with the item that it belongs to."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        self._ends: list[tuple[int, int]] = []
        text = ""
        for item in items:
            start = len(text) + bool(text)
            # A client has a number in a list, though it may be written with letters.
            words = _A_CLIENT if _named(item) is not None else item.words
            text = f"{text} {words}" if text else words
            self._ends.append((start, len(text)))
        self._text = text

    def matches(self, kind: Kind, language: str) -> Iterator[Match]:
        for rule in _rules(kind, language):
            found = [list(group.finditer(self._text)) for group in rule.groups]
            if not all(found) or (rule.unless and rule.unless.search(self._text)):
                continue
            spans = [match.span() for group in found for match in group]
            places = frozenset(self._covered(spans, rule.name, language))
            if rule.is_plain or not any(_is_of_the_list(self._items[at]) for at in places):
                yield Match(rule.name, places, len(rule.groups))

    def _covered(self, spans: Sequence[tuple[int, int]], name: str, language: str) -> Iterator[int]:
        """The places of the items that stand in these spans but for words that tell nothing."""
        beside = _beside(name, language)
        for place, (start, end) in enumerate(self._ends):
            within = [(first, last) for first, last in spans if first < end and start < last]
            rest = "".join(
                " " if any(first <= at < last for first, last in within) else self._text[at]
                for at in range(start, end)
            )
            if within and all(word in beside for word in rest.split()):
                yield place

    def phrases(self) -> Iterator[Match]:
        """Answers that a phrase of the vocabulary tells by itself."""
        for place, item in enumerate(self._items):
            for kind in item.kinds:
                if kind.startswith("show:"):
                    yield Match(kind.removeprefix("show:"), frozenset({place}), 1)

    def left(self, known: frozenset[int] | set[int], name: str, language: str) -> list[Item]:
        """The words beside these that the answer would pass over."""
        return [
            item
            for place, item in enumerate(self._items)
            if place not in known and not _may_be_left(item, name, language)
        ]


def _is_of_the_list(item: Item) -> bool:
    """Whether the word is one of the headings or values of the list, and so a question about it."""
    return not item.cost and any(
        (each.condition is not None and not isinstance(each.condition, Named))
        or bool(each.column and each.amount is None)
        for each in item.concepts
    )


def _may_be_left(item: Item, name: str, language: str) -> bool:
    if item.number is not None:
        return False
    beside = _beside(name, language)
    if item.words in beside or all(word in beside for word in item.words.split()):
        return True
    if item.concepts:
        return False
    return item.has(*_HOLDING, f"show:{name}")


def _client(items: Sequence[Item], ids: frozenset[str]) -> tuple[int, str] | None:
    """The place of the one client that is named, and his number in the list."""
    named = [(place, _named(item)) for place, item in enumerate(items)]
    named += [(place, item.words) for place, item in enumerate(items) if item.words in ids]
    found = {(place, client) for place, client in named if client}
    return found.pop() if len(found) == 1 else None


def _named(item: Item) -> str | None:
    """The client whose number this is, where the list writes it with letters."""
    for concept in item.concepts:
        if isinstance(concept.condition, Named):
            return concept.condition.client
    return None


@cache
def _beside(name: str, language: str) -> frozenset[str]:
    data = vocabulary(language)["beside"]
    return frozenset((*data["any"], *data["polite"], *data.get(name, ())))


@cache
def _rules(kind: Kind, language: str) -> tuple[Rule, ...]:
    return tuple(
        Rule(
            name,
            tuple(
                _pattern(group, language)
                for group in groups
                if group != _PLAIN and group[0] != _UNLESS
            ),
            next((_pattern(group, language) for group in groups if group[0] == _UNLESS), None),
            is_plain=_PLAIN in groups,
        )
        for name, rules in vocabulary(language)[kind].items()
        for groups in rules
    )


def _pattern(group: Sequence[str], language: str) -> re.Pattern[str]:
    polite = "|".join(re.escape(each) for each in vocabulary(language)["beside"]["polite"])
    begin = rf"^(?:(?:{polite}) )*"
    alternatives = []
    for each in group:
        word = re.escape(each.removeprefix("^")).replace(r"\*", r"\S*").replace(r"\#", r"\d+")
        alternatives.append((begin if each.startswith("^") else r"(?<!\S)") + word)
    return re.compile(rf"(?:{'|'.join(alternatives)})(?!\S)")
