"""What an adviser knows that no list tells: soft marks, and who belongs in his top."""

import random

from tests.conversations.adviser import Adviser
from tests.conversations.lists import csv_list


def numberless_list() -> bytes:
    """Names and amounts, but no number by which a client could be known again."""
    rows = ["Naam;Beroep;Omzet"]
    letters = "abcdefghijklmnopqrstuvwxyz"
    rows += [
        f"Van {letters[n % 26].upper()}{letters[n // 26]}ndijk;beroep {n % 3};{5000 - 10 * n}"
        for n in range(40)
    ]
    return "\n".join(rows).encode()


def list_with_costs() -> bytes:
    """Sixty clients; the largest costs most of what he brings."""
    rows = ["Klantnummer;Naam;Beroep;Omzet;Kosten"]
    rows += [
        f"{1000 + n};Klant {n};beroep {n % 3};{9000 - 100 * n};{8950 if n == 0 else 100}"
        for n in range(60)
    ]
    return "\n".join(rows).encode()


async def open_top(adviser: Adviser, content: bytes | None = None):
    await adviser.sends("klanten.csv", content or csv_list())
    await adviser.sees_photo()
    await adviser.says("/top10")
    return await adviser.sees("Je 10 beste klanten")


def labels(message) -> list[str]:
    return [button["text"] for row in message.markup.keyboard for button in row]


async def test_a_mark_is_given_by_tap_and_shown_under_the_ten(bot, anja):
    top = await open_top(anja)
    await anja.presses("Klanten markeren", top)
    overview = await anja.sees("Wat weet jij van je klanten?")
    assert "Nog 10 klanten te gaan" in overview.text
    await anja.presses("1000", overview)
    card = await anja.sees("Wat geldt hier?")
    await anja.presses("ambassadeur", card)
    card = await anja.sees("Wat geldt hier?")
    assert "✓ ambassadeur" in labels(card)
    await anja.presses("prettig", card)
    card = await anja.sees("Wat geldt hier?")
    await anja.presses("✓ prettig", card)
    card = await anja.sees("Wat geldt hier?")
    assert "✓ prettig" not in labels(card)
    await anja.presses("Terug", card)
    overview = await anja.sees("Wat weet jij van je klanten?")
    assert "✓ 1000" in labels(overview)
    await anja.presses("Klaar", overview)
    again = await anja.sees("Je 10 beste klanten")
    assert again.text.splitlines()[1].endswith("· ambassadeur")


async def test_marks_are_kept_for_the_next_list_and_after_a_restart(bot, anja):
    top = await open_top(anja)
    await anja.presses("Klanten markeren", top)
    await anja.presses("1003", await anja.sees("Wat weet jij"))
    await anja.presses("klein maar belangrijk", await anja.sees("Wat geldt hier?"))
    await anja.sees("Wat geldt hier?")
    await bot.stop()
    await bot.start()
    top = await open_top(anja, csv_list(70))
    assert "klein maar belangrijk" in top.text
    assert "klein maar belangrijk" in next(line for line in top.text.splitlines() if "1003" in line)


async def test_marks_are_compared_once_ten_others_were_looked_at(bot, anja):
    top = await open_top(anja)
    await anja.presses("Klanten markeren", top)
    overview = await anja.sees("Wat weet jij")
    for client in [label for label in labels(overview) if label.isdigit()]:
        await anja.presses(client, overview)
        await anja.presses("prettig", await anja.sees("Wat geldt hier?"))
        await anja.presses("Terug", await anja.sees("Wat geldt hier?"))
        overview = await anja.sees("Wat weet jij")
    await anja.presses("Klaar", overview)
    answer = await anja.sees("Je 10 beste klanten")
    assert "Door jou gemarkeerd" not in answer.text
    await anja.presses("Klanten markeren", answer)
    await anja.presses("Tien anderen", await anja.sees("Wat weet jij"))
    others = await anja.sees("Tien anderen, om mee te vergelijken")
    clients = [label for label in labels(others) if label.isdigit()]
    assert len(clients) == 10
    for client in clients:
        await anja.presses(client, others)
        await anja.presses("Terug", await anja.sees("Wat geldt hier?"))
        others = await anja.sees("Tien anderen, om mee te vergelijken")
    assert "te gaan" not in others.text
    await anja.presses("Klaar", others)
    answer = await anja.sees("Je 10 beste klanten")
    assert "Door jou gemarkeerd: prettig · 10 van de 10, bij de rest 0%" in answer.text


async def test_the_top_goes_by_profit_or_another_size_and_back(bot, anja):
    top = await open_top(anja, list_with_costs())
    assert "1. 1000 ·" in top.text
    await anja.presses("Andere top", top)
    choice = await anja.sees("Wie horen in je top?")
    assert "✓ Op omzet" in labels(choice)
    assert await anja.presses("✓ Op omzet", choice) == "Zo staat het al."
    assert "Op winst per uur" not in labels(choice)
    await anja.presses("Op winst", choice)
    choice = await anja.sees("op winst")
    await anja.presses("5", choice)
    choice = await anja.sees("de 5 klanten")
    await anja.presses("Klaar", choice)
    top = await anja.sees("Je 5 beste klanten, op winst")
    assert "1. 1001 ·" in top.text
    assert "8.800 winst" in top.text.replace("\xa0", " ")
    await anja.says("/top10")
    await anja.sees("Je 5 beste klanten, op winst")
    await anja.presses("Andere top")
    await anja.presses("Op omzet", await anja.sees("Wie horen in je top?"))
    await anja.presses("Klaar", await anja.sees("op omzet"))
    await anja.sees("Je 5 beste klanten, op omzet")


async def test_nothing_changes_until_done(bot, anja):
    top = await open_top(anja, list_with_costs())
    await anja.presses("Andere top", top)
    await anja.presses("Op winst", await anja.sees("Nu: de 10 klanten"))
    await anja.presses("5", await anja.sees("Je kiest: de 10 klanten met het meeste, op winst"))
    await anja.sees("Je kiest: de 5 klanten")
    await anja.says("/top10")
    await anja.presses("Andere top", await anja.sees("Je 10 beste klanten, op omzet"))
    await anja.presses("Zelf aanwijzen", await anja.sees("Nu: de 10 klanten"))
    await anja.sees("Je eigen top: 10 klanten")
    await anja.says("/top10")
    await anja.sees("Je 10 beste klanten, op omzet")


async def test_the_own_list_begins_with_what_was_chosen(bot, anja):
    top = await open_top(anja, list_with_costs())
    await anja.presses("Andere top", top)
    await anja.presses("Op winst", await anja.sees("Nu: de 10 klanten"))
    await anja.presses("5", await anja.sees("op winst"))
    await anja.presses("Zelf aanwijzen", await anja.sees("Je kiest: de 5 klanten"))
    own = await anja.sees("Je eigen top: 5 klanten")
    assert [each for each in labels(own) if each.startswith("✓")] == [
        f"✓ {1000 + n}" for n in range(1, 6)
    ]
    await anja.presses("Klaar", own)
    assert "1005" in (await anja.sees("Je 5 beste klanten, door jou gekozen")).text


async def test_names_that_were_asked_for_stay(bot, anja):
    top = await open_top(anja)
    await anja.presses("Klanten markeren", top)
    await anja.presses("Toon namen", await anja.sees("Wat weet jij"))
    overview = await anja.sees("Wat weet jij")
    await anja.presses("Tien anderen", overview)
    others = await anja.sees("Tien anderen, om mee te vergelijken")
    assert all(label.startswith("Klant ") for label in labels(others)[:10])
    await anja.presses("Terug", others)
    overview = await anja.sees("Wat weet jij")
    assert "Klant 0" in labels(overview)
    await anja.presses("Zoek een klant", overview)
    await anja.says("klant 42", await anja.sees("Antwoord op dit bericht"))
    found = await anja.sees("Deze klant vond ik")
    assert "Klant 42" in labels(found)
    await anja.presses("Zoek een klant", found)
    await anja.says("1043", await anja.sees("Antwoord op dit bericht"))
    assert "Klant 43" in labels(await anja.sees("Deze klant vond ik"))


async def test_the_top_is_named_by_hand(bot, anja):
    top = await open_top(anja)
    await anja.presses("Andere top", top)
    await anja.presses("Zelf aanwijzen", await anja.sees("Wie horen in je top?"))
    own = await anja.sees("Je eigen top: 10 klanten")
    await anja.presses("✓ 1000", own)
    own = await anja.sees("Je eigen top: 9 klanten")
    await anja.presses("Zoek een klant", own)
    question = await anja.sees("Antwoord op dit bericht")
    await anja.says("klant 42", question)
    found = await anja.sees("Deze klant vond ik")
    assert "Klant 42" not in " ".join(labels(found))
    await anja.presses("Toon namen", found)
    found = await anja.sees("Deze klant vond ik")
    await anja.presses("Klant 42", found)
    found = await anja.sees("Deze klant vond ik")
    assert "✓ Klant 42" in labels(found)
    await anja.presses("Klaar", found)
    top = await anja.sees("Je 10 beste klanten, door jou gekozen")
    assert "1042" in top.text
    assert "1000" not in top.text
    await anja.presses("Andere top")
    await anja.presses("Op omzet", await anja.sees("10 klanten, door jou aangewezen"))
    await anja.presses("Klaar", await anja.sees("op omzet"))
    assert "1000" in (await anja.sees("Je 10 beste klanten, op omzet")).text


async def test_nobody_is_found_kindly_and_a_question_stays_a_question(bot, anja):
    top = await open_top(anja)
    await anja.presses("Klanten markeren", top)
    await anja.presses("Zoek een klant", await anja.sees("Wat weet jij"))
    question = await anja.sees("Antwoord op dit bericht")
    await anja.says("niemand", question)
    await anja.sees("Die klant vind ik niet")
    await anja.says("hoeveel klanten heb ik?")
    await anja.sees("60 klanten")
    await anja.says("1042", question)
    await anja.presses("1042", await anja.sees("Deze klant vond ik"))
    await anja.sees("Klant 1042. Wat geldt hier?")


async def test_without_client_numbers_marks_stay_with_their_list(bot, anja):
    top = await open_top(anja, numberless_list())
    await anja.presses("Klanten markeren", top)
    overview = await anja.sees("Ik bewaar het bij deze lijst")
    await anja.presses(labels(overview)[0], overview)
    await anja.presses("prettig", await anja.sees("Wat geldt hier?"))
    await anja.presses("Klaar", await anja.sees("Wat geldt hier?"))
    assert "prettig" in (await anja.sees("Je 10 beste klanten")).text
    top = await open_top(anja, numberless_list() + b"\nDe Vries;beroep 1;5")
    assert "prettig" not in top.text


async def test_names_stand_only_behind_their_button(bot, anja):
    top = await open_top(anja)
    await anja.presses("Klanten markeren", top)
    overview = await anja.sees("Wat weet jij")
    await anja.presses("Toon namen", overview)
    overview = await anja.sees("Wat weet jij")
    await anja.presses("Klant 0", overview)
    await anja.sees("Klant Klant 0. Wat geldt hier?")
    await anja.presses("Terug")
    assert "✓ Klant 0" in labels(await anja.sees("Wat weet jij"))


async def test_another_office_sees_nothing_of_it(bot, anja, server):
    top = await open_top(anja)
    await anja.presses("Klanten markeren", top)
    await anja.presses("1000", await anja.sees("Wat weet jij"))
    await anja.presses("ambassadeur", await anja.sees("Wat geldt hier?"))
    await anja.sees("Wat geldt hier?")
    bram = Adviser(server, "Bram", "nl")
    assert "ambassadeur" not in (await open_top(bram)).text


async def test_any_argument_of_a_button_is_answered(bot, anja):
    top = await open_top(anja)
    arguments = ["", "x", ".", "..=9999", "..#12", ".hostile.=1000", "n..", "size.999", "hand.=7"]
    for action in ("mark", "own_top", "choose", "find", "found", "marks"):
        for argument in arguments:
            button = {"text": "?", "callback_data": f"{action}:1:{argument}"}
            top.markup = type(top.markup)(keyboard=((button,),))
            await anja.presses("?", top)
            await anja.sees("")
    anja.sees_nothing_of("Er ging bij mij iets mis")


async def test_any_order_of_taps_leaves_the_answers_whole(bot, anja):
    """A walk over all that can be pressed, from any message, always the same."""
    await open_top(anja)
    steps = random.Random(5)
    for _ in range(40):
        reachable = [m for m in anja.messages if m.from_bot and m.markup.keyboard][-3:]
        message = steps.choice(reachable)
        label = steps.choice(labels(message))
        if label in {"Haal mijn bestand uit deze chat", "Rapport", "Export"}:
            continue
        await anja.presses(label, message)
    anja.sees_nothing_of("Er ging bij mij iets mis")
    await anja.says("/top10")
    await anja.sees("beste klant")
