"""Freezes the schema at a release: `scripts/freeze_schema.py 0.2.0`.

Writes down in `tests/storage/schemas/released.toml` up to which migration each kind of file has
come, and makes a small encrypted file of every state on the way that has none yet. From then on
none of these migrations may be edited, and every one of these files must open: the tests in
`tests/storage/test_schemas.py` see to both. Without a version it says what it would freeze.
"""

import sys
from pathlib import Path

from sqlite_utils import Database, Migrations

from storage import migrations
from storage.copying import fold_journals
from storage.database import open_encrypted
from storage.keys import derive

SCHEMAS = Path(__file__).parents[1] / "tests" / "storage" / "schemas"
MASTER_KEY = bytes(range(32))
PURPOSES = {"register": "register", "office": "office a1"}
KINDS: dict[str, Migrations] = {"register": migrations.register, "office": migrations.office}

# As the first version wrote them: today's program must still read these.
PLAN = (
    '{"columns":[{"position":0,"header":"Omzet","name":"Omzet","role":"revenue","kind":"money",'
    '"confidence":1.0,"why":"heading","stored":true}]}'
)
FINDINGS = (
    '{"schema":1,"as_of":"2026-11-23","file":{"name":"klanten.xlsx","format":"xlsx","sheet":"",'
    '"encoding":null,"header_row":1,"rows":2,"skipped":[]},"columns":[],"clients":{"count":2,'
    '"rows_added_up":false,"left_out":[]},"top10":null,"pareto":null,"groups":[],"focus":null,'
    '"signals":[],"notes":[]}'
)
VALUES: dict[str, object] = {
    "uploads.plan": PLAN,
    "uploads.findings": FINDINGS,
    "uploads.columns": "{}",
    "uploads.extends": None,
    "uploads.used_after": None,
    "offices.id": "a1",
    "members.language": "nl",
    "inbox.done_at": None,
    "waiting.sheets": '["Klanten", "Polissen"]',
}
MOMENT = "2026-11-23T10:00:00.000+00:00"


def up_to(kind: str, name: str) -> Migrations:
    """The migrations of one kind of file, as they were when `name` was the newest."""
    earlier = Migrations(KINDS[kind].name)
    for migration in KINDS[kind]._migrations:
        earlier(name=migration.name)(migration.fn)
        if migration.name == name:
            return earlier
    raise ValueError(f"{kind} has no migration {name}")


def names(kind: str) -> list[str]:
    return [migration.name for migration in KINDS[kind]._migrations]


def path_of(kind: str, name: str) -> Path:
    return SCHEMAS / f"{kind}-{names(kind).index(name) + 1:02}-{name}.db"


def make(kind: str, name: str) -> None:
    """A file of that state with a row in every table."""
    path, key = path_of(kind, name), derive(MASTER_KEY, PURPOSES[kind])
    database = open_encrypted(path, key, up_to(kind, name))
    database.execute("PRAGMA foreign_keys = off")
    for table in database.table_names():
        if not table.startswith(("_sqlite", "sqlite_")):
            _fill(database, table)
    database.execute("PRAGMA foreign_key_check").fetchall()
    database.execute("vacuum")
    database.close()
    fold_journals(path, key)


def _fill(database: Database, table: str) -> None:
    columns = database.table(table).columns
    row = {column.name: _value(table, column.name, column.type) for column in columns}
    database.table(table).insert(row)


def _value(table: str, column: str, kind: str) -> object:
    if f"{table}.{column}" in VALUES:
        return VALUES[f"{table}.{column}"]
    if column == "office":
        return "a1"
    if kind.upper() == "INTEGER":
        return 7 if column == "user" else 1
    if kind.upper() == "REAL":
        return 0.25
    if kind.upper() == "BLOB":
        return b"rows of a list"
    if column.endswith("_at") or column == "since":
        return MOMENT
    return "2026-11" if column.endswith("month") else f"{column} of {table}"


def freeze(version: str) -> None:
    lines = [f'\n["{version}"]\n']
    for kind in KINDS:
        for name in names(kind):
            if not path_of(kind, name).exists():
                make(kind, name)
                print(f"made {path_of(kind, name).name}")
        lines.append(f'{kind} = "{names(kind)[-1]}"\n')
    with (SCHEMAS / "released.toml").open("a", encoding="utf-8") as file:
        file.writelines(lines)


if __name__ == "__main__":
    if len(sys.argv) == 2:
        freeze(sys.argv[1])
    else:
        for kind in KINDS:
            missing = [name for name in names(kind) if not path_of(kind, name).exists()]
            print(f"{kind}: {', '.join(missing) or 'nothing new'}")
