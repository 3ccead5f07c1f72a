"""What is said of how a list is read: its revenue, its columns, and what is asked about them."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from analysis.columns.plan import Column, ColumnPlan, Question, Role
from analysis.findings import Note
from bot.buttons import Press
from bot.localchat.markup import parse_html
from bot.replies import answers, columns, files
from bot.replies.answers import Reply
from storage.office import Upload
from tests.bot.replies.situations import LANGUAGES, upload_of
from tests.bot.replies.test_messages import check

SKIPPED = Question(code="revenue_column", positions=(0,), assumed=0)


def column(position: int, header: str, role: Role, meaning: str = "") -> Column:
    return Column(
        position=position,
        header=header,
        name=header,
        role=role,
        meaning=meaning,
        kind="money",
        confidence=0.9,
        why="heading",
        stored=True,
    )


def upload_with(columns: Sequence[tuple[str, Role]], skipped: Sequence[Question] = ()) -> Upload:
    placed = tuple(column(place, *each) for place, each in enumerate(columns))
    plan = ColumnPlan(columns=placed, skipped=tuple(skipped))
    return replace(upload_of("no costs"), plan=plan)


def told(reply: Reply) -> str:
    check(reply.text)
    return parse_html(reply.text).text


def presses(reply: Reply) -> list[tuple[str, Press]]:
    return [(button.label, button.press) for row in reply.buttons for button in row]


PARTS: list[tuple[str, Role]] = [("Advieskosten", "revenue_part"), ("Abonnement", "revenue_part")]
REVENUE = [
    ([("Omzet", "revenue")], (), "Jouw omzet: kolom Omzet.", "Your revenue: column Omzet."),
    (
        [("Omzet", "revenue")],
        (SKIPPED,),
        "kolom Omzet (dat neem ik aan).",
        "column Omzet (my assumption).",
    ),
    (
        PARTS,
        (),
        "Jouw omzet: Advieskosten + Abonnement.",
        "Your revenue: Advieskosten + Abonnement.",
    ),
    ([("Omzet", "revenue"), *PARTS], (), "Jouw omzet: kolom Omzet.", "Your revenue: column Omzet."),
    (
        [(f"Deel {place}", "revenue_part") for place in range(8)],
        (),
        "Deel 4 + Deel 5 en 2 andere.",
        "Deel 4 + Deel 5 and 2 more.",
    ),
]


@pytest.mark.parametrize(("columns", "skipped", "dutch", "english"), REVENUE)
def test_the_receipt_names_what_revenue_is_made_of(columns, skipped, dutch, english):
    upload = upload_with(columns, skipped)
    assert dutch in told(answers.receipt(upload, "nl", 7))
    assert english in told(answers.receipt(upload, "en", 7))


def test_the_receipt_names_no_revenue_where_there_is_none():
    text = told(answers.receipt(upload_with([("Beroep", "trait")]), "nl", 7))
    assert "Jouw omzet" not in text


@pytest.mark.parametrize(
    ("why", "dutch", "english"),
    [
        (
            "values",
            "In ‘Werk’ zeggen sommige cellen iets over",
            "Some cells in ‘Werk’ say something",
        ),
        ("heading", "Niet bewaard (1 kolom): Werk.", "Not kept (1 column): Werk."),
    ],
)
def test_the_receipt_tells_why_a_column_with_health_in_it_is_gone(why, dutch, english):
    upload = upload_with([("Omzet", "revenue"), ("Werk", "forbidden", "forbidden_health")])
    gone = upload.plan.columns[1].model_copy(update={"stored": False, "why": why})
    plan = upload.plan.model_copy(update={"columns": (upload.plan.columns[0], gone)})
    for language, expected in (("nl", dutch), ("en", english)):
        text = told(answers.receipt(replace(upload, plan=plan), language, 7))
        assert expected in text
        assert text.count("Werk") == (2 if why == "values" else 1)


def test_a_column_without_a_heading_is_called_by_its_letter():
    upload = upload_with([("Omzet", "revenue"), ("", "private"), ("", "trait")])
    nameless = [
        column.model_copy(update={"name": name, "stored": stored})
        for column, name, stored in zip(upload.plan.columns, "ANO", (1, 0, 1), strict=True)
    ]
    plan = upload.plan.model_copy(update={"columns": tuple(nameless)})
    changed = replace(upload, plan=plan)
    assert "Niet bewaard (1 kolom): N (zonder kop)." in told(answers.receipt(changed, "nl", 7))
    assert "Not kept (1 column): N (no heading)." in told(answers.receipt(changed, "en", 7))
    shown = columns.plan_of_columns(changed, (), "nl")
    assert "Kenmerken: O (zonder kop)." in told(shown)
    assert "O (zonder kop)" in [label for label, _ in presses(shown)]


def test_one_candidate_is_asked_about_with_yes_or_no():
    upload = upload_with([("Beroep", "trait"), ("Bedrag", "revenue")])
    question = Question(code="revenue_column", positions=(1,), assumed=1)
    dutch, english = (answers.ask(upload, question, language) for language in LANGUAGES)
    assert "Is Bedrag wat de klant jou opbrengt?" in told(dutch)
    assert "Is Bedrag what the client brings in for you?" in told(english)
    arguments = [Press("revenue", 1, argument) for argument in ("1", "none", "skip")]
    assert presses(dutch) == [
        *zip(("Ja", "Nee", "Weet ik niet"), arguments, strict=True),
    ]
    assert presses(english) == [
        *zip(("Yes", "No", "I don’t know"), arguments, strict=True),
    ]


def test_several_candidates_are_buttons_of_their_own():
    upload = upload_with([("Omzet", "revenue"), ("Bedrag", "outcome")])
    question = Question(code="revenue_column", positions=(0, 1), assumed=0)
    reply = answers.ask(upload, question, "nl")
    assert "meer dan één" in told(reply)
    assert presses(reply) == [
        ("Omzet", Press("revenue", 1, "0")),
        ("Bedrag", Press("revenue", 1, "1")),
        ("Weet ik niet", Press("revenue", 1, "skip")),
    ]


@pytest.mark.parametrize("meaning", ["premium", "amount"])
def test_premium_that_is_offered_as_revenue_says_where_it_goes(meaning):
    columns = (column(0, "Bedrag", "outcome", meaning), column(1, "Waarde", "revenue"))
    upload = replace(upload_of("no costs"), plan=ColumnPlan(columns=columns))
    question = Question(code="revenue_column", positions=(0, 1), assumed=1)
    said = told(answers.ask(upload, question, "nl"))
    assert ("gaat meestal naar de verzekeraar" in said) == (meaning == "premium")


@pytest.mark.parametrize(("language", "label"), [("nl", "Kolommen"), ("en", "Columns")])
def test_without_revenue_the_one_button_leads_to_the_columns(language, label):
    upload = upload_of("no revenue")
    for reply in (
        answers.first_answer(upload, language),
        answers.cannot_tell(upload, language),
        answers.outdated(upload, language),
    ):
        assert presses(reply) == [(label, Press("columns", 1))]


def test_without_revenue_and_rows_no_button_is_left():
    assert not answers.first_answer(replace(upload_of("no revenue"), rows_kept=False), "nl").buttons


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_revenue_every_answer_has_a_button(language):
    actions = [
        press.action for _, press in presses(answers.first_answer(upload_of("even"), language))
    ]
    assert actions == ["top10", "pareto", "value", "focus", "why", "more"]


@pytest.mark.parametrize(
    ("language", "off", "traits"),
    [
        ("nl", "Niet gebruikt (staat uit): Geslacht.", "Kenmerken: Beroep."),
        ("en", "Not used (switched off): Geslacht.", "Traits: Beroep."),
    ],
)
def test_a_column_that_is_switched_off_is_no_trait(language, off, traits):
    gender = column(1, "Geslacht", "trait", "gender")
    plan = ColumnPlan(columns=(column(0, "Beroep", "trait", "occupation"), gender))
    upload = replace(upload_of("no costs"), plan=plan)
    text = told(columns.plan_of_columns(upload, (), language))
    assert off in text
    assert traits in text
    assert {"nl": "staat uit", "en": "switched off"}[language] in told(
        columns.ask_role(upload, 1, language)
    )


@pytest.mark.parametrize(
    ("language", "told_apart"),
    [
        ("nl", "Zegt iets over een regel, niet over een klant: Object."),
        ("en", "Says something of a row, not of a client: Object."),
    ],
)
def test_a_column_that_tells_of_a_row_is_no_trait(language, told_apart):
    upload = upload_with([("Object", "trait"), ("Beroep", "trait")])
    note = Note(code="column_differs_by_row", values={"header": "Object", "count": 9})
    by_row = replace(upload, findings=upload.findings.model_copy(update={"notes": (note,)}))
    text = told(columns.plan_of_columns(by_row, (), language))
    assert told_apart in text
    assert {"nl": "Kenmerken: Beroep.", "en": "Traits: Beroep."}[language] in text


def test_without_such_a_column_nothing_is_said_of_it():
    upload = upload_with([("Beroep", "trait")])
    assert "staat uit" not in told(columns.plan_of_columns(upload, (), "nl"))
    assert "staat uit" not in told(columns.ask_role(upload, 0, "nl"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_column_of_dates_may_be_a_date_again(language):
    """Whoever took the last contact for a trait by mistake can take it back."""
    upload = upload_with([("Laatste contact", "trait"), ("Omzet", "revenue")])
    dates = upload.plan.columns[0].model_copy(update={"kind": "date"})
    plan = upload.plan.model_copy(update={"columns": (dates, *upload.plan.columns[1:])})
    offered = {press.argument for _, press in presses(columns.ask_role(upload, 0, language))}
    assert "0.last_contact" not in offered
    with_dates = replace(upload, plan=plan)
    offered = {press.argument for _, press in presses(columns.ask_role(with_dates, 0, language))}
    assert {"0.last_contact", "0.since", "0.birth_date", "0.revenue"} <= offered


def test_a_long_label_says_that_it_goes_on():
    label = answers.button_label("Bruto jaarinkomen: € 80.000 of meer + Vermogen: € 125.000", "nl")
    assert len(label) <= answers.BUTTON_LENGTH
    assert label.endswith("…")
    assert answers.button_label("Beroep", "nl") == "Beroep"
    assert answers.button_label("Van der Bergh-Hoogewerff", "nl", room=10) == "Van der B…"


def test_a_long_file_name_keeps_its_end():
    label = files.file_label("nl_klantenboek_1907_werkzaamheden.csv", 12)
    assert label == "12 · nl_klantenboek_19…werkzaamheden.csv"
    assert len(label) <= answers.BUTTON_LENGTH
    assert files.file_label("klanten.csv", 1) == "1 · klanten.csv"
