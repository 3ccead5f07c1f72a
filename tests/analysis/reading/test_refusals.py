"""What cannot be read is refused with one reason, never with another error."""

import gzip
import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import PasswordRequired, UnreadableFile
from analysis.reading import read_sheets


def archive(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "reason", "found"),
    [
        (b"", "empty", ""),
        (b" \r\n\r\n\t", "empty", ""),
        (b"\xef\xbb\xbf", "empty", ""),
        (b"%PDF-1.7\n%\xe2\xe3", "unsupported", "pdf"),
        (b"\x89PNG\r\n\x1a\n0000", "unsupported", "image"),
        (b"\xff\xd8\xff\xe0JFIF", "unsupported", "image"),
        (b"\x00\x00\x00\x18ftypheic", "unsupported", "image"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "unsupported", "image"),
        (b"{\\rtf1 hallo}", "unsupported", "rtf"),
        (b"SQLite format 3\x00", "unsupported", "database"),
        (bytes(range(256)) * 20, "unknown_format", ""),
        (b"PK\x03\x04 no more than a beginning", "damaged", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "damaged", "xls"),
    ],
)
def test_reasons(content: bytes, reason: str, found: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_sheets(content, "bestand")
    assert refusal.value.reason == reason
    assert refusal.value.found == found
    assert not isinstance(refusal.value, PasswordRequired)


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<x/>"}, "docx"),
        ({"ppt/presentation.xml": b"<p/>", "[Content_Types].xml": b"<x/>"}, "pptx"),
        ({"Index/Document.iwa": b"\x00", "Index/Metadata.iwa": b"\x00"}, "numbers"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text"}, "opendocument"),
    ],
)
def test_other_office_files_are_named(parts: dict[str, bytes], found: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_sheets(archive(**parts), "bestand.xlsx")
    assert (refusal.value.reason, refusal.value.found) == ("unsupported", found)


def test_zip_bomb() -> None:
    bomb = archive(**{"xl/workbook.xml": b"<x/>", "xl/sheet.xml": b"0" * (80 * 2**20)})
    with pytest.raises(UnreadableFile) as refusal:
        read_sheets(bomb, "klanten.xlsx")
    assert refusal.value.reason in ("hostile", "too_large")


def test_workbook_without_a_table(xlsx: Callable[..., bytes]) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_sheets(xlsx(Leeg=[]), "leeg.xlsx")
    assert refusal.value.reason == "empty"


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9, 0.99])
def test_damaged_workbook(
    xlsx: Callable[..., bytes], clients: list[list[object]], cut: float
) -> None:
    whole = xlsx(Klanten=clients)
    with pytest.raises(UnreadableFile) as refusal:
        read_sheets(whole[: int(len(whole) * cut)], "klanten.xlsx")
    assert refusal.value.reason == "damaged"


def test_reason_holds_no_content(xlsx: Callable[..., bytes]) -> None:
    content = b"Jansen;geheim\x00" * 3 + bytes(range(1, 9)) * 40
    with pytest.raises(UnreadableFile) as refusal:
        read_sheets(content, "Jansen.csv")
    assert "Jansen" not in str(refusal.value)
    assert "geheim" not in repr(refusal.value)


@given(st.binary(max_size=400))
def test_any_bytes_give_a_table_or_a_reason(content: bytes) -> None:
    try:
        sheets = read_sheets(content, "bestand")
    except UnreadableFile:
        return
    assert all(len(sheet.header) == sheet.cells.shape[1] for sheet in sheets)


@given(st.text(max_size=400), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_any_text_gives_a_table_or_a_reason(text: str, encoding: str) -> None:
    content = text.encode(encoding, errors="ignore")
    for each in (content, gzip.compress(content)):
        try:
            sheets = read_sheets(each, "bestand")
        except UnreadableFile:
            continue
        assert all(len(sheet.row_numbers) == len(sheet.cells) for sheet in sheets)
