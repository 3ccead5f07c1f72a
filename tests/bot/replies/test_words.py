"""Every code that the analysis can give has words, in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import analysis
from analysis.chance import CLEAR, HINT
from analysis.errors import Reason, UnreadableFile
from analysis.findings import Note, StillBinds, Verdict
from analysis.focus import CARE
from analysis.measures import MEASURES
from analysis.reading.content import recognise
from bot.buttons import Action
from bot.localchat.markup import parse_html
from bot.replies.render import plain, render
from bot.replies.words import LANGUAGES, words
from storage.office import Upload
from tests.bot.replies.situations import SITUATIONS, other_replies, replies_about, upload_of

SOURCES = sorted(Path(analysis.__file__).parent.rglob("*.py"))
DOCUMENTED = {
    code: re.findall(r"`(\w+)`", parameters)
    for code, parameters in re.findall(r"- `(\w+)`(?: \(([^)]*)\))?:", Note.__doc__ or "")
}


def calls_of(name: str) -> Iterator[ast.Call]:
    """Every call of this name in the analysis."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", None) == name:
                yield node


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    return next((each.value for each in call.keywords if each.arg == name), None)


def codes_of(name: str, argument: str) -> set[str]:
    values = (keyword(call, argument) for call in calls_of(name))
    return {str(value.value) for value in values if isinstance(value, ast.Constant)}


def note_sentence(code: str, values: dict[str, object], language: str) -> str:
    note = Note.model_validate({"code": code, "values": values})
    return plain("note", note, language)


def example_values(names: list[str], count: int) -> dict[str, object]:
    texts = {"header": "Kop & <staart>", "measure": "profit", "basis": "hours"}
    return {name: texts.get(name, count) for name in names}


def test_the_docstring_of_note_is_understood():
    assert len(DOCUMENTED) >= 19
    assert DOCUMENTED["column_too_empty"] == ["header", "known"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 1234])
@pytest.mark.parametrize("code", DOCUMENTED)
def test_every_note_has_a_sentence(code, count, language):
    names = DOCUMENTED[code]
    sentence = note_sentence(code, example_values(names, count), language)
    assert sentence.endswith(".")
    assert not re.search(r"[{}]|None", sentence)
    assert "Kop & <staart>" in sentence or "header" not in names
    if count == 1:
        # A top is never most of a list of one, and no group is that small.
        plural = re.search(r"(?<!\d)1 (\w+ )?(klanten|clients|cellen|cells)\b", sentence)
        assert plural is None or code in {"top_is_most_of_the_file", "smallest_group"}
    elif {"count", "tested", "known"} & set(names):
        assert {"nl": "1.234", "en": "1,234"}[language] in sentence


@pytest.mark.parametrize(
    ("code", "values", "dutch", "english"),
    [
        ("rate_for_all_hours", {"rate": 150}, "ten minste € 150 op", "at least €150"),
        ("hours_kept", {"share": 0.5}, "50% van de uren van nu", "50% of the present hours"),
        ("measure_unknown", {"measure": "profit"}, "klanten op winst te", "clients by profit."),
        ("costs_estimated", {"basis": "claims"}, "aantal schades", "number of claims"),
        ("column_too_empty", {"header": "", "known": 2}, "‘(zonder naam)’", "‘(no name)’"),
    ],
)
def test_what_a_note_tells_is_written_as_what_it_is(code, values, dutch, english):
    assert dutch in note_sentence(code, values, "nl").replace("\N{NO-BREAK SPACE}", " ")
    assert english in note_sentence(code, values, "en")


def test_every_note_that_the_analysis_writes_has_a_sentence():
    written = codes_of("Note", "code")
    assert len(written) >= 15
    for language in LANGUAGES:
        assert written <= set(words(language)["notes"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_to_leave_out_has_a_sentence(language):
    assert codes_of("LeftOut", "why") <= set(words(language)["left_out"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_care_that_goes_on_has_words(language):
    assert set(CARE.values()) == set(words(language)["binds"]) == set(words(language)["care"])
    documented = set(re.findall(r"`(\w+)`", (StillBinds.__doc__ or "").split("`value`")[0]))
    assert documented - {"why"} == set(words(language)["binds"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verdict_and_measure_has_words(language):
    assert set(words(language)["verdicts"]) == set(get_args(Verdict))
    assert set(MEASURES) < set(words(language)["measures"])


STARTS = [
    b"%PDF-1.7",
    b"\x89PNG\r\n",
    b"\xff\xd8\xff\xe0",
    b"{\\rtf1",
    b"SQLite format 3\x00",
    b"PAR1",
    b"Rar!\x1a",
    b"7z\xbc\xaf",
    b"OggS",
    b"\x7fELF",
]


@pytest.mark.parametrize("start", STARTS)
def test_every_format_that_is_no_list_is_named(start):
    with pytest.raises(UnreadableFile) as refused:
        recognise(start + bytes(64))
    for language in LANGUAGES:
        assert refused.value.found in words(language)["formats"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_that_the_analysis_refuses_by_name_has_words(language):
    refusals = (call.args for call in calls_of("UnreadableFile") if len(call.args) > 1)
    found = {
        str(what.value)
        for reason, what, *_ in refusals
        if getattr(reason, "value", "") == "unsupported" and isinstance(what, ast.Constant)
    }
    assert {"numbers", "docx"} <= found
    # What an office document is, could not be told.
    assert found - {"office document"} <= set(words(language)["formats"])


ASKS = {"nl": r"\b(stuur|probeer)\b", "en": r"\b(send|try)\b"}
EXPECTS = {"nl": "Ik verwachtte", "en": "I expected"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", get_args(Reason))
def test_every_refusal_says_what_was_expected_and_found_and_what_to_do(reason, language):
    markup = render(
        "unreadable",
        language,
        reason=reason,
        found="2100 columns" if reason == "too_large" else "pdf",
        limit="2000 columns" if reason == "too_large" else "",
        file_name="lijst.xyz",
        kept=False,
    )
    expected, *actions = parse_html(markup).text.split("\n\n")[0].split(". ")
    assert expected.startswith(EXPECTS[language])
    assert "lijst.xyz" in expected
    assert any(re.search(ASKS[language], action, re.IGNORECASE) for action in actions)
    assert markup.count("\n") == 2, "one line, and what happened to the data"


def test_every_refusal_is_different():
    texts = {
        render("unreadable", "nl", reason=r, found="", limit="", file_name="x", kept=True)
        for r in get_args(Reason)
    }
    assert len(texts) == len(get_args(Reason))


@pytest.mark.parametrize(
    ("language", "kept", "told"),
    [
        ("nl", False, "Er is niets bewaard."),
        ("nl", True, "Van dit bestand is niets bewaard."),
        ("en", False, "Nothing was stored."),
        ("en", True, "Nothing of this file was kept."),
    ],
)
def test_every_refusal_says_that_nothing_was_kept(language, kept, told):
    facts = {"reason": "damaged", "found": "", "limit": "", "file_name": "lijst.csv"}
    assert told in render("unreadable", language, kept=kept, **facts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_csv_that_asks_too_much_memory_is_not_to_be_saved_as_csv(language):
    facts = {"found": "", "limit": "", "file_name": "lijst", "kept": False}
    text = render("unreadable", language, reason="too_much_memory", **facts)
    assert "csv" not in text
    assert {"nl": "Laat kolommen weg", "en": "Leave out columns"}[language] in text


SIZES = [
    ("2100 columns", "2000 columns", "2.000 kolommen", "(2.100 kolommen)"),
    ("41000000 cells", "40000000 cells", "40.000.000 cellen", "(41.000.000 cellen)"),
    (f"{450 * 2**20} bytes", f"{400 * 2**20} bytes", "400 MB", "(450 MB)"),
    (f"{900 * 2**20} bytes unpacked", f"{800 * 2**20} bytes", "800 MB", "(900 MB)"),
    ("", "", "wat ik aankan", "groter."),
    ("rows: many", "few", "wat ik aankan", "groter."),
]


@pytest.mark.parametrize(("found", "limit", "said_limit", "said_found"), SIZES)
def test_sizes_are_told_as_a_reader_says_them(found, limit, said_limit, said_found):
    text = render(
        "unreadable",
        "nl",
        reason="too_large",
        found=found,
        limit=limit,
        file_name="lijst.csv",
        kept=False,
    )
    assert f"hooguit {said_limit}," in text
    assert said_found in text


P_VALUES = [
    (0.0005, "minder dan 1 op de 100 keer", "less than 1 time in 100"),
    (0.01, "minder dan 1 op de 100 keer", "less than 1 time in 100"),
    (CLEAR, "ongeveer 1 op de 20 keer", "about 1 time in 20"),
    (HINT, "ongeveer 1 op de 10 keer", "about 1 time in 10"),
    (0.5, "ongeveer 1 op de 2 keer", "about 1 time in 2"),
    (0.9, "meestal", "most of the time"),
    (1.0, "meestal", "most of the time"),
]


@pytest.mark.parametrize(("p_value", "dutch", "english"), P_VALUES)
def test_chance_is_told_in_times(p_value, dutch, english):
    upload = upload_of("everything significant")
    top = upload.findings.top10
    trait = top.traits[0].model_copy(update={"p_value": p_value})
    findings = upload.findings.model_copy(
        update={"top10": top.model_copy(update={"traits": (trait,)})}
    )
    changed = Upload(**{**vars(upload), "findings": findings})
    for language, expected in (("nl", dutch), ("en", english)):
        assert f"· {expected} · <i>" in render("why_top10", language, upload=changed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_has_a_label_and_fits(language):
    replies = list(other_replies(language).values())
    for situation in SITUATIONS:
        replies += replies_about(upload_of(situation), language).values()
    buttons = [button for reply in replies for row in reply.buttons for button in row]
    for button in buttons:
        assert 0 < len(button.label) <= 40
        assert len(button.press.encode().encode()) <= 64
    used = {button.press.action for button in buttons}
    assert used <= set(get_args(Action))
    assert {"top10", "why_top10", "pareto", "value", "focus", "unsend", "sample"} <= used


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", ["too_large", "too_slow"])
@pytest.mark.parametrize(
    ("file_name", "advised"), [("k.xlsx", True), ("k.csv", False), ("K.TXT", False)]
)
def test_csv_is_advised_only_for_what_is_none(reason, file_name, advised, language):
    facts = {"reason": reason, "found": "", "limit": "", "kept": False}
    text = render("unreadable", language, file_name=file_name, **facts)
    assert ("als csv" in text or "as csv" in text) == advised
    text = render("too_large_for_chat", language, file_name=file_name, size=34)
    assert ("als csv" in text or "as csv" in text) == advised
