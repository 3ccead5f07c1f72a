"""Workbooks made on the spot."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter

Rows = list[list[Any]]


@pytest.fixture
def xlsx() -> Callable[..., bytes]:
    """A maker of workbooks: one sheet per keyword, its rows as lists."""

    def make(**sheets: Rows) -> bytes:
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer) as workbook:
            date = workbook.add_format({"num_format": "dd-mm-yyyy"})
            for name, rows in sheets.items():
                sheet = workbook.add_worksheet(name)
                for row, cells in enumerate(rows):
                    for column, cell in enumerate(cells):
                        if isinstance(cell, dt.date):
                            moment = dt.datetime.combine(cell, dt.time())
                            sheet.write_datetime(row, column, moment, date)
                        elif isinstance(cell, str):
                            sheet.write_string(row, column, cell)
                        elif cell is not None:
                            sheet.write(row, column, cell)
        return buffer.getvalue()

    return make


@pytest.fixture
def clients() -> Rows:
    """Twenty clients as a workbook holds them, header first."""
    rows: Rows = [["Relatienummer", "Naam", "Geboortedatum", "Omzet", "Ondernemer"]]
    for number in range(20):
        born = dt.date(1960 + number, 1 + number % 12, 15)
        yes = "ja" if number % 2 else "nee"
        rows.append([f"R{number:03}", f"Klant {chr(65 + number)}", born, 100.25 + number, yes])
    return rows
