"""Text files: encodings, delimiters, quotes."""

import codecs
import gzip
import io
import zipfile

import pytest

from analysis.reading import read_sheet

HEADER = ["Klantnummer", "Naam", "Plaats", "Omzet"]
ROWS = [
    ["K1", "André Müller", "Zürich", "1.234,50"],
    ["K2", "Zoë d'Hont; zoon", "’s-Hertogenbosch", "98,00"],
    ["K3", 'Bakker "De Krent"', "Oisterwijk", "12,75"],
    ["K4", "Ibáñez, Iñigo", "Eén", "7,10"],
]


def write(delimiter: str, *, end: str = "\r\n") -> str:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if set(text) & set(delimiter + '"') else text

    return "".join(delimiter.join(map(cell, row)) + end for row in [HEADER, *ROWS])


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_delimiters_and_line_ends(delimiter: str, end: str) -> None:
    sheet = read_sheet(write(delimiter, end=end).encode(), "klanten.csv")
    assert sheet.header == tuple(HEADER)
    assert sheet.cells.to_numpy().tolist() == ROWS
    assert sheet.source.delimiter == delimiter
    assert sheet.source.format == "csv"


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp1252", "cp1252"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("mac_roman", "mac_roman"),
    ],
)
def test_encodings(encoding: str, told: str) -> None:
    sheet = read_sheet(write(";").encode(encoding), "klanten.csv")
    assert sheet.cells.to_numpy().tolist() == ROWS
    assert sheet.source.encoding == told


WIDE = [f"utf-{width}-{order}" for width in (16, 32) for order in ("le", "be")]
MARKS = {
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize("encoding", WIDE)
def test_wide_encodings(encoding: str, marked: bool, end: str) -> None:
    mark = MARKS[encoding] if marked else b""
    sheet = read_sheet(mark + write("\t", end=end).encode(encoding), "klanten.txt")
    assert sheet.header == tuple(HEADER)
    assert sheet.cells.to_numpy().tolist() == ROWS
    assert sheet.source.encoding == (encoding[:6] if marked else encoding)


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850", "cp1252"])
@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_encodings_of_one_byte(encoding: str, end: str) -> None:
    text = write(";", end=end).replace("’", "'")
    sheet = read_sheet(text.encode(encoding), "klanten.csv")
    assert sheet.cells.to_numpy().tolist() == [
        [cell.replace("’", "'") for cell in row] for row in ROWS
    ]
    assert sheet.source.encoding == encoding


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman", "utf-16", "utf-8-sig"])
def test_packed_text(encoding: str) -> None:
    content = write(";").replace("’", "'").encode(encoding)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("map/klanten.csv", content)
    for packed in (buffer.getvalue(), gzip.compress(content)):
        sheet = read_sheet(packed, "klanten")
        assert sheet.cells.iloc[0].tolist() == ROWS[0]
        assert sheet.source.encoding == encoding


def test_cp850() -> None:
    text = write(";").replace("’", "'")
    sheet = read_sheet(text.encode("cp850"), "klanten.txt")
    assert sheet.cells.iloc[0, 1] == "André Müller"
    assert sheet.source.encoding == "cp850"


def test_euro_sign_of_windows() -> None:
    sheet = read_sheet("Naam;Bedrag\nA;€ 5\nB;€ 6\nC;€ 7\n".encode("cp1252"), "k.csv")
    assert sheet.cells.iloc[:, 1].tolist() == ["€ 5", "€ 6", "€ 7"]


def test_sep_line_of_excel() -> None:
    sheet = read_sheet(("sep=;\r\n" + write(";")).encode(), "klanten.csv")
    assert sheet.header == tuple(HEADER)
    assert sheet.source.header_row == 2


@pytest.mark.parametrize("line", ["sep=,", "SEP=,", '"sep=,"', "sep=,,,,"])
@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_sep_line_decides(line: str, end: str) -> None:
    rows = ["Klantnr,Naam,Omschrijving", "1,Bos,a;b;c", "2,Vos,d;e;f", "3,Kok,g;h;i"]
    sheet = read_sheet(end.join([line, *rows, ""]).encode(), "k.csv")
    assert sheet.header == ("Klantnr", "Naam", "Omschrijving")
    assert sheet.cells.iloc[0].tolist() == ["1", "Bos", "a;b;c"]
    assert sheet.row_numbers.tolist() == [3, 4, 5]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_sep_line_with_a_tab(encoding: str) -> None:
    content = ("sep=\t\r\n" + write("\t")).replace("’", "'").encode(encoding)
    assert read_sheet(content, "k.csv").header == tuple(HEADER)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("header_too", [True, False])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_a_whole_row_quoted_into_one_cell(delimiter: str, header_too: bool, encoding: str) -> None:
    lines = write(delimiter).rstrip().split("\r\n")
    quoted = ['"' + line.replace('"', '""') + '"' for line in lines]
    if not header_too:
        quoted[0] = lines[0]
    sheet = read_sheet("\r\n".join(quoted).encode(encoding), "k.csv")
    assert sheet.header == tuple(HEADER)
    assert sheet.cells.to_numpy().tolist() == ROWS


def test_line_break_within_a_cell() -> None:
    content = b'Naam;Notitie\nA;"een\ntwee"\nB;drie\nC;vier\n'
    sheet = read_sheet(content, "k.csv")
    assert sheet.cells.iloc[0, 1] == "een\ntwee"
    assert len(sheet.cells) == 3


def test_title_above_and_total_below() -> None:
    content = (
        "Omzet per klant 2025;;\n;;\nKlantnr;Naam;Omzet\n1001;Aa;10,50\n1002;Bb;20,25\n"
        "1003;Cc;30,00\nTotaal;;60,75\n"
    )
    sheet = read_sheet(content.encode(), "k.csv")
    assert sheet.header == ("Klantnr", "Naam", "Omzet")
    assert len(sheet.cells) == 3
    assert [(skipped.row, skipped.why) for skipped in sheet.source.skipped] == [(7, "total")]


def test_no_header() -> None:
    content = (
        b"1001;Jansen;12,50;01-02-2024\n1002;Pieters;13,50;02-02-2024\n1003;Bos;1,5;03-02-2024\n"
    )
    sheet = read_sheet(content, "k.csv")
    assert sheet.source.header_row is None
    assert sheet.header == ("", "", "", "")
    assert len(sheet.cells) == 3
