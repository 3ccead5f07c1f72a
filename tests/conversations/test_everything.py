"""`/export alles`: all that is kept of one's office, and nothing of anybody else."""

import io
import json
import zipfile

from bot.handlers import everything
from tests.conversations.adviser import Adviser
from tests.conversations.lists import csv_list


def contents(document) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document.media.file.content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


async def test_lists_findings_answers_and_oneself(bot, server, anja, brian):
    await brian.sends("brian.csv", csv_list(60, "Beroep", "smid"))
    await brian.sees_photo()
    await anja.sends("../geheim <b>.csv", csv_list(60, "Beroep", "=1+1"))
    await anja.sees_photo()
    await anja.says("/export alles")
    document = await anja.sees_document("klantkompas_alles_")
    files = contents(document)
    assert sorted(files) == [
        "kantoor.json",
        "lijst-1/kolommen.json",
        "lijst-1/regels.csv",
        "lijst-1/uitkomsten.json",
    ]
    rows = files["lijst-1/regels.csv"].decode("utf-8-sig").splitlines()
    assert rows[0] == "Klantnummer;Naam;Beroep;Omzet"
    assert len(rows) == 61
    assert rows[1].startswith("1000;Klant 0;'=1+1;")
    assert json.loads(files["lijst-1/uitkomsten.json"])["clients"]["count"] == 60
    assert json.loads(files["lijst-1/kolommen.json"])["file_name"] == "../geheim <b>.csv"
    office = json.loads(files["kantoor.json"])
    assert office["members"] == [
        {"you": True, "user": anja.user.id, "language": "nl"}
        | {"joined_at": office["members"][0]["joined_at"]}
    ]
    assert b"smid" not in b"".join(files.values())
    assert str(brian.user.id).encode() not in files["kantoor.json"]
    await anja.presses("Haal dit bestand uit deze chat", document)
    await anja.sees_deleted(document)


async def test_colleagues_are_told_without_their_numbers(bot, server, anja):
    await anja.says("/start")
    await anja.sees("Welkom")
    register, clock = bot.services.register, bot.services.clock
    office = register.member(anja.user.id).office
    carla = Adviser(server, "Carla", "en")
    code = register.invite(office, clock())
    register.invite(office, clock())
    await carla.says(f"/start {code}")
    await carla.sees("Welcome")
    await anja.says("/privacy")
    await anja.presses("Alles van mijn kantoor meenemen", await anja.sees("Wat ik bewaar"))
    files = contents(await anja.sees_document("klantkompas_alles_"))
    told = json.loads(files["kantoor.json"])
    assert [member["you"] for member in told["members"]] == [True, False]
    assert told["members"][1]["user"] is None
    assert str(carla.user.id) not in files["kantoor.json"].decode()
    assert "code_hash" not in files["kantoor.json"].decode()


async def test_an_english_adviser_takes_all_along(bot, brian):
    await brian.sends("clients.csv", csv_list())
    await brian.sees_photo()
    await brian.says("/export all")
    files = contents(await brian.sees_document("klantkompas_all_"))
    assert "list-1/rows.csv" in files
    assert "office.json" in files


async def test_what_the_messenger_does_not_take_is_told(bot, anja, monkeypatch):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    monkeypatch.setattr(everything, "LARGEST_FILE", 100)
    await anja.says("/export alles")
    await anja.sees("Lijst 1 is te groot voor één bestand")
