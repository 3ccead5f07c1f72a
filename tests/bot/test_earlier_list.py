"""Which earlier list a list is compared with."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.earlier_list import came_before, earlier_list
from bot.jobs import analyse_list, read_list
from storage.office import OfficeFile
from storage.offices import Offices

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
HEADING = "Klantnummer;Woonplaats;Omzet 2025"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OfficeFile]:
    offices = Offices(tmp_path, bytes(32))
    offices.create("a1")
    with offices.open("a1") as file:
        yield file


def csv(heading: str, first: int = 0, count: int = 40) -> str:
    rows = [f"{first + n};Ede {n % 4};{900 - n}" for n in range(count)]
    return "\n".join([heading, *rows])


def add(office: OfficeFile, content: str, received: datetime = NOW) -> int:
    """A list with its findings; returns its number."""
    read = read_list(content.encode(), "k.csv", {})
    count = len(office.uploads())
    number = office.add_upload(count, f"{count}.csv", read.plan, read.rows, 40, received)
    found = analyse_list(read.rows, read.plan, NOW.date())
    office.save_analysis(number, read.plan, found.rows, found.clients, found.names, found.findings)
    return number


def before(office: OfficeFile, number: int) -> int | None:
    upload = office.upload(number)
    assert upload is not None
    found = earlier_list(office, upload)
    return None if found is None else found.number


@pytest.mark.parametrize(
    "between",
    [
        csv(HEADING, first=5000),
        csv("CustomerID;Stad;Spending Score"),
        csv("Klantnummer;Woonplaats;Leeftijd"),
        csv(HEADING, count=15),
    ],
    ids=["other clients", "the same numbers by chance", "no revenue", "a part of them"],
)
def test_what_came_between_is_passed_over(office: OfficeFile, between: str) -> None:
    first = add(office, csv(HEADING))
    add(office, between)
    now = add(office, csv("Klantnummer;Woonplaats;Omzet 2026", first=3))
    assert before(office, now) == first


def test_the_newest_of_the_same_clients_is_the_one(office: OfficeFile) -> None:
    assert before(office, add(office, csv(HEADING))) is None
    second = add(office, csv(HEADING, first=2))
    assert before(office, add(office, csv(HEADING, first=4))) == second


def test_where_nothing_else_is_there_a_part_of_the_clients_will_do(office: OfficeFile) -> None:
    part = add(office, csv(HEADING, count=15))
    assert before(office, add(office, csv(HEADING))) == part


@pytest.mark.parametrize(("first", "known"), [(3, True), (5000, False)])
def test_a_list_without_its_rows_is_known_by_its_top(
    office: OfficeFile, first: int, known: bool
) -> None:
    old = add(office, csv(HEADING), NOW - timedelta(days=200))
    now = add(office, csv(HEADING, first=first))
    assert office.remove_rows(NOW - timedelta(days=90)) == 1
    assert before(office, now) == (old if known else None)


def test_a_list_with_the_same_headings_came_before(office: OfficeFile) -> None:
    plan = read_list(csv("Klantnummer;Woonplaats;Omzet 2026").encode(), "k.csv", {}).plan
    assert not came_before(office, plan)
    add(office, csv("Klantnummer;Woonplaats;Leeftijd"))
    assert not came_before(office, plan)
    add(office, csv(HEADING))
    assert came_before(office, plan)
