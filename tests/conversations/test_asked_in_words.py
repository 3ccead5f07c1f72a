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


async def test_in_english_too(bot, brian):
    await brian.sends(*sample("en"))
    await brian.sees_photo()
    await brian.says("could you make a report for me?")
    await brian.sees_document(".pdf")
    await brian.says("text only please")
    await brian.sees("I now send a chart")
