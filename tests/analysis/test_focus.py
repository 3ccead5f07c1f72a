"""Three levels, and the care that goes on."""

from datetime import date
from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest

from analysis.focus import focus_of, levels_of, wilson_interval
from tests.analysis.make_clients import make_clients

DAY = date(2026, 11, 23)
REVENUE = [1000.0] * 4 + [100.0] * 6 + [10.0] * 10


def test_levels_part_the_revenue_at_80_and_95_percent() -> None:
    levels = levels_of(make_clients(revenue=REVENUE))
    assert levels.tolist() == ["A"] * 4 + ["B"] * 5 + ["C"] * 11


def test_unknown_revenue_has_no_level() -> None:
    levels = levels_of(make_clients(revenue=[np.nan, *REVENUE]))
    assert levels[0] == ""
    assert (levels[1:] != "").all()


@pytest.mark.parametrize("revenue", [REVENUE[:19], [0.0] * 30, [-1.0] * 30, None])
def test_without_enough_to_go_by_there_are_no_levels(revenue: list[float] | None) -> None:
    clients = make_clients({"x": ["a"] * (len(revenue) if revenue else 5)}, revenue=revenue)
    assert (levels_of(clients) == "").all()
    assert focus_of(clients, DAY) is None


def test_a_level_has_its_revenue_costs_and_hours() -> None:
    clients = make_clients(revenue=REVENUE, cost=[50.0] * 20, hours=[2.0] * 19 + [np.nan])
    focus = focus_of(clients, DAY)
    assert focus is not None
    first, second, third = focus.levels
    assert (first.level, first.clients, first.revenue, first.hours) == ("A", 4, 4000, 8)
    assert first.revenue_share == pytest.approx(4000 / 4700)
    assert first.cost_share == pytest.approx(4 / 20)
    assert first.per_client == 1000
    assert (second.clients, third.clients, third.hours) == (5, 11, 20)
    assert sum(level.revenue_share or 0 for level in focus.levels) == pytest.approx(1)


def test_borders_can_be_moved() -> None:
    clients = make_clients(revenue=REVENUE)
    assert levels_of(clients, (50, 90)).tolist() == ["A"] * 3 + ["B"] * 4 + ["C"] * 13
    focus = focus_of(clients, DAY, (50, 90))
    assert focus is not None
    assert [level.clients for level in focus.levels] == [3, 4, 13]


@pytest.mark.parametrize("borders", [(95, 80), (0, 95), (80, 100), (80, 80)])
def test_borders_that_cannot_be_are_refused(borders: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="borders"):
        levels_of(make_clients(revenue=REVENUE), borders)


def test_a_level_has_its_service_and_the_hours_that_it_takes() -> None:
    focus = focus_of(make_clients(revenue=REVENUE, cost=[0.0] * 19 + [50.0]), DAY)
    assert focus is not None
    first, second, third = focus.levels
    assert [level.hours_needed for level in focus.levels] == [16, 2.5, 0]
    assert (first.loss_making, second.loss_making, third.loss_making) == (0, 0, 1)
    assert first.stop == ()
    assert "sales_mailings" in third.stop


def test_without_costs_and_hours_nothing_is_said_of_them() -> None:
    focus = focus_of(make_clients(revenue=REVENUE), DAY)
    assert focus is not None
    assert all(level.cost_share is None and level.hours is None for level in focus.levels)
    assert focus.conversion is None


def test_what_still_binds_stands_with_its_column_and_the_soonest_first() -> None:
    ends = pd.to_datetime(["2027-01-01"] * 5 + ["2027-06-01", "2026-01-01", None] + [None] * 12)
    table = {
        "Einde rentevast": pd.Series(ends),
        "Abonnement": [0.0] * 19 + [12.5],
        "Klacht": pd.array([None] * 18 + [True, False], dtype="boolean"),
        "Mailing": pd.array([True] * 19 + [False], dtype="boolean"),
    }
    clients = make_clients(
        table,
        revenue=REVENUE,
        roles={"Mailing": "consent", "Abonnement": "revenue_part"},
        meanings={
            "Einde rentevast": "rate_fix_end",
            "Abonnement": "rev_subscription",
            "Klacht": "complaints",
            "Mailing": "marketing_consent",
        },
    )
    focus = focus_of(clients, DAY)
    assert focus is not None
    assert [(b.client, b.why, b.header, b.value) for b in focus.still_binds] == [
        ("5", "rate_end", "Einde rentevast", "2027-01-01"),
        ("6", "rate_end", "Einde rentevast", "2027-06-01"),
        ("19", "complaint", "Klacht", "true"),
        ("20", "subscription", "Abonnement", "12.5"),
        ("20", "no_consent", "Mailing", "false"),
    ]
    assert focus.still_binds_total == 5
    assert focus.cannot_tell == ("claim", "contract_end", "pension_end")


def test_the_list_of_what_binds_has_an_end_and_its_number_is_told() -> None:
    count = 200
    clients = make_clients(
        {"Einde": pd.Series(pd.to_datetime(["2030-01-01"] * count))},
        revenue=[1000.0] * 20 + [1.0] * 180,
        meanings={"Einde": "policy_end"},
    )
    focus = focus_of(clients, DAY)
    assert focus is not None
    assert len(focus.still_binds) == 50
    assert focus.still_binds_total == 200 - focus.levels[0].clients


def test_conversion_per_level_with_its_interval() -> None:
    clients = make_clients(
        {"Offertes": [5.0] * 20, "Akkoord": [4.0] * 4 + [1.0] * 15 + [9.0]},
        revenue=REVENUE,
        roles={"Offertes": "proposals", "Akkoord": "deals"},
    )
    focus = focus_of(clients, DAY)
    assert focus is not None
    assert focus.conversion is not None
    first, second, third = focus.conversion
    assert (first.proposals, first.deals, first.rate) == (20, 16, 0.8)
    assert (first.rate_low, first.rate_high) == pytest.approx((0.584, 0.919), abs=0.001)
    assert second.rate == 0.2
    assert third.rate == pytest.approx(19 / 55)


def test_more_deals_than_proposals_is_no_rate() -> None:
    clients = make_clients(
        {"Offertes": [1.0] * 20, "Akkoord": [3.0] * 20},
        revenue=REVENUE,
        roles={"Offertes": "proposals", "Akkoord": "deals"},
    )
    focus = focus_of(clients, DAY)
    assert focus is not None
    assert focus.conversion is not None
    assert {conversion.rate for conversion in focus.conversion} == {None}


@pytest.mark.parametrize(("successes", "trials"), [(0, 3), (3, 3), (16, 20), (300, 1000)])
def test_the_interval_solves_the_score_equation(successes: float, trials: float) -> None:
    z = NormalDist().inv_cdf(0.975)
    for bound in wilson_interval(successes, trials, z):
        if 0 < bound < 1:
            score = (successes / trials - bound) / (bound * (1 - bound) / trials) ** 0.5
            assert abs(score) == pytest.approx(z)
