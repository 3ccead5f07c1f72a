"""What is measured of the clients, and how: *gemiddelde omzet*, *het minste uren*."""

import itertools

from bot.questions.conditions.date_orders import names_of_date
from bot.questions.conditions.values import COST, OTHER_QUESTION, PROFIT, REVENUE
from bot.questions.intents.groups import ADDED_UP
from bot.questions.intents.statistics import (
    ARE_PERSONS,
    COUNTED_THINGS,
    STATISTICS,
    usual_statistic,
)
from bot.questions.model import Amount, Filter, InTop, Measure, Order, Statistic
from bot.questions.pieces import Pieces
from bot.questions.words.item import Item

ONE_CLIENT = frozenset({"klant", "client", "customer", "relatie"})
_ONE_SALE = frozenset({"sale", "verkoop"})
_WHAT = frozenset({"what", "whats", "wat"})


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
    if not hourly or not found or found[0] not in (REVENUE, PROFIT, COST):
        return None
    pieces.take(*hourly)
    if found[0] == COST:
        return COST.model_copy(update={"per": Amount(kind="hours")})
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
    held = ("and", "how_much", *(kind for kind, _ in STATISTICS))
    end = next(
        (at for at, item in enumerate(row)
         if not (item.has(*held) or is_small(item) or is_amount(item))),
        len(row),
    )  # fmt: skip
    linked = any(item.has("and") for item in row[:end])
    # *Omzet, kosten, marge*, of which commas are gone.
    listed = len(list(itertools.takewhile(is_amount, row)))
    return (linked and place <= first + end) or (listed > 1 and place <= first + listed)


def is_small(item: Item) -> bool:
    return item.has("skip") and not item.has("of", "clients", "who", "present", "per")


def is_amount(item: Item) -> bool:
    return any(each.amount is not None for each in item.concepts)


def measures_beside(pieces: Pieces, statistic: Statistic | None) -> tuple[Measure, ...]:
    """What is asked beside the first amount."""
    last = max((at for at, _ in pieces.also), default=0)
    kinds = [{kind for kind, _ in STATISTICS if item.has(kind)} for item in pieces.items]
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


def top_of_one(pieces: Pieces) -> tuple[Filter, ...]:
    """*Het aandeel van mijn grootste klant*: a top of one."""
    for place in pieces.places("top", "bottom", "most", "least"):
        if place + 1 < len(pieces.items) and pieces.items[place + 1].words in ONE_CLIENT:
            order: Order = "least" if pieces.has(place, "bottom", "least") else "most"
            amount, negation = pieces.amount(place) or REVENUE, pieces.negation(place)
            pieces.take(place, place + 1, *(() if negation is None else (negation,)))
            return (InTop(amount=amount, size=1, order=order, negated=negation is not None),)
    return ()


def tells_it_of_each(pieces: Pieces) -> bool:
    """*The five oldest clients with their age*."""
    before = pieces.items[max(0, pieces.measured_at - 2) : pieces.measured_at]
    return any(item.has("present") for item in before)


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
