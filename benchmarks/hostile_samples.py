"""Small client lists in every format that is read, to be damaged by `benchmarks.mutations`."""

import datetime as dt
import gzip
import io
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterable
from functools import cache

import msoffcrypto.format.ooxml
import xlsxwriter

MARKER = "Zonneschijn"
"""Stands in a heading and in every name: no refusal may quote it."""
ROWS: tuple[tuple[str | float, ...], ...] = (
    ("Klantnr", "Naam", "BSN", "Omzet", "Beroep", f"Kolom {MARKER}"),
    *(
        (f"K{100 + n}", f"{MARKER} {n}", "111222333", 900.5 - n, ("bakker", "smid")[n % 2], "ja")
        for n in range(6)
    ),
)
_SECTOR = 512
_FREE, _END, _FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SMALLEST_STREAM = 4096


@cache
def samples() -> dict[str, bytes]:
    """File by format."""
    plain = xlsx()
    return {
        "csv": _text(";").encode("cp1252"),
        "csv, quoted": _text(",", quote='"').encode(),
        "csv, utf-16": _text("\t").encode("utf-16"),
        "xlsx": plain,
        "xlsx, inline text": xlsx(inline=True),
        "xls": compound_file(biff(ROWS)),
        "ods": ods(),
        "html": _page().encode(),
        "xml of excel 2003": _excel_2003().encode(),
        "zip": packed({"map/klanten.csv": _text(";").encode(), "brief.txt": b"Geachte,"}),
        "zip of a workbook": packed({"klanten.xlsx": plain}),
        "gz": gzip.compress(_text(";").encode(), mtime=0),
        "encrypted xlsx": _encrypted(plain),
    }


def packed(parts: dict[str, bytes] | Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of these parts, in their order; a name may occur twice."""
    buffer = io.BytesIO()
    pairs = parts.items() if isinstance(parts, dict) else parts
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.filterwarnings("ignore", "Duplicate name")
        for name, content in pairs:
            # A fixed day: the same seed gives the same file.
            archive.writestr(_entry(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))


def xlsx(*, inline: bool = False) -> bytes:
    """A workbook; `inline` puts the text into the sheet, not into a table of strings."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": inline}) as workbook:
        workbook.set_properties({"created": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)})
        sheet = workbook.add_worksheet("Klanten")
        for row, cells in enumerate(ROWS):
            sheet.write_row(row, 0, cells)
    return buffer.getvalue()


def ods() -> bytes:
    """A spreadsheet of OpenDocument."""
    rows = "".join(
        "<table:table-row>" + "".join(map(_ods_cell, row)) + "</table:table-row>" for row in ROWS
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        '<office:spreadsheet><table:table table:name="Klanten">'
        '<table:table-column table:number-columns-repeated="6"/>'
        f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def _ods_cell(cell: str | float) -> str:
    if isinstance(cell, float):
        kind = f'office:value-type="float" office:value="{cell}"'
    else:
        kind = 'office:value-type="string" table:number-columns-repeated="1"'
    return f"<table:table-cell {kind}><text:p>{cell}</text:p></table:table-cell>"


def biff(rows: Iterable[tuple[str | float, ...]]) -> bytes:
    """The stream of a workbook in BIFF8, as Excel 97 and later write it ([MS-XLS])."""
    texts = list(dict.fromkeys(cell for row in rows for cell in row if isinstance(cell, str)))
    strings = struct.pack("<II", len(texts), len(texts)) + b"".join(
        struct.pack("<HB", len(text), 0) + text.encode("latin-1") for text in texts
    )
    name = b"Klanten"

    def globals_with(place_of_sheet: int) -> bytes:
        bound = struct.pack("<IBBBB", place_of_sheet, 0, 0, len(name), 0) + name
        return (
            record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
            + record(0x0042, struct.pack("<H", 1200))
            + record(0x0085, bound)
            + record(0x00FC, strings)
            + record(0x000A)
        )

    cells = [
        _biff_cell(row, column, cell, texts)
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
    ]
    sheet = [
        record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)),
        record(0x0200, struct.pack("<IIHHH", 0, len(ROWS), 0, len(ROWS[0]), 0)),
        *cells,
        record(0x000A),
    ]
    return globals_with(len(globals_with(0))) + b"".join(sheet)


def record(kind: int, payload: bytes = b"") -> bytes:
    """One record of BIFF: its kind, its length, what it says."""
    return struct.pack("<HH", kind, len(payload)) + payload


def _biff_cell(row: int, column: int, cell: str | float, texts: list[str]) -> bytes:
    if isinstance(cell, str):
        return record(0x00FD, struct.pack("<HHHI", row, column, 0, texts.index(cell)))
    return record(0x0203, struct.pack("<HHHd", row, column, 0, cell))


def compound_file(stream: bytes, name: str = "Workbook") -> bytes:
    """A compound file of version 3 with one stream ([MS-CFB])."""
    stream = stream.ljust(_SMALLEST_STREAM, b"\x00")
    stream += b"\x00" * (-len(stream) % _SECTOR)
    count = len(stream) // _SECTOR
    chain = [_FAT_SECTOR, _END, *range(3, count + 2), _END]
    table = struct.pack(f"<{_SECTOR // 4}I", *chain, *[_FREE] * (_SECTOR // 4 - len(chain)))
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"",
        0, 1, 1, 0, _SMALLEST_STREAM, _END, 0, _END, 0, 0,
    )  # fmt: skip
    header = header.ljust(_SECTOR, b"\xff")
    root = _directory_entry("Root Entry", 5, _END, 0, child=1)
    entry = _directory_entry(name, 2, 2, len(stream))
    unused = _directory_entry("", 0, 0, 0)
    return header + table + root + entry + unused * 2 + stream


def _directory_entry(name: str, kind: int, first: int, size: int, child: int = _FREE) -> bytes:
    text = (name + "\x00").encode("utf-16-le") if name else b""
    return struct.pack(
        "<64sHBBIII16sIQQIQ",
        text, len(text), kind, 1, _FREE, _FREE, child, b"", 0, 0, 0, first, size,
    )  # fmt: skip


def _text(delimiter: str, quote: str = "") -> str:
    rows = [delimiter.join(f"{quote}{cell}{quote}" for cell in row) for row in ROWS]
    return "\r\n".join(rows) + "\r\n"


def _page() -> str:
    rows = "".join(
        "<tr>" + "".join(f'<td colspan="1">{cell}</td>' for cell in row) + "</tr>" for row in ROWS
    )
    return f"<html><body><h1>Lijst</h1><table>{rows}</table></body></html>"


def _excel_2003() -> str:
    rows = "".join(
        f'<Row ss:Index="{number}">'
        + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row)
        + "</Row>"
        for number, row in enumerate(ROWS, start=1)
    )
    return (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="Klanten"><Table>{rows}</Table></Worksheet></Workbook>'
    )


def _encrypted(content: bytes) -> bytes:
    """Encrypted with the password that Excel itself knows, so that what is inside is read too."""
    buffer = io.BytesIO()
    encrypt: Callable[[str, io.BytesIO], None] = msoffcrypto.format.ooxml.OOXMLFile(
        io.BytesIO(content)
    ).encrypt
    encrypt("VelvetSweatshop", buffer)
    return buffer.getvalue()
