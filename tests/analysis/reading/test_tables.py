"""Where tables stand in a sheet: headers of several rows, tables beside and below each other."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.reading import Sheet, read_sheet, read_sheets

Rows = list[list[Any]]
PEOPLE: Rows = [[f"K{number}", f"Naam {chr(65 + number)}", number * 10.5] for number in range(1, 9)]
HEADER: Rows = [["Klantnr", "Naam", "Omzet"]]


@pytest.fixture
def read(xlsx: Callable[..., bytes]) -> Callable[[Rows], list[Sheet]]:
    return lambda rows: read_sheets(xlsx(Blad=rows), "klanten.xlsx")


Reader = Callable[[Rows], list[Sheet]]


def test_table_that_begins_in_the_middle(read: Reader) -> None:
    rows: Rows = [[], [], *[["", "", *row] for row in [*HEADER, *PEOPLE]]]
    (sheet,) = read(rows)
    assert sheet.header == ("Klantnr", "Naam", "Omzet")
    assert sheet.source.header_row == 3
    assert list(sheet.cells.columns) == [0, 1, 2]


def test_groups_above_the_header(read: Reader) -> None:
    rows: Rows = [
        ["Klant", "", "Omzet", "", "Kosten", ""],
        ["Nr", "Naam", 2024, 2025, 2024, 2025],
        *[[f"K{number}", f"Naam {number}", number, number + 1, 2, 3] for number in range(9)],
    ]
    (sheet,) = read(rows)
    assert sheet.header == (
        "Klant Nr",
        "Naam",
        "Omzet 2024",
        "Omzet 2025",
        "Kosten 2024",
        "Kosten 2025",
    )
    assert len(sheet.cells) == 9


def test_units_below_the_header(read: Reader) -> None:
    rows: Rows = [*HEADER, ["", "", "(in euro)"], *PEOPLE]
    (sheet,) = read(rows)
    assert sheet.header == ("Klantnr", "Naam", "Omzet (in euro)")
    assert sheet.source.header_row == 2
    assert len(sheet.cells) == 8


def test_heading_broken_over_two_rows(read: Reader) -> None:
    rows: Rows = [["Klant-", "Naam", "Omzet"], ["nummer", "", "2025"], *PEOPLE]
    (sheet,) = read(rows)
    assert sheet.header[0] == "Klantnummer"


def test_title_is_no_group(read: Reader) -> None:
    (sheet,) = read([["Klanten met omzet"], *HEADER, *PEOPLE])
    assert sheet.header == ("Klantnr", "Naam", "Omzet")


def test_blank_rows_and_columns_within(read: Reader) -> None:
    rows: Rows = [[row[0], "", *row[1:]] for row in [*HEADER, *PEOPLE[:4]]]
    rows += [[], *[[row[0], "", *row[1:]] for row in PEOPLE[4:]]]
    (sheet,) = read(rows)
    assert sheet.header == ("Klantnr", "Naam", "Omzet")
    assert len(sheet.cells) == 8
    assert sheet.row_numbers.tolist() == [2, 3, 4, 5, 7, 8, 9, 10]


def test_tables_beside_each_other(read: Reader) -> None:
    other: Rows = [["", ""], ["Code", "Uitleg"], ["A", "Goud"], ["B", "Zilver"]]
    left: Rows = [*HEADER, *PEOPLE]
    rows = [
        [*row, "", *(other[place] if place < len(other) else [])] for place, row in enumerate(left)
    ]
    headers = {sheet.header for sheet in read(rows)}
    assert headers == {("Klantnr", "Naam", "Omzet"), ("Code", "Uitleg")}


def test_tables_below_each_other(read: Reader) -> None:
    rows: Rows = [["Inkomsten"], *HEADER, *PEOPLE[:3], [], ["Uitgaven"], *HEADER, *PEOPLE[3:]]
    first, second = read(rows)
    assert [len(first.cells), len(second.cells)] == [3, 5]


def test_header_on_every_page(read: Reader) -> None:
    rows: Rows = [["Pagina 1"], *HEADER, *PEOPLE[:4], [], ["Pagina 2"], *HEADER, *PEOPLE[4:]]
    (sheet,) = read(rows)
    assert len(sheet.cells) >= 8
    assert "K8" in sheet.cells[0].tolist()


def test_subtotals_within(read: Reader) -> None:
    rows: Rows = [
        *HEADER,
        *PEOPLE[:4],
        ["Subtotaal Delft", "", 105],
        *PEOPLE[4:],
        ["Subtotaal Gouda", "", 273],
        ["Eindtotaal", "", 378],
    ]
    (sheet,) = read(rows)
    assert len(sheet.cells) == 8
    assert [skipped.why for skipped in sheet.source.skipped] == ["subtotal", "subtotal", "total"]


def test_total_above_the_records(read: Reader) -> None:
    rows: Rows = [
        ["Klantnr", "Naam", "Omzet", "Kosten"],
        ["-", "-", sum(row[2] for row in PEOPLE), 8 * 3],
        [],
        *[[*row, 3] for row in PEOPLE],
    ]
    (sheet,) = read(rows)
    assert len(sheet.cells) == 8
    assert sheet.source.skipped[0].why == "total"


def test_hidden_sheets_come_last(clients: Rows) -> None:
    import io

    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        workbook.add_worksheet("Eerst").write_row(0, 0, ["a"])
        hidden, shown = workbook.add_worksheet("Verborgen"), workbook.add_worksheet("Klanten")
        for sheet in (hidden, shown):
            for place, row in enumerate([*HEADER, *PEOPLE]):
                sheet.write_row(place, 0, row)
        hidden.hide()
    assert [sheet.source.sheet for sheet in read_sheets(buffer.getvalue(), "k.xlsx")][
        -1
    ] == "Verborgen"
    assert read_sheet(buffer.getvalue(), "k.xlsx").source.sheet == "Klanten"


def test_large_text_file_with_titles_totals_and_blank_lines() -> None:
    lines = ["Omzet per klant", "", "Klantnr;Naam;Plaats;Omzet;Omschrijving"]
    lines += [f"{number};Naam {number};Delft;{number},50;{'x' * 30}" for number in range(60_000)]
    lines.insert(30_000, "")
    lines.insert(40_000, "39997;Naam; met puntkomma;Delft;1,50;xxx")
    lines.append("Totaal;;;1799970000,00")
    content = "\r\n".join(lines).encode("cp1252")
    assert len(content) > 2**21
    sheet = read_sheet(content, "groot.csv")
    assert sheet.header == ("Klantnr", "Naam", "Plaats", "Omzet", "Omschrijving")
    assert len(sheet.cells) == 60_001
    assert sheet.source.header_row == 3
    assert [(skipped.row, skipped.why) for skipped in sheet.source.skipped] == [
        (len(lines), "total")
    ]
    place = sheet.row_numbers.tolist().index(40_001)
    assert sheet.cells.iloc[place].tolist()[0] == "39997"
    assert sheet.cells.iloc[-1, 0] == "59999"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-be"])
def test_a_large_text_file_is_the_same_table_from_disk(encoding: str, tmp_path: Path) -> None:
    names = ["Zoë", "André", "Çelik", "Jansen", "Müller"]
    lines = ["Klantnr;Naam;Omzet"]
    lines += [f"{number};{names[number % 5]}{' ' * (number % 7)}x;1,5" for number in range(180_000)]
    content = "\n".join(lines).encode(encoding)
    assert len(content) > 2**21
    stored = tmp_path / "groot.csv"
    stored.write_bytes(content)
    with stored.open("rb") as file:
        sheet = read_sheet(file, "groot.csv")
    assert sheet.source.encoding == encoding
    assert sheet.cells.shape == (180_000, 3)
    assert sheet.cells[1].tolist() == [line.split(";")[1] for line in lines[1:]]
    assert sheet.cells.equals(read_sheet(content, "groot.csv").cells)
