"""A question and its figures as short phrases in a language, not yet escaped."""

import itertools
import tomllib
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from babel import Locale
from babel.dates import format_skeleton

from analysis.columns.plan import Column
from bot.questions.model import (
    HOURS_KEPT,
    Amount,
    AnyOf,
    AtLevel,
    Change,
    Compare,
    Fact,
    Filled,
    Filter,
    Having,
    InMonth,
    InTop,
    Is,
    Measure,
    Named,
    Part,
    Question,
    Unit,
    When,
)
from bot.questions.units import RATIOS, unit_of
from bot.replies import formats
from bot.replies.words import words


@cache
def texts(language: str) -> dict[str, dict[str, str]]:
    """The sections of `questions.toml` of a language."""
    text = files("bot.replies").joinpath(language, "questions.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


class Wording:
    """Words for questions about one list, of which `columns` are known. Those in `by_row` differ
    between the rows of a client, and are measured over rows."""

    def __init__(
        self, columns: Iterable[Column], language: str, by_row: Sequence[str] = ()
    ) -> None:
        self._by_row = by_row
        self.language = language
        self._columns = {column.name: column for column in columns}
        self._texts = texts(language)
        self._locale = Locale(language)

    def question(self, question: Question) -> str:
        """The whole question: *aantal klanten · Ondernemer: ja · in je top 20 op omzet*."""
        leaves = question.change is not None and question.change.kind == "client_leaves"
        # Whoever asks of two clients whether they leave, asks of both at once.
        conditions = [self.condition(each, both=leaves) for each in question.filters]
        if question.intent == "compare":
            rest = self.everybody() if question.beside_all else self._texts["asked"]["rest"]
            other = self._all(question.versus) or rest
            return self._texts["asked"]["compare"].format(
                measure=self._measure(question), first=self._all(question.filters), second=other
            )
        return self._texts["joins"]["all"].join([self._asked(question), *conditions])

    def conditions(self, filters: Sequence[Filter], *, rows: bool = False) -> str:
        """All conditions, or *alle anderen* where there are none."""
        return self._all(filters) or self._texts["asked"]["rest_of_rows" if rows else "rest"]

    def everybody(self) -> str:
        return self._texts["asked"]["everybody"]

    def amount(self, amount: Amount) -> str:
        if amount.per is not None:
            return self._ratio(amount, amount.per)
        return self.column(amount.column) if amount.column else self._texts["amounts"][amount.kind]

    def _ratio(self, amount: Amount, per: Amount) -> str:
        both = self.unit(amount) == "percentage"
        key = "part_of" if both else f"per_{per.kind}"
        joins = self._texts["ratios"]
        above = self.amount(amount.model_copy(update={"per": None}))
        return joins.get(key, joins["divided"]).format(amount=above, per=self.amount(per))

    def figure(self, value: float | None, amount: Amount | None) -> str:
        """The value with its unit; empty where there is none."""
        if value is None:
            return ""
        unit = self.unit(amount)
        if unit == "money":
            return formats.money(value, self._locale)
        if unit == "percentage":
            return formats.percent(value, self._locale)
        if unit == "date":
            return formats.day(date.fromordinal(int(value)), self._locale)
        number = formats.number(value, self._locale)
        return number if unit == "number" else self._texts["units"][unit].format(number=number)

    def percent(self, share: float) -> str:
        return formats.percent(share, self._locale)

    def part(self, part: Part, group_by: Amount | str | None) -> str:
        """The name of one group of a breakdown."""
        if part.month is not None:
            return format_skeleton("yMMMM", part.month, locale=self._locale)
        if part.low is not None and part.upper is not None:
            return self._band(part.low, part.upper, group_by)
        if part.label is None:
            return self._texts["parts"]["unknown"]
        if group_by == "level":
            return self._texts["conditions"]["level"].format(level=part.label)
        column = group_by.column if isinstance(group_by, Amount) else ""
        return self._value(part.label, column)

    def lacking(self, code: str) -> str:
        sentences = self._texts["lacking"]
        return sentences.get(code, sentences["other"])

    def facts(self, facts: Iterable[Fact]) -> list[tuple[str, str]]:
        """Each heading once, with what it holds of one client."""
        told = itertools.groupby(facts, key=lambda each: each.column)
        return [(self.column(column), self._values_of(list(each))) for column, each in told]

    def _values_of(self, facts: Sequence[Fact]) -> str:
        shown = "; ".join(map(self._fact, facts))
        untold = facts[-1].untold
        return shown + (self._texts["parts"]["untold"].format(count=untold) if untold else "")

    def _fact(self, fact: Fact) -> str:
        if fact.day is not None:
            return self._day(fact.day)
        if fact.number is not None:
            return self.figure(fact.number, Amount(kind="column", column=fact.column))
        if fact.text is not None:
            return self._value(fact.text, fact.column)
        return self._texts["parts"]["unknown"]

    def is_by_date(self, group_by: Amount | str | None) -> bool:
        """Whether the groups are years or months."""
        known = self._columns.get(group_by.column) if isinstance(group_by, Amount) else None
        return known is not None and known.kind == "date"

    def _band(self, low: float, upper: float, group_by: Amount | str | None) -> str:
        if self.is_by_date(group_by):
            return f"{low:.0f}"
        amount = group_by if isinstance(group_by, Amount) else None
        shown = self._texts["parts"]
        if upper - low == 1 and low == int(low):
            return shown["one"].format(low=self.figure(low, amount))
        first, last = self.figure(low, amount), self.figure(upper, amount)
        return shown["band"].format(low=first, upper=last)

    def _asked(self, question: Question) -> str:
        asked = self._texts["asked"]
        if question.change is not None:
            return self._changed(question, question.change)
        if question.intent == "breakdown":
            breakdown = asked["breakdown"].format(
                measure=self._measure(question), group=self._group(question.group_by)
            )
            if question.monthly:
                breakdown = asked["monthly"].format(breakdown=breakdown)
            held = [self._having(question.having)] if question.having is not None else []
            cut = [self._cut(question)] if question.bands else []
            return self._texts["joins"]["all"].join([breakdown, *cut, *held])
        if question.intent == "card":
            return asked["card"]
        if question.intent == "clients" and question.skipped and question.amount is not None:
            first, last = question.skipped + 1, question.skipped + (question.limit or 1)
            key = "places" if last > first else "place"
            key += "_least" if question.order == "least" else ""
            return asked[key].format(amount=self.amount(question.amount), first=first, last=last)
        if question.intent == "clients" and question.amount is not None:
            key = {None: "clients", 1: "one"}.get(question.limit, "limit")
            key += "_dated" if self.unit(question.amount) == "date" else ""
            key += "_least" if question.order == "least" else ""
            listed = asked[key].format(amount=self.amount(question.amount), limit=question.limit)
            if question.also:
                beside = [self.amount(each.amount) for each in question.also]
                listed = asked["listed_with"].format(
                    listed=listed, amounts=self._texts["joins"]["both"].join(beside)
                )
            if question.group_by is None:
                return listed
            return asked["breakdown"].format(measure=listed, group=self._group(question.group_by))
        if question.intent == "rank" and question.amount is not None:
            return asked["rank"].format(amount=self.amount(question.amount))
        if question.intent == "reach" and question.amount is not None:
            part = self.percent(question.part or 0.0)
            return asked["reach"].format(part=part, amount=self.amount(question.amount))
        if question.intent == "show":
            return self._shown(question)
        return self._measure(question)

    def _changed(self, question: Question, change: Change) -> str:
        asked, share = self._texts["asked"], change.share
        fewer = change.kind == "serve_otherwise" and change.number is not None
        if fewer or (change.kind == "serve_otherwise" and (question.filters or share is not None)):
            key = "serve_these" if question.filters else "serve_level_c"
            kept = self.percent(HOURS_KEPT if share is None else share)
            hours = self.figure(change.number, Amount(kind="hours"))
            return asked["serve_fewer" if fewer else key].format(share=kept, number=hours)
        money = change.kind in ("rate_per_hour", "rate_step", "cost_per_hour")
        amount = Amount(kind="revenue" if money else "hours")
        if change.kind in ("costs_change", "revenue_changes", "rate_step"):
            size = change.number if share is None else share
            part = abs(size or 0.0)
            key = f"{change.kind}_{'down' if (size or 0.0) < 0 else 'up'}"
            step = self.percent(part) if share is not None else self.figure(part, amount)
            return asked[key].format(share=self.percent(part), step=step)
        one = change.kind == "client_leaves" and _is_one_client(question.filters)
        key = f"{change.kind}_one" if one else change.kind
        return asked[key].format(number=self.figure(change.number or 0.0, amount))

    def _shown(self, question: Question) -> str:
        """An answer that the bot has, as its button says."""
        known = {**words(self.language)["buttons"], **self._texts["shown"]}
        return known.get(question.show or "", f"/{question.show}")

    def _measure(self, question: Question) -> str:
        statistics = self._texts["statistics"]
        of_each = question.statistic == "share" and question.group_by is not None
        if question.base or of_each:
            of = question.amount
            asked = self._texts["asked"]["clients_in_all"] if of is None else self.amount(of)
            whole = self._all(question.base)
            if of_each or of is not None:
                whole = f"{asked} ({whole})" if whole else asked
            key = "share_of_each" if of_each and question.filters else "share"
            return statistics[key].format(amount=whole)
        if question.amount is None:
            asked = self._texts["asked"]["count"]
            return statistics["share_of_clients"] if question.statistic == "share" else asked
        measured = [self._measured(question.amount, question.statistic or "total")]
        measured += [self._measured(each.amount, each.statistic) for each in question.also]
        counted = [self._texts["asked"]["count"]] if question.counted else []
        return self._texts["joins"]["both"].join([*counted, *measured])

    def _cut(self, question: Question) -> str:
        amount = question.group_by if isinstance(question.group_by, Amount) else None
        key = "width" if len(question.bands) == 1 else "edges"
        edges = self._texts["joins"]["both"].join(
            self.figure(each, amount) for each in question.bands
        )
        return self._texts["asked"][key].format(edges=edges)

    def _having(self, having: Having) -> str:
        measured = self._texts["asked"]["count"]
        if having.amount is not None:
            measured = self._measured(having.amount, having.statistic)
        said = self._texts["conditions"][having.operator].format(
            amount=measured, value=self.figure(having.value, having.amount), upper=""
        )
        return self._texts["asked"]["having"].format(condition=said)

    def _measured(self, amount: Amount, statistic: str) -> str:
        ratio = amount.per is not None or amount.kind in RATIOS
        key = "mean_of_ratio" if ratio and statistic == "mean" else statistic
        if amount.column in self._by_row and key in ("mean", "median"):
            key += "_of_rows"
        return self._texts["statistics"][key].format(amount=self.amount(amount))

    def measure(self, measure: Measure) -> str:
        """What is measured, and how: *omzet, opgeteld*."""
        return self._measured(measure.amount, measure.statistic)

    def beside(self, measure: Measure, *, of_one: bool = False) -> str:
        """What stands beside the first figure, in short; `of_one` client nothing is added up."""
        short: dict[str, str] = self._texts["beside"]
        whole = self.amount(measure.amount) if of_one else self.measure(measure)
        return short.get(measure.amount.kind, whole)

    def _group(self, group_by: Amount | str | None) -> str:
        if isinstance(group_by, Amount):
            return self.amount(group_by)
        return self._texts["asked"]["level"]

    def _all(self, filters: Sequence[Filter]) -> str:
        return self._texts["joins"]["all"].join(self.condition(each) for each in filters)

    def condition(self, each: Filter, *, both: bool = False) -> str:
        """One condition: *Vermogen: meer dan € 200.000*."""
        said = self._texts["conditions"]
        match each:
            case Is():
                values = self._texts["joins"]["value"].join(
                    self._value(value, each.column) for value in each.values
                )
                key = "is_not" if each.negated else "is"
                return said[key].format(column=self.column(each.column), values=values)
            case Compare():
                return self._compare(each)
            case When():
                return self._when(each)
            case InMonth():
                months = self._texts["joins"]["value"].join(
                    self._locale.months["stand-alone"]["wide"][month] for month in each.months
                )
                return said["month"].format(column=self.column(each.column), months=months)
            case Filled():
                key = "not_filled" if each.negated else "filled"
                return said[key].format(column=self.column(each.column))
            case InTop():
                return self._top(each)
            case AtLevel():
                return said["not_level" if each.negated else "level"].format(level=each.level)
            case Named(client=""):
                return said["client_by_name"]
            case Named():
                return said["client"].format(client=formats.from_file(each.client))
            case AnyOf():
                parts = (self.condition(part) for part in each.filters)
                return self._texts["joins"]["both" if both else "any"].join(parts)

    def _compare(self, each: Compare) -> str:
        said = self._texts["conditions"]
        if each.amount.kind == "profit" and each.value == 0 and each.operator in ("less", "more"):
            return said["loss" if each.operator == "less" else "gain"]
        value = self.figure(each.value, each.amount)
        if each.times is not None:
            key = each.times if each.value == 1 else f"times_{each.times}"
            value = said[key].format(number=formats.number(each.value, self._locale))
        return said[each.operator].format(
            amount=self.amount(each.amount),
            value=value,
            upper=self.figure(each.upper, each.amount),
        )

    def _when(self, each: When) -> str:
        key = "period" if each.start and each.end else "start" if each.start else "end"
        last = each.end - timedelta(days=1) if each.end else None
        if each.start and (each.start, last) == _whole(each.start.year):
            key = "year"
        return self._texts["conditions"][key].format(
            column=self.column(each.column),
            year=each.start.year if each.start else "",
            start=self._day(each.start),
            end=self._day(each.end),
            last=self._day(last),
        )

    def _top(self, each: InTop) -> str:
        side = "bottom" if each.order == "least" else "top"
        size = (
            formats.percent(each.share or 0.0, self._locale)
            if each.size is None
            else formats.number(each.size, self._locale)
        )
        key = f"not_{side}" if each.negated else side
        said = self._texts["conditions"]
        key += "_one" if each.size == 1 else ""
        top = said[key].format(size=size, amount=self.amount(each.amount))
        return said["among"].format(top=top, among=self._all(each.among)) if each.among else top

    def _day(self, day: date | None) -> str:
        return "" if day is None else formats.day(day, self._locale)

    def _value(self, value: str, column: str) -> str:
        known = self._columns.get(column)
        if known is not None and known.kind == "yes_no" and value in ("yes", "no"):
            return words(self.language)["values"][value]
        return formats.from_file(value) or words(self.language)["values"]["nameless"]

    def column(self, name: str) -> str:
        """The heading of a column."""
        column = self._columns.get(name)
        header = column.header or column.name if column is not None else name
        return formats.from_file(header) or words(self.language)["values"]["nameless"]

    def unit(self, amount: Amount | None) -> Unit:
        return unit_of(amount, self._columns)


def _is_one_client(filters: Sequence[Filter]) -> bool:
    match filters:
        case (Named(),) | (InTop(size=1, negated=False),):
            return True
        case _:
            return False


def _whole(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)
