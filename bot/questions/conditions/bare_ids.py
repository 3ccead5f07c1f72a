"""Numbers that stand for a client by themselves: *omzet van 12119*, *10236 vertrekt*."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.model import Named
from bot.questions.pieces import Context
from bot.questions.words.item import Item
from bot.questions.words.lexicon import Concept

SHORTEST_ID = 4
"""Digits that a bare number has at least: shorter ones are amounts, ages and lengths of lists."""
_YEARS = range(1900, 2101)
_BOUNDS = ("more", "at_least", "less", "at_most", "equal", "between", "than", "top", "bottom",
           "most", "least", "before", "after", "charge")  # fmt: skip
_OF_YEARS = frozenset({"age", "years_as_client"})
_ENDS = ("or_more", "or_less")


def with_bare_ids(items: Sequence[Item], context: Context) -> list[Item]:
    """The items, where a number of the list that can be nothing else stands for its client."""
    if not context.numbered:
        return list(items)
    return [
        replace(item, number=None, concepts=(Concept(condition=Named(client=item.words)),))
        if _is_client(items, place, context)
        else item
        for place, item in enumerate(items)
    ]


def _is_client(items: Sequence[Item], place: int, context: Context) -> bool:
    item = items[place]
    if not _is_id(item, context) or _bounds(items, place):
        return False
    # *Klant 10925, 11008 en 10406* is read together, and so is *postcode 3812*.
    before = next(
        (
            each
            for each in reversed(items[:place])
            if not _is_id(each, context) and not each.has("and")
        ),
        None,
    )
    if before is None:
        return True
    areas = any(_is_area(each.column, context) for each in before.concepts)
    return not (before.has("client") or areas)


def _is_id(item: Item, context: Context) -> bool:
    return (
        item.number is not None
        and item.unit == ""
        and not item.ordinal
        and len(item.words) >= SHORTEST_ID
        and (item.words in context.ids or context.could_be_id(item.words))
        and int(item.number) not in _YEARS
    )


def _bounds(items: Sequence[Item], place: int) -> bool:
    """Whether the number bounds an amount: *meer dan 12119*, *12119 of meer*, *met 12119 omzet*."""
    start = place - 1
    while start >= 0 and items[start].has("skip") and not items[start].has(*_BOUNDS):
        start -= 1
    before, behind = items[max(0, start)], items[place + 1 : place + 2]
    if start >= 0 and before.has(*_BOUNDS) and not before.has("what_if", "of"):
        # *Langer klant dan 10049*: nobody is so many years old, or a client.
        return not any(each.amount and each.amount.kind in _OF_YEARS for each in before.concepts)
    amount = any(each.amount for item in behind for each in item.concepts)
    held = start >= 0 and before.has("present") and amount
    return held or any(item.has(*_ENDS) for item in behind) or any(i.has("between") for i in items)


def _is_area(name: str, context: Context) -> bool:
    column = context.column(name) if name else None
    return column is not None and column.role == "postal_code"
