"""The health check over HTTP, for this computer alone."""

import asyncio
import time
from collections.abc import Callable, Sequence

from aiohttp import web

from bot.operating.health import Item

# Whoever asks more often gets the same answer.
SECONDS_AN_ANSWER_LASTS = 5.0


class HealthEndpoint:
    """Answers `GET /health`: 200 where everything is good, else 503, with the items as JSON."""

    def __init__(self, examine: Callable[[], Sequence[Item]]) -> None:
        self._examine = examine
        self._items: Sequence[Item] = ()
        self._examined: float | None = None
        self._one_at_a_time = asyncio.Lock()
        self._runner: web.AppRunner | None = None

    async def start(self, host: str, port: int) -> None:
        application = web.Application()
        application.router.add_get("/health", self._answer)
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def port(self) -> int:
        """The port it listens on, once started."""
        assert self._runner is not None
        return int(self._runner.addresses[0][1])

    async def _answer(self, _: web.Request) -> web.Response:
        async with self._one_at_a_time:
            if self._examined is None or time.monotonic() - self._examined > (
                SECONDS_AN_ANSWER_LASTS
            ):
                self._items = await asyncio.to_thread(self._examine)
                self._examined = time.monotonic()
        healthy = all(item.good for item in self._items)
        document = {
            "healthy": healthy,
            "items": [
                {
                    "item": item.name,
                    "good": item.good,
                    "warns": item.warns,
                    "says": item.says,
                }
                for item in self._items
            ],
        }
        return web.json_response(document, status=200 if healthy else 503)
