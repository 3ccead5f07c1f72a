"""The top and what it shares: against Fisher's test, and silent where there is nothing."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.chance import RANDOM_CHOICES
from analysis.findings import SharedTrait
from analysis.likeness import SHARE_OF_LEVEL, Alike, alike_of, likeness_of, mean_similarities
from analysis.measures import amounts_of
from analysis.top10 import (
    SharedTraits,
    choices_like,
    shared_traits,
    top_by_hand,
    top_by_measure,
    top_clients,
)
from analysis.trait_column import known_among
from analysis.traits import traits_of
from tests.analysis.make_clients import make_clients

DAY = date(2026, 11, 23)


def shared_by(table: dict[str, object], revenue: np.ndarray, size: int = 10) -> SharedTraits:
    clients = make_clients(table, revenue=revenue)  # type: ignore[arg-type]
    traits, _ = traits_of(clients, DAY, revenue)
    top = top_by_measure(revenue, size)
    among = known_among(traits, top.eligible)
    return shared_traits(among, top.places, choices_like(top.places, len(top.eligible), 1))


def descending(count: int) -> np.ndarray:
    return np.arange(count, 0, -1.0)


def test_the_ten_are_the_largest_and_on_a_tie_the_earlier() -> None:
    amounts = np.array([5, 9, 5, np.nan, 7, 5.0])
    top = top_by_measure(amounts, 3)
    assert top.members.tolist() == [1, 4, 0]
    assert top.tied_at_border == 2
    assert top.eligible.tolist() == [0, 1, 2, 4, 5]
    assert top.places.tolist() == [0, 1, 3]


def test_the_ten_named_by_hand_keep_their_order() -> None:
    clients = make_clients({"x": list("abcde")})
    top = top_by_hand(clients, ["4", "2", "nobody", "4"], None)
    assert top.members.tolist() == [3, 1]
    assert top.chosen_by == "hand"
    assert top.tied_at_border == 0


def test_each_of_the_ten_has_his_figures() -> None:
    clients = make_clients(revenue=[10, 30, 60], cost=[1, np.nan, 3])
    assert clients.revenue is not None
    listed = top_clients(clients, top_by_measure(clients.revenue, 2), 100)
    assert [(c.client, c.revenue, c.cost, c.share) for c in listed] == [
        ("3", 60, 3, 0.6),
        ("2", 30, None, 0.3),
    ]


def test_no_share_of_a_total_that_is_not_positive() -> None:
    clients = make_clients(revenue=[10, -30])
    assert clients.revenue is not None
    listed = top_clients(clients, top_by_measure(clients.revenue, 1), -20)
    assert listed[0].share is None


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("revenue", [100, 50, 0]),
        ("profit", [60, 60, -5]),
        ("profit_per_hour", [30, np.nan, np.nan]),
    ],
)
def test_measures(measure: str, expected: list[float]) -> None:
    clients = make_clients(revenue=[100, 50, 0], cost=[40, -10, 5], hours=[2, 0, np.nan])
    amounts = amounts_of(clients, measure)
    assert amounts is not None
    np.testing.assert_array_equal(amounts, expected)


def test_a_measure_that_the_file_cannot_give() -> None:
    clients = make_clients(revenue=[1, 2])
    assert amounts_of(clients, "profit") is None
    assert amounts_of(clients, "profit_per_hour") is None
    with pytest.raises(ValueError, match="no such measure"):
        amounts_of(clients, "premie")


def test_a_single_yes_no_is_the_test_of_fisher() -> None:
    """With one column the correction has nothing to correct: p_adj is Fisher's, but for chance."""
    owner = np.zeros(200, dtype=bool)
    owner[:5] = True
    owner[50:85] = True
    found = shared_by({"Ondernemer": owner}, descending(200)).traits[0]
    assert (found.in_top, found.top_size, found.in_rest) == (5, 10, 35 / 190)
    assert found.lift == pytest.approx(0.5 / (35 / 190))
    assert found.in_all == pytest.approx(0.2)
    # Both sides of the column are looked at, so that either tail could have been the smallest.
    more = stats.fisher_exact([[5, 5], [35, 155]], alternative="greater").pvalue
    fewer = stats.hypergeom.cdf(0, 200, 40, 10)
    both = more + (fewer if fewer <= more else 0)
    assert found.p_value == pytest.approx(both, abs=4 * (both / RANDOM_CHOICES) ** 0.5)


@pytest.mark.parametrize(("holding", "told"), [(4, []), (6, ["Gepensioneerd = ja"])])
def test_the_profile_is_of_what_at_least_half_of_the_top_have(
    holding: int, told: list[str]
) -> None:
    retired = np.zeros(400, dtype=bool)
    retired[:holding] = True
    retired[200:203] = True
    found = shared_by({"Gepensioneerd": retired}, descending(400))
    assert found.traits[0].verdict == "clear"
    assert [condition.trait for condition in found.profile] == told


def test_a_planted_trait_is_clear_and_the_others_are_not() -> None:
    random = np.random.default_rng(2)
    table: dict[str, object] = {f"x{i}": random.choice(list("abcd"), 400) for i in range(12)}
    retired = random.random(400) < 0.15
    retired[:9] = True
    found = shared_by({**table, "Gepensioneerd": retired}, descending(400))
    assert found.traits[0].trait == "Gepensioneerd = ja"
    assert found.traits[0].verdict == "clear"
    assert [condition.trait for condition in found.profile] == ["Gepensioneerd = ja"]
    assert {trait.verdict for trait in found.traits[1:]} == {"chance"}


def test_what_none_of_the_ten_has_can_be_found_too() -> None:
    kind = np.array(["z"] * 10 + ["a", "b"] * 30 + ["r"] * 230)
    kind[:10] = list("abcabcabca")
    found = shared_by({"Soort": kind}, descending(300)).traits[0]
    assert found.trait == "Soort ≠ r"
    assert (found.in_top, found.verdict) == (10, "clear")


def test_an_unknown_value_counts_neither_for_nor_against() -> None:
    owner = pd.array([None] * 4 + [True] * 6 + [None] * 50 + [False] * 60, dtype="boolean")
    found = shared_by({"Ondernemer": owner}, descending(120)).traits[0]
    assert (found.in_top, found.top_size, found.in_rest, found.lift) == (6, 6, 0.0, None)
    assert found.verdict == "clear"


def test_being_unknown_is_never_a_boast() -> None:
    owner = pd.array([None] * 10 + [True, False] * 60, dtype="boolean")
    assert shared_by({"Ondernemer": owner}, descending(130)).traits == ()


def test_columns_that_say_the_same_are_one_finding() -> None:
    random = np.random.default_rng(4)
    old = random.random(300) < 0.2
    old[:10] = True
    words = np.where(old, "pensioen", np.where(random.random(300) < 0.5, "werk", "studie"))
    found = shared_by({"Gepensioneerd": old, "Situatie": words}, descending(300)).traits
    assert [(trait.header, trait.same_as) for trait in found] == [("Gepensioneerd", ("Situatie",))]


def test_what_nearly_everyone_has_is_usual_and_no_find() -> None:
    random = np.random.default_rng(6)
    house = random.random(400) < 0.75
    house[:10] = [True] * 8 + [False] * 2
    found = shared_by({"Koopwoning": house}, descending(400))
    assert found.traits == (), "told once, and not as chance too"
    (usual,) = found.usual
    assert (usual.trait, usual.in_top) == ("Koopwoning = ja", 8)
    assert usual.in_rest > 0.5


def test_one_finding_per_column() -> None:
    income = np.r_[np.full(10, 90_000.0), np.random.default_rng(1).normal(40_000, 9_000, 290)]
    found = shared_by({"Inkomen": income}, descending(300)).traits
    assert len(found) == 1
    assert found[0].operator == "at_least"


def test_similarity_by_hand() -> None:
    clients = make_clients(
        {
            "soort": ["a", "a", "b"] * 20,
            "ja": pd.array([True, None, False] * 20, dtype="boolean"),
            "getal": np.tile([0.0, 5.0, 10.0], 20),
        }
    )
    traits, _ = traits_of(clients, DAY)
    alike = mean_similarities(traits, np.array([[0, 1], [0, 2], [1, 2], [0, 3]]))
    assert alike == pytest.approx([(1 + 0.5) / 2, 0, (0 + 0.5) / 2, 1])


def test_likeness_is_clear_where_the_ten_are_of_one_kind() -> None:
    random = np.random.default_rng(3)
    table = {f"x{i}": random.choice(list("abcd"), 500) for i in range(8)}
    for values in table.values():
        values[:10] = "a"
    traits, _ = traits_of(make_clients(table), DAY)
    places = np.arange(10)
    choices = choices_like(places, 500, 1)
    alike = alike_of(traits, places, choices)
    assert alike is not None
    shared = shared_traits(traits, places, choices, 1 - SHARE_OF_LEVEL)
    found = likeness_of(alike, shared.smallest_p)
    assert found.similarity == pytest.approx(1)
    assert found.beats_random_tens == 1
    assert found.verdict == "clear"
    assert 0.2 < found.random_similarity < 0.4


def test_traits_and_likeness_share_one_level() -> None:
    random = np.random.default_rng(3)
    traits, _ = traits_of(
        make_clients({f"x{i}": random.choice(list("abcd"), 500) for i in range(8)}), DAY
    )
    places = np.arange(40, 50)
    choices = choices_like(places, 500, 1)
    alone = shared_traits(traits, places, choices)
    beside = shared_traits(traits, places, choices, 1 - SHARE_OF_LEVEL)
    for one, other in zip(alone.traits, beside.traits, strict=True):
        assert other.p_value == pytest.approx(min(1.0, one.p_value / (1 - SHARE_OF_LEVEL)))
    alike = Alike(0.6, np.array([0.5, 0.55]), 0.004)
    assert likeness_of(alike, smallest_trait_p=1.0).p_value == pytest.approx(0.004 / SHARE_OF_LEVEL)


def test_beside_a_clear_trait_a_likeness_needs_no_more_than_the_usual_level() -> None:
    beside, alone = Alike(0.6, np.array([0.5, 0.55]), 0.04), Alike(0.6, np.array([0.5]), 0.01)
    assert likeness_of(beside, smallest_trait_p=0.002).verdict == "clear"
    assert likeness_of(beside, smallest_trait_p=0.2).verdict == "chance"
    assert likeness_of(alone, smallest_trait_p=0.2).verdict == "clear"


def numbers_by(income: np.ndarray) -> SharedTrait:
    found = shared_by({"Inkomen": income}, descending(len(income))).traits
    return next(trait for trait in found if trait.header == "Inkomen")


def incomes_with_top(ranks: list[int]) -> np.ndarray:
    """300 different incomes in any order, after those of these ranks (from 0 up)."""
    income = 20_000 + 150 * np.arange(300.0)
    rest = np.random.default_rng(22).permutation(np.delete(income, ranks))
    return np.concatenate([income[ranks], rest])


def test_a_number_is_tested_by_the_rank_sum_of_its_known_values() -> None:
    random = np.random.default_rng(21)
    income = random.normal(50_000, 9_000, 300)
    income[:10] += 7_000
    income[[3, 50, 70]] = np.nan
    income = np.round(income, -3)
    found = numbers_by(income)
    known = ~np.isnan(income)
    expected = stats.mannwhitneyu(
        income[:10][known[:10]], income[10:][known[10:]], method="asymptotic", use_continuity=False
    ).pvalue
    assert found.operator == "at_least"
    assert found.top_size == 9
    # One column, looked at in both directions: the correction is that for two tails.
    assert found.p_value == pytest.approx(expected, abs=4 * (expected / RANDOM_CHOICES) ** 0.5)


def test_a_number_is_told_at_the_cut_that_shows_it_best() -> None:
    income = incomes_with_top([100, *range(274, 300, 3)])
    found = numbers_by(income)
    assert (found.operator, found.in_top, found.verdict) == ("at_least", 9, "clear")
    assert isinstance(found.value, float)
    assert 0.88 <= (income < found.value).mean() <= 0.92


def test_a_number_is_never_clearer_than_the_cut_that_is_told() -> None:
    # Higher all over, with a rank sum of 1 in 50, but at no single cut much more than the others.
    found = numbers_by(incomes_with_top([122, 124, 173, 181, 197, 225, 251, 277, 279, 296]))
    having = found.in_rest * 290
    table = np.array([[found.in_top, 10 - found.in_top], [having, 290 - having]])
    by_itself = stats.fisher_exact(np.rint(table), alternative="greater").pvalue
    assert found.p_value == pytest.approx(by_itself)
    assert 0.05 < by_itself < 0.06


@pytest.mark.parametrize("known", [0, 1])
def test_a_number_that_hardly_anyone_has_is_no_claim(known: int) -> None:
    # Of clients without revenue it is known; they cannot stand in the top.
    income = np.random.default_rng(23).normal(50_000, 9_000, 300)
    income[known:200] = np.nan
    revenue = np.where(np.arange(300) < 200, descending(300), np.nan)
    verdicts = {trait.verdict for trait in shared_by({"Inkomen": income}, revenue).traits}
    assert verdicts <= {"chance"}


def test_a_number_that_is_mostly_one_value_is_tested_at_its_cuts() -> None:
    staff = np.zeros(400)
    staff[[1, 4, 7, 9]] = 3.0
    staff[20:45] = 2.0
    found = numbers_by(staff)
    more = stats.hypergeom.sf(3, 400, 29, 10)
    assert found.p_value == pytest.approx(more, abs=4 * (more / RANDOM_CHOICES) ** 0.5)


@pytest.mark.parametrize(("having", "told"), [(2, False), (3, False), (4, True)])
def test_what_few_of_the_ten_have_is_nothing_that_they_share(having: int, told: bool) -> None:
    work = np.full(300, "zzp", dtype=object)
    work[:having] = "arts"
    work[100:102] = "arts"
    work[10:150:2] = "loondienst"
    found = shared_by({"Beroep": work}, descending(300)).traits
    assert ("Beroep = arts" in {trait.trait for trait in found}) is told


def test_what_nearly_everybody_is_sets_nobody_apart() -> None:
    place = np.where(np.arange(300) % 6 == 5, "Ede", "Soest").astype(object)
    place[:10] = "Soest"
    found = shared_by({"Plaats": place}, descending(300))
    assert found.traits == ()
    assert [trait.trait for trait in found.usual] == ["Plaats = Soest"]


def test_patternless_tables_seldom_give_a_claim() -> None:
    """100 reports of which 5% may claim: more than 11 happen once in 230 runs."""
    random = np.random.default_rng(11)
    claims = 0
    for _ in range(100):
        table: dict[str, object] = {
            f"x{i}": random.integers(0, k, 150).astype(str)
            for i, k in enumerate([2, 2, 3, 4, 6, 8])
        }
        table |= {f"y{i}": random.normal(size=150) for i in range(3)}
        found = shared_by(table, random.lognormal(size=150))
        claims += any(trait.verdict == "clear" for trait in found.traits)
    assert claims <= 11
