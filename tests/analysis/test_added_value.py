"""Groups that bring more or less: right where there is one, silent where there is none."""

from datetime import date

import numpy as np
import pytest
from scipy import stats

from analysis.added_value import groups_of, standing
from analysis.findings import Group, Note
from analysis.group_families import families_of, smallest_of
from analysis.traits import traits_of
from tests.analysis.make_clients import make_clients

DAY = date(2026, 11, 23)


def groups(table: dict[str, object], amounts: np.ndarray) -> tuple[Group, ...]:
    clients = make_clients(table, revenue=amounts)  # type: ignore[arg-type]
    traits, _ = traits_of(clients, DAY, amounts)
    return groups_of(traits, amounts, "revenue", 1)[0]


def noise(random: np.random.Generator, count: int) -> dict[str, object]:
    return {f"x{i}": random.choice(list("abcd"), count) for i in range(8)}


@pytest.mark.parametrize("count", [400, 25_000])
def test_a_planted_group_is_found(count: int) -> None:
    random = np.random.default_rng(8)
    owner = random.random(count) < 0.2
    amounts = random.lognormal(7, 1, count) * np.where(owner, 3.0, 1.0)
    found = groups({**noise(random, count), "Ondernemer": owner}, amounts)
    high = found[0]
    assert (high.direction, high.conditions[0].trait) == ("high", "Ondernemer = ja")
    assert high.verdict == "clear"
    assert high.size == owner.sum()
    assert high.per_client == pytest.approx(amounts[owner].mean())
    assert high.rest_per_client == pytest.approx(amounts[~owner].mean())
    assert high.share == pytest.approx(amounts[owner].sum() / amounts.sum())
    assert high.expected_ratio == pytest.approx(3.0, rel=0.25)


def test_what_most_clients_are_is_told_of_the_others() -> None:
    random = np.random.default_rng(20)
    student = random.random(600) < 0.2
    amounts = random.lognormal(7, 1, 600) * np.where(student, 0.3, 1.0)
    found = groups({**noise(random, 600), "Student": student}, amounts)
    clear = [group for group in found if group.verdict == "clear"]
    assert [(g.direction, g.conditions[0].trait) for g in clear] == [("low", "Student = ja")]
    assert clear[0].ratio is not None
    assert clear[0].ratio < 1
    assert clear[0].expected_ratio is not None
    assert clear[0].ratio <= clear[0].expected_ratio < 1
    assert clear[0].ten_more is None


def test_what_a_group_is_worth_per_hour_and_with_ten_more() -> None:
    random = np.random.default_rng(8)
    owner = random.random(400) < 0.2
    amounts = random.lognormal(7, 1, 400) * np.where(owner, 3.0, 1.0)
    clients = make_clients({"Ondernemer": owner}, revenue=amounts)
    traits, _ = traits_of(clients, DAY, amounts)
    hours = np.where(np.arange(400) < 50, np.nan, 2.0)
    high = groups_of(traits, amounts, "revenue", 1, hours)[0][0]
    known = ~np.isnan(hours)
    assert high.per_hour == pytest.approx(amounts[owner & known].mean() / 2)
    assert high.rest_per_hour == pytest.approx(amounts[~owner & known].mean() / 2)
    assert high.expected_ratio is not None
    assert high.ten_more == pytest.approx(10 * high.rest_per_client * high.expected_ratio)


def test_a_pair_is_found_where_only_the_pair_counts() -> None:
    random = np.random.default_rng(16)
    owner, south = random.random(1_000) < 0.4, random.random(1_000) < 0.4
    amounts = random.lognormal(7, 1, 1_000) * np.where(owner & south, 4.0, 1.0)
    found = groups({"Ondernemer": owner, "Zuid": south, **noise(random, 1_000)}, amounts)
    assert {c.trait for c in found[0].conditions} == {"Ondernemer = ja", "Zuid = ja"}
    assert found[0].verdict == "clear"


def test_a_pair_has_no_interval_that_most_clients_are_in() -> None:
    random = np.random.default_rng(31)
    clients = make_clients({"Leeftijd": random.uniform(20, 90, 500), **noise(random, 500)})
    traits, _ = traits_of(clients, DAY)
    high, _ = families_of(traits, random.normal(size=500), 1, depth=2)
    ages = next(place for place, trait in enumerate(traits) if trait.header == "Leeftijd")
    single, paired = (
        {
            traits[ages].holders[condition] / 500
            for members in high.members
            if len(members) == size
            for column, condition in members
            if column == ages
        }
        for size in (1, 2)
    )
    assert max(single) > 0.85
    assert 0.4 < max(paired) <= 0.5


def test_a_triple_is_found_where_only_the_triple_counts() -> None:
    random = np.random.default_rng(17)
    marks = [random.random(3_000) < 0.45 for _ in range(3)]
    amounts = random.lognormal(7, 1, 3_000) * np.where(np.all(marks, axis=0), 4.0, 1.0)
    table: dict[str, object] = {f"m{i}": mark for i, mark in enumerate(marks)}
    found = groups(table, amounts)
    assert {c.header for c in found[0].conditions} == {"m0", "m1", "m2"}


@pytest.mark.parametrize(("trios", "left_out"), [(10, 4), (84, 0)])
def test_traits_that_triples_had_no_room_for_are_told(trios: int, left_out: int) -> None:
    random = np.random.default_rng(8)
    owner = random.random(400) < 0.2
    amounts = random.lognormal(7, 1, 400) * np.where(owner, 3.0, 1.0)
    clients = make_clients({**noise(random, 400), "Ondernemer": owner}, revenue=amounts)
    traits, _ = traits_of(clients, DAY, amounts)
    notes: list[Note] = []
    groups_of(traits, amounts, "revenue", 1, notes=notes, budget=400 * trios)
    told = [Note(code="search_left_out", values={"count": left_out})] if left_out else []
    assert notes == told


def test_a_condition_that_adds_nothing_is_left_out() -> None:
    random = np.random.default_rng(18)
    owner = random.random(1_000) < 0.3
    amounts = random.lognormal(7, 1, 1_000) * np.where(owner, 3.0, 1.0)
    found = groups({"Ondernemer": owner, **noise(random, 1_000)}, amounts)
    assert [c.trait for c in found[0].conditions] == ["Ondernemer = ja"]


def test_the_surest_group_stands_first() -> None:
    # Some owners of a certain kind happen to bring more still: a triple with a larger statistic
    # than a pair, but one of many more that were looked at.
    random = np.random.default_rng(69)
    owner, south = random.random(800) < 0.3, random.random(800) < 0.3
    amounts = random.lognormal(7, 1.2, 800) * np.where(owner & south, 2.5, 1.0)
    kinds = {f"x{i}": random.choice(list("ab"), 800) for i in range(12)}
    found = groups({"Ondernemer": owner, "Zuid": south, **kinds}, amounts)
    high = [group for group in found if group.direction == "high"]
    assert {condition.trait for condition in high[0].conditions} == {"Ondernemer = ja", "Zuid = ja"}
    assert len(high) > 2
    assert [group.p_value for group in high] == sorted(group.p_value for group in high)


def bolder(group: Group) -> bool:
    """Whether the figure to count on says more than the plain one, or the opposite."""
    assert group.ratio is not None
    assert group.expected_ratio is not None
    low, high = sorted((1.0, group.ratio))
    return not low <= group.expected_ratio <= high


@pytest.mark.parametrize("effect", [1.8, 4.0])
@pytest.mark.parametrize("positive", [True, False])
def test_the_figure_to_count_on_is_never_bolder_than_the_plain_one(
    effect: float, positive: bool
) -> None:
    random = np.random.default_rng(19)
    counted = 0
    for _ in range(3):
        owner = random.random(500) < 0.2
        amounts = random.lognormal(7, 1, 500) * np.where(owner, effect, 1.0)
        amounts[0] = amounts[0] if positive else -1.0
        found = groups({**noise(random, 500), "Ondernemer": owner}, amounts)
        told = [group for group in found if group.expected_ratio is not None]
        assert not any(bolder(group) for group in told)
        counted += len(told)
    assert counted


def test_the_figure_to_count_on_rests_on_the_averages_that_are_told() -> None:
    random = np.random.default_rng(23)
    owner = random.random(800) < 0.3
    # Most others bring next to nothing: by geometric means the ratio would be over a hundred.
    amounts = np.where(owner, random.normal(300, 10, 800), random.choice([0.1, 290.0], 800))
    high = groups({"Ondernemer": owner}, amounts)[0]
    assert high.ratio == pytest.approx(high.per_client / high.rest_per_client)
    assert high.expected_ratio == pytest.approx(high.ratio, rel=1e-3)


@pytest.mark.parametrize("lift", [1.0, -60.0])
def test_nothing_to_count_on_where_the_averages_hardly_differ_or_say_the_opposite(
    lift: float,
) -> None:
    random = np.random.default_rng(24)
    owner = np.arange(600) % 3 == 0
    amounts = random.normal(1_000, 1, 600) + 10 * owner
    amounts[owner & (random.random(600) < 0.05)] += 20 * lift
    high = next(g for g in groups({"Ondernemer": owner}, amounts) if g.direction == "high")
    assert (high.verdict, high.conditions[0].trait) == ("clear", "Ondernemer = ja")
    assert high.ratio is not None
    assert (high.ratio < 1) == (lift < 0)
    assert high.expected_ratio is None
    assert high.ten_more is None


def test_one_giant_makes_no_group() -> None:
    random = np.random.default_rng(9)
    claims = 0
    for _ in range(40):
        amounts = random.lognormal(7, 0.5, 300)
        amounts[5] = 1e8
        found = groups(noise(random, 300), amounts)
        claims += any(group.verdict == "clear" for group in found)
    assert claims <= 6


def test_low_groups_wait_for_a_clear_high_one() -> None:
    found = groups(noise(np.random.default_rng(10), 300), np.random.default_rng(1).random(300))
    high = max(group.p_value for group in found if group.direction == "high")
    for group in found:
        if group.direction == "low":
            assert group.p_value >= high


def test_a_high_group_that_is_not_told_opens_nothing() -> None:
    # Most clients are clear as a pair of marks; of the others no single condition can be told.
    random = np.random.default_rng(29)
    marks = [random.random(600) < 0.8 for _ in range(2)]
    kinds = [random.choice(list("xyz"), 600) for _ in range(2)]
    amounts = random.lognormal(7, 1, 600) * np.where(marks[0] & marks[1], 1.5, 1.0)
    amounts *= np.where((kinds[0] == "x") & (kinds[1] == "x"), 0.55, 1.0)
    table: dict[str, object] = {"m0": marks[0], "m1": marks[1], "c0": kinds[0], "c1": kinds[1]}
    assert {group.verdict for group in groups(table, amounts)} == {"chance"}


@pytest.mark.parametrize("unknown", [0, 30])
def test_most_clients_being_high_is_told_of_the_others_also_where_some_are_unknown(
    unknown: int,
) -> None:
    random = np.random.default_rng(20)
    student = random.random(600) < 0.2
    amounts = random.lognormal(7, 1, 600) * np.where(student, 0.3, 1.0)
    answers = np.where(student, "ja", "nee").astype(object)
    answers[:unknown] = None
    found = groups({**noise(random, 600), "Student": answers}, amounts)
    clear = [group for group in found if group.verdict == "clear"]
    assert [(g.direction, g.conditions[0].trait) for g in clear] == [("low", "Student = ja")]


@pytest.mark.parametrize("share", [0.97, 0.7])
def test_a_condition_that_nearly_all_meet_narrows_nothing_down(share: float) -> None:
    random = np.random.default_rng(25)
    owner, active = random.random(2_000) < 0.3, random.random(2_000) < share
    amounts = random.lognormal(7, 0.5, 2_000) * np.where(owner & active, 4.0, 1.0)
    amounts[owner & ~active] *= 0.2
    found = groups({"Ondernemer": owner, "Actief": active}, amounts)
    names = {c.trait for c in found[0].conditions}
    expected = {"Ondernemer = ja"} | ({"Actief = ja"} if share < 0.95 else set())
    assert names == expected


def test_a_group_has_at_least_ten_clients() -> None:
    rare = np.array(["x"] * 9 + ["y"] * 291)
    amounts = np.r_[np.full(9, 1e6), np.random.default_rng(1).random(291)]
    assert groups({"Soort": rare}, amounts) == ()


def test_equal_amounts_make_no_group() -> None:
    assert groups(noise(np.random.default_rng(1), 100), np.full(100, 50.0)) == ()


def test_losses_have_no_ratio() -> None:
    random = np.random.default_rng(12)
    owner = random.random(300) < 0.3
    amounts = random.normal(-50, 10, 300) + 60 * owner
    high = groups({"Ondernemer": owner}, amounts)[0]
    assert high.verdict == "clear"
    assert high.ratio is None
    assert high.expected_ratio is None


def test_groups_that_are_much_the_same_are_told_once() -> None:
    random = np.random.default_rng(13)
    owner = random.random(500) < 0.2
    nearly = owner ^ (random.random(500) < 0.02)
    amounts = random.lognormal(7, 1, 500) * np.where(owner, 4, 1)
    found = groups({"Ondernemer": owner, "Zelfstandig": nearly}, amounts)
    assert len([group for group in found if group.direction == "high"]) == 1


def test_above_the_limit_the_border_is_that_of_bonferroni() -> None:
    random = np.random.default_rng(14)
    owner = np.arange(30_000) % 2 == 0
    amounts = random.permutation(np.arange(30_000.0)) + 600 * owner
    found = groups({"Ondernemer": owner}, amounts)[0]
    scores = stats.norm.ppf((stats.rankdata(amounts) - 0.5) / 30_000)
    spread = scores.std() * np.sqrt(15_000 * 15_000 / 29_999)
    expected = stats.norm.sf(scores[owner].sum() / spread)
    assert found.p_value == pytest.approx(2 * expected, rel=1e-6)


def test_patternless_tables_seldom_give_a_claim() -> None:
    random = np.random.default_rng(15)
    claims = 0
    for _ in range(100):
        found = groups(noise(random, 200), random.lognormal(7, 1.2, 200))
        claims += any(group.verdict == "clear" for group in found)
    assert claims <= 13


def test_of_a_long_list_a_small_group_that_brings_most_is_told() -> None:
    # Fewer than two in a hundred, and five large groups are surer.
    random = np.random.default_rng(41)
    count = 4_000
    kinds = random.choice(list("abcdefgh"), count, p=[0.3, 0.2, 0.15, 0.1, 0.1, 0.08, 0.055, 0.015])
    times = {"b": 1.5, "c": 1.6, "d": 1.7, "e": 1.8, "f": 1.9, "h": 4.0}
    raised = np.array([times.get(kind, 1.0) for kind in kinds])
    found = groups({"Soort": kinds}, random.lognormal(7, 0.5, count) * raised)
    high = sorted((g for g in found if g.direction == "high"), key=standing)
    assert high[0].conditions[0].value == "h"
    assert high[0].size < 0.02 * count
    assert [g.conditions[0].value for g in high] == list("hfedc")


@pytest.mark.parametrize(
    ("count", "single", "pair"),
    [(60, 10, 10), (1_000, 20, 20), (9_000, 50, 180), (50_000, 1_000, 1_000)],
)
def test_from_how_many_clients_a_group_counts(count: int, single: int, pair: int) -> None:
    assert (smallest_of(count), smallest_of(count, 2)) == (single, pair)


def test_a_hint_never_stands_before_what_is_clear() -> None:
    random = np.random.default_rng(8)
    owner = random.random(400) < 0.2
    amounts = random.lognormal(7, 1, 400) * np.where(owner, 3.0, 1.0)
    (clear, *_) = groups({"Ondernemer": owner}, amounts)
    hint = clear.model_copy(update={"verdict": "hint", "per_client": 2 * clear.per_client})
    assert sorted([hint, clear], key=standing) == [clear, hint]
