"""Stopping what is under way."""

import asyncio

import pytest

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
