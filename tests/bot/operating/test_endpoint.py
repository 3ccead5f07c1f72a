import aiohttp
import pytest

from bot.operating import endpoint as module
from bot.operating.endpoint import HealthEndpoint
from bot.operating.health import Item

GOOD = Item("key", True, "0a1b2c3d, in the data folder")
BAD = Item("disk", False, "0.0 GB free")
SOON = Item("tips", True, "one falls silent", warns=True)


@pytest.fixture
async def ask():
    started = []

    async def ask(examine, path="/health"):
        if not started:
            endpoint = HealthEndpoint(examine)
            await endpoint.start("127.0.0.1", 0)
            started.append(endpoint)
        address = f"http://127.0.0.1:{started[0].port}{path}"
        async with aiohttp.ClientSession() as session, session.get(address) as answer:
            return answer.status, await answer.json(content_type=None)

    yield ask
    for endpoint in started:
        await endpoint.stop()


@pytest.mark.parametrize(("items", "status"), [([GOOD, SOON], 200), ([GOOD, BAD], 503)])
async def test_the_items_as_json(ask, items, status):
    assert await ask(lambda: items) == (
        status,
        {
            "healthy": status == 200,
            "items": [
                {"item": i.name, "good": i.good, "warns": i.warns, "says": i.says} for i in items
            ],
        },
    )


async def test_there_is_nothing_else():
    endpoint = HealthEndpoint(lambda: [GOOD])
    await endpoint.start("127.0.0.1", 0)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{endpoint.port}") as session:
        for path in ("/", "/offices", "/health/../key"):
            async with session.get(path) as answer:
                assert answer.status == 404
        async with session.post("/health") as answer:
            assert answer.status == 405
    await endpoint.stop()


async def test_who_asks_often_gets_the_same_answer(ask, monkeypatch):
    looked = []

    def examine():
        looked.append(1)
        return [GOOD]

    for _ in range(3):
        await ask(examine)
    assert len(looked) == 1
    monkeypatch.setattr(module, "SECONDS_AN_ANSWER_LASTS", -1.0)
    await ask(examine)
    assert len(looked) == 2


async def test_one_that_was_never_started_stops():
    await HealthEndpoint(list).stop()
