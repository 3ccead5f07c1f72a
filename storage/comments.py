"""Comments under a tip: written by members, shown to others once an operator approved them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlite_utils import Database

from storage.database import in_utc, scalar

State = Literal["waiting", "approved", "removed"]
News = Literal["written", "approved", "removed", "answered"]

# A message takes seconds; after this, whoever was to bring it has fallen.
NEWS_IS_BROUGHT_WITHIN = timedelta(minutes=5)

_COLUMNS = "id, tip, month, user, name, text, email, state, answer"


@dataclass(frozen=True)
class Comment:
    """A comment. `email` is for operators alone and may be empty, as `answer` may.

    A removed one has no name, text, e-mail address or answer any more.
    """

    number: int
    tip: str
    month: date
    """The first day of the month of the tip."""
    user: int
    name: str
    text: str
    email: str
    state: State
    answer: str


class Comments:
    """All comments, and the news about them that somebody must still hear.

    Every method is one transaction. A tip is known by its name and month.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def send(
        self,
        update_id: int,
        office: str,
        user: int,
        tip: str,
        month: date,
        *,
        name: str,
        text: str,
        email: str,
        now: datetime,
    ) -> None:
        """A new comment, which waits for an operator; none where this update sent it before."""
        with self._database.atomic():
            inserted = self._database.execute(
                "insert or ignore into comments"
                " (update_id, office, user, tip, month, name, text, email, state, answer, sent_at)"
                " values (?, ?, ?, ?, ?, ?, ?, ?, 'waiting', '', ?) returning id",
                (update_id, office, user, tip, f"{month:%Y-%m}", name, text, email, in_utc(now)),
            ).fetchone()
            if inserted is not None:
                self._add_news(inserted[0], "written")

    def was_sent_by(self, update_id: int) -> bool:
        """Whether this update sent a comment."""
        found = scalar(self._database, "select 1 from comments where update_id = ?", (update_id,))
        return found is not None

    def sent_since(self, user: int, moment: datetime) -> int:
        """How many comments a member has sent since then."""
        count = scalar(
            self._database,
            "select count(*) from comments where user = ? and sent_at >= ?",
            (user, in_utc(moment)),
        )
        return int(str(count))

    def get(self, number: int) -> Comment | None:
        found = self._comments("id = ?", (number,))
        return found[0] if found else None

    def waiting(self) -> list[Comment]:
        """What no operator has judged yet, the oldest first."""
        return self._comments("state = 'waiting'", ())

    def approved(self, tip: str, month: date) -> list[Comment]:
        """What others may read under a tip, the oldest first."""
        return self._comments(
            "state = 'approved' and tip = ? and month = ?", (tip, f"{month:%Y-%m}")
        )

    def approved_count(self, tip: str, month: date) -> int:
        count = scalar(
            self._database,
            "select count(*) from comments where state = 'approved' and tip = ? and month = ?",
            (tip, f"{month:%Y-%m}"),
        )
        return int(str(count))

    def approve(self, number: int) -> bool:
        """Lets others read a comment; False where it did not wait."""
        with self._database.atomic():
            changed = self._database.execute(
                "update comments set state = 'approved' where id = ? and state = 'waiting'",
                (number,),
            )
            if changed.rowcount:
                self._add_news(number, "approved")
            return bool(changed.rowcount)

    def answer(self, number: int, text: str) -> bool:
        """The operator's answer to its writer; False where the comment is gone."""
        with self._database.atomic():
            changed = self._database.execute(
                "update comments set answer = ? where id = ? and state <> 'removed'",
                (text, number),
            )
            if changed.rowcount:
                self._add_news(number, "answered")
            return bool(changed.rowcount)

    def remove(self, number: int) -> bool:
        """Erases a comment; False where it was gone.

        Its bare row stays for a while, so that the limit per day counts it.
        """
        with self._database.atomic():
            changed = self._database.execute(
                "update comments set state = 'removed', name = '', text = '', email = '',"
                " answer = '' where id = ? and state <> 'removed'",
                (number,),
            )
            if changed.rowcount:
                self._database.execute("delete from comment_news where comment = ?", (number,))
                self._add_news(number, "removed")
            return bool(changed.rowcount)

    def claim_news(self, now: datetime) -> list[tuple[News, Comment]]:
        """What is to be told now; until `told`, nobody else gets it for some minutes."""
        with self._database.atomic():
            free = "claimed_at is null or claimed_at < ?"
            before = in_utc(now - NEWS_IS_BROUGHT_WITHIN)
            claimed = self._database.execute(
                f"select news, comment from comment_news where {free} order by rowid", (before,)
            ).fetchall()
            self._database.execute(
                f"update comment_news set claimed_at = ? where {free}", (in_utc(now), before)
            )
            return [
                (news, comment)
                for news, number in claimed
                if (comment := self.get(number)) is not None
            ]

    def told(self, number: int, news: News) -> None:
        """That was heard, or never will be."""
        with self._database.atomic():
            self._database.execute(
                "delete from comment_news where comment = ? and news = ?", (number, news)
            )

    def drop_removed(self, before: datetime) -> None:
        """Drops the bare rows of removed comments that were sent before."""
        with self._database.atomic():
            self._database.execute(
                "delete from comments where state = 'removed' and sent_at < ?", (in_utc(before),)
            )

    def forget_office(self, office: str) -> None:
        """Removes all of an office and its members; within the caller's transaction."""
        self._database.execute(
            "delete from comments where office = ?"
            " or user in (select user from members where office = ?)",
            (office, office),
        )

    def _add_news(self, number: int, news: News) -> None:
        self._database.execute(
            "insert or replace into comment_news (comment, news) values (?, ?)", (number, news)
        )

    def _comments(self, where: str, parameters: tuple[object, ...]) -> list[Comment]:
        rows = self._database.execute(
            f"select {_COLUMNS} from comments where {where} order by id", parameters
        )
        return [
            Comment(number, tip, date.fromisoformat(f"{month}-01"), *rest)
            for number, tip, month, *rest in rows.fetchall()
        ]
