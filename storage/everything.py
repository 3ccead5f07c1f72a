"""Everything that is kept of an office and of one of its members, to hand it over."""

import json
import re
from collections.abc import Mapping, Sequence

from sqlite_utils import Database

Rows = Sequence[Mapping[str, object]]

# Told otherwise (the lists themselves), or of no use to anybody: updates that are under way.
_TOLD_OTHERWISE = re.compile(
    r"uploads|client_rows|clients_\d+|inbox|members|sent_pictures|sqlite_.*|_sqlite_.*"
)
# What opens a door is for who was given it.
_SECRET = frozenset({"code_hash"})


def rows_of_office(database: Database, user: int) -> dict[str, Rows]:
    """Rows by table of an office's own file; of what members have for themselves only `user`'s."""
    return {
        name: _rows(database, name, {"user": user} if "user" in columns else {})
        for name, columns in _tables(database).items()
    }


def rows_of_register(database: Database, office: str, user: int) -> dict[str, Rows]:
    """Rows by table of the shared file: the member's own, and those about his office alone."""
    found: dict[str, Rows] = {}
    for name, columns in _tables(database).items():
        if "user" in columns:
            found[name] = _rows(database, name, {"user": user})
        elif "office" in columns:
            found[name] = _rows(database, name, {"office": office})
        elif name == "offices":
            found[name] = _rows(database, name, {"id": office})
    return found


def _tables(database: Database) -> dict[str, set[str]]:
    return {
        name: set(database.table(name).columns_dict)
        for name in database.table_names()
        if not _TOLD_OTHERWISE.fullmatch(name)
    }


def _rows(database: Database, table: str, only: Mapping[str, object]) -> Rows:
    where = " and ".join(f'"{column}" = :{column}' for column in only) or None
    return [
        {column: _readable(value) for column, value in row.items() if column not in _SECRET}
        for row in database.table(table).rows_where(where, dict(only))
    ]


def _readable(value: object) -> object:
    """What is kept as JSON comes out as what it says."""
    if isinstance(value, str) and value[:1] in ("[", "{"):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
