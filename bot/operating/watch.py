"""What lets others see how the running bot does: its sign of life, and the health endpoint."""

from collections.abc import Callable
from datetime import datetime

from bot.operating.endpoint import HealthEndpoint
from bot.operating.health import examine
from bot.operating.heartbeat import Heartbeat
from bot.operating.telegram_clock import TelegramClock
from bot.settings import Settings, host_and_port


class Watch:
    """Started and stopped with the bot."""

    def __init__(self, settings: Settings, clock: Callable[[], datetime]) -> None:
        self._listen = settings.health_listen
        self.telegram_clock = TelegramClock()
        self.heartbeat = Heartbeat(settings.data, clock, polling=not settings.webhook_url)
        self._endpoint = HealthEndpoint(lambda: examine(settings, clock()))

    async def start(self) -> None:
        """Raises OSError where the endpoint's port is taken."""
        if self._listen:
            await self._endpoint.start(*host_and_port(self._listen))
        self.heartbeat.alive()

    async def stop(self) -> None:
        await self._endpoint.stop()
        self.heartbeat.end()

    @property
    def port(self) -> int:
        """Where the endpoint listens, once started."""
        return self._endpoint.port
