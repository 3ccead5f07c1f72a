"""From a file to stored findings: reading, storing, analysing. Knows no chat."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypeVar
from weakref import WeakValueDictionary

from analysis import columns
from analysis.columns.plan import Column, ColumnPlan, Role, Standing
from analysis.errors import UnreadableFile
from analysis.findings import Findings
from bot import jobs
from bot.comparison import Compared, Earlier, compare
from bot.earlier_list import came_before, earlier_list
from bot.engine import Engine
from bot.marking import clients_known_in
from bot.workbook import Wish, write_export
from storage.everything import Rows
from storage.marks import OwnTop
from storage.office import OfficeFile, Upload, UploadSummary, WaitingFile
from storage.offices import Offices

Result = TypeVar("Result")

# By answer about a heading: the answers that other headings then lose.
INSTEAD_OF = {"revenue": ("revenue", "revenue_part"), "client_id": ("client_id",)}

# Later, words in the chat are no password but words again.
ANSWER_IS_AWAITED = timedelta(minutes=15)


class ClientLists:
    """The client lists of all offices. Every step is stored before the next begins."""

    def __init__(self, offices: Offices, engine: Engine, now: Callable[[], datetime]) -> None:
        self._offices = offices
        self._engine = engine
        self._now = now
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def of_update(self, office: str, update_id: int) -> Upload | None:
        """The list that this update brought, where it was stored before."""
        with self._offices.open(office) as file:
            return file.upload_of_update(update_id)

    def newest(self, office: str) -> Upload | None:
        """The newest list with findings."""
        with self._offices.open(office) as file:
            return file.newest_analysed()

    def get(self, office: str, number: int) -> Upload | None:
        with self._offices.open(office) as file:
            return file.upload(number)

    def names(self, office: str, number: int, clients: list[str]) -> dict[str, str]:
        """Name by client number."""
        with self._offices.open(office) as file:
            return file.names_of(number, clients)

    def all(self, office: str) -> list[UploadSummary]:
        """Every list of an office, the newest first."""
        with self._offices.open(office) as file:
            return file.uploads()

    def sizes(self, office: str) -> list[tuple[UploadSummary, int]]:
        """Every list of an office with the number of its rows."""
        with self._offices.open(office) as file:
            return file.sizes()

    def everything_else(self, office: str, user: int) -> dict[str, Rows]:
        """What is kept of an office besides its lists, and of this member for himself."""
        with self._offices.open(office) as file:
            return file.everything_else(user)

    def before(self, office: str, upload: Upload) -> Upload | None:
        """The list of the same kind of clients that came before this one."""
        with self._offices.open(office) as file:
            return earlier_list(file, upload)

    async def go_back_to(self, office: str, number: int) -> Upload | None:
        """Takes a list in use again; None, and nothing happens, where it has no findings."""

        def go_back(file: OfficeFile) -> Upload | None:
            upload = file.upload(number)
            if upload is None or upload.findings is None:
                return None
            file.go_back_to(number)
            return upload

        return await self._write(office, go_back)

    async def remove(self, office: str, number: int) -> None:
        """Removes a list with everything that came from it."""
        await self._write(office, lambda file: file.remove_upload(number))

    async def export(self, upload: Upload, wish: Wish) -> bytes:
        """The list with its levels as a file. Raises UnreadableFile where that is too much."""
        findings = _kept_findings(upload)
        return await self._engine.run(
            write_export, await self.rows(upload), upload.plan, findings, wish
        )

    async def changes(self, office: str, now: Upload, before: Upload) -> Compared:
        """What changed between two lists with findings. Raises UnreadableFile."""
        with self._offices.open(office) as file:
            clients = file.clients(before.number).all()
        stored = None if clients is None else await self._stored(before)
        earlier = Earlier(_kept_findings(before), stored, clients or ())
        return await self._engine.run(
            compare, jobs.StoredList(await self.rows(now), now.plan), _kept_findings(now), earlier
        )

    async def read(
        self,
        office: str,
        update_id: int,
        content: bytes,
        file_name: str,
        *,
        password: str | None = None,
        sheet: str | None = None,
    ) -> Upload:
        """Reads and stores a file. Raises UnreadableFile; then nothing is stored."""
        with self._offices.open(office) as file:
            answers = file.answers()
            earlier = file.newest_analysed()
        read = await self._engine.run(
            jobs.read_list,
            content,
            file_name,
            answers,
            await self._stored(earlier) if earlier else None,
            password=password,
            sheet=sheet,
        )

        def add(file: OfficeFile) -> Upload:
            more = read.extends and not (read.plan.revenue_columns and came_before(file, read.plan))
            number = file.add_upload(
                update_id,
                file_name,
                read.plan,
                read.rows,
                read.row_count,
                self._now(),
                earlier.number if earlier and more else None,
            )
            return _found(file.upload(number))

        return await self._write(office, add)

    async def complete(self, office: str, upload: Upload) -> Upload:
        """This list and the earlier one as one table, analysed and stored as this.

        Raises UnreadableFile where the earlier list is no longer kept.
        """
        earlier = self.get(office, upload.extends) if upload.extends else None
        old = await self._stored(earlier) if earlier else None
        new = await self._stored(upload)
        if old is None or new is None:
            raise UnreadableFile("no_client_list")
        joined = await self._engine.run(jobs.join_lists, old, new)
        return await self.analyse(
            office, replace(upload, plan=joined.plan, read_rows=lambda: joined.rows)
        )

    async def answer_revenue(self, office: str, upload: Upload, position: int) -> Upload:
        """Which column is the office's own revenue; remembered for its next lists."""
        plan = columns.assign(upload.plan, {position: "revenue"})
        await self._remember(office, plan, position, "revenue")
        return await self._with_plan(office, upload, plan)

    async def answer_no_revenue(self, office: str, upload: Upload) -> Upload:
        """None of the columns that were asked about is the office's own revenue; remembered."""
        asked = {
            position
            for question in upload.plan.questions
            if question.code == "revenue_column"
            for position in question.positions
        }
        plan = columns.assign(upload.plan, dict.fromkeys(asked, "ignore"))
        left = tuple(question for question in plan.questions if question.code != "revenue_column")
        for position in asked:
            await self._remember(office, plan, position, "ignore")
        return await self._with_plan(office, upload, plan.model_copy(update={"questions": left}))

    async def answer_period(
        self, office: str, upload: Upload, position: int, period: str
    ) -> Upload:
        """Whether an amount is one of a `month` or of a `year`; remembered likewise."""
        plan = columns.answer_period(upload.plan, position, per_month=period == "month")
        await self._remember(office, plan, position, period)
        return await self._with_plan(office, upload, plan)

    async def skip_question(self, office: str, upload: Upload, code: str) -> Upload:
        """Leaves a question open: what it assumes is told with the result."""
        return await self._with_plan(office, upload, upload.plan.skip(code))

    async def choose_role(self, office: str, upload: Upload, position: int, role: Role) -> Upload:
        """The adviser says what a column is; the findings follow, and it is remembered.

        Raises UnreadableFile where no client is left, or where it holds no such amounts; then all
        stays as it was.
        """
        changed = replace(upload, plan=columns.choose(upload.plan, position, role))
        own = self.own_top(office, changed)
        analysed = await self._analysed(changed, own, self._now().date(), role)
        # Who falls between the two finds the role as it was, and does both again.
        await self._remember(office, changed.plan, position, role)
        return await self._store(office, changed, own, analysed)

    def thrown_away(self, office: str, upload: Upload) -> list[Column]:
        """The columns that this office wants thrown away, in this list and in the next."""
        with self._offices.open(office) as file:
            said = file.answers()
        return [
            column
            for column in upload.plan.with_role("private")
            if said.get(columns.normalise(column.header)) == "private"
        ]

    async def take_back(self, office: str, column: Column) -> None:
        """A column that was thrown away is read again in the next list."""
        heading = columns.normalise(column.header)
        await self._write(office, lambda file: file.forget_answer(heading))

    async def include(
        self, office: str, upload: Upload, who: Standing | None, wanted: bool | None = None
    ) -> Upload:
        """Takes in who was set apart, or sets him apart again; None: adds up households or not.

        `wanted` says which of the two, so that the same wish may come twice; None: the other way
        round than it is. Raises UnreadableFile where no client is left; then all stays as it was.
        """
        plan = upload.plan
        now = plan.by_household if who is None else who in plan.taken_in
        if wanted == now:
            return upload
        if who is None:
            changed = plan.model_copy(update={"by_household": not now})
        else:
            taken_in = tuple(sorted({*plan.taken_in} ^ {who}))
            changed = plan.model_copy(update={"taken_in": taken_in})
        return await self.analyse(office, replace(upload, plan=changed))

    async def analyse(self, office: str, upload: Upload, as_of: date | None = None) -> Upload:
        """Analyses by the plan of `upload`, as of today or that day, and stores both.

        Raises UnreadableFile.
        """
        own = self.own_top(office, upload)
        analysed = await self._analysed(upload, own, as_of or self._now().date())
        return await self._store(office, upload, own, analysed)

    async def _analysed(
        self, upload: Upload, own: OwnTop, as_of: date, wanted: Role | None = None
    ) -> jobs.AnalysedList:
        """Raises UnreadableFile, also where the list then lacks the amounts that were `wanted`."""
        rows = await self.rows(upload)
        return await self._engine.run(jobs.analyse_list, rows, upload.plan, as_of, wanted, own)

    async def _store(
        self, office: str, upload: Upload, own: OwnTop, analysed: jobs.AnalysedList
    ) -> Upload:
        def store(file: OfficeFile) -> Upload:
            file.save_analysis(
                upload.number,
                upload.plan,
                analysed.rows,
                analysed.clients,
                analysed.names,
                analysed.findings,
            )
            file.marks.used(upload.number, own.version)
            return _found(file.upload(upload.number))

        return await self._write(office, store)

    def own_top(self, office: str, upload: Upload) -> OwnTop:
        """What the adviser told of the clients of this list himself."""
        with self._offices.open(office) as file:
            return file.marks.of(clients_known_in(upload))

    def is_outdated(self, office: str, upload: Upload) -> bool:
        """Whether the adviser told something of his clients since, and it can be counted in."""
        with self._offices.open(office) as file:
            return upload.rows_kept and file.marks.is_outdated(upload.number)

    async def up_to_date(self, office: str, upload: Upload) -> Upload:
        """The list with findings of the same day that go by all that the adviser told since.

        The list as it is where there is nothing to count in, or where no client is left.
        """
        if upload.findings is None or not self.is_outdated(office, upload):
            return upload
        try:
            return await self.analyse(office, upload, as_of=upload.findings.as_of)
        except UnreadableFile:
            return upload

    async def wait(self, office: str, waiting: WaitingFile) -> None:
        """A file waits for a password or the choice of a sheet."""
        await self._write(office, lambda file: file.wait(waiting))

    def waiting_of(self, office: str, user: int) -> WaitingFile | None:
        """The file that waits for an answer of this member; after a while none does."""
        with self._offices.open(office) as file:
            return file.waiting_of(user, self._now() - ANSWER_IS_AWAITED)

    async def stop_waiting(self, office: str, user: int) -> None:
        await self._write(office, lambda file: file.stop_waiting(user))

    def picture(self, office: str, upload: Upload, picture: str, bot: int) -> str | None:
        """The messenger's file id of a picture of these findings, where this bot sent it before."""
        with self._offices.open(office) as file:
            return file.picture(upload, picture, bot)

    async def keep_picture(
        self, office: str, upload: Upload, picture: str, bot: int, file_id: str
    ) -> None:
        """Remembers a picture that was sent."""
        await self._write(office, lambda file: file.keep_picture(upload, picture, bot, file_id))

    async def forget_member(self, office: str, user: int) -> None:
        """What was kept for one member alone goes; the lists stay."""
        await self._write(office, lambda file: file.forget_member(user))

    def ready_answer(self, office: str, key: str) -> str | None:
        """An answer as it was sent before, where nothing has changed since."""
        return self._offices.ready_answer(office, key)

    def revision(self, office: str) -> int:
        """How many changes there were; to be read before what an answer is made of."""
        with self._offices.open(office) as file:
            return file.ready_answers.revision

    async def keep_ready(self, office: str, key: str, answer: str, revision: int) -> None:
        """Keeps an answer to be sent again, unless something has changed since `revision`."""
        await self._write(office, lambda file: file.ready_answers.keep(key, answer, revision))

    def remove_old_rows(self, offices: Iterable[str], days: int) -> int:
        """Removes client rows older than so many days; returns from how many lists."""
        before = self._now() - timedelta(days=days)
        removed = 0
        for office in offices:
            with self._offices.open(office) as file:
                removed += file.remove_rows(before)
                file.stop_old_waiting(self._now() - ANSWER_IS_AWAITED)
        return removed

    async def rows(self, upload: Upload) -> bytes:
        """The rows of a list, in a thread: of a large one they take their time."""
        rows = await asyncio.to_thread(lambda: upload.rows)
        if rows is None:
            raise ValueError("the rows of this list are no longer kept")
        return rows

    async def _stored(self, upload: Upload) -> jobs.StoredList | None:
        rows = await asyncio.to_thread(lambda: upload.rows)
        return None if rows is None else jobs.StoredList(rows, upload.plan)

    async def _with_plan(self, office: str, upload: Upload, plan: ColumnPlan) -> Upload:
        def save(file: OfficeFile) -> Upload:
            file.save_plan(upload.number, plan)
            return _found(file.upload(upload.number))

        return await self._write(office, save)

    async def _remember(self, office: str, plan: ColumnPlan, position: int, answer: str) -> None:
        heading = columns.normalise(plan.columns[position].header)
        if not heading:
            return
        key = jobs.period_of(heading) if answer in jobs.PERIODS else heading
        gone = INSTEAD_OF.get(answer, ())
        await self._write(office, lambda file: file.remember(key, answer, self._now(), gone))

    async def _write(self, office: str, change: Callable[[OfficeFile], Result]) -> Result:
        """One change at a time per office, in a thread: others' conversations go on meanwhile."""

        def write() -> Result:
            with self._offices.open(office) as file:
                return change(file)

        async with self._locks.setdefault(office, asyncio.Lock()):
            return await asyncio.to_thread(write)


def _kept_findings(upload: Upload) -> Findings:
    if upload.findings is None:
        raise ValueError("this list has not been analysed")
    return upload.findings


def _found(upload: Upload | None) -> Upload:
    if upload is None:
        raise LookupError("an upload that was just stored is gone")
    return upload
