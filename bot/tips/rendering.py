"""A chosen tip as one message in Telegram's HTML.

It appears on a lock screen: shares, counts and ratios, never a client and never an amount.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.units import format_unit
from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from analysis.derived import state_pension_age
from bot.replies.render import plain
from bot.replies.render import render as render_reply
from bot.tips.choice import Choice
from bot.tips.facts import Fact, facts
from bot.tips.library import Unit, library

FILTERS = ("percent", "number", "clients")

# Patterns of Babel by kind of fact.
DATES = {"date": "d MMMM y", "day": "d MMMM", "year": "y"}


@dataclass(frozen=True, slots=True)
class _Parts:
    finding: Template
    text: Template
    action: Template


def render(choice: Choice, language: str) -> str:
    """The message: the finding, the tip, one action, and who signs it."""
    tip = library(language)[choice.tip]
    parts = _parts(choice.tip, language)
    values = {"value": choice.value, "clients": choice.clients}
    return render_reply(
        "monthly_tip",
        language,
        tip=tip,
        choice=choice,
        finding=Markup(parts.finding.render(values)),  # noqa: S704 - escaped by its own template
        text=Markup(parts.text.render(values)),  # noqa: S704
        action=Markup(parts.action.render(values)),  # noqa: S704
        earlier=_earlier(choice, language),
    )


def finding(choice: Choice, language: str) -> Markup:
    """What follows "Bij jou:", escaped; empty where the choice rests on no signal."""
    values = {"value": choice.value, "clients": choice.clients}
    rendered = _parts(choice.tip, language).finding.render(values)
    return Markup(rendered)  # noqa: S704 - escaped by its own template


def figure(tip: str, value: float, language: str) -> str:
    """The figure of a tip's signal as a reader writes it: `13%`, `12 klanten`, `2,4`.

    Empty for an amount, which no pushed message may hold, and where there is nothing to count.
    """
    return _figure(library()[tip].unit, value, language)


def _figure(unit: Unit | None, value: float, language: str) -> str:
    match unit:
        case "share" | "share_of_clients":
            return plain("percent", value, language)
        case "clients" | "of_top":
            return plain("clients", round(value), language)
        case "count" | "ratio" | "age":
            return plain("number", value, language)
        case _:
            return ""


def _earlier(choice: Choice, language: str) -> str:
    """What the figure was when its signal was told before; empty where nothing can be set beside
    it."""
    if choice.earlier is None or choice.earlier.value is None:
        return ""
    before = figure(choice.tip, choice.earlier.value, language)
    if choice.value is None or before == figure(choice.tip, choice.value, language):
        return ""
    return before


@cache
def _parts(tip: str, language: str) -> _Parts:
    source, environment = library(language)[tip], _environment(language)
    return _Parts(
        finding=environment.from_string(source.finding),
        text=environment.from_string(source.text),
        action=environment.from_string(source.action),
    )


@cache
def _environment(language: str) -> Environment:
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    environment.filters |= {name: partial(_filter, name, language) for name in FILTERS}
    environment.globals["facts"] = {
        name: _fact(fact, Locale(language)) for name, fact in facts().items()
    }
    return environment


def _filter(name: str, language: str, value: object) -> str:
    return plain(name, value, language)


def _fact(fact: Fact, locale: Locale) -> str:
    """A fact as the language writes it."""
    if not isinstance(fact.value, date):
        return plain(fact.kind, fact.value, locale.language)
    if fact.kind == "state_pension_age":
        return _age(state_pension_age(fact.value), locale)
    return format_date(fact.value, DATES[fact.kind], locale=locale)


def _age(years: float, locale: Locale) -> str:
    """`67 jaar en 3 maanden`."""
    whole, months = divmod(round(years * 12), 12)
    parts = [format_unit(whole, "duration-year", locale=locale)]
    if months:
        parts.append(format_unit(months, "duration-month", locale=locale))
    return format_list(parts, locale=locale)
