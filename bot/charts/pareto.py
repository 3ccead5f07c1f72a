"""The own curve: which share of the clients brings which share of the revenue, and of the costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from babel import Locale
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon

from analysis.findings import Pareto
from bot.charts.labels import Box, Labels
from bot.charts.style import (
    ACCENT,
    ACCENT_SOFT,
    BODY,
    GREY,
    LINE,
    MARGIN,
    MUTED,
    TITLE,
    WIDTH,
    Sheet,
    head_height,
    wrapped,
    write_head,
)
from bot.charts.texts import texts_of
from bot.replies.formats import number, percent

ESTIMATED = frozenset({"hours", "contacts", "claims", "products"})
"""Where the costs come from when they are no costs of the file."""
FEW = 30
"""Below so many clients a count says more than a share."""
SIDE = 820
"""Height of the curve's field in pixels."""
MARK = 14.0
"""Half the size of a mark in pixels."""
NEAR = 44.0
"""Pixels within which two marks would cover each other."""


@dataclass(frozen=True)
class _Curve:
    """Shares as arrays; `point` is the clients that bring 80%, and what they bring and cost."""

    clients: np.ndarray
    revenue: np.ndarray
    cost: np.ndarray | None
    point: tuple[float, float, float | None]

    @property
    def lowest(self) -> float:
        return min(0.0, *(float(curve.min()) for curve in self.drawn))

    @property
    def highest(self) -> float:
        return max(1.0, *(float(curve.max()) for curve in self.drawn))

    @property
    def drawn(self) -> list[np.ndarray]:
        return [self.clients, self.revenue, *([] if self.cost is None else [self.cost])]


def pareto_chart(pareto: Pareto | Mapping[str, Any], language: str) -> bytes | None:
    """A PNG of the curve, with the point where 80% is reached and the costs as its mirror.

    None where no share exists: the revenue is zero or less.
    """
    found = Pareto.model_validate(pareto)
    if not found.curve or found.clients_for_80 is None or found.clients_for_80_count is None:
        return None
    texts, locale = texts_of(language)
    curve = _curve_of(found, found.clients_for_80)
    room = WIDTH - 2 * MARGIN
    below = _mirror(found, texts, locale)
    heads = (
        wrapped(_title(found, texts, locale), room, TITLE, bold=True),
        wrapped(below, room, BODY) if below else [],
    )
    top = head_height(*heads) + 84
    sheet = Sheet(top + SIDE + 130)
    write_head(sheet, *heads)
    field = _Field(sheet, curve, top, locale)
    field.draw_grid(
        texts["pareto_up" if curve.cost is None else "pareto_up_costs"], texts["pareto_across"]
    )
    field.draw_curves()
    field.draw_point(found.clients_for_80_count, texts)
    field.name_curves(texts, estimated=found.costs.basis in ESTIMATED)
    return sheet.png()


def _title(found: Pareto, texts: Mapping[str, str], locale: Locale) -> str:
    count, of = found.clients_for_80_count, found.clients or len(found.curve) - 1
    if of == 1:
        return texts["pareto_title_one"]
    if of < FEW:
        title = texts["pareto_title_few_one" if count == 1 else "pareto_title_few"]
        return title.format(count=count, of=of, revenue=percent(0.8, locale))
    return texts["pareto_title"].format(
        clients=percent(found.clients_for_80 or 0.0, locale), revenue=percent(0.8, locale)
    )


def _mirror(found: Pareto, texts: Mapping[str, str], locale: Locale) -> str | None:
    """What the clients beyond the point cost; None where that is unknown or nobody is there."""
    of_rest, needed = found.costs.of_rest_of_80, found.clients_for_80 or 0.0
    if of_rest is None or needed >= 1:
        return None
    text = texts["pareto_rest_estimate" if found.costs.basis in ESTIMATED else "pareto_rest"]
    return text.format(clients=percent(1 - needed, locale), costs=percent(of_rest, locale))


def _curve_of(found: Pareto, needed: float) -> _Curve:
    """The curve with all that is known of it: between two of its points it may bend sharply."""
    points = {point.clients: point.revenue for point in found.curve}
    x = np.array(list(points))
    known = [point.cost for point in found.curve if point.cost is not None]
    cost = np.array(known) if len(known) == len(x) else None
    count = found.clients or len(x) - 1
    for clients, share in (
        (1, found.largest_share),
        (10, found.top_10_share),
        (found.top_20_count, found.revenue_of_top_20),
    ):
        if share is not None and clients <= count:
            points.setdefault(clients / count, share)
    known_x = np.array(sorted(points))
    known_y = np.array([points[clients] for clients in known_x])
    reached = max(float(np.interp(needed, known_x, known_y)), 0.8)
    points[needed] = reached
    all_x = np.array(sorted(points))
    of_80 = found.costs.of_clients_for_80
    return _Curve(
        clients=all_x,
        revenue=np.array([points[clients] for clients in all_x]),
        cost=None if cost is None else _with_point(all_x, x, cost, needed, of_80),
        point=(needed, reached, None if cost is None else of_80),
    )


def _with_point(
    at: np.ndarray, x: np.ndarray, cost: np.ndarray, needed: float, value: float | None
) -> np.ndarray:
    drawn: np.ndarray = np.interp(at, x, cost)
    if value is not None:
        drawn[at == needed] = value
    return drawn


class _Field:
    """The square in which the curves stand; works in pixels of the sheet."""

    def __init__(self, sheet: Sheet, curve: _Curve, top: float, locale: Locale) -> None:
        self.sheet, self.curve, self.locale = sheet, curve, locale
        self.left, self.right = 168.0, WIDTH - MARGIN - 24.0
        self.top, self.bottom = top, top + SIDE
        frame = Box(self.left, self.top - 30, self.right + 8, self.bottom)
        self.labels = Labels(sheet, frame)

    def x(self, share: Any) -> Any:
        return self.left + np.asarray(share) * (self.right - self.left)

    def y(self, share: Any) -> Any:
        lowest, highest = self.curve.lowest, self.curve.highest
        up = (np.asarray(share) - lowest) / (highest - lowest)
        return self.bottom - up * (self.bottom - self.top)

    def draw_grid(self, up: str, across: str) -> None:
        for step in _steps(self.curve.lowest, self.curve.highest):
            height = float(self.y(step))
            self._line([self.left, self.right], [height, height], color=LINE, linewidth=0.8)
            self._tick(self.left - 16, height, step, align="right", rise="center_baseline")
        for share in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
            self._tick(float(self.x(share)), self.bottom + 44, share, align="center")
        self.sheet.write(MARGIN, self.top - 46, up, color=MUTED)
        self.sheet.write(self.right + 24, self.bottom + 98, across, color=MUTED, align="right")

    def _line(self, x: Any, y: Any, **look: Any) -> None:
        self.sheet.draw(Line2D(x, y, **look))

    def _tick(
        self, x: float, y: float, share: float, *, align: str, rise: str = "baseline"
    ) -> None:
        shown = percent(share, self.locale)
        self.sheet.write(x, y, shown, color=MUTED, align=align, rise=rise)

    def draw_curves(self) -> None:
        curve = self.curve
        x, even, revenue = self.x(curve.clients), self.y(curve.clients), self.y(curve.revenue)
        outline = np.column_stack([np.append(x, x[::-1]), np.append(revenue, even[::-1])])
        self.sheet.draw(Polygon(outline, facecolor=ACCENT_SOFT, edgecolor="none"))
        self._line(x, even, color=GREY, linewidth=1.4)
        self.labels.avoid(x, even)
        if curve.cost is not None:
            cost = self.y(curve.cost)
            self._line(x, cost, color=MUTED, linewidth=2.4, linestyle=(0, (4, 2.2)))
            self.labels.avoid(x, cost)
        self._line(x, revenue, color=ACCENT, linewidth=4, solid_capstyle="round")
        self.labels.avoid(x, revenue)

    def draw_point(self, count: int, texts: Mapping[str, str]) -> None:
        clients, revenue, cost = self.curve.point
        x, y = float(self.x(clients)), float(self.y(revenue))
        ground = float(self.y(0.0))
        self._line([x, x], [ground, y], color=ACCENT, linewidth=1.4, linestyle=(0, (1, 2)))
        self.labels.avoid(np.array([x, x]), np.array([ground, y]))
        marks = [(y, "o", ACCENT, revenue)]
        if cost is not None and abs(float(self.y(cost)) - y) > NEAR:
            marks.append((float(self.y(cost)), "s", MUTED, cost))
        for height, sign, color, _ in marks:
            self._mark(x, height, sign, color)
        for height, _, color, share in marks:
            at = np.array([[x, height]])
            shown = percent(share, self.locale)
            self.labels.put(shown, at, distance=30.0, bold=True, color=color)
        shown = texts["pareto_clients_one" if count == 1 else "pareto_clients"].format(
            share=percent(clients, self.locale), count=number(count, self.locale)
        )
        heights = ground - np.array([30.0, 80.0, 130.0, 180.0, 260.0, 340.0])
        anchors = np.column_stack([np.full(len(heights), x), heights])
        self.labels.put(shown, anchors, bold=True, color=ACCENT)

    def _mark(self, x: float, y: float, sign: str, color: str) -> None:
        self.labels.taken.append(Box(x - MARK, y - MARK, x + MARK, y + MARK))
        self._line(
            [x],
            [y],
            marker=sign,
            markersize=12,
            color=color,
            markeredgecolor="white",
            markeredgewidth=2.2,
            zorder=4,
        )

    def name_curves(self, texts: Mapping[str, str], *, estimated: bool) -> None:
        curve = self.curve
        self._name(texts["revenue"], curve.revenue, ACCENT, bold=True)
        if curve.cost is not None:
            self._name(texts["costs_estimate" if estimated else "costs"], curve.cost, MUTED)
        self._name(texts["even"], curve.clients, MUTED)

    def _name(self, text: str, shares: np.ndarray, color: str, *, bold: bool = False) -> None:
        at = np.array([0.55, 0.45, 0.65, 0.35, 0.75, 0.25, 0.85, 0.15])
        heights = np.interp(at, self.curve.clients, shares)
        anchors = np.column_stack([self.x(at), self.y(heights)])
        self.labels.put(text, anchors, bold=bold, color=color)


def _steps(lowest: float, highest: float) -> np.ndarray:
    """Round shares within these bounds, at most about six."""
    step = next(
        size * 10.0**exponent
        for exponent in range(20)
        for size in (0.2, 0.5, 1.0)
        if (highest - lowest) / (size * 10.0**exponent) <= 6
    )
    return step * np.arange(np.ceil(lowest / step), np.floor(highest / step + 1e-9) + 1)
