from datetime import timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.columns.plan import ColumnPlan
from storage.client_table import FIXED, column_names
from storage.errors import StorageError
from storage.office import WaitingFile
from storage.offices import Offices
from tests.storage.conftest import NOW

CLIENTS = pd.DataFrame(
    {
        "client": ["10", "11"],
        "client_name": ["Bakkerij <b>&\"'=HYPERLINK(", None],
        "level": ["A", "B"],
        "omzet": [1250.5, float("nan")],
        "ondernemer": pd.array([True, None], dtype="boolean"),
        "klant sinds": pd.to_datetime(["2010-05-01", None]),
        "beroep": pd.array(["bakker", None], dtype="str"),
        "vermogen": pd.Categorical(
            ["€ 0-50", "€ 50-99"], categories=["€ 0-50", "€ 50-99"], ordered=True
        ),
    }
)
NAMES = ["Omzet", "OMZET", "Klant\0 sinds", 'Be"roep', ""]


def test_clients_become_a_table_with_typed_columns(offices, plan, findings):
    with offices.open("a1") as office:
        number = office.add_upload(1, "klanten.xlsx", plan, b"rows", 2, NOW)
        office.save_analysis(number, plan, b"rows", CLIENTS, NAMES, findings)
        rows = list(office._database.query(f'select * from "clients_{number}"'))
        types = {c.name: c.type for c in office._database.table(f"clients_{number}").columns}
    assert rows == [
        {"client": "10", "client_name": "Bakkerij <b>&\"'=HYPERLINK(", "level": "A",
         "Omzet": 1250.5, "OMZET (2)": 1, "Klant sinds": "2010-05-01", 'Be"roep': "bakker",
         "column": "€ 0-50"},
        {"client": "11", "client_name": None, "level": "B",
         "Omzet": None, "OMZET (2)": None, "Klant sinds": None, 'Be"roep': None,
         "column": "€ 50-99"},
    ]  # fmt: skip
    assert types["Omzet"] == "REAL"
    assert types["OMZET (2)"] == "INTEGER"
    assert types["Klant sinds"] == "TEXT"


def test_an_upload_survives_a_restart(offices, plan, findings, tmp_path):
    with offices.open("a1") as office:
        number = office.add_upload(1, "klanten.xlsx", plan, b"rows", 2, NOW)
        office.save_analysis(number, plan, b"rows", CLIENTS, NAMES, findings)
    with Offices(tmp_path / "offices", bytes(range(32))).open("a1") as office:
        upload = office.newest_analysed()
        assert upload is not None
        assert (upload.number, upload.file_name, upload.rows) == (number, "klanten.xlsx", b"rows")
        assert upload.plan == plan
        assert upload.findings == findings
        assert office.names_of(number, ["10", "11"]) == {"10": "Bakkerij <b>&\"'=HYPERLINK("}


def test_the_same_update_makes_one_upload(offices, plan):
    with offices.open("a1") as office:
        first = office.add_upload(1, "klanten.xlsx", plan, b"rows", 2, NOW)
        assert office.add_upload(1, "klanten.xlsx", plan, b"rows", 2, NOW) == first
        assert office.add_upload(2, "klanten.xlsx", plan, b"rows", 2, NOW) != first
        assert office.upload_of_update(1).number == first
        assert office.newest_analysed() is None


def test_a_changed_plan_comes_with_its_findings(offices, plan, findings):
    changed = ColumnPlan(columns=(plan.columns[0].model_copy(update={"role": "outcome"}),))
    with offices.open("a1") as office:
        number = office.add_upload(1, "klanten.xlsx", plan, b"rows", 2, NOW)
        office.save_analysis(number, plan, b"rows", CLIENTS, NAMES, findings)
        office.save_analysis(number, changed, b"fewer", CLIENTS.head(1), NAMES, findings)
        upload = office.upload(number)
        assert (upload.plan, upload.rows, upload.findings) == (changed, b"fewer", findings)
        assert office.names_of(number, ["10", "11"]) != {}
        assert office._database.table(f"clients_{number}").count == 1


def test_answers_are_remembered_per_office(offices):
    with offices.open("a1") as office:
        office.remember("opbrengst", "revenue", NOW)
        office.remember("opbrengst", "ignore", NOW)
        office.remember("uren", "hours", NOW)
        office.remember("fee", "revenue", NOW)
        office.remember("provisie", "revenue", NOW, instead_of=("revenue",))
        assert office.answers() == {
            "opbrengst": "ignore",
            "uren": "hours",
            "provisie": "revenue",
        }
    with offices.open("b2") as office:
        assert office.answers() == {}


def test_the_question_that_a_member_had_answered_last(offices):
    earlier, later = NOW - timedelta(hours=1), NOW - timedelta(minutes=1)
    with offices.open("a1") as office:
        office.keep_questions(1, "[1]", earlier, answered_to=11)
        office.keep_questions(1, "[2]", NOW, answered_to=11)
        office.keep_questions(1, "[3]", NOW)
        office.keep_questions(1, "[4]", NOW, answered_to=12)
        office.keep_questions(2, "[5]", NOW, answered_to=11)
        assert office.last_answered(1, 11, later) == "[2]"
        assert office.last_answered(2, 12, later) is None
    with offices.open("b2") as office:
        office.keep_questions(1, "[1]", earlier, answered_to=11)
        assert office.last_answered(1, 11, later) is None


def test_a_file_waits_for_its_password_a_while(offices):
    waiting = WaitingFile(7, 1, "file", "klanten.xlsx", 3, NOW)
    with offices.open("a1") as office:
        office.wait(waiting)
        assert office.waiting_of(7, NOW - timedelta(minutes=15)) == waiting
        assert office.waiting_of(7, NOW + timedelta(minutes=1)) is None
        assert office.waiting_of(8, NOW) is None
        office.stop_waiting(7)
        assert office.waiting_of(7, NOW) is None


def test_after_the_retention_time_only_findings_stay(offices, plan, findings):
    with offices.open("a1") as office:
        old = office.add_upload(1, "oud.xlsx", plan, b"rows", 2, NOW - timedelta(days=91))
        new = office.add_upload(2, "nieuw.xlsx", plan, b"rows", 2, NOW - timedelta(days=89))
        for number in (old, new):
            office.save_analysis(number, plan, b"rows", CLIENTS, NAMES, findings)
        assert office.remove_rows(NOW - timedelta(days=90)) == 1
        assert office.remove_rows(NOW - timedelta(days=90)) == 0
        assert office.upload(old).rows is None
        assert office.upload(old).findings == findings
        assert office.names_of(old, ["10"]) == {}
        assert office.upload(new).rows == b"rows"
        assert office.names_of(new, ["10"]) != {}


def test_a_list_that_was_never_analysed_goes_in_its_time_too(offices, plan):
    with offices.open("a1") as office:
        old = office.add_upload(1, "vraag.xlsx", plan, b"rows", 2, NOW - timedelta(days=91))
        assert office.remove_rows(NOW - timedelta(days=90)) == 1
        assert office.upload(old).rows is None


def test_one_offices_key_does_not_open_anothers_file(offices, plan, tmp_path):
    with offices.open("a1") as office:
        office.add_upload(1, "klanten.xlsx", plan, b"rows", 2, NOW)
    (tmp_path / "offices" / "a1.db").rename(tmp_path / "offices" / "b2.db")
    with pytest.raises(StorageError, match="wrong_key_or_damaged"), offices.open("b2"):
        pass


def test_removing_an_office_leaves_no_file(offices, plan, tmp_path):
    with offices.open("a1") as office:
        office.add_upload(1, "klanten.xlsx", plan, b"rows", 2, NOW)
        offices.remove("a1")
    assert list((tmp_path / "offices").glob("a1*")) == []


def test_a_forgotten_office_is_not_made_anew(offices, tmp_path):
    offices.remove("a1")
    with pytest.raises(StorageError, match="gone"), offices.open("a1"):
        pass
    assert not list((tmp_path / "offices").glob("a1*"))


def test_files_of_offices_that_nobody_knows_are_removed(offices, tmp_path):
    with offices.open("a1"), offices.open("b2"):
        pass
    assert offices.remove_unknown(["b2"]) == 1
    assert {path.name.split(".")[0] for path in (tmp_path / "offices").iterdir()} == {"b2"}


def test_only_its_owner_may_read_a_file(offices, plan, tmp_path):
    with offices.open("a1") as office:
        office.add_upload(1, "klanten.xlsx", plan, b"rows", 2, NOW)
        modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "offices").glob("a1*")}
    assert modes == {0o600}


@pytest.mark.parametrize("office", ["../register", "", "a/b", "a.b"])
def test_an_office_is_no_path(offices, office):
    with pytest.raises(ValueError, match="letters and digits"), offices.open(office):
        pass


@settings(max_examples=50)
@given(names=st.lists(st.text(), max_size=12))
def test_any_headings_make_a_table(tmp_path_factory, names):
    from sqlite_utils import Database

    from storage.client_table import insert_clients

    columns = column_names(names)
    assert len({column.lower() for column in (*FIXED, *columns)}) == len(FIXED) + len(names)
    clients = pd.DataFrame(
        {place: ["x"] if place < len(FIXED) else [1.5] for place in range(len(FIXED) + len(names))}
    )
    database = Database(memory=True)
    insert_clients(database, "clients_1", clients, columns)
    assert [column.name for column in database.table("clients_1").columns] == [*FIXED, *columns]


def _with_lists(office, plan, findings, count=3):
    numbers = [office.add_upload(n, f"{n}.xlsx", plan, b"rows", 2, NOW) for n in range(count)]
    for number in numbers:
        office.save_analysis(number, plan, b"rows", CLIENTS, NAMES, findings)
    return numbers


def test_lists_are_told_newest_first(offices, plan, findings):
    with offices.open("a1") as office:
        assert office.uploads() == []
        first, second = _with_lists(office, plan, findings, 2)
        waiting = office.add_upload(9, "vraag.xlsx", plan, b"rows", 2, NOW)
        lists = office.uploads()
    assert [(each.number, each.file_name, each.clients) for each in lists] == [
        (waiting, "vraag.xlsx", None),
        (second, "1.xlsx", 2),
        (first, "0.xlsx", 2),
    ]
    assert [each.in_use for each in lists] == [False, True, False]
    assert all(each.rows_kept and each.received_at == NOW for each in lists)


def test_one_may_go_back_to_a_list_until_a_newer_one_comes(offices, plan, findings):
    with offices.open("a1") as office:
        first, second, third = _with_lists(office, plan, findings)
        for back_to in (first, second, third, first):
            office.go_back_to(back_to)
            assert office.newest_analysed().number == back_to
            assert [each.number for each in office.uploads() if each.in_use] == [back_to]
        fourth = office.add_upload(9, "nieuw.xlsx", plan, b"rows", 2, NOW)
        assert office.newest_analysed().number == first
        office.save_analysis(fourth, plan, b"rows", CLIENTS, NAMES, findings)
        assert office.newest_analysed().number == fourth


def test_a_removed_list_leaves_nothing_and_its_number_to_nobody(offices, plan, findings):
    with offices.open("a1") as office:
        first, second, third = _with_lists(office, plan, findings)
        assert office.remove_upload(third)
        assert not office.remove_upload(third)
        assert office.upload(third) is None
        assert not office._database.table(f"clients_{third}").exists()
        assert office.names_of(third, ["10"]) == {}
        assert office.newest_analysed().number == second
        assert office.add_upload(9, "nieuw.xlsx", plan, b"rows", 2, NOW) > third
        office.remove_upload(first)
        office.remove_upload(second)
        assert office.newest_analysed() is None


def test_the_lists_before_another(offices, plan, findings):
    with offices.open("a1") as office:
        first, second, third = _with_lists(office, plan, findings)
        assert office.analysed_before(third) == [second, first]
        office.remove_upload(second)
        assert office.analysed_before(third) == [first]
        assert office.analysed_before(first) == []


def test_lists_of_an_earlier_schema_are_kept(offices, plan, tmp_path):
    from sqlite_utils import Migrations

    from storage import migrations
    from storage.database import open_encrypted
    from storage.keys import derive
    from tests.storage.conftest import KEY

    earlier = Migrations("klantkompas.office")
    for migration in migrations.office._migrations:
        if migration.name == "lists_to_go_back_to":
            break
        earlier(name=migration.name)(migration.fn)
    database = open_encrypted(tmp_path / "offices" / "a1.db", derive(KEY, "office a1"), earlier)
    row = {"id": 7, "update_id": 3, "received_at": NOW.isoformat(), "file_name": "oud.xlsx"}
    database.table("uploads").insert(
        {**row, "plan": plan.model_dump_json(), "rows": b"rows", "row_count": 2}
    )
    database.close()
    with offices.open("a1") as office:
        assert office.upload(7).rows == b"rows"
        assert office.upload_of_update(3).number == 7
        office.remove_upload(7)
        assert office.add_upload(4, "nieuw.xlsx", plan, b"rows", 2, NOW) == 8


def test_a_picture_that_was_sent_is_known_until_the_next_analysis(offices, plan, findings):
    with offices.open("a1") as office:
        number = office.add_upload(1, "klanten.xlsx", plan, b"rows", 2, NOW)
        office.save_analysis(number, plan, b"rows", CLIENTS, NAMES, findings)
        upload = office.upload(number)
        assert office.picture(upload, "top10 nl", 42) is None
        office.keep_picture(upload, "top10 nl", 42, "file-1")
        office.keep_picture(upload, "top10 nl", 42, "file-2")
        assert office.picture(upload, "top10 nl", 42) == "file-2"
        assert office.picture(upload, "top10 en", 42) is None
        assert office.picture(upload, "top10 nl", 43) is None
        office.save_analysis(number, plan, b"rows", CLIENTS, NAMES, findings)
        assert office.picture(office.upload(number), "top10 nl", 42) is None
        # Drawn from the earlier findings, and sent only now.
        office.keep_picture(upload, "top10 nl", 42, "file-3")
        assert office.picture(office.upload(number), "top10 nl", 42) is None


def test_a_removed_list_leaves_no_rows_and_no_pictures(offices, plan, findings):
    with offices.open("a1") as office:
        number = office.add_upload(1, "klanten.xlsx", plan, b"rows", 2, NOW)
        office.save_analysis(number, plan, b"rows", CLIENTS, NAMES, findings)
        upload = office.upload(number)
        office.keep_picture(upload, "top10 nl", 42, "file-1")
        office.remove_upload(number)
        # An analysis that was under way when the list was removed.
        office.save_analysis(number, plan, b"rows", CLIENTS, NAMES, findings)
        office.keep_picture(upload, "top10 nl", 42, "file-1")
        assert office._database.execute("select * from client_rows").fetchall() == []
        assert office._database.execute("select * from sent_pictures").fetchall() == []


def test_rows_of_an_earlier_schema_are_found(tmp_path, plan, findings):
    from sqlite_utils import Migrations

    from storage import migrations
    from storage.database import open_encrypted
    from storage.keys import derive
    from tests.storage.conftest import KEY

    earlier = Migrations("klantkompas.office")
    for migration in migrations.office._migrations:
        if migration.name == "rows_apart_and_sent_pictures":
            break
        earlier(name=migration.name)(migration.fn)
    database = open_encrypted(tmp_path / "a1.db", derive(KEY, "office a1"), earlier)
    found = {"findings": findings.model_dump_json(by_alias=True), "findings_schema": 1}
    for number, rows in enumerate((b"kept", None), start=1):
        row = {"update_id": number, "received_at": NOW.isoformat(), "file_name": "oud.xlsx"}
        database.table("uploads").insert(
            {**row, **found, "plan": plan.model_dump_json(), "rows": rows, "row_count": 2}
        )
    database.close()
    with Offices(tmp_path, KEY).open("a1") as office:
        first, second = office.upload(1), office.upload(2)
    assert (first.rows_kept, first.rows, first.findings) == (True, b"kept", findings)
    assert (second.rows_kept, second.rows) == (False, None)
