"""What a list leaves open is asked, and the answer remembered."""

import pytest


def with_subscription() -> bytes:
    rows = ["Klantnummer;Beroep;Advieskosten;Abonnement"]
    rows += [f"{1000 + n};beroep {n % 3};{500 - 10 * n};{10 + n % 5}" for n in range(40)]
    return "\n".join(rows).encode()


TOTAL = sum(500 - 10 * n for n in range(40))
SUBSCRIPTIONS = sum(10 + n % 5 for n in range(40))


@pytest.mark.parametrize(
    ("button", "times"), [("Per maand", 12), ("Per jaar", 1), ("Weet ik niet", 1)]
)
async def test_the_answer_changes_the_total(bot, anja, button, times):
    await anja.sends("klanten.csv", with_subscription())
    question = await anja.sees("Is Abonnement een bedrag per maand of per jaar?")
    await anja.presses(button, question)
    receipt = await anja.sees("40 klanten gelezen")
    assert ("dat neem ik aan" in receipt.text) == (button == "Weet ik niet")
    await anja.sees_photo()
    await anja.says("/pareto")
    answer = await anja.sees("Jouw eigen 80/20")
    total = f"{TOTAL + times * SUBSCRIPTIONS:,}".replace(",", ".")
    assert total in answer.text


async def test_the_answer_is_remembered(bot, anja):
    await anja.sends("eerste.csv", with_subscription())
    await anja.presses("Per maand", await anja.sees("per maand of per jaar?"))
    await anja.sees_photo()
    await anja.sends("tweede.csv", with_subscription())
    await anja.sees("40 klanten gelezen")
    await anja.sees_photo()


async def test_one_column_that_may_be_revenue_is_asked_with_yes_or_no(bot, anja):
    rows = [f"{1000 + n};beroep {n % 3};{500 - n}" for n in range(40)]
    content = "\n".join(["Klantnummer;Beroep;Bedrag", *rows]).encode()
    await anja.sends("klanten.csv", content)
    question = await anja.sees("Is Bedrag wat de klant jou opbrengt?")
    await anja.presses("Nee", question)
    await anja.sees("40 klanten gelezen")
    await anja.sees("Waar je omzet vandaan komt, kan ik nog niet zeggen")
    await anja.sends("klanten.csv", content)
    await anja.sees("40 klanten gelezen")
    answer = await anja.sees("Waar je omzet vandaan komt, kan ik nog niet zeggen")
    await anja.presses("Kolommen", answer)
    await anja.presses("Bedrag", await anja.sees("Zo lees ik"))
    await anja.presses("jouw omzet", await anja.sees("Wat is Bedrag?"))
    await anja.sees_photo("van de 40")
    await anja.sends("klanten.csv", content)
    await anja.sees_photo("van de 40")


async def test_a_no_is_remembered_per_column(bot, anja):
    def content(heading: str) -> bytes:
        rows = [f"{1000 + n};beroep {n % 3};{500 - n}" for n in range(40)]
        return "\n".join([f"Klantnummer;Beroep;{heading}", *rows]).encode()

    await anja.sends("eerste.csv", content("Bedrag"))
    await anja.presses("Nee", await anja.sees("Is Bedrag wat de klant jou opbrengt?"))
    await anja.sees("kan ik nog niet zeggen")
    await anja.sends("tweede.csv", content("Premie"))
    await anja.presses("Ja", await anja.sees("Is Premie wat de klant jou opbrengt?"))
    await anja.sees_photo("van de 40")


async def test_whoever_asks_on_gets_the_open_question_again(bot, anja):
    await anja.sends("klanten.csv", with_subscription())
    await anja.sees("Is Abonnement een bedrag per maand of per jaar?")
    for said in ("/top10", "/kolommen", "hoeveel klanten heb ik?", "/rapport"):
        await anja.says(said)
        question = await anja.sees("Is Abonnement een bedrag per maand of per jaar?")
    await anja.presses("Per maand", question)
    await anja.sees_photo()
    await anja.says("/top10")
    await anja.sees("Je 10 beste klanten, op omzet")


def without_revenue() -> bytes:
    return "\n".join(["Lidnummer;Leeftijd", *[f"{n};{20 + n}" for n in range(40)]]).encode()


async def test_the_list_whose_question_was_answered_last_is_in_use(bot, anja):
    await anja.sends("klanten.csv", with_subscription())
    question = await anja.sees("Is Abonnement een bedrag per maand of per jaar?")
    await anja.sends("leden.csv", without_revenue())
    await anja.sees("kan ik nog niet zeggen")
    await anja.presses("Per maand", question)
    first = await anja.sees_photo()
    assert "niet over de lijst die nu in gebruik is" not in first.text
    await anja.says("/top10")
    await anja.sees("Je 10 beste klanten")


async def test_a_list_without_revenue_offers_one_that_has_it(bot, anja):
    await anja.sends("klanten.csv", with_subscription())
    await anja.presses("Per maand", await anja.sees("Is Abonnement een bedrag"))
    await anja.sees_photo()
    await anja.sends("leden.csv", without_revenue())
    first = await anja.sees("kan ik nog niet zeggen")
    assert first.button("Ga door met klanten.csv")
    await anja.says("/focus")
    lacking = await anja.sees("Dat kan ik niet uit leden.csv halen")
    await anja.presses("Ga door met klanten.csv", lacking)
    await anja.sees("Mijn antwoorden gaan weer over klanten.csv")
    await anja.says("/top10")
    await anja.sees("Je 10 beste klanten")
