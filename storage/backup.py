"""Copies of the whole data folder, made while the bot works, and putting one back.

A backup is a folder with the same encrypted files under the same keys, and `backup.json`, which
lists them. The key is not in it.
"""

import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ValidationError

from storage import copying
from storage.data_folder import (
    FILE_OF_REGISTER,
    HALF_RESTORED,
    HEARTBEAT,
    KEY,
    LOCK,
    OFFICES,
    OLD_KEY,
    REGISTER,
    EncryptedFile,
    changing_files,
    encrypted_files,
    file_of_office,
    sync_folder,
    using_files,
)
from storage.database import in_utc
from storage.errors import StorageError
from storage.keys import derive, existing_key, fingerprint
from storage.register import Register

LIST = "backup.json"
FORMAT = 1
# What may stand in a data folder that a backup is restored into.
HARMLESS = {KEY, LOCK, "lock", HEARTBEAT}


class FileFacts(BaseModel):
    """What `backup.json` says of one file; `sha256` in hexadecimal digits."""

    bytes: int
    sha256: str


class Contents(BaseModel):
    """`backup.json`. `key` is the fingerprint of the key that opens the backup."""

    format: int
    made_at: str
    key: str
    files: dict[str, FileFacts]


@dataclass(frozen=True)
class Backup:
    """A finished backup; `key` is the fingerprint of its key."""

    folder: Path
    made_at: str
    key: str
    offices: int
    bytes: int


def make_backup(data: Path, configured_key: str, folder: Path, now: datetime) -> Backup:
    """Copies register and offices to a new folder, also while the bot works with them.

    The register is copied first: what it calls done is then in every office's copy, and what an
    office did since is done again from the inbox, which is safe to do twice. An office that was
    made meanwhile is left out, one that was forgotten is forgotten in the copy. Raises
    StorageError; the folder then is as it was.
    """
    folder = folder.absolute()
    if folder.resolve().is_relative_to(data.resolve()):
        raise StorageError("backup_inside_data")
    if not (data / REGISTER).exists():
        raise StorageError("no_data")
    with using_files(data), _unfinished(folder) as half:
        master = existing_key(configured_key, data)
        (half / OFFICES).mkdir(mode=0o700)
        _copy_file(data, half, FILE_OF_REGISTER, master)
        copied = _offices(half, master)
        for office in copied:
            _copy_file(data, half, file_of_office(office), master)
        _forget(half, master, copied - _offices(data, master))
        contents = _contents(half, master, now)
        _write_list(half, contents)
        _put_in_place(half, folder)
    return _summary(folder, contents)


def check_backup(folder: Path, configured_key: str, data: Path) -> Backup:
    """Reads all of a backup with its key. Raises StorageError where it cannot be relied on."""
    contents = _read_list(folder)
    master = existing_key(configured_key, data)
    if contents.key != fingerprint(master):
        raise StorageError("other_key")
    if {file.name for file in encrypted_files(folder)} != set(contents.files):
        raise StorageError("damaged_backup")
    for file in encrypted_files(folder):
        if _facts(folder / file.name) != contents.files[file.name]:
            raise StorageError("damaged_backup")
        try:
            copying.check(folder / file.name, derive(master, file.purpose))
        except StorageError as error:
            raise _of_backup(error) from None
        copying.check_version(folder / file.name, derive(master, file.purpose), file.migrations)
    return _summary(folder, contents)


def restore_backup(folder: Path, configured_key: str, data: Path) -> Backup:
    """Puts a backup, once checked, into an empty data folder. Raises StorageError.

    The register comes last: until then the folder counts as half restored, nobody works with it,
    and the same command begins anew.
    """
    with changing_files(data):
        half = data / HALF_RESTORED
        if half.exists():
            # Nothing but an earlier try of this very command can have put these there.
            shutil.rmtree(data / OFFICES, ignore_errors=True)
            (data / REGISTER).unlink(missing_ok=True)
            shutil.rmtree(half)
        if not all(_is_harmless(path.name) for path in data.iterdir()):
            raise StorageError("not_empty")
        backup = check_backup(folder, configured_key, data)
        (half / OFFICES).mkdir(mode=0o700, parents=True)
        half.chmod(0o700)
        for name, facts in _read_list(folder).files.items():
            _copy_bytes(folder / name, half / name)
            if _facts(half / name) != facts:
                raise StorageError("damaged_backup")
        sync_folder(half / OFFICES)
        (half / OFFICES).rename(data / OFFICES)
        sync_folder(data)
        (half / REGISTER).rename(data / REGISTER)
        half.rmdir()
        sync_folder(data)
    return backup


def _copy_file(data: Path, half: Path, file: EncryptedFile, master: bytes) -> None:
    copying.copy(data / file.name, half / file.name, derive(master, file.purpose))


def _offices(folder: Path, master: bytes) -> set[str]:
    return set(copying.offices(folder / REGISTER, derive(master, FILE_OF_REGISTER.purpose)))


def _forget(half: Path, master: bytes, offices: set[str]) -> None:
    """Forgets in the copy what was forgotten while it was made."""
    if not offices:
        return
    key = derive(master, FILE_OF_REGISTER.purpose)
    register = Register(half / REGISTER, key)
    for office in offices:
        register.forget_office(office, handling=-1)
        (half / file_of_office(office).name).unlink(missing_ok=True)
    register.close()
    copying.fold_journals(half / REGISTER, key)
    copying.check(half / REGISTER, key)
    copying.sync(half / REGISTER)


@contextmanager
def _unfinished(folder: Path) -> Iterator[Path]:
    """A folder beside the one that is wanted, for this process alone; gone if anything fails."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StorageError("backup_exists")
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = folder.with_name(f"{folder.name}.partial")
    half.mkdir(exist_ok=True, mode=0o700)
    descriptor = os.open(half, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StorageError("backup_under_way") from None
        _empty(half)
        try:
            yield half
        except BaseException:
            with suppress(OSError):
                shutil.rmtree(half)
            raise
    finally:
        os.close(descriptor)


def _empty(half: Path) -> None:
    """Removes what a backup that was killed left; refuses a folder with anything else in it."""
    left = {path.name for path in half.iterdir()}
    if not all(name in {OFFICES, LIST} or name.startswith(REGISTER) for name in left):
        raise StorageError("backup_exists")
    shutil.rmtree(half / OFFICES, ignore_errors=True)
    for name in left - {OFFICES}:
        (half / name).unlink()


def _put_in_place(half: Path, folder: Path) -> None:
    sync_folder(half / OFFICES)
    sync_folder(half)
    try:
        # Takes the place of an empty folder, and of no other.
        half.rename(folder)
    except OSError as error:
        if error.errno in {errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR}:
            raise StorageError("backup_exists") from None
        raise
    sync_folder(folder.parent)


def _contents(folder: Path, master: bytes, now: datetime) -> Contents:
    return Contents(
        format=FORMAT,
        made_at=in_utc(now),
        key=fingerprint(master),
        files={file.name: _facts(folder / file.name) for file in encrypted_files(folder)},
    )


def _facts(path: Path) -> FileFacts:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileFacts(bytes=path.stat().st_size, sha256=digest)


def _write_list(half: Path, contents: Contents) -> None:
    path = half / LIST
    path.touch(mode=0o600)
    path.write_text(contents.model_dump_json(indent=1), encoding="utf-8")
    copying.sync(path)


def _read_list(folder: Path) -> Contents:
    try:
        text = (folder / LIST).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise StorageError("no_backup") from None
    try:
        contents = Contents.model_validate_json(text)
    except ValidationError:
        raise StorageError("damaged_backup") from None
    if contents.format > FORMAT:
        raise StorageError("newer_file")
    return contents


def _summary(folder: Path, contents: Contents) -> Backup:
    return Backup(
        folder=folder,
        made_at=contents.made_at,
        key=contents.key,
        offices=len(contents.files) - 1,
        bytes=sum(facts.bytes for facts in contents.files.values()),
    )


def _of_backup(error: StorageError) -> StorageError:
    reason = error.reason
    return StorageError("damaged_backup") if reason == "wrong_key_or_damaged" else error


def _is_harmless(name: str) -> bool:
    return name in HARMLESS or name.startswith(OLD_KEY)


def _copy_bytes(source: Path, target: Path) -> None:
    target.touch(mode=0o600)
    shutil.copyfile(source, target)
    copying.sync(target)
