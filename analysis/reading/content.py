"""What a file is, by its content and never by its name."""

import io
import re
import zipfile
from typing import Literal

from analysis.errors import UnreadableFile
from analysis.reading.limits import (
    MAX_FILE_BYTES,
    MAX_PARTS,
    MAX_UNPACKED_BYTES,
    MAX_UNPACKED_RATIO,
    SMALL_PART_BYTES,
)

Content = Literal["xlsx", "xlsb", "xls", "ods", "encrypted", "zip", "gzip", "html", "text"]

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# BIFF 2 to 5 without a compound file around it: the record of the workbook's begin.
_BARE_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00")

_UNSUPPORTED = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"{\\rtf", "rtf"),
    (b"SQLite format 3\x00", "database"),
    (b"\x00\x01\x00\x00Standard ", "database"),
    (b"PAR1", "parquet"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"OggS", "sound"),
    (b"ID3", "sound"),
    (b"\x7fELF", "program"),
    (b"MZ\x90\x00", "program"),
)
_MARKUP = re.compile(
    rb"<(?:!doctype html|html|table|head|body)\b|urn:schemas-microsoft-com:office:spreadsheet",
    re.IGNORECASE,
)


def check_file_size(size: int) -> None:
    """Raise UnreadableFile where a file of `size` bytes is too large to be read."""
    if size > MAX_FILE_BYTES:
        raise UnreadableFile("too_large", f"{size} bytes", f"{MAX_FILE_BYTES} bytes")


def recognise(content: bytes) -> Content:
    """Return what `content` is; raise UnreadableFile for what cannot be a table."""
    check_file_size(len(content))
    if not content.strip(b"\x00\r\n\t \xef\xbb\xbf\xfe\xff"):
        raise UnreadableFile("empty")
    if content.startswith(b"PK"):
        return _recognise_zip(content)
    if content.startswith(OLE):
        return _recognise_ole(content)
    if content.startswith(b"\x1f\x8b"):
        return "gzip"
    if content.startswith(_BARE_BIFF):
        return "xls"
    for start, found in _UNSUPPORTED:
        if content.startswith(start):
            raise UnreadableFile("unsupported", found)
    if content[:4] == b"RIFF" or content[4:8] == b"ftyp" or _is_bitmap(content):
        raise UnreadableFile("unsupported", "image")
    head = content[:2000].lstrip(b"\xef\xbb\xbf\r\n\t ")
    if head.startswith(b"<") and _MARKUP.search(head):
        return "html"
    return "text"


def _is_bitmap(content: bytes) -> bool:
    return (
        content.startswith(b"BM")
        and int.from_bytes(content[2:6], "little") == len(content)
        and b"\x00\x00\x00\x00" in content[:14]
    )


def open_zip(content: bytes) -> zipfile.ZipFile:
    """Open a zip within the limits; raise UnreadableFile where it is damaged or a bomb."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise UnreadableFile("damaged", "zip") from error
    if len(parts) > MAX_PARTS:
        raise UnreadableFile("too_large", f"{len(parts)} parts", f"{MAX_PARTS} parts")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED_BYTES:
        limit = f"{MAX_UNPACKED_BYTES} bytes"
        raise UnreadableFile("too_large", f"{unpacked} bytes unpacked", limit)
    for part in parts:
        packed = max(part.compress_size, 1)
        if part.file_size > SMALL_PART_BYTES and part.file_size / packed > MAX_UNPACKED_RATIO:
            raise UnreadableFile("hostile", "zip bomb")
    return archive


def _recognise_zip(content: bytes) -> Content:
    with open_zip(content) as archive:
        names = {name.replace("\\", "/").lstrip("/").lower() for name in archive.namelist()}
        mimetype = b""
        if "mimetype" in names:
            try:
                mimetype = archive.read("mimetype")[:100]
            except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError):
                mimetype = b""
    if any(name.endswith((".iwa", "buildversionhistory.plist")) for name in names):
        raise UnreadableFile("unsupported", "numbers")
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        if b"spreadsheet" in mimetype:
            return "ods"
        raise UnreadableFile("unsupported", "opendocument")
    if any(name.endswith("workbook.bin") for name in names):
        return "xlsb"
    if any(name.startswith("word/") for name in names):
        raise UnreadableFile("unsupported", "docx")
    if any(name.startswith("ppt/") for name in names):
        raise UnreadableFile("unsupported", "pptx")
    if "[content_types].xml" in names or any(name.startswith("xl/") for name in names):
        return "xlsx"
    return "zip"


def _recognise_ole(content: bytes) -> Content:
    """Look into the directory of a compound file.

    Sector chains are walked here first: one that loops would make a faster reader allocate
    without end.
    """
    import olefile  # type: ignore[import-untyped]

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as compound:
            streams = {"/".join(path).lower() for path in compound.listdir()}
            if "encryptedpackage" in streams:
                return "encrypted"
            for stream in ("workbook", "book"):
                if stream in streams:
                    compound.openstream(stream).read(8)
                    return "xls"
    except Exception as error:
        raise UnreadableFile("damaged", "xls") from error
    if "worddocument" in streams:
        raise UnreadableFile("unsupported", "doc")
    if "powerpoint document" in streams:
        raise UnreadableFile("unsupported", "ppt")
    raise UnreadableFile("unsupported", "office document")
