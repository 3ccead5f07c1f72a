"""Orders to do something in the office or to the list, which are no questions about it."""

import itertools
from collections.abc import Sequence

from bot.questions.words.item import Item
from bot.questions.words.lexicon import vocabulary

_ASKING = ("who", "which", "how_much", "what_if")
_IN_ORDER = (*_ASKING, "versus", "compare", "descending", "ascending", "per", "rest")


def order_in(items: Sequence[Item], language: str) -> str:
    """The verb of *zet 10249 op gepensioneerd* or *stuur hun een mail*; empty where none is given.

    An order begins with its verb, or ends with it: *kun je 10249 bellen*.
    """
    said = [(word, item) for item in items for word in item.words.split()]
    words = [word for word, _ in said]
    orders: dict[str, list[str]] = vocabulary(language)["orders"]
    if any(kind.startswith("show:") for item in items for kind in item.kinds):
        return ""
    begin = 0
    while begin < len(words) and words[begin] in orders["polite"]:
        begin += 1
    if begin == len(words):
        return ""
    verb, first = said[begin]
    if " " in first.words and (first.concepts or first.has("total", "list")):
        # *Bel-me-niet*, *add up*.
        return ""
    if _is_client(first) and words[begin + 1 : begin + 2] and words[begin + 1] in orders["must"]:
        return words[begin + 1]
    asks = any(item.has(*_ASKING) for item in items) or any(
        word in orders["own"] for word in words[begin:]
    )
    if not asks and words[-1] in orders["last"] and (begin or _is_client(items[0])):
        return words[-1]
    if asks and verb in orders["telling"]:
        # *Remind me who turns 65*.
        return ""
    if verb in orders["always"] or (
        verb in orders["letters"] and any(word in orders["letter"] for word in words)
    ):
        return verb
    lists = any(word in orders["listing"] for word in words)
    changes = verb in orders["changing"] or (verb in orders["making"] and _names_one(items))
    return verb if changes and not lists and not _orders_a_list(items) else ""


def _orders_a_list(items: Sequence[Item]) -> bool:
    """*Zet mijn klanten op omzet*."""
    by_amount = any(
        one.has("by") and any(each.amount for each in two.concepts)
        for one, two in itertools.pairwise(items)
    )
    return by_amount or any(item.has(*_IN_ORDER) for item in items)


def _is_client(item: Item) -> bool:
    return any(each.condition and each.condition.type == "client" for each in item.concepts)


def _names_one(items: Sequence[Item]) -> bool:
    return any(_is_client(item) for item in items) or any(
        one.has("client") and two.number is not None for one, two in itertools.pairwise(items)
    )
