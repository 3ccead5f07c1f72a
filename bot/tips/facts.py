"""Dated facts, mostly of law, that tips tell: one data file, each with its source."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Fact:
    """A date, number, share or amount that holds until a day, and who says so."""

    value: date | float
    kind: str
    """`date`, `day` (of any year), `number`, `percent` or `money` (euros)."""
    until: date
    """The last day on which a tip may tell it."""
    source: str
    checked: date


@cache
def facts() -> Mapping[str, Fact]:
    """The facts by name."""
    text = files("bot.tips").joinpath("facts.toml").read_text(encoding="utf-8")
    return MappingProxyType({name: Fact(**fact) for name, fact in tomllib.loads(text).items()})
