"""Numbers, money, shares and dates as a reader of either language writes them."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.replies.formats import day, money, number, percent, rounded

# A machine that does more at once is no failure.
PATIENT = settings(deadline=None)

DUTCH, ENGLISH = Locale("nl"), Locale("en")


def spaced(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("amount", "dutch", "english"),
    [
        (0, "€ 0", "€0"),
        (-0.0, "€ 0", "€0"),
        (0.001, "€ 0", "€0"),
        (-0.001, "€ 0", "€0"),
        (0.4, "€ 0,40", "€0.40"),
        (-0.4, "-€ 0,40", "-€0.40"),
        (9.5, "€ 9,50", "€9.50"),
        (-9.5, "-€ 9,50", "-€9.50"),
        (9.999, "€ 10", "€10"),
        (12.4, "€ 12", "€12"),
        (1234.56, "€ 1.235", "€1,235"),
        (-1234.56, "-€ 1.235", "-€1,235"),
        (1_234_567, "€ 1.234.567", "€1,234,567"),
        (22.5, "€ 23", "€23"),
        (-22.5, "-€ 23", "-€23"),
        (22_480.5, "€ 22.481", "€22,481"),
        (7.975, "€ 7,98", "€7.98"),
        (1.005, "€ 1,01", "€1.01"),
        (9.995, "€ 10", "€10"),
        (sum([0.1] * 225), "€ 23", "€23"),
    ],
)
def test_money(amount, dutch, english):
    assert spaced(money(amount, DUTCH)) == dutch
    assert money(amount, ENGLISH) == english


@pytest.mark.parametrize(
    ("value", "decimals", "told"),
    [
        (386.25, 1, 386.3),
        (0.285, 2, 0.29),
        (-0.04, 1, 0.0),
        (1e300, 2, 1e300),
        (2.0**53 + 2, 0, 2.0**53 + 2),
        (float("inf"), 0, float("inf")),
    ],
)
def test_halves_go_up_and_the_rest_stays(value, decimals, told):
    assert rounded(value, decimals) == told
    assert str(rounded(value, decimals)) == str(told)


@given(st.decimals(-(10**12), 10**12, places=3), st.integers(0, 2))
def test_rounding_is_that_of_the_decimals_as_written(amount, decimals):
    expected = amount.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert rounded(float(amount), decimals) == float(expected)


def test_an_amount_stays_on_one_line():
    assert " " not in money(1234, DUTCH)


@pytest.mark.parametrize(
    ("share", "dutch", "english"),
    [
        (0, "0%", "0%"),
        (0.0004, "< 0,1%", "< 0.1%"),
        (-0.0004, "0%", "0%"),
        (0.001, "0,1%", "0.1%"),
        (0.046, "4,6%", "4.6%"),
        (0.07, "7%", "7%"),
        (0.06, "6%", "6%"),
        (0.0996, "10%", "10%"),
        (0.18, "18%", "18%"),
        (0.29, "29%", "29%"),
        (0.994, "99%", "99%"),
        (0.9951, "> 99%", "> 99%"),
        (1, "100%", "100%"),
        (1.124, "112%", "112%"),
        (-0.031, "-3,1%", "-3.1%"),
    ],
)
def test_shares(share, dutch, english):
    assert percent(share, DUTCH) == dutch
    assert percent(share, ENGLISH) == english


@PATIENT
@given(st.floats(-10, 10))
def test_a_share_is_only_said_to_be_all_or_nothing_where_it_is(share):
    shown = percent(share, DUTCH)
    if shown == "100%":
        assert 1 <= share < 1.005
    if shown == "0%":
        assert -0.0005 <= share <= 0
    assert shown != "-0%"


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [
        (0, "0", "0"),
        (-0.04, "0", "0"),
        (2.44, "2,4", "2.4"),
        (2.0, "2", "2"),
        (1234, "1.234", "1,234"),
        (-1234.5, "-1.234,5", "-1,234.5"),
    ],
)
def test_numbers(value, dutch, english):
    assert number(value, DUTCH) == dutch
    assert number(value, ENGLISH) == english


def test_a_date_that_cannot_be_taken_for_another():
    assert day(date(2027, 3, 1), DUTCH) == "1 mrt 2027"
    assert day(date(2027, 3, 1), ENGLISH) == "1 Mar 2027"
