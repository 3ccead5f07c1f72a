"""Costs where the file has none: a range whose ends are stated."""

import numpy as np
import pytest

from analysis.costs import Assumptions, estimate_costs
from analysis.findings import Pareto
from analysis.pareto import natural_split, pareto
from tests.analysis.make_clients import make_clients

REVENUE = [800.0, 100.0, 50.0, 50.0]


def mirrored(assumptions: Assumptions | None = None, **columns: object) -> Pareto:
    clients = make_clients(revenue=REVENUE, **columns)  # type: ignore[arg-type]
    assert clients.revenue is not None
    estimate = estimate_costs(clients, assumptions or Assumptions())
    found = pareto(clients.revenue, estimate=estimate)
    assert found is not None
    return found


def test_without_anything_to_go_by_there_is_no_estimate() -> None:
    assert estimate_costs(make_clients(revenue=REVENUE), Assumptions()) is None
    nothing = make_clients(revenue=REVENUE, hours=[0, 0, 0, np.nan])
    assert estimate_costs(nothing, Assumptions()) is None


def test_shares_of_hours_need_no_rate() -> None:
    found = mirrored(hours=[2, 2, 4, 2])
    assert found.costs.basis == "hours"
    assert found.costs.estimated
    assert (found.costs.total, found.costs.hours) == (None, 10)
    assert found.costs.of_clients_for_80 == pytest.approx(0.2)
    assert found.costs.of_rest_of_80_range == (pytest.approx(0.8), pytest.approx(0.8))
    assert found.loss_making is None


def test_with_a_rate_hours_are_money_and_losses_show() -> None:
    found = mirrored(Assumptions(cost_per_hour=30), hours=[2, 2, 4, 2])
    assert found.costs.total == 300
    assert found.loss_making is not None
    assert (found.loss_making.count, found.loss_making.loss) == (2, -80)
    assert found.turning_point == 2


def test_contacts_give_a_range() -> None:
    found = mirrored(contacts=[10, 1, 1, 1])
    assert found.costs.basis == "contacts"
    assert (found.costs.hours_low, found.costs.hours_high) == (5.25, 27.5)
    low, high = found.costs.of_clients_for_80_range or (None, None)
    assert low == pytest.approx((2 + 2.5) / (8 + 3.25))  # all that clients give alike weighs most
    assert high == pytest.approx((0.5 + 15) / (2 + 19.5))  # all that they ask weighs most
    assert low < (found.costs.of_clients_for_80 or 0) < high


@pytest.mark.parametrize("meaning", ["claims", "products"])
def test_other_work_can_stand_in(meaning: str) -> None:
    columns = {"Aantal": [1.0, 0, 3, 0]}
    found = mirrored(table=columns, meanings={"Aantal": meaning})
    assert found.costs.basis == meaning
    assert found.costs.estimated


def test_costs_in_the_file_need_no_estimate() -> None:
    clients = make_clients(revenue=REVENUE, hours=[1, 1, 1, 1])
    assert clients.revenue is not None
    estimate = estimate_costs(clients, Assumptions())
    found = pareto(clients.revenue, np.array([1.0, 2, 3, 4]), estimate=estimate)
    assert found is not None
    assert not found.costs.estimated
    assert found.costs.total == 10


def test_natural_split_by_hand() -> None:
    """Ten of 100 and ten of 1: the curve bends once, behind the large ones."""
    split = natural_split(np.r_[np.full(10, 100.0), np.full(10, 1.0)])
    assert split is not None
    assert (split.a, split.b, split.c) == (10, 0, 10)
    assert split.a_share == pytest.approx(1000 / 1010)


def test_natural_split_parts_no_equal_amounts() -> None:
    amounts = np.repeat([50.0, 20.0, 5.0, 1.0], 10)
    split = natural_split(amounts)
    assert split is not None
    assert all(border % 10 == 0 for border in (split.a, split.a + split.b))
    assert split.a + split.b + split.c == 40


@pytest.mark.parametrize("amounts", [np.arange(19.0, 0, -1), np.full(50, 3.0), np.zeros(40)])
def test_no_natural_split_of_few_or_equal_amounts(amounts: np.ndarray) -> None:
    assert natural_split(amounts) is None
