"""What an adviser tells of his clients himself: soft marks, and who belongs in his top."""

import json
from dataclasses import dataclass, field, replace
from typing import cast

from sqlite_utils import Database

from storage.database import scalar

EVERY_LIST = 0
"""In place of the number of a list: clients whom the office's own number tells apart."""


@dataclass(frozen=True)
class OwnTop:
    """What the findings about the top are to go by.

    `marks` holds clients by the code of the mark, `looked_at` all whom the adviser considered for
    one. `chosen` names the top by hand; empty: the `size` clients with most of the `measure`.
    `version` goes up with every change.
    """

    size: int = 10
    measure: str = "revenue"
    chosen: tuple[str, ...] = ()
    marks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    looked_at: tuple[str, ...] = ()
    version: int = 0

    def marks_of(self, client: str) -> tuple[str, ...]:
        return tuple(mark for mark, clients in self.marks.items() if client in clients)


@dataclass(frozen=True)
class Search:
    """A member was asked for a client in `message`; `found` are those that the answer led to."""

    user: int
    message: int
    upload: int
    purpose: str
    found: tuple[str, ...] = ()
    named: bool = False
    """Whether he saw names when he was asked."""


class Marks:
    """The marks and the top of one office. Every method is one transaction.

    `listed` is the number of a list, or EVERY_LIST.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, listed: int) -> OwnTop:
        row = self._database.execute("select size, measure, version from own_top").fetchone()
        if row is None:
            return OwnTop()
        size, measure, version = row
        marks: dict[str, tuple[str, ...]] = {}
        for mark, client in self._database.execute(
            "select mark, client from marks where list = ? order by mark, client", (listed,)
        ):
            marks[mark] = (*marks.get(mark, ()), client)
        return OwnTop(
            size=size,
            measure=measure,
            chosen=self._clients("select client from chosen where list = ? order by place", listed),
            marks=marks,
            looked_at=self._clients("select client from looked_at where list = ?", listed),
            version=version,
        )

    def look_at(self, listed: int, client: str) -> None:
        """The adviser considered this client; that he gives no mark tells something too."""
        with self._database.atomic():
            added = self._database.execute(
                "insert or ignore into looked_at (list, client) values (?, ?)", (listed, client)
            )
            if added.rowcount:
                self._changed()

    def toggle(self, listed: int, client: str, mark: str, wanted: bool | None = None) -> bool:
        """Gives the mark, or takes it back; whether he has it now.

        `wanted` says which, so that the same wish may come twice; None: the other way round.
        """
        with self._database.atomic():
            self.look_at(listed, client)
            row = {"list": listed, "client": client, "mark": mark}
            has = self._toggle(row, wanted)
            self._changed()
        return has

    def want(self, user: int, upload: int, top: OwnTop) -> None:
        """A member composes a top for one list; an earlier one that was not done is forgotten."""
        wanted = {"size": top.size, "measure": top.measure, "chosen": top.chosen}
        with self._database.atomic():
            self._database.execute(
                "insert or replace into wanted_tops (user, upload, top) values (?, ?, ?)",
                (user, upload, json.dumps(wanted)),
            )

    def wanted(self, user: int, upload: int, listed: int) -> OwnTop:
        """The top that a member composes for this list; as it stands where he changed nothing."""
        own = self.of(listed)
        top = scalar(
            self._database,
            "select top from wanted_tops where user = ? and upload = ?",
            (user, upload),
        )
        if top is None:
            return own
        said = json.loads(cast("str", top))
        return replace(
            own, size=said["size"], measure=said["measure"], chosen=tuple(said["chosen"])
        )

    def adopt(self, user: int, upload: int, listed: int) -> None:
        """From now on findings go by the top that a member composed."""
        own, top = self.of(listed), self.wanted(user, upload, listed)
        with self._database.atomic():
            self.stop_wanting(user)
            if top == own:
                return
            self._changed()
            self._database.execute(
                "update own_top set size = ?, measure = ?", (top.size, top.measure)
            )
            self._database.execute("delete from chosen where list = ?", (listed,))
            for client in top.chosen:
                self._database.execute(
                    "insert into chosen (list, client) values (?, ?)", (listed, client)
                )

    def stop_wanting(self, user: int) -> None:
        with self._database.atomic():
            self._database.execute("delete from wanted_tops where user = ?", (user,))

    def is_outdated(self, upload: int) -> bool:
        """Whether something was told since the findings of this list were made."""
        return bool(
            scalar(
                self._database,
                "select coalesce((select version from own_top), 0)"
                " <> coalesce((select version from top_versions where upload = ?), 0)",
                (upload,),
            )
        )

    def used(self, upload: int, version: int) -> None:
        """The findings of this list go by what was told up to this version."""
        with self._database.atomic():
            self._database.execute(
                "insert or replace into top_versions (upload, version) values (?, ?)",
                (upload, version),
            )

    def ask(self, search: Search) -> None:
        """One question a member at a time; an earlier one is forgotten."""
        with self._database.atomic():
            self._database.execute(
                "insert or replace into searches (user, message, upload, purpose, found, named)"
                " values (?, ?, ?, ?, ?, ?)",
                (
                    search.user,
                    search.message,
                    search.upload,
                    search.purpose,
                    json.dumps(search.found),
                    search.named,
                ),
            )

    def asked(self, user: int) -> Search | None:
        row = self._database.execute(
            "select message, upload, purpose, found, named from searches where user = ?", (user,)
        ).fetchone()
        if row is None:
            return None
        message, upload, purpose, found, named = row
        return Search(user, message, upload, purpose, tuple(json.loads(found)), bool(named))

    def forget_list(self, upload: int) -> None:
        """Removes what was told of the clients of this one list."""
        with self._database.atomic():
            for table in ("marks", "looked_at", "chosen"):
                self._database.execute(f"delete from {table} where list = ?", (upload,))
            for table in ("top_versions", "searches", "wanted_tops"):
                self._database.execute(f"delete from {table} where upload = ?", (upload,))

    def _clients(self, query: str, listed: int) -> tuple[str, ...]:
        return tuple(row[0] for row in self._database.execute(query, (listed,)))

    def _toggle(self, row: dict[str, object], wanted: bool | None) -> bool:
        where = " and ".join(f"{name} = ?" for name in row)
        values = tuple(row.values())
        found = self._database.execute(f"select 1 from marks where {where}", values).fetchone()
        has = found is None if wanted is None else wanted
        if has and found is None:
            self._database.table("marks").insert(row)
        elif found is not None and not has:
            self._database.execute(f"delete from marks where {where}", values)
        return has

    def _changed(self) -> None:
        self._database.execute(
            "insert into own_top (id, version, size, measure) values (1, 1, ?, ?)"
            " on conflict (id) do update set version = version + 1",
            (OwnTop.size, OwnTop.measure),
        )
