"""Which clients: amounts beside a number, *meer dan 2 ton vermogen*, *ouder dan 50*."""

import math

import numpy as np

from analysis.columns.plan import Column
from bot.questions.conditions.counts import alternative_numbers, is_counted, number_of_something
from bot.questions.conditions.possessions import is_money, may_be_owned, owned
from bot.questions.conditions.values import COST, OTHER_QUESTION, PROFIT, REVENUE
from bot.questions.model import Amount, AmountKind, Compare, Operator
from bot.questions.pieces import Pieces
from bot.questions.words.item import Item
from bot.questions.words.text import tells_months

AGE = Amount(kind="age")
AGES, YEARS = range(16, 111), range(1950, 2051)
_GUESSED = 0.3
_OF_TIME = ("years", "months", "weeks", "days")
_TIMED = frozenset({"age", "years_as_client", "months_since_contact"})
COUNTED_PERSONS = frozenset({"employees", "management_size", "children"})
_HOURLY: dict[AmountKind, AmountKind] = {"revenue": "revenue_per_hour", "profit": "profit_per_hour"}
SIGNS = ("more", "less", "at_least", "at_most", "equal", "between")
_MORE: tuple[tuple[str, Operator], ...] = (
    ("at_least", "at_least"),
    ("at_most", "at_most"),
    ("more", "more"),
    ("less", "less"),
    ("equal", "equal"),
    # *For more than 3000 euro*.
    ("longer", "more"),
    ("shorter", "less"),
)


def read_comparisons(pieces: Pieces) -> None:
    """*Meer dan 2 ton vermogen*, *ouder dan 50*, *tussen 40 en 60 jaar*, *50-plussers*."""
    for place in range(len(pieces.items)):
        if pieces.has(place, "only_one") and (amount := pieces.amount(place + 1)) is not None:
            one = Compare(amount=amount, operator="equal", value=1)
            pieces.condition(place, place + 2, one)
        elif pieces.number(place):
            _read_number(pieces, place)


def _read_number(pieces: Pieces, place: int) -> None:
    found = alternative_numbers(pieces, place)
    if found is not None:
        condition, start, end = found
        pieces.condition(start, end, condition)
    elif not (_between(pieces, place) or _signed(pieces, place)):
        _bare(pieces, place)


def _between(pieces: Pieces, place: int) -> bool:
    sign = pieces.next(place, lambda at: pieces.has(at, "between", "of"), step=-1)
    to = place + 1 < len(pieces.items) and pieces.items[place + 1].words == "to"
    linked = pieces.has(place + 1, "and", "before", "at_most") or to
    if not linked or not pieces.number(place + 2):
        return False
    bare = sign is None and pieces.items[place].number and not pieces.has(place + 1, "and")
    if bare and pieces.next(place, lambda at: pieces.has(at, "top", "bottom"), step=-1) is None:
        sign = place
    if sign is None:
        return False
    if (
        not bare
        and not to
        and not pieces.items[sign].has("between")
        and not pieces.has(place + 1, "before", "at_most")
    ):
        return False
    low, high = pieces.items[place], pieces.items[place + 2]
    amount, places = _measured(pieces, sign, place + 2)
    if amount is None:
        return False
    first, last = (_value(pieces, amount, at, high.unit) for at in (place, place + 2))
    if pieces.scale(place) == 1 and first < last / pieces.scale(place + 2):
        # *Tussen de 1 en 2 ton*: the unit goes for both.
        first *= pieces.scale(place + 2)
    if first < 1_000 and last >= first * 1_000 and last % 1_000 == 0:
        # *Between thirty and forty thousand*.
        first *= 1_000
    ends = sorted((first, last))
    start = min([sign, *places])
    condition = Compare(amount=amount, operator="between", value=ends[0], upper=ends[1])
    pieces.condition(min(sign, place), place + 3, condition)
    pieces.take(*places, start)
    return low is not high


def _signed(pieces: Pieces, place: int) -> bool:
    sign, named = _sign(pieces, place)
    operator: Operator | None = None
    first, last = place, place
    if sign is not None:
        operator = next((name for kind, name in _MORE if pieces.items[sign].has(kind)), None)
        first = sign
    behind = [at for at in (place + 1, place + 2) if pieces.has(at, "or_more", "or_less")]
    if behind and (behind[0] == place + 1 or pieces.amount(place + 1) is not None):
        operator = "at_least" if pieces.has(behind[0], "or_more") else "at_most"
        pieces.take(behind[0])
        last = place + 1 if behind[0] == place + 1 else place
    if pieces.items[place].unit == "plus":
        operator = "at_least"
    if operator is None:
        return False
    own = pieces.amount(named if named is not None else sign) if sign is not None else None
    if _is_plus_of_age(pieces, place) or _is_plural_age(pieces, place):
        own = AGE
    elif pieces.items[place].unit == "hours":
        # *Spent more than 10 hours*, which is no money.
        own = None
    amount, places = (own, []) if own is not None else _measured(pieces, first, last)
    if amount is None or (sign is not None and _is_a_year(pieces, sign, place, amount)):
        return False
    if pieces.has(last + 1, "per_hour") and amount.kind in _HOURLY:
        # *Yield less than 50 an hour*.
        amount = Amount(kind=_HOURLY[amount.kind])
        places.append(last + 1)
    places += [last + 1] if own is not None and pieces.amount(last + 1) == own else []
    value = _value(pieces, amount, place)
    negation = pieces.negation(min([first, *places]))
    if negation is not None:
        turned: dict[Operator, Operator] = {"more": "at_most", "less": "at_least"}
        operator = turned.get(operator, operator)
        places.append(negation)
    condition = Compare(amount=amount, operator=operator, value=value)
    # *Who have spent more than five grand*, of which the sign names the amount.
    other = may_be_owned(pieces, condition, first) if not places and own is None else None
    if other is not None:
        pieces.either.append((condition, other))
    pieces.condition(first, last + 1, condition)
    # *Goed voor meer dan 3 ton*.
    pieces.take(*places, *(at for at in (first - 1,) if pieces.has(at, "makes_up")))
    if amount == REVENUE and places:
        # *Nog geen 100 euro omzet hebben opgeleverd*.
        end = max(last, *places)
        again = pieces.next(end, lambda at: pieces.has(at, "yields"))
        pieces.take(*(at for at in (again,) if at is not None))
    return True


def _is_a_year(pieces: Pieces, sign: int, place: int, amount: Amount) -> bool:
    """*Omzet vanaf 2019*, which is no amount of money; 2000 or *2.019* may be."""
    item = pieces.items[place]
    year = item.unit == "" and item.words.isdigit() and item.number in YEARS
    if not year or (item.number or 0) % 100 == 0 or not pieces.has(sign, "since", "before"):
        return False
    column = pieces.context.column(amount.column)
    return amount in (REVENUE, COST, PROFIT) or (column is not None and column.kind == "money")


def _is_plus_of_age(pieces: Pieces, place: int) -> bool:
    """*50-plussers*, and not *10+ contacten*."""
    if pieces.items[place].unit != "plus" or int(pieces.items[place].number or 0) not in AGES:
        return False
    return not is_counted(pieces, pieces.amount(place + 1))


def _is_plural_age(pieces: Pieces, place: int) -> bool:
    """*The under 35s*, of whom only the letter is left."""
    behind = pieces.items[place + 1 : place + 2]
    bare = pieces.items[place].unit == "" and int(pieces.items[place].number or 0) in AGES
    return bare and any(item.words == "s" for item in behind)


def _sign(pieces: Pieces, place: int) -> tuple[int | None, int | None]:
    """Where *more* stands before a number, and what is between: *hoger inkomen dan 60.000*."""

    timed = pieces.items[place].unit in _OF_TIME

    def compares(at: int) -> bool:
        of_length = not timed and " " in pieces.items[at].words
        return pieces.has(at, "more", "less", "at_least", "at_most", "equal") or (
            of_length and pieces.has(at, "longer", "shorter")
        )

    sign = pieces.next(place, compares, step=-1)
    if sign is not None or not pieces.has(place - 1, "than"):
        return sign, None
    named = pieces.next(place - 1, lambda at: pieces.amount(at) is not None, step=-1)
    sign = None if named is None else pieces.next(named, compares, step=-1)
    return sign, None if sign is None else named


def _bare(pieces: Pieces, place: int) -> bool:
    """*Met 2 directieleden*: a number beside what is counted, said as equal."""
    item = pieces.items[place]
    if (item.unit not in ("", "years") and item.number != 0) or item.ordinal:
        return False
    if _is_age(pieces, place):
        age = Compare(amount=AGE, operator="equal", value=pieces.items[place].number or 0.0)
        pieces.condition(place, place + 1, age)
        return True
    found = number_of_something(pieces, place)
    if found is None:
        return False
    amount, start, end = found
    value = pieces.items[place].number or 0.0
    pieces.condition(start, end, Compare(amount=amount, operator="equal", value=value))
    return True


def _is_age(pieces: Pieces, place: int) -> bool:
    """*Klanten van 67 jaar*, which tells how old they are."""
    item = pieces.items[place]
    of_clients = pieces.has(place - 1, "of") and pieces.has(place - 2, "clients")
    return item.unit == "years" and of_clients and int(item.number or 0) in AGES


def _measured(pieces: Pieces, first: int, last: int) -> tuple[Amount | None, list[int]]:
    """The amount that a comparison from `first` up to and with `last` is about."""
    whose = owned(pieces, first, last) or _of_a_month(pieces, first, last)
    if whose is not None:
        return whose
    number = next((at for at in (last, last - 1) if pieces.number(at)), last)
    behind = pieces.next(last, lambda at: _can_be(pieces, number, pieces.amount(at)))
    if behind is not None and _is_of_another(pieces, last, behind):
        behind = None
    if any(pieces.number(at, "hours") for at in range(first, last + 1)):
        # *Meer dan 10 uur gekost* is about hours, whatever the verb.
        return Amount(kind="hours"), [behind] if behind is not None else []
    if behind is not None and _may_be_age(pieces, first, last, behind):
        pieces.cost += _GUESSED
        return AGE, []
    if behind is not None and not pieces.has(behind - 1, "per", "by"):
        amount = pieces.amount(behind)
        own = amount is not None and amount.kind == "column" and pieces.has(first - 1, "yields")
        # *Hoeveel klanten betalen meer dan 150 premie*, of which the verb measures nothing.
        return amount, [behind, *((first - 1,) if own else ())]
    before = pieces.next(first, lambda at: _can_be(pieces, number, pieces.amount(at)), step=-1)
    if (
        before is not None
        and pieces.has(before, "most", "least")
        and _is_bare_age(pieces, first, last)
    ):
        # *De rijkste boven de zestig*.
        pieces.cost += _GUESSED
        return AGE, []
    if before is not None:
        pieces.cost += OTHER_QUESTION * _may_be_their_age(pieces, before, number)
        return pieces.amount(before), [before]
    shared = _shared_amount(pieces, last) or _amount_before(pieces, first, last)
    if shared is not None:
        return shared, []
    item = pieces.items[last if pieces.number(last) else last - 1]
    if is_money(item):
        pieces.cost += _GUESSED if item.unit == "" else 0.0
        # *Timmerlieden boven een halve ton*, where nobody brings as much.
        pieces.cost += OTHER_QUESTION * ((item.number or 0.0) > _most_revenue(pieces))
        return REVENUE, []
    if item.unit == "hours":
        return Amount(kind="hours"), []
    if _tells_an_age(pieces, item, last + 1):
        pieces.cost += _GUESSED if item.unit == "" else 0.0
        return AGE, []
    return None, []


def _tells_an_age(pieces: Pieces, item: Item, behind: int) -> bool:
    """Whether a number of nothing may be one of years; *meer dan honderd stuks* is not."""
    if item.unit not in ("years", "plus", "") or int(item.number or 0) not in AGES:
        return False
    known = any(each.role in ("age", "birth_date") for each in pieces.context.columns)
    return item.unit != "" or (known and not pieces.has(behind, "names"))


def _may_be_their_age(pieces: Pieces, place: int, number: int) -> bool:
    """*Directors under 45*, who are not so many."""
    amount, item = pieces.amount(place), pieces.items[number]
    column = pieces.context.column(amount.column) if amount is not None else None
    persons = column is not None and column.meaning in COUNTED_PERSONS
    return persons and item.unit == "" and int(item.number or 0) in AGES


def _most_revenue(pieces: Pieces) -> float:
    """What the largest client brings; no bound where nobody has an amount."""
    revenue = pieces.context.clients.revenue
    known = revenue[~np.isnan(revenue)] if revenue is not None else ()
    return float(max(known)) if len(known) else math.inf


def _of_a_month(pieces: Pieces, first: int, last: int) -> tuple[Amount, list[int]] | None:
    """*Pays more than 200 a month*, of a list with one amount a month: its premium."""
    unit = pieces.number(last + 1, "months") and pieces.items[last + 1].number == 1
    if not (unit or pieces.has(last + 1, "monthly")):
        return None
    if pieces.items[last].unit not in ("", "money"):
        return None
    columns = [
        each for each in pieces.context.columns
        if each.kind == "money" and tells_months(each.header)
    ]  # fmt: skip
    if len(columns) != 1:
        return None
    verb = pieces.next(first, lambda at: pieces.has(at, "yields"), step=-1)
    places = [last + 1, *(at for at in (verb,) if at is not None)]
    return Amount(kind="column", column=columns[0].name), places


def _can_be(pieces: Pieces, number: int, amount: Amount | None) -> bool:
    """Whether the amount can be so many of this unit: *directors with more than 2 ton*."""
    if amount is None or pieces.items[number].unit != "money":
        return amount is not None
    column = pieces.context.column(amount.column) if amount.kind == "column" else None
    return column is None or column.meaning not in COUNTED_PERSONS


def _shared_amount(pieces: Pieces, last: int) -> Amount | None:
    """*Minstens 20 en hoogstens 50 werknemers*: the amount that stands behind goes for both."""
    if not pieces.has(last + 1, "and", "or") or pieces.items[last].unit not in ("", "money"):
        return None
    sign = last + 2
    number = pieces.next(sign, pieces.number) if pieces.has(sign, *SIGNS) else None
    behind = None if number is None else number + 1
    if behind is None or pieces.items[number or 0].unit not in ("", "money"):
        return None
    return pieces.amount(behind)


def _amount_before(pieces: Pieces, first: int, last: int) -> Amount | None:
    """*Omzet meer dan 1000 en minder dan 2000*: what stands before goes for both."""
    told = next((pieces.filters[at] for at, end in pieces.ends.items() if end == first - 1), None)
    if not pieces.has(first - 1, "and") or not isinstance(told, Compare):
        return None
    number = pieces.items[last].number or 0.0
    may_be_age = int(number) in AGES and told.amount != AGE
    return None if may_be_age or pieces.items[last].unit not in ("", "money") else told.amount


def _is_of_another(pieces: Pieces, last: int, behind: int) -> bool:
    """Whether the amount behind one number has a number of its own.

    *Tussen 40 en 55 hebben een vermogen van meer dan 2 ton*, and not *meer dan 5 polissen, minder
    dan 3 uur*. Years and hours measure no money either.
    """
    amount = pieces.amount(behind)
    if pieces.items[last].unit in _OF_TIME and amount is not None and amount.kind not in _TIMED:
        return True
    bare = pieces.next(behind, pieces.number)
    if bare is not None and pieces.has(bare + 1, "or_more", "or_less"):
        # *Boven de tachtig met een inkomen van een ton of meer*.
        return True
    sign = pieces.next(behind, lambda at: pieces.has(at, *SIGNS))
    number = None if sign is None else pieces.next(sign, pieces.number)
    if number is None:
        # *Boven de tachtig met een inkomen van een ton of meer*.
        told = pieces.next(behind, pieces.number)
        return told is not None and pieces.has(told + 1, "or_more", "or_less")
    own_unit = pieces.items[number].unit in ("hours", "years", "plus")
    return not own_unit and pieces.amount(number + 1) is None


def _may_be_age(pieces: Pieces, first: int, last: int, behind: int) -> bool:
    """*Onder de dertig, brengt dat iets op*, *onder de 40 qua vermogen*: no number of euros."""
    apart = behind > last + 1 and pieces.has(behind - 1, "by")
    said_of = pieces.has(behind, "yields") or (
        apart and not is_counted(pieces, pieces.amount(behind))
    )
    return said_of and _is_bare_age(pieces, first, last)


def _is_bare_age(pieces: Pieces, first: int, last: int) -> bool:
    """*Onder de dertig*, *over the 60*: a number of nothing, with an article."""
    article = pieces.items[first].words.endswith((" de", " the")) or pieces.items[
        last - 1
    ].words in ("de", "the")
    number = pieces.items[last]
    bare = number.number is not None and number.unit == "" and int(number.number) in AGES
    return bare and article


def _value(pieces: Pieces, amount: Amount, place: int, unit: str = "") -> float:
    item = pieces.items[place]
    number = item.number or 0.0
    column = pieces.context.column(amount.column) if amount.column else None
    share = amount.kind == "margin" or (column is not None and _is_of_shares(pieces, column))
    if (item.unit or unit) == "percent" and not share:
        # *Meer dan 1% van mijn omzet* is a part of the whole, no amount.
        pieces.cost += OTHER_QUESTION
    return number / 100 if share and (item.unit or unit) == "percent" else number


def _is_of_shares(pieces: Pieces, column: Column) -> bool:
    """Whether the column holds percentages, or numbers that never are above 1."""
    if column.kind != "number":
        return column.kind == "percentage"
    values = pieces.context.clients.cells(column.name)
    return bool(values.notna().any() and 0 < values.max() <= 1)
