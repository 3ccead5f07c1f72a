"""Archives, passwords, and pages that pass for workbooks."""

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msoffcrypto.format.ooxml
import pytest

from analysis.errors import PasswordRequired, UnreadableFile
from analysis.reading import read_sheet, read_sheets

Rows = list[list[Any]]
LOCKED_ODS = Path(__file__).with_name("files").joinpath("locked.ods").read_bytes()
TEXT = b"Klantnr;Naam;Omzet\n1;Aa;10\n2;Bb;20\n3;Cc;30\n"


def archive(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return buffer.getvalue()


def locked(content: bytes, password: str) -> bytes:
    buffer = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(content)).encrypt(password, buffer)
    return buffer.getvalue()


def test_zip_with_one_table() -> None:
    content = archive({"export/klanten.csv": TEXT, "__MACOSX/._klanten.csv": b"\x00\x05"})
    sheet = read_sheet(content, "export.zip")
    assert sheet.header == ("Klantnr", "Naam", "Omzet")
    assert sheet.source.sheet == "klanten.csv"
    assert sheet.source.format == "csv"


def test_zip_takes_the_list_of_clients(xlsx: Callable[..., bytes], clients: Rows) -> None:
    letter = archive({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<x/>"})
    other = b"Code;Uitleg\n" + b"a;b\n" * 400
    content = archive({"brief.docx": letter, "codes.csv": other, "k.xlsx": xlsx(Blad=clients)})
    assert read_sheet(content, "alles.zip").source.sheet == "k.xlsx - Blad"
    assert len(read_sheets(content, "alles.zip")) == 2


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({}, "empty"),
        ({"foto.png": b"\x89PNG\r\n\x1a\n0"}, "unsupported"),
        ({"binnen.zip": archive({"klanten.csv": TEXT})}, "unsupported"),
        ({f"{number}.csv": TEXT for number in range(60)}, "too_large"),
    ],
    ids=["nothing", "a picture", "a zip", "too many"],
)
def test_zip_without_a_table(parts: dict[str, bytes], reason: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_sheets(archive(parts), "export.zip")
    assert refusal.value.reason == reason


def test_names_in_an_archive_are_no_paths() -> None:
    sheet = read_sheet(archive({"../../etc/klanten.csv": TEXT}), "export.zip")
    assert sheet.source.sheet == "klanten.csv"


def test_gzip() -> None:
    assert len(read_sheet(gzip.compress(TEXT), "klanten.csv.gz").cells) == 3


@pytest.mark.parametrize(
    "content",
    [gzip.compress(TEXT)[:-12], b"\x1f\x8b nothing of the kind"],
    ids=["cut off", "no gzip"],
)
def test_damaged_gzip(content: bytes) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_sheets(content, "klanten.csv.gz")
    assert refusal.value.reason == "damaged"


def test_password(xlsx: Callable[..., bytes], clients: Rows) -> None:
    content = locked(xlsx(Klanten=clients), "gehéim 1")
    assert read_sheet(content, "klanten.xlsx", password="gehéim 1").cells.shape == (20, 5)
    for password, reason in ((None, "password_needed"), ("fout", "password_wrong")):
        with pytest.raises(PasswordRequired) as refusal:
            read_sheets(content, "klanten.xlsx", password=password)
        assert refusal.value.reason == reason
        assert "fout" not in repr(refusal.value)


def test_password_that_excel_itself_uses(xlsx: Callable[..., bytes], clients: Rows) -> None:
    content = locked(xlsx(Klanten=clients), "VelvetSweatshop")
    assert read_sheet(content, "klanten.xlsx").cells.shape == (20, 5)


def test_password_of_a_table_that_libreoffice_saved() -> None:
    sheet = read_sheet(LOCKED_ODS, "klanten.ods", password="gehéim 1")
    assert sheet.header == ("Klantnr", "Naam", "Omzet")
    assert sheet.cells.iloc[19].tolist() == ["K20", "Naam 20", "740,50"]
    for password, reason in ((None, "password_needed"), ("fout", "password_wrong")):
        with pytest.raises(PasswordRequired) as refusal:
            read_sheets(LOCKED_ODS, "klanten.ods", password=password)
        assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"#aes256-cbc", b"#aes256-gcm", "unsupported"),
        (b'iteration-count="100000"', b'iteration-count="999999999"', "unsupported"),
        (b'salt="', b'salt="!', "damaged"),
        (b"</manifest:manifest>", b"", "damaged"),
        (b"<manifest:manifest", b'<!DOCTYPE m [<!ENTITY e "e">]><manifest:manifest', "hostile"),
    ],
)
def test_a_lock_that_is_damaged_or_of_another_kind(old: bytes, new: bytes, reason: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(LOCKED_ODS)) as whole, zipfile.ZipFile(buffer, "w") as made:
        for part in whole.infolist():
            content = whole.read(part)
            if part.filename == "META-INF/manifest.xml":
                assert old in content
                content = content.replace(old, new)
            made.writestr(part, content)
    with pytest.raises(UnreadableFile) as refusal:
        read_sheets(buffer.getvalue(), "klanten.ods", password="gehéim 1")
    assert refusal.value.reason == reason


def test_a_needless_password_does_no_harm() -> None:
    assert len(read_sheet(TEXT, "klanten.csv", password="x").cells) == 3


PAGE = """<html><head><style>td {color: red}</style></head><body><h1>Lijst</h1>
<table><tr><th>Klantnr<th>Naam</th><th>Omzet</th></tr>
<tr><td>1</td><td>A &amp; B</td><td>10,00</td></tr>
<tr><td>2</td><td>C<br>D</td><td>20,00</td></tr>
<tr><td>3</td><td colspan="2">E</td></tr></table></body></html>"""


def test_page_under_the_name_of_a_workbook() -> None:
    sheet = read_sheet(PAGE.encode(), "klanten.xls")
    assert sheet.header == ("Klantnr", "Naam", "Omzet")
    assert sheet.cells.to_numpy().tolist() == [
        ["1", "A & B", "10,00"],
        ["2", "C D", "20,00"],
        ["3", "E", ""],
    ]
    assert sheet.source.format == "html"


def test_page_without_a_table() -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_sheets(b"<!DOCTYPE html><html><body>Log in</body></html>", "klanten.xls")
    assert refusal.value.reason == "no_table"


EXCEL_2003 = """<?xml version="1.0"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="Klanten"><Table>
<Row><Cell><Data ss:Type="String">Klantnr</Data></Cell><Cell><Data>Naam</Data></Cell>
<Cell><Data>Omzet</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data>1</Data></Cell><Cell ss:Index="3"><Data>10</Data></Cell></Row>
<Row><Cell><Data>2</Data></Cell><Cell><Data>Bb</Data></Cell><Cell><Data>20</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


def test_xml_of_excel_2003() -> None:
    sheet = read_sheet(EXCEL_2003.encode(), "klanten.xls")
    assert sheet.source.sheet == "Klanten"
    assert sheet.cells.to_numpy().tolist() == [["1", "", "10"], ["2", "Bb", "20"]]
    assert sheet.row_numbers.tolist() == [3, 4]
