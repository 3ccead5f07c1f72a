"""The service levels: how many clients, what they bring and what they ask."""

from collections.abc import Mapping
from typing import Any

from analysis.findings import Focus, Level
from bot.charts.bars import Bar, Group, bar_chart
from bot.charts.texts import texts_of
from bot.replies.formats import money, number, percent


def levels_chart(
    focus: Focus | Mapping[str, Any], language: str, *, costs_estimated: bool = False
) -> bytes | None:
    """A PNG of the levels' shares of clients, revenue and costs; None where there are no levels.

    `costs_estimated` marks the costs as such: the levels themselves do not tell.
    """
    levels = Focus.model_validate(focus).levels
    count = sum(level.clients for level in levels)
    if count == 0:
        return None
    texts, _ = texts_of(language)
    groups = [_group(level, count, language, estimated=costs_estimated) for level in levels]
    marked = costs_estimated and any(level.cost_share is not None for level in levels)
    below = texts["levels_below"] + (f" {texts['estimate_note']}" if marked else "")
    return bar_chart(texts["levels_title"], below, groups)


def _group(level: Level, count: int, language: str, *, estimated: bool) -> Group:
    texts, locale = texts_of(language)
    of_clients = level.clients / count
    bars = [Bar(texts["level_clients"], of_clients, percent(of_clients, locale), "plain")]
    if level.revenue_share is not None:
        shown = percent(level.revenue_share, locale)
        bars.append(Bar(texts["level_revenue"], level.revenue_share, shown, "accent"))
    if level.cost_share is not None:
        name = texts["level_costs_estimate" if estimated else "level_costs"]
        bars.append(Bar(name, level.cost_share, percent(level.cost_share, locale), "hatched"))
    heading = texts["level_one" if level.clients == 1 else "level"]
    return Group(
        heading=heading.format(level=level.level, count=number(level.clients, locale)),
        tag=texts["per_client"].format(money=money(level.per_client, locale)),
        bars=tuple(bars),
        stressed=level.level == "A",
    )
