"""An amount that may be one of a month or of a year is asked, and the answer remembered."""

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
