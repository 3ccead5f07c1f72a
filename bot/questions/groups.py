"""What a breakdown goes by."""

import itertools
from collections.abc import Sequence

from bot.questions.items import Item
from bot.questions.model import Amount, Is
from bot.questions.pieces import Context, Pieces

ADDED_UP = frozenset({"revenue", "cost", "profit", "hours", "contacts"})


def read_group(pieces: Pieces) -> Amount | str | None:
    """What *per …* or *welk …* names, a column or the service level."""
    ranked = _ranked_groups(pieces)
    if ranked is not None:
        return ranked
    for kind in ("per", "which"):
        for place in pieces.places(kind):
            at = pieces.next(place, lambda each: pieces.items[each].known)
            if at is not None and kind == "per" and pieces.has(at, "clients"):
                # *Verdeling van klanten over woonplaatsen*.
                pieces.take(*[over for over in (at + 1,) if pieces.has(over, "more", "by")])
                at = next((each for each in range(at, len(pieces.items))
                           if pieces.concept(each) is not None), None)  # fmt: skip
            if at is None or pieces.number(at):
                continue
            concept = pieces.concept(at)
            if kind == "per" and pieces.has(at, "level", "show:focus"):
                if at + 1 < len(pieces.items) and pieces.items[at + 1].words in ("a", "b", "c"):
                    continue
                pieces.take(place, at)
                return "level"
            if concept is None or concept.lacking:
                continue
            if kind == "which" and (
                not concept.column or (concept.condition is not None) or concept.amount is not None
            ):
                continue
            if concept.condition is not None and not concept.column:
                continue
            if concept.amount is not None and concept.amount.kind in ADDED_UP:
                continue
            pieces.take(place, at)
            return concept.amount or Amount(kind="column", column=concept.column)
    return None


def _ranked_groups(pieces: Pieces) -> Amount | None:
    """*Top 3 sectoren*, *de 5 beste beroepen*: so many groups, not so many clients."""
    for place in range(len(pieces.items)):
        if not pieces.number(place, "") or pieces.items[place].ordinal:
            continue
        word = next((at for at in (place - 1, place + 1)
                     if pieces.has(at, "top", "bottom", "most", "least")), None)  # fmt: skip
        if word is None:
            continue
        concept = pieces.concept(max(place, word) + 1)
        if concept is None or concept.amount or concept.condition or not concept.column:
            continue
        pieces.limit = int(pieces.items[place].number or 0)
        pieces.order = "least" if pieces.has(word, "bottom", "least") else "most"
        pieces.take(place, word, max(place, word) + 1)
        return Amount(kind="column", column=concept.column)
    return None


def noun_after_per(items: Sequence[Item], context: Context) -> Is | None:
    for one, two in itertools.pairwise(items):
        condition = two.concepts[0].condition if two.concepts else None
        if one.words == "per" and isinstance(condition, Is) and condition.values == ("yes",):
            return condition
    return None


def loose_group(pieces: Pieces) -> Amount | None:
    """*Omzet beroep*: a column that nothing else can be said of."""
    for place in range(len(pieces.items)):
        concept = pieces.concept(place)
        if concept is None or concept.amount is not None or not concept.column:
            continue
        column = pieces.context.column(concept.column)
        if column is None or column.kind not in ("category", "ordered"):
            continue
        pieces.take(place)
        pieces.cost += 0.3
        return Amount(kind="column", column=column.name)
    return None
