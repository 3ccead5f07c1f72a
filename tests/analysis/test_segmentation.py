"""The whole report: what it holds, what it leaves out and says so, and that it never varies."""

import json
from datetime import date
from typing import Any

import numpy as np
import pytest

from analysis.clients import Clients, build
from analysis.columns import propose
from analysis.findings import Findings
from analysis.reading import read_sheet
from analysis.segmentation import segment
from tests.analysis.make_clients import make_clients

DAY = date(2026, 11, 23)


def office(count: int = 240, seed: int = 1, **amounts: Any) -> Clients:
    random = np.random.default_rng(seed)
    owner = random.random(count) < 0.15
    revenue = (random.lognormal(7, 0.8, count) * np.where(owner, 6, 1)).round(2)
    return make_clients(
        {
            "Ondernemer": owner,
            "Leeftijd": random.integers(20, 85, count),
            "Plaats": random.choice(["Zwolle", "Meppel", "Kampen"], count),
            "Inkomen": random.normal(45_000, 9_000, count).round(),
        },
        revenue=amounts.pop("revenue", revenue),
        roles={"Leeftijd": "age"},
        **amounts,
    )


def codes(findings: Findings) -> set[str]:
    return {note.code for note in findings.notes}


def test_the_document_has_the_names_of_the_contract() -> None:
    document = json.loads(segment(office(), DAY).model_dump_json(by_alias=True))
    assert document["schema"] == 1
    assert document["as_of"] == "2026-11-23"
    assert list(document) == [
        *("schema", "as_of", "file", "columns", "clients", "top10", "pareto", "groups", "focus"),
        *("signals", "notes"),
    ]
    assert document["top10"]["traits"][0]["trait"] == "Ondernemer = ja"
    assert document["top10"]["traits"][0]["verdict"] == "clear"
    assert document["groups"][0]["conditions"][0]["header"] == "Ondernemer"
    assert [level["level"] for level in document["focus"]["levels"]] == ["A", "B", "C"]
    assert Findings.model_validate_json(json.dumps(document)) == segment(office(), DAY)


def test_the_same_clients_give_the_same_findings() -> None:
    assert segment(office(), DAY) == segment(office(), DAY)


def test_no_name_stands_in_the_findings() -> None:
    named = office(names=[f"Familie Unieknaam{i}" for i in range(240)])
    assert "Unieknaam" not in segment(named, DAY).model_dump_json()


@pytest.mark.parametrize(
    ("count", "expected", "absent"),
    [
        (10, {"fewer_than_30_clients", "fewer_than_20_clients"}, set()),
        (25, {"fewer_than_30_clients"}, {"fewer_than_20_clients"}),
        (240, set(), {"fewer_than_30_clients", "fewer_than_20_clients"}),
    ],
)
def test_small_files_give_no_claims(count: int, expected: set[str], absent: set[str]) -> None:
    findings = segment(office(count), DAY)
    assert expected <= codes(findings)
    assert not absent & codes(findings)
    assert findings.pareto is not None
    assert findings.top10 is not None
    if count < 30:
        assert findings.top10.traits == ()
        assert findings.groups == ()
    assert (findings.focus is None) == (count < 20)


def test_without_revenue_only_a_top_by_hand_remains() -> None:
    clients = make_clients({"Ondernemer": [True] * 12 + [False] * 188})
    findings = segment(clients, DAY)
    assert {"no_revenue"} <= codes(findings)
    assert (findings.top10, findings.pareto, findings.focus) == (None, None, None)
    by_hand = segment(clients, DAY, chosen=[str(i) for i in range(1, 11)] + ["missing"])
    assert by_hand.top10 is not None
    assert by_hand.top10.chosen_by == "hand"
    assert by_hand.top10.traits[0].verdict == "clear"
    assert {"chosen_unknown"} <= codes(by_hand)


@pytest.mark.parametrize("revenue", [np.zeros(240), -np.arange(240.0)])
def test_a_total_that_is_not_positive_is_told(revenue: np.ndarray) -> None:
    findings = segment(office(revenue=revenue), DAY)
    assert "revenue_not_positive" in codes(findings)
    assert findings.focus is None
    assert findings.pareto is not None
    assert findings.pareto.clients_for_80 is None


def test_missing_costs_are_told() -> None:
    assert "no_costs" in codes(segment(office(), DAY))
    some = np.r_[np.full(200, 10.0), np.full(40, np.nan)]
    findings = segment(office(cost=some), DAY)
    assert "costs_incomplete" in codes(findings)
    assert findings.pareto is not None
    assert findings.pareto.costs.basis == "file"


def test_without_traits_the_figures_remain() -> None:
    findings = segment(make_clients(revenue=np.arange(1.0, 101.0)), DAY)
    assert "no_trait_columns" in codes(findings)
    assert findings.top10 is not None
    assert findings.top10.traits == ()
    assert findings.top10.likeness is None
    assert findings.groups == ()


def test_a_top_that_is_most_of_the_file_has_nothing_to_be_held_against() -> None:
    findings = segment(office(60), DAY, size=40)
    assert "top_is_most_of_the_file" in codes(findings)
    assert findings.top10 is not None
    assert findings.top10.traits == ()


def test_the_top_by_another_measure() -> None:
    cost = np.zeros(240)
    cost[:] = 50
    clients = office(cost=cost)
    assert clients.revenue is not None
    findings = segment(clients, DAY, measure="profit", size=5)
    assert findings.top10 is not None
    assert (findings.top10.measure, findings.top10.size) == ("profit", 5)
    best = findings.top10.clients[0]
    assert best.amount == pytest.approx((best.revenue or 0) - 50)


def test_a_measure_that_the_file_cannot_give_falls_back_and_says_so() -> None:
    findings = segment(office(), DAY, measure="profit")
    assert "measure_unknown" in codes(findings)
    assert findings.top10 is not None
    assert findings.top10.measure == "revenue"


def test_a_level_is_described_beside_a_clear_finding() -> None:
    findings = segment(office(600), DAY)
    assert findings.focus is not None
    first = findings.focus.levels[0]
    assert "Ondernemer = ja" in [trait.trait for trait in first.profile]
    random = np.random.default_rng(5)
    nothing = segment(office(600, revenue=random.lognormal(7, 1, 600)), DAY)
    assert nothing.focus is not None
    if "no_clear_traits" in codes(nothing) and "no_clear_groups" in codes(nothing):
        assert all(level.profile == () for level in nothing.focus.levels)


@pytest.mark.parametrize("with_others", [True, False])
def test_what_is_known_only_of_clients_without_revenue_says_nothing(with_others: bool) -> None:
    random = np.random.default_rng(6)
    revenue = random.lognormal(7, 1, 240)
    revenue[150:] = np.nan
    income = np.where(np.isnan(revenue), random.normal(50_000, 9_000, 240), np.nan)
    kind = np.where(np.isnan(revenue), random.choice(list("ab"), 240), None)
    others = {"Ondernemer": revenue > np.nanquantile(revenue, 0.8)} if with_others else {}
    findings = segment(
        make_clients({"Inkomen": income, "Soort": kind, **others}, revenue=revenue), DAY
    )
    assert findings.top10 is not None
    claimed = [trait.header for trait in findings.top10.traits]
    assert claimed == (["Ondernemer"] if with_others else [])
    assert all(c.header == "Ondernemer" for group in findings.groups for c in group.conditions)


@pytest.mark.parametrize("size", [0, 101])
def test_a_size_out_of_bounds_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="size"):
        segment(office(), DAY, size=size)


def test_groups_stand_in_the_order_of_what_a_client_brings() -> None:
    random = np.random.default_rng(6)
    owner, retired = random.random(600) < 0.3, random.random(600) < 0.3
    staff = owner & (random.random(600) < 0.15)
    revenue = random.lognormal(6, 0.5, 600) * (1 + 2 * owner + 9 * staff) / (1 + 3 * retired)
    table = {"Ondernemer": owner, "Personeel": staff, "Gepensioneerd": retired}
    groups = segment(make_clients(table, revenue=revenue), DAY).groups
    high = [group.per_client for group in groups if group.direction == "high"]
    low = [group.per_client for group in groups if group.direction == "low"]
    assert len(high) > 1
    assert high == sorted(high, reverse=True)
    assert low == sorted(low)


def test_a_column_that_differs_between_the_rows_of_a_client_is_no_trait() -> None:
    rows = "".join(
        f"{number};{'ja' if number % 3 else 'nee'};{branch};{100 * number}\n"
        for number in range(1, 41)
        for branch in ("Leven", "Auto" if number % 2 else "Brand")
    )
    sheet = read_sheet(f"Relatienr;Ondernemer;Branche;Provisie\n{rows}".encode(), "polissen.csv")
    clients = build(sheet, propose(sheet))
    findings = segment(clients, date(2026, 11, 23))
    told = [note for note in findings.notes if note.code == "column_differs_by_row"]
    assert [note.values for note in told] == [{"header": "Branche", "count": 40}]
    assert findings.top10 is not None
    spoken_of = [*findings.top10.traits, *findings.top10.usual]
    spoken_of += [condition for group in findings.groups for condition in group.conditions]
    assert {trait.header for trait in spoken_of} == {"Ondernemer"}
