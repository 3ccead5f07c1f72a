"""Resident memory of the bot's process (its workers apart): idle, and with 10,000 offices.

Usage: python benchmarks/bench_memory.py [offices] [asking]    (default 10000 and 2000)

Each office has a list of its own. So many of them ask, fifty at a time and four answers each, so
that all that the bot keeps in memory is full; the idle bot answered one office the same.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from benchmarks.loaded_bot import (
    TOKEN,
    Answers,
    ask_all,
    furnish,
    klantkompas,
    resident_mb,
    running,
)
from benchmarks.measured import Row, print_and_keep
from bot.localchat import LocalServer, Person

IDLE_LIMIT_MB = 220
# Where no disk is waited for: ten thousand offices are written before the bot starts.
IN_MEMORY = Path("/dev/shm")
FOLDER = IN_MEMORY if IN_MEMORY.exists() else None
AT_ONCE = 50
QUESTIONS = ("/top10", "/pareto", "/waarde", "/focus")


async def memory_of(offices: int, asking: int) -> float:
    """Return the memory of a bot that serves so many offices, after so many of them asked."""
    server = LocalServer(token=TOKEN, users=[Person("A")] * offices)
    await server.start()
    users = list(server.messenger.users.values())
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        furnish(Path(folder), list(server.messenger.users), text_only=True)
        async with running(server, klantkompas(server, Path(folder))) as process:
            watched = Answers(server, with_buttons=True)
            for first in range(0, asking, AT_ONCE):
                for question in QUESTIONS:
                    await watched.until(ask_all(server, users[first : first + AT_ONCE], question))
            memory = resident_mb(process.pid)
    await server.stop()
    return memory


async def measure(offices: int, asking: int) -> list[Row]:
    """Return the rows."""
    one, many = await memory_of(1, 1), await memory_of(offices, asking)
    return [
        Row("resident memory of the bot's process, idle", one, "MB", "limit", IDLE_LIMIT_MB, 1.0),
        Row(f"resident memory with {offices:,} offices", many, "MB", "idle", one, 1.2),
    ]


def main() -> None:
    """Print the rows and keep them."""
    given = [int(argument) for argument in sys.argv[1:]]
    offices, asking = given + [10_000, 2_000][len(given) :]
    print_and_keep("memory", asyncio.run(measure(offices, asking)))


if __name__ == "__main__":
    main()
