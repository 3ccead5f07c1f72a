"""Which clients: the most or the least of something."""

from bot.questions.conditions.date_orders import names_of_date
from bot.questions.conditions.stretches import year_at
from bot.questions.conditions.values import OTHER_QUESTION, PROFIT, REVENUE
from bot.questions.intents.groups import is_noun
from bot.questions.model import Amount, InTop, Order
from bot.questions.pieces import Pieces

MOST_IN_A_TOP = 1_000_000
_RELATIVE = frozenset({"die", "waar", "waarvan", "who", "that", "whose"})
_ENDS = ("top", "bottom", "most", "least")
# *De vijf klanten met minstens een miljoen en de minste polissen*.
_BETWEEN = ("skip", "of", "present", "who", "list", "at_least", "at_most", "more", "less", "and")


def read_tops(pieces: Pieces) -> list[int]:
    """*Top 20*, *de vijf oudste*, *onderste 10%*. Returns where they stand."""
    found = []
    for place in range(len(pieces.items)):
        if not pieces.number(place, "", "percent") or pieces.items[place].ordinal:
            continue
        word = _top_word(pieces, place)
        if word is None or (pieces.has(place - 1, "during") and year_at(pieces, place)):
            # *Wie loopt in 2028 het eerst af*, which are not so many.
            continue
        item, number = pieces.items[word], pieces.items[place].number or 0.0
        percent = pieces.items[place].unit == "percent"
        if not (0 < number <= 100 if percent else 1 <= number == int(number) <= MOST_IN_A_TOP):
            continue
        order: Order = "least" if item.has("bottom", "least") else "most"
        amount, places = _amount_of(pieces, place, word)
        if amount == PROFIT and any(pieces.has(at, "deficit") for at in places):
            # *The three largest losses*, which are the lowest profits.
            pieces.cost += OTHER_QUESTION * (order == "least")
            order = "least"
        negation = pieces.negation(min(place, word))
        top = InTop(
            amount=amount or REVENUE,
            size=None if percent else int(number),
            share=number / 100 if percent else None,
            order=order,
            negated=negation is not None,
        )
        start, end = _stands(pieces, place, word)
        pieces.condition(start, end, top)
        pieces.take(word, *places, *names_of_date(pieces, top.amount))
        if negation is not None:
            pieces.take(negation)
        found.append(start)
    return found


def _stands(pieces: Pieces, place: int, word: int) -> tuple[int, int]:
    """From where to where the top itself stands, without the nouns that it may go around."""
    start, end = min(place, word), max(place, word) + 1
    if any(not pieces.has(at, "skip", "of") for at in range(start + 1, end - 1)):
        start, end = place, place + 1
    if pieces.has(end, "clients"):
        end += 1
    return start, end


def introduced(pieces: Pieces, place: int) -> bool:
    """*In mijn top 20*, *van mijn top 20*: those who are in it, and no list of so many."""
    place -= 1
    while place >= 0 and pieces.items[place].has("skip") and not pieces.items[place].has("of"):
        if pieces.items[place].has("list"):
            return False
        place -= 1
    return place >= 0 and pieces.items[place].has("of", "among", "during")


def _top_word(pieces: Pieces, place: int) -> int | None:
    """The word that makes a number a top: before it, or after it."""
    before = place - 1
    if pieces.has(before, *_ENDS):
        return before
    after = pieces.next(place, lambda at: pieces.has(at, *_ENDS))
    noun = pieces.has(place + 1, "clients") or is_noun(pieces, place + 1)
    # *De 25 die de meeste polissen hebben*.
    noun = noun or any(item.words in _RELATIVE for item in pieces.items[place + 1 : place + 2])
    if after is None and noun and pieces.items[place].unit == "":
        after = _superlative_after(pieces, place + 1) or _superlative_before(pieces, place)
    if after is not None and not pieces.number(after + 1):
        return after
    return None


def _superlative_after(pieces: Pieces, noun: int) -> int | None:
    """*De 10 klanten met de meeste uren*, *10 ondernemers die me het meeste kosten*."""
    for place in range(noun + 1, len(pieces.items)):
        if pieces.has(place, "most", "least"):
            return place
        passed = pieces.concept(place) is not None or pieces.number(place)
        if not passed and not pieces.has(place, *_BETWEEN):
            return None
    return None


def _superlative_before(pieces: Pieces, place: int) -> int | None:
    """*Wie sprak ik het vaakst? Geef acht namen*."""
    before = [at for at in pieces.places("most", "least") if at < place]
    return before[0] if len(before) == 1 and not pieces.places("how_much") else None


def _amount_of(pieces: Pieces, place: int, word: int) -> tuple[Amount | None, list[int]]:
    """What the top goes by, and the places that say so."""
    own = pieces.amount(word)
    if own is not None:
        return own, []
    said = [at for at in pieces.places("by") if at > word and pieces.amount(at + 1) is not None]
    if len(said) == 1 and pieces.next(word, lambda at: pieces.has(at, "yields")) is not None:
        # *De vijf waar ik het meeste aan verdien qua winst*.
        return pieces.amount(said[0] + 1), [said[0], said[0] + 1]
    amount, places = _ordered_by(
        pieces, max(place, word) + 1, explicit=pieces.has(word, "most", "least")
    )
    if amount is None:
        between = [at for at in range(place + 1, word) if pieces.amount(at) is not None]
        if between:
            return pieces.amount(between[0]), between[:1]
    return amount, places


def _ordered_by(pieces: Pieces, after: int, *, explicit: bool) -> tuple[Amount | None, list[int]]:
    """The amount of *op marge*, also behind the noun: *top 5 ondernemers op marge*."""
    by = after
    while pieces.has(by, "clients", "skip", "of") or is_noun(pieces, by):
        if pieces.has(by, "by") and pieces.amount(by + 1) is not None:
            break
        by += 1
    if pieces.has(by, "by") and pieces.amount(by + 1) is not None:
        return pieces.amount(by + 1), [by, by + 1]
    if explicit and is_noun(pieces, by - 1) and pieces.amount(by) and by + 1 == len(pieces.items):
        # *The three biggest copier sales*.
        return pieces.amount(by), [by]
    clients = after + 1 if pieces.has(after, "clients") else after
    held = pieces.has(clients, "of", "present") and not pieces.has(clients, "verb")
    if held and explicit and pieces.amount(clients + 1) is not None:
        return pieces.amount(clients + 1), [clients, clients + 1]
    if explicit and clients == after and pieces.has(after, "of"):
        # *De 20 klanten die het meeste van mijn tijd kosten*.
        behind = pieces.next(after, lambda at: pieces.amount(at) is not None)
        if behind is not None:
            return pieces.amount(behind), [after, behind]
    asks_figure = pieces.places("how_much", "mean", "median", "total", "share", "which", "per")
    named = not asks_figure or (explicit and not pieces.has(clients, "yields"))
    # *Minus the top 50, what's left*, of which the words behind are no order.
    named = named and not pieces.has(after, "skip")
    if named and clients == after and pieces.amount(after) is not None:
        return pieces.amount(after), [after]
    return None, []
