"""The master key, and the keys derived from it: one for every encrypted file."""

import logging
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.data_folder import KEY, REGISTER, sync_folder
from storage.errors import StorageError

KEY_BYTES = 32

log = logging.getLogger(__name__)


def master_key(configured: str, data: Path) -> bytes:
    """The 32 bytes that every file's key comes from.

    `configured` is 64 hexadecimal digits; where it is empty, the key stands in `data/key`, which
    is made once, readable by its owner alone. Raises StorageError for a malformed key, and for a
    missing one where there is data already: a new key would open none of it.
    """
    path = data / KEY
    if not configured and not path.exists() and not (data / REGISTER).exists():
        _make_once(path)
    return existing_key(configured, data)


def existing_key(configured: str, data: Path) -> bytes:
    """The same key, but never a new one. Raises StorageError where there is none."""
    if configured:
        return _from_hex(configured)
    try:
        return read_key(data / KEY)
    except FileNotFoundError:
        raise StorageError("no_key") from None


def read_key(path: Path) -> bytes:
    """The key in a file. Raises StorageError for a malformed one."""
    return _from_hex(path.read_text(encoding="ascii", errors="replace").strip())


def write_new_key(path: Path) -> bytes:
    """The key in a new file for its owner alone, whole or not at all.

    Where somebody else made the file first, his is the key.
    """
    descriptor, half = tempfile.mkstemp(prefix="key.half-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(half)
    finally:
        Path(half).unlink()
    sync_folder(path.parent)
    return read_key(path)


def fingerprint(master: bytes) -> str:
    """Eight hexadecimal digits to tell keys apart by; they say nothing about the key."""
    return derive(master, "fingerprint")[:4].hex()


def derive(master: bytes, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose, by HKDF-SHA256 (RFC 5869)."""
    return HKDF(
        algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"klantkompas {purpose}".encode()
    ).derive(master)


def _from_hex(text: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        raise StorageError("malformed_key") from None
    if len(key) != KEY_BYTES:
        raise StorageError("malformed_key")
    return key


def _make_once(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_new_key(path)
    log.warning("Made a new key in the data folder: keep a copy of it apart from the data.")
