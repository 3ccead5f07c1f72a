"""Text of a file is data: any of it arrives readable, escaped exactly once, and breaks nothing."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.columns.plan import Question
from analysis.findings import StillBinds
from bot.localchat.markup import clean, parse_html
from bot.replies import answers, columns
from bot.replies.blocks import LIMIT, split
from bot.replies.formats import from_file
from bot.replies.render import render
from storage.office import Upload
from tests.bot.replies.situations import (
    LANGUAGES,
    replies_about_columns,
    upload_of,
    waiting_file,
)

# A machine that does more at once is no failure.
PATIENT = settings(deadline=None)

ANY_TEXT = st.text(st.characters(codec=None), max_size=120)
NASTY = (
    "<b>&\"'=HYPERLINK(",
    "&amp;lt;script&gt;",
    "{{ 7 * 7 }}{% raw %}",
    "{header}{value}{0}",
    "% if\n---\n%",
    "\u202eomgekeerd\u2066",
    "😀" * 60,
    "\ud800",
    "\N{COMBINING LOW LINE}",
    "---",
)


OFF = {"role": "trait", "meaning": "gender", "stored": True}


def shown(text: str, language: str) -> str:
    """What a reader must find of this text."""
    nameless = {"nl": "(zonder naam)", "en": "(no name)"}[language]
    return clean(from_file(text) or nameless).strip()


def examples(test):
    for text in NASTY:
        test = example(text=text)(test)
    return test


def upload_with(text: str) -> Upload:
    """A list in which everything that can come from a file is this text."""
    upload = upload_of("everything significant")
    findings = upload.findings
    assert findings.top10 is not None
    assert findings.focus is not None

    def renamed(condition):
        changed = {"header": text, "operator": "is", "value": text, "kind": "category"}
        return condition.model_copy(update=changed)

    top = findings.top10.model_copy(
        update={
            "traits": tuple(map(renamed, findings.top10.traits)),
            "usual": tuple(map(renamed, findings.top10.traits)),
            "clients": tuple(
                client.model_copy(update={"client": text}) for client in findings.top10.clients
            ),
        }
    )
    groups = tuple(
        group.model_copy(update={"conditions": tuple(map(renamed, group.conditions))})
        for group in findings.groups
    )
    bound = StillBinds(client=text, why="rate_end", header=text, value=text)
    focus = findings.focus.model_copy(update={"still_binds": (bound,) * 3, "still_binds_total": 3})
    columns = tuple(
        column.model_copy(
            update={"header": text, "name": text or "1", "stored": column.role == "revenue"}
        )
        for column in upload.plan.columns
    )
    changed = {
        "file_name": text,
        "plan": upload.plan.model_copy(update={"columns": columns}),
        "findings": findings.model_copy(update={"top10": top, "groups": groups, "focus": focus}),
    }
    return Upload(**{**vars(upload), **changed})


def check(markup: str, text: str, language: str, times: int) -> None:
    pieces = [parse_html(piece) for piece in split(markup)]
    assert all(0 < piece.length <= LIMIT for piece in pieces)
    # A message may be cut between two of its blank lines, never inside the text.
    assert sum(piece.text.count(shown(text, language)) for piece in pieces) >= times


@pytest.mark.parametrize("language", LANGUAGES)
@examples
@PATIENT
@given(text=ANY_TEXT)
def test_headings_values_and_names_arrive_as_they_stood(language, text):
    upload = upload_with(text)
    names = {text: text}
    question = Question(code="revenue_column", positions=(0,), assumed=0)
    # A column without a heading is called by its letter.
    named = bool(text)
    for reply, times in (
        (answers.receipt(upload, language, 7), 1 + 2 * named),
        (answers.ask(upload, question, language), 1 * named),
        (answers.first_answer(upload, language), 2),
        (answers.top10(upload, language), 11),
        (answers.top10(upload, language, names), 11),
        (answers.why_top10(upload, language), 6),
        (answers.value(upload, language), 6),
        (answers.focus(upload, language), 6),
        (answers.cannot_tell(upload, language), 1),
    ):
        check(reply.text, text, language, times if shown(text, language) else 0)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "template", ["received", "computing", "unreadable", "no_such_file", "stopped", "ask_password"]
)
@examples
@PATIENT
@given(text=ANY_TEXT)
def test_a_file_name_arrives_as_it_stood(template, language, text):
    told = {"reason": "empty", "found": text, "limit": text, "kept": False}
    if template == "no_such_file":
        told = {"reason": text}
    elif template == "computing":
        told = {"row_count": 1, "seconds": 2}
    elif template == "received":
        told = {"size": "2000000 bytes", "seconds": 2}
    elif template == "stopped":
        told = {}
    elif template == "ask_password":
        told = {"wrong": True}
    check(render(template, language, file_name=text, **told), text, language, 1)


@pytest.mark.parametrize("language", LANGUAGES)
@examples
@PATIENT
@given(text=ANY_TEXT)
def test_what_is_said_and_asked_about_columns_shows_them_as_they_stood(language, text):
    upload = upload_with(text)
    stored = sum(column.stored for column in upload.plan.columns)
    replies = replies_about_columns(upload, language)
    times = 1 if text and shown(text, language) else 0
    for answer, reply in replies.items():
        at_least = 1 + len(upload.plan.columns) if answer == "columns" else 1
        check(reply.text, text, language, times * at_least)
    off = [column.model_copy(update=OFF) for column in upload.plan.columns[:1]]
    switched_off = replace(upload, plan=upload.plan.model_copy(update={"columns": tuple(off)}))
    reply = columns.plan_of_columns(switched_off, (), language)
    check(reply.text, text, language, times * 2)
    labels = [button.label for row in replies["columns"].buttons for button in row]
    assert len(labels) == stored
    assert all(0 < len(label) <= 40 for label in labels)


@pytest.mark.parametrize("language", LANGUAGES)
@examples
@PATIENT
@given(text=ANY_TEXT)
def test_questions_about_a_file_show_its_name_and_sheets_as_they_stood(language, text):
    upload = upload_with(text)
    column = upload.plan.columns[0].model_copy(update={"header": text or "1"})
    asked = answers.ask_sheet(waiting_file(text, (text, text)), language)
    for markup in (
        asked.text,
        answers.ask_complete(upload, upload, language).text,
        answers.ask_password(text, language, wrong=False).text,
        answers.ask_if_password(text, language).text,
        render("rows_gone", language, upload=upload),
    ):
        check(markup, text, language, 1 if shown(text, language) else 0)
    said = columns.role_set(upload, upload, column.position, language)
    check(said, text or "1", language, 1 if shown(text, language) else 0)
    for row in asked.buttons:
        assert all(0 < len(button.label) <= 40 for button in row)


@pytest.mark.parametrize("language", LANGUAGES)
@examples
@PATIENT
@given(text=ANY_TEXT)
def test_a_refusal_never_shows_unknown_facts(language, text):
    for reason in ("too_large", "unsupported"):
        markup = render(
            "unreadable",
            language,
            reason=reason,
            found="<i>" + text,
            limit="<i>" + text,
            file_name="klanten.csv",
            kept=True,
        )
        assert "<i>" not in parse_html(markup).text


@PATIENT
@given(text=ANY_TEXT)
def test_text_of_a_file_is_one_short_line(text):
    line = from_file(text)
    assert len(line) <= 60
    assert len(line.splitlines()) <= 1
    assert not {"Cc", "Cs"} & {unicodedata.category(character) for character in line}
    assert line == line.strip()
    assert from_file(line) == line
    line.encode()


def test_a_long_text_is_cut_with_a_mark():
    assert from_file("a" * 61) == "a" * 59 + "…"
    assert from_file("a" * 60) == "a" * 60
