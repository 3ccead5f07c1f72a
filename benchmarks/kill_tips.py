"""Kills the bot at random moments while it sends tips, and looks whether any came twice or not.

Usage: python -m benchmarks.kill_tips [--kills 50] [--seed 1]

A real `klantkompas run` speaks with a local Bot API server over HTTP and gets SIGKILL, its workers
too. What is left is sent undisturbed. Then every office must have exactly one tip, or a recorded
uncertain one and at most one in its chat.
"""

import argparse
import asyncio
import sys
import tempfile
from collections import Counter
from pathlib import Path

from bot.engine import LocalWorkers
from bot.localchat import LocalServer
from tests.conversations.broadcast import Broadcast, random_points

# More than can go out between a start and a kill.
OFFICES_PER_KILL = 14


async def run(kills: int, seed: int) -> int:
    """The number of offices with a wrong outcome; tells the rest."""
    server = LocalServer(users=())
    await server.start()
    with tempfile.TemporaryDirectory() as scratch, LocalWorkers(1) as engine:
        data = Path(scratch) / "data"
        broadcast = Broadcast(server, data, kills * OFFICES_PER_KILL, engine)
        for number, point in enumerate(random_points(kills, seed), 1):
            await broadcast.fall(point)
            print(f"kill {number}: {sum(broadcast.arrived().values())} tips arrived", flush=True)
        await broadcast.finish()
        arrived, states = broadcast.arrived(), broadcast.states()
    await server.stop()
    outcomes = Counter((state, arrived[user]) for user, state in states.items())
    for (state, count), offices in sorted(outcomes.items()):
        print(f"{state:10} {count} in the chat: {offices} offices")
    return sum(
        offices
        for outcome, offices in outcomes.items()
        if outcome not in {("sent", 1), ("uncertain", 0), ("uncertain", 1)}
    )


def main() -> None:
    """Ends with status 1 where a tip came twice, or not and nobody knows."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    wrong = asyncio.run(run(wanted.kills, wanted.seed))
    print(f"wrong: {wrong}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
