"""Dated facts, mostly of law, that tips tell: one data file, each with its source."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

# A date (1 January 2028), a day of any year (31 December), a year, a number, a share, or the state
# pension age on the date that is the value.
Kind = Literal["date", "day", "year", "number", "percent", "state_pension_age"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A date or number that holds until a day, and who says so."""

    value: date | float
    kind: Kind
    until: date
    """The last day on which a tip may tell it."""
    source: str
    checked: date


@cache
def facts() -> Mapping[str, Fact]:
    """The facts by name."""
    text = files("bot.tips").joinpath("facts.toml").read_text(encoding="utf-8")
    return MappingProxyType({name: Fact(**fact) for name, fact in tomllib.loads(text).items()})
