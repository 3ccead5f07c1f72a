"""What was made of an office's file is known until the file changes."""

import pytest

from storage.made import Made
from tests.storage.conftest import NOW


def test_at_most_so_many_are_kept_and_the_one_asked_for_longest_ago_goes():
    made = Made(2)
    made.put("a1", "top10", 1)
    made.put("b2", "top10", 2)
    assert made.get("a1", "top10") == 1
    made.put("b2", "focus", 3)
    assert made.get("b2", "top10") is None
    assert (made.get("a1", "top10"), made.get("b2", "focus")) == (1, 3)
    made.put("c3", "focus", 4)
    made.put("c3", "top10", 5)
    assert set(made._keys) == {"c3"}


def test_of_a_forgotten_office_nothing_is_left_and_of_others_all():
    made = Made(9)
    for office in ("a1", "b2"):
        for key in ("top10", "focus"):
            made.put(office, key, key)
    made.forget("a1")
    made.forget("unknown")
    assert (made.get("a1", "top10"), made.get("a1", "focus")) == (None, None)
    assert made.get("b2", "focus") == "focus"
    assert len(made._things) == 2


def test_a_change_of_the_file_forgets_what_was_made_of_it(offices, plan):
    with offices.open("a1") as office:
        office.uploads()
    offices.keep_made("a1", "top10", "made", offices.version)
    offices.keep_made("b2", "top10", "made", offices.version)
    with offices.open("a1") as office:
        office.uploads()
    assert offices.made_before("a1", "top10") == "made"
    with offices.open("a1") as office:
        office.add_upload(1, "klanten.xlsx", plan, b"rows", 2, NOW)
    assert offices.made_before("a1", "top10") is None
    assert offices.made_before("b2", "top10") == "made"


def test_what_was_made_before_a_change_is_not_kept_after_it(offices, plan):
    version = offices.version
    with offices.open("a1") as office:
        office.add_upload(1, "klanten.xlsx", plan, b"rows", 2, NOW)
    offices.keep_made("a1", "top10", "of before", version)
    assert offices.made_before("a1", "top10") is None


def test_an_error_within_a_change_and_the_end_of_the_office_forget_too(offices):
    def fail() -> None:
        with offices.open("a1"):
            raise ZeroDivisionError

    offices.keep_made("a1", "top10", "made", offices.version)
    with pytest.raises(ZeroDivisionError):
        fail()
    assert offices.made_before("a1", "top10") is None
    offices.keep_made("a1", "top10", "made", offices.version)
    offices.remove("a1")
    assert offices.made_before("a1", "top10") is None
