"""The real bot in a process of its own, against a local Bot API server, and what is left of it.

Everything here waits for what happens in the chat or for the end of a process; nothing sleeps.
"""

import asyncio
import hashlib
import os
import re
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database, Migrations

from analysis.findings import SCHEMA
from bot.localchat import LocalServer, Message, User
from bot.localchat.model import FormattedText, ReplyMarkup
from bot.localchat.server import LOCAL_TOKEN
from storage import migrations
from storage.database import open_encrypted, scalar
from storage.keys import derive, master_key
from storage.office import OfficeFile
from storage.offices import Offices
from storage.register import Register

PATIENCE = 90.0
# How long it took so far depends on the machine.
WAIT = re.compile(r" Al \d+ seconden bezig\.$|^Ik ben er nog mee bezig: al \d+ seconden\.$")
WATCHED = Path(__file__).parent / "watched_bot.py"


class LostError(Exception):
    """The bot did not do what it promises; the text says what, without content."""


class Chat:
    """One person with a local server, and everything that the bot ever said to him."""

    def __init__(self, server: LocalServer, user: User | None = None) -> None:
        self.server = server
        self.user = user or server.messenger.add_user("Anja")
        self.user.started = True
        self.said: list[str] = []
        self._watch = server.messenger.watch()

    def says(self, text: str) -> None:
        self.server.messenger.send_text(self.user, text)

    def sends(self, name: str, content: bytes) -> None:
        self.server.messenger.send_document(self.user, name, content)

    def presses(self, data: str) -> None:
        """Presses a button that carries this, under a message of an earlier day."""
        button = {"text": "-", "callback_data": data}
        message = Message(
            0, self.user, True, 0, FormattedText("-"), markup=ReplyMarkup(((button,),))
        )
        messenger = self.server.messenger
        messenger.begin_press(self.user, messenger.deliver(message).message_id, button)
        self.collect()
        self.said.remove("-")

    def collect(self) -> list[str]:
        """All texts of the bot until now, in their order, edits as they read."""
        while not self._watch.changes.empty():
            self._take()
        return self.said

    async def sees(self, texts: tuple[str, ...], seconds: float = PATIENCE) -> None:
        """Until each of these was said, now or before. Raises LostError where one was not."""
        if not await self._hears(lambda said: not missing(texts, said), seconds):
            raise LostError(f"not answered: {missing(texts, self.said)[0]!r}")

    async def sees_any(self, texts: tuple[str, ...], seconds: float = PATIENCE) -> None:
        """Until one of these was said, now or before. Raises LostError where none was."""
        if not await self._hears(lambda said: len(missing(texts, said)) < len(texts), seconds):
            raise LostError(f"not answered: none of {texts}")

    async def _hears(self, enough: Callable[[list[str]], bool], seconds: float) -> bool:
        """Whether what was said became enough in time."""
        try:
            async with asyncio.timeout(seconds):
                while not enough(self.collect()):
                    change = await self._watch.changes.get()
                    self._keep(change.kind, change.user, change.message, change.text)
        except TimeoutError:
            return enough(self.collect())
        return True

    def _take(self) -> None:
        change = self._watch.changes.get_nowait()
        self._keep(change.kind, change.user, change.message, change.text)

    def _keep(self, kind: str, user: User | None, message: Message | None, text: str) -> None:
        if user is self.user and message and message.from_bot and kind in {"message", "edit"}:
            self.said.append(text)


def unheard(said: Iterable[str], expected: Iterable[str]) -> list[str]:
    """The lines among these texts that stand in none of the expected ones."""
    known = {line for text in expected for line in text.splitlines()} | {""}
    lines = [line for text in said for line in text.splitlines()]
    return [line for line in lines if WAIT.sub("", line) not in known]


def missing(texts: tuple[str, ...], said: list[str]) -> list[str]:
    return [text for text in texts if not any(text in each for each in said)]


class BotProcess:
    """`klantkompas run`; `watch` are the settings of `watched_bot`, none for the product alone."""

    def __init__(
        self,
        url: str,
        data: Path,
        *,
        open_to_all: bool = False,
        watch: Mapping[str, str] | None = None,
        settings: Mapping[str, str] | None = None,
        log: Path | None = None,
    ) -> None:
        command = ["-m", "bot", "run"] if watch is None else [str(WATCHED), "run"]
        self._command = [sys.executable, *command]
        self.data = data
        self._environment = {
            **os.environ,
            "KLANTKOMPAS_TOKEN": LOCAL_TOKEN,
            "KLANTKOMPAS_BOT_API_URL": url,
            "KLANTKOMPAS_DATA": str(data),
            "KLANTKOMPAS_OPEN": str(open_to_all).lower(),
            "KLANTKOMPAS_WORKERS": "1",
            **{f"WATCH_{name.upper()}": value for name, value in (watch or {}).items()},
            **(settings or {}),
        }
        self._log = log or data.with_suffix(".log")
        self.process: asyncio.subprocess.Process

    async def start(self) -> None:
        with self._log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *self._command,
                env=self._environment,
                cwd=self.data.parent,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def log(self) -> str:
        """What all processes on this data folder wrote to standard error."""
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    async def until(self, wanted: Coroutine[Any, Any, None]) -> None:
        """Waits for this while the bot lives. Raises LostError where it ends before."""
        waiting, ended = asyncio.create_task(wanted), asyncio.create_task(self.process.wait())
        try:
            await asyncio.wait({waiting, ended}, return_when=asyncio.FIRST_COMPLETED)
            if not waiting.done():
                raise LostError(f"the bot ended with status {ended.result()}")
            await waiting
        finally:
            waiting.cancel()
            ended.cancel()

    async def stop(self, seconds: float = PATIENCE) -> int:
        """Asks it to stop, as a service manager does; its exit status."""
        if self.process.returncode is None:
            self.process.terminate()
        return await self.ended(seconds)

    async def ended(self, seconds: float = PATIENCE) -> int:
        try:
            async with asyncio.timeout(seconds):
                return await self.process.wait()
        except TimeoutError:
            self.kill()
            raise LostError("the bot does not stop") from None

    def kill(self) -> None:
        """SIGKILL to it and its workers, as far as they live."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return


@asynccontextmanager
async def running(bot: BotProcess) -> AsyncIterator[BotProcess]:
    await bot.start()
    try:
        yield bot
    finally:
        bot.kill()
        await bot.process.wait()


@asynccontextmanager
async def local_server() -> AsyncIterator[LocalServer]:
    server = LocalServer(users=())
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


async def polls(server: LocalServer, seconds: float = PATIENCE) -> None:
    """Until a bot waits for updates: it has then enqueued what an earlier run left."""
    try:
        async with asyncio.timeout(seconds):
            await server.messenger.updates.polling.wait()
    except TimeoutError:
        raise LostError("the bot does not poll") from None


@dataclass(frozen=True)
class KeptList:
    """What is kept of one upload; rows and findings by their digest, clients by their number."""

    file_name: str
    findings: str
    rows: str
    clients: int
    in_use: bool


@dataclass(frozen=True)
class Kept:
    """What stands in a data folder, as far as it must be the same with and without a kill."""

    unfinished: int
    members: int
    lists: tuple[KeptList, ...]
    answers: tuple[tuple[str, str], ...]


def kept(data: Path) -> Kept:
    """Reads the whole folder, every page of it. Raises LostError for a damaged or stray file."""
    master = master_key("", data)
    register = Register(data / "register.db", derive(master, "register"))
    try:
        _intact(register._database)
        unfinished = len(list(register.unfinished()))
        known = register.offices()
        members = sum(len(register.members_of(office)) for office in known)
    finally:
        register.close()
    files = {path.stem for path in (data / "offices").glob("*.db")}
    if files - set(known):
        raise LostError("a file of an office that nobody knows")
    lists: list[KeptList] = []
    answers: list[tuple[str, str]] = []
    for office in sorted(files):
        with Offices(data / "offices", master).open(office) as file:
            database = file._database
            _intact(database)
            answers += sorted(file.answers().items())
            for summary in file.uploads():
                upload = file.upload(summary.number)
                assert upload is not None
                table = f"clients_{summary.number}"
                rows = scalar(database, f'select count(*) from "{table}"') if _has(
                    database, table
                ) else 0  # fmt: skip
                findings = upload.findings.model_dump_json() if upload.findings else ""
                lists.append(
                    KeptList(
                        summary.file_name,
                        _digest(findings.encode()),
                        _digest(upload.rows or b""),
                        int(str(rows)),
                        summary.in_use,
                    )
                )
    return Kept(unfinished, members, tuple(lists), tuple(answers))


def _has(database: Database, table: str) -> bool:
    return bool(scalar(database, "select 1 from sqlite_master where name = ?", (table,)))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _intact(database: Database) -> None:
    for check in ("cipher_integrity_check", "integrity_check"):
        found = database.execute(f"PRAGMA {check}").fetchall()
        if found not in ([], [("ok",)]):
            raise LostError("a database is damaged")


def as_of_old(new: Path, old: Path) -> None:
    """The same data as a program would have left it that knew only the first migrations.

    One migration of the register, and the two of the office's file that every list needs.
    """
    master = master_key("", new)
    (old / "offices").mkdir(parents=True)
    shutil.copy(new / "key", old / "key")
    key = derive(master, "register")
    register = Register(new / "register.db", key)
    (office,) = register.offices()
    members = register.members_of(office)
    register.close()
    database = _at(old / "register.db", key, migrations.register, 1)
    now = "2026-01-01T00:00:00.000+00:00"
    database.table("offices").insert({"id": office, "name": "", "created_at": now})
    database.table("members").insert_all(
        {"user": m.user, "office": office, "language": m.language, "joined_at": now}
        for m in members
    )
    database.close()
    database = _at(
        old / "offices" / f"{office}.db", derive(master, f"office {office}"), migrations.office, 2
    )
    with Offices(new / "offices", master).open(office) as file:
        for summary in file.uploads():
            _insert_as_of_old(database, file, summary.number)
    database.close()


def _at(path: Path, key: bytes, known: Migrations, count: int) -> Database:
    """A new file with so many migrations applied."""
    database = open_encrypted(path, key, Migrations(known.name))
    known.apply(database, stop_before=known._migrations[count].name)
    return database


def _insert_as_of_old(database: Database, file: OfficeFile, number: int) -> None:
    upload = file.upload(number)
    assert upload is not None
    assert upload.findings is not None
    database.table("uploads").insert(
        {
            "id": number,
            "update_id": number,
            "received_at": upload.received_at.isoformat(),
            "file_name": upload.file_name,
            "plan": upload.plan.model_dump_json(),
            "rows": upload.rows,
            "row_count": upload.row_count,
            "findings": upload.findings.model_dump_json(by_alias=True),
            "findings_schema": SCHEMA,
            "columns": "{}",
        }
    )
    table = f"clients_{number}"
    database.execute(str(file._database.table(table).schema))
    rows = file._database.execute(f'select * from "{table}"').fetchall()
    marks = ", ".join("?" * len(rows[0]))
    database.conn.executemany(f'insert into "{table}" values ({marks})', rows)


def table_of(rows: list[tuple[object, ...]]) -> str:
    """Rows of Markdown, the first one as the heading."""
    head, *body = [[str(cell) for cell in row] for row in rows]
    lines = [head, ["---"] * len(head), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


Act = Callable[[Chat], None]
