"""A clock that is set wrong is found out."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from bot.operating import telegram_clock
from bot.operating.telegram_clock import TelegramClock

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wrong", "agrees"),
    [
        (timedelta(0), True),
        (timedelta(hours=23), True),
        (timedelta(days=-2), False),
        (timedelta(days=365), False),
    ],
)
def test_a_clock_may_be_wrong_by_less_than_a_day(monkeypatch, wrong, agrees):
    clock = TelegramClock()
    clock.tell(format_datetime(NOW, usegmt=True))
    monkeypatch.setattr(telegram_clock, "computer_clock", lambda: NOW + wrong)
    assert clock.agrees() is agrees


def test_a_clock_that_jumps_after_the_last_answer_is_found_out(monkeypatch):
    clock = TelegramClock()
    clock.tell(format_datetime(datetime.now(UTC), usegmt=True))
    assert clock.agrees()
    monkeypatch.setattr(
        telegram_clock, "computer_clock", lambda: datetime.now(UTC) + timedelta(days=30)
    )
    assert not clock.agrees()


@pytest.mark.parametrize("date", ["", "soon", "Mon, 99 Foo 2026 25:00:00 GMT"])
def test_what_is_no_date_tells_nothing(date):
    clock = TelegramClock()
    clock.tell(date)
    assert not clock.agrees()
