import os
import shutil
import signal
from pathlib import Path

import pytest

from storage import copying, keys, rekeying
from storage.backup import make_backup, restore_backup
from storage.data_folder import encrypted_files, using_files
from storage.errors import StorageError
from storage.keys import derive, fingerprint, master_key, read_key
from storage.offices import Offices
from storage.register import Register
from storage.rekeying import change_key
from tests.storage.conftest import KEY, NOW
from tests.storage.data_folders import contents_of, killed_at_each_line, make_data


@pytest.fixture
def data(tmp_path, plan) -> Path:
    """With its key in it, as the bot makes it."""
    folder = make_data(tmp_path / "data", plan)
    (folder / "key").write_text(KEY.hex())
    (folder / "key").chmod(0o600)
    return folder


def test_everything_opens_with_the_new_key_and_nothing_with_the_old(data):
    before = contents_of(data)
    done = change_key(data, "")
    new = master_key("", data)
    assert new != KEY
    assert (done.files, done.old, done.new) == (3, fingerprint(KEY), fingerprint(new))
    assert contents_of(data, new) == before
    for file in encrypted_files(data):
        assert not copying.opens(data / file.name, derive(KEY, file.purpose))
        assert (data / file.name).stat().st_mode & 0o777 == 0o600
    register = Register(data / "register.db", derive(new, "register"))
    assert register.member(7).office == "a1"
    register.close()
    assert {path.name for path in data.iterdir()} == {
        "register.db", "offices", "key", f"key.old-{fingerprint(KEY)}", "files.lock"
    }  # fmt: skip
    assert {path.stat().st_mode & 0o777 for path in data.glob("key*")} == {0o600}


def test_the_old_key_is_kept_for_earlier_backups(data, tmp_path):
    before = contents_of(data)
    make_backup(data, "", tmp_path / "copy", NOW)
    done = change_key(data, "")
    assert done.kept is not None
    restored = tmp_path / "restored"
    with pytest.raises(StorageError, match="other_key"):
        restore_backup(tmp_path / "copy", master_key("", data).hex(), restored)
    restore_backup(tmp_path / "copy", read_key(done.kept).hex(), restored)
    assert contents_of(restored) == before


def test_a_configured_key_is_changed_too(data):
    (data / "key").unlink()
    before = contents_of(data)
    done = change_key(data, KEY.hex())
    assert done.kept is None
    assert contents_of(data, read_key(data / "key")) == before


def test_a_second_change_starts_from_the_first(data):
    before = contents_of(data)
    first = change_key(data, "")
    second = change_key(data, "")
    assert second.old == first.new
    assert contents_of(data, master_key("", data)) == before
    assert len(list(data.glob("key.old-*"))) == 2


def test_what_stands_in_journals_comes_along(data, plan):
    child = _open_and_die(data, plan)
    assert child == 9
    assert list(data.glob("offices/*-wal"))
    change_key(data, "")
    assert not list(data.glob("offices/*-wal"))
    with Offices(data / "offices", master_key("", data)).open("a1") as office:
        assert office.upload_of_update(99).file_name == "in wal.xlsx"


def _open_and_die(data: Path, plan) -> int:
    """The signal that ended a process which left its journals behind."""
    child = os.fork()
    if child == 0:
        with Offices(data / "offices", KEY).open("a1") as office:
            office.add_upload(99, "in wal.xlsx", plan, b"rows", 2, NOW)
            os.kill(os.getpid(), signal.SIGKILL)
    return os.WTERMSIG(os.waitpid(child, 0)[1])


def test_wherever_it_is_killed_the_command_run_again_finishes(tmp_path, plan):
    """Between the kill and the second run each file opens with the old key or the new one."""
    data = make_data(tmp_path / "data", plan, {7: "a1"})
    (data / "key").write_text(KEY.hex())
    before = contents_of(data)
    untouched = tmp_path / "untouched"
    shutil.copytree(data, untouched)
    kills = half = 0
    modules = (rekeying, copying, keys)
    for _ in killed_at_each_line(lambda: change_key(data, ""), modules, step=2):
        kills += 1
        candidates = [KEY, *(read_key(path) for path in data.glob("key*") if path.stat().st_size)]
        for file in encrypted_files(data):
            assert any(
                copying.opens(data / file.name, derive(key, file.purpose)) for key in candidates
            )
        if (data / "key.new").exists():
            half += 1
            with pytest.raises(StorageError, match="half_rekeyed"), using_files(data):
                pass
        change_key(data, "")
        assert contents_of(data, master_key("", data)) == before
        assert not (data / "key.new").exists()
        assert not list(data.glob("offices/*.rekeyed"))
        shutil.rmtree(data)
        shutil.copytree(untouched, data)
    assert kills > 100
    assert half > 50


def test_nothing_begins_while_somebody_works_with_the_files(data):
    before = contents_of(data)
    with using_files(data), pytest.raises(StorageError, match="in_use"):
        change_key(data, "")
    assert contents_of(data) == before


def test_nothing_begins_where_a_file_is_damaged(data):
    path = data / "offices" / "b2.db"
    content = bytearray(path.read_bytes())
    content[6000] ^= 1
    path.write_bytes(content)
    with pytest.raises(StorageError, match="wrong_key_or_damaged"):
        change_key(data, "")
    assert read_key(data / "key") == KEY
    assert not (data / "key.new").exists()
    with Offices(data / "offices", KEY).open("a1"):
        pass


@pytest.mark.parametrize(
    ("configured", "reason"),
    [("ab" * 32, "wrong_key_or_damaged"), ("kort", "malformed_key")],
)
def test_with_a_wrong_key_nothing_begins(data, configured, reason):
    with pytest.raises(StorageError, match=reason):
        change_key(data, configured)
    assert contents_of(data) != {}
    assert not (data / "key.new").exists()


def test_an_office_that_never_wrote_anything_opens_afterwards(data, plan):
    Offices(data / "offices", KEY).create("c3")
    change_key(data, "")
    with Offices(data / "offices", master_key("", data)).open("c3") as office:
        assert office.add_upload(1, "list.xlsx", plan, b"rows", 2, NOW) == 1


def test_without_data_there_is_nothing_to_encrypt(tmp_path):
    with pytest.raises(StorageError, match="no_data"):
        change_key(tmp_path, KEY.hex())
    assert not (tmp_path / "key.new").exists()
