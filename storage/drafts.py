"""What a member is writing, step by step, so that a restart between two steps loses nothing."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from storage.database import in_utc

Kind = Literal["comment", "answer", "contribution"]


@dataclass(frozen=True)
class Draft:
    """Something half written.

    `asks` names the value that the next typed text is; it is empty where a button decides.
    `update_id` is the update that brought it this far: handled again, it changes nothing.
    """

    user: int
    kind: Kind
    asks: str
    values: Mapping[str, str]
    update_id: int
    since: datetime


class Drafts:
    """At most one draft of each kind for a member. Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, draft: Draft) -> None:
        """Takes the place of an earlier draft of that kind."""
        self._database.table("drafts").upsert(
            {
                "user": draft.user,
                "kind": draft.kind,
                "asks": draft.asks,
                "content": json.dumps(dict(draft.values)),
                "update_id": draft.update_id,
                "since": in_utc(draft.since),
                "set_aside": 0,
            },
            pk=("user", "kind"),
        )

    def of(self, user: int, kind: Kind) -> Draft | None:
        return self._draft("user = ? and kind = ?", (user, kind))

    def awaiting(self, user: int, since: datetime) -> Draft | None:
        """The draft that asked for a text last, since then, and was not set aside."""
        return self._draft(
            "user = ? and asks <> '' and since >= ? and not set_aside", (user, in_utc(since))
        )

    def set_aside(self, user: int) -> None:
        """What is typed from now on is no part of a draft, until one is taken up again."""
        with self._database.atomic():
            self._database.execute("update drafts set set_aside = 1 where user = ?", (user,))

    def take_up(self, user: int, kind: Kind, now: datetime) -> None:
        """The draft asks for its text again."""
        with self._database.atomic():
            self._database.execute(
                "update drafts set set_aside = 0, since = ? where user = ? and kind = ?",
                (in_utc(now), user, kind),
            )

    def drop(self, user: int, kind: Kind) -> bool:
        """Throws a draft away; False where there is none."""
        with self._database.atomic():
            gone = self._database.execute(
                "delete from drafts where user = ? and kind = ?", (user, kind)
            )
            return bool(gone.rowcount)

    def drop_newest(self, user: int) -> bool:
        """Throws away what was written at last; False where there is nothing."""
        newest = self._draft("user = ?", (user,))
        return newest is not None and self.drop(user, newest.kind)

    def remove_old(self, before: datetime) -> None:
        """Throws away what nobody went on with since then."""
        with self._database.atomic():
            self._database.execute("delete from drafts where since < ?", (in_utc(before),))

    def forget_office(self, office: str) -> None:
        """Removes all of an office's members; within the caller's transaction."""
        self._database.execute(
            "delete from drafts where user in (select user from members where office = ?)",
            (office,),
        )

    def _draft(self, where: str, parameters: tuple[object, ...]) -> Draft | None:
        row = self._database.execute(
            f"select user, kind, asks, content, update_id, since from drafts where {where}"
            " order by since desc, update_id desc limit 1",
            parameters,
        ).fetchone()
        if row is None:
            return None
        user, kind, asks, values, update_id, since = row
        return Draft(user, kind, asks, json.loads(values), update_id, datetime.fromisoformat(since))
