"""Readings of *what if*."""

from collections.abc import Callable, Sequence

from bot.questions.conditions.joining import joined
from bot.questions.conditions.values import OTHER_QUESTION, PROFIT, REVENUE, read_levels
from bot.questions.intents.changed_costs import by_a_part, by_the_hour
from bot.questions.intents.rates import names_a_rate, rate, rate_step
from bot.questions.model import AnyOf, AtLevel, Change, Filter, InTop, Is, Named, Order, Question
from bot.questions.pieces import Context, Pieces
from bot.questions.shared import Scored, kind_at, leftover, read_filters, with_other_clients
from bot.questions.words.item import Item
from bot.questions.words.items import DOUBTFUL

_ARTICLES = frozenset({"de", "het", "een", "alle", "hele", "the", "a", "all", "my", "mijn", "in",
                       "uit", "from"})  # fmt: skip
BY_NAME = Question(
    intent="what_if", change=Change(kind="client_leaves"), filters=(Named(client=""),)
)


Rules = tuple[Callable[[Pieces], list[Scored]], ...]


def what_if(items: Sequence[Item], context: Context) -> list[Scored]:
    """With the words for it, or where nothing else can be meant: *10236 vertrekt*."""
    pieces = Pieces(items, context)
    rules: Rules = (rate_step, rate, by_the_hour, by_a_part, _otherwise, _hours_to_focus, _leaves)
    if not pieces.places("what_if"):
        rules = _rules_without_if(pieces)
    pieces.take(*pieces.places("what_if"))
    for rule in rules:
        found = rule(pieces)
        if found:
            return found
    return []


def _rules_without_if(pieces: Pieces) -> Rules:
    if names_a_rate(pieces):
        return (rate,)
    if pieces.places("moment") and pieces.places("otherwise") and not pieces.places("who", "per"):
        # *What would it yield me when I help them in half the time*.
        return (_otherwise,)
    gone, asked = pieces.places("leaves"), pieces.places("who", "per")
    named = any(pieces.has(at, "client") or _is_client(pieces, at)
                for at in range(len(pieces.items)))  # fmt: skip
    # *Is klant 12 weg* asks for what has happened.
    asked += [0] if any(i.has("verb") or i.words == "did" for i in pieces.items[:1]) else []
    if named and not asked and any(not pieces.has(at, "loses") for at in gone):
        return (_leaves,)
    without = pieces.places("without")
    if without and not asked and pieces.places("loses"):
        # *Hoeveel ben ik kwijt zonder mijn top 5*.
        pieces.take(*without)
        return (_leaves,)
    return ()


def _is_client(pieces: Pieces, place: int) -> bool:
    concept = pieces.concept(place)
    return concept is not None and isinstance(concept.condition, Named)


def _otherwise(pieces: Pieces) -> list[Scored]:
    parts = [at for at in range(len(pieces.items)) if _is_part_of_hours(pieces, at)]
    half = any(pieces.places("spend") or pieces.has(at + 1, "less") for at in parts)
    fewer_each = any(_is_an_hour(pieces, at) for at in range(len(pieces.items)))
    spent = half or (fewer_each and pieces.places("less")) or _is_cut(pieces)
    if not pieces.places("otherwise") and not spent:
        return []
    share = _hours_kept(pieces)
    fewer = None if share is not None else _hours_fewer(pieces)
    pieces.take(*pieces.places("otherwise", "spend", "falls"))
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
    asked = [at for at in range(len(pieces.items))
             if kind_at(pieces, at) in ("hours", "revenue", "profit")]  # fmt: skip
    # *Als ik ze in minder tijd help*, which asks for no help.
    pieces.take(*asked, *pieces.places("how_much", "less", "moment", "show:help"))
    change = Change(kind="serve_otherwise", share=share, number=fewer)
    return [(cost + leftover(pieces), Question(intent="what_if", change=change, filters=whom))]


def _is_cut(pieces: Pieces) -> bool:
    """*Cut the time on retired people by 25%*: fewer hours, by a part of them."""
    hours = any(kind_at(pieces, at) == "hours" for at in range(len(pieces.items)))
    percents = [at for at in range(len(pieces.items)) if pieces.number(at, "percent")]
    return hours and len(percents) == 1 and bool(pieces.places("falls"))


def _hours_kept(pieces: Pieces) -> float | None:
    """*10% minder uren* leaves nine tenths of them; *de helft van de uren* is that half."""
    for place, item in enumerate(pieces.items):
        if pieces.number(place, "percent") and 0 < (item.number or 0.0) <= 100:
            behind = [at for at in (place + 1, place + 2) if at < len(pieces.items)]
            less = any(pieces.items[at].has("otherwise", "less") for at in behind)
            less = less or (_is_cut(pieces) and not pieces.has(place - 1, "until", "before"))
            if not (
                less or _is_cut(pieces) or item.has("otherwise") or _is_part_of_hours(pieces, place)
            ):
                continue
            pieces.take(place)
            part = (item.number or 0.0) / 100
            return 1 - part if less else part
    return None


def _hours_fewer(pieces: Pieces) -> float | None:
    """*Aan elke gepensioneerde een uur minder*: hours that each of them gets less."""
    places = [at for at in range(len(pieces.items)) if _is_an_hour(pieces, at)]
    less = [at for at in pieces.places("less", "otherwise") if at not in places]
    if len(places) != 1 or not less:
        return None
    each = pieces.places("per", "each", "mean")
    if not each:
        # Of all of them together, or of each?
        pieces.cost += OTHER_QUESTION
    pieces.take(*places, *less, *each)
    return pieces.items[places[0]].number or 1.0


def _is_an_hour(pieces: Pieces, place: int) -> bool:
    """*Twee uur*; *een uur* tells a rate elsewhere."""
    words = " ".join(item.words for item in pieces.items[max(0, place - 1) : place + 1])
    one = pieces.is_free(place) and words.endswith(("een uur", "an hour", "one hour"))
    return pieces.number(place, "hours") or one


def _is_part_of_hours(pieces: Pieces, place: int) -> bool:
    """*De helft van de uren*, *20 percent less of my time*."""
    last = place + 1 if pieces.has(place + 1, "less") else place
    hours = pieces.next(last, lambda at: kind_at(pieces, at) == "hours")
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
    if not pieces.places("leaves", "loses"):
        return []
    pieces.take(*pieces.places("leaves", "loses", "soon", "next_year", "next_month", "coming_year"))
    others = read_filters(pieces)
    for place in pieces.places("top", "most", "bottom"):
        # *Mijn grootste klant*: a top of one.
        order: Order = "least" if pieces.has(place, "bottom") else "most"
        pieces.condition(place, place + 1, InTop(amount=REVENUE, size=1, order=order))
    filters, _ = joined(pieces)
    if not filters:
        return _leaves_by_name(pieces)
    told = [each for _, each in filters]
    if len(told) > 1 and any(_is_named(each) for each in told):
        # *Klant 12 gaat weg: wat blijft er in de bouw*, of which each is about others.
        pieces.cost += OTHER_QUESTION
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
    if _are_two_groups(pieces, filters):
        # *De gepensioneerden en alle klanten in Ede*: who is one of both, or both at once?
        either = question.model_copy(update={"filters": (AnyOf(filters=tuple(told)),)})
        return [(cost, either), (cost + 0.1, question)]
    named = [(cost + 0.1, BY_NAME)] if _may_be_a_name(pieces, filters) else []
    return [(cost, question), *with_other_clients(question, others, cost), *named]


def _is_named(condition: Filter) -> bool:
    return isinstance(condition, Named) or (
        isinstance(condition, AnyOf) and any(isinstance(each, Named) for each in condition.filters)
    )


def _are_two_groups(pieces: Pieces, filters: list[tuple[int, Filter]]) -> bool:
    if len(filters) != 2 or any(isinstance(each, AnyOf) for _, each in filters):
        return False
    (one, _), (other, _) = filters
    return any(item.has("and") for item in pieces.items[one:other])


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
    if len(filters) != 1 or not isinstance(condition, Is) or len(condition.values) > 1:
        return False
    before = pieces.items[place - 1].words if place else ""
    many = pieces.items[place].words.endswith(("s", "en"))
    said = condition.values in (("yes",), ("no",)) or before in _ARTICLES
    return not said and not many
