"""The real bot in a process of its own, against a local Bot API server, and what is left of it.

Everything here waits for what happens in the chat or for the end of a process; nothing sleeps.
"""

import asyncio
import hashlib
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.localchat import LocalServer, Message, User
from bot.localchat.model import FormattedText, ReplyMarkup
from bot.localchat.server import LOCAL_TOKEN
from storage import migrations
from storage.database import open_encrypted, scalar
from storage.keys import derive, master_key
from storage.office import Offices
from storage.register import Register

PATIENCE = 90.0
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
        try:
            async with asyncio.timeout(seconds):
                while missing(texts, self.collect()):
                    change = await self._watch.changes.get()
                    self._keep(change.kind, change.user, change.message, change.text)
        except TimeoutError:
            raise LostError(f"not answered: {missing(texts, self.collect())[0]!r}") from None

    def _take(self) -> None:
        change = self._watch.changes.get_nowait()
        self._keep(change.kind, change.user, change.message, change.text)

    def _keep(self, kind: str, user: User | None, message: Message | None, text: str) -> None:
        if user is self.user and message and message.from_bot and kind in {"message", "edit"}:
            self.said.append(text)


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
    ) -> None:
        command = ["-m", "bot", "run"] if watch is None else [str(WATCHED), "run"]
        self._command = [sys.executable, *command]
        self._data = data
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
        self._log = data.with_suffix(".log")
        self.process: asyncio.subprocess.Process

    async def start(self) -> None:
        with self._log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *self._command,
                env=self._environment,
                cwd=self._data.parent,
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


def _has(database: object, table: str) -> bool:
    return bool(scalar(database, "select 1 from sqlite_master where name = ?", (table,)))  # type: ignore[arg-type]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _intact(database: object) -> None:
    for check in ("cipher_integrity_check", "integrity_check"):
        found = database.execute(f"PRAGMA {check}").fetchall()  # type: ignore[attr-defined]
        if found not in ([], [("ok",)]):
            raise LostError("a database is damaged")


def as_of_old(new: Path, old: Path) -> None:
    """The same data as a program would have left it that knew only the first migrations.

    One migration of the register, and the two of the office's file that every list needs.
    """
    master = master_key("", new)
    (old / "offices").mkdir(parents=True)
    shutil.copy(new / "key", old / "key")
    office = next((new / "offices").glob("*.db")).stem
    _copy_at(
        new / "register.db", old / "register.db", derive(master, "register"), migrations.register, 1
    )
    _copy_at(
        new / "offices" / f"{office}.db",
        old / "offices" / f"{office}.db",
        derive(master, f"office {office}"),
        migrations.office,
        2,
    )


def _copy_at(new: Path, old: Path, key: bytes, known: migrations.Migrations, count: int) -> None:
    source = open_encrypted(new, key, known)
    target = open_encrypted(old, key, migrations.Migrations(known.name))
    known.apply(target, stop_before=known._migrations[count].name)
    made = set(target.table_names())
    for table in source.table_names():
        if table.startswith("clients_"):
            target.execute(str(source.table(table).schema))
        elif table not in made or table.startswith("_"):
            continue
        columns = [column.name for column in target.table(table).columns]
        rows = source.execute(f'select {", ".join(columns)} from "{table}"').fetchall()
        marks = ", ".join("?" * len(columns))
        target.conn.executemany(f'insert into "{table}" values ({marks})', rows)
    source.close()
    target.close()


def table_of(rows: list[tuple[object, ...]]) -> str:
    """Rows of Markdown, the first one as the heading."""
    head, *body = [[str(cell) for cell in row] for row in rows]
    lines = [head, ["---"] * len(head), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


Act = Callable[[Chat], None]
