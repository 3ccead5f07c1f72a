"""The short form of `benchmarks/faults.py`: a real process in trouble.

Each trouble raises what was lost.
"""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from benchmarks.troubles import data, disk, machine, telegram

Trouble = Callable[[Path], Awaitable[None]]

TROUBLES: dict[str, Trouble] = {
    "lost key": data.lost_key,
    "half a key": lambda folders: data.half_key(folders, "abcd"),
    "another key": lambda folders: data.other_key(folders, "ab" * 32, "not open with this key"),
    "no file may grow": disk.limited_files,
    "damaged file of an office": lambda folders: data.damaged_office(folders, 0.0),
    "worker that dies": lambda folders: machine.bad_job(folders, "die", "geheugen"),
    "stopped while Telegram is away": telegram.stopped_while_away,
    "two with one token": telegram.two_with_one_token,
    "two on one folder": telegram.two_on_one_folder,
    "token withdrawn": telegram.token_withdrawn,
}


@pytest.mark.parametrize("name", TROUBLES)
async def test_the_bot_goes_on_or_stops_with_one_sentence(folders, name):
    await TROUBLES[name](folders)
