"""Prospects and former clients are set apart, and households may be added up."""

import pytest

from analysis.clients import build
from analysis.columns import propose
from analysis.reading import pack, read_sheet, unpack


def sheet_of(header: str, *rows: str):
    return read_sheet("\n".join([header, *rows]).encode(), "klanten.csv")


def clients_of(header: str, *rows: str, **plan):
    sheet = sheet_of(header, *rows)
    proposed = propose(sheet)
    changed = proposed.model_copy(update=plan)
    return build(unpack(pack(sheet, changed)), changed)


MIXED = [
    "Klantnummer;Status;Beroep;Omzet",
    "1;Actief;arts;100",
    "2;Prospect;arts;0",
    "3;Oud-klant;smid;50",
    "4;actief;smid;80",
    "5;Beëindigd;smid;20",
    "6;;smid;10",
]


def test_prospects_and_former_clients_are_set_apart_and_told():
    clients = clients_of(*MIXED)
    assert list(clients.ids) == ["1", "4", "6"]
    assert [(left.why, left.count) for left in clients.left_out] == [("former", 2), ("prospect", 1)]


@pytest.mark.parametrize(
    ("taken_in", "ids"),
    [
        (("prospect",), ["1", "2", "4", "6"]),
        (("former",), ["1", "3", "4", "5", "6"]),
        (("prospect", "former"), ["1", "2", "3", "4", "5", "6"]),
    ],
)
def test_they_can_be_taken_in(taken_in, ids):
    assert list(clients_of(*MIXED, taken_in=taken_in).ids) == ids


@pytest.mark.parametrize(
    ("heading", "cells", "ids"),
    [
        ("Actief j/n", ["J", "N", "J", "J"], ["1", "3", "4"]),
        ("Inactief", ["nee", "ja", "nee", "nee"], ["1", "3", "4"]),
        ("Status", ["goud", "zilver", "goud", "brons"], ["1", "2", "3", "4"]),
        ("Status", ["prospect"] * 4, ["1", "2", "3", "4"]),
        ("Churn", ["No", "Yes", "No", "No"], ["1", "2", "3", "4"]),
    ],
)
def test_what_a_status_column_says(heading, cells, ids):
    rows = [f"{n};{cell};{n * 10}" for n, cell in enumerate(cells, start=1)]
    assert list(clients_of(f"Klantnummer;{heading};Omzet", *rows).ids) == ids


HOUSEHOLDS = [
    "Klantnummer;Gezinsnummer;Beroep;Omzet",
    "1;A;arts;100,10",
    "2;A;smid;50,20",
    "3;;smid;80",
    "4;;smid;70",
    "5;B;arts;20",
]


def test_households_stay_apart_until_asked():
    clients = clients_of(*HOUSEHOLDS)
    assert len(clients) == 5
    assert ("households_apart", {"count": 1}) in [(n.code, n.values) for n in clients.notes]


def test_households_are_added_up_exactly():
    clients = clients_of(*HOUSEHOLDS, by_household=True)
    assert dict(zip(clients.ids, clients.revenue, strict=True)) == {
        "1": 150.30,
        "3": 80,
        "4": 70,
        "5": 20,
    }
    assert clients.rows_added_up
    assert ("households_added_up", {"count": 1}) in [(n.code, n.values) for n in clients.notes]
