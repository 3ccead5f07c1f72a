"""Workbooks: what stands in them, and where the table is."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest

from analysis.clients import build
from analysis.columns import propose
from analysis.errors import UnreadableFile
from analysis.reading import SkippedRow, read_sheet, read_sheets

Rows = list[list[Any]]


def test_header_first(xlsx: Callable[..., bytes], clients: Rows) -> None:
    sheet = read_sheet(xlsx(Klanten=clients), "klanten.xlsx")
    assert sheet.header == tuple(clients[0])
    assert sheet.cells.shape == (20, 5)
    assert sheet.cells.iloc[0].tolist() == ["R000", "Klant A", "1960-01-15", "100.25", "nee"]
    assert sheet.row_numbers.tolist() == list(range(2, 22))
    assert sheet.source.format == "xlsx"
    assert sheet.source.sheet == "Klanten"
    assert sheet.source.header_row == 1


TYPED_AS_TEXT = [
    ("950,75", 950.75),
    ("1.250", 1250.0),
    ("€ 1.250,50", 1250.5),
    ("€ 950,-", 950.0),
    ("(99,50)", -99.5),
    ("-99,50", -99.5),
    ("1\u00a0250,50", 1250.5),
]


@pytest.mark.parametrize(("text", "amount"), TYPED_AS_TEXT)
@pytest.mark.parametrize("numbers", [0.25, 0.0, 1000.0], ids=["decimals", "whole", "thousands"])
def test_amounts_typed_as_text_between_numbers(
    xlsx: Callable[..., bytes], clients: Rows, text: str, amount: float, numbers: float
) -> None:
    for place, row in enumerate(clients[1:]):
        row[3] = text if place % 3 == 0 else numbers + place
    sheet = read_sheet(xlsx(Klanten=clients), "klanten.xlsx")
    found = build(sheet, propose(sheet))
    assert found.revenue is not None
    assert found.revenue.tolist() == [row[3] if row[3] != text else amount for row in clients[1:]]


def test_english_amounts_typed_as_text_between_numbers(
    xlsx: Callable[..., bytes], clients: Rows
) -> None:
    clients[3][3], clients[4][3] = "1,250.50", "€1,250"
    sheet = read_sheet(xlsx(Klanten=clients), "klanten.xlsx")
    assert sheet.cells[3].tolist()[:4] == ["100.25", "101.25", "1250.50", "€1250"]


def test_three_decimals_of_a_number_are_no_thousands(
    xlsx: Callable[..., bytes], clients: Rows
) -> None:
    hours = [2.125, 3.0, 4.0, 1.375, 7.0] * 4
    rows = [[*clients[0], "Uren"], *([*row, h] for row, h in zip(clients[1:], hours, strict=True))]
    sheet = read_sheet(xlsx(Klanten=rows), "klanten.xlsx")
    found = build(sheet, propose(sheet)).hours
    assert found is not None
    assert found.tolist() == hours


def test_title_lines_and_total(xlsx: Callable[..., bytes], clients: Rows) -> None:
    titles: Rows = [["Klantenlijst kantoor De Linde"], ["Peildatum", "1-1-2026"], []]
    total = ["Totaal", None, None, sum(row[3] for row in clients[1:]), None]
    sheet = read_sheet(xlsx(Klanten=[*titles, *clients, total]), "klanten.xlsx")
    assert sheet.source.header_row == 4
    assert sheet.header == tuple(clients[0])
    assert len(sheet.cells) == 20
    assert sheet.source.skipped == (SkippedRow(25, "total"),)
    assert sheet.row_numbers[0] == 5


def test_total_without_a_word(xlsx: Callable[..., bytes], clients: Rows) -> None:
    total = [None, None, None, sum(row[3] for row in clients[1:]), None]
    sheet = read_sheet(xlsx(Klanten=[*clients, total]), "klanten.xlsx")
    assert len(sheet.cells) == 20
    assert sheet.source.skipped == (SkippedRow(22, "total"),)


def test_a_client_called_total_stays(xlsx: Callable[..., bytes], clients: Rows) -> None:
    clients[5][1] = "Totaal Techniek B.V."
    sheet = read_sheet(xlsx(Klanten=clients), "klanten.xlsx")
    assert len(sheet.cells) == 20
    assert sheet.source.skipped == ()


def test_footer_below_a_blank_row(xlsx: Callable[..., bytes], clients: Rows) -> None:
    sheet = read_sheet(xlsx(Klanten=[*clients, [], ["Gemaakt met ons pakket"]]), "k.xlsx")
    assert len(sheet.cells) == 20
    assert sheet.source.skipped == (SkippedRow(23, "footer"),)


def test_repeated_header_is_no_client(xlsx: Callable[..., bytes], clients: Rows) -> None:
    sheet = read_sheet(xlsx(Klanten=[*clients[:11], clients[0], *clients[11:]]), "k.xlsx")
    assert len(sheet.cells) == 20
    assert sheet.source.skipped == (SkippedRow(12, "repeated_header"),)


def test_largest_sheet_or_the_one_asked_for(xlsx: Callable[..., bytes], clients: Rows) -> None:
    content = xlsx(Toelichting=[["Soort", "Uitleg"], ["a", "b"]], Klanten=clients)
    assert read_sheet(content, "k.xlsx").source.sheet == "Klanten"
    assert read_sheet(content, "k.xlsx", sheet="Toelichting").header == ("Soort", "Uitleg")
    assert [each.source.sheet for each in read_sheets(content, "k.xlsx")] == [
        "Toelichting",
        "Klanten",
    ]
    with pytest.raises(UnreadableFile):
        read_sheet(content, "k.xlsx", sheet="Nergens")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (1200, "1200"),
        (1200.5, "1200.5"),
        (0.1, "0.1"),
        (-3.25, "-3.25"),
        (123456789012, "123456789012"),
        (0.0000001, "0.0000001"),
        (True, "TRUE"),
        (dt.date(2024, 2, 29), "2024-02-29"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("<b>&\"'", "<b>&\"'"),
        ("007", "007"),
    ],
)
def test_cells_as_text(xlsx: Callable[..., bytes], cell: object, text: str) -> None:
    content = xlsx(Blad=[["Naam", "Waarde"], ["a", cell], ["b", "x"], ["c", "y"]])
    assert read_sheet(content, "w.xlsx").cells.iloc[0, 1] == text


def test_name_says_nothing(xlsx: Callable[..., bytes], clients: Rows) -> None:
    assert read_sheet(xlsx(Klanten=clients), "klanten.csv").source.format == "xlsx"


def test_reads_what_openpyxl_writes(clients: Rows) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    workbook = openpyxl.Workbook()
    for row in clients:
        workbook.active.append(row)
    buffer = io.BytesIO()
    workbook.save(buffer)
    assert read_sheet(buffer.getvalue(), "k.xlsx").cells.shape == (20, 5)
