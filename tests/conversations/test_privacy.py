"""What an adviser trusts the bot with is readable nowhere: not on the disk, not in a log."""

import asyncio
import io
import os
import sys
from datetime import timedelta
from pathlib import Path

import msoffcrypto.format.ooxml
import pytest
import xlsxwriter

from bot.localchat.server import LOCAL_TOKEN
from tests.conversations.adviser import Adviser
from tests.conversations.lists import csv_list
from tests.conversations.test_strangers import rows_of

MARKER = "Zonneschijn"
OUR_LOGS_ALOUD = """
import logging
from bot import running
set_up = running.set_up_logging
def aloud(*arguments):
    set_up(*arguments)
    for name in ("analysis", "bot", "storage"):
        logging.getLogger(name).setLevel(logging.DEBUG)
running.set_up_logging = aloud
from bot.cli import app
app(["run"])
"""


def marked_list(heading: str = MARKER, count: int = 60) -> bytes:
    """The marker in a heading and in the cells of every column that is kept or thrown away."""
    plain = csv_list(count, f"Beroep {heading}", MARKER).decode("cp1252")
    return plain.replace("Klant ", f"{MARKER} ").replace("klant", MARKER).encode("cp1252")


def locked_workbook(password: str) -> bytes:
    plain, locked = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(plain) as workbook:
        sheet = workbook.add_worksheet(f"Blad {MARKER}")
        for row, line in enumerate(marked_list().decode("cp1252").splitlines()):
            sheet.write_row(row, 0, line.split(";"))
    msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt(password, locked)
    return locked.getvalue()


def readable(*folders: Path, word: str = MARKER) -> list[str]:
    """The files in which the word stands, as text of one or two bytes a letter."""
    forms = [word.encode(), word.encode("utf-16-le"), word.lower().encode()]
    found = []
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            # A journal or a temporary file that is gone by now.
            continue
        if any(form in content for form in forms):
            found.append(path.name)
    return found


async def test_nothing_readable_on_the_disk_or_in_the_logs(server, tmp_path):
    data, temporary = tmp_path / "data", tmp_path / "temporary"
    temporary.mkdir()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", OUR_LOGS_ALOUD,
        env={
            **os.environ,
            "KLANTKOMPAS_TOKEN": LOCAL_TOKEN,
            "KLANTKOMPAS_BOT_API_URL": server.url,
            "KLANTKOMPAS_DATA": str(data),
            "KLANTKOMPAS_OPEN": "true",
            "KLANTKOMPAS_WORKERS": "1",
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "TMPDIR": str(temporary),
        },
        cwd=tmp_path,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    log = asyncio.ensure_future(process.stdout.read())
    looked = 0

    def look() -> None:
        nonlocal looked
        assert readable(data, temporary) == []
        looked += 1

    adviser = Adviser(server, f"Anja {MARKER}")
    await adviser.sends(f"{MARKER}.csv", marked_list(count=600), caption=f"van {MARKER}")
    for moment in ("Ontvangen", "Ik reken", "klanten gelezen"):
        await adviser.sees(moment)
        look()
    await adviser.sees_photo()
    await adviser.says(f"hoeveel {MARKER} heb ik?")
    await adviser.sees("")
    await adviser.says("/rapport")
    await adviser.sees_document()
    look()
    await adviser.says("/export alles")
    await adviser.sees_document()
    look()
    await adviser.sends(f"{MARKER}.xlsx", locked_workbook(f"wacht {MARKER}"))
    await adviser.sees("wachtwoord")
    look()
    await adviser.says(f"wacht {MARKER}")
    await adviser.presses("Ja, dit is het wachtwoord", await adviser.sees("wachtwoord"))
    await adviser.sees("klanten gelezen")
    look()
    await adviser.sends(f"{MARKER}.pdf", f"%PDF-1.7 {MARKER}".encode())
    await adviser.sees("een pdf")
    await adviser.says(f"/start {MARKER}")
    await adviser.sees("Welkom")
    process.terminate()
    said = (await log).decode(errors="replace")
    await process.wait()
    look()
    assert looked == 8
    assert "bot." in said, "the logs were read"
    assert MARKER.lower() not in said.lower()
    assert LOCAL_TOKEN not in said
    assert (data / "key").read_text().strip() not in said
    assert [path.name for path in temporary.rglob("*") if path.is_file()] == []


async def test_a_key_or_token_in_an_error_is_not_logged(bot, anja, caplog, monkeypatch):
    def broken(*_):
        raise RuntimeError(f"{MARKER} {LOCAL_TOKEN}")

    monkeypatch.setattr(bot.services.lists, "newest", broken)
    await anja.says("/top10")
    await anja.sees("iets mis")
    assert "RuntimeError" in caplog.text
    assert MARKER not in caplog.text
    assert LOCAL_TOKEN not in caplog.text


@pytest.fixture
def later(bot):
    """Lets so many days pass, and what is done each day be done."""

    async def pass_days(days: int) -> None:
        now = bot.clock()
        bot.clock = lambda: now + timedelta(days=days)
        (job,) = bot.application.job_queue.get_jobs_by_name("_remove_old_rows")
        await job.run(bot.application)

    return pass_days


async def test_what_is_kept_for_a_time_goes_by_itself(bot, anja, later):
    await anja.sends(f"{MARKER}.csv", marked_list())
    await anja.sees_photo()
    await anja.says(f"omzet van klanten met beroep {MARKER}")
    await anja.sees("")
    await anja.sends("dicht.xlsx", locked_workbook("geheim"))
    await anja.sees("wachtwoord")
    office = bot.services.register.member(anja.user.id).office

    def tables() -> dict[str, int]:
        with bot.services.offices.open(office) as file:
            database = file._database
            return {name: database.table(name).count for name in database.table_names()}

    before = tables()
    assert before["waiting"] == 1
    assert before["clients_1"] == 60
    await later(89)
    assert tables()["client_rows"] == 1
    assert tables()["waiting"] == 0, "nobody waits that long"
    await later(2)
    after = tables()
    assert "clients_1" not in after
    assert after["client_rows"] == after["questions"] == after["searches"] == 0
    assert after["uploads"] == 1, "the findings stay"
    with bot.services.offices.open(office) as file:
        assert f"{MARKER} 0" not in rows_of(file._database), "no client by name"
    await anja.says("/top10")
    assert "Je 10 beste klanten" in (await anja.sees("Je 10 beste")).text


async def test_after_forgetting_nothing_is_found_by_search(bot, anja, brian):
    await anja.sends(f"{MARKER}.csv", marked_list())
    await anja.sees_photo()
    await anja.presses("Nee, dank je", await anja.sees("Wil je elke maand"))
    await anja.says("/collega")
    await anja.presses("Nodig een collega uit", await anja.sees("Wie erbij kan"))
    await anja.sees("/start")
    office = bot.services.register.member(anja.user.id).office
    await anja.says("/wis")
    await anja.presses("Ja, wis alles voorgoed", await anja.sees("Alles wissen?"))
    await anja.sees("Alles is gewist")
    # Messages of one chat are handled in their order: after this one, that one is done.
    await brian.says("/start")
    await brian.sees("Welcome")
    bot.application.mark_answered()
    for word in (office, MARKER):
        assert readable(bot.data, word=word) == []
        assert word not in rows_of(bot.services.register._database)
    assert not [path for path in bot.data.rglob("*") if office in path.name]
    rows = rows_of(bot.services.register._database)
    assert str(anja.user.id) not in rows.replace(str(brian.user.id), "")
