"""Uploads: how soon the first word and the first answer come, and what others notice of it.

Usage: python benchmarks/bench_uploads.py [--large 100000] [--at-once 1000] [--rounds 3]

Everything goes through one local Bot API server to the real bot in a process of its own.
- One office uploads 1,000 clients to an idle bot; beside it the bare computation (read, analyse,
  draw) in a warm process.
- Eight other chats ask `/top10` in turn, first with nothing else going on, then while an upload of
  100,000 clients is worked on.
- Many new offices upload 400 clients each in the same moment.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.loaded_bot import (
    DAY,
    TOKEN,
    client_list,
    furnish,
    klantkompas,
    resident_mb,
    running,
)
from benchmarks.measured import Row, print_and_keep
from bot import jobs
from bot.localchat import LocalServer, Person, User

OTHERS = 8
SIGN_OF_LIFE = 0.3
EXTRA = 0.1
# What docs/operating.md gives the bot's process.
GIVEN_MB = 1000


def bare_computation(content: bytes, rounds: int) -> list[float]:
    """Return the seconds that reading, analysing and drawing take in this process, when warm."""
    jobs.warm()
    taken = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        read = jobs.read_list(content, "klanten.csv", {})
        found = jobs.analyse_list(read.rows, read.plan, DAY)
        jobs.draw("pareto", found.findings, "nl")
        taken.append(time.perf_counter() - start)
    return taken[1:]


class Chat:
    """A person who waits for what the bot says to him."""

    def __init__(self, server: LocalServer, user: User) -> None:
        self.server, self.user = server, user
        self._watch = server.messenger.watch()

    async def sees(self, *, photo: bool = False, buttons: bool = False) -> float:
        """Return when the bot's next message came: any, or with a picture or buttons."""
        while True:
            change = await self._watch.changes.get()
            message = change.message
            if change.user is not self.user or change.kind != "message" or message is None:
                continue
            if not message.from_bot or (photo and message.media is None):
                continue
            if not buttons or message.markup.keyboard:
                return time.perf_counter()

    async def uploads(self, content: bytes) -> tuple[float, float]:
        """Return the seconds until the first word, and until the first answer with its picture."""
        start = time.perf_counter()
        self.server.messenger.send_document(self.user, "klanten.csv", content)
        first = await self.sees()
        return first - start, await self.sees(photo=True) - start

    async def asks(self) -> float:
        """Return the seconds that a `/top10` takes."""
        start = time.perf_counter()
        self.server.messenger.send_text(self.user, "/top10")
        return await self.sees(buttons=True) - start


async def one_upload(server: LocalServer, data: Path, rounds: int) -> list[Row]:
    """Measure an upload of 1,000 clients to an idle, warm bot."""
    content = client_list(1000, seed=99)
    bare = bare_computation(content, rounds)
    taken = []
    async with running(server, klantkompas(server, data)):
        for _ in range(rounds + 1):
            chat = Chat(server, server.messenger.add_user("Upload"))
            taken.append(await chat.uploads(content))
    firsts, answers = zip(*taken[1:], strict=True)
    allowed = 1.3 * statistics.median(bare) + EXTRA
    spread = (
        min(answers) / (1.3 * max(bare) + EXTRA),
        max(answers) / (1.3 * min(bare) + EXTRA),
    )
    limit = f"1.3 x the bare computation ({statistics.median(bare):.2f} s) + 0.1 s"
    return [
        Row(
            "upload of 1,000 clients, first word",
            statistics.median(firsts),
            "s",
            "limit",
            SIGN_OF_LIFE,
            1.0,
            (min(firsts) / SIGN_OF_LIFE, max(firsts) / SIGN_OF_LIFE),
        ),
        Row(
            "upload of 1,000 clients, first answer",
            statistics.median(answers),
            "s",
            limit,
            allowed,
            1.0,
            spread,
        ),
    ]


async def others_meanwhile(
    server: LocalServer, data: Path, large: int, seconds: float, rounds: int
) -> list[Row]:
    """Measure what other chats wait, with an idle bot and beside a large upload, in turns."""
    users = list(server.messenger.users.values())[:OTHERS]
    content = client_list(large, seed=98)
    idle: list[float] = []
    beside: list[float] = []
    async with running(server, klantkompas(server, data)):
        chats = [Chat(server, user) for user in users]
        for chat in chats:
            await chat.asks()
        for _ in range(rounds):
            start = time.perf_counter()
            while time.perf_counter() - start < seconds:
                idle += [await chat.asks() for chat in chats]
            sender = Chat(server, server.messenger.add_user("Large"))
            upload = asyncio.create_task(sender.uploads(content))
            while not upload.done():
                beside += [await chat.asks() for chat in chats]
            _, took = await upload
            print(f"  {large} clients took {took:.1f} s", file=sys.stderr)
    print(f"  answers: {len(idle)} idle, {len(beside)} meanwhile", file=sys.stderr)
    return [
        Row(
            f"other chats, p99, while {large:,} clients are analysed",
            _p99(beside) * 1000,
            "ms",
            "idle bot, p99",
            _p99(idle) * 1000,
            3.0,
        ),
        Row(
            f"other chats, median, while {large:,} clients are analysed",
            statistics.median(beside) * 1000,
            "ms",
            "idle bot, median",
            statistics.median(idle) * 1000,
            3.0,
        ),
    ]


def _p99(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=100)[98]


async def all_at_once(server: LocalServer, data: Path, offices: int) -> list[Row]:
    """Let so many new offices upload in one moment, and count the answers."""
    lists = [client_list(400, seed) for seed in range(20)]
    users = [server.messenger.add_user(f"B{n}") for n in range(offices)]
    async with running(server, klantkompas(server, data)) as process:
        idle = resident_mb(process.pid)
        answered = _Answered(server, users)
        start = time.perf_counter()
        for place, user in enumerate(users):
            server.messenger.send_document(user, "klanten.csv", lists[place % len(lists)])
        await answered.all()
        took = time.perf_counter() - start
        peak = resident_mb(process.pid, peak=True)
    print(f"  {offices} uploads took {took:.0f} s", file=sys.stderr)
    return [
        Row(
            f"{offices:,} offices upload at once: answered",
            len(answered.users),
            "offices",
            "uploaded",
            offices,
            1.0,
        ),
        Row(
            f"{offices:,} offices upload at once: peak memory",
            peak,
            "MB",
            f"memory of its machine (idle: {idle:.0f} MB)",
            GIVEN_MB,
            1.0,
        ),
    ]


class _Answered:
    """Who got a first answer: a picture."""

    def __init__(self, server: LocalServer, users: list[User]) -> None:
        self._watch = server.messenger.watch()
        self.users: set[int] = set()
        self._all = {user.id for user in users}

    async def all(self) -> None:
        """Wait until everybody has one."""
        while self.users != self._all:
            message = (await self._watch.changes.get()).message
            if message is not None and message.from_bot and message.media is not None:
                self.users.add(message.user.id)


async def measure(large: int, at_once: int, rounds: int, seconds: float) -> list[Row]:
    """Return all rows."""
    server = LocalServer(token=TOKEN, users=[Person(f"A{n}") for n in range(OTHERS)])
    await server.start()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        furnish(data, list(server.messenger.users))
        rows += await one_upload(server, data, rounds)
        rows += await others_meanwhile(server, data, large, seconds, rounds)
        rows += await all_at_once(server, data, at_once)
    await server.stop()
    return rows


def main() -> None:
    """Print the rows and keep them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--at-once", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=10)
    given = parser.parse_args()
    rows = asyncio.run(measure(given.large, given.at_once, given.rounds, given.seconds))
    print_and_keep("uploads", rows)


if __name__ == "__main__":
    main()
