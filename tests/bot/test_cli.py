"""The command line, as a process of its own."""

import asyncio
import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.localchat import LocalServer
from bot.sample import sample
from tests.bot import forked
from tests.conversations.lists import csv_list


@pytest.fixture
def klantkompas(tmp_path: Path):
    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        bare = {k: v for k, v in os.environ.items() if not k.startswith("KLANTKOMPAS_")}
        told = {**bare, "KLANTKOMPAS_DATA": str(tmp_path / "data"), **environment}
        return forked.klantkompas([*arguments], tmp_path, told)

    return run


@pytest.fixture
def client_list(tmp_path: Path) -> Path:
    path = tmp_path / "klanten.csv"
    path.write_bytes(csv_list())
    return path


def test_analyse_prints_the_document(klantkompas, client_list):
    done = klantkompas("analyse", str(client_list), "--json", "--date", "2026-11-23")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["schema"], found["as_of"]) == (1, "2026-11-23")
    assert found["clients"]["count"] == 60
    assert [client["client"] for client in found["top10"]["clients"]][:2] == ["1000", "1001"]
    assert found["top10"]["traits"][0]["verdict"] == "clear"
    stored = {column["header"]: column["stored"] for column in found["columns"]}
    assert not stored["BSN"]
    assert not stored["E-mailadres"]


def test_the_same_file_and_date_give_the_same_findings(client_list):
    """In two interpreters of their own, which put words in sets in an order of their own."""
    command = [sys.executable, "-m", "bot", "analyse", str(client_list), "--json"]
    first, second = (
        subprocess.run(
            [*command, "--date", "2026-11-23"],
            capture_output=True, text=True, check=True, cwd=client_list.parent,
        ).stdout
        for _ in range(2)
    )  # fmt: skip
    assert json.loads(first)["clients"]["count"] == 60
    assert first == second


@pytest.mark.parametrize(
    ("language", "expected"),
    [("nl", "van je klanten brengt 80%"), ("en", "of your clients bring in 80%")],
)
def test_analyse_answers_in_words(klantkompas, client_list, language, expected):
    done = klantkompas("analyse", str(client_list), "--language", language)
    assert expected in done.stdout
    assert "<b>" not in done.stdout


def test_a_role_can_be_given(klantkompas, client_list):
    done = klantkompas("analyse", str(client_list), "--json", "--role", "Omzet=ignore")
    assert json.loads(done.stdout)["pareto"] is None


@pytest.mark.parametrize("role", ["Omzet", "Omzet=geld", "Nergens=revenue"])
def test_a_role_that_cannot_be_is_one_sentence(klantkompas, client_list, role):
    done = klantkompas("analyse", str(client_list), "--role", role)
    assert done.returncode == 2
    assert "--role" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_the_size_of_the_top_can_be_chosen(klantkompas, client_list):
    done = klantkompas("analyse", str(client_list), "--json", "--top", "5")
    assert len(json.loads(done.stdout)["top10"]["clients"]) == 5


def test_read_prints_the_table(klantkompas, tmp_path):
    (tmp_path / "list.xlsx").write_bytes(sample("nl")[1])
    done = klantkompas("read", "list.xlsx")
    assert done.returncode == 0, done.stderr
    rows = list(csv.reader(io.StringIO(done.stdout)))
    assert rows[0][0] == "Relatienr."
    assert len(rows) > 300
    assert not any("Totaal" in cell for row in rows for cell in row)


@pytest.mark.parametrize("command", ["analyse", "read"])
@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", b"%PDF-1.7"), ("a.xlsx", b"PK\x03\x04half"), ("a.csv", b""), ("missing.csv", None)],
)
def test_a_bad_file_is_one_sentence(klantkompas, tmp_path, command, name, content):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = klantkompas(command, name)
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_run_without_a_token_is_one_sentence(klantkompas):
    done = klantkompas("run")
    assert done.returncode == 2
    assert "KLANTKOMPAS_TOKEN" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


async def test_a_token_that_telegram_does_not_know_is_one_sentence_without_it(tmp_path):
    server = LocalServer()
    await server.start()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run",
        stderr=asyncio.subprocess.PIPE, cwd=tmp_path,
        env={
            **os.environ,
            "KLANTKOMPAS_TOKEN": "123:geheim",
            "KLANTKOMPAS_BOT_API_URL": server.url,
            "KLANTKOMPAS_DATA": str(tmp_path / "data"),
        },
    )  # fmt: skip
    _, said = await process.communicate()
    await server.stop()
    assert process.returncode == 2
    assert "does not know this token" in said.decode()
    assert "geheim" not in said.decode()
    assert "Traceback" not in said.decode()


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"KLANTKOMPAS_LANGUAGE": "fr"}, "KLANTKOMPAS_LANGUAGE"),
        ({"KLANTKOMPAS_KEY": "kort"}, "64 hexadecimal digits"),
    ],
)
def test_a_wrong_setting_is_one_sentence(klantkompas, environment, sentence):
    done = klantkompas("invite", "De Vries", **environment)
    assert done.returncode != 0
    assert sentence in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_lost_key_is_one_sentence_and_changes_nothing(klantkompas, tmp_path):
    assert klantkompas("invite", "De Vries").returncode == 0
    before = (tmp_path / "data" / "register.db").read_bytes()
    done = klantkompas("invite", "De Vries", KLANTKOMPAS_KEY="ab" * 32)
    assert done.returncode == 1
    assert "does not open with this key" in done.stderr
    assert (tmp_path / "data" / "register.db").read_bytes() == before


def test_an_invitation_is_printed(klantkompas):
    done = klantkompas("invite", "De Vries")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1].startswith("/start ")


def test_an_office_that_is_there_gets_another_invitation_and_each_may_be_taken_back(klantkompas):
    assert "A new office." in klantkompas("invite", "De Vries").stdout
    assert "an office that is there" in klantkompas("invite", "De Vries").stdout
    klantkompas("invite", "Bakker")
    lines = klantkompas("invitations").stdout.splitlines()
    assert [line.split("  ")[0] for line in lines] == ["1", "2", "3"]
    assert [line.split("  ")[2] for line in lines] == ["De Vries", "De Vries", "Bakker"]
    left = klantkompas("invitations", "--revoke", "2").stdout
    assert [line.split("  ")[0] for line in left.splitlines()] == ["1", "3"]
    again = klantkompas("invitations", "--revoke", "2")
    assert again.returncode == 1
    assert again.stderr.strip() == "No invitation with number 2 is open."


def test_no_open_invitation_is_said(klantkompas):
    assert klantkompas("invitations").stdout.strip() == "No invitation is open."


HEAVY = {
    *("aiohttp", "babel", "holidays", "jinja2", "matplotlib", "numba", "numpy", "pandas"),
    *("pebble", "PIL", "pyarrow", "pydantic", "sqlcipher3", "sqlite_utils", "telegram"),
    *("typst", "xlsxwriter"),
}


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (["--help"], set()),
        (["read", "klanten.csv"], {"numpy", "pandas", "pyarrow", "pydantic"}),
    ],
)
def test_a_command_imports_what_it_needs(client_list, arguments, needed):
    code = (
        "import sys; from bot.cli import app\n"
        f"sys.argv = ['klantkompas', *{arguments}]\n"
        "try: app()\n"
        f"finally: print(*(set(sys.modules) & {HEAVY}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=client_list.parent,
    )
    assert done.stdout
    assert set(done.stderr.split()) <= needed


def test_the_bots_own_process_draws_and_typesets_nothing():
    code = "import sys, bot.running; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    drawing = {"bot.localchat", "matplotlib", "numba", "PIL", "typst", "xlsxwriter", "openpyxl"}
    assert not set(done.stdout.split()) & drawing
