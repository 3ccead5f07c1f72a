"""`/rapport` and `/gesprek`: documents about the list in use, and a guide for everyone."""

import pytest

from bot.sample import sample
from tests.bot.report.pdf import Pdf
from tests.conversations.lists import HOSTILE, csv_list


def _pdf(message) -> Pdf:
    return Pdf(message.media.file.content)


async def test_the_report_is_a_document_without_names(bot, anja):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    await anja.says("/rapport")
    sent = await anja.sees_document("klantrapport_")
    assert "Klantenrapport over klanten.csv" in sent.text
    pdf = _pdf(sent)
    assert 5 <= pdf.page_count <= 10
    assert "Bestand klanten.csv Klanten 60" in pdf.text
    assert "Beroep: bakker" in pdf.text
    assert "Klant 0" not in pdf.text
    assert "upload_document" in anja.transcript()
    assert "uit deze chat gehaald" in await anja.presses("Haal dit bestand uit deze chat", sent)
    await anja.sees_deleted(sent)


async def test_the_report_names_the_office_of_an_invitation(bot, anja):
    register, now = bot.services.register, bot.services.clock()
    register.join(anja.user.id, register.new_office("Kantoor De Brug", now), "nl", now)
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    await anja.says("/rapport")
    assert "Kantoor Kantoor De Brug" in _pdf(await anja.sees_document()).text


async def test_the_report_in_english(bot, brian):
    await brian.sends("clients.csv", csv_list())
    await brian.sees_photo()
    await brian.says("/report")
    pdf = _pdf(await brian.sees_document("client_report_"))
    assert "At a glance" in pdf.text


async def test_without_revenue_there_is_a_reason_and_no_report(bot, anja):
    rows = ["Klantnummer;Beroep"] + [f"{1000 + n};beroep {n % 3}" for n in range(40)]
    await anja.sends("klanten.csv", "\n".join(rows).encode())
    await anja.sees("Waar je omzet vandaan komt")
    await anja.says("/rapport")
    await anja.sees("geen kolom met wat een klant jou opbrengt")


async def test_a_conversation_is_chosen_by_button(bot, anja):
    name, content = sample("nl")
    await anja.sends(name, content)
    await anja.sees_photo()
    await anja.says("/gesprek")
    asked = await anja.sees("Waar bereid je je op voor?")
    await anja.presses("Gids voor elk gesprek", asked)
    guide = await anja.sees_document("gids_klantgesprek.pdf")
    assert _pdf(guide).page_count == 4
    await anja.presses("10925", asked)
    sheet = await anja.sees_document("gespreksblad_10925.pdf")
    assert "Gespreksblad voor klant 10925" in sheet.text
    assert "Gespreksblad klant 10925" in _pdf(sheet).text
    group = next(
        button["text"]
        for row in asked.markup.keyboard
        for button in row
        if button["text"].startswith("Sector: Bouw")
    )
    await anja.says(f"/gesprek {group.lower()}")
    await anja.sees_document("gespreksblad_groep_Sector_Bouw")
    await anja.presses(group, asked)
    assert (
        "Gespreksblad voor een groep"
        in (await anja.sees_document("gespreksblad_groep_Sector_Bouw")).text
    )


async def test_a_conversation_with_any_client_by_number(bot, anja):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    await anja.says("/gesprek 1042")
    text = _pdf(await anja.sees_document("gespreksblad_1042.pdf")).text
    assert "Gespreksblad klant 1042" in text
    assert "€ 859" in text
    assert "Klant 42" not in text


async def test_an_unknown_number_is_told_with_what_to_choose(bot, anja):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    await anja.says(f"/gesprek {HOSTILE} 9")
    told = await anja.sees("staat niet in klanten.csv")
    assert HOSTILE in told.text
    assert told.button("1000") is not None


async def test_without_a_list_there_is_the_guide_but_no_report(bot, brian):
    await brian.says("/conversation")
    assert _pdf(await brian.sees_document("guide_client_conversation.pdf")).page_count == 4
    await brian.says("/report")
    await brian.sees("I have no client list of yours yet")


@pytest.mark.parametrize("argument", ["client.99", "client.-1", "group.x", "group.²", "nonsense"])
async def test_a_choice_that_is_gone_gets_a_fresh_menu(bot, anja, argument):
    await anja.sends("klanten.csv", csv_list())
    answer = await anja.sees_photo()
    button = answer.markup.keyboard[0][0]
    button["callback_data"] = f"talk:1:{argument}"
    await anja.presses(button["text"], answer)
    await anja.sees("niet meer")


async def test_hostile_text_of_a_list_stays_text(bot, anja):
    await anja.sends("#panic().csv", csv_list(heading="#panic() *x*", trait="#{ 1 / 0 }"))
    await anja.sees_photo()
    await anja.says("/rapport")
    text = _pdf(await anja.sees_document()).text
    assert "Bestand #panic().csv" in text
    assert "#panic() *x*: #{ 1 / 0 }" in text


async def test_a_button_stays_about_its_client_after_another_analysis(bot, anja):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    await anja.says("/gesprek")
    choice = await anja.sees("Waar bereid je je op voor?")
    await anja.says("/kolommen")
    await anja.presses("Beroep", await anja.sees("Zo lees ik"))
    await anja.presses("niet gebruiken", await anja.sees("Wat is Beroep?"))
    await anja.sees_photo()
    await anja.says("/top10")
    await anja.presses("Andere top", await anja.sees("Je 10 beste klanten"))
    await anja.presses("Zelf aanwijzen", await anja.sees("Wie horen in je top?"))
    await anja.presses("✓ 1000", await anja.sees("Je eigen top"))
    await anja.presses("Klaar", await anja.sees("Je eigen top: 9 klanten"))
    await anja.sees("door jou gekozen")
    await anja.presses("1001", choice)
    sheet = await anja.sees_document("gespreksblad")
    assert "klant 1001" in sheet.text
