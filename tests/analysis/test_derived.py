"""Traits that follow from a column: pension age, legal form, growth."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.derived import legal_form, state_pension_age
from analysis.traits import traits_of
from tests.analysis.make_clients import make_clients

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("day", "years"),
    [
        (date(1999, 1, 1), 66),
        (date(2018, 6, 1), 66),
        (date(2022, 12, 31), 66 + 7 / 12),
        (date(2026, 11, 23), 67),
        (date(2030, 1, 1), 67.25),
    ],
)
def test_the_state_pension_age_is_that_of_the_day(day: date, years: float) -> None:
    assert state_pension_age(day) == pytest.approx(years)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Bakkerij De Molen B.V.", "bv"),
        ("BV Transport Zuid", "bv"),
        ("De Molen Holding b.v", "bv"),
        ("Stichting Zonnehof", "foundation"),
        ("Jansen & Zn. V.O.F.", "vof"),
        ("Abvakabo Advies", "none"),
        ("C.V. de Boer", "none"),
        ("Familie de Vries", "none"),
        ("", "none"),
    ],
)
def test_a_legal_form_is_a_word_of_its_own(name: str, form: str) -> None:
    assert legal_form(name) == form


def test_past_the_pension_age_by_date_of_birth() -> None:
    born = pd.Series(pd.to_datetime(["1950-01-01", "1959-11-20", "1959-12-20", None] * 20))
    found, _ = traits_of(make_clients({"Geboren": born}, roles={"Geboren": "birth_date"}), DAY)
    past = next(trait for trait in found if trait.derived == "past_state_pension_age")
    assert past.header == "Geboren"
    assert past.holders.tolist() == [40, 20]
    assert past.known == 60


def test_past_the_pension_age_by_age() -> None:
    clients = make_clients({"Leeftijd": [40, 66, 67, 80] * 20}, roles={"Leeftijd": "age"})
    found, _ = traits_of(clients, DAY)
    past = next(trait for trait in found if trait.derived == "past_state_pension_age")
    assert past.holders.tolist() == [40, 40]


def test_legal_form_from_the_name_where_it_is_told_often_enough() -> None:
    names = ["Molen B.V.", "Familie Jansen", "Stichting Zon", "P. de Boer"] * 20
    clients = make_clients({"Naam": names}, roles={"Naam": "client_name"})
    found, notes = traits_of(clients, DAY)
    (form,) = found
    assert form.derived == "legal_form"
    assert {condition.value for condition in form.conditions} == {"bv", "foundation", "none"}
    people = make_clients({"Naam": ["P. de Boer"] * 80}, roles={"Naam": "client_name"})
    assert traits_of(people, DAY) == ((), ())
    assert notes == ()


def test_growth_since_the_year_before() -> None:
    random = np.random.default_rng(1)
    before = random.lognormal(7, 0.1, 80)
    before[0] = 0
    revenue = before * random.choice([0.5, 1.5], 80) + 1
    clients = make_clients(
        {"Omzet vorig jaar": before},
        revenue=revenue,
        roles={"Omzet vorig jaar": "outcome"},
        meanings={"Omzet vorig jaar": "revenue_prev"},
    )
    found, _ = traits_of(clients, DAY)
    (growth,) = found
    assert growth.derived == "growth"
    assert growth.numbers is not None
    assert np.isnan(growth.numbers[0])
    assert growth.numbers[1] == pytest.approx(revenue[1] / before[1] - 1)
