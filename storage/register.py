"""The shared file: offices, members, invitations, and the inbox of updates."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, cast

from storage import migrations
from storage.comments import Comments
from storage.contributions import Contributions
from storage.database import in_utc, open_encrypted, scalar
from storage.drafts import Drafts
from storage.everything import Rows, rows_of_register
from storage.invitations import Invitations
from storage.outbox import Outbox
from storage.subscriptions import Subscriptions

INBOX_REMEMBERS = timedelta(days=7)
_MEMBER = "user, office, language, text_only, unsend"

Unsend = Literal["yes", "no", "asked"]


@dataclass(frozen=True)
class Member:
    """Somebody who may speak with the bot; `user` is his number in the messenger."""

    user: int
    office: str
    language: str
    text_only: bool = False
    """Whether answers come without pictures."""
    unsend: Unsend | None = None
    """Whether his files go out of the chat once they are read; None where he was never asked."""


@dataclass(frozen=True)
class ReceivedUpdate:
    """An update as it came in; `payload` is the messenger's JSON."""

    update_id: int
    payload: str


class Register:
    """All that is known across offices. Every method is one transaction."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._database = open_encrypted(path, key, migrations.register)
        # All conversations wait along where another program holds the file; an update that finds
        # no room is asked for again.
        self._database.execute("PRAGMA busy_timeout = 2000")
        self.subscriptions = Subscriptions(self._database)
        self.outbox = Outbox(self._database)
        self.comments = Comments(self._database)
        self.contributions = Contributions(self._database)
        self.drafts = Drafts(self._database)
        self.invitations = Invitations(self._database)

    def close(self) -> None:
        self._database.close()

    # Offices and members

    def member(self, user: int) -> Member | None:
        row = self._database.execute(
            f"select {_MEMBER} from members where user = ?", (user,)
        ).fetchone()
        return _member(row) if row else None

    def members_of(self, office: str) -> list[Member]:
        return [
            _member(row)
            for row in self._database.execute(
                f"select {_MEMBER} from members where office = ? order by joined_at",
                (office,),
            )
        ]

    def offices(self) -> list[str]:
        """The ids of all offices."""
        return [row[0] for row in self._database.execute("select id from offices")]

    def office_name(self, office: str) -> str:
        """What the operator called it; empty for one that a member opened himself."""
        name = scalar(self._database, "select name from offices where id = ?", (office,))
        return str(name or "")

    def office_called(self, name: str) -> str | None:
        """The id of the office that the operator gave this name; the first where two have it."""
        office = scalar(
            self._database, "select id from offices where name = ? order by created_at", (name,)
        )
        return None if office is None else str(office)

    def new_office(self, name: str, now: datetime) -> str:
        """The id of a new office: random, so that it cannot be guessed."""
        office = secrets.token_hex(8)
        self._database.table("offices").insert(
            {"id": office, "name": name, "created_at": in_utc(now)}
        )
        return office

    def join(self, user: int, office: str, language: str, now: datetime) -> Member:
        self._database.table("members").upsert(
            {"user": user, "office": office, "language": language, "joined_at": in_utc(now)},
            pk="user",
        )
        return Member(user, office, language)

    def open_office_for(self, user: int, language: str, now: datetime) -> Member:
        """Membership of a new office of one's own."""
        with self._database.atomic():
            return self.join(user, self.new_office("", now), language, now)

    def set_language(self, user: int, language: str) -> None:
        with self._database.atomic():
            self._database.execute(
                "update members set language = ? where user = ?", (language, user)
            )

    def set_text_only(self, user: int, *, text_only: bool) -> None:
        with self._database.atomic():
            self._database.execute(
                "update members set text_only = ? where user = ?", (text_only, user)
            )

    def set_unsend(self, user: int, unsend: Unsend) -> None:
        with self._database.atomic():
            self._database.execute("update members set unsend = ? where user = ?", (unsend, user))

    def joined_at(self, user: int) -> datetime | None:
        """Since when somebody is a member."""
        joined = scalar(self._database, "select joined_at from members where user = ?", (user,))
        return None if joined is None else datetime.fromisoformat(str(joined))

    def remove_member(self, office: str, user: int) -> bool:
        """Takes a member out of this office, with his own wishes and drafts.

        False, and nothing happens, for who is no member of it, and for its last one.
        """
        with self._database.atomic():
            users = [member.user for member in self.members_of(office)]
            if user not in users or len(users) == 1:
                return False
            for table in ("drafts", "subscriptions", "outbox", "members"):
                self._database.execute(f"delete from {table} where user = ?", (user,))
        self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return True

    def everything_about(self, office: str, user: int) -> dict[str, Rows]:
        """What is kept of a member and of his office across offices, by kind."""
        return rows_of_register(self._database, office, user)

    def forget_office(self, office: str, *, handling: int) -> None:
        """Removes every row about the office and its members.

        `handling` is the update that asked for it: it stays until it is answered.
        """
        with self._database.atomic():
            users = "select user from members where office = ?"
            self._database.execute(
                f"delete from inbox where user in ({users}) and update_id <> ?",
                (office, handling),
            )
            self.comments.forget_office(office)
            self.drafts.forget_office(office)
            self.subscriptions.forget_office(office)
            self.outbox.forget_office(office)
            self._database.execute("delete from members where office = ?", (office,))
            self._database.execute("delete from invitations where office = ?", (office,))
            self._database.execute("delete from offices where id = ?", (office,))
        # Journals hold older pages until they are folded in.
        self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    # Invitations

    def invite(self, office: str, now: datetime) -> str:
        """A code that lets one person join within 14 days."""
        return self.invitations.make(office, now)

    def redeem(self, code: str, user: int, language: str, now: datetime) -> Member | None:
        """Membership by invitation; None where the code is unknown, used or too old."""
        with self._database.atomic():
            office = self.invitations.use(code, now)
            return self.join(user, office, language, now) if office is not None else None

    # Inbox

    def receive(self, update_id: int, user: int | None, payload: str, now: datetime) -> bool:
        """Writes an update down; False where it was received before."""
        return bool(self.receive_all([(update_id, user, payload)], now))

    def receive_all(
        self, updates: Sequence[tuple[int, int | None, str]], now: datetime
    ) -> set[int]:
        """Writes updates down: number, user and payload each. The numbers of those that are new.

        All at once, since each writing waits for the disk.
        """
        new = set()
        with self._database.atomic():
            for update_id, user, payload in updates:
                inserted = self._database.conn.execute(
                    "insert or ignore into inbox (update_id, user, received_at, payload)"
                    " values (?, ?, ?, ?)",
                    (update_id, user, in_utc(now), payload),
                )
                if inserted.rowcount:
                    new.add(update_id)
        return new

    def finish(self, update_ids: Sequence[int], now: datetime) -> None:
        """Marks updates as done and erases what they said.

        Does not wait for the disk: after a power cut they are handled again, as after a kill.
        """
        connection = self._database.conn
        connection.execute("PRAGMA synchronous = normal")
        try:
            with self._database.atomic():
                connection.executemany(
                    "update inbox set done_at = ?, payload = null, user = null where update_id = ?",
                    [(in_utc(now), update_id) for update_id in update_ids],
                )
                connection.execute(
                    "delete from inbox where done_at < ?", (in_utc(now - INBOX_REMEMBERS),)
                )
        finally:
            connection.execute("PRAGMA synchronous = full")

    def stop_well(self, update_id: int) -> None:
        """Forgets how often an update was begun: what waits is not what makes the bot fall."""
        with self._database.atomic():
            self._database.execute(
                "update inbox set attempts = null where update_id = ?", (update_id,)
            )

    def begin_again(self, update_id: int) -> int:
        """Counts that an update of an earlier run is begun; returns how often that happened."""
        with self._database.atomic():
            self._database.execute(
                "update inbox set attempts = coalesce(attempts, 0) + 1 where update_id = ?",
                (update_id,),
            )
            attempts = scalar(
                self._database, "select attempts from inbox where update_id = ?", (update_id,)
            )
        return cast("int", attempts or 0)

    def unfinished(self) -> Iterator[ReceivedUpdate]:
        """Updates that were received but not done, in their order."""
        for row in self._database.execute(
            "select update_id, payload from inbox where done_at is null order by update_id"
        ).fetchall():
            yield ReceivedUpdate(*row)


def _member(row: tuple[int, str, str, int, Unsend | None]) -> Member:
    user, office, language, text_only, unsend = row
    return Member(user, office, language, bool(text_only), unsend)
