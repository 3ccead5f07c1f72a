"""Finds a free place for labels among curves, so that nothing needs a legend."""

from dataclasses import dataclass, field

import numpy as np

from bot.charts.style import BODY, INK, Sheet, text_width

LINE_HEIGHT = 40.0
CLEARANCE = 8.0


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels from the top left."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: "Box") -> float:
        """Shared area in square pixels."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(wide, 0.0) * max(high, 0.0)


@dataclass
class Labels:
    """The labels of one drawing inside `frame`, each clear of curves and of earlier labels."""

    sheet: Sheet
    frame: Box
    curves: list[np.ndarray] = field(default_factory=list)
    taken: list[Box] = field(default_factory=list)

    def avoid(self, x: np.ndarray, y: np.ndarray) -> None:
        """Keeps labels off the line through these points, in pixels."""
        steps = np.hypot(np.diff(x), np.diff(y))
        along = np.concatenate([[0.0], np.cumsum(steps)])
        at = np.linspace(0.0, along[-1], 400)
        self.curves.append(np.column_stack([np.interp(at, along, x), np.interp(at, along, y)]))

    def put(
        self,
        text: str,
        anchors: np.ndarray,
        *,
        distance: float = 18.0,
        bold: bool = False,
        color: str = INK,
    ) -> None:
        """Writes the text beside the first of these points with room, else where it hurts least.

        `anchors` has one row (x, y) per point, the most wanted first.
        """
        width = text_width(text, BODY, bold=bold)
        candidates = [
            box
            for factor in (1.0, 1.8)
            for x, y in anchors
            for box in self._around(float(x), float(y), width, factor * distance)
        ]
        best = min(candidates, key=self._harm)
        self.taken.append(best)
        self.sheet.write(best.left, best.bottom - 10, text, bold=bold, color=color)

    def _around(self, x: float, y: float, width: float, distance: float) -> list[Box]:
        slanted = distance * 0.7
        corners = [
            (x + slanted, y + slanted),
            (x - slanted - width, y - slanted - LINE_HEIGHT),
            (x + distance, y - LINE_HEIGHT / 2),
            (x + slanted, y - slanted - LINE_HEIGHT),
            (x - slanted - width, y + slanted),
            (x - distance - width, y - LINE_HEIGHT / 2),
        ]
        return [Box(left, top, left + width, top + LINE_HEIGHT) for left, top in corners]

    def _harm(self, box: Box) -> float:
        outside = (
            max(self.frame.left - box.left, 0.0)
            + max(box.right - self.frame.right, 0.0)
            + max(self.frame.top - box.top, 0.0)
            + max(box.bottom - self.frame.bottom, 0.0)
        )
        crossed = sum(
            int(
                (
                    (points[:, 0] > box.left - CLEARANCE)
                    & (points[:, 0] < box.right + CLEARANCE)
                    & (points[:, 1] > box.top - CLEARANCE)
                    & (points[:, 1] < box.bottom + CLEARANCE)
                ).sum()
            )
            for points in self.curves
        )
        covered = sum(box.overlap(other) for other in self.taken)
        return outside * 1_000 + covered * 10 + crossed
