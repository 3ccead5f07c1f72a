"""Jobs that go well or wrong. A worker imports them within their time, so they need little."""

import ctypes
import os
import time
from pathlib import Path

from analysis.errors import SeveralLists

# A client's name, as a job may quote it in an error.
NAME = "Jansen-van-Geheim"


def add(a: int, b: int) -> int:
    return a + b


def give_back(content: bytes) -> bytes:
    return content


def refuse() -> None:
    raise SeveralLists(("Klanten", NAME))


def quote(name: str) -> None:
    raise RuntimeError(f"no amount for {name}")


def hang(mark: Path | None = None) -> None:
    if mark is not None:
        mark.write_text(str(os.getpid()))
    time.sleep(600)


def hang_without_python() -> None:
    # Whoever waits in a library holds the interpreter; no other thread of the process runs.
    ctypes.PyDLL(None).sleep(600)


def die() -> None:
    os._exit(7)


def devour() -> int:
    return len(bytearray(64 * 1024**3))


def wait_the_first_time(begun: Path) -> str:
    """Tells its process and the worker above it, and waits for the end of both; else is done."""
    if not begun.exists():
        return "done"
    begun.write_text(f"{os.getpid()} {os.getppid()}")
    time.sleep(600)
    return "waited in vain"
