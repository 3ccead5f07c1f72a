"""One office's own encrypted file: its uploads, clients, plans and findings."""

import json
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import partial
from typing import cast

import pandas as pd
from sqlite_utils import Database

from analysis.columns.plan import ColumnPlan
from analysis.findings import SCHEMA, Findings
from storage.client_table import column_names, insert_clients
from storage.database import in_utc, scalar
from storage.errors import StorageError
from storage.everything import Rows, rows_of_office
from storage.listed_clients import ListedClients
from storage.marks import Marks
from storage.ready_answers import ReadyAnswers
from storage.tips import OfficeTips

# Both by the order in which lists came: a clock may be set back.
_USED_FIRST = "coalesce(used_after, id) desc, used_after is null"

_ROWS_KEPT = "exists (select 1 from client_rows where upload = uploads.id)"

QUESTIONS_KEPT = 200

LISTS_AT_HAND = 2


@dataclass(frozen=True)
class Upload:
    """A client list that was sent.

    `findings` is None until it has been analysed.
    """

    number: int
    file_name: str
    received_at: datetime
    plan: ColumnPlan
    rows_kept: bool
    """False once the retention time of the rows is over."""
    row_count: int
    extends: int | None
    """The list that this one may complete; None once that is settled."""
    findings: Findings | None
    analysis: int = 0
    """How many times it was analysed: what was made of other findings is out of date."""
    read_rows: Callable[[], bytes | None] = field(default=lambda: None, repr=False, compare=False)

    @property
    def rows(self) -> bytes | None:
        """The rows as they were read, from the file: most answers need none. None where gone."""
        return self.read_rows()


@dataclass(frozen=True)
class UploadSummary:
    """What a row of the overview of lists says; `clients` is None until it has been analysed."""

    number: int
    file_name: str
    received_at: datetime
    clients: int | None
    rows_kept: bool
    in_use: bool
    has_revenue: bool = False


@dataclass(frozen=True)
class WaitingFile:
    """A file that was sent and waits for a password, or where there are any, for one of `sheets`.

    `file_id` and `message` are the messenger's.
    """

    user: int
    update_id: int
    file_id: str
    file_name: str
    message: int
    since: datetime
    sheets: tuple[str, ...] = ()


class OfficeFile:
    """What is kept of one office. Every method is one transaction."""

    def __init__(
        self, database: Database, read_rows: Callable[[int], bytes | None] = lambda _: None
    ) -> None:
        self._database = database
        self._read_rows = read_rows
        # By list and analysis: parsing is dear, and an adviser asks several things about one list.
        self._parsed: OrderedDict[tuple[int, int], tuple[ColumnPlan, Findings]] = OrderedDict()

    @property
    def marks(self) -> Marks:
        """What the adviser told of his clients himself."""
        return Marks(self._database)

    @property
    def ready_answers(self) -> ReadyAnswers:
        """The answers that can be sent again as they were."""
        return ReadyAnswers(self._database)

    def clients(self, number: int) -> ListedClients:
        """The clients of an analysed list, to look one up."""
        return ListedClients(self._database, _clients_of(number))

    @property
    def changes(self) -> int:
        """Rows written through this connection."""
        changes: int = self._database.conn.total_changes
        return changes

    def close(self) -> None:
        self._database.close()

    def add_upload(
        self,
        update_id: int,
        file_name: str,
        plan: ColumnPlan,
        rows: bytes,
        row_count: int,
        now: datetime,
        extends: int | None = None,
    ) -> int:
        """The number of a new upload, or of the one that this update made before."""
        with self._database.atomic():
            self._database.execute(
                "insert or ignore into uploads"
                " (update_id, received_at, file_name, plan, row_count, extends)"
                " values (?, ?, ?, ?, ?, ?)",
                (update_id, in_utc(now), file_name, plan.model_dump_json(), row_count, extends),
            )
            (number,) = self._database.execute(
                "select id from uploads where update_id = ?", (update_id,)
            ).fetchone()
            self._database.execute(
                "insert or ignore into client_rows (upload, rows) values (?, ?)", (number, rows)
            )
            return cast("int", number)

    def save_plan(self, number: int, plan: ColumnPlan) -> None:
        """A plan with one question less, of a list that has not been analysed yet."""
        with self._database.atomic():
            self._database.execute(
                "update uploads set plan = ?, extends = null where id = ? and findings is null",
                (plan.model_dump_json(), number),
            )

    def save_analysis(
        self,
        number: int,
        plan: ColumnPlan,
        rows: bytes,
        clients: pd.DataFrame,
        names: Sequence[str],
        findings: Findings,
    ) -> None:
        """The plan of an upload, its clients as a table of their own, and what was found.

        All of it or nothing: a plan that leads nowhere leaves the earlier findings as they were.
        `clients` has the columns `client`, `client_name` and `level` and then one typed column
        per stored column, named as in `names`.
        """
        columns = column_names(names)
        with self._database.atomic():
            # Whatever was read meanwhile: who answers a question about a list goes on with it.
            if not scalar(
                self._database, "select findings is not null from uploads where id = ?", (number,)
            ):
                self._use(number)
            insert_clients(self._database, _clients_of(number), clients, columns)
            self._database.execute(
                "insert or replace into client_rows (upload, rows)"
                " select id, ? from uploads where id = ?",
                (rows, number),
            )
            self._database.execute("delete from sent_pictures where upload = ?", (number,))
            self._database.execute(
                "update uploads set plan = ?, findings = ?, findings_schema = ?,"
                " columns = ?, extends = null, analysis = analysis + 1 where id = ?",
                (
                    plan.model_dump_json(),
                    findings.model_dump_json(by_alias=True),
                    SCHEMA,
                    json.dumps(dict(zip(names, columns, strict=True))),
                    number,
                ),
            )
            OfficeTips(self._database).keep_figures(number, findings)

    def upload(self, number: int) -> Upload | None:
        return self._upload("where id = ?", (number,))

    def upload_of_update(self, update_id: int) -> Upload | None:
        return self._upload("where update_id = ?", (update_id,))

    def newest_analysed(self) -> Upload | None:
        """The list in use: the newest with findings, or an older one that was gone back to."""
        return self._upload(f"where findings is not null order by {_USED_FIRST} limit 1", ())

    def uploads(self) -> list[UploadSummary]:
        """All lists, the newest first, without reading what is large."""
        rows = self._database.execute(
            "select id, file_name, received_at, json_extract(findings, '$.clients.count'),"
            f" {_ROWS_KEPT}, id = (select id from uploads where findings is not null"
            f" order by {_USED_FIRST} limit 1),"
            " json_extract(findings, '$.pareto') is not null from uploads order by id desc"
        ).fetchall()
        return [
            UploadSummary(
                number=number,
                file_name=file_name,
                received_at=datetime.fromisoformat(received_at),
                clients=clients,
                rows_kept=bool(kept),
                in_use=bool(used),
                has_revenue=bool(revenue),
            )
            for number, file_name, received_at, clients, kept, used, revenue in rows
        ]

    def sizes(self) -> list[tuple[UploadSummary, int]]:
        """All lists with the number of their rows, the newest first."""
        counts = dict(self._database.execute("select id, row_count from uploads").fetchall())
        return [(summary, counts[summary.number] or 0) for summary in self.uploads()]

    def everything_else(self, user: int) -> dict[str, Rows]:
        """What is kept besides the lists, by kind; of what members have only this one's own."""
        return rows_of_office(self._database, user)

    def analysed_before(self, number: int) -> list[int]:
        """The lists with findings that came before this one, the newest first."""
        rows = self._database.execute(
            "select id from uploads where findings is not null and id < ? order by id desc",
            (number,),
        )
        return [earlier for (earlier,) in rows]

    def go_back_to(self, number: int) -> None:
        """Takes this list in use, until a newer one comes."""
        with self._database.atomic():
            self._use(number)

    def _use(self, number: int) -> None:
        self._database.execute("update uploads set used_after = null")
        self._database.execute(
            "update uploads set used_after = (select max(id) from uploads) where id = ?", (number,)
        )

    def remove_upload(self, number: int) -> bool:
        """Removes a list with its rows, clients and findings; False where there is none."""
        with self._database.atomic():
            self._drop_clients(number)
            self._database.execute("delete from figures where upload = ?", (number,))
            self.marks.forget_list(number)
            gone = self._database.execute("delete from uploads where id = ?", (number,))
            return bool(gone.rowcount)

    def names_of(self, number: int, clients: Sequence[str]) -> dict[str, str]:
        """Name by client, for those of `clients` that have one; none after the retention time."""
        if not self._database.table(_clients_of(number)).exists():
            return {}
        marks = ", ".join("?" * len(clients))
        rows = self._database.execute(
            f'select client, client_name from "{_clients_of(number)}"'
            f" where client in ({marks}) and client_name is not null",
            tuple(clients),
        )
        return dict(rows.fetchall())

    def remember(
        self, heading: str, answer: str, now: datetime, instead_of: Collection[str] = ()
    ) -> None:
        """What this office says about a heading; other headings lose the answers `instead_of`."""
        with self._database.atomic():
            for gone in instead_of:
                self._database.execute(
                    "delete from answers where role = ? and heading <> ?", (gone, heading)
                )
            self._database.table("answers").upsert(
                {"heading": heading, "role": answer, "given_at": in_utc(now)}, pk="heading"
            )

    def forget_answer(self, heading: str) -> None:
        """The next list is read without what this office said about a heading."""
        with self._database.atomic():
            self._database.execute("delete from answers where heading = ?", (heading,))

    def answers(self) -> dict[str, str]:
        """Role by heading, as this office said before."""
        return dict(self._database.execute("select heading, role from answers").fetchall())

    def keep_questions(
        self, upload: int, questions: str, now: datetime, answered_to: int | None = None
    ) -> int:
        """Keeps how a question about an upload can be read; returns its number.

        Only the newest are kept: a button asks for them, and an old one gets a fresh menu.
        `answered_to` is the member who got its answer, where it was answered already.
        """
        with self._database.atomic():
            number = self._database.execute(
                "insert into questions (upload, questions, asked_at, answered_to)"
                " values (?, ?, ?, ?) returning id",
                (upload, questions, in_utc(now), answered_to),
            ).fetchone()[0]
            self._database.execute(
                "delete from questions where id <= ?", (number - QUESTIONS_KEPT,)
            )
        return cast("int", number)

    def questions(self, number: int, upload: int) -> str | None:
        """How that question about this upload can be read, where it is still kept."""
        row = self._database.execute(
            "select questions from questions where id = ? and upload = ?", (number, upload)
        ).fetchone()
        return None if row is None else cast("str", row[0])

    def last_answered(self, upload: int, member: int, since: datetime) -> str | None:
        """The question about this upload that this member had answered last, not before `since`."""
        row = self._database.execute(
            "select questions from questions where upload = ? and answered_to = ?"
            " and asked_at >= ? order by id desc limit 1",
            (upload, member, in_utc(since)),
        ).fetchone()
        return None if row is None else cast("str", row[0])

    def wait(self, waiting: WaitingFile) -> None:
        """A member's file waits for its password; an earlier one waits no longer."""
        self._database.table("waiting").upsert(
            {
                **asdict(waiting),
                "since": in_utc(waiting.since),
                "sheets": json.dumps(waiting.sheets),
            },
            pk="user",
        )

    def waiting_of(self, user: int, since: datetime) -> WaitingFile | None:
        """The file that waits for an answer of this member, not longer than since then."""
        row = self._database.execute(
            "select user, update_id, file_id, file_name, message, since, sheets from waiting"
            " where user = ? and since >= ?",
            (user, in_utc(since)),
        ).fetchone()
        if row is None:
            return None
        *known, sent, sheets = row
        member, update_id, file_id, file_name, message = known
        return WaitingFile(
            member,
            update_id,
            file_id,
            file_name,
            message,
            datetime.fromisoformat(sent),
            tuple(json.loads(sheets)),
        )

    def stop_waiting(self, user: int) -> None:
        with self._database.atomic():
            self._database.execute("delete from waiting where user = ?", (user,))

    def stop_old_waiting(self, before: datetime) -> None:
        """No file waits longer than since then; its name goes with it."""
        with self._database.atomic():
            self._database.execute("delete from waiting where since < ?", (in_utc(before),))

    def forget_member(self, user: int) -> None:
        """Removes what is about this member alone: his waiting file, his search, his tips."""
        with self._database.atomic():
            for table in ("waiting", "searches", "wanted_tops", "told"):
                self._database.execute(f"delete from {table} where user = ?", (user,))

    def remove_rows(self, before: datetime) -> int:
        """Removes the client rows of lists received before; findings, without names, stay."""
        with self._database.atomic():
            old = [
                row[0]
                for row in self._database.execute(
                    f"select id from uploads where {_ROWS_KEPT} and received_at < ?",
                    (in_utc(before),),
                )
            ]
            for number in old:
                self._drop_clients(number)
                self._database.execute("update uploads set columns = null where id = ?", (number,))
        return len(old)

    def _drop_clients(self, number: int) -> None:
        # Not `drop(ignore=True)`: that knows sqlite3's exceptions, and these are sqlcipher3's.
        self._database.execute(f'drop table if exists "{_clients_of(number)}"')
        self._database.execute("delete from client_rows where upload = ?", (number,))
        self._database.execute("delete from questions where upload = ?", (number,))
        self._database.execute("delete from searches where upload = ?", (number,))
        self._database.execute("delete from wanted_tops where upload = ?", (number,))

    def rows_of(self, number: int) -> bytes | None:
        """The rows of a list; None after the retention time."""
        rows = scalar(self._database, "select rows from client_rows where upload = ?", (number,))
        return cast("bytes | None", rows)

    def picture(self, upload: Upload, picture: str, bot: int) -> str | None:
        """The messenger's file id of a picture of these findings that this bot sent before."""
        file_id = scalar(
            self._database,
            "select file_id from sent_pictures"
            " where upload = ? and analysis = ? and picture = ? and bot = ?",
            (upload.number, upload.analysis, picture, bot),
        )
        return cast("str | None", file_id)

    def keep_picture(self, upload: Upload, picture: str, bot: int, file_id: str) -> None:
        """Remembers a picture that was sent, unless it is out of date by now."""
        with self._database.atomic():
            self._database.execute(
                "insert or replace into sent_pictures (upload, analysis, picture, bot, file_id)"
                " select id, analysis, ?, ?, ? from uploads where id = ? and analysis = ?",
                (picture, bot, file_id, upload.number, upload.analysis),
            )

    def _upload(self, where: str, parameters: tuple[object, ...]) -> Upload | None:
        row = self._database.execute(
            f"select id, file_name, received_at, {_ROWS_KEPT}, row_count, extends, analysis"
            f" from uploads {where}",
            parameters,
        ).fetchone()
        if row is None:
            return None
        number, file_name, received_at, rows_kept, row_count, extends, analysis = row
        plan, findings = self._plan_and_findings(number, analysis)
        return Upload(
            number=number,
            file_name=file_name,
            received_at=datetime.fromisoformat(received_at),
            plan=plan,
            rows_kept=bool(rows_kept),
            row_count=row_count,
            extends=extends,
            findings=findings,
            analysis=analysis,
            read_rows=partial(self._read_rows, number),
        )

    def _plan_and_findings(self, number: int, analysis: int) -> tuple[ColumnPlan, Findings | None]:
        """Both, parsed; those of a finished analysis change only with the next one."""
        known = self._parsed.get((number, analysis))
        if known is not None:
            return known
        plan_text, findings_text, schema = self._database.execute(
            "select plan, findings, findings_schema from uploads where id = ?", (number,)
        ).fetchone()
        plan = ColumnPlan.model_validate_json(plan_text)
        if findings_text is None:
            return plan, None
        if schema > SCHEMA:
            raise StorageError("newer_file")
        findings = Findings.model_validate_json(findings_text)
        self._parsed[number, analysis] = plan, findings
        if len(self._parsed) > LISTS_AT_HAND:
            self._parsed.popitem(last=False)
        return plan, findings


def _clients_of(number: int) -> str:
    return f"clients_{int(number)}"
