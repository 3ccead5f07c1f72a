"""From a file in the chat to an answer, and what can go otherwise on the way."""

from bot.sample import sample
from tests.conversations.lists import HOSTILE, csv_list, two_revenue_columns


async def test_a_list_is_answered_with_findings_and_a_picture(bot, anja):
    await anja.says("/start")
    await anja.sees("Welkom bij Klantkompas")
    await anja.sends("klanten.csv", csv_list())
    await anja.sees("Ontvangen: klanten.csv")
    receipt = await anja.sees("60 klanten gelezen")
    assert "Niet bewaard (2 kolommen): BSN, E-mailadres." in receipt.text
    assert "kolom Omzet" in receipt.text
    answer = await anja.sees_photo("van je klanten brengt 80% van je omzet")
    assert answer.media.file.content.startswith(b"\x89PNG")
    assert "10 van je 10 beste klanten hebben ‘Beroep: bakker’." in answer.text
    assert "Omzet alleen zegt niet waar je tijd heen moet" in answer.text


async def test_every_button_under_the_first_answer_answers(bot, anja):
    await anja.sends("klanten.csv", csv_list())
    answer = await anja.sees_photo()
    await anja.presses("Top 10", answer)
    top = await anja.sees("Je 10 beste klanten")
    assert "1. 1000 · € 9.001" in top.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Beroep: bakker · 10 van de 10" in top.text
    assert "Klant 0" not in top.text
    await anja.presses("Toon namen", top)
    assert "1. Klant 0 ·" in (await anja.sees("Je 10 beste klanten")).text
    await anja.presses("Waarom?", top)
    await anja.sees("minder dan 1 op de 100 keer")
    await anja.presses("80/20", answer)
    await anja.sees("Jouw eigen 80/20")
    await anja.presses("Beste groep", answer)
    await anja.sees("Welke groep brengt het meeste")
    await anja.presses("Focus", answer)
    await anja.sees("Stoppen met verkopen is niet stoppen met zorgen")


async def test_the_commands_answer_about_the_newest_list(bot, anja):
    await anja.sends("eerste.csv", csv_list(60))
    await anja.sees_photo()
    await anja.sends("tweede.csv", csv_list(80))
    await anja.sees_photo()
    await anja.says("/pareto")
    await anja.sees("van je klanten")
    await anja.says("/top10")
    await anja.sees("Je 10 beste klanten")
    await anja.says("/waarde")
    await anja.sees("Welke groep")
    await anja.says("/focus")
    await anja.sees("Drie niveaus")


async def test_the_sample_gives_three_findings_and_a_chart(bot, anja):
    name, content = sample("nl")
    await anja.sends(name, content)
    await anja.sees("BSN")
    answer = await anja.sees_photo()
    for finding in ("1.", "2.", "3."):
        assert finding in answer.text
    assert len(answer.text) <= 700


async def test_everything_in_english(bot, brian):
    await brian.says("/start")
    await brian.sees("Welcome to Klantkompas")
    await brian.sends("clients.csv", csv_list())
    await brian.sees("Not kept (2 columns): BSN, E-mailadres")
    answer = await brian.sees_photo("of your clients bring in 80% of your revenue")
    await brian.presses("Top 10", answer)
    await brian.sees("Your 10 best clients")
    await brian.presses("Best group")
    await brian.sees("Which group brings in the most")


async def test_the_language_is_chosen_by_button(bot, anja):
    await anja.says("/taal")
    await anja.sees("In welke taal")
    await anja.presses("English")
    await anja.sees("From now on I answer in English")
    await anja.says("/help")
    await anja.sees("How it works")
    await anja.says("/language")
    await anja.presses("Nederlands")
    await anja.sees("Ik antwoord voortaan in het Nederlands")


async def test_hostile_text_arrives_intact_and_harmless(bot, anja):
    await anja.sends(f"{HOSTILE}.csv", csv_list(heading=HOSTILE, trait=HOSTILE + "<script>"))
    receipt = await anja.sees("klanten gelezen")
    assert HOSTILE in receipt.text
    answer = await anja.sees_photo(f"{HOSTILE}: {HOSTILE}<script>")
    for button, expected in (
        ("Top 10", f"{HOSTILE}: {HOSTILE}<script>"),
        ("Beste groep", f"{HOSTILE}: {HOSTILE}<script>"),
        ("80/20", "Jouw eigen 80/20"),
        ("Focus", "Drie niveaus"),
    ):
        await anja.presses(button, answer)
        await anja.sees(expected)


async def test_a_question_may_be_skipped_and_the_assumption_is_told(bot, anja):
    await anja.sends("klanten.csv", two_revenue_columns())
    question = await anja.sees("Welke kolom is wat de klant jou opbrengt?")
    await anja.presses("Weet ik niet", question)
    receipt = await anja.sees("40 klanten gelezen")
    assert "(dat neem ik aan)" in receipt.text
    await anja.sees_photo()


async def test_without_a_list_the_commands_invite_to_send_one(bot, anja):
    for command in ("/top10", "/pareto", "/waarde", "/focus"):
        await anja.says(command)
        await anja.sees("Ik heb nog geen klantenlijst van je")
    await anja.presses("Stuur mij een voorbeeldbestand")
    await anja.sees_document("klanten_voorbeeld.xlsx")


async def test_words_and_pictures_are_answered_kindly(bot, anja):
    await anja.says("hoeveel ondernemers heb ik?")
    await anja.sees("Ik heb nog geen klantenlijst van je")
    await anja.says("/bestaatniet")
    await anja.sees("/help")


async def test_the_upload_can_be_taken_out_of_the_chat(bot, anja):
    sent = await anja.sends("klanten.csv", csv_list())
    receipt = await anja.sees("klanten gelezen")
    await anja.sees_photo()
    assert "uit deze chat gehaald" in await anja.presses("Alleen dit bestand", receipt)
    await anja.sees_deleted(sent)
