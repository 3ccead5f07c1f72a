"""A list that is read but cannot be worked out leaves nothing behind."""

import pytest

from analysis.errors import UnreadableFile
from bot import jobs
from tests.conversations.lists import csv_list


@pytest.mark.parametrize("error", [UnreadableFile("too_slow"), RuntimeError("inside")])
async def test_nothing_is_kept_and_nothing_offers_to_stop(bot, anja, monkeypatch, error):
    run = bot.services.engine.run

    async def fail(job, *args, **kwargs):
        if job is jobs.analyse_list:
            raise error
        return await run(job, *args, **kwargs)

    monkeypatch.setattr(bot.services.engine, "run", fail)
    sent = await anja.sends("klanten.csv", csv_list())
    refused = isinstance(error, UnreadableFile)
    told = await anja.sees("Er is niets bewaard" if refused else "is niet afgerond")
    assert told.button("Stop") is None
    if refused:
        office = bot.services.register.member(anja.user.id).office
        with bot.services.offices.open(office) as file:
            assert file.uploads() == []
    monkeypatch.undo()
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    assert sent.message_id != told.message_id
