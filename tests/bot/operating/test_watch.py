"""The running bot shows that it lives, over real HTTP against the local server."""

import asyncio

import aiohttp
import pytest
from pydantic import SecretStr

from bot.localchat import LocalServer
from bot.localchat.server import LOCAL_TOKEN
from bot.operating import heartbeat
from bot.operating.health import examine
from bot.operating.heartbeat import read_beat
from bot.running import started
from bot.services import Services, open_services, system_clock
from bot.settings import Settings


class NoWorkers:
    """An engine for a bot that is asked nothing."""


@pytest.fixture
async def settings(tmp_path):
    server = LocalServer(users=())
    await server.start()
    # Telegram answers at once where somebody has written, else after the ten seconds of a poll.
    server.messenger.send_text(server.messenger.add_user("Anja", "nl"), "/start")
    yield Settings(
        _env_file=None,
        data=tmp_path / "data",
        token=SecretStr(LOCAL_TOKEN),
        bot_api_url=server.url,
        health_listen="127.0.0.1:0",
    )
    await server.stop()


def _heard(services: Services, monkeypatch) -> asyncio.Event:
    """Set once Telegram answered and that was written down."""
    event, beating = asyncio.Event(), services.watch.heartbeat
    real = beating.heard

    def heard() -> None:
        real()
        event.set()

    monkeypatch.setattr(beating, "heard", heard)
    # It answers in the same second in which the bot first wrote that it lives.
    monkeypatch.setattr(heartbeat, "SECONDS_BETWEEN_WRITES", 0)
    return event


async def test_a_polling_bot_is_healthy_until_it_stops(settings, monkeypatch):
    with open_services(settings, engine=NoWorkers()) as services:
        heard = _heard(services, monkeypatch)
        async with started(settings, services):
            await asyncio.wait_for(heard.wait(), 30)
            assert all(item.good for item in examine(settings, system_clock()))
            address = f"http://127.0.0.1:{services.watch.port}/health"
            async with aiohttp.ClientSession() as session, session.get(address) as answer:
                assert answer.status == 200
                document = await answer.json()
    assert document["healthy"] is True
    assert [item["item"] for item in document["items"]] == [
        "settings", "key", "database", "last poll", "disk", "tips"
    ]  # fmt: skip
    assert str(settings.data) not in str(document)
    assert read_beat(settings.data) is None


async def test_a_bot_that_telegram_does_not_answer_is_not_healthy(settings):
    deaf = settings.model_copy(update={"webhook_url": "", "health_listen": ""})
    with open_services(deaf, engine=NoWorkers()) as services:
        await services.watch.start()
        assert [i.name for i in examine(deaf, system_clock()) if not i.good] == ["last poll"]
        await services.watch.stop()
