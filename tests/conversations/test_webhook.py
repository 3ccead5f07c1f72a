"""The bot behind a webhook: the test brings the updates to it, over HTTP, as Telegram does."""

import asyncio
import json
import logging
from contextlib import asynccontextmanager

import aiohttp
import pytest
from pydantic import SecretStr

from bot.localchat.botapi import methods
from bot.localchat.server import LOCAL_TOKEN
from bot.running import WithoutSecrets, started
from bot.services import open_services
from bot.settings import Settings
from tests.conversations.lists import csv_list

SECRET = "only-Telegram_knows-this"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Courier:
    """Brings what people send to where the bot said that it listens."""

    def __init__(self, server, session: aiohttp.ClientSession, address: str) -> None:
        self._updates = server.messenger.updates
        self._session = session
        self._address = address
        self.asked_for: dict[str, str | None] = {}

    async def brings(self, body: bytes, **headers: str | None) -> int:
        """The status of the bot's answer; a header that is None is left out."""
        sent = {"Content-Type": "application/json", HEADER: SECRET, **headers}
        kept = {name: value for name, value in sent.items() if value is not None}
        async with self._session.post(self._address, data=body, headers=kept) as answer:
            return answer.status

    async def waiting(self) -> list[bytes]:
        """The updates that wait, oldest first; they are confirmed by `forget`."""
        return [json.dumps(update).encode() for update in await self._updates.poll(0, 100, 0)]

    async def works(self) -> None:
        """Brings update after update; one that is refused is brought again."""
        offset = 0
        while True:
            for update in await self._updates.poll(offset, 1, 30):
                if await self.brings(json.dumps(update).encode()) == 200:
                    offset = update["update_id"] + 1


@pytest.fixture
async def webhook_bot(server, engine, tmp_path, unused_tcp_port, monkeypatch):
    """The bot as its settings start it, the courier for it, and what is stored before answers."""
    told: list[dict[str, str | None]] = []

    def set_webhook(_messenger, parameters) -> bool:
        names = ("url", "secret_token", "allowed_updates", "drop_pending_updates")
        told.append({name: parameters.text(name) for name in names})
        return True

    accepts = methods.METHODS["setwebhook"].accepts
    monkeypatch.setitem(methods.METHODS, "setwebhook", methods.Method(set_webhook, accepts))
    settings = Settings(
        _env_file=None,
        data=tmp_path / "data",
        open=True,
        token=SecretStr(LOCAL_TOKEN),
        bot_api_url=server.url,
        webhook_url="https://bot.example.nl/telegram",
        webhook_listen=f"127.0.0.1:{unused_tcp_port}",
        webhook_secret=SecretStr(SECRET),
    )
    address = f"http://{settings.webhook_listen}/"

    @asynccontextmanager
    async def running():
        with open_services(settings, engine=engine) as services:
            async with started(settings, services), aiohttp.ClientSession() as session:
                courier = Courier(server, session, address)
                courier.asked_for = told[-1]
                yield services, courier

    return running


async def test_a_list_is_sent_and_answered(webhook_bot, anja):
    async with webhook_bot() as (_, courier):
        assert courier.asked_for["url"] == "https://bot.example.nl/telegram"
        assert courier.asked_for["secret_token"] == SECRET
        assert "callback_query" in (courier.asked_for["allowed_updates"] or "")
        # What people sent while the bot was away still comes.
        assert courier.asked_for["drop_pending_updates"] in {None, "", "false", "False"}
        work = asyncio.create_task(courier.works())
        await anja.sends("klanten.csv", csv_list())
        await anja.sees_photo()
        await anja.says("/top10")
        await anja.sees("bakker")
        work.cancel()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({HEADER: None}, 403),
        ({HEADER: ""}, 403),
        ({HEADER: "guess"}, 403),
        ({HEADER: SECRET + "x"}, 403),
        ({HEADER: SECRET.upper()}, 403),
        ({"Content-Type": "text/plain"}, 403),
    ],
)
async def test_who_does_not_know_the_secret_leaves_nothing_behind(
    webhook_bot, anja, headers, status
):
    async with webhook_bot() as (services, courier):
        await anja.says("/help")
        (update,) = await courier.waiting()
        assert await courier.brings(update, **headers) == status
        assert list(services.register.unfinished()) == []
        assert services.register.member(anja.user.id) is None


async def test_an_update_is_written_down_before_it_is_taken(webhook_bot, anja, monkeypatch):
    async with webhook_bot() as (services, courier):
        await anja.says("/help")
        (update,) = await courier.waiting()
        monkeypatch.setattr(services.register, "receive_all", _refuse)
        assert await courier.brings(update) == 500
        monkeypatch.undo()

        written = []
        receive = services.register.receive_all

        def watched(*told):
            new = receive(*told)
            written.append(len(new))
            return new

        monkeypatch.setattr(services.register, "receive_all", watched)
        assert await courier.brings(update) == 200
        assert written == [1]
        await anja.sees("/top10")
        # Telegram did not hear the answer, and brings it again.
        assert await courier.brings(update) == 200
        assert written == [1, 0]


def _refuse(*_: object) -> set[int]:
    raise OSError("disk full")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"update_id": "een", "message": {"text": "Jansen", "date": "gisteren"}}',
        b'{"update_id": 1, "message": {"text": "Jansen", "date": 0}}',
        b"[" * 100_000,
    ],
)
async def test_what_is_no_update_is_refused_and_not_quoted(webhook_bot, anja, body, caplog):
    async with webhook_bot() as (services, courier):
        assert await courier.brings(body) in {400, 500}
        assert list(services.register.unfinished()) == []
        lines = [WithoutSecrets([SECRET]).format(record) for record in caplog.records]
        assert not any("Jansen" in line or SECRET in line for line in lines)
        await anja.says("/help")
        (update,) = await courier.waiting()
        assert await courier.brings(update) == 200
        await anja.sees("/top10")


def test_a_quoted_update_does_not_reach_the_log():
    record = logging.LogRecord(
        "telegram.ext.Updater", logging.CRITICAL, "", 1, "Received data was: %r", ("Jansen",), None
    )
    assert "Jansen" not in WithoutSecrets([]).format(record)
    assert "an update cannot be understood" in WithoutSecrets([]).format(record)
