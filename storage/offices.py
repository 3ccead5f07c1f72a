"""The folder with one encrypted file per office."""

import os
from collections import deque
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import cast

import sqlcipher3

from storage import migrations
from storage.database import look_up, open_encrypted, open_quickly
from storage.errors import StorageError
from storage.idle_files import IdleFiles
from storage.keys import derive
from storage.office import OfficeFile
from storage.ready_answers import LOOK_UP as READY_ANSWER
from storage.tips import OfficeTips

# Memory goes up with it: some half a megabyte a file with its lists.
IDLE_FILES = 32


class Offices:
    """The folder with one file per office."""

    def __init__(self, folder: Path, master_key: bytes) -> None:
        self._folder = folder
        self._master_key = master_key
        self._idle: IdleFiles[OfficeFile] = IdleFiles(IDLE_FILES)
        self._asked_lately: deque[str] = deque(maxlen=IDLE_FILES)

    def close(self) -> None:
        """Closes what stays open for the next answer."""
        self._idle.close()

    def create(self, office: str) -> None:
        """Makes the office's file, where it is missing."""
        if self._has(office):
            return
        path = self._path(office)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)

    def remove_unknown(self, known: Collection[str]) -> int:
        """Removes the files of offices that nobody knows any more; returns how many."""
        unknown = {path.stem for path in self._folder.glob("*.db")} - set(known)
        for office in unknown:
            self.remove(office)
        return len(unknown)

    @contextmanager
    def open(self, office: str) -> Iterator[OfficeFile]:
        """The office's file, for one at a time; closed afterwards or kept open for the next.

        Raises StorageError("gone") where there is none: work that was under way when an office
        was forgotten must not make its file anew.
        """
        file, taken = self._idle.take(office)
        file = file or self._open(self._existing(office), office)
        try:
            yield file
        except BaseException:
            # What of it was written is not known.
            self._idle.close(office)
            file.close()
            raise
        self._idle.give_back(office, file, taken)

    def _open(self, path: Path, office: str) -> OfficeFile:
        database = open_encrypted(path, self._key(office), migrations.office)
        return OfficeFile(database, partial(self._rows_of, office))

    def _key(self, office: str) -> bytes:
        return derive(self._master_key, f"office {office}")

    def _rows_of(self, office: str, number: int) -> bytes | None:
        """By a connection of its own: what is large does not stay in the memory of an idle one."""
        file = self._open(self._existing(office), office)
        try:
            return file.rows_of(number)
        finally:
            file.close()

    def ready_answer(self, office: str, key: str) -> str | None:
        """An answer as it was sent before, where nothing has changed since.

        Whoever asks for the first time in a while gets it by a brief look into the file; when he
        goes on asking, the file is opened to stay so.
        """
        if office not in self._asked_lately:
            self._asked_lately.append(office)
            with suppress(sqlcipher3.DatabaseError):
                path, office_key = self._existing(office), self._key(office)
                row = look_up(path, office_key, READY_ANSWER, (key,))
                return None if row is None else cast("str", row[0])
        with self.open(office) as file:
            return file.ready_answers.get(key)

    @contextmanager
    def open_tips(self, office: str) -> Iterator[OfficeTips]:
        """What the office's file knows for its tips, at half the cost of opening all of it.

        Raises StorageError("gone") likewise.
        """
        database = open_quickly(
            self._existing(office), self._key(office), migrations.office, "told"
        )
        try:
            yield OfficeTips(database)
        finally:
            database.close()

    def remove(self, office: str) -> None:
        """Removes the file with its journals; without it, its key opens nothing."""
        self._idle.close(office)
        for suffix in ("", "-wal", "-shm"):
            path = self._path(office)
            path.with_name(path.name + suffix).unlink(missing_ok=True)

    def _existing(self, office: str) -> Path:
        if not self._has(office):
            raise StorageError("gone")
        return self._path(office)

    def _has(self, office: str) -> bool:
        # Far quicker than by a path of its own, and asked several times for an answer.
        return os.path.exists(f"{self._folder}/{_named(office)}")  # noqa: PTH110

    def _path(self, office: str) -> Path:
        return self._folder / _named(office)


def _named(office: str) -> str:
    if not office.isalnum():
        raise ValueError("an office is named by letters and digits")
    return f"{office}.db"
