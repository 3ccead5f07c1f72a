"""The tips: one file each in `nl/` and `en/`, under the same name in both languages.

A file begins with TOML between two lines of `+++`; what follows is the text of the tip. `finding`,
`action` and the text are Jinja templates that know `value` (the figure of the signal), `clients`
(how many the list holds) and `facts` (of `facts.toml`).
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, get_args

from bot.tips.facts import facts

Audience = Literal["office_with_file", "anyone"]

# What the figure of a signal is: a share of the clients, of revenue, costs or hours; a number of
# clients of the whole list, or of the top; a ratio, an age; an amount, which no tip may tell; or
# merely that something is so.
Unit = Literal[
    "share_of_clients", "share", "clients", "of_top", "count", "ratio", "age", "amount", "flag"
]

# Months before a tip, or another on the same signal, comes again.
REST = 6

_FACT = re.compile(r"\bfacts\.(\w+)")
_FRONT = re.compile(r"\A\+\+\+\n(?P<front>.*?)\n\+\+\+\n(?P<text>.*)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Tip:
    """One tip in one language.

    `border` is the value of the signal from which the tip speaks, `strong` the one at which nothing
    could be more telling; where `strong` is the lower of the two, lower is worse. For the unit
    `clients`, `border` is a number and `strong` a share of the list. `urgency` goes before how
    strong a signal is: 3 for what was promised to clients, 2 for what an office may lose or win,
    1 for what is good to know. `rest` is how many months its signal is left alone after it was
    told: 12 where doing it once is enough.
    """

    name: str
    title: str
    finding: str
    text: str
    action: str
    signal: str | None
    unit: Unit | None
    border: float
    strong: float
    urgency: int
    rest: int
    months: frozenset[int]
    """The season, January being 1; empty for all year."""
    audience: Audience
    author: str
    sources: tuple[str, ...]
    last_checked: date
    facts: frozenset[str]
    until: date
    """The last day on which its facts hold."""

    @property
    def lower_is_worse(self) -> bool:
        """Whether the finding gets worse as the figure gets lower."""
        return self.unit != "clients" and self.strong < self.border


@cache
def library(language: str = "nl") -> Mapping[str, Tip]:
    """The tips of a language by name, in the order of their names.

    Raises ValueError, which names the file, for one that is not as it should be.
    """
    folder = files("bot.tips").joinpath(language)
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".md"))
    tips = (
        read_tip(name.removesuffix(".md"), folder.joinpath(name).read_text(encoding="utf-8"))
        for name in names
    )
    return MappingProxyType({tip.name: tip for tip in tips})


def read_tip(name: str, content: str) -> Tip:
    """The tip in a file. Raises ValueError for one that is not as it should be."""
    parts = _FRONT.match(content)
    if parts is None:
        raise ValueError(f"{name}: no front matter between two lines of +++")
    used = frozenset(_FACT.findall(content))
    try:
        front = tomllib.loads(parts["front"])
        tip = Tip(
            name=name,
            text=parts["text"].strip(),
            finding=front.pop("finding", ""),
            signal=front.pop("signal", None),
            unit=front.pop("unit", None),
            border=float(front.pop("border", 0)),
            strong=float(front.pop("strong", 0)),
            rest=front.pop("rest", REST),
            months=frozenset(front.pop("months", ())),
            sources=tuple(front.pop("sources")),
            facts=used,
            until=min((facts()[fact].until for fact in used), default=date.max),
            **front,
        )
    except (KeyError, TypeError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"{name}: {error}") from error
    _check(tip)
    return tip


def _check(tip: Tip) -> None:
    about_signal = (tip.signal is None, tip.unit is None, not tip.finding)
    wrong = {
        "signal, unit and finding go together": len(set(about_signal)) > 1,
        "unit": tip.unit is not None and tip.unit not in get_args(Unit),
        "audience": tip.audience not in get_args(Audience),
        "a tip on a signal needs a file": tip.signal is not None and tip.audience == "anyone",
        "months": not tip.months <= set(range(1, 13)),
        "urgency": tip.urgency not in (1, 2, 3),
        "rest": tip.rest < REST,
    }
    for what, holds in wrong.items():
        if holds:
            raise ValueError(f"{tip.name}: {what}")
