"""A Dask scheduler and its workers as processes of their own, started as docs/operating.md says."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90.0


class Process:
    """One process of Dask; `lines` is what it wrote so far."""

    def __init__(self, arguments: Sequence[str], folder: Path) -> None:
        self.lines: list[str] = []
        self._listens = threading.Event()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments, "--dashboard-address", "127.0.0.1:0"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self.lines.append(line)
            if "Scheduler at:" in line:
                self._listens.set()

    @property
    def pid(self) -> int:
        return self._process.pid

    def address(self) -> str:
        """Where a scheduler listens; waits until it does."""
        assert self._listens.wait(PATIENCE), "".join(self.lines)
        return next(line for line in self.lines if "Scheduler at:" in line).split()[-1]

    def end(self, number: int = signal.SIGTERM) -> None:
        self._process.send_signal(number)
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._reader.join(PATIENCE)


class DaskProcesses:
    """A scheduler with workers of one thread each; ends all of them afterwards.

    `certificates` are the options for TLS that every process gets.
    """

    def __init__(self, folder: Path, certificates: Sequence[str] = ()) -> None:
        self._folder = folder
        self._certificates = certificates
        self._processes: list[Process] = []
        self.scheduler: Process
        self.address = ""

    def __enter__(self) -> "DaskProcesses":
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._processes):
            process.end(signal.SIGKILL)

    def start_scheduler(self) -> None:
        """On a free port the first time, later on the same one."""
        port = self.address.rpartition(":")[2] or "0"
        protocol = "tls" if self._certificates else "tcp"
        self.scheduler = self._start(
            "scheduler", "--host", "127.0.0.1", "--port", port, "--protocol", protocol
        )
        self.address = self.scheduler.address()

    def end_scheduler(self) -> None:
        """Without a word to the others, as where its machine fails."""
        self.scheduler.end(signal.SIGKILL)

    def start_worker(self) -> Process:
        local = self._folder / f"worker{len(self._processes)}"
        options = ("--nthreads", "1", "--host", "127.0.0.1", "--local-directory", str(local))
        return self._start("worker", self.address, *options)

    def written_files(self) -> list[Path]:
        """What Dask wrote to disk, its locks left out."""
        return [
            path
            for path in self._folder.rglob("*")
            if path.is_file() and path.suffix not in {".lock", ".dirlock"}
        ]

    def log(self) -> str:
        return "".join(line for process in self._processes for line in process.lines)

    def _start(self, *arguments: str) -> Process:
        process = Process([*arguments, *self._certificates, "--no-dashboard"], self._folder)
        self._processes.append(process)
        return process
