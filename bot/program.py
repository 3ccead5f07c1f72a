"""Which program made something: another one may say or draw the same otherwise."""

from functools import cache
from importlib.metadata import version
from pathlib import Path

import analysis
import bot


@cache
def program() -> str:
    """The version, and when its newest file was written: while one works on it, that moves on."""
    folders = [Path(place) for package in (analysis, bot) for place in package.__path__]
    files = (file for folder in folders for file in folder.rglob("*.*"))
    newest = max((file.stat().st_mtime_ns for file in files if file.suffix != ".pyc"), default=0)
    return f"{version('klantkompas')}-{newest:x}"
