"""When a member's tip is due. Pure: moments with a time zone in, moments in UTC out."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from storage.subscriptions import Times

MINUTES_PER_DAY = 24 * 60
SATURDAY = 5
# Some working day follows in every month, Christmas included.
LATEST_DAY = 25


def first_of_month(moment: datetime, zone: ZoneInfo) -> date:
    """The first day of the month in which this moment lies, where the member lives."""
    return moment.astimezone(zone).date().replace(day=1)


def month_after(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def working_day(month: date, day: int) -> date:
    """The first day that is neither in a weekend nor a Dutch public holiday, from `day` on."""
    found = month.replace(day=min(day, LATEST_DAY))
    while found.weekday() >= SATURDAY or found in _holidays(found.year):
        found += timedelta(days=1)
    return found


def due_at(month: date, times: Times, zone: ZoneInfo) -> datetime:
    """When the tip of a month is due, outside the quiet hours."""
    moment = _moment(working_day(month, times.day), times.minute, zone)
    return out_of_quiet(moment, times, zone)


def next_due(
    times: Times, zone: ZoneInfo, after: datetime, not_before: date
) -> tuple[date, datetime]:
    """The first month from `not_before` on whose tip is due after this moment, and when."""
    month = max(not_before, first_of_month(after, zone))
    while (moment := due_at(month, times, zone)) <= after:
        month = month_after(month)
    return month, moment


def out_of_quiet(moment: datetime, times: Times, zone: ZoneInfo) -> datetime:
    """The moment itself, or the end of the quiet hours in which it falls."""
    if not _in_quiet_hours(moment, times, zone):
        return moment.astimezone(UTC)
    local = moment.astimezone(zone)
    # In the doubled hour of autumn the end comes twice, and the first may be over.
    ends = (
        _moment(local.date() + timedelta(days=day), times.quiet_until, zone, fold)
        for day in range(3)
        for fold in (0, 1)
    )
    return min(end for end in ends if end > moment and not _in_quiet_hours(end, times, zone))


def is_quiet(minute: int, times: Times) -> bool:
    """Whether a minute of the day lies in the quiet hours."""
    since = (minute - times.quiet_from) % MINUTES_PER_DAY
    return since < (times.quiet_until - times.quiet_from) % MINUTES_PER_DAY


def _in_quiet_hours(moment: datetime, times: Times, zone: ZoneInfo) -> bool:
    local = moment.astimezone(zone)
    return is_quiet(local.hour * 60 + local.minute, times)


def _moment(day: date, minute: int, zone: ZoneInfo, fold: int = 0) -> datetime:
    """A time of the day in UTC. In the gap of spring it is as much later as the gap is long."""
    wall = datetime.combine(day, time(*divmod(minute, 60), fold=fold), zone)
    return wall.astimezone(UTC)


@cache
def _holidays(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("NL", years=year)
