"""Files that are built to harm, sent to the real bot: one clear sentence, and it goes on."""

import pytest

from tests.conversations.lists import csv_list
from tests.hostile.test_built_to_harm import HOSTILE

NO_LIST = {
    "a billion laughs in opendocument": "niet veilig",
    "a zip bomb": "niet veilig",
    "a far cell": "groter",
    "zips in zips": "gecomprimeerd",
    "millions of columns": "kolommen",
    "a compound file that loops": "beschadigd",
}


async def test_one_sentence_each_and_the_bot_goes_on(bot, anja):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    for name, word in NO_LIST.items():
        await anja.sends(f"{name}.xlsx", HOSTILE[name]())
        answer = await anja.sees("Van dit bestand is niets bewaard", within=90)
        assert word in answer.text
        assert len(answer.text.splitlines()) <= 3
    await anja.says("/top10")
    await anja.sees("Je 10 beste klanten")


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "<b>vet</b>", "\u202egnorts", "{{7*7}}"])
async def test_text_of_a_file_stays_text_in_every_answer(bot, anja, text):
    content = csv_list(60, "Beroep", "TEKST").decode().replace("TEKST", text).encode()
    await anja.sends("klanten.csv", content)
    shown = await anja.sees_photo()
    assert "10 van je 10 beste klanten" in shown.text
    assert text.replace("\u202e", "") in shown.text
