"""Processor time of a `/top10` answer beside bare echo bots, which only say a text back.

Usage: python benchmarks/bench_answers.py [answers] [rounds]    (default 1000 and 3)

All bots stand in the same 200 chats of one local Bot API server and find the same questions
waiting. `/top10` is one picture with its text, read from the encrypted file of the office that
asks. The same few offices find their files open, as whoever asks more than once does; where another
office asks each time there are more of them than the bot keeps open, and each file is opened anew.
"""

import asyncio
import statistics
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from benchmarks.loaded_bot import (
    TOKEN,
    Answers,
    ask_all,
    cpu_seconds,
    echo,
    furnish,
    klantkompas,
    python_with,
    running,
)
from benchmarks.measured import Row, print_and_keep
from bot.localchat import LocalServer, Person

AIOGRAM = "3.31.0"
OFFICES = 200
FEW = 8


async def milliseconds(
    server: LocalServer, command: tuple[list, dict], question: str, answers: int, chats: int
) -> float:
    """Return the processor time per answer of a bot that runs warm."""
    users = list(server.messenger.users.values())[:chats]
    watched = Answers(server, with_buttons=question.startswith("/"))
    async with running(server, command) as process:
        await watched.until(ask_all(server, users, question))
        before = cpu_seconds(process.pid)
        await watched.until(ask_all(server, users, question, answers // chats))
        spent = cpu_seconds(process.pid) - before
    return spent * 1000 / (answers // chats * chats)


async def measure(answers: int, rounds: int) -> list[Row]:
    """Return the rows; the bots take turns, so that a busy moment hits all of them."""
    server = LocalServer(token=TOKEN, users=[Person(f"A{n}") for n in range(OFFICES)])
    await server.start()
    times: dict[str, list[float]] = {"ours": [], "again": [], "ptb": [], "aiogram": []}
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        furnish(data, list(server.messenger.users))
        aiogram = python_with("aiogram", f"aiogram=={AIOGRAM}")
        for _ in range(rounds):
            for name, command, question, chats in (
                ("ours", klantkompas(server, data), "/top10", OFFICES),
                ("again", klantkompas(server, data), "/top10", FEW),
                ("ptb", echo("ptb_echo.py", server), "hallo", OFFICES),
                ("aiogram", echo("aiogram_echo.py", server, aiogram), "hallo", OFFICES),
            ):
                times[name].append(await milliseconds(server, command, question, answers, chats))
                print(f"  {name}: {times[name][-1]:.3f} ms", file=sys.stderr)
    await server.stop()
    ptb = f"bare echo, python-telegram-bot {version('python-telegram-bot')}"
    return [
        _row(
            "processor time of /top10, another office each time",
            times["ours"],
            ptb,
            times["ptb"],
            1.0,
        ),
        _row(
            "processor time of /top10, another office each time",
            times["ours"],
            f"bare echo, aiogram {AIOGRAM}",
            times["aiogram"],
            1.5,
        ),
        _row(
            "processor time of /top10, the same few offices", times["again"], ptb, times["ptb"], 1.0
        ),
        _row(
            "processor time of /top10, the same few offices",
            times["again"],
            f"bare echo, aiogram {AIOGRAM}",
            times["aiogram"],
            1.5,
        ),
    ]


def _row(what: str, ours: list[float], peer: str, theirs: list[float], bound: float) -> Row:
    return Row(
        what=what,
        ours=statistics.median(ours),
        unit="ms",
        peer=peer,
        theirs=statistics.median(theirs),
        bound=bound,
        spread=(min(ours) / max(theirs), max(ours) / min(theirs)),
    )


def main() -> None:
    """Print the rows and keep them."""
    given = [int(argument) for argument in sys.argv[1:]]
    answers, rounds = given + [1000, 3][len(given) :]
    print_and_keep("answers", asyncio.run(measure(answers, rounds)))


if __name__ == "__main__":
    main()
