"""Whether a reading accounts for every word of the question.

The rules of the grammar may take a word and do nothing with it. Only where each word that carries
meaning shows in the question that came of it may that question be answered without asking.
"""

import itertools
from collections.abc import Callable, Sequence

from analysis.values.words import yes_or_no
from bot.questions.conditions.postcodes import is_wildcard
from bot.questions.model import (
    Amount,
    AnyOf,
    AtLevel,
    Compare,
    Filled,
    InMonth,
    Is,
    Named,
    Question,
    When,
)
from bot.questions.numbers_told import is_year_of_amount, number_explained
from bot.questions.pieces import Context
from bot.questions.told import Told, is_negative
from bot.questions.words.items import Item, asks_who
from bot.questions.words.lexicon import ERA, MONTH, Concept, place_words
from bot.questions.words.text import tells_months

# Words that only hold a sentence together, whatever else they may do.
_HOLDING = ("skip", "of", "and", "among", "by", "list", "ours", "sorts")
FREE = frozenset(
    {*_HOLDING, "clients", "client", "list", "which", "present", "verb", "among", "each"}
)
_BOUNDS = ("at_least", "at_most", "or_more", "or_less", "longer")
_LEVELS, _YEAR = frozenset({"a", "b", "c"}), frozenset({"jaar", "year"})
_NO_MONEY = frozenset({"age", "years_as_client", "months_since_contact", "contacts"})
_AGO = frozenset({"age", "years_as_client", "months_since_contact"})
_OF_ONE_CLIENT = ("moment", "know", "asks", "about", "since", "past", "bottom", "earlier", "list",
                  "spoken", "became")  # fmt: skip
_OF_COSTS = frozenset({"costs_change", "cost_per_hour"})
_RATIOS = frozenset({"revenue_per_hour", "profit_per_hour", "margin", "conversion"})
_UPWARDS = frozenset({"more", "at_least", "between", "equal"})
_DOWNWARDS = frozenset({"less", "at_most", "between", "equal"})


def _has_operator(told: Told, operators: frozenset[str]) -> bool:
    having = told.question.having
    if having is not None and having.operator in operators:
        return True
    return told.is_compare or any(
        each.operator in operators or _is_of_profit(each) for each in told.compared
    )


def _is_of_profit(each: Compare) -> bool:
    """*Kosten meer dan ze opbrengen*, of which both amounts are in the profit."""
    return each.amount.kind == "profit" and each.value == 0


_EXPLAINED: dict[str, Callable[[Told], bool]] = {
    "how_much": lambda told: told.question.intent != "clients",
    "share": lambda told: (
        told.question.statistic == "share" or told.is_show or told.is_ratio
        or not {"conversion", "margin"}.isdisjoint(told.kinds)
    ),
    "mean": lambda told: (
        told.question.statistic == "mean" or told.is_compare or told.is_ratio
        or (told.question.having is not None and told.question.having.statistic == "mean")
        or told.besides("mean") or told.changes("serve_otherwise")
        or not _RATIOS.isdisjoint(told.kinds)
    ),
    "divides": lambda told: told.is_ratio,
    "median": lambda told: told.question.statistic == "median" or told.besides("median"),
    "times": lambda told: told.besides("mean", "median"),
    "twice": lambda told: told.besides("mean", "median"),
    "equally": lambda told: told.is_compare,
    "oftener": lambda told: (
        told.is_compare and not told.kinds.isdisjoint({"conversion", "contacts"})
    ),
    "relative": lambda told: told.question.statistic == "share",
    "commonest": lambda told: told.counts_groups and not told.downwards,
    "rarest": lambda told: told.counts_groups and told.downwards,
    "distinct": lambda told: told.counts_groups or told.question.intent == "count",
    "monthly": lambda told: (
        told.question.monthly or any(tells_months(each.amount.column) for each in told.compared)
    ),
    "total": lambda told: (
        told.question.statistic in (None, "total", "share") or not _RATIOS.isdisjoint(told.kinds)
    ),
    "who": lambda told: told.question.intent not in ("count", "statistic"),
    "per": lambda told: (
        told.question.group_by is not None or told.question.statistic == "mean"
        or told.changes("serve_otherwise")
    ),
    "per_hour": lambda told: (
        not _RATIOS.isdisjoint(told.kinds) or told.question.change is not None
    ),
    "more": lambda told: (
        _has_operator(told, _UPWARDS | {"at_most"}) or told.dated or told.changes("hours_to_focus")
        or _changes_by_a_part(told)
    ),
    "less": lambda told: (
        _has_operator(told, _DOWNWARDS | {"at_least"}) or told.dated or _changes_by_a_part(told)
    ),
    "longer": lambda told: told.dated or _has_operator(told, _UPWARDS),
    "shorter": lambda told: told.dated or _has_operator(told, _DOWNWARDS),
    "at_least": lambda told: _has_operator(told, _UPWARDS) or told.dated,
    "at_most": lambda told: _has_operator(told, _DOWNWARDS) or told.dated,
    "or_more": lambda told: _has_operator(told, _UPWARDS) or told.dated,
    "or_less": lambda told: _has_operator(told, _DOWNWARDS) or told.dated,
    "equal": lambda told: bool(told.compared),
    "only_one": lambda told: bool(told.compared),
    "between": lambda told: bool(told.compared) or told.dated or told.is_compare,
    "than": lambda told: (
        bool(told.compared) or told.is_compare or told.dated or told.question.change is not None
        or told.question.having is not None
    ),
    "top": lambda told: told.ordered and not told.downwards,
    "most": lambda told: (
        (told.ordered and not told.downwards) or told.changes("hours_to_focus") or told.is_compare
    ),
    "bottom": lambda told: told.downwards or told.changes("serve_otherwise"),
    "least": lambda told: told.downwards or told.is_compare,
    "level": lambda told: (
        told.question.group_by == "level" or told.question.change is not None or told.is_show
        or any(isinstance(each, AtLevel) for each in told.filters)
    ),
    "or": lambda told: (
        told.is_compare or told.dated or sum(is_negative(each) for each in told.filters) > 1
        or any(each.operator == "between" for each in told.compared)
        or any(isinstance(each, AnyOf) or (isinstance(each, Is) and len(each.values) > 1)
               or (isinstance(each, Compare) and each.operator == "between")
               for each in told.filters)
    ),
    # *En tegen 125 per uur*.
    "versus": lambda told: (
        told.is_compare or told.question.intent == "breakdown" or told.changes("rate_per_hour")
    ),
    "compare": lambda told: told.is_compare or told.question.intent == "breakdown",
    "rest": lambda told: told.is_compare,
    "what_if": lambda told: told.question.change is not None or told.question.intent == "rank",
    "before": lambda told: told.dated or len(told.question.bands) > 1,
    "rank": lambda told: told.question.intent == "rank",
    "bands": lambda told: bool(told.question.bands),
    "rises": lambda told: told.question.change is not None,
    "falls": lambda told: told.question.change is not None,
    "loses": lambda told: told.question.change is not None,
    "leaves": lambda told: told.question.change is not None,
    "charge": lambda told: told.question.change is not None,
    "otherwise": lambda told: told.question.change is not None,
    "spend": lambda told: (
        told.question.change is not None
        or not {"hours", "revenue_per_hour", "profit_per_hour"}.isdisjoint(told.kinds)
    ),
    "spoken": lambda told: (
        told.dates("last_contact") or bool(told.kinds & {"contacts", "months_since_contact"})
    ),
    "became": lambda told: told.dates("since", "client_since") or "years_as_client" in told.kinds,
    "born": lambda told: told.dates("birth_date") or "age" in told.kinds,
    "unfilled": lambda told: (
        told.question.change is not None
        or any(isinstance(each, Filled) for each in told.filters)
    ),
    "loss": lambda told: any(each.operator == "less" for each in told.compared),
    "negative": lambda told: any(each.operator == "less" for each in told.compared),
    "gain": lambda told: any(each.operator == "more" for each in told.compared),
    "nothing": lambda told: any(is_negative(each) for each in told.filters),
    "yields": lambda told: any(_is_money(told, each) for each in told.amounts),
    # *Heel het jaar geen contact*, counted.
    "this_year": lambda told: told.dated or "contacts" in told.kinds,
    "past": lambda told: (
        told.dated or bool(told.compared) or bool(told.kinds & _AGO)
        or (told.downwards and told.question.limit is not None)
    ),
    # *Mag ik de lijst zien*, which is no more than polite.
    "may": lambda told: True,
    "call": lambda told: told.allows,
    "turns": lambda told: told.dates("birth_date"),
    "birthday": lambda told: any(isinstance(each, InMonth) for each in told.filters),
    # *Doe maar*, *is genoeg*: what tells how long the list is to be is its number.
    "limit": lambda told: True,
    "names": lambda told: True,
    "own": lambda told: bool(told.compared),
    "withdrawn": lambda told: told.is_show,
    "apart": lambda told: told.question.group_by is not None or told.is_compare,
    "divide": lambda told: told.question.group_by is not None,
    "other": lambda told: told.is_compare and any(is_negative(each) for each in told.filters),
    "descending": lambda told: told.ordered and not told.downwards,
    "ascending": lambda told: told.downwards,
    "yearly": lambda told: (
        told.question.group_by is not None or told.question.statistic == "mean"
        or bool(told.compared)
    ),
    "know": lambda told: any(isinstance(each, Filled) for each in told.filters),
    "majority": lambda told: told.counts_groups,
    "agreed": lambda told: "conversion" in told.kinds or _is_amount_of(told, "deals"),
    "moment": lambda told: told.question.change is not None or told.is_show,
    "future": lambda told: told.question.change is not None or told.is_show or _is_ahead(told),
    "asks": lambda told: told.question.group_by is not None,
    "makes_up": lambda told: (
        told.question.statistic == "share" or told.is_show or bool(told.compared)
        or told.question.intent == "breakdown"
    ),
}  # fmt: skip
_EXPLAINED["latest"] = lambda told: told.dated or "months_since_contact" in told.kinds
_EXPLAINED["after"] = lambda told: (
    told.dated
    or any(
        # *Op Ede na*.
        isinstance(each, Is) and each.negated
        for each in told.filters
    )
)
_EXPLAINED |= dict.fromkeys(
    ("soon", "next_year", "next_month", "coming_year"),
    # *Wat als hij morgen vertrekt*: it makes no difference when.
    lambda told: told.dated or told.changes("client_leaves"),
)
_EXPLAINED |= dict.fromkeys(
    ("later", "or_earlier", "since", "before", "during", "ago", "within", "past",
     "past_year", "this_quarter", "last_quarter", "next_quarter", "this_week",
     "last_week", "next_week", "this_month", "last_month"),
    lambda told: told.dated,
)  # fmt: skip


def _is_ahead(told: Told) -> bool:
    """Whether a period was asked for that is still to come."""
    spans = [each for each in told.filters if isinstance(each, When)]
    return any(
        (each.end or each.start or told.context.as_of) > told.context.as_of for each in spans
    )


def _is_money(told: Told, amount: Amount) -> bool:
    column = told.context.column(amount.column)
    return column.kind == "money" if column is not None else amount.kind not in _NO_MONEY


def _changes_by_a_part(told: Told) -> bool:
    change = told.question.change
    if change is None or change.kind != "serve_otherwise":
        return told.changes("costs_change", "revenue_changes", "rate_step")
    return change.number is not None or change.share is not None


def unexplained(items: Sequence[Item], question: Question, context: Context) -> list[Item]:
    """The items that show nowhere in the question, each with the concept that was chosen for it."""
    told = Told(question, context)
    negations = [
        item for place, item in enumerate(items)
        if item.has("neg", "except", "outside") and not _bounds(items, place)
    ]  # fmt: skip
    if told.changes("client_leaves"):
        # *Wat ben ik kwijt zonder hem*, which turns nothing round.
        negations = [item for item in negations if not item.has("without")]
    missed = [
        item for place, item in enumerate(items)
        if not item.has("neg", "except", "outside") and not _is_free(item)
        and not _explained(item, told) and not _says_again(items, place)
    ]  # fmt: skip
    if question.show == "alike":
        return missed
    bounds = [
        item for item in items
        if (item.has(*_BOUNDS) and not item.has("more", "less")) or item.unit == "plus"
    ]  # fmt: skip
    return missed + negations[told.negatives(len(bounds)) :]


def _bounds(items: Sequence[Item], place: int) -> bool:
    """*Nog geen 500 euro*, which turns nothing round."""
    behind = items[place + 1 : place + 2]
    return items[place].has("less") and any(each.number is not None for each in behind)


def _says_again(items: Sequence[Item], place: int) -> bool:
    """Whether the word only joins or points back to what stands in the question itself."""
    item, before = items[place], items[:place]
    if item.has("how_much") and asks_who(items):
        # *Wie … en hoeveel zijn dat er*: a list says how many they are.
        return not any(concept.amount for each in items[place + 1 : place + 2]
                       for concept in each.concepts)  # fmt: skip
    if item.has("who"):
        # *Clients who live in Ede*, which asks for no names.
        return any(each.has("clients") for each in before)
    if item.has("most") and any(each.has("loses") for each in items):
        # *Op wie verlies ik het meest*: the least profit.
        return True
    if item.has("majority"):
        # *Which city takes most of my hours*: the first of them.
        return any(each.has("which") and next_.concepts and next_.concepts[0].column
                   for each, next_ in itertools.pairwise(before))  # fmt: skip
    if item.has("earlier"):
        return any(concept.condition for each in before for concept in each.concepts)
    if item.has("mean") and item.words.startswith("per "):
        # *The median of items per client*.
        return any(each.has("median") for each in before)
    if item.has("or") and 0 < place < len(items) - 1:
        # *Belde of zag ik*: two words for one thing.
        return items[place - 1].has("spoken") and items[place + 1].has("spoken")
    return False


def _is_free(item: Item) -> bool:
    if item.number is not None:
        return False
    if item.has("skip") and any(each.amount for each in item.concepts):
        # *Age* holds no sentence together, though *aged 60* does.
        return False
    return item.has(*_HOLDING) or (bool(item.kinds) and not item.concepts and item.kinds <= FREE)


def _explained(item: Item, told: Told) -> bool:
    if Named(client="") in told.filters and (not item.known or item.concepts):
        # What may be a name.
        return True
    if item.number is not None:
        return number_explained(item, told)
    if is_wildcard(item) and not item.known:
        return any(isinstance(each, Is) and len(each.values) > 1 for each in told.filters)
    said = yes_or_no(item.words)
    if _tells_one_client_or_place(item, told) or (
        said is not None and not item.has("of") and told.says(yes=said)
    ):
        return True
    if (item.words in _LEVELS and _EXPLAINED["level"](told)) or item.words.startswith(
        told.words_since
    ):
        return True
    if item.words in _YEAR and told.question.group_by is not None:
        return True
    for kind in item.kinds:
        if kind.startswith("show:") and _shown(kind, told):
            return True
        if kind.startswith((MONTH, ERA)) and told.dated:
            return True
        if kind in _EXPLAINED and _EXPLAINED[kind](told):
            return True
    if item.has("last_year") and (told.dated or is_year_of_amount(told, None)):
        return True
    return any(_concept_explained(each, told) for each in item.concepts)


def _shown(kind: str, told: Told) -> bool:
    """Whether the words of a ready answer tell nothing else: *als ik ze in minder tijd help*."""
    helped = kind == "show:help" and told.changes("serve_otherwise")
    return helped or told.is_show or told.question.group_by == "level"


def _tells_one_client_or_place(item: Item, told: Told) -> bool:
    """*Wanneer* of one client, *hoeveelste*, *plek 11 tot en met 20*."""
    if told.is_card and item.has(*_OF_ONE_CLIENT):
        return True
    if told.question.intent == "rank" and item.has("asks", "list"):
        return True
    if told.question.skipped and item.has("at_most", "before", "after"):
        return True
    place = item.has("place") or item.words in place_words("places")
    return place and bool(told.question.limit)


def _concept_explained(concept: Concept, told: Told) -> bool:
    if concept.lacking:
        return False
    if concept.condition is not None:
        return _condition_explained(concept, told)
    if concept.amount is not None:
        return _amount_explained(concept.amount, told) or concept.column in told.columns - {""}
    return concept.column in told.columns


def _condition_explained(concept: Concept, told: Told) -> bool:
    wanted = concept.condition
    if told.is_card and getattr(wanted, "column", "") in told.columns:
        # *Is klant 12 ondernemer*.
        return True
    if isinstance(wanted, Compare) and any(each.amount == wanted.amount for each in told.compared):
        return True
    if concept.column and any(each.column == concept.column for each in told.amounts):
        return True
    if isinstance(wanted, Is):
        return any(
            isinstance(each, Is) and each.column == wanted.column
            and (_is_nested(wanted.values, each.values) or each.values in (("yes",), ("no",)))
            for each in told.filters
        )  # fmt: skip
    if isinstance(wanted, Named) and told.question.show == "talk":
        return True
    return wanted in told.filters or (isinstance(wanted, Named) and bool(told.question.change))


def _is_nested(wanted: Sequence[str], told: Sequence[str]) -> bool:
    """*The teachers, primary school only*, which shows some of the teachers."""
    return set(wanted) <= set(told) or set(told) < set(wanted)


def _amount_explained(amount: Amount, told: Told) -> bool:
    if amount in told.amounts or told.is_show:
        return True
    kinds = told.kinds
    if amount.kind in ("revenue", "cost") and any(map(_is_of_profit, told.compared)):
        return True
    if told.question.change is not None:
        own = {"cost"} if told.question.change.kind in _OF_COSTS else set()
        return amount.kind in {"revenue", "hours", *own}
    if amount.kind in ("revenue", "profit") and "margin" in kinds:
        return True
    if amount.kind in ("revenue", "profit", "revenue_per_hour"):
        return bool(kinds & {f"{amount.kind}_per_hour", "profit_per_hour"})
    if amount.kind == "hours":
        return bool(kinds & {"revenue_per_hour", "profit_per_hour"})
    if amount.kind == "cost":
        # *Wie kost me de meeste tijd*.
        return "hours" in kinds
    if amount.kind == "age":
        return told.dates("birth_date")
    if amount.kind == "years_as_client":
        return told.dates("since", "client_since")
    column = told.context.column(amount.column)
    of_offers = column is not None and column.role in ("proposals", "deals")
    return of_offers and ("conversion" in kinds or _is_amount_of(told, "deals"))


def _is_amount_of(told: Told, role: str) -> bool:
    columns = (told.context.column(each) for each in told.columns)
    return any(column is not None and column.role == role for column in columns)
