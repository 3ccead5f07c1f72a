"""Damaged lines: stray quotes, delimiters too many and too few, other delimiters."""

import pytest

from analysis.reading import read_sheet
from analysis.reading.splitting import Dialect, split_damaged, split_plain

HEADER = "Datum,Tijd,Aantal,Artikel,Prijs,Soort,Omschrijving,Pagina"
LINES = [
    '28/01/2018,00:00,2,MG-8769,$74.69,Wandelschoen,"Licht, en snel.",https://a.example/MG',
    '29/01/2018,00:15,0,RI-3895,$29.81,Jas,"Houdt warm, ook nat.",https://a.example/RI',
    '30/01/2018,00:30,1,RI-8070,$80.08,Schoen,"Voor ""warme"" dagen.",https://a.example/RJ',
    '31/01/2018,00:45,1,RI-9546,$25.55,Hengel,"Vangt, dus ook vis.",https://a.example/RK',
    '13/02/2018,01:00,9,CC-9259,$48.00,Kussen,"Voor bed, stoel, bank.",https://a.example/CC',
]
ROW = ["30/01/2018", "00:30", "1", "RI-8070", "$80.08", "Schoen", 'Voor "warme" dagen.']
ROW = [*ROW, "https://a.example/RJ"]


def rows(damaged: str, *, at: int = 2) -> list[list[str]]:
    lines = [*LINES[:at], damaged, *LINES[at + 1 :]]
    sheet = read_sheet("\n".join([HEADER, *lines]).encode(), "k.csv")
    assert sheet.header == tuple(HEADER.split(","))
    assert len(sheet.cells) == len(LINES)
    found: list[list[str]] = sheet.cells.to_numpy().tolist()
    return found


def test_in_order() -> None:
    assert rows(LINES[2])[2] == ROW


@pytest.mark.parametrize("place", range(8))
def test_a_delimiter_too_many(place: int) -> None:
    cells = LINES[2].split(",")
    cells.insert(place, "")
    assert rows(",".join(cells))[2] == ROW


@pytest.mark.parametrize("place", [1, 2, 3, 4, 5, 6, 7])
def test_a_delimiter_too_few(place: int) -> None:
    cells = LINES[2].split(",")
    glued = [*cells[: place - 1], cells[place - 1] + cells[place], *cells[place + 1 :]]
    assert rows(",".join(glued))[2] == ROW


@pytest.mark.parametrize("place", range(6))
def test_a_stray_quote_stays_part_of_the_cell(place: int) -> None:
    cells = LINES[2].split(",")
    cells[place] = '"' + cells[place]
    found = rows(",".join(cells))[2]
    assert found == [*ROW[:place], '"' + ROW[place], *ROW[place + 1 :]]


def test_one_line_with_another_delimiter() -> None:
    line = '30/01/2018;00:30;1;RI-8070;$80.08;Schoen;"Voor ""warme"" dagen.";https://a.example/RJ'
    assert rows(line)[2] == ROW


def test_an_unquoted_delimiter_within_a_cell() -> None:
    lines = ["Nr,Naam,Adres,Omzet", "1,Bos,Dorp 1,10", "2,Vos,Rua do Pa, 67,20", "3,Kok,Weg 3,30"]
    text = "\n".join([*lines, "4,Smit,Pad 4,40"])
    sheet = read_sheet(text.encode(), "k.csv")
    assert sheet.cells.iloc[1].tolist() == ["2", "Vos", "Rua do Pa, 67", "20"]


def test_every_line_quoted_as_a_whole() -> None:
    lines = ['"' + line.replace('"', '""') + '"' for line in [HEADER, *LINES]]
    sheet = read_sheet("\n".join(lines).encode(), "k.csv")
    assert sheet.cells.iloc[2].tolist() == ROW


def test_a_blank_after_every_delimiter() -> None:
    sheet = read_sheet(b"Nr, Naam, Omzet\n1, Bos, 10\n2, Vos, 20\n3, Kok, 30\n", "k.csv")
    assert sheet.header == ("Nr", "Naam", "Omzet")
    assert sheet.cells.iloc[0].tolist() == ["1", "Bos", "10"]


@pytest.mark.parametrize("escape", ["\\", "\x00"])
def test_escaped_quotes(escape: str) -> None:
    text = "\n".join([HEADER, *LINES]).replace('""', escape + '"')
    assert read_sheet(text.encode(), "k.csv").cells.iloc[2].tolist() == ROW


def test_single_quotes() -> None:
    lines = [line.replace('""', '"').replace('"L', "'L") for line in LINES]
    lines = [line.replace('"', "'") for line in LINES if "warme" not in line]
    sheet = read_sheet("\n".join([HEADER, *lines]).encode(), "k.csv")
    assert sheet.cells.iloc[0, 6] == "Licht, en snel."


def test_second_table_is_left_out() -> None:
    other = HEADER.rpartition(",")[0]
    more = [line.rpartition(",")[0] for line in LINES]
    sheet = read_sheet("\n".join([HEADER, *LINES, other, *more]).encode(), "k.csv")
    assert len(sheet.cells) == len(LINES)


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('a,"b,c",d', ["a", "b,c", "d"]),
        ('a,"b ""c""",d', ["a", 'b "c"', "d"]),
        ('"a","b","c"', ["a", "b", "c"]),
        ('a,"",c', ["a", "", "c"]),
        ('a,"b', None),
        ('a,"b"c,d', None),
    ],
)
def test_split_plain(line: str, cells: list[str] | None) -> None:
    assert split_plain(line, Dialect(",")) == cells


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('"a,b,c', ['"a', "b", "c"]),
        ('a,b",c', ["a", 'b"', "c"]),
        ('""a,"b",c', ['""a', "b", "c"]),
        ('a"b, c",d', ["a", "b, c", "d"]),
        ('"a""b",c', ["a", "b", "c"]),
    ],
)
def test_split_damaged(line: str, cells: list[str]) -> None:
    assert split_damaged(line, Dialect(","), 3) == cells
