"""Lists that go by a date: *bij wie eindigt de rente eerst*, *who did I speak to longest ago*.

A word such as *eerst* becomes a superlative of the date that the question names, so that all that
is known of tops and lists goes for dates as well.
"""

import itertools
from collections.abc import Sequence
from dataclasses import replace

from bot.questions.model import Amount, Named, Order
from bot.questions.pieces import Context, Pieces
from bot.questions.words.item import Item
from bot.questions.words.lexicon import Concept

_AGE, _TENURE, _SILENCE = (
    Amount(kind=kind) for kind in ("age", "years_as_client", "months_since_contact")
)


def with_date_orders(items: Sequence[Item], context: Context) -> Sequence[Item]:
    """The items, with the words that put clients in the order of a date as superlatives of it."""
    named = _named_date(items, context)
    if named is None or _is_about_one(items):
        # *When did I last speak to 11455*: one client has no order.
        return items
    return [_ordered(items, at, named, context) for at in range(len(items))]


def _is_about_one(items: Sequence[Item]) -> bool:
    numbered = any(
        item.has("client") and behind.number is not None and behind.unit == ""
        for item, behind in itertools.pairwise(items)
    )
    named = (isinstance(each.condition, Named) for item in items for each in item.concepts)
    return numbered or any(named)


def _named_date(items: Sequence[Item], context: Context) -> Amount | None:
    """The first date that the question names: how long ago it is, where the domain counts that."""
    for item in items:
        if item.has("spoken") and context.dated("last_contact"):
            return _SILENCE
        if item.has("became") and context.dated("since", "client_since"):
            return _TENURE
        if item.has("born") and context.dated("birth_date"):
            return _AGE
        for concept in item.concepts:
            found = _amount_of(concept, context)
            if found is not None:
                return found
    return None


def _amount_of(concept: Concept, context: Context) -> Amount | None:
    column = context.column(concept.column) if concept.column and not concept.amount else None
    if column is None or column.kind != "date" or concept.condition is not None:
        return None
    if column.role == "last_contact":
        return _SILENCE
    if column.role in ("since", "client_since"):
        return _TENURE
    return Amount(kind="column", column=column.name)


def _ordered(items: Sequence[Item], at: int, named: Amount, context: Context) -> Item:
    item = items[at]
    if _is_longest(item) and named == _SILENCE:
        return replace(item, concepts=(Concept(amount=named),))
    if at and items[at - 1].has("by") and any(_amount_of(c, context) for c in item.concepts):
        # *Gesorteerd op einde rentevast*.
        return _superlative(item, named, "earliest")
    for kind in ("earliest", "latest"):
        if item.has(kind) and not (_is_of_clients(items, at) or _is_length(items, at)):
            return _superlative(item, named, kind)
    return item


def _superlative(item: Item, named: Amount, kind: str) -> Item:
    """What is longest ago has most months, and the earliest date is the least of dates."""
    counted_back = named.kind != "column"
    order: Order = "most" if counted_back == (kind == "earliest") else "least"
    return replace(item, kinds=frozenset({order}), concepts=(Concept(amount=named),))


def _is_longest(item: Item) -> bool:
    """*Langst*, which says of a contact how long ago it is."""
    of_tenure = any(concept.amount == _TENURE for concept in item.concepts)
    return item.has("most", "least") and of_tenure


def _is_length(items: Sequence[Item], at: int) -> bool:
    """*Laatste drie maanden*."""
    return any(each.number is not None and each.unit != "" for each in items[at + 1 : at + 2])


def _is_of_clients(items: Sequence[Item], at: int) -> bool:
    """*First 5 clients by revenue*, which go by something else."""
    others = [each for place, each in enumerate(items) if place != at]
    measured = any(
        each.has("most", "least") or any(concept.amount for concept in each.concepts)
        for each in others
    )
    return items[at].has("top", "bottom", "past") and measured


def names_of_date(pieces: Pieces, amount: Amount) -> list[int]:
    """What only names the date that a superlative goes by: *wie sprak ik het langst geleden*."""
    kinds = {"months_since_contact": "spoken", "years_as_client": "became", "age": "born"}
    named = pieces.places(*(kind for of, kind in kinds.items() if of == amount.kind))
    if amount.kind == "column":
        named += [
            at for at in range(len(pieces.items))
            if (concept := pieces.concept(at)) is not None
            and concept.column == amount.column and concept.amount is None
        ]  # fmt: skip
    return named
