"""The real bot against the local server, over HTTP, as an adviser meets it."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.context import KlantkompasApplication
from bot.engine import Engine, LocalWorkers
from bot.localchat import LocalServer
from bot.localchat.server import LOCAL_TOKEN
from bot.running import started
from bot.services import Clock, Services, open_services, system_clock
from bot.settings import Settings
from tests.conversations.adviser import Adviser
from tests.conversations.remembering import RememberingEngine


class Bot:
    """The bot with a data folder of its own; may be stopped and started again."""

    def __init__(self, server: LocalServer, data: Path, engine: Engine) -> None:
        self.server = server
        self.data = data
        self.open = True
        self.operators: frozenset[int] = frozenset()
        self.clock: Clock = system_clock
        self._engine = engine
        self._running = AsyncExitStack()
        self.services: Services
        self.application: KlantkompasApplication

    def _now(self) -> datetime:
        """A test may move the clock while the bot runs."""
        return self.clock()

    async def start(self) -> None:
        settings = Settings(
            _env_file=None,
            data=self.data,
            open=self.open,
            operators=self.operators,
            token=SecretStr(LOCAL_TOKEN),
            bot_api_url=self.server.url,
        )
        self.services = self._running.enter_context(
            open_services(settings, clock=self._now, engine=self._engine)
        )
        self.application = await self._running.enter_async_context(started(settings, self.services))

    async def stop(self) -> None:
        await self._running.aclose()

    def files_of_offices(self) -> list[str]:
        return sorted(path.name for path in (self.data / "offices").glob("*"))


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """A worker process for all conversations of this test process."""
    with LocalWorkers(1) as workers:
        yield RememberingEngine(workers)


@pytest.fixture
async def server() -> AsyncIterator[LocalServer]:
    server = LocalServer(users=())
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def stopped_bot(server: LocalServer, tmp_path: Path, engine: Engine) -> AsyncIterator[Bot]:
    """A bot that a test starts by itself."""
    bot = Bot(server, tmp_path / "data", engine)
    yield bot
    await bot.stop()


@pytest.fixture
async def bot(stopped_bot: Bot) -> Bot:
    await stopped_bot.start()
    return stopped_bot


@pytest.fixture
def anja(server: LocalServer) -> Adviser:
    return Adviser(server, "Anja", "nl")


@pytest.fixture
def brian(server: LocalServer) -> Adviser:
    return Adviser(server, "Brian", "en")
