"""The bot at work: against Telegram, or against the local server in the same loop."""

import asyncio
import fcntl
import logging
import signal
import sys
import traceback
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

from telegram import Update

from bot.application import build_application
from bot.context import KlantkompasApplication
from bot.replies.words import LANGUAGES, words
from bot.sample import sample
from bot.services import Services, open_services
from bot.settings import Settings, host_and_port
from bot.tips.sending import send_due_tips
from storage.errors import StorageError

ErrorInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# How long a thread that computes keeps the others waiting. An answer needs the interpreter several
# times, and beside a large list that is being stored it would wait this long each time.
SWITCH_SECONDS = 0.0005

log = logging.getLogger(__name__)

# What the bot answers; edited messages and reactions are not asked for.
ALLOWED_UPDATES = [Update.MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER]


class WithoutSecrets(logging.Formatter):
    """Lines without secrets, also where a library quotes them, and without words of errors.

    What an error says may come from a client list; its type and its place tell enough.
    """

    def __init__(self, secrets: Sequence[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = [secret for secret in secrets if secret]

    def formatException(self, ei: ErrorInfo) -> str:  # noqa: N802 - the name in logging
        kind, _, trace = ei
        frames = traceback.extract_tb(trace)[-4:]
        places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
        return f"{kind.__name__ if kind else 'error'} at {places}"

    def format(self, record: logging.LogRecord) -> str:
        if record.levelno >= logging.CRITICAL and record.name.startswith("telegram"):
            # PTB quotes the whole update here, with what somebody said.
            record = logging.makeLogRecord(
                {**vars(record), "msg": "an update cannot be understood", "args": None}
            )
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, "(secret)")
        return line


def set_up_logging(secrets: Sequence[str] = ()) -> None:
    """Lines with ids and counts on standard error; libraries speak only when something is wrong."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(WithoutSecrets(secrets))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("bot").setLevel(logging.INFO)
    logging.getLogger("storage").setLevel(logging.INFO)


@contextmanager
def only_here(data: Path) -> Iterator[None]:
    """Holds the data folder for this process. Raises StorageError where another has it."""
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (data / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StorageError("in_use") from None
        yield


def run(settings: Settings) -> None:
    """The bot on Telegram, until it is interrupted."""
    sys.setswitchinterval(SWITCH_SECONDS)
    with only_here(settings.data), open_services(settings) as services:
        application = build_application(settings, services)
        log.info("started")
        if settings.webhook_url:
            application.run_webhook(**_webhook(settings), bootstrap_retries=-1)
        else:
            application.run_polling(allowed_updates=ALLOWED_UPDATES, bootstrap_retries=-1)
        if application.gave_up is not None:
            raise application.gave_up


def _webhook(settings: Settings) -> dict[str, Any]:
    """Where the messenger brings updates, as PTB wants it said."""
    host, port = host_and_port(settings.webhook_listen)
    return {
        "listen": host,
        "port": port,
        "webhook_url": settings.webhook_url,
        "secret_token": settings.webhook_secret.get_secret_value(),
        "allowed_updates": ALLOWED_UPDATES,
    }


@asynccontextmanager
async def started(settings: Settings, services: Services) -> AsyncIterator[KlantkompasApplication]:
    """The bot within a running loop; stops it afterwards and finishes what it began."""
    application = build_application(settings, services)
    assert application.updater is not None
    assert application.post_init is not None
    assert application.post_shutdown is not None
    try:
        async with application:
            await application.post_init(application)
            await application.start()
            if settings.webhook_url:
                await application.updater.start_webhook(**_webhook(settings))
            else:
                await application.updater.start_polling(allowed_updates=ALLOWED_UPDATES)
            try:
                yield application
            finally:
                await application.updater.stop()
                await application.stop()
    finally:
        await application.post_shutdown(application)


async def chat(settings: Settings, port: int, announce: Callable[[str], None]) -> None:
    """The bot with the local server in one loop, until it is interrupted."""
    from bot.localchat import LocalServer, MovableClock, Sample
    from bot.localchat.server import LOCAL_TOKEN

    samples = [
        Sample(*sample(language), XLSX, {language: words(language)["buttons"]["send_sample"]})
        for language in LANGUAGES
    ]
    clock = MovableClock()
    server = LocalServer(samples=samples, clock=clock)
    await server.start(port)
    local = settings.model_copy(
        update={
            "bot_api_url": server.url,
            "token": type(settings.token)(LOCAL_TOKEN),
            "open": True,
            "webhook_url": "",
        }
    )
    try:
        with only_here(local.data), open_services(local, clock.now) as services:
            async with started(local, services) as application:
                server.after_move = partial(send_due_tips, application.bot, services)
                announce(server.url)
                await _interrupted()
    finally:
        await server.stop()


async def _interrupted() -> None:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()
