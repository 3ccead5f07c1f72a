"""A question that goes on with the one before: *en in Ede?*, *per city?*, *alleen ondernemers*."""

import re
from collections.abc import Iterator, Sequence

from bot.questions.conditions.values import REVENUE
from bot.questions.intents.groups import ADDED_UP
from bot.questions.model import (
    Amount,
    Compare,
    Filled,
    Filter,
    InTop,
    Is,
    Named,
    Question,
    Statistic,
    When,
)
from bot.questions.pieces import Context
from bot.questions.read import Reading, items_in, read
from bot.questions.words.item import Item
from bot.questions.words.lexicon import vocabulary

# What makes a question by itself of what follows the opening.
_ASKS = ("how_much", "who", "which", "list", "share", "what_if", "compare", "rank", "asks",
         "advice", "beyond")  # fmt: skip
_STATISTICS: tuple[Statistic, ...] = ("total", "mean", "median")
_MEASURING = frozenset({"statistic", "breakdown", "compare", "clients"})


def follow_up(text: str, previous: Question, context: Context, language: str) -> Reading | None:
    """How the text goes on with the previous question; None where it is one by itself."""
    said = _opened(text, language)
    if said is None:
        return None
    fragment, narrows = said
    items = items_in(fragment, language, context)
    statistic = _only_statistic(items)
    if statistic is not None:
        found = list(_in_another_way(previous, statistic))
    else:
        reading = read(fragment, context, language)
        if reading.outcome != "sure":
            return None
        new = reading.questions[0]
        if new == Question(intent="count") and _points_back(items, language):
            # *En hoeveel zijn dat er?*
            found = [Question(intent="count", filters=previous.filters, base=previous.base)]
        elif any(item.has(*_ASKS) for item in items):
            return None
        else:
            measured = any(item.has(*_STATISTICS) for item in items)
            found = list(_changed(previous, new, narrows=narrows, measured=measured))
    if not found or all(each == previous for each in found):
        return None
    return Reading("sure" if len(found) == 1 else "ask", tuple(found))


def _points_back(items: Sequence[Item], language: str) -> bool:
    pointing = vocabulary(language)["follow_up"]["pointing"]
    return any(word in pointing for item in items for word in item.words.split())


def _only_statistic(items: Sequence[Item]) -> Statistic | None:
    """*En gemiddeld?*, *en de mediaan?*."""
    said = [item for item in items if not item.has("skip") or item.has(*_STATISTICS)]
    if len(said) != 1 or said[0].concepts or said[0].number is not None:
        return None
    return next((each for each in _STATISTICS if said[0].has(each)), None)


def _in_another_way(previous: Question, statistic: Statistic) -> Iterator[Question]:
    measured = previous.intent in ("statistic", "breakdown") and previous.amount is not None
    if measured and previous.statistic != "share" and not previous.also:
        yield previous.model_copy(update={"statistic": statistic})


def _opened(text: str, language: str) -> tuple[str, bool] | None:
    """What stands behind the opening, and whether that only narrows what was asked."""
    said = vocabulary(language)["follow_up"]
    plain = " ".join(text.split())
    for kind, narrows in (("narrowing", True), ("without", True), ("openings", False)):
        for opening in sorted(said[kind], key=len, reverse=True):
            found = re.match(rf"{re.escape(opening)}\b[\s,:]*(?=\S)", plain, re.IGNORECASE)
            if found is not None:
                rest = plain[found.end() :]
                # *Zonder* and *niet* say themselves what they do.
                return (f"{opening.split()[-1]} {rest}" if kind == "without" else rest, narrows)
    return None


def _changed(
    previous: Question, fragment: Question, *, narrows: bool, measured: bool
) -> Iterator[Question]:
    """The previous question with what the fragment says in its place; two where that is open."""
    if fragment.intent == "breakdown" and fragment.amount is None and fragment.having is None:
        grouped = _by_groups(previous, fragment)
        if grouped is not None:
            yield from _with_conditions(grouped, fragment.filters, narrows=True)
    elif fragment.intent == "statistic" and fragment.amount is not None and not fragment.also:
        other = _of_amount(previous, fragment.amount, fragment.statistic, measured=measured)
        if other is not None:
            yield from _with_conditions(other, fragment.filters, narrows=narrows)
    elif fragment.show == "top10" and previous.intent == "clients" and previous.limit is not None:
        yield previous.model_copy(update={"limit": 10, "order": "most"})
    elif fragment.intent == "card" and not fragment.column:
        if any(isinstance(each, Named) for each in previous.filters):
            # *En klant 11008?*
            yield previous.model_copy(update={"filters": fragment.filters})
    elif fragment.intent == "clients" and fragment.group_by is None:
        yield from _of_clients(previous, fragment, narrows=narrows)


def _by_groups(previous: Question, fragment: Question) -> Question | None:
    wanted = {"group_by": fragment.group_by, "bands": fragment.bands, "having": None,
              "limit": None, "order": "most"}  # fmt: skip
    plain = not (previous.base or previous.versus or previous.change)
    if plain and previous.intent in ("count", "breakdown"):
        return previous.model_copy(update={**wanted, "intent": "breakdown"})
    if plain and previous.intent == "statistic" and previous.statistic not in ("highest", "lowest"):
        share_of_some = previous.statistic == "share" and previous.filters
        return (
            None if share_of_some else previous.model_copy(update={**wanted, "intent": "breakdown"})
        )
    if plain and previous.intent == "clients" and previous.limit is None:
        return Question(intent="breakdown", filters=previous.filters, **wanted)
    return None


def _of_amount(
    previous: Question, amount: Amount, statistic: Statistic | None, *, measured: bool
) -> Question | None:
    if previous.intent == "count":
        return Question(
            intent="statistic", amount=amount, statistic=statistic, filters=previous.filters
        )
    if previous.intent not in _MEASURING or previous.also:
        return None
    kept = previous.statistic
    if measured or (kept == "total" and amount.kind not in ADDED_UP):
        kept = statistic
    if previous.intent in ("clients", "compare"):
        kept = previous.statistic
    elif kept is None:
        kept = statistic
    return previous.model_copy(update={"amount": amount, "statistic": kept, "counted": False})


def _of_clients(previous: Question, fragment: Question, *, narrows: bool) -> Iterator[Question]:
    filters = fragment.filters
    if fragment.limit is not None or fragment.order == "least":
        if previous.intent == "clients" and previous.group_by is None:
            amount = previous.amount if fragment.amount == REVENUE else fragment.amount
            ordered = {"limit": fragment.limit, "order": fragment.order, "amount": amount}
            previous = previous.model_copy(update=ordered)
            if not filters:
                yield previous
                return
        elif fragment.limit is not None and fragment.amount is not None:
            top = InTop(amount=fragment.amount, size=fragment.limit, order=fragment.order)
            filters = (*filters, top)
        else:
            return
    yield from _with_conditions(previous, filters, narrows=narrows)


def _with_conditions(
    previous: Question, filters: tuple[Filter, ...], *, narrows: bool
) -> Iterator[Question]:
    """The clients of the previous question, narrowed, or others in their place."""
    if not filters:
        yield previous
        return
    if previous.versus or previous.intent in ("show", "rank", "reach"):
        return
    if previous.change is not None:
        yield previous.model_copy(update={"filters": filters})
        return
    where = "base" if previous.base else "filters"
    known = getattr(previous, where)
    subjects = {_subject(each) for each in filters}
    kept = tuple(each for each in known if _subject(each) not in subjects)
    if previous.base and not narrows:
        # *En van de ondernemers?*: what share of those.
        yield previous.model_copy(update={"base": filters})
        return
    replaced, added = len(kept) < len(known), (*kept, *filters)
    if not (narrows or replaced or not known):
        # *En ondernemers?*, of the revenue of the retired: in their place, or among them?
        yield previous.model_copy(update={where: filters})
    yield previous.model_copy(update={where: added})


def _subject(each: Filter) -> tuple[str, object]:
    """What a condition is about, so that another about the same takes its place."""
    match each:
        case Is() | When() | Filled():
            return ("column", each.column)
        case Compare():
            return ("amount", each.amount)
        case Named():
            return ("client", "")
        case _:
            return (each.type, "")
