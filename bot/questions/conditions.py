"""Which clients: the rules that take conditions from a question."""

from analysis.values.words import yes_or_no
from bot.questions.lexicon import Concept
from bot.questions.model import (
    Amount,
    AtLevel,
    Compare,
    Filled,
    Filter,
    Is,
    Named,
    Operator,
)
from bot.questions.own_words import values_of
from bot.questions.pieces import Pieces

REVENUE = Amount(kind="revenue")
COST = Amount(kind="cost")
PROFIT = Amount(kind="profit")
AGE = Amount(kind="age")
_FROM_NOTHING = frozenset({"revenue", "cost", "hours", "contacts"})
AGES = range(16, 111)
OTHER_QUESTION = 0.9
"""What it costs where the words rather ask for something else: too much to be sure."""
_GUESSED = 0.3
_MORE: tuple[tuple[str, Operator], ...] = (
    ("at_least", "at_least"),
    ("at_most", "at_most"),
    ("more", "more"),
    ("less", "less"),
    ("equal", "equal"),
)


def read_levels(pieces: Pieces) -> None:
    """*Niveau A*, *B-klanten*."""
    for place, item in enumerate(pieces.items):
        if item.words not in ("a", "b", "c"):
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


def read_clients(pieces: Pieces) -> list[tuple[int, int, str]]:
    """One client by number. Returns what else it could be: begin, end, and the other client.

    A small number may be his number in the list or his place among the largest.
    """
    others = []
    for place in range(len(pieces.items)):
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
        pieces.condition(place, at + 1, Named(client=chosen or written))
        other = known if chosen == placed else placed
        if other and other != chosen:
            others.append((place, at + 1, other))
    return others


def read_comparisons(pieces: Pieces) -> None:
    """*Meer dan 2 ton vermogen*, *ouder dan 50*, *tussen 40 en 60 jaar*, *50-plussers*."""
    for place in range(len(pieces.items)):
        if pieces.has(place, "only_one") and (amount := pieces.amount(place + 1)) is not None:
            one = Compare(amount=amount, operator="equal", value=1)
            pieces.condition(place, place + 2, one)
        elif pieces.number(place):
            _between(pieces, place) or _signed(pieces, place) or _bare(pieces, place)


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
    if pieces.items[place].unit == "plus":
        own = AGE
    amount, places = (own, []) if own is not None else _measured(pieces, first, last)
    if amount is None:
        return False
    if own is not None and pieces.amount(last + 1) == own:
        places.append(last + 1)
    value = _value(pieces, amount, place)
    negation = pieces.negation(first)
    if negation is not None:
        turned: dict[Operator, Operator] = {"more": "at_most", "less": "at_least"}
        operator = turned.get(operator, operator)
        places.append(negation)
    pieces.condition(first, last + 1, Compare(amount=amount, operator=operator, value=value))
    pieces.take(*places)
    return True


def _sign(pieces: Pieces, place: int) -> tuple[int | None, int | None]:
    """Where *more* stands before a number, and what is between: *hoger inkomen dan 60.000*."""

    def compares(at: int) -> bool:
        return pieces.has(at, "more", "less", "at_least", "at_most", "equal")

    sign = pieces.next(place, compares, step=-1)
    if sign is not None or not pieces.has(place - 1, "than"):
        return sign, None
    named = pieces.next(place - 1, lambda at: pieces.amount(at) is not None, step=-1)
    sign = None if named is None else pieces.next(named, compares, step=-1)
    return sign, None if sign is None else named


def _bare(pieces: Pieces, place: int) -> bool:
    """*Met 2 directieleden*: a number beside what is counted, said as equal."""
    if pieces.items[place].unit not in ("", "years") or pieces.items[place].ordinal:
        return False
    if _is_age(pieces, place):
        age = Compare(amount=AGE, operator="equal", value=pieces.items[place].number or 0.0)
        pieces.condition(place, place + 1, age)
        return True
    amount = pieces.amount(place + 1)
    introduced = pieces.next(place, lambda at: pieces.has(at, "present"), step=-1)
    if amount is None or amount.kind in ("revenue", "hours", "cost", "profit"):
        return False
    if introduced is None and amount.kind != "age" and not pieces.has(place - 1, "present"):
        return False
    value = pieces.items[place].number or 0.0
    pieces.condition(place, place + 2, Compare(amount=amount, operator="equal", value=value))
    return True


def _is_age(pieces: Pieces, place: int) -> bool:
    """*Klanten van 67 jaar*, which tells how old they are."""
    item = pieces.items[place]
    of_clients = pieces.has(place - 1, "of") and pieces.has(place - 2, "clients")
    return item.unit == "years" and of_clients and int(item.number or 0) in AGES


def _measured(pieces: Pieces, first: int, last: int) -> tuple[Amount | None, list[int]]:
    """The amount that a comparison from `first` up to and with `last` is about."""
    behind = pieces.next(last, lambda at: pieces.amount(at) is not None)
    if any(pieces.number(at, "hours") for at in range(first, last + 1)):
        # *Meer dan 10 uur gekost* is about hours, whatever the verb.
        return Amount(kind="hours"), [behind] if behind is not None else []
    if behind is not None and _may_be_age(pieces, first, last, behind):
        pieces.cost += _GUESSED
        return AGE, []
    if behind is not None and not pieces.has(behind - 1, "per", "by"):
        return pieces.amount(behind), [behind]
    before = pieces.next(first, lambda at: pieces.amount(at) is not None, step=-1)
    if before is not None:
        return pieces.amount(before), [before]
    item = pieces.items[last if pieces.number(last) else last - 1]
    number = item.number or 0.0
    if item.unit == "money":
        return REVENUE, []
    if item.unit == "hours":
        return Amount(kind="hours"), []
    if item.unit in ("years", "plus") or (item.unit == "" and int(number) in AGES):
        if item.unit == "":
            pieces.cost += _GUESSED
        return AGE, []
    return None, []


def _may_be_age(pieces: Pieces, first: int, last: int, behind: int) -> bool:
    """*Onder de dertig, brengt dat iets op*: no number of euros."""
    article = pieces.items[first].words.endswith((" de", " the")) or pieces.items[
        last - 1
    ].words in ("de", "the")
    number = pieces.items[last]
    bare = number.number is not None and number.unit == "" and int(number.number) in AGES
    return bare and article and pieces.has(behind, "yields")


def _value(pieces: Pieces, amount: Amount, place: int, unit: str = "") -> float:
    item = pieces.items[place]
    number = item.number or 0.0
    column = pieces.context.column(amount.column) if amount.column else None
    share = amount.kind == "margin" or (column is not None and column.kind == "percentage")
    if (item.unit or unit) == "percent" and not share:
        # *Meer dan 1% van mijn omzet* is a part of the whole, no amount.
        pieces.cost += OTHER_QUESTION
    return number / 100 if share and (item.unit or unit) == "percent" else number


def read_results(pieces: Pieces) -> None:
    """*Wie kost meer dan hij oplevert*, *winstgevende klanten*, *wie levert niets op*."""
    _read_one_beyond_the_other(pieces)
    for place in range(len(pieces.items)):
        if pieces.has(place, "loss", "gain"):
            operator: Operator = "less" if pieces.has(place, "loss") else "more"
            condition = Compare(amount=PROFIT, operator=operator, value=0.0)
            pieces.condition(place, place + 1, condition)
        elif pieces.has(place, "negative") and (amount := pieces.amount(place + 1)) is not None:
            condition = Compare(amount=amount, operator="less", value=0.0)
            pieces.condition(place, place + 2, condition)
        elif pieces.has(place, "nothing") and _is_of_yield(pieces, place):
            no_revenue, no_profit = (
                Compare(amount=amount, operator="at_most", value=0) for amount in (REVENUE, PROFIT)
            )
            pieces.condition(place, place + 1, no_revenue)
            pieces.take(*pieces.places("yields"))
            pieces.either.append((no_revenue, no_profit))


def read_offers(pieces: Pieces) -> None:
    """*Een offerte gehad maar niets getekend*: who they are, and not how many offers."""
    deals = [each for each in pieces.context.columns if each.role == "deals"]
    proposals = [
        at for at in range(len(pieces.items))
        if (amount := pieces.amount(at)) is not None and _role(pieces, amount) == "proposals"
    ]  # fmt: skip
    none = pieces.places("neg", "nothing")
    agreed = [at for at in pieces.places("agreed") if none and at > none[0]]
    if len(deals) != 1 or not agreed or not proposals:
        return
    if any(pieces.next(at, lambda each: each in proposals) for at in pieces.places("how_much")):
        return
    pieces.condition(agreed[0], agreed[0] + 1, Filled(column=deals[0].name, negated=True))
    pieces.take(none[0])
    concept = pieces.concept(proposals[0])
    if concept is not None:
        offered = Filled(column=concept.column)
        pieces.condition(proposals[0], proposals[0] + 1, offered)


def _role(pieces: Pieces, amount: Amount) -> str:
    column = pieces.context.column(amount.column)
    return "" if column is None else column.role


def _read_one_beyond_the_other(pieces: Pieces) -> None:
    """*Meer kosten dan ze opbrengen*, *leveren minder op dan ze kosten*."""
    for than in range(len(pieces.items)):
        if not pieces.items[than].has("than", "more", "less") or not pieces.is_free(than):
            continue
        first = pieces.next(than, lambda at: pieces.amount(at) is not None, step=-1)
        second = pieces.next(than, lambda at: pieces.amount(at) is not None)
        if first is None or second is None:
            continue
        sides = (pieces.amount(first), pieces.amount(second))
        if set(sides) != {REVENUE, COST}:
            continue
        signs = [
            at for at in range(max(0, first - 2), second)
            if pieces.has(at, "more", "less") and (at == than or pieces.items[than].has("than"))
        ]  # fmt: skip
        if not signs:
            continue
        more = pieces.has(signs[0], "more")
        loses = more == (sides[0] == COST)
        start = min(first, signs[0])
        pieces.condition(start, second + 1, Compare(amount=PROFIT, operator="less" if loses
                                                    else "more", value=0.0))  # fmt: skip
        return


def _is_of_yield(pieces: Pieces, place: int) -> bool:
    """*Leveren niets op*, and not *hebben niets getekend*."""
    return bool(pieces.places("yields")) or " " in pieces.items[place].words


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
    areas = values_of(pieces.context.clients.table[column.name])
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
            value: yes_or_no(value) for value in values_of(pieces.context.clients.table[column])
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
