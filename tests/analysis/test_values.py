"""Text to values: numbers, amounts, dates, durations, yes and no, bands."""

import datetime as dt
import math

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.values.arrays import (
    parse_bands,
    parse_categories,
    parse_dates,
    parse_durations,
    parse_numbers,
    parse_yes_no,
    shorten_postcodes,
)
from analysis.values.bands import order_bands
from analysis.values.dates import DateStyle, detect_date_style, parse_date
from analysis.values.numbers import NumberStyle, detect_style, parse_number


def column(texts: list[str]) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(texts, type=pa.large_string())])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,56", 1234.56),
        ("1234,56", 1234.56),
        ("€ 1.234,-", 1234.0),
        ("€1.234,--", 1234.0),
        ("€\u00a012,50", 12.5),
        ("12,50 €", 12.5),
        ("EUR 12,50", 12.5),
        ("12,50 euro", 12.5),
        ("1,2k", 1200.0),
        ("1,5 mln", 1_500_000.0),
        ("12.500", 12500.0),
        ("1 234 567,89", 1234567.89),
        ("(1.234)", -1234.0),
        ("1.234,50-", -1234.5),
        ("- 12", -12.0),
        ("-€ 12,50", -12.5),
        ("€ -12,50", -12.5),
        ("−3", -3.0),
        ("+7", 7.0),
        ("12,5%", 0.125),
        ("0,1", 0.1),
        (",5", 0.5),
        ("1E3", 1000.0),
    ],
)
def test_dutch_numbers(text: str, value: float) -> None:
    number = parse_number(text, NumberStyle(","))
    assert number is not None
    assert number.value == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,234.56", 1234.56), ("$90,000 ", 90000.0), ("£1,000,000", 1e6), ("12.5", 12.5)],
)
def test_english_numbers(text: str, value: float) -> None:
    number = parse_number(text, NumberStyle("."))
    assert number is not None
    assert number.value == value


@pytest.mark.parametrize(
    "text", ["", "-", "abc", "12 stuks", "1-2-2024", "1,2,3", "12.34.56", "K100", "nan", "inf", "€"]
)
def test_no_numbers(text: str) -> None:
    assert parse_number(text, NumberStyle(",")) is None


@pytest.mark.parametrize(
    ("texts", "decimal"),
    [
        (["1.200", "0.150", "0.900"], "."),  # a guilder twenty
        (["1.200", "2.500", "13.750"], ","),  # thousands
        (["1.200", "850", "75,50"], ","),
        (["1.200", "1500"], "."),  # nothing is grouped, so the point stands before decimals
        (["1,200", "3,400.50"], "."),
        (["1.234.567"], ","),
        (["261,96", "731,94"], ","),
        (["261.96", "731.94"], "."),
        (["12", "15"], "."),
    ],
)
def test_decimal_sign_is_decided_by_the_column(texts: list[str], decimal: str) -> None:
    assert detect_style(texts).decimal == decimal


def test_numbers_of_a_column() -> None:
    parsed = parse_numbers(column(["1.200,50", "", "n.v.t.", "onzin", "-", "7"]))
    assert parsed.values.tolist()[0] == 1200.5
    assert parsed.values.isna().tolist() == [False, True, True, True, True, False]
    assert parsed.misfits.tolist() == [False, False, False, True, False, False]
    assert parsed.decimals == 2


MIXED = ["1001.25", "12.50", "7.75", "2000.01", "1.234.567,00"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("950,75", 950.75),
        ("€ 950,75", 950.75),
        ("1.250,50", 1250.5),
        ("1,250.50", 1250.5),
        ("(99,50)", -99.5),
        ("99,50-", -99.5),
        ("0,125", 0.125),
        ("12.345.678", 12345678.0),
        ("1.250", None),  # a thousand or one and a quarter: better unread than wrong
        ("€ 1,250", None),
    ],
)
@pytest.mark.parametrize("rows", [1, 2_000], ids=["few", "many"])
def test_both_styles_in_one_column(text: str, value: float | None, rows: int) -> None:
    others = [f"{row}{amount}" for row in range(1, rows + 1) for amount in MIXED[:-1]]
    parsed = parse_numbers(column([*others, *MIXED[-1:] * rows, text]))
    assert parsed.misfits.sum() == (value is None)
    assert parsed.values.iloc[-1] == value or (value is None and parsed.values.isna().iloc[-1])


def test_a_lone_other_style_leaves_the_rest_as_it_is() -> None:
    texts = [f"{number}.250" for number in range(100, 900)] + ["1001.25"] * 2 + ["950,75"]
    texts += [f"{number}.75" for number in range(40)]
    values = parse_numbers(column(texts)).values
    assert values.iloc[[0, 802]].tolist() == [100.25, 950.75]


def test_many_numbers_by_arrow_equal_those_one_by_one() -> None:
    texts = [f"{number / 7:.3f}".replace(".", ",") for number in range(20_000)]
    texts[10:16] = ["€ 1.234,5", "", "(5)", "12-", "weet niet", "3%"]
    parsed = parse_numbers(column(texts))
    assert parsed.values[20] == 2.857
    assert parsed.values[10:16].fillna(-99).tolist() == [1234.5, -99, -5, -12, -99, 0.03]
    assert parsed.misfits.nonzero()[0].tolist() == [14]
    assert parsed.decimals == 3


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        (["12%", "100%"], [0.12, 1.0]),
        (["12", "45"], [0.12, 0.45]),
        (["0,12", "0,45"], [0.12, 0.45]),
        (["12,5%", "12.5", "3"], [0.125, 0.125, 0.03]),
        (["12,5%", "0.03"], [0.125, 0.03]),
    ],
)
def test_percentages(texts: list[str], values: list[float]) -> None:
    assert parse_numbers(column(texts), percent=True).values.tolist() == pytest.approx(values)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False))
def test_amounts_survive_writing(amount: object) -> None:
    text = f"{amount:,.2f}"
    dutch = text.translate(str.maketrans(",.", ".,"))
    for written, style in ((text, NumberStyle(".")), (dutch, NumberStyle(","))):
        number = parse_number(written, style)
        assert number is not None
        assert number.value == float(amount)  # type: ignore[arg-type]


@given(st.lists(st.text(max_size=12), max_size=30))
def test_any_texts_are_numbers_misfits_or_missing(texts: list[str]) -> None:
    parsed = parse_numbers(column(texts))
    assert len(parsed.values) == len(texts)
    assert not (parsed.values.notna() & parsed.misfits).any()
    assert all(math.isfinite(number) for number in parsed.values.dropna())


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("31-12-2024", dt.date(2024, 12, 31)),
        ("31/12/24", dt.date(2024, 12, 31)),
        ("1.2.2024", dt.date(2024, 2, 1)),
        ("2024-12-31", dt.date(2024, 12, 31)),
        ("2024-12-31 08:30:00", dt.date(2024, 12, 31)),
        ("2024-12-31T08:30:00Z", dt.date(2024, 12, 31)),
        ("31-12-2024 8:30", dt.date(2024, 12, 31)),
        ("20241231", dt.date(2024, 12, 31)),
        ("31122024", dt.date(2024, 12, 31)),
        ("31 december 2024", dt.date(2024, 12, 31)),
        ("1 mrt. 2024", dt.date(2024, 3, 1)),
        ("dec-24", dt.date(2024, 12, 1)),
        ("Dec 31, 2024", dt.date(2024, 12, 31)),
        ("12.2024", dt.date(2024, 12, 1)),
        ("45657", dt.date(2024, 12, 31)),
        ("1862-03-29", dt.date(1862, 3, 29)),
    ],
)
def test_dates(text: str, date: dt.date) -> None:
    assert parse_date(text, DateStyle(serial=True)) == date


@pytest.mark.parametrize(
    "text", ["", "najaar", "31-02-2024", "32-01-2024", "2024", "1-2", "99999999"]
)
def test_no_dates(text: str) -> None:
    assert parse_date(text, DateStyle(serial=True)) is None


def test_day_or_month_first_is_decided_by_the_column() -> None:
    american = ["4/8/1966", "5/14/1965", "2/15/1968"]
    assert not detect_date_style(american).day_first
    dates = parse_dates(column(american)).values
    assert dates.dt.strftime("%Y-%m-%d").tolist() == ["1966-04-08", "1965-05-14", "1968-02-15"]


def test_stand_ins_for_no_date_are_missing() -> None:
    parsed = parse_dates(column(["01-01-1900", "00-00-0000", "", "1-2-2024", "najaar"]))
    assert parsed.values.isna().tolist() == [True, True, True, False, True]
    assert parsed.misfits.tolist() == [False, False, False, False, True]


def test_birth_dates_lie_in_the_past() -> None:
    assert parse_dates(column(["01-02-58"]), birth=True).values.dt.year.tolist() == [1958]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("1:30", 1.5),
        ("1,5", 1.5),
        ("90 min", 1.5),
        ("1u30", 1.5),
        ("2 uur", 2.0),
        ("1 dag", 8.0),
        ("0:45:00", 0.75),
        ("125:15", 125.25),
    ],
)
def test_durations(text: str, hours: float) -> None:
    assert parse_durations(column([text, "1,25", "2,75"])).values[0] == pytest.approx(hours)


def test_minutes() -> None:
    assert parse_durations(column(["90", "30"]), minutes=True).values.tolist() == [1.5, 0.5]


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        (["J", "N", "j"], [True, False, True]),
        (["ja", "nee", ""], [True, False, None]),
        (["x", "", "X"], [True, False, True]),
        (["waar", "onwaar", "?"], [True, False, None]),
        (["1", "0", "1"], [True, False, True]),
        (["TRUE", "FALSE", "TRUE"], [True, False, True]),
    ],
)
def test_yes_and_no(texts: list[str], values: list[bool | None]) -> None:
    parsed = parse_yes_no(column(texts)).values
    assert [None if value is pd.NA else bool(value) for value in parsed] == values


def test_categories_keep_what_is_a_value() -> None:
    parsed = parse_categories(column([" rood  wijn ", "", "onbekend", "geen"]))
    assert parsed.values.isna().tolist() == [False, True, True, False]
    assert parsed.values[0] == "rood wijn"


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["€ 50-99", "€ 100-199", "< € 50"], ["< € 50", "€ 50-99", "€ 100-199"]),
        (
            ["> 7 yrs", "1 - 4 yrs", "4 - 7 yrs", "< 1"],
            ["< 1", "1 - 4 yrs", "4 - 7 yrs", "> 7 yrs"],
        ),
        (["65+", "30 tot 65", "onder 30"], ["onder 30", "30 tot 65", "65+"]),
        (["rood", "groen", "blauw"], None),
        (["1", "2", "3"], None),
    ],
)
def test_bands(texts: list[str], order: list[str] | None) -> None:
    assert order_bands(texts) == order


def test_bands_of_a_column_are_ordered() -> None:
    values = parse_bands(column(["50-99", "0-49", "", "100+", "0-49"])).values
    assert values.cat.ordered
    assert values.cat.categories.tolist() == ["0-49", "50-99", "100+"]
    assert values.isna().tolist() == [False, False, True, False, False]


def test_postcodes_are_shortened() -> None:
    short = shorten_postcodes(column([" 1234 AB", "2345cd", ""]))
    assert np.asarray(short).tolist() == ["1234", "2345", ""]
