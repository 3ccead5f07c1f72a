"""Comments on the command line, beside a bot that may be running."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import Result
from pydantic import SecretStr
from typer.testing import CliRunner

from bot.cli import app
from bot.services import open_register
from bot.settings import Settings

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
KEY = "ab" * 32


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a data folder with one comment that waits."""
    monkeypatch.chdir(tmp_path)
    settings = Settings(_env_file=None, data=tmp_path / "data", key=SecretStr(KEY))
    with open_register(settings) as register:
        register.comments.send(
            1, "office", 7, "largest_client", date(2026, 11, 1),
            name="Anja", text="Dit werkte.\nEcht.", email="anja@kantoor.test", now=NOW,
        )  # fmt: skip
        register.comments.told(1, "written")
    return settings


def _run(settings: Settings, *arguments: str) -> Result:
    told = {"KLANTKOMPAS_DATA": str(settings.data), "KLANTKOMPAS_KEY": KEY}
    return CliRunner().invoke(app, ["comments", *arguments], env=told)


def _news(settings: Settings) -> list[str]:
    with open_register(settings) as register:
        return [news for news, _ in register.comments.claim_news(NOW)]


def test_what_waits_is_listed(settings):
    done = _run(settings)
    assert done.exit_code == 0, done.stderr
    assert done.stdout.splitlines() == [
        "1  2026-11 largest_client",
        "    Anja <anja@kantoor.test>",
        "    | Dit werkte.",
        "    | Echt.",
    ]


@pytest.mark.parametrize(
    ("arguments", "news"),
    [(("approve", "1"), "approved"), (("remove", "1"), "removed"),
     (("answer", "1", "Fijn\x1b[31m om te horen."), "answered")],
)  # fmt: skip
def test_a_judgement_is_kept_for_the_bot_to_tell(settings, arguments, news):
    done = _run(settings, *arguments)
    assert done.exit_code == 0, done.stderr
    assert _news(settings) == [news]
    with open_register(settings) as register:
        comment = register.comments.get(1)
        assert comment.state == (news if news != "answered" else "waiting")
        assert comment.answer == ("Fijn[31m om te horen." if news == "answered" else "")
    assert (_run(settings).stdout == "No comment waits.\n") is (news != "answered")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("approve", "2"), 1),
        (("remove", "2"), 1),
        (("answer", "2", "Fijn."), 1),
        (("answer", "1", "\u200b"), 2),
        (("answer", "1", "x" * 1001), 2),
    ],
)
def test_what_cannot_be_is_one_sentence(settings, arguments, status):
    done = _run(settings, *arguments)
    assert done.exit_code == status
    assert len(done.stderr.strip().splitlines()) == 1
    assert _news(settings) == []


@pytest.mark.parametrize("number", ["0", "-1", str(2**63), "een"])
def test_a_number_that_is_none_is_refused(settings, number):
    done = _run(settings, "approve", "--", number)
    assert done.exit_code == 2
