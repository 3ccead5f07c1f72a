"""The tips that go out: one row for each member and month, from due to what became of it.

pending → sending → sent, failed, blocked or uncertain. A row is `sending` on disk before the
messenger hears of it, so whoever finds it so after a fall knows that it may have arrived: it
becomes `uncertain` and is never sent again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeVar, get_args

from sqlite_utils import Database

from storage.database import in_utc
from storage.subscriptions import Times

State = Literal["pending", "sending", "sent", "failed", "blocked", "uncertain"]
Answer = Literal["done", "later", "not_for_me", "stop", "go_on"]
Code = TypeVar("Code", bound=str)

# A tip asks whether to go on after so many without an answer.
IGNORED_IN_A_ROW = 3


@dataclass(frozen=True)
class DueTip:
    """A member's tip of a month that is now due, with the moment of his next one."""

    user: int
    month: date
    due_at: datetime
    next_month: date
    next_due_at: datetime


@dataclass(frozen=True)
class Letter:
    """A tip that waits to be sent to `chat`; the first day of its `month`."""

    number: int
    office: str
    user: int
    chat: int
    month: date
    language: str
    times: Times
    asks_to_go_on: bool


@dataclass(frozen=True)
class TipCounts:
    """What became of the tips of a month, and what members answered."""

    states: dict[State, int]
    answers: dict[Answer, int]


class Outbox:
    """All tips of all members. Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, due: Iterable[DueTip], now: datetime) -> None:
        """Tips that are due; one of a month that is there already stays as it is.

        The member's next tip is set in the same transaction. For one who blocked the bot it is
        recorded, and waits until he is back.
        """
        with self._database.atomic():
            for tip in due:
                self._database.execute(
                    "insert or ignore into outbox"
                    " (office, user, month, state, send_from, changed_at)"
                    " select members.office, user, ?,"
                    " case when blocked_at is null then 'pending' else 'blocked' end, ?, ?"
                    " from subscriptions join members using (user) where user = ?",
                    (_text(tip.month), in_utc(tip.due_at), in_utc(now), tip.user),
                )
                self._database.execute(
                    "update subscriptions set next_month = ?, next_due_at = ? where user = ?",
                    (_text(tip.next_month), in_utc(tip.next_due_at), tip.user),
                )

    def pending(self, now: datetime, after: int, limit: int) -> list[Letter]:
        """Tips to be sent, by number, those after `after`; never more than `limit`."""
        rows = self._database.execute(
            "select outbox.id, outbox.office, user, chat, month, language,"
            " day, minute, quiet_from, quiet_until"
            " from outbox join subscriptions using (user) join members using (user)"
            " where state = 'pending' and send_from <= ? and outbox.id > ?"
            " and members.office = outbox.office order by outbox.id limit ?",
            (in_utc(now), after, limit),
        ).fetchall()
        return [
            Letter(
                number=number,
                office=office,
                user=user,
                chat=chat,
                month=_date(month),
                language=language,
                times=Times(*times),
                asks_to_go_on=self.asks_to_go_on(user, _date(month)),
            )
            for number, office, user, chat, month, language, *times in rows
        ]

    def asks_to_go_on(self, user: int, month: date) -> bool:
        """Whether three tips in a row before this month were ignored, or six, and so on.

        An answer, and asking for a tip, begins the count anew.
        """
        heeded = self._database.execute(
            "select answer is not null or reason = 'asked' from outbox"
            " where user = ? and month < ? and state = 'sent' order by month desc",
            (user, _text(month)),
        ).fetchall()
        ignored = next((place for place, (once,) in enumerate(heeded) if once), len(heeded))
        return ignored > 0 and ignored % IGNORED_IN_A_ROW == 0

    def begin(self, number: int, now: datetime) -> bool:
        """Before the messenger hears of it; False where it is no longer pending."""
        with self._database.atomic():
            changed = self._database.execute(
                "update outbox set state = 'sending', changed_at = ?"
                " where id = ? and state = 'pending'",
                (in_utc(now), number),
            )
            return bool(changed.rowcount)

    def finish(self, number: int, state: State, now: datetime, reason: str = "") -> None:
        """What became of it; `reason` is a code."""
        with self._database.atomic():
            self._database.execute(
                "update outbox set state = ?, reason = ?, changed_at = ? where id = ?",
                (state, reason, in_utc(now), number),
            )

    def put_off(self, number: int, until: datetime, now: datetime) -> None:
        """Back to pending, not before `until`: it certainly was not sent."""
        with self._database.atomic():
            self._database.execute(
                "update outbox set state = 'pending', send_from = ?, changed_at = ? where id = ?",
                (in_utc(until), in_utc(now), number),
            )

    def tell_interrupted(self, now: datetime) -> int:
        """At the start: what was being sent when the bot fell is uncertain; returns how many."""
        with self._database.atomic():
            changed = self._database.execute(
                "update outbox set state = 'uncertain', reason = 'interrupted', changed_at = ?"
                " where state = 'sending'",
                (in_utc(now),),
            )
            return int(changed.rowcount)

    def end_before(self, month: date, now: datetime) -> int:
        """Tips of earlier months that never went out stay unsent; returns how many."""
        with self._database.atomic():
            changed = self._database.execute(
                "update outbox set state = 'failed', reason = 'month_over', changed_at = ?"
                " where state = 'pending' and month < ?",
                (in_utc(now), _text(month)),
            )
            return int(changed.rowcount)

    def take(self, office: str, user: int, month: date, now: datetime) -> None:
        """A member asked for the tip of this month himself: it does not come again by itself."""
        with self._database.atomic():
            self._database.execute(
                "insert into outbox (office, user, month, state, reason, send_from, changed_at)"
                " values (?, ?, ?, 'sent', 'asked', ?, ?)"
                " on conflict (office, user, month) do update"
                " set state = 'sent', reason = 'asked', changed_at = excluded.changed_at"
                " where state in ('pending', 'blocked', 'failed')",
                (office, user, _text(month), in_utc(now), in_utc(now)),
            )

    def answer(self, user: int, month: date, answer: Answer, now: datetime) -> None:
        """What the member pressed under the tip; a later press takes the place of an earlier.

        Only `go_on`, which says nothing of the tip itself, leaves an earlier one as it is.
        """
        with self._database.atomic():
            self._database.execute(
                "update outbox set answer = ?, answered_at = ? where user = ? and month = ?"
                " and (answer is null or ? <> 'go_on')",
                (answer, in_utc(now), user, _text(month), answer),
            )

    def drop_pending(self, user: int) -> None:
        """The member wants no more tips: what has not gone out goes."""
        with self._database.atomic():
            self._database.execute(
                "delete from outbox where user = ? and state = 'pending'", (user,)
            )

    def send_after_all(self, user: int, month: date, now: datetime) -> None:
        """The member is back: this month's tip, which could not reach him, may go out."""
        with self._database.atomic():
            self._database.execute(
                "update outbox set state = 'pending', reason = '', changed_at = ?"
                " where user = ? and month = ? and state = 'blocked'",
                (in_utc(now), user, _text(month)),
            )

    def months_of(self, office: str, user: int) -> dict[date, State]:
        """The state of every tip of a member by month, the newest first."""
        rows = self._database.execute(
            "select month, state from outbox where office = ? and user = ? order by month desc",
            (office, user),
        )
        return {_date(month): state for month, state in rows.fetchall()}

    def forget_office(self, office: str) -> None:
        """Removes the tips of its members, those of an earlier office of theirs too.

        Part of the transaction that forgets the office.
        """
        self._database.execute(
            "delete from outbox where office = ?"
            " or user in (select user from members where office = ?)",
            (office, office),
        )

    def counts(self, month: date) -> TipCounts:
        """For operators: numbers of tips of a month, nothing of an office."""
        return TipCounts(
            states=self._counted("state", get_args(State), month),
            answers=self._counted("answer", get_args(Answer), month),
        )

    def _counted(self, column: str, codes: tuple[Code, ...], month: date) -> dict[Code, int]:
        found = dict(
            self._database.execute(
                f"select {column}, count(*) from outbox where month = ? group by {column}",
                (_text(month),),
            ).fetchall()
        )
        return {code: found.get(code, 0) for code in codes}


def _text(month: date) -> str:
    return f"{month:%Y-%m}"


def _date(month: str) -> date:
    return date.fromisoformat(f"{month}-01")
