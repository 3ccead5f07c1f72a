import itertools
import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import Settings

EXAMPLE = Path(__file__).parents[2] / ".env.example"


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch):
    import os

    for name in list(os.environ):
        if name.startswith("KLANTKOMPAS_"):
            monkeypatch.delenv(name)


def test_every_setting_is_explained_in_the_example():
    lines = EXAMPLE.read_text().splitlines()
    named = {}
    for before, line in itertools.pairwise(lines):
        if match := re.match(r"#?(KLANTKOMPAS_(\w+))=", line):
            named[match[2].lower()] = before
    assert set(named) == set(Settings.model_fields)
    assert all(explanation.startswith("# ") for explanation in named.values())


def test_the_example_is_valid_and_says_the_defaults():
    from_example, bare = Settings(_env_file=EXAMPLE), Settings(_env_file=None)
    assert from_example.model_dump() == bare.model_dump()


def test_operators_are_separated_by_commas(monkeypatch):
    monkeypatch.setenv("KLANTKOMPAS_OPERATORS", "12, 34,")
    assert Settings(_env_file=None).operators == {12, 34}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LANGUAGE", "fr"),
        ("WORKERS", "0"),
        ("OPERATORS", "jan"),
        ("RETENTION_DAYS", "-1"),
        ("HEALTH_LISTEN", "0.0.0.0:8081"),
        ("HEALTH_LISTEN", "127.0.0.1:poort"),
        ("WEBHOOK_SECRET", "with spaces"),
        ("WEBHOOK_SECRET", "x" * 257),
    ],
)
def test_a_value_that_cannot_be_used_is_refused(monkeypatch, name, value):
    monkeypatch.setenv(f"KLANTKOMPAS_{name}", value)
    with pytest.raises(ValidationError):
        Settings(_env_file=None)


def test_secrets_do_not_show(monkeypatch):
    monkeypatch.setenv("KLANTKOMPAS_TOKEN", "123:geheim")
    monkeypatch.setenv("KLANTKOMPAS_KEY", "ab" * 32)
    assert "geheim" not in repr(Settings(_env_file=None))
    assert "abab" not in repr(Settings(_env_file=None))
