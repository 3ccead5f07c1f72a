"""Speaks HTTP with the Bot API: aiohttp behind PTB's public request interface.

PTB's own client costs several times more processor time, most of all with many calls at once.
Nothing is tried twice here: a call that broke may have been carried out, and only the caller
knows whether saying it again does harm.
"""

import io
import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from typing_extensions import override
from yarl import URL

UNREAD_OF_SENT = ("reply_markup", "entities", "caption", "caption_entities", "from")
JSON = {"Content-Type": "application/json"}


class AiohttpRequest(BaseRequest):
    """One pool of connections to the Bot API.

    All times are in seconds, None is without end: `pool_timeout` to wait for a free connection,
    `connect_timeout` to open one, `write_timeout` to send a call (`media_write_timeout` with files
    in it), `read_timeout` between two pieces of an answer. Proxies come from the environment.
    `tell_date` hears when each answer was made, by the other's clock.
    """

    def __init__(
        self,
        connections: int,
        *,
        read_timeout: float | None = 5,
        write_timeout: float | None = 5,
        media_write_timeout: float | None = 20,
        connect_timeout: float | None = 5,
        pool_timeout: float | None = 1,
        tell_date: Callable[[str], None] | None = None,
    ) -> None:
        self._tell_date = tell_date
        self._connections = connections
        self._read_timeout = read_timeout
        self._write_timeout = write_timeout
        self._media_write_timeout = media_write_timeout
        self._connect_timeout = connect_timeout
        self._pool_timeout = pool_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    @override
    def read_timeout(self) -> float | None:
        return self._read_timeout

    @override
    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    @override
    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    @override
    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and body of the answer. Raises NetworkError, whose words tell no address."""
        if self._session is None:
            raise NetworkError("the connections to the Bot API are closed")
        with_files = request_data is not None and request_data.contains_files
        timeout = _timeout(
            _seconds(pool_timeout, self._pool_timeout),
            _seconds(connect_timeout, self._connect_timeout),
            _seconds(
                write_timeout, self._media_write_timeout if with_files else self._write_timeout
            ),
            _seconds(read_timeout, self._read_timeout),
            # What is fetched may be large, and then only its pieces have to come in time.
            limit_whole=method != "GET",
        )
        try:
            address = URL(url)
            async with self._session.request(
                method,
                address,
                data=_body(request_data) if request_data else None,
                headers=None if with_files or not request_data else JSON,
                timeout=timeout,
                # Where the answer leads elsewhere, the token must not follow.
                allow_redirects=False,
                proxy=_proxy_for(address.scheme, address.host or ""),
            ) as response:
                if self._tell_date is not None:
                    self._tell_date(response.headers.get("Date", ""))
                return response.status, await response.read()
        # The words of these errors hold the address, and with it the token.
        except aiohttp.ConnectionTimeoutError:
            raise TimedOut("no connection in time: the call was not sent") from None
        except TimeoutError:
            raise TimedOut from None
        except TelegramError:
            raise
        except Exception as error:
            raise NetworkError(f"the call failed: {type(error).__name__}") from None

    @staticmethod
    @override
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """PTB would write an answer that is no JSON into the log, with what people said.

        Of a message that the bot just sent, what nobody reads is left out: PTB would make an
        object of every button and every word in bold.
        """
        try:
            answer: Any = json.loads(payload.decode("utf-8", "replace"))
        except ValueError:
            raise TelegramError("Invalid server response") from None
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        sent = answer.get("result")
        if isinstance(sent, dict) and "message_id" in sent:
            for name in UNREAD_OF_SENT:
                sent.pop(name, None)
            # Of a picture the largest size is the one to send again.
            if "photo" in sent:
                sent["photo"] = sent["photo"][-1:]
        return answer


class PollingRequest(AiohttpRequest):
    """The connections that updates come in by; keeps the last of them as they came."""

    def __init__(
        self,
        connections: int,
        *,
        pool_timeout: float | None = 1,
        tell_date: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__(connections, pool_timeout=pool_timeout, tell_date=tell_date)
        self._last = b""

    @override
    async def do_request(
        self, url: str, method: str, *parameters: Any, **times: Any
    ) -> tuple[int, bytes]:
        status, body = await super().do_request(url, method, *parameters, **times)
        self._last = body if url.endswith("/getUpdates") else b""
        return status, body

    def take_batch(self) -> list[dict[str, Any]]:
        """The updates of the last answer, once: PTB's own way back to their JSON is far longer."""
        body, self._last = self._last, b""
        updates = self.parse_json_payload(body)["result"] if body else []
        return [update for update in updates if "update_id" in update]


def _seconds(given: object, default: float | None) -> float | None:
    """A time that the call asks for; PTB marks the others by an object of its own."""
    return given if given is None or isinstance(given, int | float) else default


@lru_cache(maxsize=64)
def _timeout(
    pool: float | None,
    connect: float | None,
    write: float | None,
    read: float | None,
    *,
    limit_whole: bool,
) -> aiohttp.ClientTimeout:
    """aiohttp knows no time to write: a call as a whole may last as long as all parts of it."""
    parts = (pool, connect, write, read)
    known = [seconds for seconds in parts if seconds is not None]
    until_connected = None if pool is None or connect is None else pool + connect
    return aiohttp.ClientTimeout(
        total=sum(known) if limit_whole and len(known) == len(parts) else None,
        connect=until_connected,
        sock_connect=connect,
        sock_read=read,
    )


def _body(data: RequestData) -> bytes | aiohttp.MultipartWriter:
    """JSON, which is quicker to write than a form; in parts where it carries files."""
    if not data.contains_files:
        return json.dumps(data.parameters).encode()
    writer = aiohttp.MultipartWriter("form-data")
    for name, value in data.json_parameters.items():
        writer.append(value).set_content_disposition("form-data", name=name)
    for name, (file_name, content, kind) in data.multipart_data.items():
        # A large file goes out in pieces, so that other chats get their turn in between.
        opened = io.BytesIO(content) if isinstance(content, bytes) else content
        part = writer.append(opened, {"Content-Type": kind})
        # Telegram takes a file name as it stands, in UTF-8.
        part.set_content_disposition(
            "form-data", quote_fields=False, name=name, filename=_on_one_line(file_name)
        )
    return writer


def _on_one_line(file_name: str) -> str:
    return "".join(letter if letter.isprintable() else "_" for letter in file_name)


@lru_cache(maxsize=8)
def _proxy_for(scheme: str, host: str) -> str | None:
    """What HTTPS_PROXY and its like say, once: asking the environment at each call is dear."""
    return None if proxy_bypass(host) else getproxies().get(scheme)
