"""The concentration figures against closed forms, exact fractions and published tables."""

import json
import os
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.findings import Pareto
from analysis.pareto import CURVE_POINTS, effective_clients, gini, in_order, pareto, profit_of

SHARED = Path(os.environ.get("KLANTKOMPAS_SHARED", Path(__file__).resolve().parents[3] / "shared"))

cents = st.integers(-1_000_000, 5_000_000)
lists_of_cents = st.lists(cents, min_size=1, max_size=80)


def of(*amounts: float, cost: list[float] | None = None) -> Pareto:
    found = pareto(np.array(amounts, float), None if cost is None else np.array(cost, float))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("amounts", "for_80", "top_20", "equal_point"),
    [
        ([100], 1, 1.0, 1.0),
        ([10] * 10, 8, 0.2, 0.5),
        ([80, 5, 5, 5, 5], 1, 0.8, 0.2),
        ([50, 30, 10, 5, 5], 2, 0.5, 0.4),
        ([1000, 0, 0, 0, 0, 0, 0, 0, 0, 0], 1, 1.0, 0.1),
        ([0.1] * 10, 8, 0.2, 0.5),
        ([100, 50, -50], 1, 1.0, 1 / 3),
    ],
)
def test_shares_of_small_files(
    amounts: list[float], for_80: int, top_20: float, equal_point: float
) -> None:
    found = of(*amounts)
    assert found.clients_for_80_count == for_80
    assert found.clients_for_80 == pytest.approx(for_80 / len(amounts))
    assert found.revenue_of_top_20 == pytest.approx(top_20)
    assert found.equal_point == pytest.approx(equal_point)


@pytest.mark.parametrize("amounts", [[0, 0, 0], [10, -10], [-5, -7]])
def test_without_a_positive_total_no_share_exists(amounts: list[float]) -> None:
    found = of(*amounts)
    assert found.revenue == sum(amounts)
    assert found.clients_for_80 is None
    assert found.revenue_of_top_20 is None
    assert found.equal_point is None
    assert found.largest_share is None
    assert found.curve == ()


def test_nothing_known_gives_nothing() -> None:
    assert pareto(np.array([np.nan, np.nan])) is None
    assert pareto(np.array([])) is None


def test_zero_counts_as_a_client_and_missing_does_not() -> None:
    found = of(90, 10, 0, 0, np.nan, -0.0)
    assert (found.clients, found.missing, found.zero, found.negative) == (5, 1, 3, 0)
    assert found.clients_for_80 == pytest.approx(1 / 5)


def test_four_decimals_are_added_up_exactly() -> None:
    amounts = [0.0001] * 10_000 + [1234567.8912, -0.0003]
    assert of(*amounts).revenue == 1234568.8909


def test_amounts_without_an_end_are_added_up_rounded_once() -> None:
    found = of(1 / 3, 1 / 7, 1e-17, 2e14)
    assert found.revenue == float(sum(map(Fraction, [1 / 3, 1 / 7, 1e-17, 2e14])))


def test_a_share_above_one_where_others_are_negative() -> None:
    found = of(100, 20, -40, -10)
    assert found.revenue_of_top_20 == pytest.approx(100 / 70)
    assert found.negative == 2


def test_equal_amounts_at_the_border_are_told() -> None:
    assert of(10, 10, 10, 10, 10).tied_at_80 == 5
    assert of(80, 10, 10).tied_at_80 == 0


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        (np.full(100, 7.0), 0.0),
        (np.r_[np.zeros(99), 1.0], 0.99),
        (np.arange(1.0, 101.0), 0.33),  # (n - 1) / 3n for 1..n
        (np.array([0.0, 1.0]), 1.0),  # 1/2, times n / (n - 1)
        (np.array([-5.0, 1.0]), 1.0),
    ],
)
def test_gini_closed_forms(amounts: np.ndarray, expected: float) -> None:
    assert gini(amounts) == pytest.approx(expected)


def test_gini_of_an_exponential_is_a_half() -> None:
    quantiles = -np.log1p(-(np.arange(200_000) + 0.5) / 200_000)
    assert gini(quantiles) == pytest.approx(0.5, abs=1e-4)


def test_effective_clients_of_equal_ones_is_their_number() -> None:
    assert effective_clients(np.array([5.0] * 40)) == pytest.approx(40)
    assert effective_clients(np.array([5.0] * 4 + [-100.0])) == pytest.approx(4)
    assert effective_clients(np.zeros(3)) is None


def test_cost_mirror_and_whale_curve() -> None:
    found = of(100, 60, 20, 10, 10, cost=[20, 20, 30, 20, 10])
    assert found.clients_for_80_count == 2
    assert found.costs.total == 100
    assert found.costs.of_top_20 == pytest.approx(0.2)
    assert found.costs.of_clients_for_80 == pytest.approx(0.4)
    assert found.costs.of_rest_of_80 == pytest.approx(0.6)
    assert found.loss_making is not None
    assert (found.loss_making.count, found.loss_making.loss) == (2, -20)
    assert found.turning_point == 2
    assert found.profit == 100
    assert found.profit_at_turning_point == pytest.approx(1.2)
    assert found.profit_of_clients_for_80 == pytest.approx(1.2)


def test_costs_of_some_clients_are_told_over_those_only() -> None:
    found = of(100, 100, 100, cost=[10, np.nan, 30])
    assert found.costs.left_out == 1
    assert found.costs.total == 40
    assert found.costs.of_top_20 == pytest.approx(0.25)
    assert found.profit == 160


def test_without_costs_nothing_is_said_of_them() -> None:
    for cost in (None, [np.nan, np.nan]):
        found = of(10, 5, cost=cost)
        assert found.costs.basis == "none"
        assert found.costs.total is None
        assert found.loss_making is None
        assert found.turning_point is None


def test_a_profit_within_the_noise_of_floats_is_no_loss() -> None:
    assert profit_of(np.array([0.3]), np.array([0.1 + 0.2]))[0] == 0
    assert of(0.3, 5, cost=[0.1 + 0.2, 1]).turning_point is None


def test_all_figures_again_without_the_largest() -> None:
    found = of(1000, 10, 10, 10, 10, 10)
    assert found.without_largest is not None
    assert found.without_largest.revenue == 50
    assert found.without_largest.clients_for_80 == pytest.approx(0.8)
    assert found.without_largest.gini == pytest.approx(0)


@given(lists_of_cents)
def test_the_smallest_set_is_the_smallest(amounts: list[int]) -> None:
    found = of(*[cent / 100 for cent in amounts])
    descending = sorted(amounts, reverse=True)
    total = sum(amounts)
    assert found.revenue == total / 100
    expected = next(
        (k for k in range(1, len(amounts) + 1) if 5 * sum(descending[:k]) >= 4 * total), None
    )
    assert found.clients_for_80_count == (expected if total > 0 else None)


@given(lists_of_cents.filter(lambda amounts: sum(amounts) > 0), st.integers(2, 7))
def test_shares_do_not_depend_on_the_currency(amounts: list[int], factor: int) -> None:
    one, other = of(*amounts), of(*[factor * amount for amount in amounts])
    assert one.clients_for_80 == other.clients_for_80
    assert one.equal_point == other.equal_point
    assert one.gini == pytest.approx(other.gini, rel=1e-9)
    assert one.effective_clients == pytest.approx(other.effective_clients, rel=1e-9)


@given(lists_of_cents, st.randoms())
def test_order_in_the_file_changes_no_figure(amounts: list[int], random: object) -> None:
    shuffled = list(amounts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert of(*amounts).model_dump() == of(*shuffled).model_dump()


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=300).filter(any))
def test_the_curve_climbs_from_nothing_to_all(amounts: list[int]) -> None:
    curve = of(*amounts, cost=[1.0] * len(amounts)).curve
    assert len(curve) <= CURVE_POINTS
    assert (curve[0].clients, curve[0].revenue, curve[0].cost) == (0, 0, 0)
    assert curve[-1].clients == 1
    assert curve[-1].revenue == 1
    assert curve[-1].cost == 1
    steps = [point.revenue for point in curve]
    assert steps == sorted(steps)
    assert all(point.revenue >= point.clients - 1e-12 for point in curve)


@given(lists_of_cents)
def test_running_sums_are_exact_in_cents(amounts: list[int]) -> None:
    ordered = in_order(np.array(amounts) / 100)
    descending = sorted(amounts, reverse=True)
    for count in range(len(amounts) + 1):
        assert ordered.sum_of(count) == sum(descending[:count]) / 100


@pytest.mark.skipif(not SHARED.exists(), reason="the shared measuring data are not here")
def test_a_published_table_to_the_cent() -> None:
    truth = json.loads((SHARED / "data/customers/truth.json").read_text())["sets"]
    truth = truth["ibm_customer_value.csv"]
    table = pd.read_csv(SHARED / "data/customers/ibm_customer_value.csv")
    found = pareto(table[truth["value"]].to_numpy(), table[truth["cost"]].to_numpy())
    assert found is not None
    expected = truth["value_pareto"]
    assert found.revenue == pytest.approx(expected["total"], abs=0.005)
    assert found.clients_for_80_count == expected["k_for_80pct"]
    assert found.top_20_count == expected["top20pct_k_ceil"]
    assert found.revenue_of_top_20 == pytest.approx(expected["top20pct_share_ceil"], abs=1e-6)
    assert found.gini == pytest.approx(expected["gini"], abs=1e-6)
    assert found.costs.total == pytest.approx(truth["cost_pareto"]["total"], abs=0.005)
