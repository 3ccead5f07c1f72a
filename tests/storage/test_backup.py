import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from storage import backup, copying
from storage.backup import check_backup, make_backup, restore_backup
from storage.data_folder import changing_files, encrypted_files, using_files
from storage.errors import StorageError
from storage.keys import derive
from storage.offices import Offices
from storage.register import Register
from tests.storage.conftest import KEY, NOW
from tests.storage.data_folders import contents_of, killed_at_each_line, make_data

WRITER = Path(__file__).parent / "busy_writer.py"


@pytest.fixture
def data(tmp_path, plan) -> Path:
    return make_data(tmp_path / "data", plan)


def _restored(data: Path, folder: Path) -> Path:
    target = folder.with_name("restored")
    restore_backup(folder, KEY.hex(), target)
    return target


def test_a_backup_comes_back_as_it_was(data, tmp_path):
    made = make_backup(data, KEY.hex(), tmp_path / "copies" / "monday", NOW)
    assert (made.offices, made.made_at) == (2, NOW.isoformat(timespec="milliseconds"))
    assert made == check_backup(tmp_path / "copies" / "monday", KEY.hex(), data)
    restored = _restored(data, tmp_path / "copies" / "monday")
    assert contents_of(restored) == contents_of(data)
    with using_files(restored):
        pass


def test_nothing_in_a_backup_is_readable_by_others_or_without_the_key(data, tmp_path):
    make_backup(data, KEY.hex(), tmp_path / "copy", NOW)
    everything = [tmp_path / "copy", *(tmp_path / "copy").rglob("*")]
    assert {path.stat().st_mode & 0o777 for path in everything if path.is_dir()} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in everything if path.is_file()} == {0o600}
    assert not (tmp_path / "copy" / "key").exists()
    content = b"".join(path.read_bytes() for path in everything if path.is_file())
    assert b"geheim" not in content
    assert b"SQLite format" not in content
    assert KEY.hex().encode() not in content


def test_a_backup_is_taken_while_the_files_are_open(data, tmp_path, plan):
    register = Register(data / "register.db", derive(KEY, "register"))
    with Offices(data / "offices", KEY).open("a1") as office, using_files(data):
        office.add_upload(9, "in wal.xlsx", plan, b"rows", 2, NOW)
        make_backup(data, KEY.hex(), tmp_path / "copy", NOW)
    register.close()
    assert contents_of(_restored(data, tmp_path / "copy")) == contents_of(data)


def test_writing_goes_on_meanwhile(data, tmp_path):
    """What the copy calls done is in it; members and offices fit together; nothing is torn."""
    writer = subprocess.Popen(
        [sys.executable, str(WRITER), str(data)],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    for _ in range(15):
        assert writer.stdout.readline()
    for number in range(3):
        make_backup(data, KEY.hex(), tmp_path / f"copy{number}", NOW)
    writer.communicate()
    assert writer.returncode == 0
    done_in_copies = []
    for number in range(3):
        restored = tmp_path / f"restored{number}"
        restore_backup(tmp_path / f"copy{number}", KEY.hex(), restored)
        done_in_copies.append(_check_copy_of_busy_folder(restored))
    assert sorted(done_in_copies) == done_in_copies
    assert done_in_copies[0] < done_in_copies[-1]
    assert list(data.glob("offices/*-wal")) == []


def _check_copy_of_busy_folder(folder: Path) -> int:
    offices = Offices(folder / "offices", KEY)
    register = Register(folder / "register.db", derive(KEY, "register"))
    done = {
        row[0]
        for row in register._database.execute(
            "select update_id from inbox where done_at is not null and update_id >= 100"
        )
    }
    known = register.offices()
    files = {path.stem for path in (folder / "offices").glob("*.db")}
    assert files <= set(known)
    found = set()
    for office in files:
        with offices.open(office) as opened:
            found |= {row[0] for row in opened._database.execute("select update_id from uploads")}
    # The writer forgets one office in seven.
    assert {number for number in done - found if number % 7 != 4} == set()
    register.close()
    return len(done)


def test_an_office_made_meanwhile_is_left_out(data, tmp_path, monkeypatch):
    def make_one(register: Register) -> None:
        Offices(data / "offices", KEY).create(register.open_office_for(9, "nl", NOW).office)

    _meanwhile(monkeypatch, data, make_one)
    make_backup(data, KEY.hex(), tmp_path / "copy", NOW)
    restored = _restored(data, tmp_path / "copy")
    register = Register(restored / "register.db", derive(KEY, "register"))
    assert sorted(register.offices()) == ["a1", "b2"]
    assert register.member(9) is None
    assert {file.name for file in encrypted_files(restored)} == {
        "register.db",
        "offices/a1.db",
        "offices/b2.db",
    }
    register.close()


@pytest.mark.parametrize("copied", [0, 2])
def test_an_office_forgotten_meanwhile_is_forgotten_in_the_copy(
    data, tmp_path, monkeypatch, copied
):
    def forget(register: Register) -> None:
        register.forget_office("b2", handling=0)
        Offices(data / "offices", KEY).remove("b2")

    _meanwhile(monkeypatch, data, forget, after=copied)
    made = make_backup(data, KEY.hex(), tmp_path / "copy", NOW)
    assert made.offices == 1
    restored = _restored(data, tmp_path / "copy")
    register = Register(restored / "register.db", derive(KEY, "register"))
    assert register.offices() == ["a1"]
    assert register.member(8) is None
    assert not list((restored / "offices").glob("b2*"))
    assert not list((data / "offices").glob("b2*"))
    register.close()


def _meanwhile(monkeypatch, data, happens, after=0):
    """Something happens once the register and `after` offices are copied."""
    real, calls = backup._copy_file, iter(range(99))

    def copy_file(*arguments):
        real(*arguments)
        if next(calls) == after:
            register = Register(data / "register.db", derive(KEY, "register"))
            happens(register)
            register.close()

    monkeypatch.setattr(backup, "_copy_file", copy_file)


@pytest.mark.parametrize("there", ["backup", "file", "something"])
def test_nothing_is_written_over(data, tmp_path, there):
    folder = tmp_path / "copy"
    if there == "backup":
        make_backup(data, KEY.hex(), folder, NOW)
    elif there == "file":
        folder.write_text("mine")
    else:
        folder.mkdir()
        (folder / "mine").touch()
    before = _tree(tmp_path)
    with pytest.raises(StorageError, match="backup_exists"):
        make_backup(data, KEY.hex(), folder, NOW)
    assert _tree(tmp_path) == before


def test_an_empty_folder_may_be_filled(data, tmp_path):
    (tmp_path / "copy").mkdir()
    make_backup(data, KEY.hex(), tmp_path / "copy", NOW)
    check_backup(tmp_path / "copy", KEY.hex(), data)


def test_somebody_elses_partial_folder_is_left_alone(data, tmp_path):
    (tmp_path / "copy.partial").mkdir()
    (tmp_path / "copy.partial" / "mine").touch()
    with pytest.raises(StorageError, match="backup_exists"):
        make_backup(data, KEY.hex(), tmp_path / "copy", NOW)
    assert (tmp_path / "copy.partial" / "mine").exists()


def test_two_backups_to_one_folder_at_once(data, tmp_path):
    with backup._unfinished(tmp_path / "copy"):
        with pytest.raises(StorageError, match="backup_under_way"):
            make_backup(data, KEY.hex(), tmp_path / "copy", NOW)
        assert (tmp_path / "copy.partial").exists()


@pytest.mark.parametrize("inside", [".", "copies/monday", "offices/copy"])
def test_a_backup_stands_outside_the_data(data, inside):
    with pytest.raises(StorageError, match="backup_inside_data"):
        make_backup(data, KEY.hex(), data / inside, NOW)


def test_without_data_there_is_nothing_to_copy(tmp_path):
    (tmp_path / "data").mkdir()
    with pytest.raises(StorageError, match="no_data"):
        make_backup(tmp_path / "data", KEY.hex(), tmp_path / "copy", NOW)
    assert not (tmp_path / "copy").exists()


def test_a_damaged_file_makes_no_backup(data, tmp_path):
    _flip(data / "offices" / "a1.db", 5000)
    with pytest.raises(StorageError, match="wrong_key_or_damaged"):
        make_backup(data, KEY.hex(), tmp_path / "copy", NOW)
    assert not list(tmp_path.glob("copy*"))


def test_a_killed_backup_leaves_none_that_looks_whole(tmp_path, plan):
    """Killed at each line that it runs; the next one to the same folder succeeds."""
    data = make_data(tmp_path / "data", plan, {7: "a1"})
    before = contents_of(data)
    folder = tmp_path / "copy"
    kills = 0
    for _ in killed_at_each_line(
        lambda: make_backup(data, KEY.hex(), folder, NOW), (backup, copying)
    ):
        kills += 1
        if folder.exists():
            check_backup(folder, KEY.hex(), data)
            shutil.rmtree(folder)
    assert contents_of(data) == before
    assert kills > 60
    check_backup(folder, KEY.hex(), data)


def test_a_killed_restore_is_finished_by_the_next(tmp_path, plan):
    data = make_data(tmp_path / "data", plan, {7: "a1"})
    make_backup(data, KEY.hex(), tmp_path / "copy", NOW)
    before = contents_of(data)
    target = tmp_path / "restored"
    kills = 0
    for _ in killed_at_each_line(
        lambda: restore_backup(tmp_path / "copy", KEY.hex(), target), (backup,)
    ):
        kills += 1
        if (target / "restore.partial").exists():
            with pytest.raises(StorageError, match="half_restored"), using_files(target):
                pass
        if not (target / "register.db").exists() or (target / "restore.partial").exists():
            restore_backup(tmp_path / "copy", KEY.hex(), target)
        assert contents_of(target) == before
        shutil.rmtree(target)
    assert kills > 30


@pytest.mark.parametrize("left", ["register.db", "offices", "notes.txt"])
def test_only_into_an_empty_folder(data, tmp_path, left):
    make_backup(data, KEY.hex(), tmp_path / "copy", NOW)
    (tmp_path / "target").mkdir()
    (tmp_path / "target" / left).touch()
    with pytest.raises(StorageError, match="not_empty"):
        restore_backup(tmp_path / "copy", KEY.hex(), tmp_path / "target")
    assert {path.name for path in (tmp_path / "target").iterdir()} == {left, "files.lock"}


def test_the_key_may_stand_in_the_folder_already(data, tmp_path):
    make_backup(data, KEY.hex(), tmp_path / "copy", NOW)
    (tmp_path / "target").mkdir()
    (tmp_path / "target" / "key").write_text(KEY.hex())
    restore_backup(tmp_path / "copy", "", tmp_path / "target")
    assert contents_of(tmp_path / "target") == contents_of(data)


def test_nobody_works_with_a_folder_that_is_being_restored(data, tmp_path):
    make_backup(data, KEY.hex(), tmp_path / "copy", NOW)
    target = tmp_path / "target"
    with using_files(target), pytest.raises(StorageError, match="in_use"):
        restore_backup(tmp_path / "copy", KEY.hex(), target)
    with changing_files(target), pytest.raises(StorageError, match="in_use"), using_files(target):
        pass


def test_a_backup_from_read_only_disk_comes_back(data, tmp_path):
    make_backup(data, KEY.hex(), tmp_path / "copy", NOW)
    before = _tree(tmp_path / "copy")
    restore_backup(tmp_path / "copy", KEY.hex(), tmp_path / "target")
    assert _tree(tmp_path / "copy") == before


def _remove_list(folder: Path) -> None:
    (folder / "backup.json").unlink()


def _garble_list(folder: Path) -> None:
    (folder / "backup.json").write_text("{")


def _newer_format(folder: Path) -> None:
    contents = json.loads((folder / "backup.json").read_text())
    (folder / "backup.json").write_text(json.dumps({**contents, "format": 2}))


def _remove_office(folder: Path) -> None:
    (folder / "offices" / "a1.db").unlink()


def _add_office(folder: Path) -> None:
    (folder / "offices" / "c3.db").touch()


def _damage_office(folder: Path) -> None:
    _flip(folder / "offices" / "a1.db", 9000)


def _older_office(folder: Path) -> None:
    (folder / "offices" / "a1.db").write_bytes(b"")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (_remove_list, "no_backup"),
        (_garble_list, "damaged_backup"),
        (_newer_format, "newer_file"),
        (_remove_office, "damaged_backup"),
        (_add_office, "damaged_backup"),
        (_damage_office, "damaged_backup"),
        (_older_office, "damaged_backup"),
    ],
)
def test_a_spoilt_backup_is_refused_and_the_folder_stays_empty(data, tmp_path, spoil, reason):
    make_backup(data, KEY.hex(), tmp_path / "copy", NOW)
    spoil(tmp_path / "copy")
    with pytest.raises(StorageError, match=reason):
        restore_backup(tmp_path / "copy", KEY.hex(), tmp_path / "target")
    with using_files(tmp_path / "target"):
        assert {path.name for path in (tmp_path / "target").iterdir()} == {"files.lock"}


def test_a_backup_of_a_newer_program_is_refused(data, tmp_path):
    with Offices(data / "offices", KEY).open("a1") as office:
        office._database.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at)"
            " values ('klantkompas.office', 'of_next_year', '2027')"
        )
    make_backup(data, KEY.hex(), tmp_path / "copy", NOW)
    with pytest.raises(StorageError, match="newer_file"):
        restore_backup(tmp_path / "copy", KEY.hex(), tmp_path / "target")


def test_another_key_is_told_from_damage(data, tmp_path):
    make_backup(data, KEY.hex(), tmp_path / "copy", NOW)
    with pytest.raises(StorageError, match="other_key"):
        restore_backup(tmp_path / "copy", "ab" * 32, tmp_path / "target")
    with pytest.raises(StorageError, match="no_key"):
        restore_backup(tmp_path / "copy", "", tmp_path / "target")


def test_what_waited_in_the_inbox_waits_again(data, tmp_path):
    make_backup(data, KEY.hex(), tmp_path / "copy", NOW)
    restored = _restored(data, tmp_path / "copy")
    register = Register(restored / "register.db", derive(KEY, "register"))
    assert [update.update_id for update in register.unfinished()] == [2]
    assert register.redeem("?", 1, "nl", NOW + timedelta(days=1)) is None
    register.close()


def test_a_killed_process_lets_go_of_the_folder(data, tmp_path):
    child = os.fork()
    if child == 0:
        with using_files(data):
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    with changing_files(data):
        pass


def _flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def _tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
        if "data" not in path.parts
    }
