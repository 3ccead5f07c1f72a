"""What is measured of the clients, and how: *gemiddelde omzet*, *het minste uren*."""

import itertools
from typing import cast, get_args

from bot.questions.conditions.date_orders import names_of_date
from bot.questions.conditions.values import COST, OTHER_QUESTION, PROFIT, REVENUE
from bot.questions.intents.alternatives import asks_twice
from bot.questions.intents.groups import ADDED_UP
from bot.questions.model import Amount, Compare, Filter, InTop, Is, Measure, Order, Statistic
from bot.questions.pieces import Pieces
from bot.questions.shared import counts_clients
from bot.questions.words.item import Item

ONE_CLIENT = frozenset({"klant", "client", "customer", "relatie"})
_ONE_SALE = frozenset({"sale", "verkoop"})
_COUNTS = ("aantal ", "number of ")
_COUNT = frozenset({"aantal", "het aantal", "number", "count"})
_WHAT = frozenset({"what", "whats", "wat"})
_PERSONS = frozenset({"is_entrepreneur", "is_retired", "is_dga"})
ARE_PERSONS = frozenset({"employees", "management_size", "children"})
# *Hoeveel offertes*: those of all clients together.
COUNTED_THINGS = frozenset(
    {"proposals", "deals", "won", "claims", "complaints", "referrals", "products"}
)
_STATISTICS: tuple[tuple[str, Statistic], ...] = (
    ("share", "share"),
    ("median", "median"),
    ("mean", "mean"),
    ("total", "total"),
)


def main_amount(pieces: Pieces) -> tuple[Amount | None, Amount | None]:
    """The amount that is asked for, and the one that a superlative brings with it."""
    part = _part_of_an_amount(pieces)
    if part is not None:
        return part, None
    own = None
    found: list[Amount] = []
    pieces.cost += _doubt_of_one_sale(pieces)
    yields, first_is_yield = set(pieces.places("yields")), False
    for place in range(len(pieces.items)):
        amount = pieces.amount(place)
        if amount is None:
            continue
        if pieces.has(place, "most", "least"):
            own = amount
            pieces.extreme = "least" if pieces.has(place, "least") else "most"
            pieces.take(place, *names_of_date(pieces, amount))
        elif not found or amount == found[0]:
            first_is_yield = place in yields and (not found or first_is_yield)
            pieces.measured_at = pieces.measured_at if found else place
            found.append(amount)
            pieces.take(place)
        elif place in yields or _is_part_of(pieces, amount, found[0]):
            pieces.take(place)
        elif _stands_beside(pieces, pieces.measured_at, place):
            pieces.also.append((place, amount))
            pieces.take(place)
        elif first_is_yield:
            whose = _yielded(pieces, place, amount)
            found, first_is_yield = [whose], False
            pieces.take(place)
        elif {found[0].kind, amount.kind} == {"cost", "hours"}:
            # *Wie kost me de meeste tijd* is about the time.
            found = [Amount(kind="hours")]
            pieces.take(place)
    # *My most profitable customer that bought copiers*: the verb measures nothing.
    told = own is not None and first_is_yield and bool(pieces.places("who", "list"))
    found = _of_offers(pieces, [] if told else found)
    if first_is_yield and found == [REVENUE] and _asks_whether(pieces):
        found = [PROFIT]
    hourly = _per_hour(pieces, found)
    if hourly is not None:
        return hourly, own
    return _divided(pieces, found[0] if found else None), _divided(pieces, own)


def _doubt_of_one_sale(pieces: Pieces) -> float:
    """*The biggest sale* is one line, of a list that was added up to clients."""
    sales = [at for at, item in enumerate(pieces.items) if item.words in _ONE_SALE]
    largest = any(
        pieces.next(at, lambda each: pieces.has(each, "most", "least"), step=-1) is not None
        for at in sales
    )
    return OTHER_QUESTION if largest and pieces.context.clients.rows_added_up else 0.0


def _asks_whether(pieces: Pieces) -> bool:
    """*Verdien ik iets aan tafels*, *do I make anything on tables*: what is left of it."""
    asks = pieces.places("who", "which", "how_much", "most", "least", "share", "mean")
    knows = pieces.context.clients.cost is not None
    return knows and not asks and bool(pieces.places("anything"))


def _per_hour(pieces: Pieces, found: list[Amount]) -> Amount | None:
    hourly = pieces.places("per_hour")
    if not hourly or not found or found[0] not in (REVENUE, PROFIT):
        return None
    pieces.take(*hourly)
    return Amount(kind="revenue_per_hour" if found[0] == REVENUE else "profit_per_hour")


def _is_part_of(pieces: Pieces, amount: Amount, ratio: Amount) -> bool:
    """*Levert per uur de meeste omzet op*, *slaagkans van offertes*: said in the ratio already."""
    of_offers = _has_role(pieces, amount, "proposals") or _has_role(pieces, amount, "deals")
    return (ratio.kind == "conversion" and of_offers) or ratio.kind == f"{amount.kind}_per_hour"


def _yielded(pieces: Pieces, place: int, amount: Amount) -> Amount:
    """What is measured, where a word such as *brengt* came before this amount."""
    if _counts_something(pieces, amount):
        # *What do we earn on directors*: their number is no earning.
        pieces.cost += OTHER_QUESTION
    in_return = pieces.next(place, lambda at: pieces.has(at, "of", "before"), step=-1)
    if amount.kind == "hours" and in_return is not None and not pieces.places("how_much"):
        # *Wie brengt het minste op voor de uren die ik erin steek*.
        return Amount(kind="revenue_per_hour")
    return amount


def read_divisor(pieces: Pieces) -> None:
    """*Per polis*, *per contact*: what an amount is divided by."""
    places = pieces.places("divides")
    if not places:
        return
    pieces.divisor = pieces.amount(places[0])
    pieces.take(places[0])
    if not any(pieces.amount(at) for at in range(len(pieces.items))):
        # *Klanten per polis* divides nothing.
        pieces.cost += OTHER_QUESTION


def _divided(pieces: Pieces, amount: Amount | None) -> Amount | None:
    if amount is None or pieces.divisor is None:
        return amount
    if amount.kind not in (*ADDED_UP, "column") or amount == pieces.divisor or pieces.also:
        pieces.cost += OTHER_QUESTION
    return amount.model_copy(update={"per": pieces.divisor})


def _part_of_an_amount(pieces: Pieces) -> Amount | None:
    """*Hoeveel procent van mijn omzet gaat op aan kosten*, *kosten als deel van de omzet*."""
    places = [at for at in range(len(pieces.items)) if pieces.amount(at) is not None]
    if len(places) != 2 or any(pieces.has(at, "yields", "most", "least") for at in places):
        return None
    between = pieces.items[places[0] + 1 : places[1]]
    if any(item.has("and", "or", "clients", "who", "present") for item in between):
        return None
    shares = [at for at, item in enumerate(pieces.items) if item.has("share")]
    for at in (*shares, *pieces.places("how_much")):
        whole = pieces.next(at, lambda each: each in places)
        parted = pieces.has(at + 1, "of") or not pieces.items[at].has("how_much")
        if whole is None or not parted:
            continue
        amounts = [pieces.amount(each) for each in (sum(places) - whole, whole)]
        if not all(each is not None and _is_money(pieces, each) for each in amounts):
            return None
        pieces.take(*places, at)
        part, total = amounts
        if (part, total) == (PROFIT, REVENUE):
            return Amount(kind="margin")
        return part.model_copy(update={"per": total}) if part is not None else None
    return None


def _is_money(pieces: Pieces, amount: Amount) -> bool:
    column = pieces.context.column(amount.column)
    return amount in (REVENUE, COST, PROFIT) or (column is not None and column.kind == "money")


def _stands_beside(pieces: Pieces, first: int, place: int) -> bool:
    """*Omzet, kosten en winst*: amounts in a row, with an *and* before the last."""
    row = pieces.items[first + 1 :]
    held = ("and", "how_much", *(kind for kind, _ in _STATISTICS))
    end = next(
        (at for at, item in enumerate(row)
         if not (item.has(*held) or _is_small(item) or _is_amount(item))),
        len(row),
    )  # fmt: skip
    linked = any(item.has("and") for item in row[:end])
    # *Omzet, kosten, marge*, of which commas are gone.
    listed = len(list(itertools.takewhile(_is_amount, row)))
    return (linked and place <= first + end) or (listed > 1 and place <= first + listed)


def _is_small(item: Item) -> bool:
    return item.has("skip") and not item.has("of", "clients", "who", "present", "per")


def _is_amount(item: Item) -> bool:
    return any(each.amount is not None for each in item.concepts)


def measures_beside(pieces: Pieces, statistic: Statistic | None) -> tuple[Measure, ...]:
    """What is asked beside the first amount."""
    last = max((at for at, _ in pieces.also), default=0)
    kinds = [{kind for kind, _ in _STATISTICS if item.has(kind)} for item in pieces.items]
    before, between = kinds[: pieces.measured_at], kinds[pieces.measured_at : last]
    other = set().union(*between) - set().union(*before)
    if other == {"total"} and _adds_up(pieces, pieces.amount_at(pieces.measured_at)):
        # *Hoeveel akkoorden in totaal en hoeveel offertes*: those too.
        other = set()
    if other or len(set().union(*kinds)) > 1:
        # *Omzet en gemiddelde leeftijd*: each in its own way.
        pieces.cost += OTHER_QUESTION if pieces.also else 0.0
    return tuple(
        Measure(amount=each, statistic=statistic or usual_statistic(each, pieces))
        for _, each in pieces.also
    )


def _adds_up(pieces: Pieces, amount: Amount | None) -> bool:
    column = pieces.context.column(amount.column) if amount is not None else None
    counted = column is not None and column.meaning in COUNTED_THINGS
    return amount is not None and (amount.kind in ADDED_UP or counted)


def _of_offers(pieces: Pieces, found: list[Amount]) -> list[Amount]:
    """*Hoeveel offertes zijn doorgegaan* counts deals; *welk deel* of them is the conversion."""
    agreed = pieces.places("agreed")
    agreed += [
        at for at in range(len(pieces.items)) if _has_role(pieces, pieces.amount(at), "deals")
    ]
    if not (found and agreed and _has_role(pieces, found[0], "proposals")):
        return found
    columns = [each for each in pieces.context.columns if each.role == "deals"]
    counted = pieces.places("how_much")
    pieces.take(*agreed)
    if counted and len(columns) == 1:
        deals = Amount(kind="column", column=columns[0].name)
        if len(counted) == 2 and counted[0] < pieces.measured_at < counted[1]:
            # *Hoeveel offertes deed ik en hoeveel werden er een akkoord*.
            pieces.also.append((max(agreed), deals))
            return found[:1]
        return [deals]
    return [Amount(kind="conversion")]


def _has_role(pieces: Pieces, amount: Amount | None, role: str) -> bool:
    column = pieces.context.column(amount.column) if amount is not None else None
    return column is not None and column.role == role


def _counts_something(pieces: Pieces, amount: Amount) -> bool:
    column = pieces.context.column(amount.column)
    return amount.kind == "column" and column is not None and column.kind == "number"


def tells_of_persons(pieces: Pieces, amount: Amount) -> bool:
    """*Workers with an income above 50k*, which asks who they are and no number of them."""
    column = pieces.context.column(amount.column)
    behind = pieces.items[pieces.measured_at + 1 : pieces.measured_at + 2]
    told = any(item.has("present", "who") for item in behind)
    return told and column is not None and column.meaning in ARE_PERSONS


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
    named = pieces.items[pieces.measured_at : pieces.measured_at + 1] if amount else ()
    # *Number of policies*, of which the heading took the number.
    pieces.counted = bool(counted) or any(item.words.startswith(_COUNTS) for item in named)
    pieces.take(*counted)
    return amount


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
    if linked is None or not _is_amount(pieces.items[pieces.measured_at]):
        return False
    held = {at for start, end in pieces.ends.items() for at in range(start, end)}
    nouns = all(item.has("skip") or at in held
                or any(each.condition is not None for each in item.concepts)
                for at, item in enumerate(between[:linked], start=counted + 1))  # fmt: skip
    named = all(
        _is_small(item) or item.has(*(kind for kind, _ in _STATISTICS))
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
    behind = [item for item in pieces.items[clients + 1 :] if not _is_small(item)]
    named = [item for item in behind if not item.has("mean", "total")]
    if named and _is_amount(named[0]) and pieces.also:
        # *Aantal klanten, omzet en winst*.
        return True
    return len(named) > 1 and named[0].has("and") and _is_amount(named[1])


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


def top_of_one(pieces: Pieces) -> tuple[Filter, ...]:
    """*Het aandeel van mijn grootste klant*: a top of one."""
    for place in pieces.places("top", "bottom", "most", "least"):
        if place + 1 < len(pieces.items) and pieces.items[place + 1].words in ONE_CLIENT:
            order: Order = "least" if pieces.has(place, "bottom", "least") else "most"
            amount, negation = pieces.amount(place) or REVENUE, pieces.negation(place)
            pieces.take(place, place + 1, *(() if negation is None else (negation,)))
            return (InTop(amount=amount, size=1, order=order, negated=negation is not None),)
    return ()


def is_number_of_units(amount: Amount, pieces: Pieces) -> bool:
    """*Number of units per region*, of a list of which each line tells some."""
    column = pieces.context.column(amount.column)
    quantity = column is not None and column.meaning == "quantity"
    return quantity and pieces.context.clients.rows_added_up


def usual_statistic(amount: Amount, pieces: Pieces) -> Statistic:
    """What is asked of an amount where no word says so: *wat levert een ondernemer op* is one."""
    for start, condition in pieces.filters.items():
        before = pieces.items[start - 1].words if start else ""
        column = pieces.context.column(condition.column) if isinstance(condition, Is) else None
        if before in ("een", "a", "an") and column and column.meaning in _PERSONS:
            return "mean"
    if amount.per is not None:
        return "mean"
    column = pieces.context.column(amount.column)
    if column is not None and column.meaning in COUNTED_THINGS and pieces.counted:
        return "total"
    if is_number_of_units(amount, pieces):
        return "total"
    return "total" if amount.kind in ADDED_UP else "mean"


def statistic_of_words(pieces: Pieces) -> Statistic | None:
    found: Statistic | None = None
    for kind, name in _STATISTICS:
        places = pieces.places(kind)
        if places and (found is None or kind == "total"):
            strong = [at for at in places if not (kind == "mean" and len(places) > 1)]
            found = found or name
            pieces.take(*(strong or places))
            pieces.take(*places)
        elif kind == "mean":
            # *Median of the items per client*.
            pieces.take(*(at for at in places if pieces.items[at].words.startswith("per ")))
    return found


def order_of_words(pieces: Pieces) -> Order | None:
    makes_up = [at for at in pieces.places("makes_up")
                if pieces.next(at, lambda each: pieces.has(each, "most", "least"))]  # fmt: skip
    # *Welke stad is goed voor de meeste omzet*.
    pieces.take(*makes_up)
    turned = pieces.places("ascending")
    pieces.take(*turned, *pieces.places("descending"))
    if turned:
        return "least"
    for order in get_args(Order):
        places = pieces.places(order)
        if places:
            return cast("Order", order)
    return None


def take_contact_of(pieces: Pieces, amount: Amount | None) -> None:
    """Takes the verb of *how often are we in touch with* and *how long ago did I speak to*."""
    if amount is not None and amount.kind in ("contacts", "months_since_contact"):
        said = pieces.places("spoken", "latest")
        pieces.take(*(at for at in said if at > pieces.measured_at))
    elif amount is not None and amount.kind == "years_as_client":
        pieces.take(*(at for at in pieces.places("became") if at > pieces.measured_at))


def asks_what(pieces: Pieces) -> bool:
    """*Businesses with two directors, what do they bring in*."""
    last = max(pieces.ends.values(), default=len(pieces.items))
    asks = any(item.words in _WHAT for item in pieces.items[last : pieces.measured_at])
    return asks and pieces.items[pieces.measured_at].has("yields")
