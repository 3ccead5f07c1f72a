"""Conditions on the groups of a breakdown: *sectoren met minstens 10 klanten*."""

from bot.questions.conditions.thresholds import SIGNS
from bot.questions.intents.groups import is_plain_group
from bot.questions.model import Amount, Compare, Having, Operator
from bot.questions.pieces import Pieces

_LINKS = ("skip", "present", "who", "verb", "only", "which", "of", "during")
_ABOUT_GROUPS = frozenset({"waar", "die", "where", "that", "which", "waarvan", "with"})


def read_counted_groups(pieces: Pieces, group_by: Amount | str | None) -> Amount | str | None:
    """Takes *met minstens 10 klanten*; gives what is gone by, for it may be said there alone."""
    for place in range(len(pieces.items)):
        if not pieces.number(place, ""):
            continue
        sign, behind = _sign(pieces, place)
        clients = place + 1 if behind is None else behind + 1
        if not pieces.has(clients, "clients") and not (behind and pieces.has(place + 1, "clients")):
            continue
        operator = _operator(pieces, behind if behind is not None else sign)
        named = None if group_by is not None else _named_before(pieces, sign or place)
        if operator is None or (group_by is None and named is None):
            continue
        number = pieces.items[place].number or 0.0
        pieces.having = Having(operator=operator, value=number)
        last = max(clients, behind or 0) if pieces.has(clients, "clients") else behind or place
        pieces.take(*range(sign if sign is not None else place, last + 1))
        return group_by if named is None else _grouped_by(pieces, named)
    return group_by


def read_measured_groups(pieces: Pieces, group_by: Amount | str | None) -> Amount | str | None:
    """*Beroepen die minder dan 1000 gemiddeld opbrengen*, *per sector waar minstens 5 offertes*."""
    if pieces.having is not None:
        return group_by
    for place, condition in pieces.ordered_filters():
        if not isinstance(condition, Compare) or condition.upper is not None or condition.times:
            continue
        named = _named_before(pieces, place, taken=group_by is not None)
        if named is None or not _says_of_groups(pieces, named, place, group_by):
            continue
        mean = bool(pieces.places("mean"))
        pieces.having = Having(
            amount=condition.amount,
            statistic="mean" if mean or condition.amount.kind == "age" else "total",
            operator=condition.operator,
            value=condition.value,
        )
        del pieces.filters[place]
        return _grouped_by(pieces, named) if group_by is None else group_by
    return group_by


def _grouped_by(pieces: Pieces, named: int) -> Amount:
    """The column whose groups are named here."""
    concept = pieces.concept(named)
    assert concept is not None
    pieces.take(named)
    return Amount(kind="column", column=concept.column)


def _sign(pieces: Pieces, place: int) -> tuple[int | None, int | None]:
    """Where *minstens* stands before the number, or *of meer* behind it or behind the clients."""
    before = pieces.next(place, lambda at: pieces.has(at, *SIGNS), step=-1)
    behind = next((at for at in (place + 1, place + 2) if pieces.has(at, "or_more", "or_less")),
                  None)  # fmt: skip
    return before, behind


def _operator(pieces: Pieces, place: int | None) -> Operator | None:
    if place is None:
        return None
    item = pieces.items[place]
    if item.has("or_more", "or_less"):
        return "at_least" if item.has("or_more") else "at_most"
    known: tuple[Operator, ...] = ("at_least", "at_most", "more", "less", "equal")
    return next((each for each in known if item.has(each)), None)


def _named_before(pieces: Pieces, place: int, *, taken: bool = False) -> int | None:
    """The group that stands before the condition, with only small words between."""
    at = place - 1
    while at >= 0 and pieces.items[at].has(*_LINKS, "mean") and not pieces.items[at].concepts:
        at -= 1
    if at < 0 or (at in pieces.taken) != taken:
        return None
    item = pieces.items[at]
    plain = bool(item.concepts) and is_plain_group(item.concepts[0])
    return at if plain and (taken or item.words.endswith(("s", "n"))) else None


def _says_of_groups(pieces: Pieces, named: int, place: int, group_by: Amount | str | None) -> bool:
    """*Per beroep met meer dan 5 polissen* may be of the clients; *waar* is of the groups."""
    between = pieces.items[named + 1 : place]
    return group_by is None or any(item.words in _ABOUT_GROUPS for item in between)
