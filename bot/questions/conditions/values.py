"""Which clients: the rules that take conditions from a question."""

from analysis.values.words import says_none, yes_or_no
from bot.questions.conditions.postcodes import read_postcodes
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
from bot.questions.pieces import Pieces
from bot.questions.words.item import asks_who
from bot.questions.words.lexicon import Concept

REVENUE = Amount(kind="revenue")
COST = Amount(kind="cost")
PROFIT = Amount(kind="profit")
_LEVELS = frozenset({"a", "b", "c"})
_LINKING = ("and", "or", "versus", "compare", "than")
_FROM_NOTHING = frozenset({"revenue", "cost", "hours", "contacts"})
OTHER_QUESTION = 0.9
"""What it costs where the words rather ask for something else: too much to be sure."""


def read_levels(pieces: Pieces) -> None:
    """*Niveau A*, *B-klanten*."""
    for place, item in enumerate(pieces.items):
        if item.words not in _LEVELS or _is_article(pieces, place):
            continue
        level = item.words.upper()
        if pieces.has(place - 1, "level"):
            start, end = place - 1, place + 1
        elif pieces.has(place + 1, "clients") or _is_group_of(pieces, place):
            start, end = place, place + 2
        elif _beside_a_level(pieces, place) or _between_levels(pieces, place):
            start, end = place, place + 1
        else:
            continue
        negation = pieces.negation(start)
        condition = AtLevel(level=level, negated=negation is not None)
        pieces.condition(start, end, condition)
        if negation is not None:
            pieces.take(negation)


def _beside_a_level(pieces: Pieces, place: int) -> bool:
    """The A of *een A en een C klant*, the B of *met A-klanten en met die van B*."""
    linked = False
    for at in range(place + 1, len(pieces.items)):
        item = pieces.items[at]
        if item.words in _LEVELS and linked:
            return pieces.has(at + 1, "clients") or pieces.has(place - 1, "level")
        linked = linked or item.has(*_LINKING)
        if not item.has(*_LINKING, "skip", "of"):
            break
    linked = False
    for at in range(place - 1, -1, -1):
        item = pieces.items[at]
        if at not in pieces.taken:
            linked = linked or item.has(*_LINKING)
            if not item.has(*_LINKING, "skip", "of", "earlier", "how_much", "present"):
                return False
        else:
            told = (end == at + 1 for begin, end in pieces.ends.items()
                    if isinstance(pieces.filters[begin], AtLevel))  # fmt: skip
            return linked and any(told)
    return False


def _between_levels(pieces: Pieces, place: int) -> bool:
    """*Het verschil tussen A en C*, *A versus B*: bare letters, with a comparison."""
    if not pieces.places("compare", "versus"):
        return False
    for linked, other in ((place + 1, place + 2), (place - 1, place - 2)):
        if 0 <= other < len(pieces.items) and pieces.items[other].words in _LEVELS:
            return pieces.items[linked].has("and", "versus")
    return False


def _is_group_of(pieces: Pieces, place: int) -> bool:
    """*De C-groep*, and not *A-klanten per niveau*."""
    behind = pieces.has(place + 1, "level")
    return behind and not pieces.items[place + 1].words.endswith(("en", "s"))


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
    read_postcodes(pieces)
    for place in range(len(pieces.items)):
        concept = pieces.concept(place)
        if concept is None or concept.condition is None or _is_group(pieces, place):
            continue
        if _is_told(pieces, concept.condition):
            pieces.take(place)
            continue
        condition, negation = concept.condition, pieces.negation(place)
        if negation is not None and isinstance(condition, Is):
            condition = turned(condition)
            pieces.denied.add(place)
            if pieces.has(negation, "except"):
                pieces.excepted.add(place)
            pieces.take(negation)
        elif negation is not None and isinstance(condition, Compare) and condition.value == 1:
            condition = condition.model_copy(update={"operator": "less"})
            pieces.take(negation)
        pieces.cost += concept.cost
        said = _said_behind(pieces, place, concept)
        if said is False and isinstance(condition, Is):
            condition = turned(condition)
        pieces.condition(place, place + 1 + (said is not None), condition)
    _read_exceptions_behind(pieces)
    _read_nor(pieces)
    for at in pieces.excepted:
        end = pieces.ends[at]
        if any(begin >= end and _only_of(pieces, end, begin) for begin in pieces.filters):
            # *Behalve ondernemers in Ede*: those of Ede alone?
            pieces.cost += OTHER_QUESTION


def _read_nor(pieces: Pieces) -> None:
    """*Gepensioneerd noch ondernemer*, which turns what stands before it as well."""
    nor = [at for at, item in enumerate(pieces.items) if item.has("nor")]
    for at, end in list(pieces.ends.items()):
        condition = pieces.filters[at]
        if end in nor and at not in pieces.denied and isinstance(condition, Is):
            pieces.filters[at] = turned(condition)
            pieces.denied.add(at)


def _only_of(pieces: Pieces, start: int, end: int) -> bool:
    return all(pieces.items[at].has("of", "present", "who") for at in range(start, end))


def _read_exceptions_behind(pieces: Pieces) -> None:
    """*Tables en bookcases niet meegerekend*, *op Ede na*: the *not* stands behind."""
    for place in pieces.places("except", "after"):
        before = place
        while pieces.has(before - 1, "skip"):
            before -= 1
        held = [at for at, end in pieces.ends.items() if end == before]
        around = bool(held) and pieces.has(held[0] - 1, "by")
        if not held or (pieces.items[place].has("after") and not around):
            continue
        if pieces.has(place + 1, "clients") and pieces.has(place + 2, "who"):
            # *In Nevada excluding anyone who …*, which tells what follows.
            continue
        pieces.take(place, *([held[0] - 1] if around else []))
        _turn(pieces, held[0])


def _turn(pieces: Pieces, place: int) -> None:
    """Turns the condition here, and those of the same column that are linked with it."""
    last = pieces.filters[place]
    if not isinstance(last, Is) or place in pieces.denied:
        pieces.cost += OTHER_QUESTION
        return
    pieces.filters[place] = turned(last)
    pieces.denied.add(place)
    pieces.excepted.add(place)
    for at, end in pieces.ends.items():
        other = pieces.filters[at]
        linked = pieces.has(end, "and", "or") and end + 1 == place
        if (linked or end == place) and isinstance(other, Is) and other.column == last.column:
            _turn(pieces, at)


def _is_told(pieces: Pieces, condition: Filter) -> bool:
    """*Werkgevers met meer dan 10 man*, who have one employee at least."""
    return isinstance(condition, Compare) and condition.operator == "at_least" and any(
        isinstance(each, Compare) and each.amount == condition.amount
        for each in pieces.filters.values()
    )  # fmt: skip


def _said_behind(pieces: Pieces, place: int, concept: Concept) -> bool | None:
    """The *no* of *response no per channel*, behind the heading of a column of yes and no."""
    column = pieces.context.column(concept.column) if concept.column else None
    stands = pieces.is_free(place + 1) and not pieces.has(place + 1, "of")
    if column is None or column.kind != "yes_no" or not stands:
        return None
    after = pieces.concept(place + 2)
    if after is not None and after.condition is not None:
        # *Koopwoning geen hypotheek*, of which the no belongs to what follows.
        return None
    word, behind = pieces.items[place + 1].words, pieces.items[place + 2 : place + 3]
    # *Ondernemer j, dga n*; *dga n klant* has an article.
    alone = len(word) > 1 or not behind or behind[0].has("and", "or")
    return yes_or_no(word) if alone else None


def turned(condition: Is) -> Is:
    """The condition that holds for all others."""
    if condition.values in (("yes",), ("no",)):
        other = "no" if condition.values == ("yes",) else "yes"
        return condition.model_copy(update={"values": (other,)})
    return condition.model_copy(update={"negated": True})


def _is_group(pieces: Pieces, place: int) -> bool:
    """Whether the column is what a breakdown goes by: *per ondernemer*."""
    concept = pieces.concept(place)
    divides = pieces.has(place - 1, "per") and not goes_to(pieces, place - 1)
    return divides and concept is not None and bool(concept.column)


def goes_to(pieces: Pieces, per: int) -> bool:
    """*Hoeveel offertes gingen er naar*, where *omzet naar beroep* goes by groups."""
    return pieces.items[per].words == "naar" and bool(pieces.places("how_much"))


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
        known = pieces.places("know") if unfilled is None and negation is None else []
        if (
            known
            and asks_who(pieces.items)
            and pieces.next(place, lambda at: pieces.has(at, "know"))
        ):
            # *Van wie is het inkomen wel bekend*.
            pieces.condition(place, place + 1, Filled(column=column))
            pieces.take(*known, *range(place + 1, known[0]))
            continue
        # *Who has the deepest pockets*, of which all have some.
        present = pieces.has(place - 1, "present") and not pieces.has(place, "most", "least")
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
    """*Met een partner*: a yes, where the values of the column are yes and no; *zonder internet*:
    none, where that is one of its values."""
    kind = pieces.context.column(column)
    if kind is not None and kind.kind in ("category", "text"):
        said = {value: yes_or_no(value) for value in pieces.context.values(column)}
        if {True, False} <= set(said.values()):
            wanted = tuple(value for value, yes in said.items() if yes is (not negated))
            return Is(column=column, values=wanted)
        none = tuple(each for each, yes in said.items() if yes is False or says_none(each))
        if none:
            return Is(column=column, values=none, negated=not negated)
    return Filled(column=column, negated=negated)


def _plain_column(pieces: Pieces, concept: Concept | None) -> str:
    if concept is None or not concept.column or concept.condition is not None:
        return ""
    column = pieces.context.column(concept.column)
    return "" if column is None or column.role == "birth_date" else column.name
