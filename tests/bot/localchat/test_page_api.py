"""The page's own address answers nobody but the page, and shows what happens as it happens."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest
from telegram.constants import FileSizeLimit
from yarl import URL

from bot.localchat import LocalServer, Person, Sample, User


@pytest.fixture
async def server() -> AsyncIterator[LocalServer]:
    server = LocalServer(
        users=(Person("Anja"), Person("Bram")),
        samples=[Sample("voorbeeld.csv", b"a;b", "text/csv")],
    )
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def act(server: LocalServer, http: aiohttp.ClientSession) -> Callable[..., Any]:
    """Do something as the page would; status and answer."""

    async def act(action: str, body: Any = None, user: int = 1001, **headers: str) -> Any:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        url = f"{server.url}/page/people/{user}/{action}"
        origin = {"Origin": server.url, **headers}
        async with http.post(url, data=data, headers=origin) as response:
            return response.status, await response.json()

    return act


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
    ],
)
async def test_other_sites_can_not_act(
    server: LocalServer, http: aiohttp.ClientSession, headers: dict[str, str]
) -> None:
    url = f"{server.url}/page/people/1001/text"
    async with http.post(url, json={"text": "x"}, headers=headers) as response:
        assert response.status == 403
    assert server.messenger.messages(server.messenger.users[1001]) == []


@pytest.mark.parametrize("path", ["/", "/page/events", "/page/static/chat.js"])
async def test_a_name_that_was_pointed_here_is_refused(
    server: LocalServer, http: aiohttp.ClientSession, path: str
) -> None:
    async with http.get(server.url + path, headers={"Host": "klantkompas.example"}) as response:
        assert response.status == 421


async def test_another_site_can_not_listen(
    server: LocalServer, http: aiohttp.ClientSession
) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        async with http.get(f"{server.url}/page/events", headers=headers) as response:
            assert response.status == 403


@pytest.mark.parametrize(
    "path",
    ["/page/static/..%2fserver.py", "/page/static/%2e%2e/server.py", "/page/static/x.js", "/x"],
)
async def test_nothing_but_the_page_is_served(
    server: LocalServer, http: aiohttp.ClientSession, path: str
) -> None:
    async with http.get(URL(server.url + path, encoded=True)) as response:
        assert response.status == 404


async def test_the_page_takes_nothing_from_outside(
    server: LocalServer, http: aiohttp.ClientSession
) -> None:
    async with http.get(f"{server.url}/") as response:
        policy = response.headers["Content-Security-Policy"]
        text = await response.text()
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http://" not in text.replace("http://www.w3.org", "")
    assert "https://" not in text


@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("text", {"text": " "}),
        ("text", {"words": "x"}),
        ("text", []),
        ("text", b"{"),
        ("sample", {"sample": 9}),
        ("sample", {"sample": "x"}),
        ("press", {"message": "x"}),
        ("language", {"language": "<b>"}),
        ("language", {}),
        ("file?name=leeg.csv", b""),
        ("file", b"zonder naam"),
        ("file?kind=photo", b"geen foto"),
    ],
)
async def test_what_can_not_be_read(act: Any, action: str, body: Any) -> None:
    status, answer = await act(action, body)

    assert status == 400
    assert answer["problem"]


async def test_unknown_people_messages_and_files(
    server: LocalServer, http: aiohttp.ClientSession, act: Any
) -> None:
    assert (await act("text", {"text": "x"}, user=5))[0] == 400
    assert (await act("press", {"message": 7, "row": 0, "column": 0}))[0] == 409
    async with http.get(f"{server.url}/page/file/documents/x") as response:
        assert response.status == 404


async def test_an_upload_is_cut_off_at_the_limit(server: LocalServer, act: Any) -> None:
    status, _ = await act("file?name=groot.csv", bytes(int(FileSizeLimit.FILESIZE_UPLOAD) + 1))

    assert status == 413
    assert server.messenger.messages(server.messenger.users[1001]) == []


async def test_a_file_comes_back_as_a_download(
    server: LocalServer, http: aiohttp.ClientSession, act: Any
) -> None:
    html = b"<script>alert(1)</script>"
    await act("file?name=..%2F..%5Cpagina%22.html", html, **{"Content-Type": "text/html"})
    (message,) = server.messenger.messages(server.messenger.users[1001])

    assert message.media.file.name == 'pagina".html'
    async with http.get(f"{server.url}/page/file/{message.media.file.path}") as response:
        assert response.content_type == "application/octet-stream"
        assert (
            response.headers["Content-Disposition"] == "attachment; filename*=UTF-8''pagina%22.html"
        )
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert await response.read() == html


async def test_blocked_people_send_nothing(server: LocalServer, act: Any) -> None:
    assert await act("block", {"blocked": True}) == (200, {})
    assert (await act("text", {"text": "x"}))[0] == 409
    assert await act("block", {"blocked": False}) == (200, {})
    assert (await act("text", {"text": "x"}))[0] == 200


async def test_a_press_from_the_page_waits_for_the_bot(
    server: LocalServer, call: Any, act: Any, anja: User
) -> None:
    buttons = {"inline_keyboard": [[{"text": "80/20", "callback_data": "p"}]]}
    sent = (await call("sendMessage", chat_id=1001, text="x", reply_markup=buttons))["result"]
    place = {"message": sent["message_id"], "row": 0, "column": 0}
    press = asyncio.create_task(act("press", place))
    (update,) = (await call("getUpdates", timeout=20))["result"]
    query = update["callback_query"]["id"]
    await call("answerCallbackQuery", callback_query_id=query, text="ja", show_alert=True)

    assert await press == (200, {"text": "ja", "alert": True, "url": ""})
    assert (await act("press", {**place, "column": 1}))[0] == 400
    waiting = asyncio.create_task(act("press", place))
    await call("getUpdates", offset=update["update_id"] + 1, timeout=20)
    await asyncio.wait_for(server.stop(), 10)
    assert (await waiting)[0] == 200


async def _events(response: aiohttp.ClientResponse, count: int) -> list[tuple[str, Any]]:
    events = []
    while len(events) < count:
        name = (await response.content.readline()).decode().strip().removeprefix("event: ")
        data = (await response.content.readline()).decode().removeprefix("data: ")
        await response.content.readline()
        events.append((name, json.loads(data)))
    return events


async def test_events_begin_with_everything_and_go_on_with_changes(
    server: LocalServer, http: aiohttp.ClientSession, act: Any, call: Any, anja: User
) -> None:
    async with http.get(f"{server.url}/page/events") as response:
        ((name, state),) = await _events(response, 1)
        assert name == "snapshot"
        assert [person["name"] for person in state["people"]] == ["Anja", "Bram"]
        assert [message["text"] for message in state["people"][0]["messages"]] == ["/start"]
        assert state["samples"][0]["name"] == "voorbeeld.csv"

        await act("sample", {"sample": 0})
        await call("sendChatAction", chat_id=1001, action="typing")
        await call("sendMessage", chat_id=1001, text="<i>x</i>", parse_mode="HTML")
        await call("setMyCommands", commands=[{"command": "a", "description": "b"}])

        changes = [change for _, change in await _events(response, 4)]
    assert [change["kind"] for change in changes] == ["message", "action", "message", "profile"]
    assert changes[0]["message"]["document"]["name"] == "voorbeeld.csv"
    assert changes[2]["message"]["entities"][0]["type"] == "italic"
    assert changes[3]["people"][0]["commands"] == [{"command": "a", "description": "b"}]
