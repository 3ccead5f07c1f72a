"""What the handlers work with, put together once and carried by their context."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.client_lists import ClientLists
from bot.cluster import cluster_of
from bot.engine import Engine, LocalWorkers
from bot.operating.watch import Watch
from bot.settings import Settings
from bot.tips.pace import Pace
from bot.work import Work
from storage.data_folder import using_files
from storage.keys import derive, master_key
from storage.offices import Offices
from storage.register import Register

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Services:
    """Everything behind the conversation. `clock` gives the moment, with a time zone."""

    settings: Settings
    register: Register
    offices: Offices
    engine: Engine
    lists: ClientLists
    work: Work
    clock: Clock
    watch: Watch
    pace: Pace = field(default_factory=Pace)


@contextmanager
def open_register(settings: Settings) -> Iterator[Register]:
    """The shared file alone, for what needs no office's data."""
    with using_files(settings.data):
        key = master_key(settings.key.get_secret_value(), settings.data)
        register = Register(settings.data / "register.db", derive(key, "register"))
        try:
            yield register
        finally:
            register.close()


def _engine(settings: Settings) -> AbstractContextManager[Engine]:
    return cluster_of(settings) if settings.cluster else LocalWorkers(settings.workers)


@contextmanager
def open_services(
    settings: Settings, clock: Clock = system_clock, engine: Engine | None = None
) -> Iterator[Services]:
    """Opens the files and closes them afterwards.

    Without an `engine`, worker processes are started, and ended afterwards; where the settings
    name a cluster, that is used. Raises ClusterRefusedError where it cannot be.
    """
    with ExitStack() as stack:
        register = stack.enter_context(open_register(settings))
        key = master_key(settings.key.get_secret_value(), settings.data)
        offices = Offices(settings.data / "offices", key)
        stack.callback(offices.close)
        # A kill between forgetting an office and removing its file leaves one behind.
        offices.remove_unknown(register.offices())
        if engine is None:
            engine = stack.enter_context(_engine(settings))
        yield Services(
            settings=settings,
            register=register,
            offices=offices,
            engine=engine,
            lists=ClientLists(offices, engine, lambda: clock().astimezone(settings.timezone)),
            work=Work(),
            clock=clock,
            # Whether the bot lives is told in this computer's time, whatever day it plays.
            watch=Watch(settings, system_clock),
        )
