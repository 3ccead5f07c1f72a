"""Who wants the monthly tip, and when."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from storage.database import in_utc, scalar

_COLUMNS = (
    "user, chat, active, day, minute, quiet_from, quiet_until, blocked_at, next_month, next_due_at"
)


@dataclass(frozen=True)
class Times:
    """When a member wants his tip; times of the day are minutes after midnight.

    `day`: the first working day from that day of the month on. The quiet hours may reach over
    midnight; there are none where they begin and end at the same minute.
    """

    day: int = 1
    minute: int = 10 * 60
    quiet_from: int = 20 * 60
    quiet_until: int = 8 * 60


@dataclass(frozen=True)
class Subscription:
    """What a member wants. One who said no, or has not answered yet, has one that is not active."""

    user: int
    chat: int
    active: bool = False
    times: Times = Times()
    blocked: bool = False
    """He blocked the bot: nothing is sent until he comes back."""
    next_month: date | None = None
    """The first day of the month of his next tip; with `next_due_at` None where he wants none."""
    next_due_at: datetime | None = None


@dataclass(frozen=True)
class SubscriptionCounts:
    """How many members want tips, stopped them or never did, and blocked the bot."""

    active: int
    stopped: int
    declined: int
    blocked: int


class Subscriptions:
    """The members' wishes about tips. Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, user: int) -> Subscription | None:
        """None for a member who was never asked."""
        row = self._database.execute(
            f"select {_COLUMNS} from subscriptions where user = ?", (user,)
        ).fetchone()
        return None if row is None else _subscription(row)

    def save(self, wanted: Subscription, now: datetime) -> None:
        """Takes the place of what this member wanted before."""
        times = wanted.times
        next_month, next_due_at = _next(wanted.next_month, wanted.next_due_at)
        with self._database.atomic():
            self._database.execute(
                "insert into subscriptions (user, chat, active, day, minute, quiet_from,"
                " quiet_until, next_month, next_due_at, asked_at, started_at, stopped_at)"
                " values (:user, :chat, :active, :day, :minute, :quiet_from, :quiet_until,"
                " :next_month, :next_due_at, :now, case when :active then :now end, null)"
                " on conflict (user) do update set chat = :chat, active = :active, day = :day,"
                " minute = :minute, quiet_from = :quiet_from, quiet_until = :quiet_until,"
                " next_month = :next_month, next_due_at = :next_due_at,"
                " started_at = case when :active then coalesce(started_at, :now)"
                " else started_at end,"
                " stopped_at = case when :active then null else coalesce(stopped_at, :now) end",
                {
                    "user": wanted.user,
                    "chat": wanted.chat,
                    "active": wanted.active,
                    "day": times.day,
                    "minute": times.minute,
                    "quiet_from": times.quiet_from,
                    "quiet_until": times.quiet_until,
                    "next_month": next_month,
                    "next_due_at": next_due_at,
                    "now": in_utc(now),
                },
            )

    def due(self, now: datetime, limit: int) -> list[Subscription]:
        """Those whose next tip is due, the earliest first; never more than `limit`."""
        rows = self._database.execute(
            f"select {_COLUMNS} from subscriptions where next_due_at <= ?"
            " order by next_due_at, user limit ?",
            (in_utc(now), limit),
        )
        return [_subscription(row) for row in rows.fetchall()]

    def block(self, user: int, now: datetime) -> None:
        """He blocked the bot."""
        with self._database.atomic():
            self._database.execute(
                "update subscriptions set blocked_at = coalesce(blocked_at, ?) where user = ?",
                (in_utc(now), user),
            )

    def come_back(self, user: int) -> bool:
        """He is back; False where he was not away."""
        away = "select 1 from subscriptions where user = ? and blocked_at is not null"
        if scalar(self._database, away, (user,)) is None:
            return False
        with self._database.atomic():
            self._database.execute(
                "update subscriptions set blocked_at = null where user = ?", (user,)
            )
        return True

    def move(self, user: int, chat: int) -> None:
        """The messenger says that the chat has another number now."""
        with self._database.atomic():
            self._database.execute("update subscriptions set chat = ? where user = ?", (chat, user))

    def forget_office(self, office: str) -> None:
        """Removes what its members wanted; part of the transaction that forgets the office."""
        self._database.execute(
            "delete from subscriptions where user in (select user from members where office = ?)",
            (office,),
        )

    def counts(self) -> SubscriptionCounts:
        """For operators: numbers of members, nothing of an office."""
        row = self._database.execute(
            "select coalesce(sum(active), 0),"
            " coalesce(sum(not active and started_at is not null), 0),"
            " coalesce(sum(not active and started_at is null), 0),"
            " coalesce(sum(blocked_at is not null), 0) from subscriptions"
        ).fetchone()
        return SubscriptionCounts(*row)


def _next(month: date | None, due_at: datetime | None) -> tuple[str | None, str | None]:
    if month is None or due_at is None:
        return None, None
    return f"{month:%Y-%m}", in_utc(due_at)


def _subscription(row: tuple[Any, ...]) -> Subscription:
    user, chat, active, day, minute, quiet_from, quiet_until, blocked_at, month, due_at = row
    return Subscription(
        user=user,
        chat=chat,
        active=bool(active),
        times=Times(day, minute, quiet_from, quiet_until),
        blocked=blocked_at is not None,
        next_month=None if month is None else date.fromisoformat(f"{month}-01"),
        next_due_at=None if due_at is None else datetime.fromisoformat(due_at),
    )
