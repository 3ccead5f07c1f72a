"""A bot in a process of its own under load, and what it takes: for the scripts beside this one."""

import asyncio
import os
import signal
import subprocess
import sys
import venv
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from bot import jobs
from bot.localchat import LocalServer, User
from storage.keys import derive
from storage.offices import Offices
from storage.register import Register

HERE = Path(__file__).resolve().parent
TOKEN = "1234567:" + "A" * 35
KEY = bytes(range(32))
DAY = date(2026, 11, 23)
PATIENCE = 600.0


def client_list(clients: int, seed: int = 1) -> bytes:
    """Return a list as an administration exports it: a dozen columns, semicolons, Dutch amounts."""
    chance = np.random.default_rng(seed)
    jobs_of = chance.choice(["bakker", "arts", "jurist", "docent", "timmerman"], clients)
    own = chance.random(clients) < np.where(jobs_of == "bakker", 0.7, 0.2)
    revenue = chance.lognormal(6.5, 1.0, clients) * np.where(own, 2.0, 1.0)
    columns = {
        "Klantnummer": [str(10_000 + number) for number in range(clients)],
        "Naam": [f"Klant {number}" for number in range(clients)],
        "Beroep": jobs_of,
        "Ondernemer": np.where(own, "ja", "nee"),
        "Woonplaats": chance.choice(["Delft", "Gouda", "Leiden", "Zwolle"], clients),
        "Leeftijd": chance.integers(25, 80, clients),
        "Inkomen": chance.integers(20_000, 150_000, clients),
        "Kinderen": chance.integers(0, 5, clients),
        "Omzet": [f"{amount:.2f}".replace(".", ",") for amount in revenue],
        "Kosten": [f"{amount:.2f}".replace(".", ",") for amount in chance.gamma(2, 150, clients)],
        "Klant sinds": chance.integers(1995, 2025, clients),
        "Aantal producten": chance.integers(1, 6, clients),
    }
    rows = zip(*columns.values(), strict=True)
    return "\n".join([";".join(columns), *(";".join(map(str, row)) for row in rows)]).encode()


def furnish(
    data: Path,
    users: Sequence[int],
    *,
    lists: int = 20,
    clients: int = 400,
    text_only: bool = False,
) -> None:
    """Give each user an office with an analysed list; the offices share so many different lists.

    With `text_only` nobody wants pictures, so that no worker draws any.
    """
    data.mkdir(parents=True, exist_ok=True)
    (data / "key").write_text(KEY.hex())
    (data / "key").chmod(0o600)
    read = [jobs.read_list(client_list(clients, seed), "klanten.csv", {}) for seed in range(lists)]
    analysed = [jobs.analyse_list(each.rows, each.plan, DAY) for each in read]
    register, offices = Register(data / "register.db", derive(KEY, "register")), _offices(data)
    for place, user in enumerate(users):
        now = datetime.now(UTC)
        member = register.open_office_for(user, "nl", now)
        if text_only:
            register.set_text_only(user, text_only=True)
        offices.create(member.office)
        one, found = read[place % lists], analysed[place % lists]
        with offices.open(member.office) as file:
            number = file.add_upload(place, "klanten.csv", one.plan, one.rows, one.row_count, now)
            file.save_analysis(
                number, one.plan, found.rows, found.clients, found.names, found.findings
            )
    register.close()


def _offices(data: Path) -> Offices:
    return Offices(data / "offices", KEY)


def klantkompas(server: LocalServer, data: Path, *, workers: int = 1) -> tuple[list[str], dict]:
    """Return the command and the environment of the real bot."""
    environment = {
        "KLANTKOMPAS_TOKEN": TOKEN,
        "KLANTKOMPAS_BOT_API_URL": server.url,
        "KLANTKOMPAS_DATA": str(data),
        "KLANTKOMPAS_OPEN": "true",
        "KLANTKOMPAS_WORKERS": str(workers),
    }
    return [sys.executable, "-m", "bot", "run"], environment


def echo(peer: str, server: LocalServer, python: Path | str = sys.executable) -> tuple[list, dict]:
    """Return the command and the environment of a peer."""
    return [python, HERE / "peers" / peer, server.url, TOKEN], {}


def python_with(name: str, *packages: str) -> Path:
    """Return the interpreter of an environment of its own; made where it is missing."""
    home = HERE / f".venv-{name}"
    python = home / "bin" / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
    return python


@asynccontextmanager
async def running(
    server: LocalServer, command: tuple[list, dict]
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a bot from its first poll on; end it by SIGTERM and wait."""
    arguments, environment = command
    bare = {k: v for k, v in os.environ.items() if not k.startswith("KLANTKOMPAS_")}
    process = await asyncio.create_subprocess_exec(
        *arguments,
        env={**bare, **environment, "PYTHONPATH": str(HERE.parent)},
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(60):
            await server.messenger.updates.polling.wait()
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(30):
                await process.wait()
        except TimeoutError:
            os.killpg(process.pid, signal.SIGKILL)


class Answers:
    """Counts the finished answers per user: the message that carries the buttons, or any at all."""

    def __init__(self, server: LocalServer, *, with_buttons: bool) -> None:
        self._watch = server.messenger.watch()
        self._with_buttons = with_buttons
        self.of: Counter[int] = Counter()

    async def until(self, count: int) -> None:
        """Wait for so many answers more."""
        async with asyncio.timeout(PATIENCE):
            while count:
                change = await self._watch.changes.get()
                message = change.message
                if change.kind != "message" or message is None or not message.from_bot:
                    continue
                if not self._with_buttons or message.markup.keyboard:
                    self.of[message.user.id] += 1
                    count -= 1


def ask_all(server: LocalServer, users: Sequence[User], text: str, times: int = 1) -> int:
    """Let every user say this so many times, in turn; return how often that is."""
    for _ in range(times):
        for user in users:
            server.messenger.send_text(user, text)
    return times * len(users)


def cpu_seconds(pid: int) -> float:
    """Return the processor time of a process so far, its children apart."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_mb(pid: int, *, peak: bool = False) -> float:
    """Return the resident memory of a process, or its peak, its children apart."""
    name = "VmHWM" if peak else "VmRSS"
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1024
    raise ProcessLookupError(pid)
