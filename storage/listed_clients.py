"""Looking up clients of a list: by a number, a part of a name, or any few of them."""

import hashlib
from collections.abc import Collection

from sqlite_utils import Database

from storage.database import scalar

KEY_BYTES = 28
"""What a button can carry of a client beside its other words."""
_PLAIN, _DIGEST = "=", "#"


def key_of(client: str) -> str:
    """A client for a button: the number itself where it is short, else a digest of it."""
    try:
        short = len(client.encode()) <= KEY_BYTES
    except UnicodeEncodeError:
        short = False
    if short and client.isprintable():
        return _PLAIN + client
    digest = hashlib.sha256(client.encode(errors="surrogatepass")).hexdigest()
    return _DIGEST + digest[:KEY_BYTES]


class ListedClients:
    """The clients of one list, the one that brings most first; none once its rows are gone."""

    def __init__(self, database: Database, table: str) -> None:
        self._database = database
        self._table = table

    def by_key(self, key: str) -> str | None:
        """The client of this key; None where the list has him not."""
        if not self._exists():
            return None
        if key.startswith(_PLAIN):
            found = scalar(
                self._database,
                f'select client from "{self._table}" where client = ?',
                (key.removeprefix(_PLAIN),),
            )
            return None if found is None else str(found)
        rows = self._database.execute(f'select client from "{self._table}"')
        return next((client for (client,) in rows if key_of(client) == key), None)

    def find(self, text: str, most: int) -> list[str]:
        """Clients with this number first, then those whose number or name begins with the text,
        then those whose name holds it."""
        if not self._exists() or not text:
            return []
        start = _escaped(text) + "%"
        rows = self._database.execute(
            f'select client from "{self._table}" where client like ?1 escape ?3'
            " or client_name like ?2 escape ?3"
            " order by client = ?4 desc, client like ?1 escape ?3 desc,"
            " client_name like ?1 escape ?3 desc, rowid limit ?5",
            (start, "%" + start, "\\", text, most),
        )
        return [client for (client,) in rows]

    def all(self) -> list[str] | None:
        """Every client; None once the rows are gone."""
        if not self._exists():
            return None
        return [
            client for (client,) in self._database.execute(f'select client from "{self._table}"')
        ]

    def in_common(self, other: "ListedClients") -> int | None:
        """How many clients both lists have; None once the rows of either are gone."""
        if not (self._exists() and other._exists()):
            return None
        return self._count(f'client in (select client from "{other._table}")', ())

    def how_many_of(self, clients: Collection[str]) -> int | None:
        """How many of these few clients the list has; None once its rows are gone."""
        if not self._exists():
            return None
        return self._count(f"client in ({', '.join('?' * len(clients))})", tuple(clients))

    def any_others(self, without: Collection[str], most: int) -> list[str]:
        """Clients from all over the list, always the same: a fair choice to compare with."""
        if not self._exists():
            return []
        # A large factor scatters the rows, which stand in the order of their revenue.
        rows = self._database.execute(
            f'select client from "{self._table}" order by (rowid * 2654435761) % 4294967296'
            " limit ?",
            (most + len(without),),
        )
        return [client for (client,) in rows if client not in without][:most]

    def _count(self, where: str, parameters: tuple[str, ...]) -> int:
        sql = f'select count(distinct client) from "{self._table}" where {where}'
        return int(str(scalar(self._database, sql, parameters)))

    def _exists(self) -> bool:
        return self._database.table(self._table).exists()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
