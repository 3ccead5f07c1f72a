"""PTB's bot over our own HTTP client, against a real server that misbehaves on order."""

import asyncio
import io
import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Self

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    Update,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.localchat import LocalServer, Person, User
from bot.transport import AiohttpRequest, PollingRequest, _proxy_for

TOKEN = "4242:very-secret"

Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@pytest.fixture
async def server() -> AsyncIterator[LocalServer]:
    server = LocalServer(token=TOKEN, users=(Person("Anja"),))
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def anja(server: LocalServer) -> User:
    user = server.messenger.users[1001]
    server.messenger.send_text(user, "/start")
    return user


@pytest.fixture
async def bot(server: LocalServer) -> AsyncIterator[Bot]:
    async with Bot(
        TOKEN,
        f"{server.url}/bot",
        f"{server.url}/file/bot",
        request=AiohttpRequest(2),
        get_updates_request=AiohttpRequest(2),
    ) as bot:
        yield bot


class Misbehaving:
    """A server that does as told to each connection, whatever is asked."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._serving: set[asyncio.Task[None]] = set()
        self.connections = 0
        self.asked = asyncio.Semaphore(0)
        self.url = ""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        self.asked.release()
        with suppress(asyncio.CancelledError):
            await self._answer(reader, writer)
        writer.transport.abort()


async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(-1)


async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")


async def half_an_answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"ok": true, "res')


async def no_http(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")


async def no_json(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 19\r\n\r\nMevrouw de Vries: {")


async def elsewhere(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")


async def test_a_message_arrives_as_it_was_written(bot, server, anja):
    text = "50% & <b> ‘é’ + 漢字 😀 = x; y"
    await bot.send_message(anja.id, text)
    assert server.messenger.messages(anja)[-1].text == text


@pytest.mark.parametrize(
    ("name", "size"),
    [("klanten.csv", 10), ("rélaties – “2026”.xlsx", 70_000), ("lang.bin", 3 * 2**20)],
)
async def test_a_file_goes_up_and_comes_down_whole(bot, server, anja, name, size):
    content = bytes(range(256)) * (size // 256 + 1)
    sent = await bot.send_document(anja.id, content, filename=name, caption="<i>bij</i> & zo")
    stored = server.messenger.messages(anja)[-1].media
    assert stored is not None
    assert (stored.file.name, stored.file.content) == (name, content)
    file = await bot.get_file(sent.document.file_id)
    assert await file.download_as_bytearray() == content


@pytest.mark.parametrize("name", ['a"b.csv', "a\\b.csv", "a\r\nContent-Type: x\r\n\r\nb.csv", ""])
async def test_a_file_name_ends_no_header(bot, server, anja, name):
    await bot.send_document(anja.id, b"content", filename=name)
    media = server.messenger.messages(anja)[-1].media
    assert media is not None
    assert media.file.content == b"content"
    assert "\n" not in media.file.name


async def test_an_open_file_and_several_at_once(bot, server, anja):
    await bot.send_document(anja.id, io.BytesIO(b"opened"), filename="a.txt")
    album = [InputMediaDocument(bytes([n]) * 9, filename=f"{n}.txt") for n in (1, 2)]
    await bot.send_media_group(anja.id, album)
    contents = [m.media.file.content for m in server.messenger.messages(anja)[1:]]
    assert contents == [b"opened", b"\1" * 9, b"\2" * 9]


@pytest.mark.parametrize(
    ("order", "error"),
    [
        (lambda faults: faults.too_many_requests(5), RetryAfter),
        (lambda faults: faults.blocked(1001), Forbidden),
        (lambda faults: faults.migrated(1001, to=-100), ChatMigrated),
        (lambda faults: faults.server_error(502), NetworkError),
        (lambda faults: faults.server_error(500), NetworkError),
        (lambda faults: faults.drop("before"), NetworkError),
    ],
)
async def test_each_refusal_is_the_error_that_ptb_knows(bot, server, anja, order, error):
    order(server.faults)
    with pytest.raises(error) as caught:
        await bot.send_message(anja.id, "x")
    assert not isinstance(caught.value, BadRequest | TimedOut)
    assert [message.text for message in server.messenger.messages(anja)] == ["/start"]


async def test_a_refused_text_is_a_bad_request_with_the_reason(bot, anja):
    with pytest.raises(BadRequest, match=r"[Cc]an't parse entities"):
        await bot.send_message(anja.id, "<b>", parse_mode="HTML")


async def test_a_second_poller_is_a_conflict(bot, server):
    server.messenger.updates.drop_all()
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await server.messenger.updates.polling.wait()
    second = asyncio.create_task(bot.get_updates(timeout=0))
    with pytest.raises(Conflict):
        await first
    assert await second == ()


async def test_a_call_that_broke_after_it_was_carried_out_is_not_repeated(bot, server, anja):
    server.faults.drop("after")
    with pytest.raises(NetworkError):
        await bot.send_message(anja.id, "once")
    assert [message.text for message in server.messenger.messages(anja)] == ["/start", "once"]


async def test_the_next_call_works_after_a_torn_connection(bot, server, anja: User):
    for moment in ("before", "after"):
        server.faults.drop(moment)
        with pytest.raises(NetworkError):
            await bot.send_message(anja.id, "x")
    assert await bot.send_message(anja.id, "y")


async def test_an_answer_that_does_not_come_in_time(bot, server, anja):
    server.faults.slow(600)
    with pytest.raises(TimedOut):
        await bot.send_message(anja.id, "x", read_timeout=0.05)


async def test_no_free_connection_in_time():
    async with Misbehaving(hang) as server, AiohttpRequest(2, pool_timeout=0.05) as request:
        calls = [asyncio.create_task(request.post(f"{server.url}/bot{TOKEN}/x")) for _ in "ab"]
        for _ in calls:
            await server.asked.acquire()
        with pytest.raises(TimedOut, match="not sent"):
            await request.post(f"{server.url}/bot{TOKEN}/y", connect_timeout=0.05)
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)


async def test_polling_waits_in_no_line_behind_other_calls(bot, server, anja):
    server.faults.slow(600, times=2)
    calls = [asyncio.create_task(bot.send_message(anja.id, "x", read_timeout=30)) for _ in "ab"]
    async with asyncio.timeout(10):
        assert await bot.get_updates(timeout=0)
    for call in calls:
        call.cancel()
    await asyncio.gather(*calls, return_exceptions=True)


TIMES = {
    "connect_timeout": 0.1,
    "pool_timeout": 0.1,
    "read_timeout": 0.1,
    "write_timeout": 0.1,
    "media_write_timeout": 0.1,
}


async def nothing_read(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.transport.pause_reading()
    await asyncio.Event().wait()


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (hang, TimedOut),
        (nothing_read, TimedOut),
        (hang_up, NetworkError),
        (half_an_answer, NetworkError),
        (no_http, NetworkError),
        (no_json, TelegramError),
        (elsewhere, NetworkError),
    ],
)
async def test_a_server_that_is_none(answer, error, caplog):
    caplog.set_level(logging.INFO)
    async with Misbehaving(answer) as server, AiohttpRequest(2, **TIMES) as request:
        bot = Bot(TOKEN, f"{server.url}/bot", request=request)
        with pytest.raises(error) as caught:
            await bot.send_document(1, b"x" * 20_000_000, filename="x")
        assert server.connections == 1
    assert_tells_nothing(caught.value, caplog)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1", "http://name.invalid", "http://[::1", "ftp://x", "", "http://"]
)
async def test_an_address_where_nothing_is(url, caplog):
    caplog.set_level(logging.INFO)
    async with AiohttpRequest(2) as request:
        bot = Bot(TOKEN, f"{url}/bot", f"{url}/file/bot", request=request)
        for call in (bot.send_message(1, "x"), request.retrieve(f"{url}/file/bot{TOKEN}/a")):
            with pytest.raises(NetworkError) as caught:
                await call
            assert_tells_nothing(caught.value, caplog)


def assert_tells_nothing(error: BaseException, caplog: pytest.LogCaptureFixture) -> None:
    told = str(error) + "".join(traceback.format_exception(error)) + caplog.text
    assert "very-secret" not in told
    assert "Mevrouw" not in told


async def test_closed_and_opened_again(server, anja):
    request = AiohttpRequest(2)
    bot = Bot(TOKEN, f"{server.url}/bot", request=request)
    with pytest.raises(NetworkError):
        await bot.send_message(anja.id, "too early")
    for _ in range(2):
        async with request:
            assert await bot.send_message(anja.id, "x")
        await request.shutdown()
    with pytest.raises(NetworkError):
        await bot.send_message(anja.id, "too late")


async def test_shutdown_leaves_no_connection(server, anja):
    async with AiohttpRequest(4) as request:
        bot = Bot(TOKEN, f"{server.url}/bot", request=request)
        await asyncio.gather(*(bot.send_message(anja.id, str(n)) for n in range(20)))
        session = request._session
    assert session is not None
    assert session.closed
    assert {m.text for m in server.messenger.messages(anja)} >= {str(n) for n in range(20)}


async def test_a_proxy_of_the_environment_is_used(server, monkeypatch):
    monkeypatch.setenv("http_proxy", server.url)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    _proxy_for.cache_clear()
    try:
        assert _proxy_for("http", "telegram.invalid") == server.url
        assert _proxy_for("http", "127.0.0.1") is None
        async with AiohttpRequest(2) as request:
            # The stand-in is no proxy, and its refusal shows that it was asked.
            code, _ = await request.do_request("http://telegram.invalid/bot1:X/getMe", "POST")
        assert code == 421
    finally:
        _proxy_for.cache_clear()


async def test_updates_are_known_as_they_came_and_once(server, anja):
    polling = PollingRequest(2)
    async with polling:
        bot = Bot(TOKEN, f"{server.url}/bot", request=polling, get_updates_request=polling)
        (update,) = await bot.get_updates()
        (raw,) = polling.take_batch()
        assert raw["message"]["text"] == "/start"
        assert Update.de_json(raw, bot) == update
        assert polling.take_batch() == []
        await bot.get_updates(offset=update.update_id + 1, timeout=0)
        assert polling.take_batch() == []


@pytest.mark.parametrize("payload", [b"", b"{", b"[]", b"null", b"7", b"\xff", b'"text"'])
def test_an_answer_that_is_none_is_one_error(payload):
    with pytest.raises(TelegramError, match="Invalid server response"):
        AiohttpRequest.parse_json_payload(payload)


async def test_of_a_sent_message_only_what_is_read_comes_back(bot, server, anja):
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("a", callback_data="b")]])
    sent = await bot.send_message(anja.id, "<b>x</b>", parse_mode="HTML", reply_markup=keyboard)
    assert (sent.text, sent.reply_markup, sent.entities) == ("x", None, ())
    stored = server.messenger.messages(anja)[-1]
    assert stored.button("a") is not None
    server.messenger.begin_press(anja, sent.message_id, stored.button("a"))
    pressed = (await bot.get_updates())[-1].callback_query
    assert pressed.message.reply_markup == keyboard
