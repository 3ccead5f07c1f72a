"""A picture is drawn once: then the messenger has it, as long as it shows the same figures."""

import pytest

from bot import jobs
from tests.conversations.lists import csv_list


@pytest.fixture
def drawn(bot, monkeypatch) -> list[str]:
    """Every chart that is drawn from now on."""
    charts: list[str] = []
    run = bot.services.engine.run

    async def watched(job, *args, **kwargs):
        if job is jobs.draw:
            charts.append(args[0])
        return await run(job, *args, **kwargs)

    monkeypatch.setattr(bot.services.engine, "run", watched)
    return charts


async def asked(anja, command: str = "/pareto") -> str:
    """The file id of the picture of an answer."""
    await anja.says(command)
    return (await anja.sees_photo()).media.file.file_id


async def test_the_second_time_nothing_is_drawn_nor_uploaded(bot, anja, drawn):
    await anja.sends("klanten.csv", csv_list())
    first = (await anja.sees_photo()).media.file.file_id
    assert await asked(anja) == first
    top = await asked(anja, "/top10")
    assert top != first
    assert await asked(anja, "/top10") == top
    assert drawn == ["pareto", "top10"]


async def test_after_a_restart_the_picture_is_still_known(bot, anja, drawn):
    await anja.sends("klanten.csv", csv_list())
    first = (await anja.sees_photo()).media.file.file_id
    await bot.stop()
    await bot.start()
    assert await asked(anja) == first
    assert drawn == ["pareto"]


async def test_each_language_has_its_own_picture(bot, anja, drawn):
    await anja.sends("klanten.csv", csv_list())
    dutch = (await anja.sees_photo()).media.file.file_id
    await anja.says("/taal")
    await anja.sees("taal")
    await anja.presses("English")
    await anja.sees("English")
    assert await asked(anja) != dutch
    assert drawn == ["pareto", "pareto"]


async def test_another_reading_of_the_list_gets_another_picture(bot, anja, drawn):
    await anja.sends("klanten.csv", csv_list())
    before = (await anja.sees_photo()).media.file.file_id
    office = bot.services.register.member(anja.user.id).office
    lists = bot.services.lists
    await lists.analyse(office, lists.newest(office))
    assert await asked(anja) != before
    assert drawn == ["pareto", "pareto"]


async def test_a_picture_that_the_messenger_has_lost_is_drawn_anew(bot, anja, drawn):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    bot.server.messenger.files._by_id.clear()
    again = await asked(anja)
    assert await asked(anja) == again
    assert drawn == ["pareto", "pareto"]


async def test_another_bot_draws_its_own(bot, anja):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    first = await asked(anja)
    office = bot.services.register.member(anja.user.id).office
    upload = bot.services.lists.newest(office)
    with bot.services.offices.open(office) as file:
        (name, bot_id) = file._database.execute("select picture, bot from sent_pictures").fetchone()
        assert file.picture(upload, name, bot_id) == first
        assert file.picture(upload, name, bot_id + 1) is None
