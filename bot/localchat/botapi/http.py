"""The Bot API over HTTP: token, method, faults on order, and the envelope of an answer."""

from __future__ import annotations

import asyncio
import inspect
import logging
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from ..faults import DOWNLOAD, Fault, Faults
from ..limits import RefusedError
from ..messenger import Messenger
from ..model import Json
from .methods import METHODS
from .parameters import Parameters, read_parameters

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Call:
    """A call that the bot made; never what it said in it."""

    method: str
    chat_id: int | None


class BotSide:
    """The routes under /bot and /file/bot."""

    def __init__(self, token: str, messenger: Messenger, faults: Faults) -> None:
        self._token = token
        self._messenger = messenger
        self._faults = faults
        self._stopping = asyncio.Event()
        self.calls: list[Call] = []

    def add_routes(self, router: web.UrlDispatcher) -> None:
        router.add_route("*", "/bot{token}/{method}", self._answer_call)
        router.add_get("/file/bot{token}/{path:.+}", self._download)

    def stop(self) -> None:
        """Let go of every call that waits."""
        self._stopping.set()
        self._messenger.updates.close()

    async def _answer_call(self, request: web.Request) -> web.Response:
        try:
            result = await self._call(request)
        except RefusedError as refusal:
            return _refusal(refusal)
        except Exception as error:
            # The text of the exception may hold what a client list says.
            log.error("The local Bot API failed on a call: %s", type(error).__name__)
            return _refusal(RefusedError(500, "Internal Server Error"))
        return web.json_response({"ok": True, "result": result})

    async def _call(self, request: web.Request) -> Any:
        self._check_caller(request)
        name = request.match_info["method"]
        method = METHODS.get(name.lower())
        if method is None:
            raise RefusedError(404, "Not Found: method not found")
        parameters = await read_parameters(request)
        parameters.only(method.accepts)
        chat_id = parameters.integer("chat_id")
        self._remember(name, chat_id)
        fault = self._faults.take(name, chat_id)
        if fault is not None:
            await self._suffer(fault, request)
        result = await self._carry_out(name, parameters)
        if fault is not None and fault.drop == "after":
            _break_connection(request)
        return result

    async def _carry_out(self, name: str, parameters: Parameters) -> Any:
        result = METHODS[name.lower()].carry_out(self._messenger, parameters)
        return await result if inspect.isawaitable(result) else result

    async def _suffer(self, fault: Fault, request: web.Request) -> None:
        if fault.seconds:
            try:
                async with asyncio.timeout(fault.seconds):
                    await self._stopping.wait()
            except TimeoutError:
                pass
        if fault.drop == "before":
            _break_connection(request)
            raise RefusedError(500, "Internal Server Error")
        if fault.refusal is not None:
            raise fault.refusal

    def _remember(self, name: str, chat_id: int | None) -> None:
        if name.lower() != "getupdates":
            self.calls.append(Call(name, chat_id))

    def _check_caller(self, request: web.Request) -> None:
        if "Origin" in request.headers:
            # A bot is no web page: this is another site that reaches for the loopback.
            raise RefusedError(403, "Forbidden: the Bot API does not answer web pages")
        token = request.match_info["token"]
        number, colon, secret = token.partition(":")
        if not (number.isascii() and number.isdigit() and colon and secret):
            raise RefusedError(404, "Not Found")
        if token != self._token:
            raise RefusedError(401, "Unauthorized")

    async def _download(self, request: web.Request) -> web.Response:
        try:
            self._check_caller(request)
            fault = self._faults.take(DOWNLOAD, None)
            if fault is not None:
                await self._suffer(fault, request)
        except RefusedError as refusal:
            return _refusal(refusal)
        file = self._messenger.files.at(request.match_info["path"])
        if file is None:
            return _refusal(RefusedError(404, "Not Found"))
        if fault is not None and fault.drop == "after":
            _break_connection(request)
        return web.Response(body=file.content, content_type="application/octet-stream")


def _break_connection(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


def _refusal(refusal: RefusedError) -> web.Response:
    answer: Json = {
        "ok": False,
        "error_code": refusal.code,
        "description": refusal.description,
    }
    if refusal.parameters:
        answer["parameters"] = refusal.parameters
    return web.json_response(answer, status=refusal.code)
