"""Another master key for everything, safe against a kill at any point.

`key.new` says that a change is under way: from then until it has become `key`, each file opens
with either the old key or the new one, nobody works with the files, and doing it again goes on
where it stopped.
"""

from dataclasses import dataclass
from pathlib import Path

from storage import copying
from storage.data_folder import (
    HALF_RESTORED,
    KEY,
    NEW_KEY,
    OLD_KEY,
    REGISTER,
    EncryptedFile,
    changing_files,
    encrypted_files,
    sync_folder,
)
from storage.errors import StorageError
from storage.keys import derive, existing_key, fingerprint, read_key, write_new_key


@dataclass(frozen=True)
class Rekeyed:
    """What was done; `old` and `new` are fingerprints, `kept` the file with the old key."""

    files: int
    old: str
    new: str
    kept: Path | None


def change_key(data: Path, configured_key: str) -> Rekeyed:
    """Encrypts every file anew under a new master key, which stands in `data/key` afterwards.

    An old key that stood there is kept beside it, for the backups that were made with it.
    Nothing begins unless every file opens and is sound. Raises StorageError.
    """
    with changing_files(data):
        if (data / HALF_RESTORED).exists():
            raise StorageError("half_restored")
        if not (data / REGISTER).exists():
            raise StorageError("no_data")
        old = existing_key(configured_key, data)
        files = encrypted_files(data)
        if not (data / NEW_KEY).exists():
            # No journal of the old key may be left beside a file of the new one.
            for file in files:
                _check_and_fold(data, file, old)
        new = write_new_key(data / NEW_KEY)
        for file in files:
            if not copying.opens(data / file.name, derive(new, file.purpose)):
                _encrypt_anew(data, file, old, new)
        kept = _keep_old_key(data)
        (data / NEW_KEY).replace(data / KEY)
        sync_folder(data)
    return Rekeyed(len(files), fingerprint(old), fingerprint(new), kept)


def _check_and_fold(data: Path, file: EncryptedFile, old: bytes) -> None:
    path, key = data / file.name, derive(old, file.purpose)
    copying.fold_journals(path, key)
    copying.check(path, key)


def _encrypt_anew(data: Path, file: EncryptedFile, old: bytes, new: bytes) -> None:
    path = data / file.name
    half = path.with_name(f"{path.name}.rekeyed")
    half.unlink(missing_ok=True)
    copying.copy(path, half, derive(old, file.purpose), derive(new, file.purpose))
    half.replace(path)
    sync_folder(path.parent)


def _keep_old_key(data: Path) -> Path | None:
    path = data / KEY
    if not path.exists():
        return None
    kept = data / f"{OLD_KEY}{fingerprint(read_key(path))}"
    if not kept.exists():
        kept.hardlink_to(path)
    return kept
