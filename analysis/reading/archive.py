"""Zip and gzip files that hold tables."""

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from analysis.errors import PasswordRequired, UnreadableFile
from analysis.reading.content import open_zip
from analysis.reading.limits import MAX_UNPACKED_BYTES

_MOST_FILES = 50
_ENCRYPTED = 0x1
_GZIP_WINDOW = 16 + zlib.MAX_WBITS


@dataclass(frozen=True)
class Member:
    """A file in an archive; `name` is its last part, never a path."""

    name: str
    content: bytes


def open_archive(content: bytes, password: str | None) -> list[Member]:
    """Return the files of a zip, those that programs leave behind not counted."""
    members = []
    with open_zip(content) as archive:
        parts = [part for part in archive.infolist() if _is_file(part)]
        if not parts:
            raise UnreadableFile("empty")
        if len(parts) > _MOST_FILES:
            raise UnreadableFile("too_large", f"{len(parts)} files", f"{_MOST_FILES} files")
        for part in parts:
            name = PurePosixPath(part.filename.replace("\\", "/")).name
            members.append(Member(name, _read(archive, part, password)))
    return members


def _is_file(part: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(part.filename.replace("\\", "/"))
    pieces = [piece for piece in path.parts if piece not in (".", "..")]
    hidden = any(piece.startswith(".") or piece == "__MACOSX" for piece in pieces)
    return not part.is_dir() and not hidden


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo, password: str | None) -> bytes:
    if part.flag_bits & _ENCRYPTED and password is None:
        raise PasswordRequired("password_needed")
    try:
        with archive.open(part, pwd=password.encode() if password else None) as stream:
            content = stream.read(MAX_UNPACKED_BYTES + 1)
    except RuntimeError as error:
        raise PasswordRequired("password_wrong") from error
    except NotImplementedError as error:
        raise UnreadableFile("unsupported", "zip") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise UnreadableFile("damaged", "zip") from error
    _check_size(content)
    return content


def open_gzip(content: bytes) -> bytes:
    """Return what a gzip file holds."""
    unpacker = zlib.decompressobj(_GZIP_WINDOW)
    try:
        unpacked = unpacker.decompress(content, MAX_UNPACKED_BYTES + 1)
    except zlib.error as error:
        raise UnreadableFile("damaged", "gzip") from error
    _check_size(unpacked)
    if not unpacker.eof:
        raise UnreadableFile("damaged", "gzip")
    return unpacked


def _check_size(unpacked: bytes) -> None:
    if len(unpacked) > MAX_UNPACKED_BYTES:
        raise UnreadableFile("too_large", "", f"{MAX_UNPACKED_BYTES} bytes")
