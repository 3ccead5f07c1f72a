"""Stopping what is under way."""

import asyncio
from itertools import count

import pytest

from bot import jobs
from bot.handlers import signs_of_life
from tests.conversations.lists import csv_list


async def test_reading_can_be_stopped_and_the_next_list_is_answered(bot, anja, server):
    slow = server.faults.slow(20, method="getFile", times=None)
    await anja.sends("klanten.csv", csv_list())
    received = await anja.sees("Ik lees je lijst")
    assert await anja.presses("Stop", received) == "Ik stop."
    await anja.sees("Gestopt. klanten.csv is niet uitgewerkt")
    server.faults.remove(slow)
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()


async def test_a_command_stops_too(bot, anja, server):
    server.faults.slow(20, method="getFile", times=1)
    await anja.sends("klanten.csv", csv_list())
    await anja.sees("Ik lees je lijst")
    await anja.says("/annuleer")
    await anja.sees("Gestopt.")


async def test_where_nothing_is_under_way_it_says_so(bot, anja):
    await anja.says("/annuleer")
    await anja.sees("Er is niets bezig.")


async def test_the_work_is_told_with_counts(bot, anja):
    await anja.sends("klanten.csv", csv_list(60))
    await anja.sees("60 regels gelezen. Ik reken")
    await anja.sees_photo()


@pytest.mark.parametrize("command", ["/export", "/rapport", "/gesprek 1001"])
async def test_a_document_under_way_can_be_stopped(bot, anja, monkeypatch, command):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    begun = asyncio.Event()

    async def endless(*_: object, **__: object) -> bytes:
        begun.set()
        return await asyncio.Event().wait()

    with monkeypatch.context() as patched:
        patched.setattr(bot.services.engine, "run", endless)
        await anja.says(command)
        await begun.wait()
        await anja.says("/annuleer")
        await anja.sees("Gestopt. Aan je lijsten is niets veranderd.")
    await anja.says(command)
    await anja.sees_document()


@pytest.fixture
def impatient(monkeypatch):
    """Two seconds are over in a moment."""
    monkeypatch.setattr(signs_of_life, "TELL_EVERY_SECONDS", 0.01)
    monkeypatch.setattr(signs_of_life, "monotonic", count(step=2).__next__)


async def test_a_long_read_tells_its_size_and_how_long_it_takes(bot, anja, server, impatient):
    slow = server.faults.slow(20, method="getFile", times=None)
    content = csv_list() + b"\r\n" * 700_000
    await anja.sends("klanten.csv", content)
    told = await anja.sees(
        "Ontvangen: klanten.csv (1,3 MB). Ik lees je lijst. Al 2 seconden bezig."
    )
    await anja.presses("Stop", told)
    await anja.sees("Gestopt.")
    server.faults.remove(slow)
    assert told.text.startswith("Gestopt.")


async def test_long_work_on_the_figures_goes_on_telling(bot, anja, monkeypatch, impatient):
    release = asyncio.Event()
    run = bot.services.engine.run

    async def wait(job, *args, **kwargs):
        if job is jobs.analyse_list:
            await release.wait()
        return await run(job, *args, **kwargs)

    monkeypatch.setattr(bot.services.engine, "run", wait)
    await anja.sends("klanten.csv", csv_list(60))
    told = await anja.sees("60 regels gelezen. Ik reken: wat delen je beste klanten, en is dat")
    await anja.sees("Al 2 seconden bezig.")
    release.set()
    await anja.sees_photo()
    assert "60 klanten gelezen" in told.text


async def test_what_takes_long_says_so_and_takes_that_away(bot, anja, monkeypatch, impatient):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    release = asyncio.Event()
    run = bot.services.engine.run

    async def wait(*args, **kwargs):
        await release.wait()
        return await run(*args, **kwargs)

    monkeypatch.setattr(bot.services.engine, "run", wait)
    await anja.says("/rapport")
    told = await anja.sees("Ik ben er nog mee bezig: al 2 seconden.")
    release.set()
    await anja.sees_document()
    await anja.sees_deleted(told)
