"""Whether the clock of this computer can be trusted: Telegram tells its own with every answer."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

# Clocks that nobody sets drift by minutes; one that is a day wrong was set wrong.
BELIEVED_WITHIN = timedelta(days=1)


def computer_clock() -> datetime:
    return datetime.now(UTC)


class TelegramClock:
    """What Telegram's clock says, by the last answer and the time since."""

    def __init__(self) -> None:
        self._told: datetime | None = None
        self._told_at = 0.0

    def tell(self, date: str) -> None:
        """The header `Date` of an answer (RFC 9110, 6.6.1)."""
        try:
            told = parsedate_to_datetime(date)
        except ValueError:
            return
        self._told = told if told.tzinfo else told.replace(tzinfo=UTC)
        self._told_at = time.monotonic()

    def agrees(self) -> bool:
        """Whether this computer's clock says the same; not before Telegram answered."""
        if self._told is None:
            return False
        now = self._told + timedelta(seconds=time.monotonic() - self._told_at)
        return abs(computer_clock() - now) < BELIEVED_WITHIN
