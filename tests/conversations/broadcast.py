"""Many offices whose tips are due, and a bot that is killed again and again while it sends them."""

import asyncio
import os
import random
import signal
from collections import Counter
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.application import build_application
from bot.engine import Engine
from bot.localchat import LocalServer, User
from bot.localchat.messenger import Watch
from bot.localchat.server import LOCAL_TOKEN
from bot.services import Services, open_services, system_clock
from bot.settings import Settings
from bot.tips import schedule
from bot.tips.sending import send_due_tips
from storage.outbox import State
from storage.subscriptions import Subscription, Times
from tests.bot.forked import Forked

# At any hour of the day that the test runs.
NEVER_QUIET = Times(quiet_from=0, quiet_until=0)
# Some five tips at the pace of the bot.
LONGEST_DELAY_SECONDS = 0.25


@dataclass(frozen=True)
class Point:
    """Where the bot falls: so many seconds after so many tips of this run have arrived."""

    tips: int
    seconds: float


def random_points(count: int, seed: int) -> list[Point]:
    chance = random.Random(seed)
    return [
        Point(chance.randrange(1, 7), chance.uniform(0, LONGEST_DELAY_SECONDS))
        for _ in range(count)
    ]


class Broadcast:
    """A data folder with so many members, each with an office, whose tip of this month is due."""

    def __init__(self, server: LocalServer, data: Path, members: int, engine: Engine) -> None:
        self._server = server
        self._engine = engine
        self._settings = Settings(
            _env_file=None,
            data=data,
            token=SecretStr(LOCAL_TOKEN),
            bot_api_url=server.url,
        )
        self.month: date = schedule.first_of_month(system_clock(), self._settings.timezone)
        self.people: list[User] = []
        with self._services() as services:
            for number in range(members):
                self._add(services, server.messenger.add_user(f"Adviser {number}"))

    async def fall(self, point: Point) -> None:
        """Starts the bot and kills it at this point. Raises RuntimeError where it ends before."""
        watch = self._server.messenger.watch()
        process = self._start()
        arriving = asyncio.create_task(_arrive(watch, point.tips))
        ended = asyncio.create_task(process.wait())
        await asyncio.wait({arriving, ended}, return_when=asyncio.FIRST_COMPLETED)
        if ended.done():
            arriving.cancel()
            raise RuntimeError(f"the bot ended by itself with status {ended.result()}")
        await asyncio.sleep(point.seconds)
        os.killpg(process.pid, signal.SIGKILL)
        await ended

    async def finish(self) -> None:
        """Sends what is left, undisturbed."""
        with self._services() as services:
            application = build_application(self._settings, services)
            async with application:
                await send_due_tips(application.bot, services)

    def states(self) -> dict[int, State]:
        """What became of each member's tip."""
        with self._services() as services:
            return {
                person.id: services.register.outbox.months_of(member.office, person.id)[self.month]
                for person in self.people
                if (member := services.register.member(person.id)) is not None
            }

    def arrived(self) -> Counter[int]:
        """How many tips each member has in his chat."""
        return Counter(
            person.id
            for person in self.people
            for message in self._server.messenger.messages(person)
            if message.button("Niet voor mij")
        )

    def _services(self) -> AbstractContextManager[Services]:
        return open_services(self._settings, engine=self._engine)

    def _add(self, services: Services, person: User) -> None:
        now = datetime.now(UTC)
        person.started = True
        self.people.append(person)
        member = services.register.open_office_for(person.id, "nl", now)
        services.offices.create(member.office)
        services.register.subscriptions.save(
            Subscription(
                person.id,
                person.id,
                active=True,
                times=NEVER_QUIET,
                next_month=self.month,
                next_due_at=now - timedelta(seconds=1),
            ),
            now,
        )

    def _start(self) -> Forked:
        """Its workers fall with it."""
        environment = {
            **os.environ,
            "KLANTKOMPAS_TOKEN": LOCAL_TOKEN,
            "KLANTKOMPAS_BOT_API_URL": self._server.url,
            "KLANTKOMPAS_DATA": str(self._settings.data),
            "KLANTKOMPAS_WORKERS": "1",
        }
        return Forked(["run"], self._settings.data.parent, environment)


async def _arrive(watch: Watch, tips: int) -> None:
    """Until so many messages more stand in the chats."""
    while tips:
        tips -= (await watch.changes.get()).kind == "message"
