"""The workbook: clients, native charts, findings, and what each column means."""

import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from analysis.errors import UnreadableFile
from analysis.findings import Findings
from bot.charts.style import ACCENT, ACCENT_SOFT, INK, TRACK
from bot.replies.words import words
from bot.workbook.cells import plain
from bot.workbook.charts_sheet import write_charts
from bot.workbook.table import ExportColumn, Value
from bot.workbook.texts import lines_of
from bot.workbook.wish import Wish

MOST_ROWS = 1_048_576
FIRST_EXCEL_YEAR = 1900
LEVEL_COLORS = {"A": ACCENT_SOFT, "B": TRACK}
A4 = 9
"""The number by which Excel knows the paper."""
CHARACTERS_A_LINE, LINE_HEIGHT = 100, 15.0
"""Of prose in a column of 110 digits; the height in points."""
LOOKED_AT = 200
"""Rows that decide how wide a column is."""

OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    # Without it parts of the workbook stand unencrypted in the temporary folder for a while.
    "in_memory": True,
}


@dataclass(frozen=True)
class Looks:
    """The formats of a workbook; amounts and dates as the language writes them."""

    header: Format
    heading: Format
    prose: Format
    of_kind: dict[str, Format]
    of_level: dict[str, Format]


def write_workbook(columns: Sequence[ExportColumn], findings: Findings, wish: Wish) -> bytes:
    """An xlsx. Raises UnreadableFile("too_large") where Excel has not enough rows."""
    count = len(columns[0].values)
    if count + 1 > MOST_ROWS:
        raise UnreadableFile("too_large", found=f"{count} rows", limit=f"{MOST_ROWS - 1} rows")
    content = io.BytesIO()
    texts = words(wish.language)["workbook"]
    with xlsxwriter.Workbook(content, OPTIONS) as workbook:
        day = findings.as_of
        workbook.set_properties(
            {"title": texts["title"], "created": datetime(day.year, day.month, day.day)}  # noqa: DTZ001 - XlsxWriter takes no time zone
        )
        looks = _looks(workbook, wish.language)
        _write_clients(workbook.add_worksheet(texts["clients"]), columns, looks)
        write_charts(workbook, workbook.add_worksheet(texts["charts"]), findings, wish.language)
        _write_findings(workbook.add_worksheet(texts["findings"]), wish.statements, looks)
        explained = workbook.add_worksheet(texts["explanation"])
        _write_explanation(explained, columns, findings, wish, looks)
        for sheet in workbook.worksheets():
            _fit_to_paper(sheet)
    return content.getvalue()


def _looks(workbook: xlsxwriter.Workbook, language: str) -> Looks:
    texts = words(language)["workbook"]
    codes = {
        "text": "@",
        "level": "@",
        "money": texts["money_format"],
        "number": "General",
        "share": "0.0%",
        "date": texts["date_format"],
    }

    def look(**properties: Any) -> Format:
        return workbook.add_format({"font_color": INK, "valign": "top", **properties})

    return Looks(
        header=look(bold=True, text_wrap=True, bg_color=ACCENT, font_color="#FFFFFF"),
        heading=look(bold=True, font_size=13),
        prose=look(text_wrap=True),
        of_kind={kind: look(num_format=code) for kind, code in codes.items()},
        of_level={
            level: look(bold=True, num_format="@", bg_color=color)
            for level, color in LEVEL_COLORS.items()
        },
    )


def _write_clients(sheet: Worksheet, columns: Sequence[ExportColumn], looks: Looks) -> None:
    last = len(columns[0].values)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, _width(column))
        sheet.write_string(0, place, column.header, looks.header)
        of_level = looks.of_level if column.kind == "level" else {}
        write = _writer(sheet, place, looks.of_kind[column.kind], of_level)
        for row, value in enumerate(column.values, start=1):
            if value is not None:
                write(row, value)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    # A client number stays text, with its zeros in front; Excel would mark every one of them.
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    sheet.repeat_rows(0)


def _fit_to_paper(sheet: Worksheet) -> None:
    """A4 on its side, never wider than one page: a chart is not torn in two."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)


def _writer(
    sheet: Worksheet, place: int, look: Format, of_level: dict[str, Format]
) -> Callable[[int, Value], object]:
    def write(row: int, value: Value) -> object:
        if isinstance(value, str):
            return sheet.write_string(row, place, value, of_level.get(value, look))
        if isinstance(value, date):
            if value.year < FIRST_EXCEL_YEAR:
                return sheet.write_string(row, place, value.isoformat(), look)
            moment = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - Excel knows no time zone
            return sheet.write_datetime(row, place, moment, look)
        return sheet.write_number(row, place, float(value or 0), look)

    return write


def _width(column: ExportColumn) -> float:
    """In characters: enough for what stands first, within bounds."""
    least = {"money": 13, "date": 11, "share": 10}.get(column.kind, 8)
    texts = [value for value in column.values[:LOOKED_AT] if isinstance(value, str)]
    longest = max(map(len, texts), default=0)
    word = max(map(len, column.header.split()), default=0)
    return min(max(least, longest + 2, word + 4), 40)


def _write_findings(sheet: Worksheet, statements: Sequence[str], looks: Looks) -> None:
    sheet.set_column(0, 0, 110)
    sheet.hide_gridlines(2)
    row = 0
    for statement in statements:
        for text, is_heading in lines_of(statement):
            if text:
                look = looks.heading if is_heading else looks.prose
                sheet.write_string(row, 0, plain(text), look)
                # On paper a line may hold less than the height was made for.
                lines = math.ceil(len(text) / CHARACTERS_A_LINE)
                if lines > 1:
                    sheet.set_row(row, lines * LINE_HEIGHT)
            row += 1
        row += 1


def _write_explanation(
    sheet: Worksheet,
    columns: Sequence[ExportColumn],
    findings: Findings,
    wish: Wish,
    looks: Looks,
) -> None:
    texts = words(wish.language)["workbook"]
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 110)
    sheet.hide_gridlines(2)
    day = findings.as_of
    sheet.write_string(0, 0, texts["list"], looks.prose)
    sheet.write_string(0, 1, plain(wish.file_name), looks.prose)
    sheet.write_string(1, 0, texts["day"], looks.prose)
    moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - Excel knows no time zone
    sheet.write_datetime(1, 1, moment, looks.of_kind["date"])
    sheet.write_string(3, 0, texts["column"], looks.header)
    sheet.write_string(3, 1, texts["meaning"], looks.header)
    for row, column in enumerate(columns, start=4):
        sheet.write_string(row, 0, column.header, looks.prose)
        sheet.write_string(row, 1, column.why, looks.prose)
    sheet.write_string(len(columns) + 5, 0, texts["caution"], looks.heading)
    sheet.write_string(len(columns) + 5, 1, texts["care"], looks.prose)
