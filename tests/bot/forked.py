"""`klantkompas` as a process of its own that begins with the product imported.

A new interpreter spends almost two seconds of its processor on that for every command. Here one
process imports it, once for all tests of a test process, and each command is a fork of it: with an
environment, a folder, an output and an end of its own. Python's own `python -m bot` is left to the
tests that say so.
"""

import asyncio
import atexit
import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path

IMPORTED = [
    "analysis.clients",
    "analysis.columns",
    "analysis.joining",
    "analysis.reading",
    "analysis.segmentation",
    "bot.cli",
    "bot.operating.health",
    "bot.running",
    "bot.terminal",
    "storage.backup",
    "storage.rekeying",
]
PATIENCE = 120

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(IMPORTED)
_started: list[BaseProcess] = []


@atexit.register
def _end_those_left() -> None:
    """A test that failed may leave a bot at work, for which Python would wait."""
    for process in _started:
        process.kill()


class Forked:
    """A command at work."""

    def __init__(
        self,
        arguments: Sequence[str],
        folder: Path,
        environment: Mapping[str, str],
        outputs: Sequence[Path] = (),
    ) -> None:
        """With the output of the tests, or with files for standard output and standard error."""
        self._process = _context.Process(
            target=_command, args=(arguments, folder, dict(environment), outputs)
        )
        self._process.start()
        _started.append(self._process)

    @property
    def pid(self) -> int:
        """Also the number of the session that it and its workers have to themselves."""
        assert self._process.pid is not None
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        if self.returncode is None:
            os.kill(self.pid, number)

    def join(self) -> int:
        """How it ended. Raises TimeoutExpired where it goes on, and ends it."""
        self._process.join(PATIENCE)
        if self.returncode is None:
            self._process.kill()
            raise subprocess.TimeoutExpired(self._process.name, PATIENCE)
        return self.returncode

    async def wait(self) -> int:
        return await asyncio.to_thread(self.join)


def klantkompas(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> "subprocess.CompletedProcess[str]":
    """What the command ended with and said, run in this folder with this environment alone."""
    with tempfile.TemporaryDirectory() as outside:
        stdout, stderr = outputs = Path(outside, "stdout"), Path(outside, "stderr")
        status = Forked(arguments, folder, environment, outputs).join()
        return subprocess.CompletedProcess(
            arguments, status, stdout.read_text(), stderr.read_text()
        )


def _command(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str], outputs: Sequence[Path]
) -> None:
    """The life of the forked process."""
    os.setsid()
    for path, stream in zip(outputs, (sys.stdout, sys.stderr), strict=False):
        with path.open("wb") as file:
            os.dup2(file.fileno(), stream.fileno())
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["klantkompas", *arguments]

    from bot.cli import app

    app()
