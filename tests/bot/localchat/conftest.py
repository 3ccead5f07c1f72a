"""A server of its own for every test, and the Bot API called the plain way."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from PIL import Image

from bot.localchat import LocalServer, Person, User

Answer = dict[str, Any]
Call = Callable[..., Awaitable[Answer]]


@pytest.fixture
async def server() -> AsyncIterator[LocalServer]:
    server = LocalServer(users=(Person("Anja"), Person("Bram", "en")))
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def anja(server: LocalServer) -> User:
    """An adviser who has written to the bot; that update is confirmed."""
    user = server.messenger.users[1001]
    server.messenger.send_text(user, "/start")
    server.messenger.updates.drop_all()
    return user


@pytest.fixture
def call(server: LocalServer, http: aiohttp.ClientSession) -> Call:
    """Call a method; the answer is the whole envelope, with the HTTP status beside it."""

    async def call(method: str, files: dict[str, bytes] | None = None, **values: Any) -> Answer:
        form = aiohttp.FormData(default_to_multipart=bool(files))
        for name, value in values.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        for name, content in (files or {}).items():
            form.add_field(name, content, filename=f"{name}.bin")
        async with http.post(f"{server.url}/bot{server.token}/{method}", data=form) as response:
            answer: Answer = await response.json()
            return {**answer, "status": response.status}

    return call


@pytest.fixture(scope="session")
def image() -> Callable[..., bytes]:
    """Make a picture of so many pixels."""

    def image(width: int = 40, height: int = 30, kind: str = "PNG") -> bytes:
        file = io.BytesIO()
        Image.new("RGB", (width, height), "teal").save(file, kind)
        return file.getvalue()

    return image
