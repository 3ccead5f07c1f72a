"""`klantkompas` as a process of its own that begins with the product imported.

A new interpreter spends almost two seconds of its processor on that for every command. Here one
process imports it, once for all tests of a test process, and each command is a fork of it: with an
environment, a folder, an output and an end of its own. Python's own `python -m bot` is left to the
tests that say so.
"""

import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
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


def klantkompas(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> "subprocess.CompletedProcess[str]":
    """What the command ended with and said, run in this folder with this environment alone."""
    with tempfile.TemporaryDirectory() as outside:
        stdout, stderr = Path(outside, "stdout"), Path(outside, "stderr")
        process = _context.Process(
            target=_command, args=(arguments, folder, dict(environment), stdout, stderr)
        )
        process.start()
        process.join(PATIENCE)
        if process.exitcode is None:
            process.kill()
            raise subprocess.TimeoutExpired(arguments, PATIENCE)
        return subprocess.CompletedProcess(
            arguments, process.exitcode, stdout.read_text(), stderr.read_text()
        )


def _command(
    arguments: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    stdout: Path,
    stderr: Path,
) -> None:
    """The life of the forked process."""
    for path, stream in ((stdout, sys.stdout), (stderr, sys.stderr)):
        with path.open("wb") as file:
            os.dup2(file.fileno(), stream.fileno())
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["klantkompas", *arguments]

    from bot.cli import app

    app()
