"""Guides for a conversation: in general, with one client, with one group."""

from datetime import date

import pytest

from analysis import columns, reading
from bot.report import client_sheet, general_guide, group_sheet
from bot.report.conversation import IN_THE_GUIDE
from bot.report.topics import topics
from tests.bot.replies.situations import upload_of
from tests.bot.report.pdf import Pdf

LANGUAGES = ("nl", "en")
DAY = date(2026, 11, 23)
HEADER = (
    "Klantnummer;Naam;Geboortedatum;Beroep;DGA;Aantal medewerkers;Vermogen;Klant sinds;"
    "Laatste contact;Einde rentevast;Bel-me-niet;BSN;Omzet;Kosten"
)
FIRST = (
    "K-7;Jansen;1968-05-01;#panic() *smid*;ja;12;250000;2001-03-01;"
    "2025-01-15;2027-06-01;ja;990000013;9000;1200"
)


def list_of(count: int = 40, first: str = FIRST):
    """The rows as they are stored, and their plan."""
    rows = [
        f"{100 + n};Klant {n};1980-01-{n % 28 + 1:02};bakker;nee;;{n * 100};2015-01-01;"
        f"2026-10-01;;nee;;{500 - n},50;{100 + n}"
        for n in range(count - 1)
    ]
    sheet = reading.read_sheet("\n".join([HEADER, first, *rows]).encode(), "klanten.csv")
    plan = columns.propose(sheet)
    return reading.pack(sheet, plan), plan


def sheet_on(client: str, language: str = "nl", count: int = 40) -> Pdf | None:
    content = client_sheet(*list_of(count), client, language, DAY)
    return None if content is None else Pdf(content)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_general_guide(language):
    pdf = Pdf(general_guide(language, DAY))
    assert pdf.page_count == 4
    assert "<pdfuaid:part>1</pdfuaid:part>" in pdf.metadata
    for name in IN_THE_GUIDE:
        assert topics(language)[name]["title"] in pdf.text
        for question in topics(language)[name]["questions"]:
            assert question in pdf.text
    for page in range(1, 5):
        assert f"{page} / 4" in pdf.text


def test_both_guides_have_the_same_structure():
    dutch, english = (Pdf(general_guide(language, DAY)) for language in LANGUAGES)
    for mark in (b"/S/H1", b"/S/H2", b"/S/LI", b"/S/TD", b"/S/TH"):
        assert dutch.count(mark) == english.count(mark), mark


def test_a_client_sheet_says_what_is_known_and_asks_what_fits():
    pdf = sheet_on("K-7")
    assert pdf is not None
    assert pdf.page_count == 3
    for known in (
        "Gespreksblad klant K-7",
        "€ 9.000",
        "€ 1.200",
        "Niveau A",
        "Leeftijd 58",
        "Beroep #panic() *smid*",
        "Aantal medewerkers 12",
        "Vermogen € 250.000",
        "1 jun 2027",
        "Wil niet benaderd worden voor verkoop",
    ):
        assert known in pdf.text, known
    for name in ("quiet", "rate_end", "director", "retiring"):
        assert topics("nl")[name]["title"] in pdf.text


def test_what_a_client_brings_and_costs_stands_on_a_page_for_the_adviser_alone():
    pdf = sheet_on("K-7")
    assert pdf is not None
    on_the_table, mine = pdf.text.split("Alleen voor jou")
    for figure in ("€ 9.000", "€ 1.200", "Niveau A"):
        assert figure not in on_the_table
        assert figure in mine
    assert "Vragen die passen" in on_the_table


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_client_sheet_names_nobody(language):
    pdf = sheet_on("K-7", language)
    assert pdf is not None
    for private in ("Jansen", "990000013", "1968"):
        assert private not in pdf.text
        assert private not in pdf.metadata


def test_a_client_with_gaps_shows_them():
    pdf = sheet_on("100")
    assert pdf is not None
    assert "Nog niet bekend Niet ingevuld bij deze klant: Aantal medewerkers, Einde rentevast" in (
        pdf.text
    )
    assert "Wil niet benaderd worden" not in pdf.text


@pytest.mark.parametrize("written", ["K-7", "k-7", " K-7 "])
def test_a_number_is_found_as_people_write_it(written):
    assert sheet_on(written) is not None


@pytest.mark.parametrize("written", ["", "Jansen", "K-70", "*", "..", "K-7' or 1=1"])
def test_an_unknown_number_gives_nothing(written):
    assert sheet_on(written) is None


def test_a_small_list_has_no_levels():
    pdf = sheet_on("K-7", count=5)
    assert pdf is not None
    assert "Niveau" not in pdf.text


@pytest.mark.parametrize(
    ("language", "more"),
    [("nl", "brengt meer dan de rest"), ("en", "brings in more than the rest")],
)
def test_a_group_sheet(language, more):
    findings = upload_of("everything significant").findings
    assert findings is not None
    group = next(group for group in findings.groups if group.direction == "high")
    pdf = Pdf(group_sheet(findings, group, language))
    assert more in pdf.text.split({"nl": "Alleen voor jou", "en": "For you only"}[language])[1]
    assert f"{group.size} {'klanten' if language == 'nl' else 'clients'}" in pdf.text
    assert topics(language)["everyone"]["title"] in pdf.text
