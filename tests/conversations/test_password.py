"""A file with a password: asked, used once, and taken out of the chat."""

import io

import msoffcrypto.format.ooxml
import pytest

from bot.sample import sample


@pytest.fixture(scope="module")
def protected() -> bytes:
    encrypted = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(sample("nl")[1])).encrypt("Geheim123", encrypted)
    return encrypted.getvalue()


async def test_the_password_is_used_once_and_removed(bot, anja, protected, caplog):
    await anja.sends("klanten.xlsx", protected)
    await anja.sees("klanten.xlsx is beveiligd")
    said = await anja.says("Geheim123")
    await anja.sees_photo("van je klanten brengt")
    await anja.sees_deleted(said)
    assert "Geheim123" not in caplog.text
    anja.sees_nothing_of("Geheim123")
    await anja.says("gewone woorden")
    await anja.sees("Dat begrijp ik niet")
    # One after another: what came before the last message is done.
    bot.application.mark_answered()
    rows = list(bot.services.register._database.query("select payload from inbox"))
    assert not any("Geheim123" in (row["payload"] or "") for row in rows)


async def test_a_wrong_password_is_asked_again_also_after_a_restart(bot, anja, protected):
    await anja.sends("klanten.xlsx", protected)
    await anja.sees("is beveiligd")
    await anja.says("fout")
    await anja.sees("Dat wachtwoord past niet")
    await bot.stop()
    await bot.start()
    await anja.says("Geheim123")
    await anja.sees_photo()


async def test_one_may_leave_it(bot, anja, protected):
    await anja.sends("klanten.xlsx", protected)
    await anja.sees("is beveiligd")
    await anja.presses("Laat maar")
    await anja.sees("dan laat ik dat bestand liggen")
    await anja.says("Geheim123")
    await anja.sees("Ik heb nog geen klantenlijst van je")


@pytest.mark.parametrize("said", ["hoeveel klanten heb ik?", "/topp10", "Focus", "mijn top 10"])
async def test_what_looks_like_words_is_asked_about_first(bot, anja, protected, said):
    await anja.sends("klanten.xlsx", protected)
    await anja.sees("is beveiligd")
    message = await anja.says(said)
    question = await anja.sees("Is wat je hierboven typte dat wachtwoord")
    assert message in anja.messages
    await anja.presses("Nee, het is een vraag", question)
    await anja.sees("Ik heb nog geen klantenlijst van je")
    await anja.says("Geheim123")
    await anja.sees_photo()


async def test_a_password_of_several_words_is_used_once_it_was_meant(bot, anja, caplog):
    encrypted = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(sample("nl")[1])).encrypt("wit paard", encrypted)
    await anja.sends("klanten.xlsx", encrypted.getvalue())
    await anja.sees("is beveiligd")
    said = await anja.says("wit paard")
    question = await anja.sees("Is wat je hierboven typte dat wachtwoord")
    await bot.stop()
    await bot.start()
    await anja.presses("Ja, dit is het wachtwoord", question)
    await anja.sees_photo("van je klanten brengt")
    await anja.sees_deleted(said)
    assert "wit paard" not in caplog.text
    assert question.markup.keyboard == ()
