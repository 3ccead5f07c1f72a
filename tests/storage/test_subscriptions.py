from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from storage.subscriptions import Subscription, SubscriptionCounts, Times
from tests.storage.conftest import NOW

DUE = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
WANTED = Subscription(user=7, chat=7, active=True, next_month=date(2026, 12, 1), next_due_at=DUE)


@pytest.fixture
def subscriptions(register):
    register.open_office_for(7, "nl", NOW)
    return register.subscriptions


def test_nobody_is_subscribed_unasked(subscriptions):
    assert subscriptions.of(7) is None
    assert subscriptions.due(DUE, 10) == []


@pytest.mark.parametrize(
    "wanted",
    [
        WANTED,
        Subscription(user=7, chat=7),
        replace(WANTED, times=Times(day=15, minute=0, quiet_from=0, quiet_until=0)),
        replace(WANTED, chat=8),
    ],
)
def test_what_is_wanted_is_kept(subscriptions, wanted):
    subscriptions.save(Subscription(user=7, chat=7), NOW)
    subscriptions.save(wanted, NOW)
    assert subscriptions.of(7) == wanted


@pytest.mark.parametrize(("late", "found"), [(timedelta(seconds=-1), []), (timedelta(), [WANTED])])
def test_a_tip_is_due_from_its_moment_on(subscriptions, late, found):
    subscriptions.save(WANTED, NOW)
    assert subscriptions.due(DUE + late, 10) == found


def test_blocked_is_not_lost_by_a_change_of_wishes(subscriptions):
    subscriptions.save(WANTED, NOW)
    subscriptions.block(7, NOW)
    subscriptions.save(replace(WANTED, times=Times(day=10)), NOW)
    assert subscriptions.of(7).blocked
    assert subscriptions.come_back(7)
    assert not subscriptions.come_back(7)
    assert not subscriptions.of(7).blocked


def test_a_chat_that_moved_is_written_to_under_its_new_number(subscriptions):
    subscriptions.save(WANTED, NOW)
    subscriptions.move(7, 70)
    assert subscriptions.of(7) == replace(WANTED, chat=70)


def test_counts_tell_who_stopped_from_who_never_wanted(subscriptions):
    subscriptions.save(WANTED, NOW)
    subscriptions.save(replace(WANTED, user=8), NOW)
    subscriptions.save(Subscription(user=8, chat=8), NOW)
    subscriptions.save(Subscription(user=9, chat=9), NOW)
    subscriptions.block(7, NOW)
    assert subscriptions.counts() == SubscriptionCounts(active=1, stopped=1, declined=1, blocked=1)
