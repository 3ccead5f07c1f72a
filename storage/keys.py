"""The master key, and the keys derived from it: one for every encrypted file."""

import logging
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.errors import StorageError

KEY_BYTES = 32

log = logging.getLogger(__name__)


def master_key(configured: str, data: Path) -> bytes:
    """The 32 bytes that every file's key comes from.

    `configured` is 64 hexadecimal digits; where it is empty, the key stands in `data/key`, which
    is made once, readable by its owner alone. Raises StorageError for a malformed key.
    """
    if configured:
        return _from_hex(configured)
    path = data / "key"
    if not path.exists():
        _make_once(path)
    return _from_hex(path.read_text(encoding="ascii").strip())


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
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    log.warning("Made a new key in the data folder: keep a copy of it apart from the data.")
