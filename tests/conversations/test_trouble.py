"""An answer that Telegram did not take comes again, and what was done is not done twice."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.localchat import Fault
from bot.operating import telegram_clock
from tests.conversations.lists import (
    csv_list,
    two_revenue_columns,
    with_prospects_and_households,
)


def _trouble(server, kind, method):
    faults = server.faults
    return {
        "429": lambda: faults.too_many_requests(1, method=method),
        "502": lambda: faults.server_error(502, method=method),
        "cut before": lambda: faults.drop("before", method=method),
        "cut after": lambda: faults.drop("after", method=method),
    }[kind]()


@pytest.mark.parametrize("kind", ["429", "502", "cut before", "cut after"])
@pytest.mark.parametrize("method", ["sendMessage", "sendPhoto", "editMessageText", "getFile"])
async def test_a_list_is_answered_whichever_call_fails(bot, server, anja, method, kind):
    fault = _trouble(server, kind, method)
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo("van de 60")
    assert fault.times == 0
    assert [each.file_name for each in bot.services.lists.all(_office(bot, anja))] == [
        "klanten.csv"
    ]
    anja.sees_nothing_of("ging bij mij iets mis")
    anja.sees_nothing_of("niet afgerond")


async def test_a_download_that_breaks_off_is_begun_again(bot, server, anja):
    fault = server.faults.drop("before", method="file")
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo("van de 60")
    assert fault.times == 0


async def test_later_messages_wait_for_an_earlier_answer(bot, server, anja):
    await anja.says("/start")
    await anja.sees("Welkom")
    server.faults.server_error(500, method="sendMessage", times=1)
    await anja.says("/taal")
    await anja.says("/top10")
    await anja.sees("In welke taal")
    await anja.sees("Ik heb nog geen klantenlijst van je")


async def test_a_question_that_was_answered_goes_on(bot, server, anja):
    await anja.sends("klanten.csv", two_revenue_columns())
    question = await anja.sees("Welke kolom is wat de klant jou opbrengt?")
    server.faults.server_error(500, method="editMessageText")
    await anja.presses("Totale opbrengst", question)
    receipt = await anja.sees("40 klanten gelezen")
    assert "Jouw omzet: kolom Totale opbrengst." in receipt.text
    await anja.sees_photo()


async def test_prospects_are_not_taken_in_and_set_apart_again(bot, server, anja):
    await anja.sends("klanten.csv", with_prospects_and_households())
    receipt = await anja.sees("40 klanten gelezen")
    await anja.sees_photo()
    server.faults.server_error(500, method="editMessageText")
    await anja.presses("Tel prospects mee", receipt)
    await anja.sees("43 klanten gelezen")
    await anja.sees_photo("van de 43")


async def test_a_mark_is_not_given_and_taken_back(bot, server, anja):
    await anja.sends("klanten.csv", csv_list())
    await anja.presses("Top 10", await anja.sees_photo())
    await anja.presses("Klanten markeren", await anja.sees("Je 10 beste klanten"))
    await anja.presses("1000", await anja.sees("Wat weet jij"))
    card = await anja.sees("Wat geldt hier?")
    server.faults.server_error(500, method="editMessageText")
    await anja.presses("prettig", card)
    assert (await anja.sees("Wat geldt hier?")).button("✓ prettig")


async def test_a_list_that_was_removed_is_told_to_be_removed(bot, server, anja):
    await anja.sends("eerste.csv", csv_list())
    await anja.sees_photo()
    await anja.says("/bestanden")
    await anja.presses("1 · eerste.csv", await anja.sees("Je lijsten"))
    await anja.presses("Verwijder", await anja.sees("60 klanten"))
    ask = await anja.sees("eerste.csv")
    server.faults.server_error(500, method="editMessageText")
    await anja.presses("Ja, verwijder", ask)
    await anja.sees("Die lijst is verwijderd")
    assert bot.services.lists.all(_office(bot, anja)) == []


async def test_forgetting_is_told_also_to_who_is_no_member_any_more(stopped_bot, server, anja):
    bot = stopped_bot
    bot.open = False
    await bot.start()
    register, clock = bot.services.register, bot.services.clock
    office = register.new_office("De Vries", clock())
    await anja.says(f"/start {register.invite(office, clock())}")
    await anja.sees("Welkom")
    await anja.says("/wis")
    ask = await anja.sees("Alles wissen?")
    server.faults.server_error(500, method="sendMessage")
    await anja.presses("Ja, wis alles voorgoed", ask)
    await anja.sees("Alles is gewist")
    anja.sees_nothing_of("Ik ken je nog niet")
    assert register.member(anja.user.id) is None


async def test_what_waits_when_the_bot_stops_is_answered_after_its_restart(
    bot, server, anja, monkeypatch
):
    waits, wait = asyncio.Event(), bot.application._stops_within

    async def tell(seconds: float) -> bool:
        waits.set()
        return await wait(seconds)

    monkeypatch.setattr(bot.application, "_stops_within", tell)
    await anja.says("/start")
    await anja.sees("Welkom")
    out = server.faults.add(Fault(drop="before", method="sendMessage", times=None))
    await anja.says("/help")
    await asyncio.wait_for(waits.wait(), 30)
    await bot.stop()
    server.faults.remove(out)
    await bot.start()
    await anja.sees("/top10")
    await bot.stop()


async def test_a_clock_that_is_set_wrong_removes_nothing(bot, anja, monkeypatch, caplog):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()

    def wrong() -> datetime:
        return datetime.now(UTC) + timedelta(days=365)

    bot.clock = wrong
    monkeypatch.setattr(telegram_clock, "computer_clock", wrong)
    (job,) = bot.application.job_queue.get_jobs_by_name("_remove_old_rows")
    await job.run(bot.application)
    assert "nothing is removed" in caplog.text
    assert [each.rows_kept for each in bot.services.lists.all(_office(bot, anja))] == [True]


def _office(bot, adviser) -> str:
    return bot.services.register.member(adviser.user.id).office
