"""A reading in short notation, so that a table of phrases can say what is expected."""

from bot.questions.model import (
    Amount,
    AnyOf,
    AtLevel,
    Compare,
    Filled,
    Filter,
    InMonth,
    InTop,
    Is,
    Named,
    Question,
    When,
)
from bot.questions.read import Reading

CHANGES = {
    "client_leaves": "leaves",
    "rate_per_hour": "rate",
    "rate_step": "rate by",
    "serve_otherwise": "otherwise",
    "hours_to_focus": "hours_to_focus",
    "cost_per_hour": "hour_costs",
    "costs_change": "costs",
    "revenue_changes": "revenue",
}


def short(reading: Reading) -> str:
    """`count, top 20 revenue` for a sure reading; else the outcome before it."""
    if reading.outcome == "sure":
        return shortly(reading.questions[0])
    if reading.outcome in ("ask", "likely"):
        return "ask " + " | ".join(shortly(question) for question in reading.questions)
    reason = "" if reading.reason == reading.outcome else f" {reading.reason}"
    return f"{reading.outcome}{reason}".strip()


def shortly(question: Question) -> str:
    conditions = [condition(each) for each in question.filters]
    if question.intent == "compare":
        other = ", ".join(condition(each) for each in question.versus) or "rest"
        other = "everyone" if question.beside_all else other
        how = "" if question.statistic in (None, "mean") else f"{question.statistic} "
        measured = f"{how}{amount(question.amount)}" if question.amount else "count"
        return f"compare {measured}, {', '.join(conditions)} | {other}"
    return ", ".join([_head(question), *conditions])


def _head(question: Question) -> str:
    least = " least" if question.order == "least" else ""
    if question.intent == "card":
        return f"card of {question.column}" if question.column else "card"
    if question.intent == "rank":
        return f"rank by {amount(question.amount)}"
    if question.intent == "reach":
        return f"reach {question.part:.0%} of {amount(question.amount)}"
    if question.intent == "show":
        return f"show {question.show}"
    if question.change is not None:
        number = "" if question.change.number is None else f" {question.change.number:g}"
        kept = "" if question.change.share is None else f" {question.change.share:.0%}"
        profit = "" if question.amount is None else f" for {amount(question.amount)}"
        return f"{CHANGES[question.change.kind]}{number}{kept}{profit}"
    if question.intent == "clients":
        limit = "" if question.limit is None else f" limit {question.limit}"
        each = "" if question.group_by is None else f" in each {_by(question)}"
        after = f" after {question.skipped}" if question.skipped else ""
        beside = "".join(f" + {amount(measure.amount)}" for measure in question.also)
        return f"clients by {amount(question.amount)}{beside}{least}{limit}{after}{each}"
    head = f"{question.statistic} {amount(question.amount)}" if question.statistic else "count"
    head = head if question.amount else str(question.statistic or "count")
    more = [f"{each.statistic} {amount(each.amount)}" for each in question.also]
    head = " + ".join([*(["count"] if question.counted else []), head, *more])
    if question.base:
        head += f" of [{', '.join(condition(each) for each in question.base)}]"
    if question.group_by is not None:
        limit = "" if question.limit is None else f" limit {question.limit}"
        bands = "".join(f" {each:g}" for each in question.bands)
        return f"{head} per {_by(question)}{bands}{least}{limit}{_having(question)}"
    return head


def _by(question: Question) -> str:
    by = question.group_by
    if question.monthly and isinstance(by, Amount):
        return f"{amount(by)} monthly"
    return by if isinstance(by, str) else amount(by)


def _having(question: Question) -> str:
    held = question.having
    if held is None:
        return ""
    measured = "count" if held.amount is None else f"{held.statistic} {amount(held.amount)}"
    return f" having {measured} {held.operator} {held.value:g}"


def amount(measured: Amount | None) -> str:
    if measured is None:
        return ""
    name = measured.column if measured.kind == "column" else measured.kind
    return name if measured.per is None else f"{name}/{amount(measured.per)}"


def condition(each: Filter) -> str:
    match each:
        case Is():
            return f"{'not ' * each.negated}{each.column}={'/'.join(each.values)}"
        case Compare():
            upper = "" if each.upper is None else f" {each.upper:g}"
            if each.times is not None:
                many = "" if each.value == 1 else f"{each.value:g} "
                return f"{amount(each.amount)} {each.operator} {many}{each.times}"
            return f"{amount(each.amount)} {each.operator} {each.value:.7g}{upper}"
        case When():
            start = f" from {each.start}" if each.start else ""
            return f"{each.column}{start}{f' before {each.end}' if each.end else ''}"
        case InMonth():
            return f"{each.column} in month {'/'.join(map(str, each.months))}"
        case Filled():
            return f"{'no' if each.negated else 'some'} {each.column}"
        case InTop():
            size = each.size if each.share is None else f"{each.share:.0%}"
            side = "bottom" if each.order == "least" else "top"
            some = f" among [{', '.join(condition(part) for part in each.among)}]" * bool(
                each.among
            )
            return f"{'not ' * each.negated}{side} {size} {amount(each.amount)}{some}"
        case AtLevel():
            return f"{'not ' * each.negated}level {each.level}"
        case Named():
            return f"client {each.client}"
        case AnyOf():
            return f"any({', '.join(condition(part) for part in each.filters)})"
