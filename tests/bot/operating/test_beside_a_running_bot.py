"""The commands beside a bot at work, each a process of its own."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from bot.localchat import LocalServer
from bot.localchat.server import LOCAL_TOKEN
from storage.backup import check_backup
from tests.bot import forked
from tests.conversations.adviser import Adviser

TRIES = 60


class Program:
    """`klantkompas` with one data folder, against the local server."""

    def __init__(self, server: LocalServer, folder: Path) -> None:
        self.folder = folder
        self._environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("KLANTKOMPAS_")},
            "KLANTKOMPAS_TOKEN": LOCAL_TOKEN,
            "KLANTKOMPAS_BOT_API_URL": server.url,
            "KLANTKOMPAS_DATA": str(folder / "data"),
            "KLANTKOMPAS_OPEN": "true",
            "KLANTKOMPAS_WORKERS": "1",
        }

    async def start(self, *arguments: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *arguments,
            cwd=self.folder,
            env=self._environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip

    async def run(self, *arguments: str) -> tuple[int, str]:
        """Exit status and everything that was said."""
        done = await asyncio.to_thread(
            forked.klantkompas, arguments, self.folder, self._environment
        )
        return done.returncode, done.stdout + done.stderr


@pytest.fixture
async def server():
    server = LocalServer(users=())
    await server.start()
    yield server
    await server.stop()


async def test_check_backup_and_rekey_beside_a_bot(server, tmp_path):
    program = Program(server, tmp_path)
    anja = Adviser(server, "Anja", "nl")
    bot = await program.start("run")
    try:
        await anja.says("/start")
        await anja.sees("Welkom")
        for _ in range(TRIES):
            # Each makes Telegram answer the bot, which writes that down at most once a second.
            await anja.says("/help")
            await anja.sees("/top10")
            status, said = await program.run("check", "--deep")
            if status == 0:
                break
        assert (status, "BAD" in said, len(said.splitlines())) == (0, False, 6), said
        assert "register and offices (1), every page read" in said

        status, said = await program.run("backup", "copy")
        assert status == 0, said
        made = check_backup(tmp_path / "copy", "", tmp_path / "data")
        assert made.offices == 1

        status, said = await program.run("rekey")
        assert status == 1
        assert "stop it first" in said
        await anja.says("/help")
        await anja.sees("/top10")
    finally:
        bot.send_signal(signal.SIGTERM)
        await bot.communicate()
    assert bot.returncode == 0
    status, said = await program.run("check")
    assert status == 1
    assert "no bot runs on this data folder" in said


async def test_a_rekeyed_bot_knows_its_advisers(server, tmp_path):
    program = Program(server, tmp_path)
    anja = Adviser(server, "Anja", "nl")
    for _ in range(2):
        bot = await program.start("run")
        try:
            await anja.says("/start")
            await anja.sees("Welkom")
        finally:
            bot.send_signal(signal.SIGTERM)
            await bot.communicate()
        status, said = await program.run("rekey")
        assert status == 0, said
    assert len(list((tmp_path / "data" / "offices").glob("*.db"))) == 1
    assert len(list((tmp_path / "data").glob("key.old-*"))) == 2
