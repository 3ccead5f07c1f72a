"""From columns to conditions: cut points, derived traits, and what stays out."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cuts import cut_points, number_as_text, roundest_between
from analysis.trait_column import TraitColumn
from analysis.traits import traits_of
from tests.analysis.make_clients import make_clients

DAY = date(2026, 11, 23)
RANDOM = np.random.default_rng(5)


def trait_of(values: object, **options: object) -> TraitColumn:
    found, notes = traits_of(make_clients({"Kolom": values}, **options), DAY)  # type: ignore[arg-type]
    assert notes == ()
    (trait,) = found
    return trait


def note_of(values: object, **options: object) -> str:
    found, notes = traits_of(make_clients({"Kolom": values}, **options), DAY)  # type: ignore[arg-type]
    assert found == ()
    (note,) = notes
    assert note.values["header"] == "Kolom"
    return note.code


def as_text(trait: TraitColumn) -> list[str]:
    return [condition.trait for condition in trait.conditions]


def test_yes_and_no_are_two_conditions_and_unknown_is_neither() -> None:
    trait = trait_of(pd.Series([True, False, None] * 20, dtype="boolean"))
    assert as_text(trait) == ["Kolom = ja", "Kolom = nee"]
    assert trait.holders.tolist() == [20, 20]
    assert trait.known == 40
    assert not trait.holds(0)[2]
    assert not trait.holds(1)[2]


def test_categories_are_values_and_their_negation() -> None:
    trait = trait_of(["zzp", "loondienst", "dga", None] * 15)
    assert as_text(trait) == [
        *("Kolom = dga", "Kolom = loondienst", "Kolom = zzp"),
        *("Kolom ≠ dga", "Kolom ≠ loondienst", "Kolom ≠ zzp"),
    ]
    assert trait.holders.tolist() == [15, 15, 15, 30, 30, 30]
    assert {condition.operator for condition in trait.conditions} == {"is", "is_not"}


def test_with_two_categories_the_negation_says_nothing_new() -> None:
    assert as_text(trait_of(["zzp", "dga"] * 20)) == ["Kolom = dga", "Kolom = zzp"]


def test_rare_categories_are_no_condition_but_count_against_the_others() -> None:
    trait = trait_of(["a"] * 30 + ["b"] * 20 + ["c", "d"])
    assert as_text(trait) == ["Kolom = a", "Kolom = b", "Kolom ≠ a", "Kolom ≠ b"]
    assert trait.holders.tolist() == [30, 20, 22, 32]


def test_numbers_are_cut_both_ways_and_unknown_is_on_neither_side() -> None:
    numbers = np.r_[np.arange(1.0, 101.0), np.full(7, np.nan)]
    trait = trait_of(RANDOM.permutation(numbers) * 1.5)
    assert trait.known == 100
    by_text = dict(zip(as_text(trait), trait.holders.tolist(), strict=True))
    for text, holders in by_text.items():
        if "≥" in text:
            assert by_text[text.replace("≥", "<")] == 100 - holders


def test_whole_numbers_are_cut_at_whole_numbers() -> None:
    trait = trait_of(RANDOM.integers(18, 90, 400))
    assert all(float(condition.value) == int(condition.value) for condition in trait.conditions)  # type: ignore[arg-type]


def test_age_follows_from_the_day_of_birth() -> None:
    born = pd.to_datetime(["1966-11-23", "1966-11-24", None] + ["1990-01-01"] * 40)
    trait = trait_of(pd.Series(born), roles={"Kolom": "birth_date"})
    assert trait.derived == "age"
    assert trait.numbers is not None
    assert trait.numbers[:2].tolist() == [60, 59]
    assert np.isnan(trait.numbers[2])


@pytest.mark.parametrize(
    ("role", "days", "derived", "expected"),
    [
        ("since", 3 * 365 + 10, "years_as_client", 3),
        ("last_contact", 75, "months_since_contact", 2),
        ("trait", 800, "years_since", 2),
        ("trait", -800, "years_until", 2),
    ],
)
def test_dates_become_distances_to_the_day(
    role: str, days: int, derived: str, expected: int
) -> None:
    when = pd.Timestamp(DAY) - pd.to_timedelta([days] * 39 + [2 * days], unit="D")
    trait = trait_of(pd.Series(when), roles={"Kolom": role})  # type: ignore[arg-type]
    assert trait.derived == derived
    assert trait.numbers is not None
    assert trait.numbers[0] == expected


@pytest.mark.parametrize(
    ("role", "derived", "expected"),
    [("birth_date", "age", 46), ("since", "years_as_client", 46), ("trait", None, 1980)],
)
def test_a_bare_year_is_understood(role: str, derived: str | None, expected: int) -> None:
    trait = trait_of([1980, 1990, 2000] * 20, roles={"Kolom": role})  # type: ignore[arg-type]
    assert trait.derived == derived
    assert trait.numbers is not None
    assert trait.numbers[0] == expected


def test_of_a_postal_code_only_the_region_is_used() -> None:
    trait = trait_of(["1234 AB", "1299ZZ", "3511", "x"] * 15, roles={"Kolom": "postal_code"})
    assert trait.derived == "region"
    assert {condition.value for condition in trait.conditions} == {"12", "35"}
    assert trait.known == 45


def test_ordered_values_are_cut_in_their_own_order() -> None:
    bands = pd.Categorical(
        ["laag", "midden", "hoog"] * 20, ["laag", "midden", "hoog"], ordered=True
    )
    trait = trait_of(pd.Series(bands))
    assert as_text(trait) == ["Kolom ≥ midden", "Kolom < midden", "Kolom ≥ hoog", "Kolom < hoog"]
    assert trait.holders.tolist() == [40, 20, 20, 40]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (["zelfde"] * 40, "column_constant"),
        ([7] * 40, "column_constant"),
        ([True] * 40, "column_constant"),
        ([f"A{i}" for i in range(60)], "column_like_id"),
        (list(range(10_001, 10_301)), "column_like_id"),
        (["a", "b"] * 10 + [None] * 100, "column_too_empty"),
        ([1.5, 2.5] * 10 + [np.nan] * 100, "column_too_empty"),
    ],
)
def test_columns_that_can_tell_nothing_are_named(values: list[object], code: str) -> None:
    assert note_of(values) == code


DAYS = pd.Series(pd.date_range("2011-01-01", periods=59).repeat(2))


@pytest.mark.parametrize(
    ("values", "role"),
    [
        (DAYS, "trait"),
        (DAYS + pd.DateOffset(years=17), "trait"),
        (DAYS, "since"),
        (pd.Series(pd.date_range("2026-10-01", periods=9).repeat(9)), "last_contact"),
        (["6711 AB", "6712", "6713"] * 20, "postal_code"),
    ],
)
def test_values_that_differ_are_never_called_the_same(values: object, role: str) -> None:
    assert note_of(values, roles={"Kolom": role}) == "column_too_close"
    assert note_of([pd.Series(values).iloc[0]] * 60, roles={"Kolom": role}) == "column_constant"


@pytest.mark.parametrize(
    "role",
    [
        *("client_id", "client_name", "revenue_part", "proposals", "deals", "outcome"),
        *("consent", "household", "ignore"),
    ],
)
def test_outcomes_and_keys_are_no_traits(role: str) -> None:
    found, notes = traits_of(make_clients({"Kolom": ["a", "b"] * 30}, roles={"Kolom": role}), DAY)  # type: ignore[dict-item]
    assert (found, notes) == ((), ())


def test_gender_is_off() -> None:
    found, _ = traits_of(
        make_clients({"Kolom": ["m", "v"] * 30}, meanings={"Kolom": "gender"}), DAY
    )
    assert found == ()


@pytest.mark.parametrize(
    "follower",
    [
        lambda amount: 3 * amount + 7,
        lambda amount: -np.sqrt(amount),
        lambda amount: np.where(
            amount > np.quantile(amount, 0.8),
            "A",
            np.where(amount > np.quantile(amount, 0.4), "B", "C"),
        ),
    ],
)
def test_a_column_that_is_the_measure_in_another_form_stays_out(follower: object) -> None:
    revenue = RANDOM.lognormal(7, 1, 500)
    clients = make_clients({"Kolom": follower(revenue)}, revenue=revenue)  # type: ignore[operator]
    found, notes = traits_of(clients, DAY, revenue)
    assert found == ()
    assert [note.code for note in notes] == ["column_follows_measure"]


def test_a_strong_trait_is_not_taken_for_the_measure() -> None:
    owner = RANDOM.random(500) < 0.3
    revenue = RANDOM.lognormal(7, 1, 500) * np.where(owner, 4, 1)
    found, _ = traits_of(make_clients({"Kolom": owner}, revenue=revenue), DAY, revenue)
    assert len(found) == 1


def test_age_is_derived_once() -> None:
    ages = RANDOM.integers(20, 80, 60)
    clients = make_clients(
        {"Leeftijd": ages, "Geboortejaar": 2026 - ages},
        roles={"Leeftijd": "age", "Geboortejaar": "birth_date"},
    )
    found, _ = traits_of(clients, DAY)
    assert [(trait.header, trait.derived) for trait in found] == [
        ("Leeftijd", None),
        ("Leeftijd", "past_state_pension_age"),
    ]


def test_a_part_of_the_clients_keeps_its_conditions() -> None:
    trait = trait_of(["a", "b", "c"] * 20)
    part = trait.among(np.arange(30))
    assert part.conditions == trait.conditions
    assert part.holders.tolist() == [10, 10, 10, 20, 20, 20]


@given(st.lists(st.floats(-1e12, 1e12), min_size=2, max_size=300).filter(lambda v: len(set(v)) > 1))
def test_cuts_ascend_and_part_the_values(values: list[float]) -> None:
    ascending = np.sort(np.array(values))
    cuts = cut_points(ascending)
    assert (np.diff(cuts) > 0).all()
    for cut in cuts:
        assert (ascending < cut).any()
        assert (ascending >= cut).any()


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (47.3, 52.1, 50),
        (49_120, 50_870, 50_000),
        (0.28, 0.33, 0.3),
        (3, 3, 3),
        (-12, 5, 0),
        (61, 64, 62.5),
        (-52.1, -47.3, -50),
    ],
)
def test_cuts_are_easy_to_remember(low: float, high: float, expected: float) -> None:
    assert roundest_between(low, high) == expected


@given(st.floats(-1e300, 1e300), st.floats(-1e300, 1e300))
def test_the_roundest_number_lies_between(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert low <= roundest_between(low, high) <= high


@pytest.mark.parametrize(
    ("number", "text"), [(50.0, "50"), (0.3, "0.3"), (-0.0, "0"), (1e15, "1000000000000000")]
)
def test_numbers_in_plain_notation(number: float, text: str) -> None:
    assert number_as_text(number) == text
