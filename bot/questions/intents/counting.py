"""What *how many* and *how much* ask for: clients, an amount, or both."""

from bot.questions.conditions.values import OTHER_QUESTION, PROFIT
from bot.questions.intents.alternatives import asks_twice
from bot.questions.intents.measures import is_amount, is_small
from bot.questions.intents.statistics import ARE_PERSONS, STATISTICS
from bot.questions.model import Amount, Compare, Filter, Is
from bot.questions.pieces import Pieces
from bot.questions.shared import counts_clients

_COUNTS = ("aantal ", "number of ")
_COUNT = frozenset({"aantal", "het aantal", "number", "count"})


def counted_amount(
    pieces: Pieces, filters: list[tuple[int, Filter]], counted: list[int], amount: Amount | None
) -> Amount | None:
    """The amount that *how much* asks for, if any; takes those words."""
    if len(counted) > 1 and not (len(counted) == 2 and pieces.also):
        pieces.cost += OTHER_QUESTION
    if any(
        start - 1 in counted and _is_loss(each) and not _tells_of_clients(pieces, start)
        for start, each in filters
    ):
        # *Hoeveel verlies maak ik* asks for an amount.
        amount = amount or PROFIT
    elif amount is not None and any(counts_clients(pieces, at) for at in counted):
        pieces.counts_too = _counted_beside(pieces, counted[0]) or asks_twice(pieces)
        # *Hoeveel klanten brengen 80% van de omzet*: no amount is asked for.
        counts = pieces.counts_too or _counts_employed(pieces, counted[0], amount)
        pieces.cost += 0.0 if counts else OTHER_QUESTION
    elif amount is not None and counted and _counted_with(pieces, counted[0]):
        pieces.counts_too = True
    units = _units_of_things(pieces, filters, counted)
    if units is not None and (amount is None or pieces.items[pieces.measured_at].has("yields")):
        amount = units
        pieces.take(*pieces.places("yields"))
    named = pieces.items[pieces.measured_at : pieces.measured_at + 1] if amount else ()
    # *Number of policies*, of which the heading took the number.
    pieces.counted = bool(counted) or any(item.words.startswith(_COUNTS) for item in named)
    pieces.take(*counted)
    return amount


def _units_of_things(
    pieces: Pieces, filters: list[tuple[int, Filter]], counted: list[int]
) -> Amount | None:
    """*Hoeveel stoelen zijn er verkocht*: no clients, where each line tells how many they were."""
    context = pieces.context
    quantity = context.meant("quantity", "number")
    if quantity is None or not context.clients.rows_added_up:
        return None
    things = {each.name for each in context.columns if each.meaning == "product_type"}
    for start, each in filters:
        asked = any(
            all(item.has("skip", "of") for item in pieces.items[at + 1 : start])
            for at in counted
            if at < start
        )
        if asked and isinstance(each, Is) and each.column in things:
            return Amount(kind="column", column=quantity.name)
    return None


def _counts_employed(pieces: Pieces, counted: int, amount: Amount) -> bool:
    """*Hoeveel mensen hebben mijn klanten in dienst*: of the clients, whom they employ."""
    column = pieces.context.column(amount.column)
    if column is None or column.meaning not in ARE_PERSONS:
        return False
    between = range(counted + 1, pieces.measured_at)
    whose = [at for at in between if at in pieces.filters or pieces.items[at].has("clients")]
    verbs = [at for at in between if pieces.begins_with_verb(at)]
    return len(whose) > 1 and any(whose[0] < at < whose[1] for at in verbs)


def _counted_with(pieces: Pieces, counted: int) -> bool:
    """*Aantal en omzet per woonplaats*, *aantal ondernemers en hun totale omzet*."""
    between = pieces.items[counted + 1 : pieces.measured_at]
    if not between and pieces.also and pieces.items[counted].words in _COUNT:
        # *Aantal, omzet en kosten*, where *hoeveel omzet en kosten* counts nobody.
        return True
    linked = next((at for at, item in enumerate(between) if item.has("and")), None)
    if linked is None or not is_amount(pieces.items[pieces.measured_at]):
        return False
    held = {at for start, end in pieces.ends.items() for at in range(start, end)}
    nouns = all(item.has("skip") or at in held
                or any(each.condition is not None for each in item.concepts)
                for at, item in enumerate(between[:linked], start=counted + 1))  # fmt: skip
    named = all(
        is_small(item) or item.has(*(kind for kind, _ in STATISTICS))
        for item in between[linked + 1 :]
    )
    return nouns and named


def _counted_beside(pieces: Pieces, counted: int) -> bool:
    """*Aantal klanten en omzet per woonplaats*."""
    if pieces.measured_at < counted and pieces.items[counted - 1].has("and"):
        # *Omzet en aantal klanten per sector*.
        return True
    clients = next(at for at in range(counted + 1, len(pieces.items))
                   if pieces.items[at].has("clients"))  # fmt: skip
    behind = [item for item in pieces.items[clients + 1 :] if not is_small(item)]
    named = [item for item in behind if not item.has("mean", "total")]
    if named and is_amount(named[0]) and pieces.also:
        # *Aantal klanten, omzet en winst*.
        return True
    return len(named) > 1 and named[0].has("and") and is_amount(named[1])


def _tells_of_clients(pieces: Pieces, place: int) -> bool:
    """*Hoeveel verliesgevende klanten*, *hoeveel verliesgevende ondernemers*."""
    behind = pieces.items[place + 1 : place + 2]
    return any(
        item.has("clients") or any(each.condition is not None for each in item.concepts)
        for item in behind
    )


def _is_loss(condition: Filter) -> bool:
    return isinstance(condition, Compare) and (condition.amount, condition.operator) == (
        PROFIT,
        "less",
    )
