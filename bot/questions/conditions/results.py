"""Which clients: what they bring beside what they cost, and what became of their proposals."""

from bot.questions.conditions.values import COST, PROFIT, REVENUE
from bot.questions.model import Amount, Compare, Filled, Is, Operator
from bot.questions.pieces import Pieces

_FIGURES = ("mean", "median", "total", "share", "per", "compare")
# *In de min*, *in the red*: below nothing.
_BELOW = frozenset({"min", "rood", "red"})


def read_results(pieces: Pieces) -> None:
    """*Wie kost meer dan hij oplevert*, *winstgevende klanten*, *wie levert niets op*."""
    _read_one_beyond_the_other(pieces)
    for place in range(len(pieces.items)):
        measured = _said_to_be_negative(pieces, place)
        if measured is not None:
            below = Compare(amount=measured[1], operator="less", value=0.0)
            pieces.condition(measured[0], place + 1, below)
        elif pieces.has(place, "loss", "gain") or _is_loss_on_clients(pieces, place):
            operator: Operator = "more" if pieces.has(place, "gain") else "less"
            condition = Compare(amount=PROFIT, operator=operator, value=0.0)
            pieces.condition(place, place + 1, condition)
        elif pieces.amount(place) == PROFIT and (start := _brought(pieces, place)) is not None:
            condition = Compare(amount=PROFIT, operator="more", value=0.0)
            pieces.condition(start, place + 1, condition)
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


def _is_loss_on_clients(pieces: Pieces, place: int) -> bool:
    """*Op welke klanten maak ik verlies*, which asks who they are."""
    if not pieces.has(place, "deficit") or pieces.places(*_FIGURES, "how_much", "most", "least"):
        return False
    return any(
        pieces.has(at + 1, "clients") or isinstance(_condition(pieces, at + 1), Is)
        for at in pieces.places("which")
        if at < place
    )


def _condition(pieces: Pieces, place: int) -> object:
    concept = pieces.concept(place) if place < len(pieces.items) else None
    return None if concept is None else concept.condition


def _brought(pieces: Pieces, place: int) -> int | None:
    """Where the verb stands of *wie kreeg korting en leverde toch winst op*, of clients."""
    verb = place - 1
    while pieces.has(verb, "skip") and pieces.amount(verb) is None:
        verb -= 1
    ends = place + 1 == len(pieces.items) or pieces.has(place + 1, "and")
    if not ends or not pieces.has(verb, "yields") or not pieces.has(verb - 1, "and", "who"):
        return None
    counted = all(pieces.has(at + 1, "clients") for at in pieces.places("how_much"))
    figures = pieces.places(*_FIGURES, "most", "least")
    return verb if counted and not figures and pieces.places("who", "clients") else None


def _said_to_be_negative(pieces: Pieces, place: int) -> tuple[int, Amount] | None:
    """*De omzet is negatief*, *staat de omzet in de min*: where the amount stands, and which."""
    words = pieces.items[place].words.split()
    if not (pieces.has(place, "negative") or (pieces.has(place, "loss") and words[-1] in _BELOW)):
        return None
    before = pieces.next(place, lambda at: pieces.amount(at) is not None, step=-1)
    amount = None if before is None else pieces.amount(before)
    return None if before is None or amount is None else (before, amount)


def read_offers(pieces: Pieces) -> None:
    """*Een offerte gehad maar niets getekend*: who they are, and not how many offers."""
    deals = [each for each in pieces.context.columns if each.role == "deals"]
    proposals = [
        at for at in range(len(pieces.items))
        if (amount := pieces.amount(at)) is not None and _role(pieces, amount) == "proposals"
    ]  # fmt: skip
    none = pieces.places("neg", "nothing")
    # *Never closed a deal*, *sloten nooit een deal*.
    agreed = [at for at in pieces.places("agreed") if none and at >= none[0] - 1]
    if not agreed and not pieces.places(*_FIGURES, "most", "least"):
        # *Who got a proposal but no deal*.
        agreed = [
            at for at in range(1, len(pieces.items))
            if _role(pieces, pieces.amount(at)) == "deals" and pieces.has(at - 1, "neg")
            and pieces.has(at - 2, "and")
        ]  # fmt: skip
    if len(deals) != 1 or not agreed or not proposals:
        return
    if any(pieces.next(at, lambda each: each in proposals) for at in pieces.places("how_much")):
        return
    pieces.condition(agreed[0], agreed[0] + 1, Filled(column=deals[0].name, negated=True))
    pieces.take(none[0])
    deal = pieces.next(
        max(agreed[0], none[0]), lambda at: _role(pieces, pieces.amount(at)) == "deals"
    )
    pieces.take(*([] if deal is None else [deal]))
    concept = pieces.concept(proposals[0])
    numbered = any(pieces.number(at) for at in range(proposals[0] - 2, proposals[0]))
    if concept is not None and not numbered:
        offered = Filled(column=concept.column)
        pieces.condition(proposals[0], proposals[0] + 1, offered)


def _role(pieces: Pieces, amount: Amount | None) -> str:
    column = pieces.context.column(amount.column) if amount else None
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
