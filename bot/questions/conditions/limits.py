"""How long a list is to be, said apart from what it goes by: *wie kost het meest? Geef er vijf*."""

from bot.questions.conditions.tops import introduced
from bot.questions.pieces import Pieces

LONGEST_LIST = 1_000
_ENDS = ("top", "bottom", "past")


def read_limit(pieces: Pieces) -> None:
    """Takes a bare number that a list is asked with, and that counts nothing else."""
    for place in range(len(pieces.items)):
        if not _is_bare(pieces, place):
            continue
        before = place - 1
        while before >= 0 and _is_small(pieces, before):
            before -= 1
        asked = pieces.has(before, "list", "limit") or (
            pieces.has(before, *_ENDS)
            and not pieces.amount(before)
            and _is_ordered(pieces, before)
            # *Wie van mijn top 10 is het oudst*, which is about those ten.
            and not introduced(pieces, before)
        )
        last = place + 2 == len(pieces.items) and pieces.has(place + 1, "names")
        # *Longest standing clients in Germany, 25 of them*.
        asked = asked or (last and _is_ordered(pieces, before))
        if asked and not pieces.places("how_much"):
            pieces.listed = int(pieces.items[place].number or 0)
            pieces.take(place, *(at for at in (before, place + 1) if _goes_with(pieces, at)))
            return


def _is_bare(pieces: Pieces, place: int) -> bool:
    """Whether a number of clients can stand here, with nothing behind it that it counts."""
    if not pieces.number(place, "") or pieces.items[place].ordinal:
        return False
    number = pieces.items[place].number or 0.0
    if not 1 <= number == int(number) <= LONGEST_LIST or pieces.number(place + 1):
        return False
    behind = place + 1
    if behind >= len(pieces.items):
        return True
    ends = pieces.items[behind]
    return (
        not ends.concepts
        and not ends.has(
            "clients", "most", "least", "top", "bottom", "or", "or_more", "or_less", "of", "client"
        )
    ) or ends.has("names")


def _is_small(pieces: Pieces, place: int) -> bool:
    item = pieces.items[place]
    return item.has("skip") and not item.has("list", "of", *_ENDS, "present", "clients")


def _is_ordered(pieces: Pieces, place: int) -> bool:
    """Whether another word says what they are ordered by: *het minste …, de laatste vijf*."""
    others = pieces.places("most", "least", "ascending", "descending")
    return any(at != place for at in others)


def _goes_with(pieces: Pieces, place: int) -> bool:
    return pieces.has(place, "list", "limit", "names", *_ENDS)
