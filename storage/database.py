"""Opening an encrypted SQLite file at the newest schema."""

import errno
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import sqlcipher3
from sqlite_utils import Database, Migrations

from storage.errors import Reason, StorageError

# SQLite's result codes (https://www.sqlite.org/rescode.html): busy, locked, readonly, ioerr, full,
# cantopen; corrupt, notadb.
_REFUSED = frozenset({5, 6, 8, 10, 13, 14})
_DAMAGED = frozenset({11, 26})
_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EFBIG})


def open_encrypted(path: Path, key: bytes, migrations: Migrations) -> Database:
    """The SQLCipher file at `path`, made where it is missing, migrated to the newest schema.

    A raw key spares the 0.1 s that SQLCipher spends on stretching a passphrase. Raises
    StorageError where the key does not fit, the file is damaged, or a newer program wrote it.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Journals take over what the file itself allows.
    path.touch(mode=0o600)

    def prepare(database: Database) -> None:
        database.execute("PRAGMA journal_mode = wal")
        _migrate(database, migrations)

    return _connect(path, key, prepare)


def open_quickly(path: Path, key: bytes, migrations: Migrations, table: str) -> Database:
    """The same for a brief look at one table, at half the cost.

    A file that has the table is not migrated, and as long as nobody else has it open it is held
    alone (https://www.sqlite.org/wal.html#noshm): most of what opening costs is the memory that
    connections share. Others wait meanwhile.
    """

    def look(database: Database) -> None:
        if scalar(database, "select 1 from sqlite_master where name = ?", (table,)) is None:
            raise sqlcipher3.OperationalError(f"no such table: {table}")

    with suppress(sqlcipher3.OperationalError):
        return _connect(path, key, look, alone=True)
    return open_encrypted(path, key, migrations)


def look_up(path: Path, key: bytes, sql: str, parameters: tuple[object, ...]) -> Any:
    """The first row of a query, or None, at a third of the cost: held alone, likewise.

    Raises sqlcipher3's errors: where the file lacks the table, or somebody else has it open.
    """
    connection = _connect_alone(path, key)
    try:
        return connection.execute(sql, parameters).fetchone()
    finally:
        connection.close()


def connect(path: Path | str, key: bytes, patience: float = 10) -> Any:
    """A connection with its key set; nothing is read yet, so a wrong key does not show.

    `path` may be a `file:` address, with SQLite's parameters; `patience` is in seconds.
    """
    connection = sqlcipher3.connect(
        path,
        timeout=patience,
        isolation_level=None,
        check_same_thread=False,
        uri=isinstance(path, str),
    )
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    # SQLCipher otherwise prints its complaints on standard error.
    connection.execute("PRAGMA cipher_log = off")
    return connection


def _connect_alone(path: Path, key: bytes) -> Any:
    """A connection that nobody shares once it reads; who finds somebody there does not wait."""
    connection = connect(path, key, patience=0)
    # Before all else: what reads anything begins to share.
    connection.execute("PRAGMA locking_mode = exclusive")
    return connection


def _connect(
    path: Path, key: bytes, prepare: Callable[[Database], None], *, alone: bool = False
) -> Database:
    connection = _connect_alone(path, key) if alone else connect(path, key)
    try:
        # An update is acknowledged to Telegram once it is written: it must outlive a power cut.
        connection.execute("PRAGMA synchronous = full")
        connection.execute("PRAGMA secure_delete = on")
        connection.execute("PRAGMA foreign_keys = on")
        database = Database(connection, execute_plugins=False)
        prepare(database)
    except sqlcipher3.DatabaseError as error:
        connection.close()
        if isinstance(error, sqlcipher3.OperationalError):
            raise
        raise StorageError("wrong_key_or_damaged") from None
    except BaseException:
        connection.close()
        raise
    return database


def _migrate(database: Database, migrations: Migrations) -> None:
    known = {migration.name for migration in migrations._migrations}
    applied = {migration.name for migration in migrations.applied(database)}
    if applied - known:
        raise StorageError("newer_file")
    if known - applied:
        migrations.apply(database)


def reason_of(error: BaseException | None) -> Reason | None:
    """Why what must last could not be read or written; None for any other kind of error."""
    if isinstance(error, StorageError):
        return error.reason
    if isinstance(error, sqlcipher3.Error):
        # The kind of refusal stands in the low byte, details of it above.
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _REFUSED:
            return "disk_refused"
        return "wrong_key_or_damaged" if code in _DAMAGED else None
    if isinstance(error, OSError) and error.errno in _DISK:
        return "disk_refused"
    return None


def scalar(database: Database, sql: str, parameters: tuple[object, ...] = ()) -> object:
    """The first column of the first row, or None."""
    row = cast("tuple[object, ...] | None", database.execute(sql, parameters).fetchone())
    return row[0] if row else None


def in_utc(moment: datetime) -> str:
    """ISO in UTC, so that text sorts as time."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
