"""`/export` and the letter: files that can be opened, without names until they are asked for."""

import csv
import io
import zipfile

import openpyxl

from bot.sample import sample
from tests.conversations.lists import HOSTILE, csv_list


def _first_sheet(message):
    return openpyxl.load_workbook(io.BytesIO(message.media.file.content)).worksheets[0]


async def test_the_workbook_has_every_client_and_names_on_request(bot, anja):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    await anja.says("/export")
    sent = await anja.sees_document(".xlsx")
    assert "60 klanten met hun niveau" in sent.text
    assert "zonder namen" in sent.text
    sheet = _first_sheet(sent)
    assert sheet.max_row == 61
    assert "Klant 1" not in {cell.value for row in sheet.iter_rows() for cell in row}
    await anja.presses("Met namen", sent)
    named = await anja.sees_document(".xlsx")
    assert "met namen" in named.text
    assert named.media.file.name == sent.media.file.name.replace(".xlsx", "_met_namen.xlsx")
    assert [cell.value for cell in _first_sheet(named)[2]][:3] == ["1000", "Klant 0", 9000.5]
    assert named.button("Met namen") is None


async def test_the_csv_is_what_a_dutch_excel_opens(bot, anja):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    await anja.says("/export")
    await anja.presses("Als csv", await anja.sees_document(".xlsx"))
    content = (await anja.sees_document(".csv")).media.file.content
    assert content.startswith(b"\xef\xbb\xbfKlantnummer;Omzet;")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 61
    assert rows[1][:2] == ["1000", "9000,50"]


async def test_an_export_can_be_taken_out_of_the_chat(bot, anja):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    await anja.says("/export")
    sent = await anja.sees_document(".xlsx")
    assert "uit deze chat gehaald" in await anja.presses("Haal dit bestand uit deze chat", sent)
    await anja.sees_deleted(sent)


async def test_hostile_text_stays_text(bot, anja):
    await anja.sends("klanten.csv", csv_list(heading="=1+1" + HOSTILE, trait="=cmd|' /C calc'!A0"))
    await anja.sees_photo()
    await anja.says("/export")
    sent = await anja.sees_document(".xlsx")
    cells = [cell for row in _first_sheet(sent).iter_rows() for cell in row]
    assert {"=1+1" + HOSTILE, "=cmd|' /C calc'!A0"} <= {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    await anja.presses("Als csv", sent)
    content = (await anja.sees_document(".csv")).media.file.content.decode("utf-8-sig")
    assert "'=cmd|' /C calc'!A0" in content
    assert ";=" not in content


async def test_the_export_in_english(bot, brian):
    await brian.sends("clients.csv", csv_list())
    await brian.sees_photo()
    await brian.says("/export")
    sent = await brian.sees_document(".xlsx")
    assert "60 clients with their level" in sent.text
    assert _first_sheet(sent)["A1"].value == "Client number"


async def test_without_revenue_there_is_no_export_and_without_a_list_neither(bot, anja):
    await anja.says("/export")
    await anja.sees("Ik heb nog geen klantenlijst van je")
    rows = [f"Familie {chr(65 + n)}{'aeiou'[n % 5]}nsen;beroep {n % 3}" for n in range(26)]
    await anja.sends("klanten.csv", "\n".join(["Naam;Beroep", *rows]).encode())
    await anja.sees("nog niet zeggen")
    await anja.says("/export")
    await anja.sees("Dat kan ik niet uit klanten.csv halen")


async def test_after_the_retention_time_the_rows_are_missed(bot, anja):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    office = bot.services.register.member(anja.user.id).office
    bot.services.lists.remove_old_rows([office], -1)
    await anja.says("/export")
    await anja.sees("bewaar ik niet meer")


async def test_focus_offers_a_letter_in_draft(bot, anja):
    name, content = sample("nl")
    await anja.sends(name, content)
    await anja.sees_photo()
    await anja.says("/focus")
    await anja.sees("Drie niveaus")
    await anja.presses("Brief aan klanten")
    letter = await anja.sees_document("klantbrief_")
    assert "in concept" in letter.text
    with zipfile.ZipFile(io.BytesIO(letter.media.file.content)) as package:
        text = package.read("word/document.xml").decode()
    assert "Wat altijd doorgaat" in text
