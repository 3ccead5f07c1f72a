"""A disk that is full, or may not be written.

Small file systems in memory take the right to mount; where that is missing, they are left out.
"""

import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.rehearsal import BotProcess, kept, local_server, running
from benchmarks.troubles.probing import (
    NOT_KEPT,
    WAITS,
    Options,
    Row,
    bot_on,
    ends_well,
    holds,
    holds_files,
    note,
    refuses,
    row,
)
from tests.conversations.lists import csv_list


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
            await ends_well(bot)
            holds(kept(disk / "data"), 3)


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
        await ends_well(bot)
        holds(kept(bot.data), 3)


async def read_only_start(folders: Path) -> None:
    with small_disk(64) as disk:
        shutil.copytree(folders / "lists", disk / "data")
        _mount("-o", "remount,ro", str(disk))
        async with local_server() as server:
            bot = BotProcess(server.url, disk / "data", log=Path(tempfile.mkdtemp()) / "log")
            async with running(bot):
                await refuses(bot, "Read-only file system")
        holds_files(disk / "data", folders / "lists")


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
        await ends_well(bot)
        holds(kept(bot.data), 3)


async def disk(folders: Path, _: Options) -> list[Row]:
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
        note("mounting is not allowed here: full and read-only disks are left out")
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
