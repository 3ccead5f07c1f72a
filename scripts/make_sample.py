"""Writes the sample client lists: one invented office, in Dutch and in English.

They look as an administration exports them: three title lines, a blank row, the headings, one
row per client and a row of totals. The same seed gives the same bytes.
"""

import argparse
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

import xlsxwriter
from sample_office import Client, Office
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Language = Literal["nl", "en"]
Value = str | int | float | date | None

FOLDER = Path(__file__).resolve().parents[1] / "bot" / "sample"
FILES: dict[Language, str] = {"nl": "klanten_voorbeeld.xlsx", "en": "clients_sample.xlsx"}
SHEETS: dict[Language, str] = {"nl": "Relaties", "en": "Clients"}
TOTALS: dict[Language, str] = {"nl": "Totaal", "en": "Total"}
YES_NO: dict[Language, tuple[str, str]] = {"nl": ("J", "N"), "en": ("Y", "N")}
TITLES: dict[Language, tuple[str, str, str]] = {
    "nl": (
        "Advieskantoor Noorderwiel, Amersfoort (verzonnen voorbeeld)",
        "Klantenoverzicht 2025",
        "Exportdatum: 12-01-2026",
    ),
    "en": (
        "Noorderwiel Financial Advice, Amersfoort (invented example)",
        "Client overview 2025",
        "Exported on 12-01-2026",
    ),
}
CREATED = datetime(2026, 1, 12, tzinfo=UTC)
HEADER_ROW = 4
"""Counted from 0: three title lines and a blank row stand above it."""

NUMBER_FORMATS = {
    "text": "@",
    "plain": "0",
    "national_id": "000000000",
    "count": "#,##0",
    "hours": "#,##0.00",
    "euros": "€ #,##0",
    "cents": "€ #,##0.00;[Red]-€ #,##0.00",
    "date": "dd-mm-yyyy",
}


@dataclass(frozen=True)
class Column:
    """One column of the workbook; `width` in characters."""

    nl: str
    en: str
    value: Callable[[Client, Language], Value]
    kind: str = "text"
    width: int = 12
    summed: bool = False

    def heading(self, language: Language) -> str:
        return self.nl if language == "nl" else self.en


def yes_no(answer: bool, language: Language) -> str:
    return YES_NO[language][0 if answer else 1]


COLUMNS = (
    Column("Relatienr.", "Client no.", lambda c, _: c.number, "plain", 10),
    Column("Naam", "Name", lambda c, _: c.name, width=24),
    Column("BSN", "BSN", lambda c, _: c.national_id, "national_id", 11),
    Column("Geb.datum", "Date of birth", lambda c, _: c.born, "date"),
    Column("Beroep", "Occupation", lambda c, lang: c.job[lang], width=27),
    Column("Ondernemer j/n", "Entrepreneur y/n", lambda c, lang: yes_no(c.entrepreneur, lang)),
    Column("DGA j/n", "Owner-director y/n", lambda c, lang: yes_no(c.owner_director, lang)),
    Column("Bedrijfsnaam", "Company name", lambda c, _: c.firm, width=34),
    Column("Sector", "Sector", lambda c, lang: c.sector[lang] if c.sector else None, width=25),
    Column("Aantal medewerkers", "Number of employees", lambda c, _: c.employees, "count"),
    Column("Aantal directieleden", "Number of directors", lambda c, _: c.directors, "count"),
    Column("Bruto jaarinkomen", "Gross annual income", lambda c, _: c.income, "euros", 13),
    Column("Vermogen", "Net worth", lambda c, _: c.wealth, "euros", 13),
    Column("Gepensioneerd", "Retired", lambda c, lang: yes_no(c.retired, lang), width=14),
    Column("Koopwoning", "Owns home", lambda c, lang: yes_no(c.owns_home, lang)),
    Column("Postcode", "Postal code", lambda c, _: c.postal_code, width=10),
    Column("Woonplaats", "City", lambda c, _: c.place, width=22),
    Column("Klant sinds", "Client since", lambda c, _: c.since, "date"),
    Column("Laatste contact", "Last contact", lambda c, _: c.last_contact, "date"),
    Column("Contactmomenten", "Number of contacts", lambda c, _: c.contacts, "count", 16, True),
    Column("Aantal polissen", "Number of policies", lambda c, _: c.policies, "count", 12, True),
    Column("Bestede uren", "Hours", lambda c, _: c.hours, "hours", 11, True),
    Column("Omzet kantoor 2025", "Revenue 2025", lambda c, _: c.revenue, "cents", 15, True),
    Column("Totale kosten 2025", "Total costs 2025", lambda c, _: c.cost, "cents", 15, True),
    Column("Einde rentevast", "Fixed rate end", lambda c, _: c.rate_end, "date"),
    Column("Offertes", "Proposals", lambda c, _: c.proposals, "count", 10, True),
    Column("Akkoorden", "Deals", lambda c, _: c.deals, "count", 10, True),
    Column("Bel-me-niet", "Do not call", lambda c, lang: yes_no(c.do_not_call, lang)),
    Column("E-mail", "E-mail", lambda c, _: c.mail, width=30),
    Column("Telefoon", "Phone", lambda c, _: c.phone, width=14),
    Column(
        "Opmerkingen", "Remarks", lambda c, lang: c.remark[lang] if c.remark else None, width=38
    ),
)


def write_workbook(path: Path, clients: list[Client], language: Language) -> None:
    """Writes one list; the dates inside the file are fixed, so that its bytes are too."""
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"title": TITLES[language][1], "created": CREATED})
        styles = {
            kind: book.add_format({"num_format": pattern})
            for kind, pattern in NUMBER_FORMATS.items()
        }
        sheet = book.add_worksheet(SHEETS[language])
        write_titles(sheet, language, book.add_format({"bold": True, "font_size": 14}))
        heading = book.add_format(
            {"bold": True, "bg_color": "#DCE6F0", "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        for position, column in enumerate(COLUMNS):
            sheet.set_column(position, position, column.width)
            sheet.write_string(HEADER_ROW, position, column.heading(language), heading)
            for row, client in enumerate(clients, HEADER_ROW + 1):
                write_cell(
                    sheet, row, position, column.value(client, language), styles[column.kind]
                )
        total_styles = {
            kind: book.add_format({"num_format": pattern, "bold": True, "top": 1})
            for kind, pattern in NUMBER_FORMATS.items()
        }
        write_totals(sheet, clients, language, total_styles)
        sheet.set_row(HEADER_ROW, 32)
        sheet.freeze_panes(HEADER_ROW + 1, 2)
        sheet.autofilter(HEADER_ROW, 0, HEADER_ROW + len(clients), len(COLUMNS) - 1)
        sheet.set_landscape()
        sheet.set_paper(8)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADER_ROW)


def write_titles(sheet: Worksheet, language: Language, first: Format) -> None:
    office, subject, exported = TITLES[language]
    sheet.write_string(0, 0, office, first)
    sheet.write_string(1, 0, subject)
    sheet.write_string(2, 0, exported)


def write_cell(sheet: Worksheet, row: int, position: int, value: Value, style: Format) -> None:
    if value is None:
        return
    if isinstance(value, date):
        sheet.write_datetime(row, position, value, style)
    elif isinstance(value, str):
        sheet.write_string(row, position, value, style)
    else:
        sheet.write_number(row, position, value, style)


def write_totals(
    sheet: Worksheet, clients: list[Client], language: Language, styles: dict[str, Format]
) -> None:
    """Sums as formulas with their outcome: right on paper, and after rows were replaced."""
    row = HEADER_ROW + 1 + len(clients)
    for position, column in enumerate(COLUMNS):
        style = styles[column.kind]
        if not column.summed:
            sheet.write_blank(row, position, None, style)
            continue
        numbers = [column.value(client, language) for client in clients]
        total = math.fsum(number for number in numbers if isinstance(number, int | float))
        letter = xlsxwriter.utility.xl_col_to_name(position)
        formula = f"=SUM({letter}{HEADER_ROW + 2}:{letter}{row})"
        sheet.write_formula(row, position, formula, style, round(total, 2))
    sheet.write_string(row, 0, TOTALS[language], styles["text"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the files go")
    folder = parser.parse_args().folder
    clients = Office().clients()
    for language, name in FILES.items():
        write_workbook(folder / name, clients, language)


if __name__ == "__main__":
    main()
