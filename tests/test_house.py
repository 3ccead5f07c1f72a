"""What holds for the whole house, and no import contract can see."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
DUTCH = re.compile(r"\b(het|een|niet|van|voor|klanten|omzet|jouw|geen|wordt|zijn)\b", re.IGNORECASE)
SQL = re.compile(r"\b(select .+ from|insert into|update \w+ set|delete from)\b", re.IGNORECASE)
STRING = re.compile(r'"([^"\n]*)"')


def _code(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def test_analysis_speaks_no_dutch():
    """A sentence: three Dutch words or more in one string. Vocabulary to match is no sentence."""
    found = [
        f"{path.relative_to(ROOT)}: {text}"
        for path in _code("analysis")
        for text in STRING.findall(path.read_text(encoding="utf-8"))
        if len({word.lower() for word in DUTCH.findall(text)}) >= 3
    ]
    assert found == []


def test_handlers_know_no_sql_and_no_tables():
    found = [
        f"{path.relative_to(ROOT)}: {text}"
        for path in _code("bot/handlers")
        for text in path.read_text(encoding="utf-8").splitlines()
        if SQL.search(text) or "pandas" in text
    ]
    assert found == []


def test_lock_files_name_no_address():
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text()
        assert "://" not in text, path.name
        assert "--hash=sha256:" in text
