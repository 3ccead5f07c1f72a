"""Conditions taken together: what *and*, *or* and *except* do to their neighbours."""

import itertools

from bot.questions.conditions.values import OTHER_QUESTION, turned
from bot.questions.model import AnyOf, AtLevel, Filter, InTop, Is, Named
from bot.questions.pieces import Pieces

_ARTICLES = frozenset({"de", "het", "een", "the", "a", "an"})


def joined(pieces: Pieces, split: int | None = None) -> tuple[list[tuple[int, Filter]], bool]:
    """The conditions in order, those around an *or* as one; and whether an *and* may mean *or*.

    Values of one column are always alternatives: nobody lives in Utrecht and in Zeist. Nothing is
    joined across `split`, where the other side of a comparison begins.
    """
    found: list[tuple[int, Filter]] = []
    doubtful = False
    last_end = -1
    for start, condition in pieces.ordered_filters():
        apart = split is not None and last_end <= split < start
        link = "" if apart or not found else _link(pieces, last_end, start)
        beside = bool(found) and not apart and _only_articles(pieces, last_end, start)
        same_side = [each for at, each in found if split is None or (at < split) == (start < split)]
        if condition in same_side:
            pass
        elif found and not apart and (among := _top_of(pieces, found[-1][1], last_end, start)):
            found[-1] = (found[-1][0], among)
        elif (narrower := _narrower(pieces, found, start, link=link, beside=beside)) is not None:
            found[-1] = (found[-1][0], narrower)
        elif (link or beside) and _same_column(found[-1][1], condition):
            found[-1] = (found[-1][0], _merged(found[-1][1], condition))
            pieces.alternatives = found[-1][1] if link == "or" else pieces.alternatives
        elif link and _goes_for_both(pieces, found[-1], start, condition, link):
            # *Behalve ondernemers en gepensioneerden*, *geen ondernemer of gepensioneerde*.
            assert isinstance(condition, Is)
            pieces.excepted.add(start)
            pieces.denied.add(start)
            found.append((start, turned(condition)))
        elif link and isinstance(condition, Named):
            # *Klant 12 en klant 15*: nobody is both.
            found[-1] = (found[-1][0], _any_of(found[-1][1], condition))
        elif link and isinstance(condition, AtLevel) and _are_levels(found[-1][1]):
            # *A- en B-klanten*, *geen A of B*: nobody is on two levels.
            if isinstance(found[-1][1], AtLevel) and found[-1][1].negated:
                found.append((start, condition.model_copy(update={"negated": True})))
            else:
                found[-1] = (found[-1][0], _any_of(found[-1][1], condition))
        elif link == "or":
            found[-1] = (found[-1][0], _any_of(found[-1][1], condition))
        else:
            both = link == "and" and _nouns(found[-1][1], condition)
            # *Ondernemer ja maar dga nee* leaves nothing open.
            said = pieces.ends[start] > start + 1
            doubtful = doubtful or (both and not said)
            compared = bool(pieces.places("versus"))
            if not compared and any(_exclude_each_other(each, condition) for each in same_side):
                # Nobody lives in two places: two things were asked at once.
                pieces.cost += OTHER_QUESTION
            found.append((start, condition))
        last_end = pieces.ends[start]
    return _without_summed_up(pieces, found), doubtful


def _without_summed_up(pieces: Pieces, found: list[tuple[int, Filter]]) -> list[tuple[int, Filter]]:
    """*Mensen in de zorg (verpleegkundigen, doktersassistentes)*: what sums up the list behind it
    is no condition of its own."""
    for (start, one), (behind, other) in itertools.pairwise(found):
        beside = pieces.ends.get(start) == behind
        if not (beside and isinstance(one, Is) and isinstance(other, Is)):
            continue
        if len(other.values) > 1 and one.column != other.column and one.values != ("yes",):
            pieces.cost += OTHER_QUESTION
            return [each for each in found if each[0] != start]
    return found


def _narrower(
    pieces: Pieces, found: list[tuple[int, Filter]], start: int, *, link: str, beside: bool
) -> Is | None:
    """*The teachers, primary school only*: those of both, where one holds all of the other.

    With an *and* between them only *only* says so.
    """
    condition, last = pieces.filters[start], found[-1][1] if found else None
    if not (isinstance(last, Is) and isinstance(condition, Is)) or last.negated:
        return None
    if condition.negated or not _same_column(last, condition):
        return None
    one, other = set(last.values), set(condition.values)
    whole = last == pieces.filters[found[-1][0]]
    alone = any(item.has("alone") for item in pieces.items[start - 1 : pieces.ends[start] + 2])
    if one < other:
        return last if beside and not link else None
    # *ICT-consultants and teachers primary school* narrows the teachers alone.
    narrows = alone if link else beside and (whole or alone)
    return condition if other < one and narrows else None


def _are_levels(condition: Filter) -> bool:
    parts = condition.filters if isinstance(condition, AnyOf) else (condition,)
    return all(isinstance(each, AtLevel) for each in parts)


def _top_of(pieces: Pieces, last: Filter, end: int, start: int) -> InTop | None:
    """*Mijn drie grootste ondernemers in Soest*: the top of those who fulfil the condition."""
    condition = pieces.filters[start]
    if not isinstance(last, InTop) or isinstance(condition, InTop | AnyOf | Named):
        return None
    beside = end == start and isinstance(condition, Is)
    linked = bool(last.among) and all(item.has("skip", "of") for item in pieces.items[end:start])
    if not (beside or linked) or _tells(pieces, end, start):
        return None
    return last.model_copy(update={"among": (*last.among, condition)})


def _only_articles(pieces: Pieces, end: int, start: int) -> bool:
    """*De horeca de zorg en de detailhandel*, as one says it."""
    return all(item.words in _ARTICLES for item in pieces.items[end:start])


def _tells(pieces: Pieces, end: int, start: int) -> bool:
    """Whether a verb stands between, so that it is told of the top, and does not narrow it."""
    return any(pieces.begins_with_verb(place) for place in range(end, start + 1))


def _goes_for_both(
    pieces: Pieces, last: tuple[int, Filter], at: int, condition: Filter, link: str
) -> bool:
    """Whether a *not* before the last condition goes for this one too, which has no other."""
    start, known = last
    return (
        start in (pieces.denied if link == "or" else pieces.excepted)
        and at not in pieces.denied
        and isinstance(condition, Is)
        and isinstance(known, Is)
        and any(each.condition == condition for each in pieces.items[at].concepts)
    )


def _link(pieces: Pieces, start: int, end: int) -> str:
    between = pieces.items[start:end]
    for kind in ("or", "and"):
        if any(item.has(kind) for item in between) and all(
            item.has(kind, "skip", "of", "clients") for item in between
        ):
            pieces.take(*range(start, end))
            return kind
    return ""


def _nouns(one: Filter, other: Filter) -> bool:
    return all(isinstance(each, Is) and each.values in (("yes",), ("no",)) for each in (one, other))


def _same_column(one: Filter, other: Filter) -> bool:
    return (
        isinstance(one, Is)
        and isinstance(other, Is)
        and one.column == other.column
        and (one.negated == other.negated or not other.negated)
        and one.values not in (("yes",), ("no",))
    )


def _exclude_each_other(one: Filter, other: Filter) -> bool:
    return (
        isinstance(one, Is)
        and isinstance(other, Is)
        and one.column == other.column
        and not (one.negated or other.negated)
        and not set(one.values) & set(other.values)
    )


def _merged(one: Filter, other: Filter) -> Filter:
    assert isinstance(one, Is)
    assert isinstance(other, Is)
    return one.model_copy(update={"values": tuple(dict.fromkeys((*one.values, *other.values)))})


def _any_of(one: Filter, other: Filter) -> Filter:
    parts = one.filters if isinstance(one, AnyOf) else (one,)
    assert not isinstance(other, AnyOf)
    return AnyOf(filters=(*parts, other))
