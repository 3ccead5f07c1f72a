from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlite_utils import Migrations

from analysis.findings import Signal
from storage import migrations
from storage.client_table import FIXED
from storage.database import open_encrypted
from storage.errors import StorageError
from storage.keys import derive
from storage.tips import Figures, ToldTip
from tests.storage.conftest import KEY, NOW

TOLD = ToldTip(
    month=date(2026, 12, 1),
    tip="top_without_contact",
    signal="top_without_contact",
    reason="signal",
    value=7.0,
    clients=200,
    told_at=NOW,
    upload=1,
)


def analysed(file, plan, findings, update_id=1, **signals):
    import pandas as pd

    number = file.add_upload(update_id, "klanten.xlsx", plan, b"", 2, NOW)
    found = tuple(Signal(signal=name, value=value) for name, value in signals.items())
    clients = pd.DataFrame({name: pd.Series(["1"], dtype="str") for name in FIXED})
    findings = findings.model_copy(update={"signals": found})
    file.save_analysis(number, plan, b"", clients, (), findings)
    return number


def test_without_a_list_there_are_no_figures(offices):
    with offices.open_tips("a1") as tips:
        assert tips.figures() is None
        assert tips.told(7) == []


def test_figures_are_those_of_the_list_in_use(offices, plan, findings):
    with offices.open("a1") as file:
        first = analysed(file, plan, findings, 1, top_without_contact=7)
        second = analysed(file, plan, findings, 2)
    with offices.open_tips("a1") as tips:
        assert tips.figures() == Figures(second, 2, {})
    with offices.open("a1") as file:
        file.go_back_to(first)
    with offices.open_tips("a1") as tips:
        assert tips.figures() == Figures(first, 2, {"top_without_contact": 7.0})
    with offices.open("a1") as file:
        file.remove_upload(first)
        file.remove_upload(second)
    with offices.open_tips("a1") as tips:
        assert tips.figures() is None


@pytest.mark.parametrize(
    "tip",
    [
        TOLD,
        TOLD._replace(signal=None, value=None, clients=None, upload=None, few=True, answer="later"),
        TOLD._replace(reason="worse", earlier_month=date(2026, 11, 1), earlier_value=3.5),
    ],
)
def test_a_tip_is_kept_as_it_was_told(offices, tip):
    with offices.open_tips("a1") as tips:
        tips.tell(7, tip)
    with offices.open_tips("a1") as tips:
        assert tips.told(7) == [tip]
        assert tips.told(8) == []


def test_the_first_tip_of_a_month_stays(offices):
    with offices.open_tips("a1") as tips:
        tips.tell(7, TOLD)
        tips.tell(7, TOLD._replace(tip="another"))
        tips.tell(8, TOLD._replace(tip="another"))
        assert [tip.tip for tip in tips.told(7)] == ["top_without_contact"]
        assert [tip.tip for tip in tips.told(8)] == ["another"]


def test_an_answer_is_kept_and_may_change(offices):
    with offices.open_tips("a1") as tips:
        assert not tips.answer(7, TOLD.month, "later")
        tips.tell(7, TOLD)
        assert tips.answer(7, TOLD.month, "later")
        assert tips.answer(7, TOLD.month, "done")
        assert [tip.answer for tip in tips.told(7)] == ["done"]


def test_tips_come_newest_first(offices):
    with offices.open_tips("a1") as tips:
        for month in (2, 1, 3):
            tips.tell(7, TOLD._replace(month=date(2026, month, 1)))
        assert [tip.month.month for tip in tips.told(7)] == [3, 2, 1]


def test_a_file_of_an_earlier_version_knows_the_figures_of_its_lists(
    offices, tmp_path, plan, findings
):
    earlier = Migrations("klantkompas.office")
    for migration in migrations.office._migrations:
        if migration.name == "figures_and_told_tips":
            break
        earlier(name=migration.name)(migration.fn)
    path = tmp_path / "offices" / "a1.db"
    database = open_encrypted(path, derive(KEY, "office a1"), earlier)
    signals = (Signal(signal="look_alikes", value=4), Signal(signal="few", value=0.25))
    document = findings.model_copy(update={"signals": signals}).model_dump_json(by_alias=True)
    for number, text in ((1, document), (2, None)):
        database.execute(
            "insert into uploads (id, update_id, received_at, file_name, plan, findings,"
            " findings_schema) values (?, ?, '2026-11-01', 'x', ?, ?, 1)",
            (number, number, plan.model_dump_json(), text),
        )
    database.close()
    with offices.open_tips("a1") as tips:
        assert tips.figures() == Figures(1, 2, {"look_alikes": 4.0, "few": 0.25})


def test_tips_of_an_office_that_is_gone(offices):
    offices.remove("a1")
    with pytest.raises(StorageError) as caught, offices.open_tips("a1"):
        pass
    assert caught.value.reason == "gone"


def test_tips_are_read_and_kept_while_somebody_else_has_the_file_open(offices, plan, findings):
    with offices.open("a1") as file:
        analysed(file, plan, findings)
        with offices.open_tips("a1") as tips:
            tips.tell(7, TOLD)
            assert tips.figures() is not None
        assert file.newest_analysed() is not None


def test_somebody_else_waits_for_the_tips_and_loses_nothing(offices, plan):
    def add_list(number: int) -> None:
        with offices.open("a1") as file:
            file.add_upload(number, "klanten.xlsx", plan, b"", 2, NOW)

    def tell(month: int) -> None:
        with offices.open_tips("a1") as tips:
            tips.tell(7, TOLD._replace(month=date(2026, month, 1)))

    with offices.open("a1") as file:
        assert file.uploads() == [], "a new file is laid out by one alone"
    with ThreadPoolExecutor(4) as pool:
        done = [pool.submit(work, number) for number in range(1, 13) for work in (add_list, tell)]
    for each in done:
        each.result()
    with offices.open("a1") as file:
        assert len(file.uploads()) == 12
    with offices.open_tips("a1") as tips:
        assert len(tips.told(7)) == 12
