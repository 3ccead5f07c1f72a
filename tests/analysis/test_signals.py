"""The named findings that tips are chosen from: each speaks when its border is passed, or not."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.costs import Assumptions
from analysis.findings import Findings
from analysis.segmentation import segment
from analysis.signals import RULES
from tests.analysis.make_clients import make_clients

DAY = date(2026, 11, 23)
STEEP = np.r_[[5000.0] * 4, [100.0] * 16, [10.0] * 20]
FLAT = np.full(40, 100.0)


def signals(**columns: Any) -> dict[str, float]:
    findings: Findings = segment(make_clients(**columns), DAY)
    return {signal.tip: signal.value for signal in findings.signals}


def days_ago(*days: float | None) -> pd.Series:
    return pd.Series(
        [pd.Timestamp(DAY) - pd.Timedelta(days=d) if d is not None else None for d in days]
    )


def test_names_and_tips_are_all_different() -> None:
    assert len({tip for tip, _, _ in RULES}) == len({name for _, name, _ in RULES}) == len(RULES)


@pytest.mark.parametrize(
    ("tip", "speaks", "silent"),
    [
        ("T01", {"revenue": STEEP}, {"revenue": FLAT}),
        ("T02", {"revenue": STEEP}, {"revenue": FLAT}),
        ("T02", {"revenue": STEEP[:21]}, {"revenue": STEEP[:20]}),
        ("T03", {"revenue": np.r_[90_000.0, FLAT]}, {"revenue": STEEP}),
        ("T04", {"revenue": FLAT}, {"revenue": STEEP}),
        ("T04", {"revenue": FLAT[:21]}, {"revenue": FLAT[:20]}),
        ("T08", {"revenue": FLAT, "cost": [200.0] * 8 + [1.0] * 32},
         {"revenue": FLAT, "cost": [200.0] * 2 + [1.0] * 38}),
        ("T09", {"revenue": STEEP, "cost": [9000.0] + [1.0] * 39},
         {"revenue": STEEP, "cost": [1.0] * 39 + [50.0]}),
        ("T11", {"revenue": STEEP, "cost": FLAT}, {"revenue": STEEP, "cost": STEEP}),
        ("T12", {"revenue": STEEP}, {"revenue": STEEP, "cost": FLAT}),
        ("T14", {"revenue": STEEP, "hours": FLAT / 100 + np.r_[np.zeros(10), np.full(30, 5.0)]},
         {"revenue": STEEP, "hours": STEEP}),
        ("T15", {"revenue": STEEP, "contacts": STEEP[::-1]},
         {"revenue": STEEP, "contacts": STEEP}),
        ("T16", {"revenue": STEEP, "cost": FLAT}, {"revenue": STEEP}),
        ("T27", {"revenue": np.r_[[5000.0] * 3, [100.0] * 10, [10.0] * 30]}, {"revenue": FLAT}),
        ("T49", {"revenue": STEEP, "hours": FLAT / 1000}, {"revenue": STEEP, "hours": FLAT}),
    ],
)  # fmt: skip
def test_amounts(tip: str, speaks: dict[str, Any], silent: dict[str, Any]) -> None:
    assert tip in signals(**speaks)
    assert tip not in signals(**silent)


def with_column(
    values: Any, meaning: str = "", role: str = "trait", **more: Any
) -> dict[str, float]:
    return signals(
        table={"Kolom": values, **more.pop("table", {})},
        revenue=STEEP,
        roles={"Kolom": role, **more.pop("roles", {})},
        meanings={"Kolom": meaning, **more.pop("meanings", {})},
        **more,
    )


@pytest.mark.parametrize(
    ("tip", "meaning", "role", "speaks", "silent"),
    [
        ("T07", "rev_comm_recurring", "revenue_part", STEEP * 0.7, STEEP * 0.5),
        ("T34", "rate_fix_end", "trait", days_ago(*[-100] * 40), days_ago(*[-900] * 20, *[9] * 20)),
        ("T35", "complaints", "trait", [1.0] + [0.0] * 39, [0.0] * 39 + [1.0]),
        ("T36", "satisfaction", "trait", [8.0] * 2 + [np.nan] * 38, [8.0] * 40),
        ("T39", "referrals", "trait", [0.0] * 39 + [3.0], [3.0] + [0.0] * 39),
        ("T40", "household_id", "household", ["a"] * 2 + ["b"] * 36 + ["a"] * 2,
         [f"h{i}" for i in range(40)]),
        ("T41", "products", "outcome", [1.0] * 30 + [3.0] * 10, [1.0] * 20 + [3.0] * 20),
        ("T28", "", "last_contact", days_ago(800, *[10] * 39), days_ago(*[10] * 39, 800)),
        ("T29", "", "last_contact", days_ago(*[2000] * 20, *[10] * 20), days_ago(*[300] * 40)),
        # What is unknown counts as neither.
        ("T29", "", "last_contact", days_ago(*[2000] * 20, *[None] * 20),
         days_ago(*[2000] * 10, *[None] * 30)),
        ("T41", "products", "outcome", [1.0] * 30 + [np.nan] * 10, [1.0] * 10 + [np.nan] * 30),
        ("T50", "", "last_contact", days_ago(*[None] * 9, *[10] * 31),
         days_ago(*[None] * 8, *[10] * 32)),
        ("T50", "", "age", [np.nan] * 9 + [50.0] * 31, [np.nan] * 8 + [50.0] * 32),
    ],
)  # fmt: skip
def test_columns(tip: str, meaning: str, role: str, speaks: Any, silent: Any) -> None:
    assert tip in with_column(speaks, meaning, role)
    assert tip not in with_column(silent, meaning, role)


def test_more_than_a_year_is_counted_to_the_day() -> None:
    """Whole months would call a year and twelve days twelve months, and pass them over."""
    spoken = [
        "2025-11-11", "2025-11-22", "2025-11-23", "2025-11-24", *["2026-10-01"] * 36,
    ]  # fmt: skip
    assert with_column(pd.to_datetime(pd.Series(spoken)), role="last_contact")["T28"] == 2
    found = signals(
        table={
            "Sinds": days_ago(*[800] * 40),
            "Abo": [10.0] * 40,
            "Contact": pd.to_datetime(pd.Series(spoken)),
        },
        revenue=STEEP,
        roles={"Sinds": "since", "Abo": "revenue_part", "Contact": "last_contact"},
        meanings={"Abo": "rev_subscription"},
    )
    assert (found["T30"], found["T31"]) == (2, 2)


def test_a_rate_that_ends_within_a_year_is_counted_to_the_day() -> None:
    ends = ["2026-11-22", "2026-11-23", "2027-11-22", "2027-11-23", *["2030-01-01"] * 36]
    assert with_column(pd.to_datetime(pd.Series(ends)), "rate_fix_end")["T34"] == 2


def test_new_clients_without_a_talk() -> None:
    table = {"Sinds": days_ago(*[800] * 5, *[4000] * 35), "Contact": days_ago(*[500] * 40)}
    found = signals(table=table, revenue=STEEP, roles={"Sinds": "since", "Contact": "last_contact"})
    assert found["T30"] == 5


def test_a_paid_subscription_without_contact() -> None:
    table = {"Abo": [10.0] * 3 + [0.0] * 37, "Contact": days_ago(*[500] * 40)}
    found = signals(
        table=table,
        revenue=STEEP,
        roles={"Abo": "revenue_part", "Contact": "last_contact"},
        meanings={"Abo": "rev_subscription"},
    )
    assert found["T31"] == 3


def test_conversion_needs_numbers_before_it_speaks() -> None:
    def found(proposals: float, in_a: float, elsewhere: float) -> dict[str, float]:
        return signals(
            table={"Offertes": [proposals] * 40, "Akkoord": [in_a] * 4 + [elsewhere] * 36},
            revenue=STEEP,
            roles={"Offertes": "proposals", "Akkoord": "deals"},
        )

    assert found(10, 9, 2)["T38"] == pytest.approx(0.9 / 0.2)
    assert "T37" in found(10, 9, 2)
    assert "T38" not in found(2, 1.8, 0.4)
    assert not {"T37", "T38"} & set(found(10, 5, 5))


def test_a_clear_trait_gives_its_tips_and_a_chance_none() -> None:
    random = np.random.default_rng(4)
    owner = random.random(300) < 0.15
    owner[:9] = True
    found = signals(
        table={"Ondernemer": owner, "x": random.choice(list("abc"), 300)},
        revenue=np.arange(300, 0, -1.0),
        meanings={"Ondernemer": "is_entrepreneur"},
    )
    assert found["T17"] == found["T21"] == 9
    assert "T19" not in found
    nothing = signals(table={"x": random.choice(list("abc"), 300)}, revenue=random.random(300))
    assert "T19" in nothing
    assert not {"T17", "T20", "T21", "T22", "T23"} & set(nothing)


def test_where_clients_come_from_counts_by_the_corrected_ratio() -> None:
    random = np.random.default_rng(4)
    sent = np.where(np.arange(300) < 60, "referred", random.choice(["web", "walk-in"], 300))
    clients = make_clients(
        table={"Herkomst": sent},
        revenue=np.where(sent == "referred", 3000.0, 1000.0) * random.lognormal(0, 0.8, 300),
        meanings={"Herkomst": "lead_source"},
    )
    findings = segment(clients, DAY)
    group = next(group for group in findings.groups if group.direction == "high")
    told = {signal.tip: signal.value for signal in findings.signals}
    assert told["T42"] == group.expected_ratio
    assert group.ratio is not None
    assert 1 < told["T42"] < group.ratio


def test_below_the_cost_price_only_where_it_was_told() -> None:
    clients = make_clients(revenue=STEEP, hours=np.full(40, 1.0))
    told = segment(clients, DAY, assumptions=Assumptions(cost_per_hour=60))
    assert [s.value for s in told.signals if s.tip == "T13"] == [20]
    assert "T13" not in {s.tip for s in segment(clients, DAY).signals}


def test_without_revenue_only_the_columns_speak() -> None:
    found = signals(table={"Einde": days_ago(*[-100] * 40)}, meanings={"Einde": "rate_fix_end"})
    assert found == {"T34": 40}
