"""Pictures with a caption of their own, and answers in text alone for who wants that."""

from bot.sample import sample
from tests.conversations.adviser import Adviser
from tests.conversations.lists import csv_list


async def with_list(adviser: Adviser) -> None:
    await adviser.sends("klanten.csv", csv_list())
    await adviser.sees_photo()


async def test_a_picture_tells_what_it_shows_and_why(bot, anja):
    await with_list(anja)
    await anja.says("/focus")
    await anja.sees_photo("Grafiek: welk deel van je klanten")
    await anja.says("/waarde")
    await anja.sees_photo("Grafiek: wat een klant uit elke groep")


async def test_the_profit_curve_stands_behind_a_button(bot, anja):
    await anja.sends(*sample("nl"))
    await anja.sees_photo()
    await anja.says("/pareto")
    answer = await anja.sees("Jouw eigen 80/20")
    await anja.presses("Winst", answer)
    await anja.sees_photo("Waar je winst vandaan komt")


async def test_what_changed_has_a_picture(bot, anja):
    await with_list(anja)
    await anja.sends("later.csv", csv_list(70))
    await anja.sees_photo()
    await anja.says("/verschil")
    picture = await anja.sees_photo("Wat er veranderde")
    assert "Grafiek: je lijst van toen en die van nu" in picture.text


async def test_pictures_are_turned_off_and_on_again_per_member(bot, anja, server):
    await with_list(anja)
    await anja.says("/taal")
    await anja.presses("Alleen tekst", await anja.sees("In welke taal"))
    await anja.sees("voortaan alleen tekst")
    for command in ("/pareto", "/top10", "/waarde", "/focus"):
        await anja.says(command)
        answer = await anja.sees("")
        assert answer.media is None
        assert answer.markup.keyboard
        anja.sees_nothing_of("Grafiek: hoe vaak")
    colleague = Adviser(server, "Bram", "nl")
    await with_list(colleague)
    await anja.says("/help")
    help_text = await anja.sees("Zo werkt het")
    await anja.presses("Met grafieken", help_text)
    await anja.sees("weer met grafieken")
    await anja.says("/pareto")
    await anja.sees_photo()


async def test_text_only_outlives_a_restart(bot, anja):
    await with_list(anja)
    await anja.says("/help")
    await anja.sees("Zo werkt het")
    await anja.presses("Alleen tekst")
    await anja.sees("voortaan alleen tekst")
    await bot.stop()
    await bot.start()
    await anja.says("/pareto")
    assert (await anja.sees("van je klanten")).media is None


async def test_every_claim_has_its_numbers_behind_a_button(bot, anja):
    await anja.sends(*sample("nl"))
    first = await anja.sees_photo("80% van je omzet")
    await anja.presses("Waarom?", first)
    why = await anja.sees("Waarom ik dit zeg")
    for button, reason in (
        ("Meer over 1", "Hoe ik aan jouw 80/20 kom"),
        ("Meer over 2", "1 op de 100 keer"),
        ("Meer over 3", "Hoe ik de niveaus maak"),
    ):
        await anja.presses(button, why)
        await anja.sees(reason)
    for command, claim, reason in (
        ("/pareto", "Jouw eigen 80/20", "Die grens haal je bij klant"),
        ("/waarde", "Welke groep brengt het meeste", "1 op de 100 keer"),
        ("/focus", "Drie niveaus", "Hoe ik de niveaus maak"),
        ("/lijktop", "Wie lijken op", "Hoe ik dubbelgangers zoek"),
        ("/top10", "Je 10 beste klanten, op omzet", "1 op de 100 keer"),
    ):
        await anja.says(command)
        answer = await anja.sees(claim)
        await anja.presses("Waarom?", answer)
        await anja.sees(reason)


async def test_all_else_stands_behind_one_button(bot, anja):
    await anja.sends(*sample("nl"))
    await anja.sees_photo()
    await anja.presses("Meer…")
    menu = await anja.sees("Wat kan ik nog meer voor je doen?")
    for button, expected in (
        ("Wie lijken op hen", "Wie lijken op"),
        ("Wat als…", "wat als klant"),
        ("Gesprek voorbereiden", "Waar bereid je je op voor?"),
        ("Verschil", "geen andere lijst om mee te vergelijken"),
    ):
        await anja.presses(button, menu)
        await anja.sees(expected)
    await anja.presses("Export", menu)
    await anja.sees_document("klantkompas_")
    await anja.presses("Rapport", menu)
    await anja.sees_document("klantrapport_")
    await anja.presses("Kolommen", menu)
    await anja.sees("Zo lees ik")
