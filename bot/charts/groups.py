"""The groups that bring more or less than the other clients."""

from collections.abc import Mapping, Sequence
from typing import Any

from babel import Locale

from analysis.findings import Group
from bot.charts.bars import Bar, bar_chart
from bot.charts.bars import Group as Bars
from bot.charts.style import SIGNS
from bot.charts.texts import texts_of
from bot.replies.formats import money, number
from bot.replies.traits import in_words

MOST = {"high": 5, "low": 2}


def groups_chart(groups: Sequence[Group | Mapping[str, Any]], language: str) -> bytes | None:
    """A PNG of what a client of each claimed group brings, beside all others; None without any."""
    found = [Group.model_validate(group) for group in groups]
    claimed = [group for group in found if group.verdict != "chance"]
    shown = [
        group
        for direction, most in MOST.items()
        for group in [each for each in claimed if each.direction == direction][:most]
    ]
    if not shown:
        return None
    texts, locale = texts_of(language)
    amounts = [amount for group in shown for amount in (group.per_client, group.rest_per_client)]
    largest = max(abs(amount) for amount in amounts) or 1.0
    bars = [_bars(group, largest, texts, locale, language) for group in shown]
    return bar_chart(texts["groups_title"], texts[f"groups_below_{shown[0].measure}"], bars)


def _bars(
    group: Group, largest: float, texts: Mapping[str, str], locale: Locale, language: str
) -> Bars:
    stressed = group.direction == "high"
    count = texts["group_one" if group.size == 1 else "group"].format(
        count=number(group.size, locale)
    )
    own = Bar(
        count,
        group.per_client / largest,
        money(group.per_client, locale),
        "accent" if stressed else "outline",
    )
    rest = Bar(
        texts["rest"],
        group.rest_per_client / largest,
        money(group.rest_per_client, locale),
        "hatched",
    )
    return Bars(
        heading=" + ".join(in_words(condition, language) for condition in group.conditions),
        tag=f"{SIGNS[group.verdict]} {texts[group.verdict]}",
        bars=(own, rest),
        stressed=stressed,
    )
