"""Why what must last could not be read or written."""

import errno

import pytest
import sqlcipher3

from storage.database import open_encrypted, reason_of
from storage.errors import StorageError
from storage.migrations import register


def test_a_locked_file_is_a_refusal_of_the_disk(tmp_path):
    path = tmp_path / "register.db"
    first, second = (open_encrypted(path, bytes(32), register) for _ in range(2))
    first.execute("BEGIN IMMEDIATE")
    second.execute("PRAGMA busy_timeout = 0")
    with pytest.raises(sqlcipher3.OperationalError) as caught:
        second.execute("BEGIN IMMEDIATE")
    assert reason_of(caught.value) == "disk_refused"
    first.close()
    second.close()


def test_a_page_that_does_not_fit_its_mark_is_damage(tmp_path):
    path = tmp_path / "register.db"
    database = open_encrypted(path, bytes(32), register)
    database.execute("create table long (text text)")
    database.execute("insert into long values (?)", ("x" * 100_000,))
    database.close()
    content = bytearray(path.read_bytes())
    content[-5000] ^= 0xFF
    path.write_bytes(content)
    database = open_encrypted(path, bytes(32), register)
    with pytest.raises(sqlcipher3.DatabaseError) as caught:
        database.execute("select text from long").fetchall()
    assert reason_of(caught.value) == "wrong_key_or_damaged"
    database.close()


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (StorageError("gone"), "gone"),
        (OSError(errno.ENOSPC, ""), "disk_refused"),
        (OSError(errno.EROFS, ""), "disk_refused"),
        (OSError(errno.ENOENT, ""), None),
        (sqlcipher3.IntegrityError("ours"), None),
        (KeyError("ours"), None),
        (None, None),
    ],
)
def test_other_errors_by_their_number(error, reason):
    assert reason_of(error) == reason
