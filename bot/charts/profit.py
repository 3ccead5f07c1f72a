"""The whale curve: how profit grows with the most profitable clients, and shrinks after them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from babel import Locale
from babel.numbers import format_compact_currency
from matplotlib.patches import Polygon

from analysis.findings import Pareto
from bot.charts.frame import ABOVE, BELOW, SIDE, Frame, round_steps
from bot.charts.style import (
    ACCENT,
    ACCENT_SOFT,
    BODY,
    INK,
    MARGIN,
    MUTED,
    TITLE,
    WIDTH,
    Sheet,
    head_height,
    text_width,
    wrapped,
    write_head,
)
from bot.charts.texts import texts_of
from bot.replies.formats import money, number

LARGE = 1_000_000
"""From this amount on, an axis counts in millions and billions."""


def profit_chart(pareto: Pareto | Mapping[str, Any], language: str) -> bytes | None:
    """A PNG of profit added up from the most profitable client down; None without any profit."""
    found = Pareto.model_validate(pareto)
    clients = np.array([point.clients for point in found.profit_curve])
    profits = np.array([point.profit for point in found.profit_curve])
    if len(clients) < 2 or not profits.any():
        return None
    texts, locale = texts_of(language)
    room = WIDTH - 2 * MARGIN
    below = texts["profit_below"] + (f" {texts['estimate_note']}" if found.costs.estimated else "")
    heads = (
        wrapped(_title(found, texts, locale), room, TITLE, bold=True),
        wrapped(below, room, BODY),
    )
    top = head_height(*heads) + ABOVE
    sheet = Sheet(top + SIDE + BELOW)
    write_head(sheet, *heads)
    lowest, highest = min(0.0, float(profits.min())), max(0.0, float(profits.max()))
    scale = {float(step): _axis(float(step), locale) for step in round_steps(lowest, highest)}
    left = MARGIN + max(text_width(shown, BODY) for shown in scale.values()) + 24
    frame = Frame(sheet, top, lowest=lowest, highest=highest, left=left)
    for step, shown in scale.items():
        frame.grid_line(step, shown)
    for step in round_steps(0, float(clients[-1])):
        frame.tick(step / clients[-1], number(float(step), locale))
    frame.name_axes(texts["profit_up"], texts["profit_across"])
    _draw_curve(frame, clients / clients[-1], profits)
    _draw_points(frame, clients, profits, found.turning_point, language)
    return sheet.png()


def _title(found: Pareto, texts: Mapping[str, str], locale: Locale) -> str:
    count = found.turning_point
    if not count:
        return texts["profit_title_none" if count is None else "profit_up"]
    title = texts["profit_title_one" if count == 1 else "profit_title"]
    return title.format(count=number(count, locale))


def _axis(amount: float, locale: Locale) -> str:
    if abs(amount) < LARGE:
        return money(amount, locale)
    return format_compact_currency(amount, "EUR", locale=locale, fraction_digits=1)


def _draw_curve(frame: Frame, shares: np.ndarray, profits: np.ndarray) -> None:
    x, y, ground = frame.x(shares), frame.y(profits), float(frame.y(0.0))
    outline = np.column_stack(
        [np.concatenate([x, [x[-1], x[0]]]), np.concatenate([y, [ground, ground]])]
    )
    frame.sheet.draw(Polygon(outline, facecolor=ACCENT_SOFT, edgecolor="none"))
    frame.line([frame.left, frame.right], [ground, ground], color=MUTED, linewidth=1.2)
    frame.line(x, y, color=ACCENT, linewidth=4, solid_capstyle="round")
    frame.labels.avoid(x, y)


def _draw_points(
    frame: Frame, clients: np.ndarray, profits: np.ndarray, turning: int | None, language: str
) -> None:
    """The highest point with a round mark, the end with a square one, each with its figures."""
    texts, locale = texts_of(language)
    points = [(len(clients) - 1, "profit_all", "s", INK)]
    if turning:
        points.insert(0, (int(np.argmax(clients == turning)), "profit_peak", "o", ACCENT))
    for at, text, sign, color in points:
        x = float(frame.x(clients[at] / clients[-1]))
        y = float(frame.y(profits[at]))
        frame.mark(x, y, sign, color)
        shown = texts[text].format(
            money=money(float(profits[at]), locale), count=number(int(clients[at]), locale)
        )
        heights = y + np.array([0.0, 60.0, -60.0, 120.0, 180.0, 260.0])
        anchors = np.column_stack([np.full(len(heights), x), heights])
        frame.labels.put(shown, anchors, distance=30.0, bold=True, color=color)
