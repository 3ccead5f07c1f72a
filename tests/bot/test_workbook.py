"""What is taken along: every client with his figures, in files that any program opens safely."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pandas as pd
import pytest
import python_calamine
from hypothesis import example, given, settings
from hypothesis import strategies as st

import analysis
from analysis import clients, columns, reading
from analysis.errors import UnreadableFile
from analysis.findings import Findings
from analysis.segmentation import segment
from bot.replies import exports
from bot.replies.words import LANGUAGES, words
from bot.sample import sample
from bot.workbook import Wish, write_export
from bot.workbook.cells import FORMULA_STARTS, LONGEST_CELL, harmless, plain
from bot.workbook.delimited import write_csv
from bot.workbook.excel import MOST_ROWS, write_workbook
from bot.workbook.table import ExportColumn, columns_of
from storage.office import Upload
from tests.analysis.make_clients import make_clients

DAY = date(2026, 11, 23)
PATIENT = settings(deadline=None, max_examples=40)
HOSTILE = (
    "=HYPERLINK(\"http://voorbeeld.test\")",
    "+31 6",
    "-1",
    "@SUM(A1)",
    "＝1+1",
    "\t=1",
    "\r\n=1",
    "' =1",
    '";=1;"',
    "_x003D_1",
    "<b>&\"'",
    "\ud800\ufffe\x00",
    "a" * 40_000,
)  # fmt: skip


def upload_of(content: bytes, name: str = "klanten.csv") -> Upload:
    """The list as it is stored after its analysis."""
    sheet = reading.read_sheet(content, name)
    plan = columns.propose(sheet)
    rows = reading.pack(sheet, plan)
    findings = segment(clients.build(reading.unpack(rows), plan), DAY)
    received = datetime(2026, 11, 23).astimezone()
    return Upload(
        number=1,
        file_name=name,
        received_at=received,
        plan=plan,
        rows_kept=True,
        read_rows=lambda: rows,
        row_count=len(sheet.cells),
        extends=None,
        findings=findings,
    )


def exported(upload: Upload, form="xlsx", language="nl", *, with_names=True) -> bytes:
    wish = exports.wish(upload, form, language, with_names=with_names)
    return write_export(upload.rows, upload.plan, upload.findings, wish)


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def parts_of(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def frame_of(content: bytes) -> pd.DataFrame:
    return pd.read_excel(io.BytesIO(content), dtype={0: str}, engine="calamine")


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


@pytest.fixture(scope="module")
def of_sample() -> Upload:
    name, content = sample("nl")
    return upload_of(content, name)


@pytest.fixture(scope="module")
def workbooks(of_sample) -> dict[str, bytes]:
    return {language: exported(of_sample, language=language) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_has_four_sheets_and_native_charts(workbooks, language):
    workbook = opened(workbooks[language])
    texts = words(language)["workbook"]
    assert workbook.sheetnames == [
        texts[name] for name in ("clients", "charts", "findings", "explanation")
    ]
    listed, charts = workbook.worksheets[:2]
    assert listed.freeze_panes == "B2"
    assert listed.auto_filter.ref == listed.dimensions
    assert [type(chart).__name__ for chart in charts._charts] == ["ScatterChart", "BarChart"]
    points = [series.yVal.numRef.f for series in charts._charts[0].series]
    assert points == [f"'{charts.title}'!$B$2:$B$61", f"'{charts.title}'!$C$2:$C$61"] or points == [
        f"{charts.title}!$B$2:$B$61",
        f"{charts.title}!$C$2:$C$61",
    ]


FORMATS = {
    "nl": ("[$€-413] #,##0.00;[$€-413] -#,##0.00", "[$-413]dd-mm-yyyy"),
    "en": ("[$€-809]#,##0.00;-[$€-809]#,##0.00", "[$-809]d mmm yyyy"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_amounts_dates_and_shares_are_written_as_the_language_does(workbooks, language):
    sheet = opened(workbooks[language]).worksheets[0]
    formats = {cell.value: below.number_format for cell, below in zip(*sheet["1:2"], strict=True)}
    texts = words(language)["workbook_columns"]
    money, day = FORMATS[language]
    assert formats[texts["revenue"]] == formats[texts["profit"]] == money
    assert formats[texts["share"]] == "0.0%"
    assert formats[texts["client"]] == "@"
    assert day in formats.values()


def test_no_cell_holds_a_formula(workbooks):
    for content in workbooks.values():
        for name, part in parts_of(content).items():
            if name.startswith("xl/worksheets/sheet"):
                assert "<f>" not in part
                assert "<hyperlink" not in part


def test_the_figures_are_those_of_the_list(of_sample, workbooks):
    """Against pandas on the sample itself."""
    found = frame_of(workbooks["nl"])
    clients_of_list = clients.build(reading.unpack(of_sample.rows), of_sample.plan)
    expected = pd.Series(clients_of_list.revenue, index=list(clients_of_list.ids))
    revenue = found.set_index("Klantnummer")["Omzet"]
    assert revenue.sort_index().tolist() == expected.sort_index().tolist()
    assert found["Omzet"].is_monotonic_decreasing
    assert (found["Winst"] - (found["Omzet"] - found["Kosten"])).abs().max() < 1e-6
    total = found["Omzet"].sum()
    assert (found["Aandeel"] - found["Omzet"] / total).abs().max() < 1e-8
    assert (found["Opgeteld aandeel"] - found["Omzet"].cumsum() / total).abs().max() < 1e-8
    assert found["Rang"].tolist() == found["Omzet"].rank(method="min", ascending=False).tolist()
    levels = {level.level: level.clients for level in of_sample.findings.focus.levels}
    assert found["Niveau"].value_counts().to_dict() == levels
    assert found[found["Niveau"] == "A"]["Omzet"].sum() >= 0.8 * total


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_is_explained(workbooks, language):
    workbook = opened(workbooks[language])
    headers = [cell.value for cell in workbook.worksheets[0][1]]
    explained = {row[0].value: row[1].value for row in workbook.worksheets[3].iter_rows(min_row=5)}
    assert all(explained[header] for header in headers)
    assert len(set(headers)) == len(headers)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_findings_are_the_answers_of_the_chat_without_tags(workbooks, of_sample, language):
    cells = [cell.value for (cell,) in opened(workbooks[language]).worksheets[2].iter_rows()]
    text = "\n".join(cell for cell in cells if cell)
    assert "DGA" in text
    assert not re.search(r"</?[bi]>|&amp;|&#", text)
    assert {"nl": "Jouw eigen 80/20", "en": "Your own 80/20"}[language] in cells


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_findings_point_at_no_button(workbooks, language):
    cells = [cell.value for (cell,) in opened(workbooks[language]).worksheets[2].iter_rows()]
    assert not [cell for cell in cells if cell and words(language)["buttons"]["why"] in cell]


def test_a_mark_of_the_adviser_is_a_column(of_sample):
    client = of_sample.findings.top10.clients[2].client
    wish = exports.wish(of_sample, "xlsx", "nl", with_names=False, marks={"pleasant": [client]})
    content = write_export(of_sample.rows, of_sample.plan, of_sample.findings, wish)
    found = frame_of(content)
    assert found.loc[found["prettig"] == "ja", "Klantnummer"].tolist() == [client]
    assert "ambassadeur" not in found.columns


def test_a_curve_above_the_whole_stays_on_its_axis():
    rows = [f"{n};{1000 + n}" for n in range(40)]
    upload = upload_of("\n".join(["Klantnummer;Omzet", *rows, "40;-150"]).encode())
    highest = max(point.revenue for point in upload.findings.pareto.curve)
    assert highest > 1
    charts = [text for name, text in parts_of(exported(upload)).items() if "charts/chart" in name]
    ends = [float(end) for chart in charts for end in re.findall(r'<c:max val="([\d.]+)"', chart)]
    assert max(ends) >= highest


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_nobody_is_named_unasked(of_sample, form):
    name = clients.build(reading.unpack(of_sample.rows), of_sample.plan).names.iloc[0]
    named = exported(of_sample, form, with_names=True)
    nameless = exported(of_sample, form, with_names=False)
    texts = [
        "\n".join(parts_of(content).values()) if form == "xlsx" else content.decode()
        for content in (named, nameless)
    ]
    assert [name in text for text in texts] == [True, False]


def test_a_household_is_a_name_too():
    rows = [f"{n};Gezin {chr(65 + n)}{'aeiou'[n % 5]}nsen;{n}" for n in range(26)]
    upload = upload_of("\n".join(["Klantnummer;Huishouden;Omzet", *rows]).encode())
    assert upload.plan.with_role("household")
    assert b"Gezin" in exported(upload, "csv", with_names=True)
    assert b"Gezin" not in exported(upload, "csv", with_names=False)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_engine_reads_its_own_export(of_sample, tmp_path, form, language):
    path = tmp_path / f"export.{form}"
    path.write_bytes(exported(of_sample, form, language))
    again = analysis.load(path)
    original = clients.build(reading.unpack(of_sample.rows), of_sample.plan)
    assert sorted(again.ids) == sorted(original.ids)
    assert again.revenue.sum() == pytest.approx(original.revenue.sum(), abs=0.01)
    assert again.cost.sum() == pytest.approx(original.cost.sum(), abs=0.01)


def test_zeros_in_front_of_a_client_number_stay():
    rows = [f"00{100 + n};{1000 - n},50" for n in range(24)]
    content = exported(upload_of("\n".join(["Klantnummer;Omzet", *rows]).encode()))
    assert opened(content).worksheets[0]["A2"].value == "00100"
    sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(
        0
    )
    assert sheet.to_python()[1][0] == "00100"


def test_the_csv_is_written_as_a_dutch_excel_reads_it():
    text = (
        "Klantnummer;Naam;Omzet;Marge;Klant sinds;Uren;Ondernemer\n"
        "1;Ans de Wit;1234,50;1000;1-3-2010;1,5;ja\n"
        "2;Bob Smit;-65,50;-70;;2;nee\n"
    )
    content = exported(upload_of(text.encode()), "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 3
    header, first, second = csv_rows(content)
    row = dict(zip(header, first, strict=True))
    assert row["Klantnummer"] == "1"
    assert row["Omzet"] == "1234,50"
    assert row["Kosten"] == "234,50"
    assert row["Aandeel"] == "105,60%"
    assert row["Klant sinds"] == "01-03-2010"
    assert row["Uren"] == "1,5"
    assert row["Ondernemer"] == "ja"
    assert dict(zip(header, second, strict=True))["Omzet"] == "-65,50"
    assert dict(zip(header, second, strict=True))["Klant sinds"] == ""
    assert "Niveau" not in header, "two clients have no levels"


def test_without_client_numbers_the_row_of_the_list_stands_in_their_place():
    rows = [f"Familie {chr(65 + n)}{'aeiou'[n % 5]}nsen;{n + 1}" for n in range(26)]
    upload = upload_of("\n".join(["Naam;Omzet", *rows]).encode())
    header, first, *_ = csv_rows(exported(upload, "csv"))
    assert header[:3] == ["Regel in je lijst", "Naam", "Omzet"]
    assert first[:3] == ["27", "Familie Zansen", "26,00"]


def test_a_total_below_zero_has_no_shares():
    rows = [f"{n};{-n}" for n in range(1, 31)]
    upload = upload_of("\n".join(["Klantnummer;Omzet", *rows]).encode())
    header, *_ = csv_rows(exported(upload, "csv"))
    assert header == ["Klantnummer", "Omzet", "Rang"]
    assert opened(exported(upload)).worksheets[1]._charts == []


def test_a_column_of_the_list_may_have_the_name_of_ours():
    rows = [f"{n};{n};{n % 4}" for n in range(1, 31)]
    upload = upload_of("\n".join(["Klantnummer;Omzet;Niveau", *rows]).encode())
    header, *_ = csv_rows(exported(upload, "csv"))
    assert header[-2:] == ["Niveau", "Niveau (2)"]


@pytest.mark.parametrize("year", [1900, 1899, 1])
def test_a_date_that_excel_does_not_know_is_text(of_sample, year):
    column = ExportColumn("Dag", "date", [date(year, 3, 1)], "")
    wish = Wish("xlsx", "nl", with_names=False, file_name="x.csv")
    cell = opened(write_workbook([column], of_sample.findings, wish)).worksheets[0]["A2"]
    expected = datetime(1900, 3, 1) if year == 1900 else f"{year:04d}-03-01"
    assert cell.value == expected


def test_more_clients_than_excel_has_rows_are_refused(of_sample):
    column = ExportColumn("Omzet", "money", range(MOST_ROWS), "")
    wish = Wish("xlsx", "nl", with_names=False, file_name="x.csv")
    with pytest.raises(UnreadableFile) as refused:
        write_workbook([column], of_sample.findings, wish)
    assert refused.value.reason == "too_large"


def test_nothing_stands_unencrypted_on_the_disk_meanwhile(of_sample, monkeypatch):
    def refuse(*_args, **_options):
        raise AssertionError("a temporary file was made")

    for name in ("mkstemp", "mkdtemp", "TemporaryFile", "NamedTemporaryFile"):
        monkeypatch.setattr(f"tempfile.{name}", refuse)
    assert exported(of_sample).startswith(b"PK")


def explained(text: str) -> dict[str, str]:
    """What the workbook of this list says of each column."""
    sheet = opened(exported(upload_of(text.encode()))).worksheets[3]
    return {str(row[0].value): str(row[1].value) for row in sheet.iter_rows(min_row=5)}


def test_a_column_is_explained_as_it_counts():
    """As `/kolommen` says it: off, told of a row, or assumed to be costs."""
    rows = [f"{n // 2};{'mv'[n // 2 % 2]};{'ab'[n % 2]};{900 - n};{n}" for n in range(120)]
    told = explained("\n".join(["Klantnummer;Geslacht;Artikel;Omzet;Claim cost", *rows]))
    assert told["Geslacht"] == "Uit je lijst. Ik lees het als: een kenmerk (staat uit)."
    assert "geen kenmerk" in told["Artikel"]
    assert "neem ik aan" in told["Kosten"]


def _columns_with(text: str) -> list[ExportColumn]:
    """Everything that can come from a file is this text."""
    said = pd.Series([text, "2"], dtype=object)
    # No heading of a table can hold half a character.
    heading = text.encode("utf-8", "replace").decode()
    built = make_clients(
        {"Nummer": said, f"Kop {heading}": said, heading: pd.Series([True, None])},
        revenue=[2.0, 1.0],
        roles={"Nummer": "client_id"},
    )
    built = replace(built, ids=said, names=said)
    return columns_of(built, "nl", with_names=True)


def _check_hostile(text: str, findings: Findings) -> None:
    columns = _columns_with(text)
    wish = Wish("xlsx", "nl", with_names=True, file_name=text, statements=(f"<b>{text}</b>",))
    content = write_workbook(columns, findings, wish)
    for sheet in opened(content).worksheets:
        for row in sheet.iter_rows():
            assert {cell.data_type for cell in row} <= {"s", "n", "d"}
    for name, part in parts_of(content).items():
        assert not (name.startswith("xl/worksheets/sheet") and "<f>" in part)
    calamine = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    header, first, _ = calamine.get_sheet_by_index(0).to_python()
    assert first[:2] == [plain(text), plain(text)]
    assert any(each.startswith("Kop") for each in header)
    assert [each for each in header if plain(each) != each] == []

    written = csv_rows(write_csv(columns))
    assert {len(row) for row in written} == {len(columns)}
    assert written[1][:2] == [harmless(plain(text))] * 2
    assert not [cell for row in written for cell in row if cell[:1] in FORMULA_STARTS]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(of_sample, text):
    _check_hostile(text, of_sample.findings)


@PATIENT
@given(text=st.text(st.characters(codec=None), max_size=40))
def test_any_text_stays_text(of_sample, text):
    _check_hostile(text, of_sample.findings)


@PATIENT
@given(text=st.text(st.characters(codec=None), max_size=60))
@example(text="\u2028=1")
@example(text="\ufffe=1")
def test_a_cell_is_one_line_that_xml_can_hold(text):
    shown = plain(text)
    assert len(shown.splitlines()) <= 1
    assert len(shown) <= LONGEST_CELL
    assert plain(shown) == shown
    shown.encode()
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", shown)
    assert harmless(shown)[:1] not in FORMULA_STARTS
