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
# What a day such as today may go with.
_DATED = ("spoken", "became", "born", "birthday", "turns", "since", "before", "after", "within",
          "past", "ago", "ends", "call", "past_year", "between", "ours")  # fmt: skip
_TIMES, _SINCE = ("years", "months", "weeks", "days"), ("years_as_client", "months_since_contact")
_MEASURING = (*_BOUNDS, "or_more", "or_less", "mean", "median", "total", "share", "most", "least",
              "top", "bottom", "how_much", "per")  # fmt: skip
_BESIDE_SIGNS = (*_BOUNDS, "than", "skip", "of", "among", "verb")


def as_a_ratio(
    item: Item, before: Sequence[Item], behind: Sequence[Item], lexicon: Lexicon
) -> Item:
    """*Marge onder de 20 procent* is a part of the revenue, and no amount in euros."""
    amounts = {each.amount.kind for each in item.concepts if each.amount}
    words = vocabulary(lexicon.language)["in_percent"]
    if item.words not in words["margin"] or amounts != {"profit"}:
        return item
    asked = _asked_in(words["signs"], before, behind)
    if not (asked or _is_bounded(behind) or _has_bound(before)):
        return item
    return replace(item, concepts=(Concept(amount=Amount(kind="margin")),))


def _asked_in(signs: Sequence[str], before: Sequence[Item], behind: Sequence[Item]) -> bool:
    """*Marge % bouw*, *what % margin*; *margin as a percentage of my costs* is another ratio."""
    follows = list(itertools.dropwhile(lambda each: each.has("skip"), behind))[:3]
    if any(each.words in signs for each in before[-1:]):
        return True
    of_amount = len(follows) == 3 and follows[1].has("of") and bool(follows[2].concepts)
    of_amount = of_amount and any(each.amount for each in follows[-1].concepts)
    return any(each.words in signs for each in follows[:1]) and not of_amount


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
    by_others = _beside_others(items, place, columns)
    if by_others is not None:
        return by_others
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
    columns = [_columns_of(item) for item in sides]
    return len(columns) == 2 and bool(columns[0] & columns[1])


def _beside_others(items: Sequence[Item], place: int, columns: Iterable[Column]) -> Item | None:
    """A word that others of the sentence make light, or another part of speech; None if none do."""
    item = items[place]
    if item.has("bare_order") and any(_is_amount(each) for each in _behind(items, place)):
        # *The poorest return per hour*, of which nobody is poor.
        return replace(item, concepts=())
    if item.has("gain") and _asked_for(items, place):
        # *Hoeveel winst maken we op de horeca*, which is an amount.
        return Item(item.words, concepts=(Concept(amount=Amount(kind="profit")),))
    if item.has("today") and not any(
        each.has(*_DATED) or each.unit in _TIMES or _is_dated(each, columns) for each in items
    ):
        # *How many clients do I have today*.
        return Item(item.words, frozenset({"skip"}))
    if item.has("heads"):
        # *Headcount Soest* is of clients; *average headcount* of what they employ.
        others = [*items[:place], *items[place + 1 :]]
        measured = any(each.number is not None or each.has(*_MEASURING) for each in others)
        kinds = item.kinds - {"heads"}
        return replace(item, kinds=kinds) if measured else Item(item.words, frozenset({"how_much"}))
    if item.has("majority") and any(map(_is_amount, _behind(items, place))) and _asks_for_clients(
        items[:place]
    ):  # fmt: skip
        # *Which five clients take most of my time*.
        return Item(item.words, frozenset({"most"}))
    return None


def _asked_for(items: Sequence[Item], place: int) -> bool:
    """Whether *how much* stands before it, and not *how many such clients*."""
    counted = place > 0 and items[place - 1].has("how_much")
    return counted and not any(each.has("clients") for each in items[place + 1 : place + 2])


def _is_dated(item: Item, columns: Iterable[Column]) -> bool:
    """Whether it names a date, or a time that goes by one."""
    dates = {each.name for each in columns if each.kind == "date"}
    return any(
        each.column in dates or (each.amount is not None and each.amount.kind in _SINCE)
        for each in item.concepts
    )


def _asks_for_clients(before: Sequence[Item]) -> bool:
    """*Who*, *which clients*, *which five clients*."""
    if any(item.has("who") for item in before):
        return True
    asked = [at for at, item in enumerate(before) if item.has("which")]
    return any(
        each.has("clients") for at in asked
        for each in [other for other in before[at + 1 :] if other.number is None][:1]
    )  # fmt: skip


def _behind(items: Sequence[Item], place: int) -> Sequence[Item]:
    """The next item that is no small word."""
    return list(itertools.dropwhile(lambda each: each.has("skip"), items[place + 1 :]))[:1]


def _is_amount(item: Item) -> bool:
    return not item.kinds & {"most", "least"} and any(each.amount for each in item.concepts)


def with_corrections(items: Sequence[Item]) -> list[Item]:
    """The items without what is taken back: *klant 10047, sorry 10049*, *in Ede, nee wacht, Zeist*.

    The word that takes it back stands between two of one sort.
    """
    for place, item in enumerate(items):
        if not (item.has("correction") and 0 < place < len(items) - 1):
            continue
        start, end = place - 1, place + 1
        while end < len(items) - 1 and items[end].has("skip", "correction", "client"):
            end += 1
        while start and items[start].has("skip") and not items[start].concepts:
            start -= 1
        if _are_of_one_sort(items[start], items[end]):
            return with_corrections([*items[:start], *items[end:]])
    return list(items)


def _are_of_one_sort(one: Item, other: Item) -> bool:
    if one.number is not None or other.number is not None:
        return one.number is not None and other.number is not None and one.unit == other.unit
    return len(_columns_of(one)) == 1 and _columns_of(one) == _columns_of(other)


def with_shared_columns(items: Sequence[Item]) -> list[Item]:
    """The items, a word of two columns as one of that which another item is a value of.

    *Do renters have more policies than owners*, who own their homes.
    """
    named = {
        column for item in items if len(columns := _columns_of(item)) == 1 for column in columns
    }
    told: list[Item] = []
    for item in items:
        shared = _columns_of(item) & named
        choose = len(shared) == 1 and len(_columns_of(item)) == len(item.concepts) > 1
        kept = tuple(each for each in item.concepts if _column_of(each) in shared)
        told.append(replace(item, concepts=kept) if choose else item)
    return told


def _columns_of(item: Item) -> set[str]:
    """The columns that the item is a value of."""
    return {column for each in item.concepts if (column := _column_of(each))}


def _column_of(concept: Concept) -> str:
    return concept.condition.column if isinstance(concept.condition, Is) else ""


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
