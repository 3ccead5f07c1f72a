"""Files that are no client list: one clear sentence, and nothing stored."""

import io
import zipfile

import pytest
from PIL import Image

from bot.sample import sample
from tests.conversations.lists import csv_list


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (120, 90), "teal").save(buffer, "PNG")
    return buffer.getvalue()


def broken_workbook() -> bytes:
    return sample("nl")[1][:4000]


def workbook_without_a_sheet() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook><sheets>")
    return buffer.getvalue()


BAD_FILES = [
    ("leeg.csv", b"\r\n \r\n", "is leeg", "is empty"),
    ("foto.png", picture(), "een afbeelding", "a picture"),
    ("offerte.pdf", b"%PDF-1.7\n1 0 obj\n", "een pdf", "a pdf"),
    ("klanten.xlsx", broken_workbook(), "is beschadigd", "is damaged"),
    ("klanten.xlsx", workbook_without_a_sheet(), "is beschadigd", "is damaged"),
    ("brief.txt", b"Geachte heer,\n\nHierbij bevestig ik.\n", "klanten", "clients"),
]


@pytest.mark.parametrize(
    ("name", "content", "dutch", "english"),
    BAD_FILES,
    ids=["empty", "picture", "pdf", "half a workbook", "hollow workbook", "letter"],
)
async def test_one_sentence_in_both_languages_and_nothing_stored(
    bot, anja, brian, name, content, dutch, english
):
    for adviser, sentence, rest in (
        (anja, dutch, "Er is niets bewaard"),
        (brian, english, "Nothing"),
    ):
        await adviser.sends(name, content)
        answer = await adviser.sees(sentence)
        assert rest in answer.text
        office = bot.services.register.member(adviser.user.id).office
        with bot.services.offices.open(office) as file:
            assert list(file._database.query("select * from uploads")) == []


async def test_a_bad_file_leaves_the_earlier_list(bot, anja):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    await anja.sends("offerte.pdf", b"%PDF-1.7\n")
    assert "vorige lijst en uitkomsten staan er nog" in (await anja.sees("een pdf")).text
    await anja.says("/top10")
    await anja.sees("Je 10 beste klanten")


async def test_a_photo_is_told_how_to_send_a_file(bot, anja):
    await anja.sends_photo(picture())
    await anja.sees("Uit een foto kan ik geen klantenlijst lezen")
