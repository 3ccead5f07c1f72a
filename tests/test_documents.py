"""What the documents name exists."""

import re
from pathlib import Path

import pytest

from bot.cli import app
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
COMMANDS = {
    *(command.name or command.callback.__name__ for command in app.registered_commands),
    *(group.name for group in app.registered_groups),
}


@pytest.fixture(params=DOCUMENTS, ids=lambda path: path.name)
def text(request) -> str:
    return request.param.read_text(encoding="utf-8")


def test_every_command_exists(text):
    named = re.findall(r"(?:^|`|/bin/|sudo )klantkompas ([a-z]+)", text, re.MULTILINE)
    assert set(named) <= COMMANDS


def test_every_setting_exists(text):
    named = re.findall(r"KLANTKOMPAS_([A-Z_]+)", text)
    assert {name.lower() for name in named} <= set(Settings.model_fields)


def test_every_file_that_is_pointed_at_exists(text):
    named = re.findall(r"`((?:docs|deploy|scripts|benchmarks|tests)/[\w./-]+\w)`", text)
    named += re.findall(r"\]\((?!http)([\w./-]+\w)\)", text)
    missing = [name for name in named if not (ROOT / name).exists()]
    assert [name for name in missing if not (ROOT / "docs" / name).exists()] == []


@pytest.mark.parametrize("command", ["backup", "restore", "rekey", "check", "invite"])
def test_every_command_of_an_operator_is_explained(command):
    operating = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    assert f"klantkompas {command}" in operating
