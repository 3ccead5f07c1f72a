"""The day as the chat page plays it: this computer's time, moved forward by whoever looks on."""

from datetime import UTC, datetime, timedelta

FARTHEST = timedelta(days=366)
"""At most so far in one step: a year holds every tip."""


class MovableClock:
    """Runs on as any clock does, and never backwards."""

    def __init__(self) -> None:
        self._ahead = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def move_to(self, moment: datetime) -> None:
        """Raises ValueError for a moment that is over, or farther than a year away."""
        step = moment - self.now()
        if not timedelta(0) < step <= FARTHEST:
            raise ValueError("the clock moves forward, by a year at most")
        self._ahead += step
