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


async def test_what_if_proposes_only_what_the_list_can_answer(bot, anja):
    rows = [f"{1000 + n};{900 - n};{300 + n % 9}" for n in range(40)]
    content = "\n".join(["Klantnummer;Omzet;Kosten", *rows]).encode()
    await anja.sends("zonder uren.csv", content)
    await anja.sees_photo()
    await anja.says("/watals")
    shown = await anja.sees("Daarvoor moet je lijst een kolom met bestede uren hebben")
    examples = [line[2:] for line in shown.text.splitlines() if line.startswith("• ")]
    assert examples == ["wat als klant 1000 weggaat", "wat als mijn kosten met 10% stijgen"]
    for example in examples:
        await anja.says(example)
        answer = await anja.sees("Winst")
        assert "Je lijst" not in answer.text
