"""The report as a reader gets it: whole in every situation, and saying what the figures say."""

import re
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.segmentation import segment
from bot.charts.style import drawable
from bot.replies import answers
from bot.replies.formats import from_file
from bot.report import group_sheet, report
from bot.report.typesetting import typeset
from tests.analysis.make_clients import make_clients
from tests.bot.replies.situations import DAY, SITUATIONS, as_upload, upload_of
from tests.bot.report.pdf import Pdf

LANGUAGES = ("nl", "en")
TITLES = {"nl": "Klantenrapport", "en": "Client report"}
READING = {"nl": "Hoe je dit leest", "en": "How to read this"}
WITH_REVENUE = [name for name in SITUATIONS if name != "no revenue"]
NASTY = (
    "#panic()",
    '#{ sys.inputs.data } #"a"',
    "*vet* _schuin_ `code` $x^2$",
    "= kop // weg /* weg */",
    "[ ] { } ( ) \\ @iemand <label>",
    "<b>&\"'=HYPERLINK(",
    "\\u{1F600} \u202eomgekeerd\u2066",
    "{header}{value}{0}",
)


def findings_of(situation: str):
    findings = upload_of(situation).findings
    assert findings is not None
    return findings


@cache
def report_on(situation: str, language: str = "nl", office: str = "") -> Pdf:
    """Typeset once for all tests that read it: to typeset takes longer than to read."""
    return Pdf(report(findings_of(situation), office, language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("situation", WITH_REVENUE)
def test_every_situation_gives_a_whole_report(situation, language):
    pdf = report_on(situation, language)
    assert pdf.content.startswith(b"%PDF-1.7")
    assert 4 <= pdf.page_count <= 11
    assert READING[language] in pdf.text
    assert "None" not in pdf.text
    assert not re.search(r"  |\( | ,|\.\.", pdf.text)


def test_without_revenue_there_is_no_report():
    with pytest.raises(ValueError, match="revenue"):
        report_on("no revenue")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_the_figures_say(language):
    findings = findings_of("everything significant")
    text = report_on("everything significant", language).text
    assert findings.top10 is not None
    assert findings.top10.traits
    assert findings.pareto is not None
    assert findings.focus is not None
    for client in findings.top10.clients:
        assert f" {client.client} " in text
    for trait in findings.top10.traits[:3]:
        assert f"{trait.in_top} {'van' if language == 'nl' else 'of'} {trait.top_size}" in text
    total = f"{round(findings.pareto.revenue):,}"
    assert (total.replace(",", ".") if language == "nl" else total) in text
    assert f"{findings.pareto.clients_for_80:.0%}" in text
    for level in findings.focus.levels:
        assert f"{level.level} {level.clients}" in text
    assert f"{findings.pareto.costs.of_rest_of_80:.0%}" in text


def test_both_languages_have_the_same_figures_and_structure():
    dutch, english = (report_on("care and conversion", language) for language in LANGUAGES)
    assert dutch.page_count == english.page_count
    for mark in (b"/S/H1", b"/S/H2", b"/S/TH", b"/S/TD", b"/S/LI", b"/S/Figure", b"/Alt"):
        assert dutch.count(mark) == english.count(mark), mark
    assert sorted(re.findall(r"\d+%", dutch.text)) == sorted(re.findall(r"\d+%", english.text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_can_be_read_aloud(language):
    pdf = report_on("everything significant", language)
    assert "<pdfuaid:part>1</pdfuaid:part>" in pdf.metadata
    assert f"{TITLES[language]}</rdf:li>" in pdf.metadata
    assert f"<rdf:li>{language}</rdf:li>" in pdf.metadata
    assert pdf.count(b"/S/H1") >= 7
    assert pdf.count(b"/S/TH") > 20
    assert pdf.count(b"/S/Figure") == pdf.count(b"/Alt") == 3


def test_a_trait_is_called_usual_or_chance_and_not_both():
    findings = findings_of("everything significant")
    assert findings.top10 is not None
    trait = findings.top10.traits[0].model_copy(update={"verdict": "chance"})
    top = findings.top10.model_copy(update={"traits": (trait,), "usual": (trait,)})
    text = Pdf(report(findings.model_copy(update={"top10": top}), "", "nl")).text
    assert text.count("Heel gewoon dus.") == 1
    assert text.count("○ kan toeval zijn") == 1  # where the word is explained


def test_the_first_finding_says_that_it_rests_on_few():
    findings = findings_of("everything significant")
    assert findings.top10 is not None
    few = findings.top10.traits[0].model_copy(update={"in_top": 3})
    top = findings.top10.model_copy(update={"traits": (few,)})
    text = Pdf(report(findings.model_copy(update={"top10": top}), "", "nl")).text
    assert "Het gaat wel om weinig klanten." in text
    assert "(weinig klanten)" in text


def test_what_is_taken_for_granted_is_called_so():
    findings = findings_of("no costs")
    columns = tuple(
        column.model_copy(update={"why": "assumed"}) if column.role == "revenue" else column
        for column in findings.columns
    )
    assumed = findings.model_copy(update={"columns": columns})
    assert "(aangenomen: dit is niet bevestigd)" in Pdf(report(assumed, "", "nl")).text
    assert "aangenomen" not in Pdf(report(findings, "", "nl")).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_downwards_is_said_only_of_what_was_adjusted(language):
    findings = findings_of("everything significant")
    said = {"nl": "naar beneden bijgesteld", "en": "adjusted downwards"}[language]
    group = next(group for group in findings.groups if group.direction == "high")
    for expected, adjusted in ((group.ratio, False), ((group.ratio or 0) - 0.3, True)):
        told = group.model_copy(update={"expected_ratio": expected})
        changed = findings.model_copy(update={"groups": (told,)})
        assert (said in Pdf(report(changed, "", language)).text) is adjusted
        assert (said in Pdf(group_sheet(changed, told, language)).text) is adjusted
        assert (said in answers.value(as_upload(changed), language).text) is adjusted


def test_where_80_20_does_not_hold_the_proposal_is_a_choice():
    text = report_on("even", "nl").text
    assert "Omzet alleen zegt bij jou niet waar je tijd heen moet" in text
    assert "Wie je kiest" in text


def test_pages_are_numbered():
    pdf = report_on("nothing significant")
    for page in range(1, pdf.page_count + 1):
        assert f"{page} / {pdf.page_count}" in pdf.text


def test_the_cover_names_the_office_where_it_has_a_name():
    assert "Kantoor De Brug & Zn. *" in report_on("no costs", office="De Brug & Zn. *").text
    assert "Kantoor " not in report_on("no costs", office=" ").text[:200]


def test_the_same_findings_give_the_same_bytes():
    findings = findings_of("no traits")
    assert report(findings, "", "nl") == report(findings, "", "nl")


@pytest.mark.parametrize(
    ("situation", "language", "sentence"),
    [
        ("no costs", "nl", "Kosten staan niet in de vergelijking: je bestand noemt ze niet."),
        ("no costs", "en", "Costs are not in the comparison: your file does not name them."),
        ("care and conversion", "nl", "Kosten zijn geschat."),
        ("care and conversion", "en", "Costs are estimated."),
        ("care and conversion", "nl", "Van voorstel naar ja"),
        ("care and conversion", "en", "From proposal to yes"),
        ("nothing significant", "nl", "Je beste klanten delen niets dat verder gaat dan toeval"),
        ("nothing significant", "nl", "Geen groep brengt aantoonbaar meer dan de rest."),
        ("even", "nl", "De vuistregel 80/20 geldt bij jou dus niet"),
        ("one giant", "nl", "Eén klant brengt al ten minste 80% van je omzet"),
        ("total below zero", "en", "the totals are not above zero"),
        ("some negative", "nl", "; daarna gaat er weer af."),
        ("twelve clients", "en", "what a client can expect"),
        ("total below zero", "nl", "Je totale omzet is niet groter dan nul"),
        ("twelve clients", "nl", "Wat je beste klanten delen, is nog niet te zeggen"),
        ("one client", "en", "your best client"),
        ("some negative", "nl", "met een negatief bedrag"),
        ("everything significant", "nl", "kenmerken; zie ‘Je beste klanten’."),
        ("everything significant", "en", "traits; see ‘Your best clients’."),
    ],
)
def test_what_a_file_lacks_is_said(situation, language, sentence):
    assert sentence in report_on(situation, language).text


def test_text_of_a_file_arrives_as_text():
    count = 200
    clients = make_clients(
        {
            text: [f"{text} {number % 3 if number > 20 else 'top'}" for number in range(count)]
            for text in NASTY
        },
        revenue=[9000 - number if number < 20 else 300 - number for number in range(count)],
    )
    findings = as_upload(segment(clients, DAY)).findings
    assert findings is not None
    assert findings.top10 is not None
    findings = findings.model_copy(
        update={"file": findings.file.model_copy(update={"name": NASTY[0]})}
    )
    text = Pdf(report(findings, NASTY[1], "nl")).text
    assert f"Kantoor {NASTY[1]}" in text
    assert f"Bestand {NASTY[0]}" in text
    shown = [
        from_file(trait.header) for trait in findings.top10.traits if trait.verdict != "chance"
    ]
    assert shown
    for header in shown:
        assert drawable(header) in text


ANY_TEXT = st.text(st.characters(codec=None), max_size=90)


@settings(deadline=None, max_examples=40)
@given(ANY_TEXT)
@example("\ud800")
@example("你好 שלום مرحبا 😀")
@example("\N{COMBINING LOW LINE}")
@example("#panic()")
def test_any_text_of_a_file_can_be_set(text):
    findings = findings_of("everything significant")
    group = findings.groups[0]
    renamed = {"header": text, "operator": "is", "value": text, "kind": "category"}
    group = group.model_copy(
        update={"conditions": tuple(c.model_copy(update=renamed) for c in group.conditions)}
    )
    assert Pdf(group_sheet(findings, group, "nl")).page_count in (1, 2)


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="no documents in"):
        typeset("guide", "../en", {}, DAY)


def test_the_order_of_what_goes_on_is_told_only_where_it_has_dates():
    findings = findings_of("care and conversion")
    care = findings.focus.still_binds[0]
    for why, value, told in (("rate_end", "2027-01-01", True), ("complaint", "2", False)):
        cares = (care.model_copy(update={"why": why, "value": value}),) * 20
        focus = findings.focus.model_copy(update={"still_binds": cares, "still_binds_total": 20})
        text = Pdf(report(findings.model_copy(update={"focus": focus}), "", "nl")).text
        assert ("de vroegste datum eerst" in text) is told
        assert ("Dit zijn er 14 van de 20" in text) is not told
