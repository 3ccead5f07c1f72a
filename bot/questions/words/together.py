"""Items as those around them make them: *omzet min kosten*, *non owners*, *marge onder 20%*."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace

from analysis.columns.plan import Column
from bot.questions.model import Amount, Is
from bot.questions.words.item import Item
from bot.questions.words.lexicon import Concept, Lexicon, vocabulary
from bot.questions.words.spelled import SIGNS

_TURNING = frozenset({"non", "not", "no", "niet", "geen"})
_ONE = frozenset({"single", "one"})
_IN_PROFIT = frozenset({"in profit"})
# What makes a part of all clients of a heading before it.
_PARTS = frozenset({"rate", "rates", "ratio", "quote", "graad"})
_TRADES = frozenset({"occupation", "sector"})
# What *after costs* begins with, which says of a revenue that it is the profit.
_AFTER = frozenset({"na", "after", "min", "minus", "net"})
# What an amount is held against a number by, and what may stand beside that.
_BOUNDS = (*SIGNS, "at_least", "at_most", "between", "present")
_BESIDE_SIGNS = (*_BOUNDS, "than", "skip", "of", "among", "verb")


def as_a_ratio(
    item: Item, before: Sequence[Item], behind: Sequence[Item], lexicon: Lexicon
) -> Item:
    """*Marge onder de 20 procent* is a part of the revenue, and no amount in euros."""
    amounts = {each.amount.kind for each in item.concepts if each.amount}
    named = item.words in vocabulary(lexicon.language)["in_percent"]["margin"]
    if not named or amounts != {"profit"} or not (_is_bounded(behind) or _has_bound(before)):
        return item
    return replace(item, concepts=(Concept(amount=Amount(kind="margin")),))


def _is_bounded(behind: Sequence[Item]) -> bool:
    """Whether a percentage follows, and that it is more or less than that."""
    between = list(itertools.takewhile(lambda each: each.has(*_BESIDE_SIGNS), behind))
    numbers = [each for each in behind[len(between) :][:3] if not each.has("and")]
    if not numbers or numbers[0].number is None:
        return False
    after = behind[len(between) + 1 :][:1]
    told = any(each.has(*_BOUNDS) for each in between)
    told = told or any(each.has("or_more", "or_less") for each in after)
    # *Tussen 10 en 20%* says it of the second alone.
    return told and any(each.unit == "percent" for each in numbers[:2])


def _has_bound(before: Sequence[Item]) -> bool:
    """*Meer dan 20 procent marge*."""
    signed = len(before) > 1 and before[-2].has(*_BOUNDS)
    return signed and before[-1].unit == "percent"


def as_one(items: Sequence[Item], place: int) -> Item:
    """The number of *single-policy clients*, where a list has no value that is called so."""
    item, behind = items[place], items[place + 1 : place + 2]
    if item.words == "one" and not any(each.has("clients") for each in items[place + 2 :][:1]):
        return item
    counted = any(each.amount and each.amount.column for next_ in behind for each in next_.concepts)
    known = bool(item.concepts) or any(each.kinds for each in behind)
    is_one = item.words in _ONE and counted and not known
    return Item(item.words, number=1.0) if is_one else item


def with_differences(items: Sequence[Item]) -> list[Item]:
    """The items, with *revenue minus costs* as one: the profit."""
    told: list[Item] = []
    for item in items:
        behind = [each for each in told if not _is_plain(each)][-2:]
        if told and _measures(told[-1], "revenue") and _is_after_costs(item):
            told[-1] = replace(item, words=f"{told[-1].words} {item.words}")
            continue
        if _measures(item, "cost") and len(behind) == 2 and behind[1].has("minus"):
            start = max(at for at, each in enumerate(told) if each is behind[0])
            if _measures(behind[0], "revenue"):
                words = " ".join(each.words for each in (*told[start:], item))
                told[start:] = [Item(words, concepts=(Concept(amount=Amount(kind="profit")),))]
                continue
        told.append(item)
    return told


def _is_after_costs(item: Item) -> bool:
    return item.words.split()[0] in _AFTER and _measures(item, "profit")


def _is_plain(item: Item) -> bool:
    return item.kinds <= {"skip", "total"} and not item.concepts and item.number is None


def _measures(item: Item, kind: str) -> bool:
    return not item.kinds & {"most", "least"} and any(
        each.amount is not None and each.amount.kind == kind for each in item.concepts
    )


def in_place(items: Sequence[Item], place: int, columns: Iterable[Column]) -> Item:
    """The item as the others make it: *zitten er lui tussen die …*, where that goes with no
    number."""
    item = items[place]
    if item.has("withdrawn") and any(each.has("know") for each in items[:place]):
        # *Van wie weten we dat eigenlijk niet*.
        return Item(item.words, frozenset({"neg"}))
    if place and items[place - 1].words in _TURNING and (said := _said_before(items, place)):
        return Item(item.words, concepts=said.concepts)
    if item.has("minus") and _parts_two(items, place):
        # *East minus South*.
        return Item(item.words, frozenset({"versus"}))
    if item.words in _IN_PROFIT and any(
        _parts_two(items, at) for at, each in enumerate(items) if each.has("minus", "versus")
    ):
        return Item(item.words, concepts=(Concept(amount=Amount(kind="profit")),))
    if place and item.words in _PARTS and _tells_yes(items[place - 1]):
        return Item(item.words, frozenset({"share"}))
    if item.words == "first" and _is_sorted(items[max(0, place - 3) : place]):
        # *Most employees first*, which says no more than *most employees*.
        return Item(item.words, frozenset({"skip"}))
    if item.has("skip") and _is_profit(item) and any(
        each.amount for other in items if other is not item and not other.has("yields", "skip")
        for each in other.concepts
    ):  # fmt: skip
        # *Omzet zonder de top 50, wat blijft er over*.
        return replace(item, concepts=())
    if item.has("folk"):
        behind = [each for each in items[place + 1 :] if not each.has("skip", "of")][:1]
        trade = any(_is_of_a_trade(each, columns) for each in behind)
        # *De mannen van de bouw*, who need not be men.
        return (
            Item(item.words, frozenset({"clients"}))
            if trade
            else replace(item, kinds=item.kinds - {"folk"})
        )
    if not item.has("between") or item.concepts:
        return item
    follow = items[place + 1 :]
    told = next((e for e in follow if e.has("today") or not e.has("skip", "clients")), None)
    aside = told is None or told.has("more", "less", "at_least", "at_most", "present", "neg", "and")
    return Item(item.words, frozenset({"skip"})) if aside else item


def _parts_two(items: Sequence[Item], place: int) -> bool:
    """Whether values of one column stand on both sides."""
    sides = [items[at] for at in (place - 1, place + 1) if 0 <= at < len(items)]
    columns = [
        {each.condition.column for each in item.concepts if isinstance(each.condition, Is)}
        for item in sides
    ]
    return len(columns) == 2 and bool(columns[0] & columns[1])


def _tells_yes(item: Item) -> bool:
    """Whether it is a heading of yes and no: the *response* of *response rate*."""
    return any(each.column and each.condition is not None for each in item.concepts)


def _is_sorted(before: Sequence[Item]) -> bool:
    """Whether an order of an amount stands here: *most employees*, *lowest gross income*."""
    orders = [at for at, item in enumerate(before) if item.has("most", "least")]
    return (
        bool(orders)
        and all(
            item.has("skip") or any(each.amount for each in item.concepts)
            for item in before[orders[-1] + 1 :]
        )
        and before[-1].number is None
    )


def _is_profit(item: Item) -> bool:
    return any(each.amount and each.amount.kind == "profit" for each in item.concepts)


def _said_before(items: Sequence[Item], place: int) -> Item | None:
    """*Home owners versus non owners*: the end of what was said in full before."""
    words = f" {items[place].words}"
    return next(
        (each for each in items[: place - 1]
         if each.words.endswith(words) and any(concept.condition for concept in each.concepts)),
        None,
    )  # fmt: skip


def _is_of_a_trade(item: Item, columns: Iterable[Column]) -> bool:
    """Whether it tells what people do."""
    trades = {each.name for each in columns if each.meaning in _TRADES}
    conditions = [concept.condition for concept in item.concepts]
    return any(isinstance(each, Is) and each.column in trades for each in conditions)
