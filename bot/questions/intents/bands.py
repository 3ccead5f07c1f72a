"""Own bands of a breakdown: *in groepen van 10 jaar*, *tot 50, 50 tot 65 en 65+*."""

from bot.questions.conditions.thresholds import AGES
from bot.questions.model import Amount
from bot.questions.pieces import Pieces

_AGE = Amount(kind="age")
_FEWEST_EDGES = 2
_BETWEEN = ("before", "at_most", "less", "skip", "and", "at_least", "or_more", "between", "more",
            "or", "since", "during")  # fmt: skip


def read_bands(pieces: Pieces, group_by: Amount | str | None) -> Amount | str | None:
    """What the bands are of, and takes where they are cut."""
    return _by_width(pieces, group_by) or _by_edges(pieces, group_by) or group_by


def _by_width(pieces: Pieces, group_by: Amount | str | None) -> Amount | str | None:
    """*Leeftijd in groepen van 10 jaar*: a single number is the width of all."""
    for place in pieces.places("bands"):
        at = pieces.next(place, lambda each: pieces.number(each, "", "years", "money", "hours"))
        width = pieces.items[at].number if at is not None else None
        if at is None or not width or isinstance(group_by, str):
            continue
        named = [each for each in range(len(pieces.items)) if pieces.amount(each) is not None]
        nearest = max((each for each in named if each < place), default=None)
        of_years = pieces.items[at].unit == "years"
        measured = pieces.amount(nearest) if nearest is not None else None
        if group_by is None and measured is not None and (measured == _AGE or not of_years):
            assert nearest is not None
            pieces.take(nearest)
            group_by = measured
        elif group_by is None and of_years:
            group_by = _AGE
        if group_by is None:
            return None
        pieces.take(place, at)
        pieces.take(*[each for each in (at + 1,) if pieces.has(each, "divide")])
        pieces.take(*pieces.places("divide"))
        pieces.bands = (width,)
        return group_by
    return None


def _by_edges(pieces: Pieces, group_by: Amount | str | None) -> Amount | str | None:
    """*Tot 50, 50-65, 65+*: ages, the upper end of one the beginning of the next."""
    if group_by not in (None, _AGE):
        return None
    numbers = [at for at in range(len(pieces.items)) if pieces.number(at, "", "years", "plus")]
    if len(numbers) < 2 * _FEWEST_EDGES:
        return None
    values = [int(pieces.items[at].number or 0) for at in numbers]
    inside = pieces.items[numbers[0] : numbers[-1] + 1]
    clean = all(item.number is not None or item.has(*_BETWEEN) for item in inside)
    edges = values[::2]
    # The first and the last are open, and where one ends the next begins, or a year later.
    steps = zip(values[::2], values[1::2], strict=False)
    meets = all(0 <= begin - end <= 1 for end, begin in steps)
    last = pieces.items[numbers[-1]].unit == "plus" or pieces.has(numbers[-1] - 1, "more")
    opens = pieces.has(numbers[0] - 1, "before", "less")
    rises = edges == sorted(set(edges)) and set(edges) <= set(AGES)
    if len(values) % 2 or not (clean and meets and last and opens and rises):
        return None
    pieces.take(*range(numbers[0] - 1, numbers[-1] + 1))
    pieces.bands = tuple(float(begin) for begin in values[1::2])
    return _AGE
