"""The running bot's sign of life: a small file in the data folder, for `klantkompas check`."""

import logging
import os
import time
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from telegram.request import BaseRequest, RequestData
from typing_extensions import override

from bot.delivery import TokenRefusedError
from bot.transport import AiohttpRequest
from storage.data_folder import HEARTBEAT

# Telegram may answer a hundred times a second; nobody looks that often.
SECONDS_BETWEEN_WRITES = 1.0

log = logging.getLogger(__name__)


class Beat(BaseModel):
    """When the bot's event loop last turned, and when Telegram last answered its polling.

    Both in the time of this computer. `polling`: the bot asks Telegram; else Telegram calls it,
    and silence is no sign of anything.
    """

    process: int
    polling: bool
    alive_at: datetime
    heard_at: datetime | None = None


class Heartbeat:
    """Writes the file; a disk that refuses it never stops the bot."""

    def __init__(self, data: Path, clock: Callable[[], datetime], *, polling: bool) -> None:
        self._path = data / HEARTBEAT
        self._clock = clock
        self._polling = polling
        self._heard_at: datetime | None = None
        self._written: float | None = None
        self._refused = False

    def alive(self) -> None:
        """The event loop turns."""
        self._write()

    def heard(self) -> None:
        """Telegram answered."""
        self._heard_at = self._clock()
        if self._written is None or time.monotonic() - self._written > SECONDS_BETWEEN_WRITES:
            self._write()

    def end(self) -> None:
        """The bot stops, and is not missed."""
        self._path.unlink(missing_ok=True)

    def _write(self) -> None:
        beat = Beat(
            process=os.getpid(),
            polling=self._polling,
            alive_at=self._clock(),
            heard_at=self._heard_at,
        )
        half = self._path.with_name(f"{HEARTBEAT}.half")
        try:
            half.write_text(beat.model_dump_json(), encoding="utf-8")
            half.replace(self._path)
        except OSError as error:
            if not self._refused:
                log.error("the sign of life cannot be written: %s", type(error).__name__)
            self._refused = True
            return
        self._refused = False
        self._written = time.monotonic()


def read_beat(data: Path) -> Beat | None:
    """The newest sign of life; None where no bot runs, or none can be read."""
    try:
        return Beat.model_validate_json((data / HEARTBEAT).read_bytes())
    except (OSError, ValidationError):
        return None


class Heard(BaseRequest):
    """Another request's answers, and word of each that came from Telegram in good order."""

    def __init__(self, request: BaseRequest, heard: Callable[[], None]) -> None:
        self._request = request
        self._heard = heard

    @property
    @override
    def read_timeout(self) -> float | None:
        return self._request.read_timeout

    @override
    async def initialize(self) -> None:
        await self._request.initialize()

    @override
    async def shutdown(self) -> None:
        await self._request.shutdown()

    @override
    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        status, body = await self._request.do_request(
            url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
        )
        if status == HTTPStatus.UNAUTHORIZED:
            raise TokenRefusedError("the token is not known")
        if status == HTTPStatus.OK:
            self._heard()
        return status, body

    @staticmethod
    @override
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        return AiohttpRequest.parse_json_payload(payload)
