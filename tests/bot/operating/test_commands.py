"""`klantkompas backup`, `restore`, `rekey` and `check`, as processes of their own."""

import os
import subprocess
from pathlib import Path

import pytest

from analysis.columns.plan import ColumnPlan
from bot.operating.health import PAGE
from storage.data_folder import using_files
from storage.database import connect
from storage.keys import derive, fingerprint, read_key
from tests.bot import forked
from tests.storage.conftest import KEY
from tests.storage.data_folders import contents_of, make_data


@pytest.fixture
def data(tmp_path) -> Path:
    folder = make_data(tmp_path / "data", ColumnPlan(columns=()))
    (folder / "key").write_text(KEY.hex())
    (folder / "key").chmod(0o600)
    return folder


@pytest.fixture
def klantkompas(tmp_path):
    def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        bare = {k: v for k, v in os.environ.items() if not k.startswith("KLANTKOMPAS_")}
        told = {**bare, "KLANTKOMPAS_DATA": str(tmp_path / "data"), **environment}
        return forked.klantkompas([*map(str, arguments)], tmp_path, told)

    return run


def test_a_backup_comes_back(klantkompas, data, tmp_path):
    before = contents_of(data)
    made = klantkompas("backup", "copies/monday")
    assert made.returncode == 0, made.stderr
    assert made.stdout.startswith(f"Made and checked: {tmp_path}/copies/monday, offices (2), ")
    assert f"The key ({fingerprint(KEY)}) is not in it" in made.stdout
    back = klantkompas(
        "restore", "copies/monday", KLANTKOMPAS_DATA="other", KLANTKOMPAS_KEY=KEY.hex()
    )
    assert back.returncode == 0, back.stderr
    assert "offices (2)" in back.stdout
    assert contents_of(tmp_path / "other") == before


def test_after_a_rekey_the_old_key_opens_nothing(klantkompas, data):
    done = klantkompas("rekey")
    assert done.returncode == 0, done.stderr
    new = read_key(data / "key")
    assert f"under the key {fingerprint(new)}" in done.stdout
    assert f"key.old-{fingerprint(KEY)}" in done.stdout
    assert new.hex() not in done.stdout
    assert klantkompas("invite", "De Vries").returncode == 0
    refused = klantkompas("invite", "De Vries", KLANTKOMPAS_KEY=KEY.hex())
    assert "does not open with this key" in refused.stderr


def test_a_configured_key_must_be_set_anew(klantkompas, data):
    done = klantkompas("rekey", KLANTKOMPAS_KEY=KEY.hex())
    assert "Set KLANTKOMPAS_KEY to it" in done.stdout


def test_check_tells_one_line_per_item(klantkompas, data):
    done = klantkompas("check", KLANTKOMPAS_TOKEN="1:x")
    *lines, tips = [line[:14].split() for line in done.stdout.splitlines()]
    assert lines == [
        ["ok", "settings"],
        ["ok", "key"],
        ["ok", "database"],
        ["BAD", "last", "poll"],
        ["ok", "disk"],
    ]
    # That depends on the day.
    assert tips in (["ok", "tips"], ["WARN", "tips"])
    assert "no bot runs on this data folder" in done.stdout
    assert (done.returncode, done.stderr) == (1, "")


def test_check_reads_everything_when_asked(klantkompas, data):
    done = klantkompas("check", "--deep", KLANTKOMPAS_TOKEN="1:x")
    assert "register and offices (2), every page read" in done.stdout


@pytest.mark.parametrize("command", [["run"], ["invite", "De Vries"]])
def test_a_register_that_is_damaged_beyond_its_first_pages_is_told(klantkompas, data, command):
    path = data / "register.db"
    register = connect(path, derive(KEY, "register"))
    pages = register.execute("select rootpage from sqlite_master where tbl_name = 'offices'")
    places = [(page - 1) * PAGE + 100 for (page,) in pages]
    register.close()
    content = bytearray(path.read_bytes())
    for place in places:
        content[place] ^= 1
    path.write_bytes(content)
    refused = klantkompas(*command, KLANTKOMPAS_TOKEN="1:x")
    assert refused.returncode == 1
    assert "a file in it is damaged" in refused.stderr.splitlines()[-1]
    assert "Traceback" not in refused.stderr


def test_no_webhook_without_a_secret(klantkompas):
    """Else anyone who finds the address could speak for an adviser."""
    done = klantkompas("run", KLANTKOMPAS_TOKEN="1:x", KLANTKOMPAS_WEBHOOK_URL="https://b.nl/")
    assert done.returncode == 2
    assert "KLANTKOMPAS_WEBHOOK_SECRET" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_check_of_settings_that_cannot_be_used(klantkompas):
    done = klantkompas("check", KLANTKOMPAS_HEALTH_LISTEN="0.0.0.0:80")
    assert done.returncode == 1
    assert "KLANTKOMPAS_HEALTH_LISTEN" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "environment", "sentence"),
    [
        (["backup", "data/copy"], {}, "outside the data folder"),
        (["backup", "data"], {}, "outside the data folder"),
        (["backup", "taken"], {}, "name a new folder"),
        (["backup", "copy"], {"KLANTKOMPAS_DATA": "nowhere"}, "no data in the data folder"),
        (["backup", "copy"], {"KLANTKOMPAS_KEY": "ab" * 32}, "does not open with this key"),
        (["backup", "/proc/copy"], {}, "The computer refused"),
        (["restore", "taken"], {"KLANTKOMPAS_DATA": "other"}, "no finished backup"),
        (["restore", "missing"], {"KLANTKOMPAS_DATA": "other"}, "no finished backup"),
        (["restore", "taken"], {}, "this one holds more"),
        (["rekey"], {"KLANTKOMPAS_KEY": "ab" * 32}, "does not open with this key"),
        (["rekey"], {"KLANTKOMPAS_KEY": "kort"}, "64 hexadecimal digits"),
        (["rekey"], {"KLANTKOMPAS_DATA": "nowhere"}, "no data in the data folder"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    klantkompas, data, tmp_path, arguments, environment, sentence
):
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "mine").touch()
    before = contents_of(data)
    done = klantkompas(*arguments, **environment)
    assert done.returncode == 1
    assert done.stdout == ""
    assert sentence in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert contents_of(data) == before


def test_no_rekey_while_somebody_works_with_the_data(klantkompas, data):
    with using_files(data):
        done = klantkompas("rekey")
    assert done.returncode == 1
    assert "stop it first" in done.stderr


def test_no_bot_on_data_that_is_half_changed(klantkompas, data):
    (data / "key.new").write_text("ab" * 32)
    done = klantkompas("invite", "De Vries")
    assert done.returncode == 1
    assert "run `klantkompas rekey` again" in done.stderr
    assert klantkompas("rekey").returncode == 0
    assert read_key(data / "key").hex() == "ab" * 32
    assert klantkompas("invite", "De Vries").returncode == 0
