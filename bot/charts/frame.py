"""The field of a curve: its two axes, its lines and its marks."""

from typing import Any

import numpy as np
from matplotlib.lines import Line2D

from bot.charts.labels import Box, Labels
from bot.charts.style import LINE, MARGIN, MUTED, WIDTH, Sheet

SIDE = 820
"""Height of the field in pixels."""
MARK = 14.0
"""Half the size of a mark in pixels."""
ABOVE, BELOW = 84, 130
"""Pixels that what stands above and below the field needs."""


class Frame:
    """A field on a sheet: from 0 to 1 across, from `lowest` to `highest` up; works in pixels."""

    def __init__(
        self, sheet: Sheet, top: float, *, lowest: float, highest: float, left: float = 168.0
    ) -> None:
        self.sheet = sheet
        self.left, self.right = left, WIDTH - MARGIN - 24.0
        self.top, self.bottom = top, top + SIDE
        self._lowest, self._highest = lowest, highest
        self.labels = Labels(sheet, Box(self.left, self.top - 30, self.right + 8, self.bottom))

    def x(self, share: Any) -> Any:
        return self.left + np.asarray(share) * (self.right - self.left)

    def y(self, value: Any) -> Any:
        up = (np.asarray(value) - self._lowest) / (self._highest - self._lowest)
        return self.bottom - up * (self.bottom - self.top)

    def steps(self) -> np.ndarray:
        """Round values within the field, at most about six."""
        return round_steps(self._lowest, self._highest)

    def grid_line(self, value: float, shown: str) -> None:
        """A line from left to right with what it stands for."""
        height = float(self.y(value))
        self.line([self.left, self.right], [height, height], color=LINE, linewidth=0.8)
        self.sheet.write(
            self.left - 16, height, shown, color=MUTED, align="right", rise="center_baseline"
        )

    def tick(self, share: float, shown: str) -> None:
        """What a place on the axis across stands for."""
        at = float(self.x(share))
        self.sheet.write(at, self.bottom + 44, shown, color=MUTED, align="center")

    def name_axes(self, up: str, across: str) -> None:
        self.sheet.write(MARGIN, self.top - 46, up, color=MUTED)
        self.sheet.write(self.right + 24, self.bottom + 98, across, color=MUTED, align="right")

    def line(self, x: Any, y: Any, **look: Any) -> None:
        self.sheet.draw(Line2D(x, y, **look))

    def mark(self, x: float, y: float, sign: str, color: str) -> None:
        """A point that labels keep clear of."""
        self.labels.taken.append(Box(x - MARK, y - MARK, x + MARK, y + MARK))
        self.line(
            [x],
            [y],
            marker=sign,
            markersize=12,
            color=color,
            markeredgecolor="white",
            markeredgewidth=2.2,
            zorder=4,
        )


def round_steps(lowest: float, highest: float) -> np.ndarray:
    """Round values from `lowest` to `highest`, which is more, at most about six."""
    span = highest - lowest
    power = 10.0 ** np.floor(np.log10(span / 6))
    step = next(size * power for size in (2.0, 5.0, 10.0, 20.0) if span / (size * power) <= 6)
    first, last = np.ceil(lowest / step), np.floor(highest / step + 1e-9)
    return np.asarray(step * np.arange(first, last + 1))
