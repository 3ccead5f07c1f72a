"""What every kind of trouble needs: a bot to bring it to, and what may have become of that."""

import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.rehearsal import BotProcess, Chat, Kept, LostError, local_server
from bot.localchat import LocalServer

WAITS = "tells the sender that his message waits, and answers when it can be kept"
NOT_KEPT = ("Ik kan nu niets bewaren",)
SORRY_DAMAGED = ("het bestand is beschadigd",)


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    trouble: str
    times: int
    outcome: str
    lost: str = "nothing"


@dataclass(frozen=True)
class Options:
    """What the command line sets: seconds that Telegram is away, bytes that are turned round."""

    away: float
    flips: int


Probe = Callable[[Path, Options], Awaitable[list[Row]]]
"""A kind of trouble, brought to copies of the folders."""


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
            note(f"{trouble}: {error}")
            lost += 1
    return Row(trouble, len(attempts), outcome, str(lost or "nothing"))


async def ends_well(bot: BotProcess) -> None:
    if await bot.stop() != 0:
        raise LostError(f"ended with status {bot.process.returncode}")


def holds(found: Kept, lists: int) -> None:
    if found.unfinished or len(found.lists) != lists or not all(x.findings for x in found.lists):
        raise LostError(f"kept {found}")


def holds_files(found: Path, expected: Path) -> None:
    for path in expected.rglob("*.db"):
        if (found / path.relative_to(expected)).read_bytes() != path.read_bytes():
            raise LostError("a file was changed")


def note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
