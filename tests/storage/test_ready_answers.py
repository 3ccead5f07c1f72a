"""An answer as it was sent is known until anything changes that it is made of."""

import pytest

from storage.marks import OwnTop
from storage.offices import IDLE_FILES
from tests.storage.conftest import NOW


def keep(offices, answer: str = "made", office: str = "a1") -> None:
    with offices.open(office) as file:
        file.ready_answers.keep("top10", answer, file.ready_answers.revision)


def add_upload(file, plan) -> int:
    return file.add_upload(1, "klanten.xlsx", plan, b"rows", 2, NOW)


def adopt(file, top: OwnTop) -> None:
    file.marks.want(7, 1, top)
    file.marks.adopt(7, 1, 0)


def test_it_is_known_by_its_key_and_office_alone(offices):
    keep(offices)
    assert offices.ready_answer("a1", "top10") == "made"
    assert offices.ready_answer("a1", "focus") is None
    assert offices.ready_answer("b2", "top10") is None


def test_the_last_one_made_counts(offices):
    keep(offices, "first")
    keep(offices, "second")
    assert offices.ready_answer("a1", "top10") == "second"


def test_it_outlives_the_program(offices):
    keep(offices)
    offices.close()
    again = type(offices)(offices._folder, offices._master_key)
    assert [again.ready_answer("a1", "top10") for _ in range(3)] == ["made"] * 3


CHANGES = {
    "a list": add_upload,
    "a list in use again": lambda file, plan: file.go_back_to(1),
    "a list removed": lambda file, plan: file.remove_upload(1),
    "rows over their time": lambda file, plan: file.remove_rows(NOW.replace(year=NOW.year + 1)),
    "a mark": lambda file, plan: file.marks.toggle(0, "K1", "pleasant"),
    "a mark taken back": lambda file, plan: file.marks.toggle(0, "K9", "pleasant", wanted=False),
    "a top by hand": lambda file, plan: adopt(file, OwnTop(chosen=("K1",))),
    "another size": lambda file, plan: adopt(file, OwnTop(size=20)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_a_change_forgets_it(offices, plan, change):
    with offices.open("a1") as file:
        file.marks.toggle(0, "K9", "pleasant")
        if change is not CHANGES["a list"]:
            add_upload(file, plan)
    keep(offices)
    keep(offices, office="b2")
    with offices.open("a1") as file:
        change(file, plan)
    assert offices.ready_answer("a1", "top10") is None
    assert offices.ready_answer("b2", "top10") == "made"


def test_what_was_made_before_a_change_is_not_kept_after_it(offices, plan):
    with offices.open("a1") as file:
        revision = file.ready_answers.revision
        add_upload(file, plan)
    with offices.open("a1") as file:
        file.ready_answers.keep("top10", "of before", revision)
    assert offices.ready_answer("a1", "top10") is None


def test_what_is_no_change_forgets_nothing(offices, plan):
    with offices.open("a1") as file:
        upload = file.upload(add_upload(file, plan))
    keep(offices)
    with offices.open("a1") as file:
        file.remember("omzet", "revenue", NOW)
        file.keep_picture(upload, "top10 nl 1", 7, "AgAC")
    assert offices.ready_answer("a1", "top10") == "made"


def test_it_is_found_beside_an_open_file_and_after_many_other_offices(offices):
    keep(offices)
    with offices.open("a1"):
        assert offices.ready_answer("a1", "top10") == "made"
    for number in range(IDLE_FILES + 1):
        offices.create(f"other{number}")
        assert offices.ready_answer(f"other{number}", "top10") is None
    assert offices.ready_answer("a1", "top10") == "made"
