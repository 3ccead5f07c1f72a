"""What has a command can be asked for in plain words too."""

import pytest

from bot.sample import sample


@pytest.fixture
async def adviser_with_list(bot, anja):
    await anja.sends(*sample("nl"))
    await anja.sees_photo()
    return anja


async def test_documents_are_made_on_request(adviser_with_list):
    anja = adviser_with_list
    await anja.says("maak het rapport")
    await anja.sees_document("klantrapport_")
    await anja.says("exporteer mijn klanten naar excel")
    await anja.sees_document(".xlsx")


async def test_answers_are_given_on_request(adviser_with_list):
    anja = adviser_with_list
    for said, expected in (
        ("welke bestanden heb je?", "Je lijsten"),
        ("wat is er veranderd sinds vorige keer?", "geen andere lijst"),
        ("bereid een gesprek voor", "Waar bereid je je op voor?"),
        ("wie lijken op mijn top 10?", "Wie lijken op je 10 beste klanten"),
        ("waar komt mijn winst vandaan?", "Waar je winst vandaan komt"),
        ("geen plaatjes graag", "stuur ik nu een grafiek"),
    ):
        await anja.says(said)
        await anja.sees(expected)


async def test_other_commands_are_given_on_request(adviser_with_list):
    anja = adviser_with_list
    for said, expected in (
        ("op welke dag krijg ik de tip", "Je maandtip staat uit"),
        ("wie heeft er toegang", "Wie erbij kan"),
        ("hoe werkt wat als", "Wat als"),
        ("ik wil reageren op de tip", "tip"),
    ):
        await anja.says(said)
        await anja.sees(expected)


async def test_a_conversation_with_a_client_is_prepared_on_request(adviser_with_list):
    anja = adviser_with_list
    await anja.says("bereid een gesprek voor met klant 10984")
    await anja.sees_document(".pdf")


async def test_what_is_beyond_the_list_is_said_so(adviser_with_list):
    anja = adviser_with_list
    for said, expected in (
        ("wie gaat er volgend jaar weg", "Voorspellen doe ik niet"),
        ("moet ik klanten in Ede afstoten", "Die keuze is aan jou"),
        ("mail mijn klanten in Ede", "Dat kan ik niet voor je doen"),
        ("hoeveel omzet in 2024", "Daar heb ik geen cijfers van"),
        ("ben je een robot", "Ik ben Klantkompas"),
        ("dankjewel", "Graag gedaan"),
    ):
        await anja.says(said)
        await anja.sees(expected)


async def test_in_english_too(bot, brian):
    await brian.sends(*sample("en"))
    await brian.sees_photo()
    await brian.says("could you make a report for me?")
    await brian.sees_document(".pdf")
    await brian.says("text only please")
    await brian.sees("I now send a chart")
