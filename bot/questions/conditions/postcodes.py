"""Areas by their postcode: *postcode 3811 of 3812*, *in 3831*, *klanten in 38xx*."""

from analysis.columns.plan import Column
from bot.questions.model import Is
from bot.questions.pieces import Pieces
from bot.questions.words.item import Item
from bot.questions.words.text import YEARS

WRITTEN = 4


def read_postcodes(pieces: Pieces) -> None:
    column = next((each for each in pieces.context.columns if each.role == "postal_code"), None)
    if column is None:
        return
    areas = pieces.context.values(column.name)
    for place in range(len(pieces.items)):
        named = _is_named(pieces, place, column)
        start = pieces.next(place, lambda at: pieces.number(at, "")) if named else place
        if start is None or not (named or _may_be_area(pieces, start, areas)):
            continue
        begins, end = _run(pieces, start, areas)
        chosen = tuple(sorted({a for a in areas if a.startswith(tuple(begins))}))
        condition = Is(column=column.name, values=chosen or tuple(begins))
        negation = pieces.negation(min(place, start))
        if negation is not None:
            condition = condition.model_copy(update={"negated": True})
            pieces.take(negation)
        pieces.condition(min(place, start), end, condition)
        return


def _is_named(pieces: Pieces, place: int, column: Column) -> bool:
    concept = pieces.concept(place)
    return concept is not None and concept.column == column.name and concept.condition is None


def _may_be_area(pieces: Pieces, place: int, areas: list[str]) -> bool:
    """Whether a number that nothing else is said of can only be an area."""
    introduced = place == 0 or pieces.has(place - 1, "during", "of", "neg")
    if not pieces.number(place, "") or not introduced:
        return False
    written, number = pieces.items[place].words, pieces.items[place].number or 0.0
    if _wildcard(pieces, place):
        return any(area.startswith(written) for area in areas)
    whole = len(written) >= WRITTEN and int(number) not in YEARS
    return whole and any(area.startswith(written) for area in areas)


def _wildcard(pieces: Pieces, place: int) -> bool:
    """*38xx*, of which the letters stand apart."""
    return any(is_wildcard(item) for item in pieces.items[place + 1 : place + 2])


def is_wildcard(item: Item) -> bool:
    return set(item.words) == {"x"}


def _run(pieces: Pieces, start: int, areas: list[str]) -> tuple[list[str], int]:
    """What the areas begin with, with the place after the last: *3811, 3812 en 3813*."""
    begins, end, at = [], start, start
    while at < len(pieces.items):
        if pieces.number(at, ""):
            begins.append(pieces.items[at].words)
            at = end = at + 1 + _wildcard(pieces, at)
        elif pieces.has(at, "and", "or") and _begins_area(pieces, at + 1, areas):
            at += 1
        else:
            break
    return begins, end


def _begins_area(pieces: Pieces, place: int, areas: list[str]) -> bool:
    written = pieces.items[place].words if pieces.number(place, "") else ""
    return bool(written) and any(area.startswith(written) for area in areas)
