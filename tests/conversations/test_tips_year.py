"""A year of monthly tips for three offices, with everything that can go wrong on the way."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.tips import schedule
from bot.tips.sending import send_due_tips
from storage.subscriptions import Subscription, Times
from tests.conversations.adviser import Adviser

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MONTHS = [date(2026 + (11 + n) // 12, (11 + n) % 12 + 1, 1) for n in range(12)]
# Each its own wishes; the last one's moment lies where the clocks change.
WISHES = (
    Times(),
    Times(day=15, minute=18 * 60, quiet_from=19 * 60, quiet_until=9 * 60),
    Times(day=25, minute=2 * 60 + 30, quiet_from=0, quiet_until=0),
)


class Office:
    """An adviser with his subscription, and what he saw."""

    def __init__(self, bot, adviser, times: Times) -> None:
        self.bot, self.adviser, self.times = bot, adviser, times
        self.user = adviser.user.id

    async def subscribe(self) -> None:
        await self.adviser.says("/start")
        await self.adviser.sees("Welkom")
        self.office = self.bot.services.register.member(self.user).office
        month, due = schedule.next_due(self.times, AMSTERDAM, START, MONTHS[0])
        wanted = Subscription(
            self.user, self.user, True, self.times, next_month=month, next_due_at=due
        )
        self.bot.services.register.subscriptions.save(wanted, START)

    @property
    def states(self) -> dict[date, str]:
        months = self.bot.services.register.outbox.months_of(self.office, self.user)
        return dict(sorted(months.items()))

    @property
    def tips_seen(self) -> int:
        return sum(bool(each.button("Niet voor mij")) for each in self.adviser.messages)


@pytest.fixture
async def offices(stopped_bot, anja, server):
    stopped_bot.clock = lambda: START
    await stopped_bot.start()
    people = (anja, Adviser(server, "Bram"), Adviser(server, "Chris"))
    found = [
        Office(stopped_bot, adviser, times) for adviser, times in zip(people, WISHES, strict=True)
    ]
    for each in found:
        await each.subscribe()
    return found


def hours(first: datetime, last: datetime):
    moment = first
    while moment < last:
        yield moment
        moment += timedelta(hours=1)


def ticks(month: date):
    """Twice a day, at half past; every hour in the days around the change of the clocks."""
    begin = datetime.combine(month, datetime.min.time(), UTC)
    end = datetime.combine((month + timedelta(days=32)).replace(day=1), datetime.min.time(), UTC)
    for moment in hours(begin, end):
        changes = month.month in (3, 10) and moment.day >= 24
        if changes or moment.hour in (9, 17):
            yield moment + timedelta(minutes=30)


async def test_each_office_gets_one_tip_a_month_come_what_may(stopped_bot, offices, server):
    bot = stopped_bot
    anja, bram, chris = offices

    async def tick(moment: datetime) -> None:
        bot.clock = lambda: moment
        await send_due_tips(bot.application.bot, bot.services)

    for month in MONTHS:
        if month.month == 2:  # a restart
            await bot.stop()
            await bot.start()
        if month.month == 4:  # Telegram says that it is too much
            server.faults.too_many_requests(1, method="sendMessage", times=2)
        if month.month == 6:  # an answer gets lost: it may have arrived, and did
            server.faults.drop("after", method="sendMessage", chat_id=bram.user)
        if month.month == 8:
            server.messenger.block(chris.adviser.user)
        if month.month == 10:
            bot.clock = lambda: datetime(2027, 10, 1, tzinfo=UTC)
            server.messenger.unblock(chris.adviser.user)
            await chris.adviser.says("/help")
            await chris.adviser.sees("Zo werkt het")
        for moment in ticks(month):
            await tick(moment)

    usual = dict.fromkeys(MONTHS, "sent")
    assert anja.states == usual
    assert bram.states == usual | {date(2027, 6, 1): "uncertain"}
    assert chris.states == usual | {date(2027, 8, 1): "blocked", date(2027, 9, 1): "blocked"}
    assert [office.tips_seen for office in offices] == [12, 12, 10]


async def test_an_outage_is_made_up_for_within_the_month(stopped_bot, offices):
    bot = stopped_bot
    await bot.stop()
    bot.clock = lambda: datetime(2027, 2, 20, 12, 0, tzinfo=UTC)
    await bot.start()
    await send_due_tips(bot.application.bot, bot.services)
    missed = dict.fromkeys((date(2026, 12, 1), date(2027, 1, 1)), "failed")
    for office in offices[:2]:
        assert office.states == missed | {date(2027, 2, 1): "sent"}
        assert office.tips_seen == 1
