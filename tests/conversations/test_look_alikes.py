"""Who resemble the ten, and what if."""

from bot.sample import sample
from tests.conversations.lists import two_revenue_columns


async def test_look_alikes_come_with_reasons_and_names_on_request(bot, anja):
    await anja.sends(*sample("nl"))
    await anja.sees_photo()
    await anja.says("/lijktop")
    shown = await anja.sees("Wie lijken op je 10 beste klanten")
    assert "Niet: " in shown.text
    await anja.presses("Toon namen", shown)
    named = await anja.sees("Wie lijken op je 10 beste klanten")
    assert named.text != shown.text
    await anja.says("/top10")
    await anja.presses("Wie lijken op hen", await anja.sees("Je 10 beste klanten"))
    await anja.sees("Wie lijken op je 10 beste klanten")


async def test_what_if_asks_for_a_list_where_there_is_none(bot, anja):
    await anja.says("/watals")
    await anja.sees("nog geen klantenlijst")
    await anja.sends("klanten.csv", two_revenue_columns())
    await anja.sees("Welke kolom")
    await anja.says("/watals")
    await anja.sees("Welke kolom")


async def test_without_a_clear_finding_nobody_is_pointed_out(bot, anja):
    await anja.sends("klanten.csv", two_revenue_columns())
    await anja.presses("Totale opbrengst", await anja.sees("Welke kolom"))
    await anja.sees_photo()
    await anja.says("/lijktop")
    nobody = await anja.sees("Ik kan geen dubbelgangers aanwijzen")
    await anja.presses("Toon ze toch", nobody)
    await anja.sees("Dit is gokken")


async def test_what_if_explains_itself_and_answers(bot, anja):
    await anja.sends(*sample("nl"))
    await anja.sees_photo()
    await anja.says("/watals")
    await anja.sees("Vraag het in gewone woorden")
    await anja.says("/watals klant 10943 weggaat")
    assert "10943" in (await anja.sees("weg")).text
