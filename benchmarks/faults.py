"""Brings trouble to the bot, kind after kind, and looks what it does and what it loses.

Usage: python benchmarks/faults.py [--away SECONDS] [--flips 20] [KIND …]

Kinds: calls start disk locked damaged keys clock away workers two token. Without any: all.
A full and a read-only disk are small file systems in memory, which takes the right to mount.
"""

import argparse
import asyncio
import logging
import os
import sys
import tempfile
from pathlib import Path

from benchmarks.kill_conversation import make_folders
from benchmarks.rehearsal import table_of
from benchmarks.troubles.calls import calls, start
from benchmarks.troubles.data import damaged, keys, locked
from benchmarks.troubles.disk import disk
from benchmarks.troubles.machine import clock, workers
from benchmarks.troubles.probing import Options, Probe, Row, note
from benchmarks.troubles.telegram import away, token, two

PROBES: dict[str, Probe] = {
    "calls": calls, "start": start, "disk": disk, "locked": locked, "damaged": damaged,
    "keys": keys, "clock": clock, "away": away, "workers": workers, "two": two, "token": token,
}  # fmt: skip


async def inject(kinds: list[str], options: Options) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        folders = Path(folder)
        await make_folders(folders)
        rows = []
        for kind in kinds:
            note(f"{kind} …")
            rows += await PROBES[kind](folders, options)
        return rows


def report(rows: list[Row]) -> str:
    """The rows for docs/reliability.md."""
    head = ("trouble", "times", "what the bot does", "lost")
    return table_of([head, *((r.trouble, r.times, r.outcome, r.lost) for r in rows)])


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("kinds", nargs="*", choices=[*PROBES, []], metavar="KIND")
    parser.add_argument("--away", type=float, default=60.0)
    parser.add_argument("--flips", type=int, default=20)
    told = parser.parse_args()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # The trouble is meant; what PTB says of it in this process fills the screen.
    logging.getLogger("telegram").setLevel(logging.CRITICAL)
    rows = asyncio.run(inject(told.kinds or list(PROBES), Options(told.away, told.flips)))
    print(report(rows))
    sys.exit(any(each.lost != "nothing" for each in rows))


if __name__ == "__main__":
    main()
