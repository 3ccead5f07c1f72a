"""Trouble at every call of the Bot API that the bot makes."""

import asyncio
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import SecretStr

from benchmarks.rehearsal import Chat, Kept, LostError, kept, local_server, polls, unheard
from benchmarks.troubles.probing import Options, Row, bot_on, note
from bot.engine import LocalWorkers
from bot.localchat import Fault, RefusedError
from bot.localchat.faults import DOWNLOAD
from bot.localchat.server import LOCAL_TOKEN
from bot.running import started
from bot.services import open_services
from bot.settings import Settings
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


async def calls(folders: Path, _: Options) -> list[Row]:
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
                    note(f"{trouble} at {method} {skip}: {lost}")
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


async def start(folders: Path, _: Options) -> list[Row]:
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
                    note(f"{trouble} at {method} {skip}: {error}")
                    lost += 1
                hits += fault.times == 0
        rows.append(
            Row(f"{trouble}, at each call of the start", hits, "starts and answers",
                str(lost or "nothing"))
        )  # fmt: skip
    return rows
