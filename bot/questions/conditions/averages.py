"""Which clients: beside what is usual, *boven het gemiddelde*, *twice the median income*."""

from dataclasses import dataclass, field

from bot.questions.conditions.values import OTHER_QUESTION
from bot.questions.intents.groups import is_noun, is_plain_group
from bot.questions.model import Amount, Compare, Operator
from bot.questions.pieces import Pieces

_SIGNS: tuple[Operator, ...] = ("at_least", "at_most", "more", "less", "equal")
_LINKS = ("skip", "of", "than", "times", "twice", "verb")
_TWICE = 2.0
_RELATIVE = frozenset({"die", "that", "who"})
_ASKING = frozenset({"do", "does", "did"})
# Of the mean of a group the sentence says more than a condition on clients can hold.
BEYOND = 2.0


@dataclass
class _Limit:
    """What stands before the *gemiddelde*: a sign, a number of times, an amount between them."""

    sign: int | None = None
    factor: float = 1.0
    times: bool = False
    than: bool = False
    amount: int | None = None
    places: list[int] = field(default_factory=list)


def read_averages(pieces: Pieces) -> None:
    """*Boven het gemiddelde*, *meer polissen dan gemiddeld*, *onder de mediaan qua omzet*."""
    if is_beside_all(pieces):
        return
    for place in pieces.places("mean", "median"):
        if pieces.items[place].words.startswith("per "):
            continue
        limit = _limit_before(pieces, place)
        if limit.sign is None and not (limit.times and (limit.than or limit.factor == _TWICE)):
            continue
        if not limit.than and any(at > place for at in pieces.places("than")):
            # *Een hoger gemiddeld inkomen dan*, which compares two means.
            continue
        amount, at = _amount_of(pieces, limit, place)
        if amount is None or at is None:
            pieces.cost += OTHER_QUESTION
            continue
        _note(pieces, limit, place, amount, at)


def is_beside_all(pieces: Pieces) -> bool:
    """*Leveren ondernemers meer op dan gemiddeld*, which asks for no clients."""
    if pieces.places("list", "who", "which", "how_much", "share"):
        return False
    than = next((at for at in range(len(pieces.items) - 1, -1, -1)
                 if _ends_in_than(pieces, at)), None)  # fmt: skip
    if than is None or not any(at > than for at in pieces.places("mean", "median")):
        return False
    nouns = [at for at in range(than) if is_noun(pieces, at)]
    if nouns and any(item.has("who", "present") or item.words in _RELATIVE
                     for item in pieces.items[nouns[0] : than]):  # fmt: skip
        # *Zijn er ondernemers die meer kosten dan gemiddeld*.
        return False
    asks = pieces.begins_with_verb(0) or pieces.items[0].words in _ASKING or _is_amount(pieces, 0)
    return bool(nouns) and asks


def _is_amount(pieces: Pieces, place: int) -> bool:
    return pieces.amount(place) is not None


def _ends_in_than(pieces: Pieces, place: int) -> bool:
    item = pieces.items[place]
    return item.has("than") or (
        item.has("more", "less") and item.words.endswith((" dan", " als", " than"))
    )


def _limit_before(pieces: Pieces, place: int) -> _Limit:
    found = _Limit()
    if pieces.has(place, "more", "less"):
        # *Bovengemiddelde* says both.
        found.sign = place
        return found
    at = place - 1
    while pieces.is_free(at):
        item = pieces.items[at]
        if item.has(*_SIGNS) and not item.has("since"):
            # *From the list, the average age* bounds nothing.
            found.sign = at
            found.than = found.than or item.words.endswith((" dan", " als", " than"))
            break
        if item.has("twice"):
            found.factor, found.times = _TWICE, True
        elif pieces.number(at, "percent"):
            found.factor, found.times = (item.number or 0.0) / 100, True
        elif pieces.number(at, "") and any(pieces.has(each, "times") for each in found.places):
            found.factor, found.times = item.number or 0.0, True
        elif found.than and found.amount is None and pieces.amount(at) is not None:
            found.amount = at
        elif not item.has(*_LINKS):
            break
        found.than = found.than or item.has("than")
        found.places.append(at)
        at -= 1
    return found


def _amount_of(pieces: Pieces, limit: _Limit, place: int) -> tuple[Amount | None, int | None]:
    own = limit.sign if limit.amount is None else limit.amount
    if own is not None and pieces.amount(own) is not None:
        # *Ouder dan gemiddeld* says what is measured.
        return pieces.amount(own), own
    behind = place + 1
    while pieces.has(behind, "skip", "of", "by") and pieces.amount(behind) is None:
        behind += 1
    concept = pieces.concept(behind)
    group = concept is not None and concept.amount is None
    if concept is not None and group and (is_plain_group(concept) or concept.condition):
        # *Het gemiddelde van hun sector*, *meer dan mijn gemiddelde ondernemer*.
        pieces.cost += BEYOND
    if pieces.amount(behind) is not None:
        return pieces.amount(behind), behind
    first = min([place, *limit.places, *([] if limit.sign is None else [limit.sign])])
    named = [at for at in range(len(pieces.items)) if pieces.amount(at) is not None]
    before = [at for at in named if at < first]
    nearest = before[-1] if before else named[0] if len(named) == 1 else None
    return (None, None) if nearest is None else (pieces.amount(nearest), nearest)


def _note(pieces: Pieces, limit: _Limit, place: int, amount: Amount, at: int) -> None:
    item = None if limit.sign is None else pieces.items[limit.sign]
    operator: Operator = "at_least" if limit.factor >= 1 else "at_most"
    operator = next((each for each in _SIGNS if item is not None and item.has(each)), operator)
    negation = pieces.negation(min([place, *limit.places, limit.sign or place]))
    turned: dict[Operator, Operator] = {"more": "at_most", "less": "at_least"}
    if negation is not None:
        operator = turned.get(operator, operator)
        pieces.take(negation)
    middle = pieces.items[place]
    condition = Compare(amount=amount, operator=operator, value=limit.factor,
                        times="median" if middle.has("median") else "mean")  # fmt: skip
    places = sorted([place, *limit.places, *([] if limit.sign is None else [limit.sign])])
    pieces.condition(places[0], place + 1, condition)
    pieces.take(at)
