"""What a breakdown goes by."""

import itertools
from collections.abc import Sequence

from bot.questions.conditions.values import OTHER_QUESTION, goes_to
from bot.questions.model import Amount, Is
from bot.questions.pieces import Context, Pieces
from bot.questions.words.item import Item
from bot.questions.words.lexicon import Concept

_ENDS = ("top", "bottom", "most", "least")
OVER = frozenset({"over", "over de", "over het", "across", "by", "naar", "per"})
# *Welke groep* may be any group; a level is asked for by its own name.
_GROUPS = frozenset({"groep", "groepen", "group", "groups", "categorie", "class", "segment"})
_WHERE = frozenset({"waar", "where"})
_SINGULAR_IN_S = frozenset({"polis"})
_COUNTED = frozenset(
    {"employees", "management_size", "products", "proposals", "deals", "won", "children"}
)
ADDED_UP = frozenset({"revenue", "cost", "profit", "hours", "contacts"})


def read_group(pieces: Pieces) -> Amount | str | None:
    """What *per …* or *welk …* names, a column or the service level."""
    found = (
        _commonest(pieces) or _distinct(pieces) or _ranked_groups(pieces) or _over_what(pieces)
        or _by_time(pieces) or _asked_for(pieces) or _divided_into(pieces)
    )  # fmt: skip
    if found is not None:
        return found
    for kind in ("per", "which"):
        for place in pieces.places(kind):
            if _orders_a_top(pieces, place) or _orders_a_list(pieces, place):
                continue
            at = pieces.next(place, lambda each: _can_be_group(pieces.items[each]))
            if at is not None and kind == "per" and _are_divided(pieces, at):
                # *Verdeling van klanten over woonplaatsen*.
                pieces.take(*[over for over in (at + 1,) if pieces.has(over, "more", "by")])
                at = _behind_clients(pieces, at)
            if at is None or pieces.number(at) or _goes_to(pieces, place, at):
                continue
            group = _group_at(pieces, at, kind)
            if group is not None:
                pieces.take(place, at, *_spread_before(pieces, place))
                pieces.grouped_at = place if kind == "per" else None
                pieces.second_group = _second_group(pieces, at)
                return group
    return None


def _spread_before(pieces: Pieces, place: int) -> list[int]:
    """The *distribution of* that stands before *clients across levels*, of which it is a part."""
    found = []
    for at in range(place - 1, -1, -1):
        if pieces.has(at, "per", "divide") or (pieces.items[at].words in OVER and at == place - 1):
            found.append(at)
        elif not pieces.has(at, "clients", "skip", "of", "by"):
            break
    return found


def _second_group(pieces: Pieces, first: int) -> Amount | None:
    """*Per sector en woonplaats*, *per sector per woonplaats*: another beside the first."""
    at = first + 1
    while pieces.has(at, "and", "per", "skip", "by"):
        at += 1
    concept = pieces.concept(at)
    between = pieces.items[first + 1 : at]
    if concept is None or not any(item.has("and", "per") for item in between):
        return None
    named = concept.amount is not None and concept.amount.kind not in ADDED_UP
    if not is_plain_group(concept) and not (named and any(item.has("per") for item in between)):
        return None
    pieces.take(*range(first + 1, at + 1))
    return concept.amount or Amount(kind="column", column=concept.column)


def _goes_to(pieces: Pieces, per: int, at: int) -> bool:
    """*Hoeveel offertes gingen er naar huurders*, which divides nothing."""
    return goes_to(pieces, per) and is_noun(pieces, at)


def _are_divided(pieces: Pieces, at: int) -> bool:
    """*Verdeling van klanten over …*, *verdeling ondernemers over de sectoren*."""
    if pieces.has(at, "clients"):
        return True
    over = at + 1 < len(pieces.items) and pieces.items[at + 1].words in OVER
    return over and is_noun(pieces, at) and pieces.concept(at + 2) is not None


def _behind_clients(pieces: Pieces, clients: int) -> int | None:
    """The column of *klanten over woonplaatsen*, with nothing told of the clients between."""
    for place in range(clients + 1, len(pieces.items)):
        if pieces.concept(place) is not None:
            return place
        between = pieces.items[place].words in OVER or pieces.items[place].has("skip", "of", "by")
        if pieces.is_free(place) and not between:
            return None
    return None


def _orders_a_top(pieces: Pieces, place: int) -> bool:
    """*Top 15 klanten naar inkomen*: the *naar* tells the order, and divides nothing."""
    number = pieces.next(place, lambda at: not pieces.has(at, "clients", "skip"), step=-1)
    if number is None and pieces.has(place - 1, "clients"):
        number = place - 2
    if number is not None and is_noun(pieces, number):
        # *Top 3 hauliers by net worth*; *by city* divides them.
        measured = pieces.next(place, lambda at: pieces.amount(at) is not None)
        number = number - 1 if measured is not None else None
    if number is None or not pieces.has(place, "by") or not pieces.number(number, "", "percent"):
        return False
    return pieces.has(number - 1, "top", "bottom", "most", "least")


def _orders_a_list(pieces: Pieces, place: int) -> bool:
    """*Een lijst van klanten naar vermogen*: from the most to the least."""
    measured = pieces.next(place, lambda at: pieces.amount(at) is not None)
    return pieces.has(place, "by") and bool(pieces.places("list")) and measured is not None


def _can_be_group(item: Item) -> bool:
    return item.known and not (item.has("skip") and not item.concepts and not item.has("clients"))


def _group_at(pieces: Pieces, at: int, kind: str) -> Amount | str | None:
    concept = pieces.concept(at)
    own = concept is not None and is_plain_group(concept)
    if pieces.has(at, "level", "show:focus") and not own:
        named = at + 1 < len(pieces.items) and pieces.items[at + 1].words in ("a", "b", "c")
        return None if named or (kind == "which" and pieces.items[at].words in _GROUPS) else "level"
    if concept is None or concept.lacking:
        return None
    if kind == "which" and not (_is_asked_for(pieces, concept) or pieces.has(at, "banded")):
        return None
    if concept.condition is not None and not concept.column:
        return None
    if concept.amount is not None and concept.amount.kind in ADDED_UP:
        return None
    if kind == "per" and _is_one_of_many(pieces, at):
        # *Omzet per medewerker* divides by them, which is no breakdown.
        pieces.cost += OTHER_QUESTION
    return concept.amount or Amount(kind="column", column=concept.column)


def _is_one_of_many(pieces: Pieces, at: int) -> bool:
    concept = pieces.concept(at)
    column = pieces.context.column(concept.column) if concept else None
    said = pieces.items[at].words
    singular = said in _SINGULAR_IN_S or not said.endswith(("s", "en"))
    return column is not None and column.meaning in _COUNTED and singular


def _is_asked_for(pieces: Pieces, concept: Concept) -> bool:
    """Whether *welk* can ask which of its values; *welke rentevast* asks whose it is."""
    if not concept.column or concept.condition is not None or concept.amount is not None:
        return False
    column = pieces.context.column(concept.column)
    return column is None or column.kind != "date"


def _asked_for(pieces: Pieces) -> Amount | None:
    """*Waar wonen mijn ondernemers*."""
    for place in pieces.places("asks"):
        concept = pieces.concept(place)
        if concept is not None and concept.column:
            pieces.take(place)
            return Amount(kind="column", column=concept.column)
    return _whence(pieces)


def _whence(pieces: Pieces) -> Amount | None:
    """*Waar komen mijn klanten vandaan*: the town where they live."""
    whence, city = pieces.places("whence"), pieces.context.meant("city", "category")
    asked = [at for at in range(len(pieces.items)) if pieces.items[at].words in _WHERE]
    measures = any(pieces.amount(at) for at in range(len(pieces.items)))
    if not (whence and asked and city) or measures:
        return None
    pieces.take(*whence)
    pieces.counts_groups = True
    return Amount(kind="column", column=city.name)


def _by_time(pieces: Pieces) -> Amount | None:
    """*Nieuwe klanten per jaar*, *rentevast per maand*."""
    said = pieces.places("yearly", "monthly")
    for place in pieces.places("per"):
        if place + 1 < len(pieces.items) and pieces.items[place + 1].words in ("jaar", "year"):
            said = [place, place + 1]
    if not said:
        return None
    named = [at for at in range(len(pieces.items)) if _is_date(pieces, pieces.concept(at))]
    concept = pieces.concept(named[0]) if len(named) == 1 else None
    since = pieces.context.dated("since", "client_since") if pieces.places("became") else ""
    of_rows = "" if pieces.places("became") else pieces.context.row_date
    column = concept.column if concept is not None else since or of_rows
    if not column:
        return None
    pieces.monthly = any(pieces.has(at, "monthly") for at in said)
    pieces.take(*said, *named)
    return Amount(kind="column", column=column)


def _is_date(pieces: Pieces, concept: Concept | None) -> bool:
    if concept is None or not is_plain_group(concept):
        return False
    column = pieces.context.column(concept.column)
    return column is not None and column.kind == "date"


def _commonest(pieces: Pieces) -> Amount | None:
    """*Het meest voorkomende beroep*, *which city is most common among entrepreneurs*."""
    for place in pieces.places("commonest", "rarest"):
        behind = pieces.next(place, lambda at: _is_group_named(pieces, at))
        named = [at for at in range(len(pieces.items)) if _is_group_named(pieces, at)]
        if behind is None and not named:
            continue
        at = named[0] if behind is None else behind
        concept = pieces.concept(at)
        assert concept is not None
        pieces.order = "least" if pieces.has(place, "rarest") else "most"
        pieces.counts_groups = True
        pieces.limit = _number_before(pieces, place)
        pieces.take(place, at, *pieces.places("which"))
        return Amount(kind="column", column=concept.column)
    return None


def _number_before(pieces: Pieces, place: int) -> int | None:
    """The number of *de 3 meest voorkomende*, *top 5 most common*."""
    if not pieces.number(place - 1, "") or pieces.items[place - 1].ordinal:
        return None
    pieces.take(place - 1, *[at for at in (place - 2,) if pieces.has(at, *_ENDS)])
    return int(pieces.items[place - 1].number or 0)


def _distinct(pieces: Pieces) -> Amount | None:
    """*Hoeveel verschillende beroepen*, *uit hoeveel sectoren*: the groups that there are."""
    asked = [at for at in pieces.places("how_much") if _names_kinds(pieces, at + 1)]
    for place in (*pieces.places("distinct"), *asked):
        at = pieces.next(place, lambda each: _is_group_named(pieces, each))
        concept = pieces.concept(at) if at is not None else None
        if at is None or concept is None:
            # *Hoeveel unieke klanten*: each client stands once in the list.
            if pieces.has(place + 1, "clients"):
                pieces.take(place)
            continue
        pieces.counts_groups = bool(pieces.places("how_much"))
        if pieces.counts_groups:
            # *How many different states do we sell to*, which measures nothing.
            pieces.take(*pieces.places("yields", "clients"))
        over = pieces.next(place, lambda each: pieces.has(each, "per", "which"), step=-1)
        pieces.take(place, at, *(() if over is None else (over,)))
        return Amount(kind="column", column=concept.column)
    return None


def _names_kinds(pieces: Pieces, place: int) -> bool:
    """Whether a heading of kinds stands here, more than one of them: *woonplaatsen*."""
    concept = pieces.concept(place)
    column = pieces.context.column(concept.column) if concept is not None else None
    kinds = column is not None and column.kind in ("category", "ordered")
    bent = kinds and pieces.items[place].words.endswith(("s", "n"))
    return bent and _is_group_named(pieces, place)


def _is_group_named(pieces: Pieces, place: int) -> bool:
    """A column of values, or of numbers that are counted: *the most common number of policies*."""
    concept = pieces.concept(place)
    if concept is None or not concept.column or concept.condition is not None:
        return False
    column = pieces.context.column(concept.column)
    return column is not None and column.kind in ("category", "ordered", "number", "text")


def _divided_into(pieces: Pieces) -> Amount | str | None:
    """*Verdeel ze in leeftijdsgroepen*, *splits mijn klanten op sector*."""
    for place in pieces.places("divide"):
        for at in range(place + 1, len(pieces.items)):
            introduced = pieces.has(at - 1, "of", "by", "per", "during", "skip")
            group = _group_at(pieces, at, "per") if introduced and pieces.is_free(at) else None
            if group is not None:
                pieces.take(place, at, *(each for each in (at - 1,) if pieces.has(each, "per")))
                return group
    return _divided_itself(pieces)


def _divided_itself(pieces: Pieces) -> Amount | None:
    """*Hoe zijn de inkomens verdeeld*: by what is divided."""
    places = [at for at in range(len(pieces.items)) if pieces.amount(at) is not None]
    ends = [at for at in pieces.places("divide") if at == len(pieces.items) - 1]
    amount = pieces.amount(places[0]) if len(places) == 1 and ends else None
    if amount is None or amount.kind in ADDED_UP or not pieces.items[0].has("skip"):
        return None
    pieces.take(*places, *ends)
    return amount


def _over_what(pieces: Pieces) -> Amount | None:
    """*Verdeling van de omzet over de sectoren*."""
    for place in pieces.places("per"):
        measured = pieces.next(place, lambda at: pieces.amount(at) is not None)
        over = measured + 1 if measured is not None else len(pieces.items)
        if over >= len(pieces.items) or pieces.items[over].words not in OVER:
            continue
        at = pieces.next(over, lambda each: pieces.concept(each) is not None)
        concept = pieces.concept(at) if at is not None else None
        if at is None or concept is None or not concept.column:
            continue
        pieces.take(place, over, at)
        return concept.amount or Amount(kind="column", column=concept.column)
    return None


def _ranked_groups(pieces: Pieces) -> Amount | None:
    """*Top 3 sectoren*, *de 5 beste beroepen*: so many groups, not so many clients."""
    for place in range(len(pieces.items)):
        if not pieces.number(place, "") or pieces.items[place].ordinal:
            continue
        word = next((at for at in (place - 1, place + 1) if pieces.has(at, *_ENDS)), None)
        named = place + 1 if word is None else max(place, word) + 1
        if word is None:
            # *Welke 5 beroepen leveren het minst op*.
            word = next((at for at in pieces.places(*_ENDS) if at > named), None)
        concept = pieces.concept(named)
        if word is None or concept is None or not is_plain_group(concept):
            continue
        if _is_date(pieces, concept):
            # *The first three fixed rates to expire* are no groups.
            continue
        pieces.limit = int(pieces.items[place].number or 0)
        pieces.order = "least" if pieces.has(word, "bottom", "least") else "most"
        if pieces.amount(word) is None:
            pieces.take(word)
            noun = pieces.next(word, lambda at: pieces.has(at, "clients") or is_noun(pieces, at))
            pieces.counts_groups = noun is not None and word > named
        pieces.take(place, named)
        return Amount(kind="column", column=concept.column)
    return None


def is_noun(pieces: Pieces, place: int) -> bool:
    concept = pieces.concept(place)
    return concept is not None and concept.condition is not None


def is_plain_group(concept: Concept) -> bool:
    return bool(concept.column) and concept.amount is None and concept.condition is None


def noun_after_per(items: Sequence[Item], context: Context) -> Is | None:
    for one, two in itertools.pairwise(items):
        condition = two.concepts[0].condition if two.concepts else None
        if one.words == "per" and isinstance(condition, Is) and condition.values == ("yes",):
            return condition
    return None


def loose_group(pieces: Pieces) -> Amount | None:
    """*Omzet beroep*: a column that nothing else can be said of."""
    for place in range(len(pieces.items)):
        concept = pieces.concept(place)
        if concept is None or concept.amount is not None or not concept.column:
            continue
        column = pieces.context.column(concept.column)
        if column is None or column.kind not in ("category", "ordered"):
            continue
        apart = pieces.places("apart")
        pieces.take(place, *apart)
        # *Beroep, hoeveel van elk*.
        pieces.cost += 0.0 if apart else 0.3 if _is_telegram(pieces) else OTHER_QUESTION
        return Amount(kind="column", column=column.name)
    return None


def _is_telegram(pieces: Pieces) -> bool:
    """*Omzet beroep*: figures and headings, and no sentence around them."""
    return not any(item.has("present", "verb", "which", "who") for item in pieces.items)
