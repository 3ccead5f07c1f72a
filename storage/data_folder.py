"""The data folder: its files, and who may work with them at the same time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Migrations

from storage import migrations
from storage.errors import StorageError

REGISTER = "register.db"
OFFICES = "offices"
KEY = "key"
NEW_KEY = "key.new"
OLD_KEY = "key.old-"
HALF_RESTORED = "restore.partial"
LOCK = "files.lock"
HEARTBEAT = "heartbeat"


@dataclass(frozen=True)
class EncryptedFile:
    """One encrypted file: `name` within the folder, and what its key is derived for."""

    name: str
    purpose: str

    @property
    def migrations(self) -> Migrations:
        return migrations.register if self.name == REGISTER else migrations.office


def file_of_office(office: str) -> EncryptedFile:
    return EncryptedFile(f"{OFFICES}/{office}.db", f"office {office}")


FILE_OF_REGISTER = EncryptedFile(REGISTER, "register")


def encrypted_files(folder: Path) -> list[EncryptedFile]:
    """Every encrypted file of a data folder, or of a backup of one; the register comes first."""
    offices = sorted(path.stem for path in (folder / OFFICES).glob("*.db"))
    register = [FILE_OF_REGISTER] if (folder / REGISTER).exists() else []
    return [*register, *(file_of_office(office) for office in offices)]


def sync_folder(folder: Path) -> None:
    """Makes new names and removed ones outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def using_files(data: Path) -> Iterator[None]:
    """Works with the files, beside others who do.

    Raises StorageError where somebody changes all of them, or was killed while he did.
    """
    with _locked(data, fcntl.LOCK_SH):
        if (data / NEW_KEY).exists():
            raise StorageError("half_rekeyed")
        if (data / HALF_RESTORED).exists():
            raise StorageError("half_restored")
        yield


@contextmanager
def changing_files(data: Path) -> Iterator[None]:
    """Changes all files, with nobody beside. Raises StorageError where somebody is."""
    with _locked(data, fcntl.LOCK_EX):
        yield


@contextmanager
def _locked(data: Path, how: int) -> Iterator[None]:
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (data / LOCK).open("a") as file:
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StorageError("in_use") from None
        yield
