"""The local server: a Bot API for the bot and a chat page for people, on loopback only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web
from aiohttp.typedefs import Handler

from .botapi.http import BotSide, Call
from .chatpage import ChatPage
from .clock import MovableClock
from .faults import Faults
from .messenger import Messenger
from .model import Person, Sample

LOCAL_TOKEN = "1:LOCAL"  # noqa: S105 - opens nothing but this server
TWO_ADVISERS = (Person("Anja"), Person("Bram"))


class LocalServer:
    """A Bot API server on loopback, strict like Telegram, with a chat page.

    Stop the bot first, then the server: a bot that stops confirms its last updates.

    Args:
        token: what the bot must show.
        samples: files that the page offers to send with one press.
        users: the people in the page.
        clock: what tells the time of messages, and can be moved forward in the page.
    """

    def __init__(
        self,
        *,
        token: str = LOCAL_TOKEN,
        samples: Sequence[Sample] = (),
        users: Sequence[Person] = TWO_ADVISERS,
        clock: MovableClock | None = None,
    ) -> None:
        self.token = token
        self.messenger = Messenger(users, clock)
        self.faults = Faults()
        self._bot_side = BotSide(token, self.messenger, self.faults)
        self.after_move: Callable[[], Awaitable[object]] | None = None
        self._page = ChatPage(self.messenger, samples, self._moved)
        self._runner: web.AppRunner | None = None
        self._port = 0

    @property
    def url(self) -> str:
        """The page's address without the slash; the bot uses this + "/bot" and + "/file/bot"."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def calls(self) -> list[Call]:
        """The bot's calls so far, getUpdates left out."""
        return self._bot_side.calls

    async def _moved(self) -> None:
        """What is due by the clock as it now stands, where somebody cares."""
        if self.after_move is not None:
            await self.after_move()

    async def start(self, port: int = 0) -> None:
        """Listen on 127.0.0.1, on a free port where `port` is 0.

        Raises:
            OSError: the port is taken.
        """
        application = web.Application(middlewares=[self._only_this_host], client_max_size=0)
        self._bot_side.add_routes(application.router)
        self._page.add_routes(application.router)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", port).start()
        except OSError:
            await runner.cleanup()
            raise
        self._runner = runner
        self._port = runner.addresses[0][1]

    async def stop(self) -> None:
        """Close every connection; what is in the messenger stays."""
        self._bot_side.stop()
        self._page.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @web.middleware
    async def _only_this_host(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse names that another site may have pointed at this address (DNS rebinding)."""
        if request.host not in {f"127.0.0.1:{self._port}", f"localhost:{self._port}"}:
            return web.Response(status=421, text="This server answers on loopback only")
        return await handler(request)
