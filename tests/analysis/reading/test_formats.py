"""Workbooks of other programs and of long ago, made by hand byte by byte."""

import gzip
import io
import struct
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from analysis.reading import read_sheet, read_sheets

Rows = list[list[Any]]
HEADER = ["Klantnr", "Naam", "Omzet"]
CLIENTS: Rows = [[f"K{number}", f"Zoë {chr(65 + number)}", number + 0.25] for number in range(6)]
READ = [[row[0], row[1], f"{row[2]}"] for row in CLIENTS]


def archive(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return buffer.getvalue()


def with_macros(workbook: bytes) -> bytes:
    """The workbook as Excel saves it with macros: another content type, and a binary part."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    plain = b"openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    types = parts["[Content_Types].xml"]
    assert plain in types
    parts["[Content_Types].xml"] = types.replace(plain, b"ms-excel.sheet.macroEnabled.main+xml")
    return archive({**parts, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macros"})


def test_workbook_with_macros(xlsx: Callable[..., bytes]) -> None:
    content = with_macros(xlsx(Klanten=[HEADER, *CLIENTS]))
    sheet = read_sheet(content, "klanten.xlsm")
    assert sheet.source.format == "xlsx"
    assert sheet.header == tuple(HEADER)
    assert sheet.cells.to_numpy().tolist() == READ


_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"))
)


def ods(rows: str, *, name: str = "Klanten") -> bytes:
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMESPACES}'
        f' office:version="1.2"><office:body><office:spreadsheet><table:table table:name="{name}">'
        f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        b"<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'/>"
    )
    parts = {"content.xml": content.encode(), "META-INF/manifest.xml": manifest}
    return archive({"mimetype": mimetype, **parts})


def ods_row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def ods_text(text: str) -> str:
    cell = '<table:table-cell office:value-type="string">'
    return f"{cell}<text:p>{text}</text:p></table:table-cell>"


def ods_value(kind: str, attribute: str, value: object) -> str:
    return f'<table:table-cell office:value-type="{kind}" office:{attribute}="{value}"/>'


def test_ods() -> None:
    rows = [ods_row(*map(ods_text, ["Klantnr", "Naam", "Omzet", "Geboren", "Ondernemer", "Deel"]))]
    for key, name, revenue in CLIENTS:
        rows.append(
            ods_row(
                ods_text(key),
                ods_text(name),
                ods_value("currency", "value", revenue),
                ods_value("date", "date-value", "1970-05-01"),
                ods_value("boolean", "boolean-value", "true"),
                ods_value("percentage", "value", 0.5),
            )
        )
    sheet = read_sheet(ods("".join(rows)), "klanten.ods")
    assert sheet.source.format == "ods"
    assert sheet.source.sheet == "Klanten"
    assert sheet.header == ("Klantnr", "Naam", "Omzet", "Geboren", "Ondernemer", "Deel")
    assert sheet.cells.to_numpy().tolist() == [[*row, "1970-05-01", "TRUE", "0.5"] for row in READ]


def test_ods_with_repeated_cells_and_a_sheet_of_a_million_blank_rows() -> None:
    header = ods_row(*map(ods_text, HEADER))
    same = ods_row(*map(ods_text, ["K1", "Aa", "10"])).replace(
        "<table:table-row>", '<table:table-row table:number-rows-repeated="3">'
    )
    twice = ods_text("10").replace(
        "<table:table-cell ", '<table:table-cell table:number-columns-repeated="2" '
    )
    blank = '<table:table-cell table:number-columns-repeated="16000"/>'
    end = f'<table:table-row table:number-rows-repeated="1048000">{blank}</table:table-row>'
    sheet = read_sheet(ods(header + same + ods_row(ods_text("K2"), twice) + end), "klanten.ods")
    assert sheet.cells.to_numpy().tolist() == [["K1", "Aa", "10"]] * 3 + [["K2", "10", "10"]]


def record(kind: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack("<HH", kind, len(body)) + body


def excel_2(rows: Rows) -> bytes:
    """A workbook of Excel 2: one sheet, no file system around it, texts in cp1252."""
    attributes = b"\x00\x00\x00"
    records = [record(0x0009, struct.pack("<HH", 2, 0x10)), record(0x0042, struct.pack("<H", 1252))]
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            place = struct.pack("<HH", row, column) + attributes
            if isinstance(cell, str):
                text = cell.encode("cp1252")
                records.append(record(0x0004, place, bytes([len(text)]), text))
            else:
                records.append(record(0x0003, place, struct.pack("<d", cell)))
    return b"".join([*records, record(0x000A)])


def excel_97(rows: Rows) -> bytes:
    """A workbook of Excel 97 to 2003 within a compound file."""
    cells = []
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(value, str):
                text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
                cells.append(record(0x0204, place, text))
            else:
                cells.append(record(0x0203, place, struct.pack("<d", value)))
    name = "Klanten"
    begin = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 6)
    sheet = struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 6)
    code_page = record(0x0042, struct.pack("<H", 1200))
    format_of_cells = record(0x00E0, b"\x00" * 20)
    label = struct.pack("<BBBB", 0, 0, len(name), 0) + name.encode("ascii")
    top = [record(0x0809, begin), code_page, format_of_cells]
    offset = sum(map(len, top)) + len(record(0x0085, b"\x00" * 4, label)) + len(record(0x000A))
    top += [record(0x0085, struct.pack("<I", offset), label), record(0x000A)]
    return compound(b"".join([*top, record(0x0809, sheet), *cells, record(0x000A)]))


def compound(stream: bytes) -> bytes:
    """A compound file with one stream, too long for the part where small ones stand."""
    stream = stream.ljust(4096, b"\x00")
    stream += b"\x00" * (-len(stream) % 512)
    sectors = len(stream) // 512
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    chain = [table, end, *range(3, sectors + 2), end]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\x00" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = (name + "\x00").encode("utf-16-le")
        made = text.ljust(64, b"\x00") + struct.pack("<HBB", len(text), kind, 1)
        made += struct.pack("<III", free, free, child) + b"\x00" * 36
        return made + struct.pack("<IQ", start, size)

    directory = entry("Root Entry", 5, 1, end, 0) + entry("Workbook", 2, free, 2, len(stream))
    allocation = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))
    return header + allocation + directory.ljust(512, b"\x00") + stream


@pytest.mark.parametrize("make", [excel_2, excel_97])
def test_old_workbooks(make: Callable[[Rows], bytes]) -> None:
    sheet = read_sheet(make([HEADER, *CLIENTS]), "klanten.xls")
    assert sheet.source.format == "xls"
    assert sheet.header == tuple(HEADER)
    assert sheet.cells.to_numpy().tolist() == READ


def test_the_name_of_a_sheet_of_excel_97() -> None:
    assert read_sheet(excel_97([HEADER, *CLIENTS]), "klanten.xls").source.sheet == "Klanten"


@pytest.mark.parametrize("make", [excel_2, excel_97])
def test_an_archive_with_one_workbook(make: Callable[[Rows], bytes]) -> None:
    content = make([HEADER, *CLIENTS])
    for packed in (archive({"2025/klanten.xls": content}), gzip.compress(content)):
        (sheet,) = read_sheets(packed, "klanten")
        assert sheet.cells.to_numpy().tolist() == READ
        assert sheet.source.format == "xls"


@pytest.mark.parametrize("pack", [gzip.compress, lambda content: archive({"k.xlsm": content})])
def test_a_packed_workbook_with_macros(
    xlsx: Callable[..., bytes], pack: Callable[[bytes], bytes]
) -> None:
    (sheet,) = read_sheets(pack(with_macros(xlsx(Klanten=[HEADER, *CLIENTS]))), "klanten.zip")
    assert sheet.cells.to_numpy().tolist() == READ


def test_a_packed_ods() -> None:
    rows = [ods_row(*map(ods_text, row)) for row in [HEADER, *READ]]
    (sheet,) = read_sheets(archive({"klanten.ods": ods("".join(rows))}), "klanten.zip")
    assert sheet.source.sheet == "klanten.ods - Klanten"
    assert sheet.cells.to_numpy().tolist() == READ
