"""Brings trouble to the bot, kind after kind, and looks what it does and what it loses.

Usage: python benchmarks/faults.py [--away SECONDS] [--flips 20] [KIND …]

Kinds: calls start disk locked damaged keys clock away workers two token. Without any: all.
A full and a read-only disk are small file systems in memory, which takes the right to mount.
"""

import argparse
import asyncio
import logging
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import SecretStr

from benchmarks.kill_conversation import make_folders
from benchmarks.rehearsal import (
    BotProcess,
    Chat,
    Kept,
    LostError,
    kept,
    local_server,
    polls,
    running,
    table_of,
    unheard,
)
from bot.engine import LocalWorkers
from bot.localchat import Fault, LocalServer, RefusedError
from bot.localchat.faults import DOWNLOAD
from bot.localchat.server import LOCAL_TOKEN
from bot.running import started
from bot.services import open_services
from bot.settings import Settings
from storage.database import connect
from storage.keys import derive, master_key
from tests.conversations.lists import csv_list

# Longer than the bot waits for an answer to a call.
TIME_OUT_SECONDS = 7.0
AT_ONCE = 4


@dataclass
class NthFault(Fault):
    """Trouble that lets the first so many calls pass."""

    skip: int = 0

    def hits(self, method: str, chat_id: int | None) -> bool:
        if not super().hits(method, chat_id):
            return False
        self.skip -= 1
        return self.skip < 0


def _fault(trouble: str, method: str, skip: int) -> NthFault:
    refused = {
        "429": RefusedError(429, "Too Many Requests: retry after 1", {"retry_after": 1}),
        "500": RefusedError(500, "Internal Server Error"),
        "502": RefusedError(502, "Bad Gateway"),
    }
    if trouble in refused:
        return NthFault(refused[trouble], method=method, skip=skip)
    if trouble == "time-out":
        return NthFault(seconds=TIME_OUT_SECONDS, method=method, skip=skip)
    return NthFault(drop="before" if "before" in trouble else "after", method=method, skip=skip)


TROUBLES = ("429", "500", "502", "time-out", "cut before", "cut after")


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    trouble: str
    times: int
    outcome: str
    lost: str = "nothing"


Probe = Callable[[Path, argparse.Namespace], Awaitable[list[Row]]]


# Calls of the Bot API


def _speak(chat: Chat) -> None:
    chat.says("/top10")
    chat.sends("nieuw.csv", csv_list(80))
    chat.presses("include:1:prospect.in")
    chat.says("/rapport")
    chat.presses("files:0:0")


ANSWERS = (
    "Je 10 beste klanten", "van de 80", "43 klanten gelezen", "Klantenrapport", "Je lijsten",
)  # fmt: skip


@dataclass(frozen=True)
class Conversation:
    """What was said and kept, and how often each method was called."""

    said: frozenset[str]
    kept: Kept
    calls: Counter[str]


async def _converse(folder: Path, engine: LocalWorkers, fault: NthFault | None) -> Conversation:
    """The conversation from begin to end on a copy of the folder, in this process."""
    with tempfile.TemporaryDirectory() as copy:
        data = Path(copy) / "data"
        shutil.copytree(folder, data)
        async with local_server() as server:
            settings = Settings(
                _env_file=None, data=data, token=SecretStr(LOCAL_TOKEN), bot_api_url=server.url
            )
            chat = Chat(server)
            with open_services(settings, engine=engine) as services:
                async with started(settings, services):
                    await polls(server)
                    if fault is not None:
                        server.faults.add(fault)
                    before = len(server.calls)
                    _speak(chat)
                    await chat.sees(ANSWERS)
            calls = Counter(call.method for call in server.calls[before:])
        return Conversation(frozenset(chat.collect()), kept(data), calls)


async def calls(folders: Path, _: argparse.Namespace) -> list[Row]:
    """Every call that the conversation makes, each kind of trouble at each of them."""
    room = asyncio.Semaphore(AT_ONCE)
    with LocalWorkers(1) as engine:
        whole = await _converse(folders / "lists", engine, None)
        places = [(name, skip) for name, count in whole.calls.items() for skip in range(count)]
        places += [(DOWNLOAD, 0), *(("getUpdates", skip) for skip in range(2))]

        async def one(trouble: str, method: str, skip: int) -> tuple[str, bool, str]:
            async with room:
                fault = _fault(trouble, method, skip)
                try:
                    found = await _converse(folders / "lists", engine, fault)
                    _same(found, whole)
                except LostError as lost:
                    _note(f"{trouble} at {method} {skip}: {lost}")
                    return trouble, True, str(lost)
                return trouble, fault.times == 0, ""

        done = await asyncio.gather(
            *(one(trouble, method, skip) for trouble in TROUBLES for method, skip in places)
        )
    methods = len({method for method, _ in places})
    return [
        Row(
            f"{trouble}, at each of the calls of a conversation ({methods} methods)",
            sum(hit for each, hit, _ in done if each == trouble),
            "answered, after another attempt where one was needed",
            str(sum(bool(lost) for each, _, lost in done if each == trouble) or "nothing"),
        )
        for trouble in TROUBLES
    ]


def _same(found: Conversation, whole: Conversation) -> None:
    strange = unheard(found.said, whole.said)
    if strange:
        raise LostError(f"said what it never says: {strange[0]!r}")
    # One whose last call broke off may still wait for its next attempt when the bot is stopped.
    if replace(found.kept, unfinished=0) != whole.kept:
        raise LostError(f"kept something else: {found.kept} instead of {whole.kept}")


async def start(folders: Path, _: argparse.Namespace) -> list[Row]:
    """Every call of the start, in a process of its own."""
    rows = []
    for trouble in TROUBLES:
        hits, lost = 0, 0
        for method, skip in (
            ("getMe", 0), ("deleteWebhook", 0), *(("setMyCommands", n) for n in range(3)),
        ):  # fmt: skip
            async with bot_on(folders / "lists") as (server, chat, bot):
                fault = server.faults.add(_fault(trouble, method, skip))
                chat.says("/top10")
                await bot.start()
                try:
                    await bot.until(chat.sees(("Je 10 beste klanten",)))
                except LostError as error:
                    _note(f"{trouble} at {method} {skip}: {error}")
                    lost += 1
                hits += fault.times == 0
        rows.append(
            Row(f"{trouble}, at each call of the start", hits, "starts and answers",
                str(lost or "nothing"))
        )  # fmt: skip
    return rows


# A process of its own


@asynccontextmanager
async def bot_on(
    folder: Path,
    *,
    data: Path | None = None,
    watch: dict[str, str] | None = None,
    settings: dict[str, str] | None = None,
) -> AsyncIterator[tuple[LocalServer, Chat, BotProcess]]:
    """A server, a person and a bot that is not yet started, on a copy of the folder."""
    with tempfile.TemporaryDirectory() as copy:
        place = data or Path(copy) / "data"
        shutil.copytree(folder, place, dirs_exist_ok=True)
        async with local_server() as server:
            chat = Chat(server)
            bot = BotProcess(server.url, place, watch=watch, settings=settings)
            try:
                yield server, chat, bot
            finally:
                if hasattr(bot, "process"):
                    bot.kill()
                    await bot.process.wait()


async def refuses(bot: BotProcess, sentence: str, status: int = 1) -> None:
    """The bot ends by itself with this one sentence and no traceback."""
    if await bot.ended() != status:
        raise LostError(f"ended with status {bot.process.returncode}")
    last = bot.log.splitlines()[-1] if bot.log else ""
    if "Traceback" in bot.log or sentence not in last:
        raise LostError(f"does not say {sentence!r}: {bot.log[-500:]}")


async def row(trouble: str, outcome: str, *attempts: Awaitable[None]) -> Row:
    lost = 0
    for attempt in attempts:
        try:
            await attempt
        except LostError as error:
            _note(f"{trouble}: {error}")
            lost += 1
    return Row(trouble, len(attempts), outcome, str(lost or "nothing"))


# The disk


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """A file system in memory. Raises CalledProcessError where mounting is not allowed."""
    with tempfile.TemporaryDirectory() as folder:
        _mount("-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder)
        try:
            yield Path(folder)
        finally:
            _unmount(folder)


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


def _unmount(folder: str) -> None:
    # The bot may still hold a file open there.
    subprocess.run(["umount", "--lazy", folder], check=True)


def fill(disk: Path, leave: int) -> Path:
    """Fills the disk up to so many bytes; removing the file that it returns makes room again."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            file.truncate(max(0, file.tell() - leave))
    return filler


WAITS = "tells the sender that his message waits, and answers when it can be kept"
NOT_KEPT = ("Ik kan nu niets bewaren",)
SORRY_DAMAGED = ("het bestand is beschadigd",)


async def full_disk(folders: Path, leave: int) -> None:
    """A list on a disk that is full, and what becomes of it when there is room again."""
    with small_disk(64) as disk:
        async with bot_on(folders / "lists", data=disk / "data") as (_, chat, bot):
            await bot.start()
            chat.says("/top10")
            await bot.until(chat.sees(("Je 10 beste klanten",)))
            filler = fill(disk, leave)
            chat.sends("nieuw.csv", csv_list(2000))
            await bot.until(chat.sees(NOT_KEPT))
            filler.unlink()
            await bot.until(chat.sees(("2.000 klanten gelezen",)))
            await _ends_well(bot)
            _holds(kept(disk / "data"), 3)


async def limited_files(folders: Path) -> None:
    """No file may grow, as with a quota: then it may again."""
    async with bot_on(folders / "lists") as (_, chat, bot):
        await bot.start()
        chat.says("/top10")
        await bot.until(chat.sees(("Je 10 beste klanten",)))
        resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        chat.sends("nieuw.csv", csv_list(80))
        await bot.until(chat.sees(NOT_KEPT))
        unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, unlimited)
        await bot.until(chat.sees(("van de 80",)))
        await _ends_well(bot)
        _holds(kept(bot.data), 3)


async def read_only_start(folders: Path) -> None:
    with small_disk(64) as disk:
        shutil.copytree(folders / "lists", disk / "data")
        _mount("-o", "remount,ro", str(disk))
        async with local_server() as server:
            bot = BotProcess(server.url, disk / "data", log=Path(tempfile.mkdtemp()) / "log")
            async with running(bot):
                await refuses(bot, "Read-only file system")
        _holds_files(disk / "data", folders / "lists")


async def read_only_offices(folders: Path) -> None:
    """The offices' files cannot be written any more; the register can."""
    async with bot_on(folders / "lists") as (_, chat, bot):
        await bot.start()
        chat.says("/help")
        await bot.until(chat.sees(("/top10",)))
        offices = str(bot.data / "offices")
        _mount("--bind", offices, offices)
        try:
            _mount("-o", "remount,ro,bind", offices)
            chat.sends("nieuw.csv", csv_list(80))
            await bot.until(chat.sees(NOT_KEPT))
        finally:
            _unmount(offices)
        await bot.until(chat.sees(("van de 80",)))
        await _ends_well(bot)
        _holds(kept(bot.data), 3)


async def _ends_well(bot: BotProcess) -> None:
    if await bot.stop() != 0:
        raise LostError(f"ended with status {bot.process.returncode}")


def _holds(found: Kept, lists: int) -> None:
    if found.unfinished or len(found.lists) != lists or not all(x.findings for x in found.lists):
        raise LostError(f"kept {found}")


def _holds_files(found: Path, expected: Path) -> None:
    for path in expected.rglob("*.db"):
        if (found / path.relative_to(expected)).read_bytes() != path.read_bytes():
            raise LostError("a file was changed")


async def disk(folders: Path, _: argparse.Namespace) -> list[Row]:
    rows = [
        await row(
            "no file may grow (RLIMIT_FSIZE)",
            WAITS,
            limited_files(folders),
        )
    ]
    try:
        with small_disk(1):
            pass
    except subprocess.CalledProcessError:
        _note("mounting is not allowed here: full and read-only disks are left out")
        return rows
    return [
        *rows,
        await row(
            "full disk, not a byte left",
            WAITS,
            full_disk(folders, 0),
        ),
        await row(
            "full disk, room for the message and not for the list",
            WAITS,
            full_disk(folders, 96 * 1024),
        ),
        await row(
            "read-only disk at the start", "stops with one sentence", read_only_start(folders)
        ),
        await row(
            "read-only folder of offices, while it runs",
            WAITS,
            read_only_offices(folders),
        ),
    ]


# Databases and keys


@contextmanager
def held(data: Path, name: str) -> Iterator[None]:
    """Another program holds the database for writing."""
    master = master_key("", data)
    path = data / "register.db" if name == "register" else next((data / "offices").glob("*.db"))
    purpose = name if name == "register" else f"office {path.stem}"
    connection = connect(path, derive(master, purpose))
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


async def locked_database(folders: Path, name: str) -> None:
    async with bot_on(folders / "lists") as (_, chat, bot):
        await bot.start()
        chat.says("/help")
        await bot.until(chat.sees(("/top10",)))
        with held(bot.data, name):
            chat.sends("nieuw.csv", csv_list(80))
            await bot.until(chat.sees(NOT_KEPT))
        await bot.until(chat.sees(("van de 80",)))
        await _ends_well(bot)
        _holds(kept(bot.data), 3)


async def locked(folders: Path, _: argparse.Namespace) -> list[Row]:
    return [
        await row(
            "register locked by another program",
            WAITS,
            locked_database(folders, "register"),
        ),
        await row(
            "office's file locked by another program",
            WAITS,
            locked_database(folders, "office"),
        ),
    ]


def flip(path: Path, place: int) -> None:
    """Turns the bits of one byte round; doing it twice does nothing."""
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)
        file.seek(place)
        file.write(bytes([byte[0] ^ 0xFF]))


async def damaged_office(folders: Path, place: float) -> None:
    async with bot_on(folders / "lists") as (server, chat, bot):
        path = next((bot.data / "offices").glob("*.db"))
        at = int(place * path.stat().st_size)
        flip(path, at)
        await bot.start()
        chat.says("/top10")
        other = Chat(server)
        other.says("/start")
        # Nobody else is a member here; he is told so, and that goes on.
        await bot.until(other.sees(("Ik ken je nog niet",)))
        await bot.until(_any_of(chat, (*SORRY_DAMAGED, "Je 10 beste klanten")))
        await _ends_well(bot)
        flip(path, at)
        _holds(kept(bot.data), 2)


async def _any_of(chat: Chat, texts: tuple[str, ...]) -> None:
    waits = [asyncio.create_task(chat.sees((text,))) for text in texts]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()


async def damaged_register(folders: Path, place: float) -> None:
    async with bot_on(folders / "lists") as (_, chat, bot):
        path = bot.data / "register.db"
        flip(path, int(place * path.stat().st_size))
        await bot.start()
        chat.says("/top10")
        ended = asyncio.create_task(bot.process.wait())
        told = asyncio.create_task(
            _any_of(chat, (*NOT_KEPT, *SORRY_DAMAGED, "Je 10 beste klanten"))
        )
        await asyncio.wait({ended, told}, return_when=asyncio.FIRST_COMPLETED)
        told.cancel()
        if ended.done():
            await refuses(bot, "does not open with this key, or a file in it is damaged")
        ended.cancel()


async def damaged(folders: Path, options: argparse.Namespace) -> list[Row]:
    randomness = random.Random(1)
    places = [0.0, *(randomness.random() for _ in range(options.flips - 1))]
    return [
        await row(
            "a byte of an office's file is turned round",
            "tells that office what to do, serves all others; whole again with the byte put back",
            *(damaged_office(folders, place) for place in places),
        ),
        await row(
            "a byte of the register is turned round",
            "stops with one sentence, or goes on where that page is not needed",
            *(damaged_register(folders, place) for place in places),
        ),
    ]


async def lost_key(folders: Path) -> None:
    async with bot_on(folders / "lists") as (_, _chat, bot):
        (bot.data / "key").unlink()
        await bot.start()
        await refuses(bot, "no key that opens it")
        if (bot.data / "key").exists():
            raise LostError("a new key was made")
        _holds_files(bot.data, folders / "lists")


async def other_key(folders: Path, key: str, sentence: str) -> None:
    settings = {"KLANTKOMPAS_KEY": key}
    async with bot_on(folders / "lists", settings=settings) as (_, _chat, bot):
        await bot.start()
        await refuses(bot, sentence)
        _holds_files(bot.data, folders / "lists")


async def half_key(folders: Path, content: str) -> None:
    async with bot_on(folders / "lists") as (_, _chat, bot):
        (bot.data / "key").write_text(content)
        await bot.start()
        await refuses(bot, "must be 64 hexadecimal digits")
        _holds_files(bot.data, folders / "lists")


async def keys(folders: Path, _: argparse.Namespace) -> list[Row]:
    stops = "stops with one sentence; no file is changed"
    return [
        await row("the key is lost", f"{stops}, no new key is made", lost_key(folders)),
        await row("another key", stops, other_key(folders, "ab" * 32, "not open with this key")),
        await row(
            "half a key, an empty one, no digits", stops,
            *(half_key(folders, content) for content in ("abcd", "", "é" * 64)),
        ),
    ]  # fmt: skip


# Clock, network, workers, and company


async def clock_jumps(folders: Path, jumps: tuple[float, ...]) -> None:
    with tempfile.TemporaryDirectory() as place:
        clock = Path(place) / "clock"
        clock.write_text("0")
        async with bot_on(folders / "lists", watch={"clock": str(clock)}) as (_, chat, bot):
            await bot.start()
            for number, seconds in enumerate(jumps):
                half = Path(place) / "half"
                half.write_text(str(seconds))
                half.rename(clock)
                chat.sends("nieuw.csv", csv_list(80 + number))
                await bot.until(chat.sees((f"van de {80 + number}",)))
            chat.says("/top10")
            await bot.until(chat.sees(("Je 10 beste klanten",)))
            clock.write_text(str(max(jumps)))
            await bot.until(_logged(bot, "nothing is removed" if max(jumps) else "started"))
            await _ends_well(bot)
            found = kept(bot.data)
            _holds(found, 2 + len(jumps))
            if not found.lists[0].in_use:
                raise LostError("an older list is in use")
            if not all(each.clients for each in found.lists):
                raise LostError("the rows of a list are gone")


async def _logged(bot: BotProcess, text: str) -> None:
    """Until the bot wrote this into its log; the clean-up comes a minute after the start."""
    while text not in bot.log:  # noqa: ASYNC110 - a file tells nobody that it grew
        await asyncio.sleep(1)


DAY = 86400.0


async def clock(folders: Path, _: argparse.Namespace) -> list[Row]:
    return [
        await row(
            "the clock jumps a year ahead, back, and ahead again",
            "answers; the newest list is in use; nothing is removed by age",
            clock_jumps(folders, (365 * DAY, 0.0)),
        ),
        await row(
            "the clock jumps ten years back and ahead again", "answers; the newest list is in use",
            clock_jumps(folders, (-3650 * DAY, 0.0)),
        ),
    ]  # fmt: skip


async def telegram_away(folders: Path, seconds: float) -> None:
    async with bot_on(folders / "lists") as (server, chat, bot):
        await bot.start()
        chat.sends("nieuw.csv", csv_list(80))
        await bot.until(chat.sees(("Ontvangen",)))
        port, runner = server._port, server._runner
        assert runner is not None
        await runner.cleanup()
        chat.says("/pareto")
        await asyncio.sleep(seconds)
        await server.start(port)
        await bot.until(chat.sees(("van de 80", "Jouw eigen 80/20"), 120))
        await _ends_well(bot)
        _holds(kept(bot.data), 3)


async def stopped_while_away(folders: Path) -> None:
    """Asked to stop while an answer waits for Telegram: it stops, and answers after the restart."""
    async with bot_on(folders / "lists") as (server, chat, bot):
        await bot.start()
        chat.sends("nieuw.csv", csv_list(80))
        await bot.until(chat.sees(("Ontvangen",)))
        port, runner = server._port, server._runner
        assert runner is not None
        await runner.cleanup()
        if await bot.stop(30) != 0:
            raise LostError("does not stop well")
        await server.start(port)
        async with running(BotProcess(server.url, bot.data)) as second:
            await second.until(chat.sees(("van de 80",)))
            await _ends_well(second)
        _holds(kept(bot.data), 3)


async def away(folders: Path, options: argparse.Namespace) -> list[Row]:
    return [
        await row(
            f"Telegram is away for {options.away:g} s, in the middle of an answer",
            "answers all when it is back", telegram_away(folders, options.away),
        ),
        await row(
            "the bot is stopped while Telegram is away", "stops; answers after its restart",
            stopped_while_away(folders),
        ),
    ]  # fmt: skip


async def bad_job(folders: Path, fate: str, told: str) -> None:
    watch = {"job": f"read_list {fate}", "time_limit": "5"}
    async with bot_on(folders / "lists", watch=watch) as (_, chat, bot):
        await bot.start()
        chat.sends("nieuw.csv", csv_list(80))
        chat.says("/top10")
        await bot.until(chat.sees((told, "Je 10 beste klanten")))
        await _ends_well(bot)
        _holds(kept(bot.data), 2)


async def workers(folders: Path, _: argparse.Namespace) -> list[Row]:
    outcome = "refuses that file with a reason, answers the next question"
    return [
        await row("a worker hangs", outcome, bad_job(folders, "hang", "duurde te lang")),
        await row("a worker dies, twice", outcome, bad_job(folders, "die", "geheugen")),
        await row("a worker takes all memory", outcome, bad_job(folders, "devour", "geheugen")),
    ]


async def two_on_one_folder(folders: Path) -> None:
    async with bot_on(folders / "lists") as (server, chat, bot):
        await bot.start()
        await bot.until(polls(server))
        second = BotProcess(server.url, bot.data, log=bot.data.with_suffix(".second"))
        async with running(second):
            await refuses(second, "Another Klantkompas works with this data folder")
        chat.says("/top10")
        await bot.until(chat.sees(("Je 10 beste klanten",)))
        await _ends_well(bot)


async def two_with_one_token(folders: Path) -> None:
    settled = {"settled": "0"}
    async with bot_on(folders / "lists", watch=settled) as (server, chat, bot):
        await bot.start()
        await bot.until(polls(server))
        second = BotProcess(server.url, bot.data.with_name("other"), settings={})
        async with running(second):
            await refuses(second, "Another program asks Telegram for the messages to this bot")
        chat.says("/top10")
        await bot.until(chat.sees(("Je 10 beste klanten",)))
        await _ends_well(bot)


async def two(folders: Path, _: argparse.Namespace) -> list[Row]:
    outcome = "the second stops with one sentence, the first goes on"
    return [
        await row("two processes on one folder", outcome, two_on_one_folder(folders)),
        await row("two processes with one token (409)", outcome, two_with_one_token(folders)),
    ]


async def token_withdrawn(folders: Path) -> None:
    async with bot_on(folders / "lists") as (server, chat, bot):
        await bot.start()
        await bot.until(polls(server))
        right, server._bot_side._token = server._bot_side._token, "2:OTHER"
        chat.says("/top10")
        await refuses(bot, "Telegram does not know this token", 2)
        server._bot_side._token = right
        async with running(BotProcess(server.url, bot.data)) as second:
            await second.until(chat.sees(("Je 10 beste klanten",)))
            await _ends_well(second)


async def token(folders: Path, _: argparse.Namespace) -> list[Row]:
    return [
        await row(
            "the token is withdrawn while the bot runs",
            "stops with one sentence; answers after its restart with the right one",
            token_withdrawn(folders),
        )
    ]


PROBES: dict[str, Probe] = {
    "calls": calls, "start": start, "disk": disk, "locked": locked, "damaged": damaged,
    "keys": keys, "clock": clock, "away": away, "workers": workers, "two": two, "token": token,
}  # fmt: skip


def _note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


async def inject(kinds: list[str], options: argparse.Namespace) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        folders = Path(folder)
        await make_folders(folders)
        rows = []
        for kind in kinds:
            _note(f"{kind} …")
            rows += await PROBES[kind](folders, options)
        return rows


def report(rows: list[Row]) -> str:
    """The rows for docs/reliability.md."""
    head = ("trouble", "times", "what the bot does", "lost")
    return table_of([head, *((r.trouble, r.times, r.outcome, r.lost) for r in rows)])


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("kinds", nargs="*", choices=[*PROBES, []], metavar="KIND")
    parser.add_argument("--away", type=float, default=60.0)
    parser.add_argument("--flips", type=int, default=20)
    options = parser.parse_args()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # The trouble is meant; what PTB says of it in this process fills the screen.
    logging.getLogger("telegram").setLevel(logging.CRITICAL)
    rows = asyncio.run(inject(options.kinds or list(PROBES), options))
    print(report(rows))
    sys.exit(any(each.lost != "nothing" for each in rows))


if __name__ == "__main__":
    main()
