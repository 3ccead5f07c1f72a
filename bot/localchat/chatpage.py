"""The browser's side: the page's files, a stream of what changes, and what people do."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler
from telegram.constants import FileSizeLimit

from .botapi.parameters import MAX_FORM_BYTES, read_capped
from .limits import RefusedError, check_language_code
from .messenger import Answer, Messenger, MessengerError
from .model import Json, Message, Sample, StoredFile, User
from .pageview import change_view, snapshot_view

log = logging.getLogger(__name__)

FOLDER = Path(__file__).with_name("page")
CONTENT_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
HEARTBEAT_SECONDS = 20
ANSWER_SECONDS = 60


class ChatPage:
    """The routes of the chat page. Nobody but a page of this very server may act."""

    def __init__(
        self,
        messenger: Messenger,
        samples: Sequence[Sample],
        moved: Callable[[], Awaitable[None]],
    ) -> None:
        self._messenger = messenger
        self._moved = moved
        self._samples = tuple(samples)
        self._streams: set[asyncio.Task[None]] = set()

    def add_routes(self, router: web.UrlDispatcher) -> None:
        router.add_get("/", self._static)
        router.add_get("/page/events", self._guarded(self._events))
        router.add_get("/page/file/{path:.+}", self._guarded(self._file))
        router.add_get(r"/page/static/{name:[a-z]+\.[a-z]+}", self._static)
        router.add_post("/page/clock", self._guarded(self._move_clock))
        person = "/page/people/{user:[0-9]+}"
        router.add_post(f"{person}/text", self._guarded(self._send_text))
        router.add_post(f"{person}/file", self._guarded(self._send_file))
        router.add_post(f"{person}/sample", self._guarded(self._send_sample))
        router.add_post(f"{person}/press", self._guarded(self._press))
        router.add_post(f"{person}/block", self._guarded(self._block))
        router.add_post(f"{person}/language", self._guarded(self._speak))

    def stop(self) -> None:
        """Let go of every page that listens or waits for an answer."""
        self._messenger.expire_presses()
        for stream in self._streams:
            stream.cancel()

    def _guarded(self, handler: Handler) -> Handler:
        """Only this server's own page comes in, and no trouble goes out but one sentence."""

        async def guarded(request: web.Request) -> web.StreamResponse:
            if not _is_own_page(request):
                return _problem(403, "Only the chat page itself may do this")
            try:
                return await handler(request)
            except RefusedError as refusal:
                return _problem(refusal.code, refusal.description)
            except MessengerError as error:
                return _problem(409, str(error))
            except (LookupError, OverflowError, TypeError, ValueError):
                return _problem(400, "The request can't be read")

        return guarded

    async def _static(self, request: web.Request) -> web.StreamResponse:
        path = FOLDER / request.match_info.get("name", "index.html")
        kind = CONTENT_TYPES.get(path.suffix)
        if kind is None or not path.is_file():
            return _problem(404, "There is no such page")
        return web.Response(
            body=path.read_bytes(), content_type=kind, charset="utf-8", headers=SECURITY_HEADERS
        )

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: everything as it stands, then each change."""
        response = web.StreamResponse(headers={**SECURITY_HEADERS, "X-Accel-Buffering": "no"})
        response.content_type = "text/event-stream"
        await response.prepare(request)
        stream = asyncio.ensure_future(self._stream(response))
        self._streams.add(stream)
        stream.add_done_callback(self._streams.discard)
        try:
            await stream
        except (asyncio.CancelledError, ConnectionError):
            stream.cancel()
        return response

    async def _stream(self, response: web.StreamResponse) -> None:
        watch = self._messenger.watch()
        await _write_event(response, "snapshot", snapshot_view(self._messenger, self._samples))
        while True:
            try:
                async with asyncio.timeout(HEARTBEAT_SECONDS):
                    change = await watch.changes.get()
            except TimeoutError:
                await response.write(b": still here\n\n")
                continue
            await _write_event(response, "change", change_view(self._messenger, change))

    async def _file(self, request: web.Request) -> web.Response:
        file = self._messenger.files.at(request.match_info["path"])
        if file is None:
            return _problem(404, "There is no such file")
        kind = file.mime if file.width is not None else "application/octet-stream"
        headers = {**SECURITY_HEADERS, "Content-Disposition": _disposition(file)}
        headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return web.Response(body=file.content, content_type=kind, headers=headers)

    async def _send_text(self, request: web.Request) -> web.Response:
        user, values = self._user(request), await _read_json(request)
        reply_to = values.get("reply_to")
        answered = (
            self._messenger.find_message(user, reply_to) if isinstance(reply_to, int) else None
        )
        return _sent(self._messenger.send_text(user, str(values["text"]), answered))

    async def _send_file(self, request: web.Request) -> web.Response:
        user = self._user(request)
        content = await read_capped(request, FileSizeLimit.FILESIZE_UPLOAD)
        caption = request.query.get("caption", "")
        if request.query.get("kind") == "photo":
            return _sent(self._messenger.send_photo(user, content, caption))
        name = request.query["name"].replace("\\", "/").rsplit("/", 1)[-1]
        message = self._messenger.send_document(user, name, content, request.content_type, caption)
        return _sent(message)

    async def _send_sample(self, request: web.Request) -> web.Response:
        values = await _read_json(request)
        sample = self._samples[int(values["sample"])]
        message = self._messenger.send_document(
            self._user(request), sample.name, sample.content, sample.mime
        )
        return _sent(message)

    async def _press(self, request: web.Request) -> web.Response:
        user, values = self._user(request), await _read_json(request)
        message = self._messenger.find_message(user, int(values["message"]))
        if message is None:
            raise MessengerError("This message is not in the chat any more")
        button = message.markup.keyboard[int(values["row"])][int(values["column"])]
        press = self._messenger.begin_press(user, message.message_id, button)
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                answer = await press.answer
        except TimeoutError:
            answer = Answer()
        return web.json_response({"text": answer.text, "alert": answer.alert, "url": answer.url})

    async def _move_clock(self, request: web.Request) -> web.Response:
        """To a moment in milliseconds since 1970; what is then due is sent before this answers."""
        values = await _read_json(request)
        moment = datetime.fromtimestamp(int(values["to"]) / 1000, UTC)
        self._messenger.move_clock(moment)
        await self._moved()
        return web.json_response({})

    async def _block(self, request: web.Request) -> web.Response:
        user, values = self._user(request), await _read_json(request)
        (self._messenger.block if values["blocked"] else self._messenger.unblock)(user)
        return web.json_response({})

    async def _speak(self, request: web.Request) -> web.Response:
        user, values = self._user(request), await _read_json(request)
        self._messenger.speak(user, check_language_code(str(values["language"])))
        return web.json_response({})

    def _user(self, request: web.Request) -> User:
        return self._messenger.users[int(request.match_info["user"])]


def _is_own_page(request: web.Request) -> bool:
    origin = request.headers.get("Origin")
    if origin is not None:
        return urlsplit(origin).netloc == request.host
    if request.method != "GET":
        return False
    return request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}


async def _read_json(request: web.Request) -> Json:
    values = json.loads(await read_capped(request, MAX_FORM_BYTES))
    if not isinstance(values, dict):
        raise TypeError
    return values


async def _write_event(response: web.StreamResponse, name: str, data: Json) -> None:
    await response.write(f"event: {name}\ndata: {json.dumps(data)}\n\n".encode())


def _disposition(file: StoredFile) -> str:
    if file.width is not None:
        return "inline"
    return f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"


def _sent(message: Message) -> web.Response:
    return web.json_response({"message": message.message_id})


def _problem(status: int, text: str) -> web.Response:
    return web.json_response({"problem": text}, status=status, headers=SECURITY_HEADERS)
