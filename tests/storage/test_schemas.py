"""A file of every earlier version opens, comes to today's schema, and keeps what it holds.

The files in `schemas/` were written by the migrations up to the one that they are named after
(see `scripts/freeze_schema.py`), with a row in every table, under a key that anyone may know.
"""

import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from scripts.freeze_schema import KINDS, MASTER_KEY, PURPOSES, SCHEMAS, make, names, up_to
from storage.database import connect, open_encrypted
from storage.errors import StorageError
from storage.keys import derive
from storage.offices import Offices
from storage.register import Member, Register

FILES = sorted(path.stem for path in SCHEMAS.glob("*.db"))
ROOT = Path(__file__).parents[2]

# What a later migration put elsewhere: where it stands today.
MOVED = {("uploads", "rows"): "select rows from client_rows"}


def _released() -> dict[str, dict[str, str]]:
    return tomllib.loads((SCHEMAS / "released.toml").read_text(encoding="utf-8"))


def _parts(stem: str) -> tuple[str, str]:
    """Kind of file and newest migration."""
    kind, _, name = stem.split("-", 2)
    return kind, name


def _key(kind: str) -> bytes:
    return derive(MASTER_KEY, PURPOSES[kind])


@pytest.fixture
def data(tmp_path) -> Path:
    (tmp_path / "offices").mkdir()
    return tmp_path


def _place(data: Path, stem: str) -> Path:
    """A copy of the file where the program looks for it."""
    target = data / ("register.db" if stem.startswith("register") else "offices/a1.db")
    shutil.copyfile(SCHEMAS / f"{stem}.db", target)
    return target


def _rows(connection: Any) -> dict[tuple[str, str], list[Any]]:
    """The values of every column, by table and column."""
    found = {}
    for (table,) in connection.execute(
        "select name from sqlite_master where type = 'table' and name not like '%sqlite_%'"
    ).fetchall():
        cursor = connection.execute(f'select * from "{table}"')
        rows = cursor.fetchall()
        for place, column in enumerate(cursor.description):
            found[table, column[0]] = [row[place] for row in rows]
    return found


def _schema(database: Any) -> set[tuple[Any, ...]]:
    """Tables with their columns and indexes, without the words that made them."""
    tables = [
        name for (name,) in database.execute("select name from sqlite_master where type = 'table'")
    ]
    found: set[tuple[Any, ...]] = set()
    for table in tables:
        for _, name, kind, filled, default, key in database.execute(
            f'PRAGMA table_info("{table}")'
        ).fetchall():
            found.add((table, name, kind.upper(), filled, default, key))
        for _, index, unique, _, _ in database.execute(f'PRAGMA index_list("{table}")').fetchall():
            columns = database.execute(f'PRAGMA index_info("{index}")').fetchall()
            found.add((table, "index", unique, tuple(column[2] for column in columns)))
    return found


def test_every_released_state_is_here():
    assert set(FILES) >= {
        f"{kind}-{place:02}-{name}"
        for release in _released().values()
        for kind, newest in release.items()
        for place, name in enumerate(names(kind)[: names(kind).index(newest) + 1], start=1)
    }


def test_every_release_is_frozen():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = set(re.findall(r"^## (\d+\.\d+\.\d+)", changelog, re.MULTILINE))
    assert versions <= set(_released()), "run scripts/freeze_schema.py VERSION"


@pytest.mark.parametrize("stem", FILES)
def test_a_released_migration_is_what_it_was(tmp_path, stem):
    kind, name = _parts(stem)
    fresh = open_encrypted(tmp_path / "fresh.db", _key(kind), up_to(kind, name))
    frozen = connect(SCHEMAS / f"{stem}.db", _key(kind))
    assert _schema(fresh) == _schema(frozen)
    fresh.close()
    frozen.close()


@pytest.mark.parametrize("stem", FILES)
def test_an_earlier_file_opens_and_keeps_what_it_holds(data, stem):
    kind, _ = _parts(stem)
    path = _place(data, stem)
    connection = connect(path, _key(kind))
    before = _rows(connection)
    connection.close()
    assert all(before.values()), "every table has a row"
    database = open_encrypted(path, _key(kind), KINDS[kind])
    after = _rows(database)
    for place, values in before.items():
        if place in MOVED and place not in after:
            moved = database.execute(MOVED[place]).fetchall()
            assert [value for (value,) in moved] == values
        else:
            assert after[place] == values, place
    fresh = open_encrypted(data / "fresh.db", _key(kind), KINDS[kind])
    assert _schema(database) == _schema(fresh)
    database.close()
    fresh.close()


@pytest.mark.parametrize("stem", [stem for stem in FILES if stem.startswith("register")])
def test_the_program_reads_an_earlier_register(data, stem):
    register = Register(_place(data, stem), _key("register"))
    assert register.offices() == ["a1"]
    assert register.member(7) == Member(7, "a1", "nl")
    register.forget_office("a1", handling=-1)
    assert register.offices() == []
    register.close()


@pytest.mark.parametrize("stem", [stem for stem in FILES if stem.startswith("office")])
def test_the_program_reads_an_earlier_office(data, stem):
    _place(data, stem)
    offices = Offices(data / "offices", MASTER_KEY)
    with offices.open("a1") as office:
        upload = office.newest_analysed()
        assert upload is not None
        assert (upload.file_name, upload.rows) == ("file_name of uploads", b"rows of a list")
        assert upload.plan.columns[0].role == "revenue"
        assert upload.findings is not None
        assert upload.findings.clients.count == 2
        assert office.remove_upload(upload.number)
    offices.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_any_state_can_be_made(tmp_path, kind, monkeypatch):
    monkeypatch.setattr("scripts.freeze_schema.SCHEMAS", tmp_path)
    make(kind, names(kind)[-1])
    (made,) = tmp_path.glob("*.db")
    connection = connect(made, _key(kind))
    assert all(_rows(connection).values())
    connection.close()


@pytest.mark.parametrize("stem", FILES)
def test_a_newer_file_is_refused_and_left_as_it_was(data, stem):
    kind, _ = _parts(stem)
    path = _place(data, stem)
    connection = connect(path, _key(kind))
    Database(connection).table("_sqlite_migrations").insert(
        {"migration_set": KINDS[kind].name, "name": "of_next_year", "applied_at": "2027-01-01"}
    )
    before = _rows(connection)
    connection.close()
    with pytest.raises(StorageError, match="newer_file"):
        open_encrypted(path, _key(kind), KINDS[kind])
    connection = connect(path, _key(kind))
    assert _rows(connection) == before
    connection.close()
