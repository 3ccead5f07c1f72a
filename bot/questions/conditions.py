"""Which clients: the rules that take conditions from a question."""

from analysis.values.words import yes_or_no
from bot.questions.lexicon import Concept
from bot.questions.model import (
    Amount,
    AnyOf,
    AtLevel,
    Compare,
    Filled,
    Filter,
    Is,
    Named,
)
from bot.questions.own_words import values_of
from bot.questions.pieces import Pieces

REVENUE = Amount(kind="revenue")
COST = Amount(kind="cost")
PROFIT = Amount(kind="profit")
_FROM_NOTHING = frozenset({"revenue", "cost", "hours", "contacts"})
OTHER_QUESTION = 0.9
"""What it costs where the words rather ask for something else: too much to be sure."""


def read_levels(pieces: Pieces) -> None:
    """*Niveau A*, *B-klanten*."""
    for place, item in enumerate(pieces.items):
        if item.words not in ("a", "b", "c") or _is_article(pieces, place):
            continue
        level = item.words.upper()
        if pieces.has(place - 1, "level"):
            start, end = place - 1, place + 1
        elif pieces.has(place + 1, "clients"):
            start, end = place, place + 2
        else:
            continue
        negation = pieces.negation(start)
        condition = AtLevel(level=level, negated=negation is not None)
        pieces.condition(start, end, condition)
        if negation is not None:
            pieces.take(negation)


def _is_article(pieces: Pieces, place: int) -> bool:
    """*A client*, one of them."""
    behind = pieces.items[place + 1].words if place + 1 < len(pieces.items) else ""
    return pieces.items[place].words == "a" and behind in ("client", "customer")


def read_clients(pieces: Pieces) -> list[tuple[int, int, str]]:
    """One client by number. Returns what else it could be: begin, end, and the other client.

    A small number may be his number in the list or his place among the largest.
    """
    others = []
    for place in range(len(pieces.items)):
        concept = pieces.concept(place)
        if concept is not None and isinstance(concept.condition, Named):
            pieces.condition(place, place + 1, concept.condition)
        if not pieces.has(place, "client"):
            continue
        at = pieces.next(place, lambda each: pieces.number(each, ""))
        if at is None:
            continue
        if pieces.has(at + 1, "more", "per_hour"):
            continue
        number = pieces.items[at].number or 0.0
        written = pieces.items[at].words
        known = written if written in pieces.context.ids else None
        placed = pieces.context.ranked(int(number)) if number == int(number) <= 20 else None
        chosen = placed if placed and not pieces.context.numbered else known or placed
        more = _more_clients(pieces, at)
        if more and known:
            named = AnyOf(filters=(Named(client=known), *(Named(client=each) for each in more)))
            pieces.condition(place, max(more.values()) + 1, named)
            continue
        pieces.condition(place, at + 1, Named(client=chosen or written))
        other = known if chosen == placed else placed
        if other and other != chosen:
            others.append((place, at + 1, other))
    return others


def _more_clients(pieces: Pieces, place: int) -> dict[str, int]:
    """Further numbers of the list behind the first: *klant 10925, 11008 en 10406*."""
    found: dict[str, int] = {}
    at = place + 1
    while at < len(pieces.items):
        if pieces.number(at, "") and pieces.items[at].words in pieces.context.ids:
            found[pieces.items[at].words] = at
        elif not pieces.has(at, "and") and not pieces.number(at, ""):
            break
        elif pieces.number(at, ""):
            return {}
        at += 1
    return found


def read_conditions(pieces: Pieces) -> None:
    """Values and nouns: *in Utrecht*, *geen ondernemer*."""
    for place in range(len(pieces.items)):
        concept = pieces.concept(place)
        if _read_postcode(pieces, place, concept):
            continue
        if concept is None or concept.condition is None or _is_group(pieces, place):
            continue
        condition, negation = concept.condition, pieces.negation(place)
        if negation is not None and isinstance(condition, Is):
            condition = turned(condition)
            pieces.denied.add(place)
            if pieces.has(negation, "except"):
                pieces.excepted.add(place)
            pieces.take(negation)
        pieces.cost += concept.cost
        pieces.condition(place, place + 1, condition)


def _read_postcode(pieces: Pieces, place: int, concept: Concept | None) -> bool:
    """*Postcode 3811*, *postcode 38*: all areas that begin so."""
    column = pieces.context.column(concept.column) if concept and concept.column else None
    if column is None or column.role != "postal_code":
        return False
    at = pieces.next(place, lambda each: pieces.number(each, ""))
    if at is None:
        return False
    begin = pieces.items[at].words
    areas = values_of(pieces.context.clients.cells(column.name))
    chosen = tuple(sorted(area for area in areas if area.startswith(begin)))
    pieces.condition(place, at + 1, Is(column=column.name, values=chosen or (begin,)))
    return True


def turned(condition: Is) -> Is:
    """The condition that holds for all others."""
    if condition.values in (("yes",), ("no",)):
        other = "no" if condition.values == ("yes",) else "yes"
        return condition.model_copy(update={"values": (other,)})
    return condition.model_copy(update={"negated": True})


def _is_group(pieces: Pieces, place: int) -> bool:
    """Whether the column is what a breakdown goes by: *per ondernemer*."""
    concept = pieces.concept(place)
    return pieces.has(place - 1, "per") and concept is not None and bool(concept.column)


def read_filled(pieces: Pieces) -> None:
    """*Zonder hypotheek*, *met kinderen*, *waar vermogen niet is ingevuld*."""
    for place in range(len(pieces.items)):
        concept = pieces.concept(place)
        column = _plain_column(pieces, concept)
        if not column:
            _read_none(pieces, place, concept)
            continue
        unfilled = pieces.next(place, lambda at: pieces.has(at, "unfilled"))
        if unfilled is None:
            unfilled = pieces.next(place, lambda at: pieces.has(at, "unfilled"), step=-1)
        negation = pieces.negation(place)
        if unfilled is None and pieces.places("know") and pieces.places("neg"):
            # *Van wie weet ik het inkomen niet*.
            unfilled = pieces.places("know")[0]
            negation = pieces.places("neg")[0]
        present = pieces.has(place - 1, "present")
        if unfilled is None and negation is None and not present:
            continue
        negated = unfilled is not None or negation is not None
        pieces.condition(place, place + 1, _held(pieces, column, negated=negated))
        pieces.take(*[at for at in (unfilled, negation) if at is not None])
        if present:
            pieces.take(place - 1)


def _read_none(pieces: Pieces, place: int, concept: Concept | None) -> None:
    """*Zonder uren*, *geen omzet*."""
    negation = None if pieces.has(place, "most", "least") else pieces.negation(place)
    amount = concept.amount if concept else None
    if negation is not None and amount is not None and amount.kind in _FROM_NOTHING:
        none = Compare(amount=amount, operator="equal", value=0)
        pieces.condition(place, place + 1, none)
        pieces.take(negation)


def _held(pieces: Pieces, column: str, *, negated: bool) -> Filter:
    """*Met een partner*: a yes, where the values of the column are yes and no."""
    kind = pieces.context.column(column)
    if kind is not None and kind.kind in ("category", "text"):
        said = {
            value: yes_or_no(value) for value in values_of(pieces.context.clients.cells(column))
        }
        if {True, False} <= set(said.values()):
            wanted = tuple(value for value, yes in said.items() if yes is (not negated))
            return Is(column=column, values=wanted)
    return Filled(column=column, negated=negated)


def _plain_column(pieces: Pieces, concept: Concept | None) -> str:
    if concept is None or not concept.column or concept.condition is not None:
        return ""
    column = pieces.context.column(concept.column)
    return "" if column is None or column.role == "birth_date" else column.name
