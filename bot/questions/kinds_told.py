"""Whether a class of words shows in a reading: *more* in a bound, *per* in groups."""

from collections.abc import Callable

from bot.questions.model import (
    Amount,
    AnyOf,
    AtLevel,
    Compare,
    Filled,
    InMonth,
    Is,
    Statistic,
    When,
)
from bot.questions.told import Told, is_negative
from bot.questions.words.text import tells_months

_NO_MONEY = frozenset({"age", "years_as_client", "months_since_contact", "contacts"})
_AGO = frozenset({"age", "years_as_client", "months_since_contact"})
_RATIOS = frozenset({"revenue_per_hour", "profit_per_hour", "margin", "conversion"})
_UPWARDS = frozenset({"more", "at_least", "between", "equal"})
_DOWNWARDS = frozenset({"less", "at_most", "between", "equal"})


def _has_operator(told: Told, operators: frozenset[str]) -> bool:
    having = told.question.having
    if having is not None and having.operator in operators:
        return True
    return told.is_compare or any(
        each.operator in operators or is_of_profit(each) for each in told.compared
    )


def _is_beside(told: Told, statistic: Statistic) -> bool:
    """*Mean and median income*."""
    return any(each.statistic == statistic for each in told.question.also)


def is_of_profit(each: Compare) -> bool:
    """*Kosten meer dan ze opbrengen*, of which both amounts are in the profit."""
    return each.amount.kind == "profit" and each.value == 0


EXPLAINED: dict[str, Callable[[Told], bool]] = {
    "how_much": lambda told: told.question.intent != "clients",
    "share": lambda told: (
        told.question.statistic == "share" or told.is_show or told.is_ratio
        or told.question.intent == "reach" or not {"conversion", "margin"}.isdisjoint(told.kinds)
    ),
    "mean": lambda told: (
        told.question.statistic == "mean" or told.is_compare or told.is_ratio
        or _is_beside(told, "mean")
        or (told.question.having is not None and told.question.having.statistic == "mean")
        or told.besides("mean") or told.changes("serve_otherwise")
        or not _RATIOS.isdisjoint(told.kinds)
    ),
    "divides": lambda told: told.is_ratio,
    "median": lambda told: (
        told.question.statistic == "median" or told.besides("median") or _is_beside(told, "median")
    ),
    "times": lambda told: told.besides("mean", "median") or "contacts" in told.kinds,
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
        or (told.is_ratio and "hours" in told.kinds)
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
    "deficit": lambda told: "profit" in told.kinds,
    "loses": lambda told: told.question.change is not None,
    # *Bij wie stopt de rentevast in 2028*.
    "leaves": lambda told: told.question.change is not None or told.ends,
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
    "loss": lambda told: (
        any(each.operator == "less" for each in told.compared) or told.is_profit_of_one
        or (told.question.having is not None and told.question.having.operator == "less")
    ),
    "negative": lambda told: any(each.operator == "less" for each in told.compared),
    "gain": lambda told: (
        any(each.operator == "more" for each in told.compared) or told.is_profit_of_one
    ),
    "nothing": lambda told: any(is_negative(each) for each in told.filters),
    # *How many different states do we sell to*, *hoeveel stoelen zijn er verkocht*.
    "yields": lambda told: told.counts_groups or told.counts_units
    or any(_is_money(told, each) for each in told.amounts),
    # *Heel het jaar geen contact*, counted.
    "this_year": lambda told: told.dated or "contacts" in told.kinds,
    "past": lambda told: (
        told.dated or bool(told.compared) or bool(told.kinds & _AGO)
        or (told.downwards and told.question.limit is not None)
    ),
    # *Mag ik de lijst zien*, which is no more than polite.
    "may": lambda told: True,
    "call": lambda told: told.allows,
    "turns": lambda told: told.dates("birth_date") or "age" in told.kinds,
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
    "agreed": lambda told: "conversion" in told.kinds or is_amount_of(told, "deals"),
    "moment": lambda told: told.question.change is not None or told.is_show,
    "future": lambda told: told.question.change is not None or told.is_show or _is_ahead(told),
    "asks": lambda told: told.question.group_by is not None,
    "makes_up": lambda told: (
        told.question.statistic == "share" or told.is_show or bool(told.compared)
        or told.question.intent in ("breakdown", "reach")
    ),
}  # fmt: skip

# *Welk deel komt bij hen vandaan*, which asks of one client where he is from.
EXPLAINED["whence"] = lambda told: not told.is_card

EXPLAINED["latest"] = lambda told: told.dated or "months_since_contact" in told.kinds

EXPLAINED["after"] = lambda told: (
    told.dated
    # *Na hoeveel klanten zit ik aan de helft*.
    or told.question.intent == "reach"
    or any(
        # *Op Ede na*.
        isinstance(each, Is) and each.negated
        for each in told.filters
    )
)

EXPLAINED |= dict.fromkeys(
    ("soon", "next_year", "next_month", "coming_year"),
    # *Wat als hij morgen vertrekt*: it makes no difference when.
    lambda told: told.dated or told.changes("client_leaves"),
)

EXPLAINED |= dict.fromkeys(
    ("later", "or_earlier", "ends", "today", "since", "before", "during", "ago", "within", "past",
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


def is_amount_of(told: Told, role: str) -> bool:
    columns = (told.context.column(each) for each in told.columns)
    return any(column is not None and column.role == role for column in columns)
