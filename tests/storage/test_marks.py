from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.listed_clients import KEY_BYTES, key_of
from storage.marks import EVERY_LIST, OwnTop, Search
from tests.storage.conftest import NOW


@pytest.fixture
def file(offices, plan, findings):
    """An office with one analysed list: 1001 Jansen, 1002 De Vries, 10_1 Van Dijk, one nameless."""
    names = ["Jansen", "De Vries", "Van Dijk", None]
    table = pd.DataFrame(
        {"client": ["1001", "1002", "10_1", "x" * 60], "client_name": names, "level": "A"},
        dtype=object,
    )
    with offices.open("a1") as opened:
        number = opened.add_upload(1, "klanten.csv", plan, b"rows", 4, NOW)
        opened.save_analysis(number, plan, b"rows", table, (), findings)
        yield opened


def test_nothing_was_told_at_first(file):
    assert file.marks.of(EVERY_LIST) == OwnTop()
    assert not file.marks.is_outdated(1)


def test_a_mark_is_given_and_taken_back(file):
    assert file.marks.toggle(EVERY_LIST, "1001", "pleasant")
    assert file.marks.toggle(EVERY_LIST, "1001", "ambassador")
    told = file.marks.of(EVERY_LIST)
    assert told.marks_of("1001") == ("ambassador", "pleasant")
    assert told.looked_at == ("1001",)
    assert not file.marks.toggle(EVERY_LIST, "1001", "pleasant")
    assert file.marks.of(EVERY_LIST).marks == {"ambassador": ("1001",)}


def test_who_was_looked_at_without_a_mark_counts_too(file):
    file.marks.look_at(EVERY_LIST, "1002")
    version = file.marks.of(EVERY_LIST).version
    file.marks.look_at(EVERY_LIST, "1002")
    told = file.marks.of(EVERY_LIST)
    assert (told.looked_at, told.marks, told.version) == (("1002",), {}, version)


def test_a_top_that_is_composed_counts_once_it_is_adopted(file):
    top = OwnTop(size=5, measure="profit", chosen=("1002", "10_1"))
    file.marks.want(7, 1, top)
    assert file.marks.wanted(7, 1, EVERY_LIST) == top
    assert file.marks.of(EVERY_LIST) == file.marks.wanted(8, 1, EVERY_LIST) == OwnTop()
    assert not file.marks.is_outdated(1)
    file.marks.adopt(7, 1, EVERY_LIST)
    assert file.marks.of(EVERY_LIST) == replace(top, version=1)
    assert file.marks.is_outdated(1)
    file.marks.adopt(7, 1, EVERY_LIST)
    assert file.marks.of(EVERY_LIST).version == 1
    file.marks.want(7, 1, OwnTop())
    file.marks.adopt(7, 1, EVERY_LIST)
    assert file.marks.of(EVERY_LIST).chosen == ()


def test_a_top_that_was_not_finished_goes_with_its_list(file):
    file.marks.want(7, 1, OwnTop(size=5))
    file.remove_upload(1)
    assert file.marks.wanted(7, 1, EVERY_LIST) == OwnTop()


def test_findings_are_outdated_until_what_was_told_was_used(file):
    file.marks.toggle(EVERY_LIST, "1001", "pleasant")
    assert file.marks.is_outdated(1)
    file.marks.used(1, file.marks.of(EVERY_LIST).version)
    assert not file.marks.is_outdated(1)
    file.marks.want(7, 1, OwnTop(chosen=("1001",)))
    file.marks.adopt(7, 1, EVERY_LIST)
    assert file.marks.is_outdated(1)


def test_what_was_told_of_one_list_stays_there_and_goes_with_it(file):
    file.marks.toggle(1, "7", "pleasant")
    file.marks.want(7, 1, OwnTop(chosen=("7",)))
    file.marks.adopt(7, 1, 1)
    file.marks.toggle(EVERY_LIST, "1001", "pleasant")
    assert file.marks.of(EVERY_LIST).marks == {"pleasant": ("1001",)}
    file.remove_upload(1)
    assert file.marks.of(1).marks == {}
    assert file.marks.of(1).chosen == ()
    assert file.marks.of(EVERY_LIST).marks == {"pleasant": ("1001",)}


def test_marks_outlive_the_list_that_brought_them(offices, file):
    file.marks.toggle(EVERY_LIST, "1001", "pleasant")
    with offices.open("a1") as again:
        assert again.marks.of(EVERY_LIST).marks == {"pleasant": ("1001",)}
    with offices.open("b2") as other:
        assert other.marks.of(EVERY_LIST) == OwnTop()


def test_one_search_a_member(file):
    assert file.marks.asked(7) is None
    file.marks.ask(Search(7, 10, 1, "mark"))
    file.marks.ask(Search(7, 11, 1, "choose", ("1001",)))
    assert file.marks.asked(7) == Search(7, 11, 1, "choose", ("1001",))
    file.remove_upload(1)
    assert file.marks.asked(7) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1001", ["1001"]),
        ("100", ["1001", "1002"]),
        ("vries", ["1002"]),
        ("J", ["1001", "10_1"]),
        ("10_", ["10_1"]),
        ("%", []),
        ("\\", []),
        ("", []),
        ("niemand", []),
    ],
)
def test_clients_are_found_by_number_or_name(file, text, found):
    assert file.clients(1).find(text, 8) == found


def test_a_client_is_found_by_the_key_of_a_button(file):
    clients = file.clients(1)
    for client in ("1001", "10_1", "x" * 60):
        assert clients.by_key(key_of(client)) == client
    assert clients.by_key("=9999") is None
    assert clients.by_key("#9999") is None
    assert file.clients(2).by_key("=1001") is None


def test_others_to_compare_with_are_always_the_same(file):
    clients = file.clients(1)
    others = clients.any_others(["1001"], 2)
    assert len(others) == 2
    assert "1001" not in others
    assert clients.any_others(["1001"], 2) == others
    assert sorted(clients.any_others([], 9)) == sorted(["1001", "1002", "10_1", "x" * 60])
    assert file.clients(2).any_others([], 9) == []


@given(client=st.text(st.characters(codec=None), min_size=1))
def test_any_client_fits_on_a_button(client):
    assert len(key_of(client).encode()) <= KEY_BYTES + 1
