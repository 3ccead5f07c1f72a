"""The own curve: which share of the clients brings which share of the revenue, and of the costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from babel import Locale
from matplotlib.patches import Polygon

from analysis.findings import Pareto
from bot.charts.frame import ABOVE, BELOW, SIDE, Frame
from bot.charts.style import (
    ACCENT,
    ACCENT_SOFT,
    BODY,
    GREY,
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
    top = head_height(*heads) + ABOVE
    sheet = Sheet(top + SIDE + BELOW)
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
    """The square in which the curves stand."""

    def __init__(self, sheet: Sheet, curve: _Curve, top: float, locale: Locale) -> None:
        self.curve, self.locale = curve, locale
        self.frame = Frame(sheet, top, lowest=curve.lowest, highest=curve.highest)
        self.labels = self.frame.labels

    def draw_grid(self, up: str, across: str) -> None:
        for step in self.frame.steps():
            self.frame.grid_line(step, percent(step, self.locale))
        for share in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
            self.frame.tick(share, percent(share, self.locale))
        self.frame.name_axes(up, across)

    def draw_curves(self) -> None:
        curve, frame = self.curve, self.frame
        x, even, revenue = frame.x(curve.clients), frame.y(curve.clients), frame.y(curve.revenue)
        outline = np.column_stack([np.append(x, x[::-1]), np.append(revenue, even[::-1])])
        frame.sheet.draw(Polygon(outline, facecolor=ACCENT_SOFT, edgecolor="none"))
        frame.line(x, even, color=GREY, linewidth=1.4)
        self.labels.avoid(x, even)
        if curve.cost is not None:
            cost = frame.y(curve.cost)
            frame.line(x, cost, color=MUTED, linewidth=2.4, linestyle=(0, (4, 2.2)))
            self.labels.avoid(x, cost)
        frame.line(x, revenue, color=ACCENT, linewidth=4, solid_capstyle="round")
        self.labels.avoid(x, revenue)

    def draw_point(self, count: int, texts: Mapping[str, str]) -> None:
        clients, revenue, cost = self.curve.point
        frame = self.frame
        x, y = float(frame.x(clients)), float(frame.y(revenue))
        ground = float(frame.y(0.0))
        frame.line([x, x], [ground, y], color=ACCENT, linewidth=1.4, linestyle=(0, (1, 2)))
        self.labels.avoid(np.array([x, x]), np.array([ground, y]))
        marks = [(y, "o", ACCENT, revenue)]
        if cost is not None and abs(float(frame.y(cost)) - y) > NEAR:
            marks.append((float(frame.y(cost)), "s", MUTED, cost))
        for height, sign, color, _ in marks:
            frame.mark(x, height, sign, color)
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

    def name_curves(self, texts: Mapping[str, str], *, estimated: bool) -> None:
        curve = self.curve
        self._name(texts["revenue"], curve.revenue, ACCENT, bold=True)
        if curve.cost is not None:
            self._name(texts["costs_estimate" if estimated else "costs"], curve.cost, MUTED)
        self._name(texts["even"], curve.clients, MUTED)

    def _name(self, text: str, shares: np.ndarray, color: str, *, bold: bool = False) -> None:
        at = np.array([0.55, 0.45, 0.65, 0.35, 0.75, 0.25, 0.85, 0.15])
        heights = np.interp(at, self.curve.clients, shares)
        anchors = np.column_stack([self.frame.x(at), self.frame.y(heights)])
        self.labels.put(text, anchors, bold=bold, color=color)
