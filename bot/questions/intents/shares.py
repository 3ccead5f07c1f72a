"""What a share is a share of: *hoeveel procent van de gepensioneerden heeft een koopwoning*."""

from bot.questions.model import Filter, InTop, Question
from bot.questions.pieces import Pieces
from bot.questions.shared import Scored
from bot.questions.words.item import Item

# *Percentage van de ondernemers* is of them, where *percentage ondernemers* is of others.
_OF = frozenset({"of", "van", "van de", "vd"})
_DEFINITE = frozenset({"de", "mijn", "onze", "the", "my", "our"})
Placed = list[tuple[int, Filter]]


def with_base(
    pieces: Pieces, filters: Placed, question: Question, cost: float
) -> list[Scored] | None:
    """The share with the clients it is a part of told apart; None where it is one of everybody.

    Two readings where the words leave that open: *het percentage ondernemers in Soest*.
    """
    if question.statistic != "share" or len(filters) < 2 or question.group_by is not None:
        return None
    split = (
        _around_the_share(pieces, filters)
        or _around_a_verb(pieces, filters)
        or _among(pieces, filters, question)
    )
    if split is not None:
        return [(cost, _of(question, *split))]
    if question.amount is not None:
        return None
    return [(cost, _of(question, filters[1:], filters[:1])), (cost + 0.1, question)]


def shares_of_groups(
    pieces: Pieces, filters: Placed, question: Question, cost: float
) -> list[Scored] | None:
    """Of each group the part that fulfils something, or the part that the group is of them all.

    *Percentage gepensioneerden per woonplaats* is of each place; *aandeel van elke sector in de
    omzet van ondernemers* is of all entrepreneurs; *welk percentage van de ondernemers zit in elke
    sector* may be both.
    """
    if question.statistic != "share" or question.group_by is None or not filters:
        return None
    whole = [each for each in filters if _stands_behind(pieces, each[0], also_of=False)]
    part = [each for each in filters if each not in whole]
    if not whole and pieces.grouped_at is not None and part[0][0] < pieces.grouped_at:
        # *Percentage huiseigenaren per beroep bij ondernemers*.
        whole = [each for each in part if each[0] > pieces.grouped_at]
        part = [each for each in part if each not in whole]
    if question.amount is not None and not whole:
        whole = [each for each in part if _belongs_to(pieces, pieces.measured_at, each[0])]
        part = [each for each in part if each not in whole]
    found = (cost, _of(question, whole, part))
    share = next((at for at, item in enumerate(pieces.items) if item.has("share")), 0)
    first = min(at for at, _ in filters)
    of_them = first > share and _belongs_to(pieces, share, first)
    told = any(pieces.begins_with_verb(at) for at in range(first + 1, pieces.grouped_at or 0))
    last = pieces.grouped_at is not None and share < pieces.grouped_at < first
    # *Hoeveel procent per woonplaats is verliesgevend* tells it of each.
    last = last and not any(
        pieces.begins_with_verb(at) for at in range(pieces.grouped_at or 0, first)
    )
    if question.amount is None and part and not whole and ((of_them and told) or last):
        return [found, (cost + 0.1, _of(question, filters, []))]
    return [found]


def _belongs_to(pieces: Pieces, place: int, condition: int) -> bool:
    """*De omzet van ondernemers*, with only small words between."""
    between = pieces.items[place + 1 : condition]
    return condition > place and all(item.has("skip", "of", "clients") for item in between)


def _around_the_share(pieces: Pieces, filters: Placed) -> tuple[Placed, Placed] | None:
    """*Wie twee polissen heeft, wat is hun aandeel in de omzet van ondernemers*."""
    for place, item in enumerate(pieces.items):
        before = [each for each in filters if each[0] < place]
        after = [each for each in filters if each[0] > place]
        if not (item.has("share") and before and after):
            continue
        told = any(pieces.begins_with_verb(at) for at in range(place + 1, after[0][0]))
        if _stands_behind(pieces, before[0][0]) and told:
            # *Van de gepensioneerden, hoeveel procent heeft een koopwoning*.
            return before, after
        return after, before
    return None


def _around_a_verb(pieces: Pieces, filters: Placed) -> tuple[Placed, Placed] | None:
    """*Van mijn ondernemers woont in Soest*: who they are, a verb, and what they may be."""
    for place in range(filters[0][0] + 1, filters[-1][0] + 1):
        before = [each for each in filters if each[0] < place]
        after = [each for each in filters if each[0] >= place]
        between = pieces.items[place : after[0][0]]
        tells = pieces.begins_with_verb(place) or pieces.items[place].has("loss", "gain")
        if tells and not any(each.has("and", "or") for each in between):
            return before, after
    return None


def _among(pieces: Pieces, filters: Placed, question: Question) -> tuple[Placed, Placed] | None:
    """*Dga's onder mijn ondernemers*, *ondernemers in mijn top 50*."""
    if question.amount is not None:
        return None
    if _of_these_clients(pieces, filters[0][0]):
        return filters[:1], filters[1:]
    base = [each for each in filters[1:] if isinstance(each[1], InTop)]
    base = base or [each for each in filters[1:] if _stands_behind(pieces, each[0])]
    rest = [each for each in filters if each not in base]
    return (base, rest) if base and rest else None


def _of_these_clients(pieces: Pieces, place: int) -> bool:
    """*Percentage of Technology clients with no discount*: of those clients, and not of all."""
    before = [item for item in pieces.items[:place] if item.has("of") or not item.has("skip")]
    ends = pieces.ends.get(place, place + 1)
    behind = pieces.items[ends : ends + 1]
    introduced = len(before) > 1 and before[-1].has("of") and before[-2].has("share")
    share = next((at for at, item in enumerate(pieces.items) if item.has("share")), place)
    between = {word for item in pieces.items[share + 1 : place] for word in item.words.split(" ")}
    definite = bool(between & _DEFINITE)
    return introduced and (definite or any(item.has("clients") for item in behind))


def _stands_behind(pieces: Pieces, place: int, *, also_of: bool = True) -> bool:
    """Whether *among*, or *of*, stands before the condition, with only small words between.

    *Percentage starters onder de klanten in Soest*.
    """
    place -= 1
    while place >= 0 and _is_between(pieces.items[place]):
        place -= 1
    if place < 0 or not pieces.items[place].has("among"):
        return False
    return also_of or pieces.items[place].words not in _OF


def _is_between(item: Item) -> bool:
    return item.has("skip", "of", "clients", "present") and not item.has("among")


def _of(question: Question, base: Placed, part: Placed) -> Question:
    return question.model_copy(
        update={
            "base": tuple(each for _, each in base),
            "filters": tuple(each for _, each in part),
        }
    )
