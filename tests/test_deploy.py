"""The systemd units are sound, tight, and call commands that exist."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.cli import app
from bot.settings import Settings

DEPLOY = Path(__file__).parents[1] / "deploy"
UNITS = sorted(path for path in DEPLOY.iterdir() if path.suffix)
PROGRAM = "/opt/klantkompas/.venv/bin/klantkompas"

needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed here"
)


@pytest.fixture
def units(tmp_path) -> Path:
    """The units, with a program that stands on this computer."""
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace(PROGRAM, "/bin/true")
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    return tmp_path


@needs_systemd
def test_systemd_finds_no_fault(units):
    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, sorted(units.iterdir()))],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@needs_systemd
@pytest.mark.parametrize(
    ("unit", "exposure"), [("klantkompas.service", 15), ("klantkompas-backup.service", 30)]
)
def test_little_is_exposed(units, unit, exposure):
    """systemd's own measure, in tenths: 0 is closed, 100 is open."""
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", f"--threshold={exposure}", units / unit],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_the_command_beside_the_service_is_sound():
    wrapper = DEPLOY / "klantkompas"
    assert wrapper.stat().st_mode & 0o111
    done = subprocess.run(["/bin/sh", "-n", wrapper], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    unit = (DEPLOY / "klantkompas.service").read_text(encoding="utf-8")
    for shared in (PROGRAM, "KLANTKOMPAS_DATA=/var/lib/klantkompas/data", "/etc/klantkompas/"):
        assert shared in wrapper.read_text(encoding="utf-8")
        assert shared in unit


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_only_commands_and_settings_that_exist(unit):
    text = unit.read_text(encoding="utf-8")
    commands = {command.callback.__name__ for command in app.registered_commands}
    assert set(re.findall(rf"{PROGRAM} (\w+)", text)) <= commands
    assert {name.lower() for name in re.findall(r"KLANTKOMPAS_(\w+)", text)} <= set(
        Settings.model_fields
    )


def test_each_backup_gets_a_folder_of_its_own():
    (line,) = re.findall(
        r"^ExecStart=/bin/sh -c '(.+)'$",
        (DEPLOY / "klantkompas-backup.service").read_text(),
        re.MULTILINE,
    )
    # As systemd reads it: two percent signs or dollars are one.
    command = line.replace("%%", "%").replace("$$", "$").replace(f"exec {PROGRAM}", "echo")
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=True)
    assert re.fullmatch(r"backup /var/backups/klantkompas/20\d\d-\d\d-\d\dT\d{6}\n", done.stdout)
