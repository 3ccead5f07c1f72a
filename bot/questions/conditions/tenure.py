"""Conditions on how long somebody is a client: *langer dan 10 jaar klant*, *10 years with us*."""

from bot.questions.model import Amount, Compare
from bot.questions.pieces import Pieces
from bot.questions.words.item import Item


def read_years_as_client(pieces: Pieces) -> None:
    """*Langer dan 10 jaar klant*: a number of years beside the word client."""
    for place in range(len(pieces.items)):
        if not pieces.number(place, "years", "months"):
            continue
        sign = pieces.next(place, lambda at: pieces.has(
            at, "longer", "shorter", "at_least", "at_most", "more", "less"), step=-1)  # fmt: skip
        bound = place + 1 if pieces.has(place + 1, "or_more", "or_less") else place
        follows = pieces.next(bound, lambda at: pieces.has(
            at, "clients", "client", "became", "ours") or _is_tenure(pieces, at))  # fmt: skip
        explicit = sign is not None and _only_of_time(pieces.items[sign])
        before = any(
            _is_tenure(pieces, at) or pieces.has(at, "became", "ours") for at in range(place)
        )
        stands = any(pieces.has(at, "clients") for at in range(place))
        if follows is None and not (explicit and (before or stands)) and not (sign and before):
            continue
        if follows is None and sign is not None and pieces.items[sign].has("age"):
            continue
        operator = "at_most" if pieces.has(bound, "or_less") else _operator(pieces, sign)
        item = pieces.items[place]
        years = (item.number or 0.0) / (12 if item.unit == "months" else 1)
        condition = Compare(
            amount=Amount(kind="years_as_client"),
            operator=operator,
            value=years,
        )
        start = place if sign is None else sign
        pieces.condition(start, place + 1, condition)
        if follows is not None:
            pieces.take(follows)
        pieces.take(*[at for at in range(len(pieces.items))
                      if _is_tenure(pieces, at) or pieces.has(at, "became")])  # fmt: skip
        _take_or_more(pieces, place + 1)
        if not pieces.places("versus", "equally", "compare"):
            return


def _only_of_time(item: Item) -> bool:
    return item.has("longer", "shorter") and not item.has("during", "more", "less")


def _take_or_more(pieces: Pieces, place: int) -> None:
    if pieces.has(place, "or_more", "or_less"):
        pieces.take(place)


def _is_tenure(pieces: Pieces, place: int) -> bool:
    amount = pieces.amount(place)
    return amount is not None and amount.kind == "years_as_client"


def _operator(pieces: Pieces, sign: int | None) -> str:
    if sign is None:
        return "at_least"
    item = pieces.items[sign]
    if item.words in ("al", "for", "in"):
        return "at_least"
    for operator, kinds in (
        ("at_least", ("at_least",)),
        ("at_most", ("at_most",)),
        ("less", ("less", "shorter")),
    ):
        if item.has(*kinds):
            return operator
    return "more"
