"""When a tip is due: working days, quiet hours, and both changes of the clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tips import schedule
from storage.subscriptions import Times

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# Its clocks changed at midnight, in 2021 on working days.
TEHRAN = ZoneInfo("Asia/Tehran")
NEVER_QUIET = {"quiet_from": 0, "quiet_until": 0}


def local(text: str, zone: ZoneInfo = AMSTERDAM, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold)


@pytest.mark.parametrize(
    ("month", "day", "expected"),
    [
        ("2026-12-01", 1, "2026-12-01"),
        ("2026-11-01", 1, "2026-11-02"),  # a Sunday
        ("2027-01-01", 1, "2027-01-04"),  # New Year's Day, then a weekend
        ("2026-04-01", 3, "2026-04-07"),  # Good Friday until Easter Monday
        ("2026-04-01", 25, "2026-04-28"),  # a weekend, then King's Day
        ("2026-05-01", 14, "2026-05-15"),  # Ascension Day
        ("2026-12-01", 25, "2026-12-28"),  # Christmas, then a weekend
        ("2027-02-01", 31, "2027-02-25"),
    ],
)
def test_a_tip_comes_on_a_working_day(month, day, expected):
    assert schedule.working_day(date.fromisoformat(month), day) == date.fromisoformat(expected)


@given(st.dates(date(2024, 1, 1), date(2060, 12, 31)), st.integers(1, 31))
def test_every_month_has_its_working_day(any_day, day):
    month = any_day.replace(day=1)
    found = schedule.working_day(month, day)
    assert found.replace(day=1) == month
    assert found.weekday() < 5


@pytest.mark.parametrize(
    ("month", "expected"),
    [("2026-12-01", "2026-12-01T09:00"), ("2027-07-01", "2027-07-01T08:00")],
)
def test_ten_oclock_is_ten_oclock_in_winter_and_summer(month, expected):
    moment = schedule.due_at(date.fromisoformat(month), Times(), AMSTERDAM)
    assert moment == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("times", "moment", "expected"),
    [
        (Times(), "2026-12-01 19:59", "2026-12-01 19:59"),
        (Times(), "2026-12-01 20:00", "2026-12-02 08:00"),
        (Times(), "2026-12-01 23:30", "2026-12-02 08:00"),
        (Times(), "2026-12-01 00:00", "2026-12-01 08:00"),
        (Times(), "2026-12-01 07:59", "2026-12-01 08:00"),
        (Times(), "2026-12-01 08:00", "2026-12-01 08:00"),
        (Times(quiet_from=720, quiet_until=780), "2026-12-01 12:30", "2026-12-01 13:00"),
        (Times(quiet_from=720, quiet_until=780), "2026-12-01 23:30", "2026-12-01 23:30"),
        (Times(quiet_from=600, quiet_until=600), "2026-12-01 10:00", "2026-12-01 10:00"),
    ],
)
def test_quiet_hours_reach_over_midnight(times, moment, expected):
    assert schedule.out_of_quiet(local(moment), times, AMSTERDAM) == local(expected)


def test_a_time_within_the_quiet_hours_waits_for_their_end():
    assert schedule.due_at(date(2026, 12, 1), Times(minute=21 * 60), AMSTERDAM) == local(
        "2026-12-02 08:00"
    )


@pytest.mark.parametrize(
    ("minute", "expected"),
    [
        (90, "2026-03-29T00:30+00:00"),
        (150, "2026-03-29T01:30+00:00"),  # half past two does not exist: half past three
        (210, "2026-03-29T01:30+00:00"),
    ],
)
def test_the_gap_of_spring(minute, expected):
    quiet = Times(quiet_from=0, quiet_until=minute)
    moment = local("2026-03-29 00:00")
    assert schedule.out_of_quiet(moment, quiet, AMSTERDAM) == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    ("moment", "fold", "expected"),
    [
        ("2026-10-25 02:10", 0, "2026-10-25T00:30+00:00"),
        ("2026-10-25 02:40", 0, "2026-10-25T00:40+00:00"),
        ("2026-10-25 02:10", 1, "2026-10-25T01:30+00:00"),
        ("2026-10-25 02:40", 1, "2026-10-25T01:40+00:00"),
    ],
)
def test_the_doubled_hour_of_autumn(moment, fold, expected):
    quiet = Times(quiet_from=0, quiet_until=150)
    found = schedule.out_of_quiet(local(moment, fold=fold), quiet, AMSTERDAM)
    assert found == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("2021-03-22 00:30", "2021-03-21T21:00+00:00"),  # does not exist: half past one
        ("2021-09-21 23:30", "2021-09-21T19:00+00:00"),  # comes twice: the first
    ],
)
def test_a_due_moment_in_the_gap_or_the_doubled_hour_comes_once(due, expected):
    """Ticks of a minute, as the bot's, over the days around a change of the clock."""
    wall = datetime.fromisoformat(due)
    wanted = Times(day=wall.day, minute=wall.hour * 60 + wall.minute, **NEVER_QUIET)
    now = wall.replace(tzinfo=TEHRAN).astimezone(UTC) - timedelta(days=1)
    month, moment = schedule.next_due(wanted, TEHRAN, now, wall.date().replace(day=1))
    assert moment == datetime.fromisoformat(expected)
    came = []
    for _ in range(3 * 24 * 60):
        now += timedelta(minutes=1)
        while moment <= now:
            came.append((month, now))
            month, moment = schedule.next_due(wanted, TEHRAN, now, schedule.month_after(month))
    assert came == [(wall.date().replace(day=1), datetime.fromisoformat(expected))]


TIMES = st.builds(
    Times,
    day=st.integers(1, 25),
    minute=st.integers(0, 1439),
    quiet_from=st.integers(0, 1439),
    quiet_until=st.integers(0, 1439),
)
MOMENTS = st.datetimes(
    datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.sampled_from([UTC, AMSTERDAM, TEHRAN])
)


@given(times=TIMES, moment=MOMENTS, zone=st.sampled_from([AMSTERDAM, TEHRAN]))
def test_the_next_tip_is_soon_later_and_not_in_quiet_hours(times, moment, zone):
    month, due = schedule.next_due(times, zone, moment, moment.date().replace(day=1))
    assert moment < due <= moment + timedelta(days=62)
    assert schedule.due_at(month, times, zone) == due
    assert schedule.out_of_quiet(due, times, zone) - due <= timedelta(hours=1)


@given(times=TIMES, moment=MOMENTS, zone=st.sampled_from([AMSTERDAM, TEHRAN]))
def test_quiet_hours_end_within_a_day(times, moment, zone):
    end = schedule.out_of_quiet(moment, times, zone)
    assert moment <= end <= moment + timedelta(hours=49)
