"""Encrypted files as they stand: looked at and copied, never migrated."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3
from sqlite_utils import Migrations

from storage.database import connect
from storage.errors import StorageError


def opens(path: Path, key: bytes) -> bool:
    """Whether the file opens with this key; one that is still empty opens with any."""
    try:
        with _at_rest(path, key) as connection:
            connection.execute("select count(*) from sqlite_master")
    except sqlcipher3.OperationalError:
        raise StorageError("disk_refused") from None
    except sqlcipher3.DatabaseError:
        return False
    return True


def check(path: Path, key: bytes) -> None:
    """Reads all of a file that nobody writes to: the seal of every page, and how they hang
    together. Raises StorageError where something is wrong."""
    with _plainly(), _at_rest(path, key) as connection:
        # Reads the file past its journals: only at rest does it tell the truth.
        if connection.execute("PRAGMA cipher_integrity_check").fetchall():
            raise StorageError("wrong_key_or_damaged")
        _hangs_together(connection)


def check_in_use(path: Path, key: bytes) -> None:
    """Reads all that a file in use holds. Raises StorageError where something is wrong."""
    with _plainly(), _at_work(path, key) as connection:
        _hangs_together(connection)


def check_version(path: Path, key: bytes, known: Migrations) -> None:
    """Raises StorageError where a newer program wrote the file."""
    with _plainly(), _at_rest(path, key) as connection:
        if not connection.execute(
            "select 1 from sqlite_master where name = '_sqlite_migrations'"
        ).fetchone():
            return
        applied = connection.execute(
            "select name from _sqlite_migrations where migration_set = ?", (known.name,)
        )
        if {name for (name,) in applied} - {migration.name for migration in known._migrations}:
            raise StorageError("newer_file")


def copy(source: Path, target: Path, key: bytes, new_key: bytes | None = None) -> bool:
    """A consistent copy of a file that may be in use, checked and on disk; under `new_key`
    where there is one. `target` must not exist.

    Returns False where the source is gone, also where it goes meanwhile.
    """
    target.touch(mode=0o600, exist_ok=False)
    try:
        with (
            _plainly(),
            _at_work(source, key) as origin,
            _at_work(target, new_key or key) as copied,
        ):
            # Copying would call a wrong key a failing disk.
            origin.execute("select count(*) from sqlite_master")
            # The whole file is synced once, at the end.
            copied.execute("PRAGMA synchronous = off")
            origin.backup(copied)
            # A file of its own, without journals beside it.
            copied.execute("PRAGMA journal_mode = delete")
        check(target, new_key or key)
    except StorageError:
        target.unlink()
        if source.exists():
            raise
        return False
    sync(target)
    return True


def offices(register: Path, key: bytes) -> list[str]:
    """The ids of all offices that a register knows; it may be in use."""
    with _plainly(), _at_work(register, key) as connection:
        return [office for (office,) in connection.execute("select id from offices")]


def fold_journals(path: Path, key: bytes) -> None:
    """Takes what stands in journals into the file itself; nobody may work with it."""
    with _plainly(), _at_work(path, key) as connection:
        connection.execute("PRAGMA journal_mode = delete").fetchall()


def sync(path: Path) -> None:
    """Makes what was written to a file outlive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _hangs_together(connection: Any) -> None:
    if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        raise StorageError("wrong_key_or_damaged")


@contextmanager
def _at_work(path: Path, key: bytes) -> Iterator[Any]:
    """A connection beside others; unlike a plain one it never makes a missing file."""
    with _closing(connect(f"{path.absolute().as_uri()}?mode=rw", key)) as connection:
        yield connection


@contextmanager
def _at_rest(path: Path, key: bytes) -> Iterator[Any]:
    """A connection to a file that nobody writes to; makes no journal, so a read-only disk does."""
    with _closing(connect(f"{path.absolute().as_uri()}?immutable=1", key)) as connection:
        yield connection


@contextmanager
def _closing(connection: Any) -> Iterator[Any]:
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def _plainly() -> Iterator[None]:
    """SQLCipher's exceptions as ours."""
    try:
        yield
    except sqlcipher3.OperationalError:
        raise StorageError("disk_refused") from None
    except sqlcipher3.DatabaseError:
        raise StorageError("wrong_key_or_damaged") from None
