"""OpenDocument tables behind a password.

Each part is encrypted by itself, as OpenDocument 1.2, part 3, chapter 4 says: a key from the
password's SHA-256 by PBKDF2 with HMAC-SHA-1, and AES-256 in cipher block chaining over the
deflated part.
"""

import base64
import binascii
import hashlib
import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

from analysis.errors import PasswordRequired, UnreadableFile
from analysis.reading.content import open_zip
from analysis.reading.limits import MAX_UNPACKED_BYTES

_MANIFEST = "META-INF/manifest.xml"
_EMPTY_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)
_CONTENT, _STYLES = "content.xml", "styles.xml"
_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
_MOST_ROUNDS = 1_000_000
_KEY_BYTES = 32
_BLOCK_BYTES = 16
_CHECKED_BYTES = 1024


@dataclass(frozen=True)
class _Lock:
    """How one part was encrypted."""

    vector: bytes
    salt: bytes
    rounds: int
    checksum: bytes
    """SHA-256 of the first 1,024 bytes that are still deflated."""


def unlock_ods(content: bytes, password: str | None) -> bytes:
    """Return an OpenDocument table without its encryption; one that has none as it is.

    Raises PasswordRequired without the right password, and UnreadableFile where the encryption is
    of another kind than LibreOffice has long written.
    """
    with open_zip(content) as archive:
        locks = _locks(archive)
        if not locks:
            return content
        if password is None:
            raise PasswordRequired("password_needed")
        parts = {
            name: _unlock(archive.read(name), lock, password)
            for name, lock in locks.items()
            if name in (_CONTENT, _STYLES)
        }
    return _plain(parts)


def _locks(archive: zipfile.ZipFile) -> Mapping[str, _Lock]:
    """Return the encrypted parts by name."""
    if _MANIFEST not in archive.namelist():
        return {}
    manifest = archive.read(_MANIFEST)
    if b"encryption-data" not in manifest:
        return {}
    if b"<!" in manifest:
        # Nothing but a declaration makes markup dangerous, and LibreOffice writes none.
        raise UnreadableFile("hostile", "entities")
    try:
        entries = ElementTree.fromstring(manifest).iter(f"{_NAMESPACE}file-entry")  # noqa: S314
        found = {
            entry.get(f"{_NAMESPACE}full-path", ""): _lock(data)
            for entry in entries
            if (data := entry.find(f"{_NAMESPACE}encryption-data")) is not None
        }
    except (ElementTree.ParseError, binascii.Error, ValueError) as error:
        raise UnreadableFile("damaged", "encrypted") from error
    if _CONTENT not in found:
        raise UnreadableFile("unsupported", "encrypted")
    return found


def _lock(data: ElementTree.Element) -> _Lock:
    algorithm, derivation = (
        data.find(f"{_NAMESPACE}{name}") for name in ("algorithm", "key-derivation")
    )
    if algorithm is None or derivation is None:
        raise ValueError("an encryption without algorithm or key")
    usual = (
        algorithm.get(f"{_NAMESPACE}algorithm-name", "").endswith("#aes256-cbc")
        and derivation.get(f"{_NAMESPACE}key-derivation-name") == "PBKDF2"
        and data.get(f"{_NAMESPACE}checksum-type", "").endswith("#sha256-1k")
    )
    rounds = int(derivation.get(f"{_NAMESPACE}iteration-count", "0"))
    if not usual or not 0 < rounds <= _MOST_ROUNDS:
        raise UnreadableFile("unsupported", "encrypted")
    return _Lock(
        vector=_bytes(algorithm, "initialisation-vector"),
        salt=_bytes(derivation, "salt"),
        rounds=rounds,
        checksum=_bytes(data, "checksum"),
    )


def _bytes(element: ElementTree.Element, attribute: str) -> bytes:
    return base64.b64decode(element.get(f"{_NAMESPACE}{attribute}", ""), validate=True)


def _unlock(encrypted: bytes, lock: _Lock, password: str) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    if len(encrypted) % _BLOCK_BYTES or len(lock.vector) != _BLOCK_BYTES:
        raise UnreadableFile("damaged", "encrypted")
    start = hashlib.sha256(password.encode()).digest()
    key = hashlib.pbkdf2_hmac("sha1", start, lock.salt, lock.rounds, _KEY_BYTES)
    decryptor = Cipher(algorithms.AES(key), modes.CBC(lock.vector)).decryptor()
    deflated = decryptor.update(encrypted) + decryptor.finalize()
    if hashlib.sha256(deflated[:_CHECKED_BYTES]).digest() != lock.checksum:
        # A part shorter than what is checked ends before its padding, whose last byte tells its
        # length.
        deflated = deflated[: -deflated[-1]] if deflated else deflated
        if hashlib.sha256(deflated[:_CHECKED_BYTES]).digest() != lock.checksum:
            raise PasswordRequired("password_wrong")
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        part = unpacker.decompress(deflated, MAX_UNPACKED_BYTES + 1)
    except zlib.error as error:
        raise UnreadableFile("damaged", "encrypted") from error
    if len(part) > MAX_UNPACKED_BYTES:
        raise UnreadableFile("too_large", "", f"{MAX_UNPACKED_BYTES} bytes")
    return part


def _plain(parts: Mapping[str, bytes]) -> bytes:
    """Return a table of the parts that hold cells and their formats."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(_MANIFEST, _EMPTY_MANIFEST)
        for name, part in parts.items():
            archive.writestr(name, part)
    return written.getvalue()
