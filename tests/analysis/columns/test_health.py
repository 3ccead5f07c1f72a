"""Values that tell of somebody's health, and those that only look like it."""

import io

import pandas as pd
import pytest
import xlsxwriter

from analysis.columns import propose, propose_columns
from analysis.columns.evidence import gather
from analysis.reading import pack, read_sheet, unpack

TELLING = [
    ("EmploymentStatus", ["Employed", "Retired", "Disabled", "Medical Leave"]),
    ("Employment Status", ["Employed", "Disabled"]),
    ("Situatie", ["loondienst", "zzp", "WIA"]),
    ("Inkomensbron", ["loondienst", "ziektewet"]),
    ("Beroep", ["bakker", "leraar", "WAO'er"]),
    ("Werk", ["bakker", "Volledig arbeidsongeschikt (80-100%)"]),
    ("Kenmerk", ["ja", "langdurig ziek"]),
    ("Reden vertrek", ["verhuisd", "ziekte"]),
    ("Toeslag", ["niet-roker", "Roker"]),
    ("Kenmerk", ["belt graag", "35% arbeidsongeschikt"]),
    ("Status", ["actief", "Krankgeschrieben"]),
]

ORDINARY = [
    ("Product", ["AOV", "WIA", "Auto", "Ziektewet"]),
    ("Dekking", ["WIA-hiaat", "AOV", "Ziekteverzuim", "Arbeidsongeschiktheid"]),
    ("Kenmerk", ["AOV", "arbeidsongeschikt module", "AOV arbeidsongeschikt"]),
    ("Pakket", ["Disability", "Basis"]),
    ("Sector", ["Zorg", "Gezondheidszorg", "Gehandicapt", "Kanker"]),
    ("Beroep", ["arts", "ziekenverzorger", "begeleider gehandicapten", "burn-out coach"]),
    ("Functie", ["verzekeringsarts", "apotheker", "medisch specialist", "fysiotherapeut"]),
    ("Portaal", ["Enabled", "Disabled"]),
    ("Status", ["Active", "Disabled", "Pending"]),
    ("Woonplaats", ["Doof", "Ede"]),
    ("Rayon", ["ZW", "NO"]),
    ("Doelgroep", ["zorg", "Medisch", "Retail", "student"]),
    ("Naam", ["Ziek", "Jansen"]),
]


def taken_for(heading: str, values: list[str]) -> tuple[str, str]:
    rows = [[str(number), value] for number, value in enumerate(values * 5)]
    found = propose_columns(["Klantnummer", heading], rows).columns[1]
    return found.role, found.meaning


@pytest.mark.parametrize(("heading", "values"), TELLING)
def test_a_column_whose_values_tell_health_is_never_kept(heading: str, values: list[str]) -> None:
    assert taken_for(heading, values) == ("forbidden", "forbidden_health")


@pytest.mark.parametrize(("heading", "values"), ORDINARY)
def test_products_sectors_and_switches_are_no_health(heading: str, values: list[str]) -> None:
    assert taken_for(heading, values)[1] != "forbidden_health"


def test_one_client_is_enough_in_a_long_list() -> None:
    cells = ["loondienst", "zzp"] * 50_000
    cells[77_777] = "Arbeidsongeschikt"
    assert gather(pd.Series(cells, dtype="str")).health == "unmistakable"


def test_nothing_of_it_is_stored() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["Klantnummer", "Dienstverband", "Omzet"])
        for row in range(1, 30):
            sheet.write_row(row, 0, [row, "ziek" if row == 7 else "vast", 100.5 + row])
    read = read_sheet(buffer.getvalue(), "klanten.xlsx")
    plan = propose(read)
    assert not plan.columns[1].stored
    assert 1 not in unpack(pack(read, plan)).cells.columns
