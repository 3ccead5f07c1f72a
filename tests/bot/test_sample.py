"""The sample lists: as made, believable, and with the facts that were planted in them."""

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from scipy.stats import hypergeom
from stdnum.nl import bsn

from analysis.clients import Clients, build
from analysis.columns import propose
from analysis.columns.plan import ColumnPlan
from analysis.reading import read_sheet
from analysis.segmentation import segment
from bot.sample import sample

REPOSITORY = Path(__file__).resolve().parents[2]
HEADER_ROW = 4
REVENUE, COST = "Omzet kantoor 2025", "Totale kosten 2025"
CLEAR_BAR = 1.3e-3
"""About where a single test must lie to survive the correction for some 200 others."""
EXPORTED = date(2026, 1, 12)


def table(language: str) -> pd.DataFrame:
    content = io.BytesIO(sample(language)[1])
    return pd.read_excel(content, header=HEADER_ROW, engine="calamine")


@pytest.fixture(scope="module")
def clients() -> pd.DataFrame:
    return table("nl").iloc[:-1]


@pytest.fixture(scope="module")
def ranked(clients: pd.DataFrame) -> pd.DataFrame:
    known = clients[clients[REVENUE].notna()]
    return known.sort_values(REVENUE, ascending=False).reset_index(drop=True)


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def made_in(folder: Path) -> dict[str, bytes]:
    folder.mkdir()
    script = REPOSITORY / "scripts" / "make_sample.py"
    subprocess.run([sys.executable, script, "--folder", folder], check=True)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_script_makes_the_tracked_files_every_time(tmp_path: Path) -> None:
    first, second = made_in(tmp_path / "first"), made_in(tmp_path / "second")
    assert first == second
    for name, content in map(sample, ("nl", "en")):
        # Unpacked, because another zlib may pack the same parts otherwise.
        assert parts(content) == parts(first.pop(name))
    assert first == {}


@pytest.mark.parametrize(
    ("language", "name", "sheet", "total"),
    [
        ("nl", "klanten_voorbeeld.xlsx", "Relaties", "Totaal"),
        ("en", "clients_sample.xlsx", "Clients", "Total"),
        ("fr", "klanten_voorbeeld.xlsx", "Relaties", "Totaal"),
    ],
)
def test_opens_as_an_export_of_an_administration(
    language: str, name: str, sheet: str, total: str
) -> None:
    given, content = sample(language)
    assert given == name
    assert len(content) <= 150_000
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    assert book.sheetnames == [sheet]
    rows = list(book.active.iter_rows(values_only=True))
    assert [sum(cell is not None for cell in row) for row in rows[:HEADER_ROW]] == [1, 1, 1, 0]
    assert all(isinstance(heading, str) for heading in rows[HEADER_ROW])
    assert rows[-1][0] == total
    assert len(rows) == HEADER_ROW + 1 + 412 + 1


def test_totals_are_the_sums_of_the_rows(clients: pd.DataFrame) -> None:
    total = table("nl").iloc[-1]
    for heading in (REVENUE, COST, "Bestede uren", "Aantal polissen", "Offertes", "Akkoorden"):
        assert total[heading] == pytest.approx(clients[heading].sum(), abs=0.005)


def test_both_languages_tell_of_the_same_clients() -> None:
    dutch, english = table("nl"), table("en")
    for ours, theirs in (
        ("Relatienr.", "Client no."),
        (REVENUE, "Revenue 2025"),
        ("Geb.datum", "Date of birth"),
    ):
        assert dutch[ours].iloc[:-1].equals(english[theirs].iloc[:-1].rename(ours))
    assert set(english["Owns home"].dropna()) == {"Y", "N"}


def test_national_ids_are_well_formed_test_numbers(clients: pd.DataFrame) -> None:
    numbers = clients["BSN"].astype(int).astype(str)
    assert numbers.is_unique
    assert numbers.map(bsn.is_valid).all()
    assert numbers.str.startswith("99999").all()


def test_contact_details_lead_nowhere(clients: pd.DataFrame) -> None:
    assert clients["Telefoon"].dropna().str.fullmatch(r"06-00\d{6}").all()
    assert clients["E-mail"].str.fullmatch(r"[a-z.]+\d\d@mail\.example").all()


def test_each_client_is_believable(clients: pd.DataFrame) -> None:
    born, since = clients["Geb.datum"], clients["Klant sinds"]
    assert clients["Relatienr."].is_unique
    assert ((since - born).dt.days > 19 * 365).all()
    assert (clients["Laatste contact"].dropna() >= since[clients["Laatste contact"].notna()]).all()
    assert (clients["Akkoorden"] <= clients["Offertes"]).all()
    assert clients["Postcode"].map(lambda code: bool(re.fullmatch(r"\d{4} [A-Z]{2}", code))).all()
    assert clients.loc[clients["Einde rentevast"].notna(), "Koopwoning"].eq("J").all()
    sells_company = clients["Opmerkingen"].str.contains("bedrijf", na=False)
    assert clients.loc[sells_company, "Ondernemer j/n"].eq("J").all()
    retired = clients["Gepensioneerd"] == "J"
    assert (born[retired].dt.date < date(1958, 1, 1)).all()
    assert clients["Bedrijfsnaam"].notna().eq(clients["Ondernemer j/n"] == "J").all()


def test_money_is_spread_unevenly_and_costs_are_not(ranked: pd.DataFrame) -> None:
    revenue, cost = ranked[REVENUE].to_numpy(), ranked[COST].to_numpy()
    needed = int(np.argmax(revenue.cumsum() >= 0.8 * revenue.sum())) + 1
    assert 0.16 <= needed / len(ranked) <= 0.19
    assert 0.055 <= revenue[0] / revenue.sum() <= 0.065
    assert cost[needed:].sum() / cost.sum() > 0.38
    assert 30 <= (revenue < cost).sum() <= 80
    assert (revenue < 0).sum() == 2
    assert (revenue == 0).sum() == 4


def test_some_cells_are_blank(clients: pd.DataFrame) -> None:
    assert clients[REVENUE].isna().sum() == 3
    for heading in ("Vermogen", "Bruto jaarinkomen", "Laatste contact", "Telefoon"):
        assert 5 <= clients[heading].isna().sum() <= 130


def standing(ranked: pd.DataFrame, heading: str, holds: pd.Series) -> tuple[int, float, float]:
    """Holders among the ten, share of the rest, chance that ten at random hold it as often.

    Over clients of whom it is known, as the assistant counts.
    """
    known = ranked[heading].notna()
    ten, all_of_them = holds[:10][known[:10]], holds[known]
    chance = hypergeom.sf(ten.sum() - 1, len(all_of_them), all_of_them.sum(), len(ten))
    return int(ten.sum()), float(holds[10:][known[10:]].mean()), float(chance)


@pytest.mark.parametrize(
    ("heading", "holds", "in_top"),
    [
        ("Ondernemer j/n", lambda value: value == "J", 9),
        ("DGA j/n", lambda value: value == "J", 9),
        ("Aantal medewerkers", lambda value: value >= 10, 9),
        ("Sector", lambda value: value == "Bouw en installatie", 7),
    ],
)
def test_the_planted_traits_stand_out_of_chance(
    ranked: pd.DataFrame, heading: str, holds: Callable[[pd.Series], pd.Series], in_top: int
) -> None:
    count, in_rest, chance = standing(ranked, heading, holds(ranked[heading]))
    assert count == in_top
    assert in_rest < 0.25
    assert chance < CLEAR_BAR


def test_what_was_not_planted_does_not_stand_out(ranked: pd.DataFrame) -> None:
    count, in_rest, chance = standing(ranked, "Koopwoning", ranked["Koopwoning"] == "J")
    assert count >= 8
    assert in_rest > 0.65
    assert chance > 0.01
    count, _, chance = standing(ranked, "Woonplaats", ranked["Woonplaats"] == "Barneveld")
    assert count == 4
    assert chance > CLEAR_BAR


@pytest.fixture(scope="module", params=["nl", "en"])
def read(request: pytest.FixtureRequest) -> tuple[ColumnPlan, Clients]:
    name, content = sample(request.param)
    sheet = read_sheet(content, name)
    plan = propose(sheet)
    return plan, build(sheet, plan)


def test_it_is_read_without_a_question(read: tuple[ColumnPlan, Clients]) -> None:
    plan, clients = read
    assert plan.questions == ()
    assert len(clients) == 409
    for role in ("client_id", "revenue", "cost", "hours", "birth_date", "proposals", "deals"):
        assert len(plan.with_role(role)) == 1, role
    assert [column.header for column in plan.with_role("forbidden")] == ["BSN"]
    assert len(plan.with_role("private")) == 3


def test_the_engine_finds_what_was_planted_and_not_what_was_not(
    read: tuple[ColumnPlan, Clients],
) -> None:
    top = segment(read[1], EXPORTED).top10
    assert top is not None
    headers = [column.header for column in read[0].columns]
    verdicts = {headers.index(trait.header): trait.verdict for trait in top.traits}
    entrepreneur, owner_director, sector, employees, owns_home, place = 5, 6, 8, 9, 14, 16
    for planted in (entrepreneur, owner_director, sector, employees):
        assert verdicts[planted] == "clear", headers[planted]
    for unplanted in (owns_home, place):
        assert verdicts.get(unplanted) != "clear", headers[unplanted]


def test_there_are_look_alikes_that_sleep(ranked: pd.DataFrame) -> None:
    rest = ranked[10:]
    alike = rest[(rest["DGA j/n"] == "J") & (rest["Aantal medewerkers"] >= 10)]
    assert len(alike) == 6
    assert (alike[REVENUE] < 3_000).all()
