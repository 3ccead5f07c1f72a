"""Groups of horizontal bars under a heading: what two of the pictures are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from bot.charts.style import (
    ACCENT,
    BODY,
    GREY,
    HEADING,
    INK,
    LINE,
    MARGIN,
    MUTED,
    TITLE,
    TRACK,
    WIDTH,
    Sheet,
    head_height,
    text_width,
    wrapped,
    write_head,
)

Look = Literal["accent", "outline", "plain", "hatched"]

LOOKS: dict[Look, dict[str, Any]] = {
    "accent": {"facecolor": ACCENT, "edgecolor": ACCENT},
    "outline": {"facecolor": "white", "edgecolor": ACCENT, "linewidth": 2.0},
    "plain": {"facecolor": GREY, "edgecolor": GREY},
    "hatched": {"facecolor": "white", "edgecolor": MUTED, "hatch": "////", "linewidth": 1.0},
}

THICK, STEP = 34, 50
HEADING_LINE, GROUP_GAP = 44, 44
THINNEST = 3.0


@dataclass(frozen=True)
class Bar:
    """One bar; `share` of the whole, which may lie below 0 or above 1."""

    name: str
    share: float
    shown: str
    look: Look


@dataclass(frozen=True)
class Group:
    """Bars that belong together; `tag` stands at the right of the heading."""

    heading: str
    tag: str
    bars: tuple[Bar, ...]
    stressed: bool = True


@dataclass(frozen=True)
class _Placed:
    group: Group
    heading: list[str]

    @property
    def height(self) -> int:
        return HEADING_LINE * len(self.heading) + STEP * len(self.group.bars) + GROUP_GAP


def bar_chart(title: str, below: str, groups: Sequence[Group]) -> bytes:
    """A PNG of all groups under each other, as high as they need."""
    room = WIDTH - 2 * MARGIN
    heads = wrapped(title, room, TITLE, bold=True), wrapped(below, room, BODY)
    placed = [_placed(group, room) for group in groups]
    height = head_height(*heads) + sum(place.height for place in placed) + 8
    sheet = Sheet(height)
    top = write_head(sheet, *heads) + 14
    left, zero, pixels = _scale([bar for group in groups for bar in group.bars])
    for index, place in enumerate(placed):
        if index:
            sheet.draw(
                Line2D([MARGIN, WIDTH - MARGIN], [top - 22, top - 22], color=LINE, linewidth=1)
            )
        _draw_group(sheet, place, top, left=left, zero=zero, pixels=pixels)
        top += place.height
    return sheet.png()


def _placed(group: Group, room: float) -> _Placed:
    tag = text_width(group.tag, BODY, bold=group.stressed)
    return _Placed(group, wrapped(group.heading, room - tag - 40, HEADING, bold=True, lines=3))


def _scale(bars: Sequence[Bar]) -> tuple[float, float, float]:
    """Left edge of the bars, position of zero, and pixels per whole."""
    names = max(text_width(bar.name, BODY) for bar in bars)
    values = max(text_width(bar.shown, BODY, bold=True) for bar in bars)
    left = MARGIN + names + 24
    room = WIDTH - MARGIN - values - 20 - left
    lowest = min(0.0, *(bar.share for bar in bars))
    highest = max(1.0, *(bar.share for bar in bars))
    pixels = room / (highest - lowest)
    return left, left - lowest * pixels, pixels


def _draw_group(
    sheet: Sheet, place: _Placed, top: float, *, left: float, zero: float, pixels: float
) -> None:
    group = place.group
    for index, line in enumerate(place.heading):
        sheet.write(MARGIN, top + 30 + HEADING_LINE * index, line, size=HEADING, bold=True)
    sheet.write(
        WIDTH - MARGIN,
        top + 30,
        group.tag,
        bold=group.stressed,
        color=ACCENT if group.stressed else MUTED,
        align="right",
    )
    y = top + HEADING_LINE * len(place.heading) + 8
    for bar in group.bars:
        middle = y + THICK / 2
        sheet.write(left - 24, middle, bar.name, color=MUTED, align="right", rise="center_baseline")
        track = Rectangle((zero, y), pixels, THICK, facecolor=TRACK, edgecolor="none")
        sheet.draw(track)
        ends = sorted((zero, zero + bar.share * pixels))
        if bar.share:
            length = max(ends[1] - ends[0], THINNEST)
            sheet.draw(Rectangle((ends[0], y), length, THICK, **LOOKS[bar.look]))
        sheet.write(
            max(ends[1], zero + pixels) + 20,
            middle,
            bar.shown,
            bold=bar.look in ("accent", "outline"),
            color=INK,
            rise="center_baseline",
        )
        y += STEP
