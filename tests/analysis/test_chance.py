"""Tails, choices and corrections against scipy and closed forms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.optimize import brentq

from analysis.chance import (
    corrected,
    corrected_for_largest,
    effect_given_selection,
    log_upper_normal,
    normal_scores,
    random_choices,
    seed_of,
    upper_normal,
    upper_tails,
    verdict_of,
)


@pytest.mark.parametrize(
    ("p_value", "verdict"),
    [(0.001, "clear"), (0.05, "clear"), (0.0505, "hint"), (0.1, "hint"), (0.2, "chance")],
)
def test_three_words_for_strength(p_value: float, verdict: str) -> None:
    assert verdict_of(p_value) == verdict


@pytest.mark.parametrize(
    ("known", "holders"), [(40, 0), (40, 40), (40, 3), (150, 60), (3_000, 5), (1_000_000, 1_234)]
)
def test_tails_are_those_of_the_hypergeometric(known: int, holders: int) -> None:
    table = upper_tails(np.array([known]), np.array([holders]), 10)[0]
    for drawn in range(11):
        at_least = np.arange(drawn + 1)
        expected = stats.hypergeom.sf(at_least - 1, known, holders, drawn)
        assert table[drawn, : drawn + 1] == pytest.approx(expected, rel=1e-9, abs=1e-15)
        assert (table[drawn, drawn + 1 :] == 0).all()


@given(st.integers(30, 400), st.data())
def test_tails_are_those_of_fisher(known: int, data: st.DataObject) -> None:
    holders = data.draw(st.integers(0, known))
    having = data.draw(st.integers(max(0, 10 - (known - holders)), min(10, holders)))
    table = upper_tails(np.array([known]), np.array([holders]), 10)
    rest = [[having, 10 - having], [holders - having, known - 10 - holders + having]]
    expected = stats.fisher_exact(rest, alternative="greater").pvalue
    assert table[0, 10, having] == pytest.approx(expected, rel=1e-9)


def test_small_unsigned_counts_do_not_wrap_round() -> None:
    table = upper_tails(np.array([100], np.uint8), np.array([2], np.uint8), 10)
    assert table[0, 10, 2] == pytest.approx(stats.hypergeom.sf(1, 100, 2, 10))


@pytest.mark.parametrize(("population", "size"), [(10, 10), (11, 10), (30, 10), (10_000_000, 10)])
def test_a_random_choice_has_no_one_twice(population: int, size: int) -> None:
    chosen = random_choices(1, population, size, 500)
    assert chosen.shape == (500, size)
    assert chosen.min() >= 0
    assert chosen.max() < population
    assert all(len(set(row)) == size for row in chosen.tolist())


def test_every_client_is_as_likely_to_be_chosen() -> None:
    chosen = random_choices(3, 20, 5, 20_000)
    counts = np.bincount(chosen.ravel(), minlength=20)
    assert stats.chisquare(counts).pvalue > 0.001


def test_the_seed_follows_from_the_content() -> None:
    amounts = np.array([1.0, 2.0, np.nan])
    assert seed_of(amounts) == seed_of(amounts.copy())
    assert seed_of(amounts) != seed_of(amounts[::-1])
    assert seed_of(amounts) != seed_of(amounts, amounts)


def test_correction_counts_the_choices_that_do_as_well() -> None:
    smallest = np.array([0.2, 0.01, 0.3, 0.05])
    assert corrected(np.array([0.005, 0.01, 0.05, 1.0]), smallest) == pytest.approx(
        [1 / 5, 2 / 5, 3 / 5, 1]
    )
    assert corrected_for_largest(np.array([5.0, 2.0, 0.0]), np.array([1.0, 2.0, 3.0])) == (
        pytest.approx([1 / 4, 3 / 4, 1])
    )


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=60))
def test_normal_scores_of_mid_ranks(amounts: list[int]) -> None:
    expected = stats.norm.ppf((stats.rankdata(amounts) - 0.5) / len(amounts))
    assert normal_scores(np.array(amounts, float)) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("border", [-3.0, 0.0, 2.5, 8.0, 29.0, 31.0, 60.0])
def test_normal_tail(border: float) -> None:
    assert log_upper_normal(border) == pytest.approx(stats.norm.logsf(border), rel=2e-3)
    assert upper_normal(border) == pytest.approx(stats.norm.sf(border), rel=1e-9, abs=1e-300)


@pytest.mark.parametrize(("statistic", "border"), [(4.0, 3.8), (5.0, 3.8), (9.0, 3.5), (3.9, 3.0)])
def test_the_effect_makes_the_statistic_the_median(statistic: float, border: float) -> None:
    def excess(mean: float) -> float:
        tail = stats.norm.logsf
        return float(tail(statistic - mean) - tail(border - mean) - np.log(0.5))

    expected = max(0.0, brentq(excess, -30, statistic + 1))
    assert effect_given_selection(statistic, border) == pytest.approx(expected, abs=1e-6)


def test_no_effect_short_of_the_border() -> None:
    assert effect_given_selection(3.0, 3.0) == 0
    assert effect_given_selection(3.801, 3.8) == 0
