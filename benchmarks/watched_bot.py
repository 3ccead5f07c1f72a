"""`klantkompas run` with eyes on it: it tells what it writes and calls, and falls where it is told.

Usage: python benchmarks/watched_bot.py run, with these in the environment, each of them optional:

WATCH_TRACE        a file; a line `SECONDS STAGE WHAT` for every event
WATCH_FALL         `STAGE NUMBER SECONDS WHAT`: so long after that event of that stage, SIGKILL
WATCH_FALL_OF      `all` (the whole process group, as it is by default) or `workers`
WATCH_CLOCK        a file that holds by how many seconds the bot's clock is wrong
WATCH_JOB          `JOB hang|die|devour`: what becomes of every such job, in the worker
WATCH_TIME_LIMIT   seconds that a job may take
WATCH_SETTLED      seconds after which the bot stays where another asks for its messages

An event is a call of the Bot API and its end, a statement that writes, a file that is opened for
writing, made, renamed or removed, and the begin and the end of a job. Nothing is changed in what
the bot does: the hooks stand around its libraries.
"""

import contextlib
import functools
import multiprocessing
import os
import re
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import Any

STAGES = (
    "starting", "migration", "polling", "download", "reading", "storing", "computing", "answering",
    "/wis",
)  # fmt: skip

OF_METHOD = {
    "getUpdates": "polling", "getMe": "starting", "deleteWebhook": "starting",
    "setMyCommands": "starting", "getFile": "download", "file": "download",
}  # fmt: skip
OF_JOB = {"read_list": "reading", "analyse_list": "computing", "join_lists": "computing"}
CHANGES = {
    "BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "INSERT", "UPDATE", "DELETE", "CREATE", "DROP",
    "ALTER", "PRAGMA",
}  # fmt: skip
STAGE: ContextVar[str] = ContextVar("stage", default="")


class Watch:
    """Counts the events of each stage, writes them down, and lets the process fall."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._polls = False
        self._lock = threading.Lock()
        path = os.environ.get("WATCH_TRACE")
        self._trace = Path(path) if path else None
        stage, number, seconds, what = os.environ.get("WATCH_FALL", "none 0 0 -").split(" ", 3)
        self._fall, self._seconds = (stage, what, int(number)), float(seconds)

    @property
    def usual(self) -> str:
        """What a bot does that does nothing else."""
        return "polling" if self._polls else "starting"

    def saw(self, stage: str, what: str) -> None:
        with self._lock:
            self._polls = self._polls or stage == "polling"
            self._counts[stage, what] += 1
            number = self._counts[stage, what]
            if self._trace:
                with self._trace.open("a", encoding="ascii") as trace:
                    trace.write(f"{time.monotonic():.6f} {stage} {what}\n")
        if (stage, what, number) != self._fall:
            return
        if self._seconds <= 0:
            fall()
        timer = threading.Timer(self._seconds, fall)
        timer.daemon = True
        timer.start()


def fall() -> None:
    """What the kernel does when memory runs out, and a power cut to all processes at once."""
    if os.environ.get("WATCH_FALL_OF") == "workers":
        for worker in multiprocessing.active_children():
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker.pid or 0, signal.SIGKILL)
        return
    os.killpg(os.getpgid(0), signal.SIGKILL)


@contextlib.contextmanager
def within(stage: str) -> Iterator[None]:
    token = STAGE.set(STAGE.get() or stage)
    try:
        yield
    finally:
        STAGE.reset(token)


def staged(owner: Any, name: str, stage: str) -> None:
    """Whatever happens within this function belongs to a stage."""
    whole = getattr(owner, name)

    @functools.wraps(whole)
    def watched(*args: Any, **kwargs: Any) -> Any:
        with within(stage):
            return whole(*args, **kwargs)

    setattr(owner, name, watched)


def watch_storage(watch: Watch) -> None:
    """Every statement that writes, by the database that it goes to."""
    import sqlcipher3
    import sqlite_utils

    import bot.services
    import storage.database
    from storage.register import Register

    connect = sqlcipher3.connect

    def watched(path: Any, **kwargs: Any) -> Any:
        connection = connect(path, **kwargs)
        name = "register" if Path(path).stem == "register" else "office"

        def statement(sql: str) -> None:
            word = sql.split(None, 1)[0].upper() if sql.strip() else ""
            # A key stands in a PRAGMA: of what is written down, the first word is enough.
            if word in CHANGES and (word != "PRAGMA" or "checkpoint" in sql):
                watch.saw(STAGE.get() or "storing", f"{name} {word}")

        connection.set_trace_callback(statement)
        return connection

    storage.database.sqlcipher3.connect = watched
    staged(sqlite_utils.Migrations, "apply", "migration")
    staged(Register, "receive_all", "polling")
    staged(Register, "finish", "answering")
    staged(bot.services, "master_key", "starting")


def watch_files(watch: Watch) -> None:
    """Every file in the data folder that Python itself makes, writes, renames or removes."""
    data = str(Path(os.environ.get("KLANTKOMPAS_DATA", "data")).resolve())
    changes = {"os.remove", "os.rename", "os.link", "os.mkdir", "os.truncate"}

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            path, flags = args[0], args[2]
            if not isinstance(path, str | os.PathLike) or not flags & (os.O_WRONLY | os.O_RDWR):
                return
        elif event in changes:
            path = args[0]
        else:
            return
        if str(path).startswith(data):
            # A file that is not yet whole bears a random name.
            suffix = Path(str(path)).suffix or Path(str(path)).name
            suffix = re.sub("half-.*", "half", suffix)
            usual = "storing" if "offices" in str(path) else watch.usual
            watch.saw(STAGE.get() or usual, f"file {event} {suffix}")

    sys.addaudithook(hook)


def watch_calls(watch: Watch) -> None:
    """Every request to the Bot API, whichever transport carries it."""
    from telegram.request import BaseRequest

    whole = BaseRequest._request_wrapper

    async def watched(self: BaseRequest, url: str, method: str, **kwargs: Any) -> bytes:
        name = "file" if "/file/" in url else url.rsplit("/", 1)[-1]
        stage = STAGE.get() or OF_METHOD.get(name, "answering")
        watch.saw(stage, f"call {name}")
        try:
            return await whole(self, url, method, **kwargs)
        finally:
            watch.saw(stage, f"called {name}")

    BaseRequest._request_wrapper = watched  # type: ignore[method-assign]


def watch_jobs(watch: Watch) -> None:
    from pebble import ProcessPool

    whole = ProcessPool.schedule

    def watched(self: ProcessPool, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        name = function.__name__
        stage = "starting" if name == "warm" else OF_JOB.get(name, "answering")
        future = whole(self, function, *args, **kwargs)
        watch.saw(stage, f"job {name}")
        future.add_done_callback(lambda _: watch.saw(stage, f"done {name}"))
        return future

    ProcessPool.schedule = watched


def watch_forgetting() -> None:
    """All that a confirmed /wis does is one stage."""
    from bot.context import KlantkompasApplication

    whole = KlantkompasApplication.process_update

    async def watched(self: KlantkompasApplication, update: Any) -> None:
        query = getattr(update, "callback_query", None)
        forgets = query is not None and (query.data or "").startswith("forget:")
        with within("/wis") if forgets else contextlib.nullcontext():
            await whole(self, update)

    KlantkompasApplication.process_update = watched  # type: ignore[method-assign]


def bend_clock() -> None:
    """The clock of the computer is set wrong, and set again while the bot runs."""
    import datetime as time_of_day

    import bot.operating.telegram_clock
    import bot.services

    path = os.environ.get("WATCH_CLOCK")
    if not path:
        return
    right = bot.services.system_clock

    def wrong() -> time_of_day.datetime:
        return right() + time_of_day.timedelta(seconds=float(Path(path).read_text("ascii")))

    bot.services.system_clock = bot.operating.telegram_clock.computer_clock = wrong
    defaults = bot.services.open_services.__wrapped__.__defaults__  # type: ignore[attr-defined]
    bot.services.open_services.__wrapped__.__defaults__ = (  # type: ignore[attr-defined]
        wrong,
        *defaults[1:],
    )


def limit_time() -> None:
    import bot.services

    seconds = os.environ.get("WATCH_TIME_LIMIT")
    if seconds:
        bot.services.LocalWorkers = functools.partial(  # type: ignore[assignment,misc]
            bot.services.LocalWorkers, time_limit=float(seconds)
        )


def settle() -> None:
    import bot.context

    seconds = os.environ.get("WATCH_SETTLED")
    if seconds:
        bot.context.SETTLED_AFTER_SECONDS = float(seconds)


def break_job() -> None:
    """In the worker: one kind of job hangs, dies or takes all memory."""
    if not os.environ.get("WATCH_JOB"):
        return
    import numpy

    from bot import jobs

    name, fate = os.environ["WATCH_JOB"].split()

    def broken(*_: Any, **__: Any) -> Any:
        if fate == "hang":
            time.sleep(3600)
        if fate == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        taken = []
        while fate == "devour":
            # Room that is asked for and not touched: the other programs keep theirs.
            taken.append(numpy.zeros(2**28, dtype="uint8"))

    broken.__name__ = broken.__qualname__ = name
    broken.__module__ = jobs.__name__
    setattr(jobs, name, broken)


def main() -> None:
    watch = Watch()
    watch_storage(watch)
    watch_files(watch)
    watch_calls(watch)
    watch_jobs(watch)
    watch_forgetting()
    bend_clock()
    limit_time()
    settle()
    from bot.cli import app

    app()


if __name__ == "__main__":
    main()
elif multiprocessing.current_process().name != "MainProcess":
    # A worker imports its parent's main module anew.
    break_job()
