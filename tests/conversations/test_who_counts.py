"""Prospects, former clients and households: set apart or taken in, and told."""

from tests.conversations.lists import with_prospects_and_households


async def test_prospects_are_set_apart_and_can_be_taken_in(bot, anja):
    await anja.sends("klanten.csv", with_prospects_and_households())
    receipt = await anja.sees("40 klanten gelezen")
    assert "Apart gezet: 3 prospects" in receipt.text
    assert "Apart gezet: 2 oud-klanten" in receipt.text
    await anja.sees_photo("van de 40")
    await anja.presses("Tel prospects mee", receipt)
    receipt = await anja.sees("43 klanten gelezen")
    assert "prospects" not in receipt.text
    await anja.sees_photo("van de 43")
    await anja.presses("Zet prospects apart", receipt)
    await anja.sees("40 klanten gelezen")
    await anja.sees_photo("van de 40")


async def test_households_are_added_up_on_request(bot, anja):
    await anja.sends("klanten.csv", with_prospects_and_households())
    receipt = await anja.sees("1 huishouden heeft meer dan één klant")
    await anja.sees_photo("van de 40")
    await anja.presses("Tel huishoudens op", receipt)
    receipt = await anja.sees("39 klanten gelezen")
    assert "1 huishouden is opgeteld" in receipt.text
    await anja.sees_photo("van de 39")
    await anja.presses("Top 10")
    top = await anja.sees("Je 10 beste klanten")
    assert "1. 1000 · €\N{NO-BREAK SPACE}1.799" in top.text
