"""What was sent while the bot was away, or half done when it fell, is answered."""

import os
import signal
from pathlib import Path

import pytest

from bot.localchat.server import LOCAL_TOKEN
from tests.bot.forked import Forked
from tests.conversations.lists import csv_list, two_revenue_columns


async def test_buttons_work_after_a_restart(bot, anja):
    await anja.sends("klanten.csv", csv_list())
    answer = await anja.sees_photo()
    await bot.stop()
    await bot.start()
    await anja.presses("Top 10", answer)
    await anja.sees("Je 10 beste klanten")


async def test_what_was_sent_while_the_bot_was_away_is_answered(bot, anja):
    await anja.says("/start")
    await anja.sees("Welkom")
    await bot.stop()
    await anja.sends("klanten.csv", csv_list())
    await bot.start()
    await anja.sees_photo()


async def test_a_question_is_answered_after_a_restart(bot, anja):
    await anja.sends("klanten.csv", two_revenue_columns())
    question = await anja.sees("Welke kolom is wat de klant jou opbrengt?")
    await bot.stop()
    await bot.start()
    await anja.presses("Totale opbrengst", question)
    receipt = await anja.sees("40 klanten gelezen")
    assert "Jouw omzet: kolom Totale opbrengst." in receipt.text
    await anja.sees_photo()


@pytest.mark.parametrize("moment", ["Ontvangen", "Ik reken"])
async def test_after_a_kill_the_upload_is_answered(server, anja, tmp_path: Path, moment):
    first = bot_process(server.url, tmp_path)
    await anja.sends("klanten.csv", csv_list(400))
    await anja.sees(moment)
    first.send_signal(signal.SIGKILL)
    await first.wait()
    second = bot_process(server.url, tmp_path)
    try:
        await anja.sees_photo("van de 400")
    finally:
        second.send_signal(signal.SIGTERM)
        await second.wait()
    assert second.returncode == 0


def bot_process(url: str, data: Path) -> Forked:
    environment = {
        **os.environ,
        "KLANTKOMPAS_TOKEN": LOCAL_TOKEN,
        "KLANTKOMPAS_BOT_API_URL": url,
        "KLANTKOMPAS_DATA": str(data / "data"),
        "KLANTKOMPAS_OPEN": "true",
        "KLANTKOMPAS_WORKERS": "1",
    }
    return Forked(["run"], data, environment)
