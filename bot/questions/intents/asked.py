"""What is asked of the clients that are meant: *hoeveel*, *gemiddelde*, *per*, *wie*, *oudste*."""

from bot.questions.conditions.periods import take_year_of
from bot.questions.conditions.tops import introduced
from bot.questions.conditions.values import OTHER_QUESTION, PROFIT, REVENUE
from bot.questions.intents.breakdowns import (
    Wish,
    each_of_several,
    grouped,
    names_clients,
    of_groups,
    top_of_each,
)
from bot.questions.intents.counting import counted_amount
from bot.questions.intents.listing import list_with_figures
from bot.questions.intents.measures import (
    ONE_CLIENT,
    asks_what,
    main_amount,
    measures_beside,
    take_contact_of,
    tells_it_of_each,
    tells_of_persons,
    top_of_one,
)
from bot.questions.intents.statistics import order_of_words, statistic_of_words, usual_statistic
from bot.questions.model import (
    Amount,
    Compare,
    Filter,
    Having,
    InTop,
    Is,
    Measure,
    Named,
    Order,
    Question,
    Statistic,
)
from bot.questions.pieces import Pieces
from bot.questions.shared import counts_clients
from bot.questions.words.item import asks_who

_LOSS = Compare(amount=PROFIT, operator="less", value=0)
_GAIN = Compare(amount=PROFIT, operator="more", value=0)
_WHAT = frozenset({"what", "wat"})
_RELATIVE = frozenset({"die", "who", "that", "with", "met"})


def asked(
    pieces: Pieces, filters: list[tuple[int, Filter]], group_by: Amount | str | None
) -> Question | None:
    """A count, a statistic, a breakdown, a list or an extreme: which of them the words ask for.

    None where they ask for none of these.
    """
    shares_clients = any(counts_clients(pieces, at) for at in pieces.places("share"))
    begins_with_clients = _begins_with_clients(pieces)
    describes = _begins_with_noun(pieces) and any(i.words in _RELATIVE for i in pieces.items)
    statistic = statistic_of_words(pieces)
    counted = pieces.places("how_much")
    most = order_of_words(pieces)
    # *Veel tijd maar weinig omzet* asks for two orders at once.
    pieces.cost += OTHER_QUESTION * bool(pieces.places("most") and pieces.places("least"))
    listed = bool(pieces.places("who")) or _asks_for_a_list(pieces) or _lists(pieces)
    listed = listed or (_is_ordered(pieces) and (begins_with_clients or _begins_with_noun(pieces)))
    ordered = _is_ordered(pieces)
    amount, own = main_amount(pieces)
    # *Zeg, hoeveel procent van de offertes wordt getekend*.
    is_part = statistic == "share" and amount == Amount(kind="conversion")
    listed = listed and not (is_part and not pieces.places("who"))
    most = _turned_by_a_loss(pieces, most, amount)
    # *De vijf duurste klanten qua kosten*, which says twice how they are ordered.
    tops = [each for _, each in filters if isinstance(each, InTop)]
    shown = ordered or tells_it_of_each(pieces)
    listed = listed or (shown and any(each.amount == amount for each in tops))
    listed = listed or _begins_with_those(pieces, filters)
    listed = listed or (pieces.listed is not None and most is not None)
    amount = counted_amount(pieces, filters, counted, amount)
    take_contact_of(pieces, amount)
    # *Worst 10 by profit overall*, of which nothing is added up.
    only_top = bool(filters) and all(isinstance(each, InTop) for _, each in filters)
    statistic = _fitting(statistic, amount, of_clients=bool(counted) or only_top)
    also = measures_beside(pieces, statistic)
    statistic, also = _with_two_statistics(pieces, amount, statistic, also)
    compared = [each.amount for _, each in filters if isinstance(each, Compare)]
    take_year_of(pieces, amount or next(iter(compared), None))
    conditions = tuple(each for _, each in filters)
    pieces.cost += OTHER_QUESTION * _loses_without(pieces)
    if group_by is None:
        group_by = each_of_several(pieces, filters, most)
    one_client = any(isinstance(each, Named) for each in conditions)
    asked_beside = {"also": also, "counted": pieces.counts_too and not one_client}
    if group_by is not None:
        # *Beroep van klant 12*: one client has no groups; and *welk deel van mijn klanten* goes by
        # how many they are.
        pieces.cost += OTHER_QUESTION * (
            (one_client and group_by != "level") or (shares_clients and amount is not None)
        )
        wish = Wish(amount, own, statistic, most)
        question = _grouped(pieces, filters, wish, group_by, counted)
        return question.model_copy(update=asked_beside)
    pieces.cost += OTHER_QUESTION * bool(also and (statistic == "share" or most is not None))
    if statistic == "share":
        return _share(pieces, None if shares_clients else amount, conditions)
    if amount is not None:
        conditions = (*conditions, *top_of_one(pieces))
    if statistic is None:
        table = list_with_figures(pieces, filters, amount, also, most, listed=listed)
        if table is not None:
            return table
    if statistic is not None or also or (counted and amount is not None):
        measured = _statistic_of(pieces, amount, statistic, conditions)
        return measured.model_copy(update=asked_beside) if measured is not None else None
    if counted and not (asks_who(pieces.items) and conditions):
        return Question(intent="count", filters=conditions)
    if most is not None:
        # *Who did I contact most last year* goes by no amount that is known here.
        silent = amount is None and own is None
        pieces.cost += OTHER_QUESTION * (silent and any(i.has("spoken") for i in pieces.items))
        # *Ben ik veel tijd kwijt aan klant 12*: one client has no order.
        pieces.cost += OTHER_QUESTION * one_client
        # *Oudste*, *langst niet gesproken*: a superlative of its own is of somebody.
        listed = listed or (amount is None and own is not None)
        return _extremes(pieces, most, amount or own, listed, conditions)
    if amount is not None and not listed:
        named = begins_with_clients or describes or tells_of_persons(pieces, amount)
        if named and not asks_what(pieces):
            # *Klanten met …* wants to see them, and what stands behind was not understood.
            pieces.cost += OTHER_QUESTION
        return _statistic_of(pieces, amount, None, conditions)
    more = [(len(pieces.items), each) for each in conditions[len(filters) :]]
    return _list(pieces, [*filters, *more], amount)


def _turned_by_a_loss(pieces: Pieces, order: Order | None, amount: Amount | None) -> Order | None:
    """*Op wie verlies ik het meest*: who brings the least profit."""
    loses = amount == PROFIT and any(item.has("loses", "deficit") for item in pieces.items)
    return "least" if loses and order == "most" else order


def _loses_without(pieces: Pieces) -> bool:
    """*Hoeveel ben ik kwijt zonder hem*, which asks what he brings."""
    return bool(pieces.places("loses")) and any(item.has("without") for item in pieces.items)


def _with_two_statistics(
    pieces: Pieces, amount: Amount | None, found: Statistic | None, also: tuple[Measure, ...]
) -> tuple[Statistic | None, tuple[Measure, ...]]:
    """*Mean and median income*: the first of both, and the other beside it."""
    pairs: tuple[tuple[Statistic, Statistic], ...] = (("mean", "median"), ("median", "mean"))
    for one, link, two in zip(pieces.items, pieces.items[1:], pieces.items[2:], strict=False):
        for first, second in pairs:
            told = one.has(first) and link.has("and") and two.has(second)
            if told and amount is not None and not also:
                return first, (Measure(amount=amount, statistic=second),)
    return found, also


def _grouped(
    pieces: Pieces,
    filters: list[tuple[int, Filter]],
    wish: Wish,
    group_by: Amount | str,
    counted: list[int],
) -> Question:
    """The figures of groups, or the first clients of each."""
    if wish.statistic is None and not pieces.also and not counted:
        of_each = top_of_each(pieces, filters, group_by, wish.amount or wish.own)
        if of_each is not None:
            return of_each
    if _lose_as_groups(pieces, filters, wish, counted):
        losing = Having(amount=PROFIT, operator="less", value=0)
        return Question(intent="breakdown", amount=PROFIT, statistic="total", group_by=group_by,
                        having=losing, order="least")  # fmt: skip
    question = grouped(pieces, wish, group_by, counted, of_groups(pieces, filters))
    kept = {"having": pieces.having, "bands": pieces.bands, "monthly": pieces.monthly}
    return question.model_copy(update=kept)


def _lose_as_groups(
    pieces: Pieces, filters: list[tuple[int, Filter]], wish: Wish, counted: list[int]
) -> bool:
    """*Which sectors lose me money*, of which nothing is said of clients."""
    told = [each for _, each in filters]
    asked = pieces.grouped_at is None and any(item.has("which") for item in pieces.items)
    measured = wish.amount or wish.own or wish.statistic or wish.order or counted
    return asked and told == [_LOSS] and not measured and not pieces.places("clients")


def _fitting(
    statistic: Statistic | None, amount: Amount | None, *, of_clients: bool
) -> Statistic | None:
    """What is said of how to measure, where that goes with the amount."""
    if amount is None:
        # *Hoeveel klanten samen*.
        return None if statistic == "total" and of_clients else statistic
    # A conversion is a share by itself, and so are the costs as a part of the revenue.
    is_share = amount.per is not None or amount.kind in ("conversion", "margin")
    if statistic == "total" and amount.kind in ("revenue_per_hour", "profit_per_hour",
                                                "conversion", "margin"):  # fmt: skip
        # *Overall conversion*: ratios do not add up.
        return "mean"
    return None if statistic == "share" and is_share else statistic


def _share(
    pieces: Pieces, amount: Amount | None, conditions: tuple[Filter, ...]
) -> Question | None:
    pieces.take(*pieces.places("makes_up"))
    single = top_of_one(pieces)
    if single:
        amount = amount or REVENUE
    conditions = (*conditions, *single)
    if not conditions:
        return None
    return Question(intent="statistic", statistic="share", amount=amount, filters=conditions)


def _statistic_of(
    pieces: Pieces,
    amount: Amount | None,
    statistic: Statistic | None,
    conditions: tuple[Filter, ...],
) -> Question | None:
    if amount is None:
        return None
    how = statistic or usual_statistic(amount, pieces)
    return Question(intent="statistic", statistic=how, amount=amount, filters=conditions)


def _asks_for_a_list(pieces: Pieces) -> bool:
    """*Geef*, *toon*, *wat zijn mijn beste klanten*; *wat zijn mijn kosten* asks for a figure."""
    for place in pieces.places("list"):
        what = pieces.items[place].words.split()[0] in _WHAT
        measured = pieces.next(place, lambda at: pieces.amount(at) is not None) if what else None
        if measured is None or pieces.has(measured, "most", "least"):
            return True
    return False


def _begins_with_those(pieces: Pieces, filters: list[tuple[int, Filter]]) -> bool:
    """*De 25 die de meeste polissen hebben*, *de vijf waar ik het meeste aan verdien*."""
    if not filters or not isinstance(filters[0][1], InTop):
        return False
    start = filters[0][0]
    before, behind = pieces.items[:start], pieces.items[start + 1 : start + 2]
    told = any(item.words in (*_RELATIVE, "waar", "whose") for item in behind)
    return told and all(item.has("skip", "list") for item in before)


def _begins_with_clients(pieces: Pieces) -> bool:
    first = next((at for at in range(len(pieces.items))
                  if pieces.has(at, "clients") or pieces.amount(at) is not None), None)  # fmt: skip
    return first is not None and pieces.has(first, "clients")


def _begins_with_noun(pieces: Pieces) -> bool:
    """*Tandartsen met personeel, gesorteerd op winst*."""
    first = min(pieces.filters, default=None)
    amounts = [at for at in range(len(pieces.items)) if pieces.amount(at) is not None]
    return first is not None and isinstance(pieces.filters[first], Is) and first < min(
        amounts, default=0
    )  # fmt: skip


def _lists(pieces: Pieces) -> bool:
    """*Welke klanten*; *bedrijven met personeel, gesorteerd op omzet*: figures have no order."""
    if pieces.places("sorts") and (pieces.filters or pieces.places("clients")):
        return True
    for place in pieces.places("which"):
        behind = [item for item in pieces.items[place + 1 : place + 3] if item.number is None]
        if behind and names_clients(behind[0]):
            return True
    return False


def _extremes(
    pieces: Pieces,
    order: Order,
    amount: Amount | None,
    listed: bool,
    conditions: tuple[Filter, ...],
) -> Question | None:
    clients = [pieces.items[at].words for at in pieces.places("clients")]
    pieces.take(*pieces.places("most", "least"))
    if not listed and not clients and amount is not None and not conditions:
        statistic: Statistic = "highest" if order == "most" else "lowest"
        return Question(intent="statistic", statistic=statistic, amount=amount)
    one = any(word in ONE_CLIENT for word in clients)
    return Question(
        intent="clients",
        amount=amount or REVENUE,
        filters=conditions,
        order=order,
        limit=1 if one else None,
    )


def _is_ordered(pieces: Pieces) -> bool:
    """*Klanten in Soest op uren*."""
    return any(pieces.amount(at + 1) is not None for at in pieces.places("by"))


def _list(
    pieces: Pieces, filters: list[tuple[int, Filter]], amount: Amount | None
) -> Question | None:
    """A list of clients. A single top in it is its length, unless it says whom it is about."""
    conditions = tuple(each for _, each in filters)
    if not conditions and not (amount is not None and pieces.places("by")):
        return None
    tops = [(at, each) for at, each in filters if isinstance(each, InTop)]
    if len(tops) == 1 and not tops[0][1].negated and tops[0][1].size is not None:
        place, top = tops[0]
        others = tuple(each for each in conditions if each is not top)
        if not others or not introduced(pieces, place):
            return Question(
                intent="clients",
                amount=top.amount,
                filters=(*top.among, *others),
                order=top.order,
                limit=top.size,
            )
    named = tuple(each for each in conditions if isinstance(each, Named))
    if named:
        # What is known of one client is no list; *is 11326 winstgevend* asks for his profit.
        told = len(named) == 1 and set(conditions) - {*named} in ({_LOSS}, {_GAIN})
        return _statistic_of(pieces, PROFIT, "total", named) if told else None
    if amount is None and _LOSS in conditions:
        # *Wie kost meer dan hij oplevert*: the largest loss first.
        return Question(intent="clients", amount=PROFIT, filters=conditions, order="least")
    return Question(intent="clients", amount=amount or REVENUE, filters=conditions)
