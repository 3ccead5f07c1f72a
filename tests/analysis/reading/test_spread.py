"""A workbook that claims an enormous room is refused before a reader makes it."""

import io
import re
import struct
import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from analysis.errors import UnreadableFile
from analysis.reading import read_sheet, read_sheets
from benchmarks.hostile_samples import ROWS, biff, compound_file, ods, packed, record

Rows = list[list[Any]]


def with_reference(content: bytes, old: bytes, new: bytes) -> bytes:
    """The workbook with one reference of its first sheet changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert old in parts[sheet]
    return packed(parts | {sheet: parts[sheet].replace(old, new)})


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        (b'r="XFD1048576"', "16384 columns"),
        (b'r="ZZZZ2"', "475254 columns"),
        (b'r="ZZZZZZZ2"', "8353082582 columns"),
        (b'r="AZ1048576"', "54525952 cells"),
        (b'r="C999999999"', "4999999995 cells"),
    ],
)
def test_a_far_cell_is_no_reason_to_make_room(
    xlsx: Callable[..., bytes], clients: Rows, reference: bytes, found: str
) -> None:
    content = with_reference(xlsx(Klanten=clients), b'r="D5"', reference)
    begin = time.process_time()
    with pytest.raises(UnreadableFile) as refusal:
        read_sheets(content, "klanten.xlsx")
    assert (refusal.value.reason, refusal.value.found) == ("too_large", found)
    assert time.process_time() - begin < 5


def with_content(change: Callable[[bytes], bytes]) -> bytes:
    """An OpenDocument spreadsheet with its table changed."""
    with zipfile.ZipFile(io.BytesIO(ods())) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    return packed(parts | {"content.xml": change(parts["content.xml"])})


def xls_that_claims(size: bytes) -> bytes:
    honest = record(0x0200, struct.pack("<IIHHH", 0, len(ROWS), 0, len(ROWS[0]), 0))
    return compound_file(biff(ROWS).replace(honest, record(0x0200, size)))


@pytest.mark.parametrize(
    "claim",
    [
        struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0),
        struct.pack("<IIHHH", 0, 7, 0, 0xFFFF, 0),
        struct.pack("<IIHHH", 9, 7, 0, 6, 0),
        struct.pack("<IIHHH", 0, 7, 8, 6, 0),
    ],
    ids=["rows and columns", "columns", "rows that end before they begin", "columns that do"],
)
def test_an_xls_that_claims_too_much_is_read_all_the_same(claim: bytes) -> None:
    sheet = read_sheet(xls_that_claims(claim), "klanten.xls")
    assert sheet.header == ROWS[0]
    assert sheet.cells.iloc[0].tolist()[:4] == ["K100", "Zonneschijn 0", "111222333", "900.5"]


def test_a_claim_in_the_form_of_excel_5_ends_no_process() -> None:
    with pytest.raises(UnreadableFile, match="damaged"):
        read_sheets(xls_that_claims(struct.pack("<HHHHH", 0, 0xFFFF, 0, 0xFFFF, 0)), "klanten.xls")


def test_a_far_cell_of_an_xls_ends_no_process() -> None:
    far = record(0x0203, struct.pack("<HHHd", 65_535, 65_535, 0, 1.0))
    end = record(0x000A)
    stream = biff(ROWS).removesuffix(end) + far + end
    with pytest.raises(UnreadableFile):
        read_sheets(compound_file(stream), "klanten.xls")


def test_a_stream_with_a_garbled_size_is_read_all_the_same() -> None:
    content = bytearray(compound_file(biff(ROWS)))
    # The high half of the size in the second entry of the directory, which version 3 leaves open.
    place = 512 + 512 + 128 + 124
    content[place : place + 4] = b"\xff\xff\x0a\x00"
    assert read_sheet(bytes(content), "klanten.xls").header == ROWS[0]


def test_a_table_of_texts_that_claims_too_many_is_read_all_the_same(
    xlsx: Callable[..., bytes], clients: Rows
) -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx(Klanten=clients))) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    name = "xl/sharedStrings.xml"
    claim = re.sub(rb'uniqueCount="\d+"', b'uniqueCount="4294967295"', parts[name])
    assert claim != parts[name]
    assert len(read_sheet(packed(parts | {name: claim}), "klanten.xlsx").cells) == 20


@pytest.mark.parametrize("cut", [b"</table:table>", b"</office:spreadsheet>", b"</text:p>"])
def test_a_table_that_does_not_end_is_not_waited_for(cut: bytes) -> None:
    begin = time.process_time()
    with pytest.raises(UnreadableFile, match="damaged"):
        read_sheets(with_content(lambda content: content.replace(cut, b"")), "klanten.ods")
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    "doctype",
    [b'<!DOCTYPE x [<!ENTITY a "b">]>', b'<!DOCTYPE x SYSTEM "file:///etc/hostname">'],
)
def test_entities_of_opendocument_are_refused(doctype: bytes) -> None:
    content = with_content(lambda content: content.replace(b"?>", b"?>" + doctype, 1))
    with pytest.raises(UnreadableFile, match="hostile"):
        read_sheets(content, "klanten.ods")


def test_a_row_with_thousands_of_cells_too_many_costs_no_time() -> None:
    text = "Klantnr;Naam;Omzet\n" + "".join(f"{n};Naam {n};{n}00\n" for n in range(9))
    begin = time.process_time()
    sheet = read_sheet((text + "9;Naam 9;900;" + "x;" * 3000).encode(), "klanten.csv")
    assert time.process_time() - begin < 5
    assert sheet.cells.shape == (10, 3)
    assert sheet.cells.iloc[9].tolist() == ["9", "Naam 9", "900"]
