"""Readings of *what if*."""

from collections.abc import Sequence

from bot.questions.changed_costs import by_a_part, by_the_hour
from bot.questions.conditions import OTHER_QUESTION, PROFIT, REVENUE, read_levels
from bot.questions.items import DOUBTFUL, Item
from bot.questions.joining import joined
from bot.questions.model import AtLevel, Change, Filter, InTop, Is, Named, Order, Question
from bot.questions.pieces import Context, Pieces
from bot.questions.shared import Scored, kind_at, leftover, read_filters, with_other_clients

_BY = frozenset({"met", "by", "extra"})
_ARTICLES = frozenset({"de", "het", "een", "alle", "hele", "the", "a", "all", "my", "mijn", "in",
                       "uit", "from"})  # fmt: skip
BY_NAME = Question(
    intent="what_if", change=Change(kind="client_leaves"), filters=(Named(client=""),)
)


def what_if(items: Sequence[Item], context: Context) -> list[Scored]:
    pieces = Pieces(items, context)
    if not pieces.places("what_if"):
        return []
    pieces.take(*pieces.places("what_if"))
    rules = (_rate, by_the_hour, by_a_part, _otherwise, _hours_to_focus, _leaves)
    for rule in rules:
        found = rule(pieces)
        if found:
            return found
    return []


def _rate(pieces: Pieces) -> list[Scored]:
    charge, hourly = pieces.places("charge"), pieces.places("per_hour")
    numbers = [at for at in range(len(pieces.items)) if pieces.number(at, "", "money")]
    tariff = any(pieces.items[at].words.startswith(("uurt", "uurp", "hourly")) for at in charge)
    if len(numbers) != 1 or not charge:
        return []
    cost = 0.0 if hourly or tariff else 0.4
    number = pieces.items[numbers[0]].number
    if numbers[0] and pieces.items[numbers[0] - 1].words in _BY:
        # *Met 10 euro verhoog* tells a step, not where it ends.
        cost = OTHER_QUESTION
    pieces.take(*charge, *hourly, *numbers, *pieces.places("hour", "than"))
    pieces.take(*[at for at in range(len(pieces.items)) if kind_at(pieces, at) == "hours"])
    question = Question(intent="what_if", change=Change(kind="rate_per_hour", number=number))
    return [(cost + leftover(pieces), question)]


def _otherwise(pieces: Pieces) -> list[Scored]:
    half = any(_is_part_of_hours(pieces, at) for at in range(len(pieces.items)))
    if not pieces.places("otherwise") and not (half and pieces.places("spend")):
        return []
    share = _hours_kept(pieces)
    pieces.take(*pieces.places("otherwise", "spend"))
    for place in pieces.places("bottom"):
        if pieces.has(place + 1, "level"):
            # *De onderste groep*.
            pieces.condition(place, place + 2, AtLevel(level="C"))
    read_filters(pieces)
    filters, _ = joined(pieces)
    whom = tuple(each for _, each in filters)
    # Where nobody is named, level C is offered.
    cost = pieces.cost + (0.0 if whom else OTHER_QUESTION)
    if whom == (AtLevel(level="C"),):
        whom = ()
    # *Hoeveel tijd win ik dan*, which the answer tells.
    hours = [at for at in range(len(pieces.items)) if kind_at(pieces, at) == "hours"]
    pieces.take(*hours, *pieces.places("how_much"))
    change = Change(kind="serve_otherwise", share=share)
    return [(cost + leftover(pieces), Question(intent="what_if", change=change, filters=whom))]


def _hours_kept(pieces: Pieces) -> float | None:
    """*10% minder uren* leaves nine tenths of them; *de helft van de uren* is that half."""
    for place, item in enumerate(pieces.items):
        if pieces.number(place, "percent") and 0 < (item.number or 0.0) <= 100:
            behind = [at for at in (place + 1, place + 2) if at < len(pieces.items)]
            less = any(pieces.items[at].has("otherwise", "less") for at in behind)
            if not (less or item.has("otherwise") or _is_part_of_hours(pieces, place)):
                continue
            pieces.take(place)
            part = (item.number or 0.0) / 100
            return 1 - part if less else part
    return None


def _is_part_of_hours(pieces: Pieces, place: int) -> bool:
    """*De helft van de uren*."""
    hours = pieces.next(place, lambda at: kind_at(pieces, at) == "hours")
    return pieces.number(place, "percent") and hours is not None


def _hours_to_focus(pieces: Pieces) -> list[Scored]:
    hours = [at for at in range(len(pieces.items)) if pieces.number(at, "hours")]
    if len(hours) != 1 or not pieces.places("spend"):
        return []
    number = pieces.items[hours[0]].number
    pieces.take(*hours, *pieces.places("spend"))
    read_levels(pieces)
    cost = 0.0 if any(each.type == "level" and each.level == "A"
                      for each in pieces.filters.values()) else 0.5  # fmt: skip
    pieces.take(*pieces.places("top", "most", "more"))
    question = Question(intent="what_if", change=Change(kind="hours_to_focus", number=number))
    return [(cost + leftover(pieces), question)]


def _leaves(pieces: Pieces) -> list[Scored]:
    if not pieces.places("leaves"):
        return []
    pieces.take(*pieces.places("leaves"))
    others = read_filters(pieces)
    for place in pieces.places("top", "most", "bottom"):
        # *Mijn grootste klant*: a top of one.
        order: Order = "least" if pieces.has(place, "bottom") else "most"
        pieces.condition(place, place + 1, InTop(amount=REVENUE, size=1, order=order))
    filters, _ = joined(pieces)
    if not filters:
        return _leaves_by_name(pieces)
    # *Hoeveel omzet missen we als*, of which the answer tells both.
    asked = [at for at in range(len(pieces.items)) if pieces.amount(at) in (REVENUE, PROFIT)]
    pieces.take(*pieces.places("how_much", "unfilled"), *asked)
    change = Change(kind="client_leaves")
    profit = PROFIT if any(pieces.items[at].concepts[0].amount == PROFIT for at in asked) else None
    question = Question(
        intent="what_if",
        change=change,
        amount=profit,
        filters=tuple(each for _, each in filters),
    )
    cost = pieces.cost + leftover(pieces)
    named = [(cost + 0.1, BY_NAME)] if _may_be_a_name(pieces, filters) else []
    return [(cost, question), *with_other_clients(question, others, cost), *named]


def _leaves_by_name(pieces: Pieces) -> list[Scored]:
    """*Wat als Jansen weggaat*: no name is known here, so that the number is asked for."""
    unknown = [at for at, item in enumerate(pieces.items)
               if not item.known or item.cost >= DOUBTFUL]  # fmt: skip
    between = pieces.items[unknown[0] : unknown[-1]] if unknown else ()
    if not unknown or any(item.has("leaves") and item.cost < DOUBTFUL for item in between):
        return []
    pieces.take(*unknown)
    return [(pieces.cost + leftover(pieces), BY_NAME)]


def _may_be_a_name(pieces: Pieces, filters: list[tuple[int, Filter]]) -> bool:
    """*Bakker*, a value of the list, where neither an article nor a plural makes it a group."""
    place, condition = filters[0]
    if len(filters) != 1 or not isinstance(condition, Is):
        return False
    before = pieces.items[place - 1].words if place else ""
    many = pieces.items[place].words.endswith(("s", "en"))
    said = condition.values in (("yes",), ("no",)) or before in _ARTICLES
    return not said and not many
