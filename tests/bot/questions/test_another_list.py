"""Questions about a list of another kind: English headings, an insurer's columns."""

import os
from functools import cache
from pathlib import Path

import pytest

import analysis
from bot.questions.pieces import Context
from bot.questions.read import read
from tests.bot.questions.conftest import DAY
from tests.bot.questions.shorthand import short

SHARED = Path(os.environ.get("KLANTKOMPAS_SHARED", Path(__file__).resolve().parents[4] / "shared"))
LIST = SHARED / "data" / "customers" / "ibm_customer_value.csv"
pytestmark = pytest.mark.skipif(not LIST.exists(), reason="the shared customer lists are not here")


@pytest.fixture(scope="module")
def insured() -> Context:
    return Context(analysis.load(LIST), DAY)


@pytest.mark.parametrize(
    ("language", "phrase", "expected"),
    [
        ("en", "how many customers are in California", "count, State=California"),
        ("en", "average income by education", "mean Income per Education"),
        ("en", "total claim amount per state", "total cost per State"),
        ("en", "top 10 customers by lifetime value", "clients by revenue limit 10"),
        ("en", "how many unemployed customers", "count, EmploymentStatus=Unemployed"),
        ("en", "which sales channel brings the most", "total revenue per Sales Channel"),
        ("en", "customers with more than 3 open complaints",
         "clients by revenue, Number of Open Complaints more 3"),
        ("en", "average monthly premium in Oregon", "mean Monthly Premium Auto, State=Oregon"),
        ("en", "median income of divorced customers", "median Income, Marital Status=Divorced"),
        ("en", "what percentage of married customers live in Arizona",
         "share of [Marital Status=Married], State=Arizona"),
        ("nl", "hoeveel klanten wonen er in Arizona", "count, State=Arizona"),
        ("nl", "gemiddeld inkomen per opleiding", "mean Income per Education"),
        ("nl", "omzet per voertuigklasse", "total revenue per Vehicle Class"),
        ("nl", "hoeveel gepromoveerden in Californië", "count, Education=Doctor, State=California"),
        ("nl", "hoeveel klanten hebben een sportwagen", "count, Vehicle Class=Sports Car"),
        ("nl", "hoeveel brengen mijn arbeidsongeschikten op",
         "total revenue, EmploymentStatus=Disabled"),
        ("nl", "Wie heeft er vijf openstaande klachten?",
         "clients by revenue, Number of Open Complaints equal 5"),
        ("en", "how many customers with a two-door car", "count, Vehicle Class=Two-Door Car"),
        ("en", "revenue by employment status", "total revenue per EmploymentStatus"),
        ("en", "how many women are there in my top 50", "lacking"),
        ("nl", "hoeveel artsen heb ik", "unknown"),
    ],
)  # fmt: skip
def test_a_phrase_is_read_as_meant(
    insured: Context, language: str, phrase: str, expected: str
) -> None:
    assert short(read(phrase, insured, language)) == expected


@pytest.mark.parametrize(
    "phrase",
    [
        "how many customers have a premium policy coverage",
        "married customers earning over 80k",
        "compare Arizona and Nevada on claims",
        "customers with no claim in the last 12 months",
        "who will file a claim next year",
    ],
)
def test_what_two_columns_may_mean_is_not_sure(insured: Context, phrase: str) -> None:
    assert read(phrase, insured, "en").outcome != "sure"


@pytest.mark.parametrize(
    ("file", "language", "phrase", "expected"),
    [
        ("adventureworks_clients_joined.csv", "nl", "gem omzet van de Fransen",
         "mean revenue, Country=France"),
        ("adventureworks_clients_joined.csv", "nl", "omzet per land", "total revenue per Country"),
        ("adventureworks_clients_joined.csv", "nl", "hoeveel klanten in de VS",
         "count, Country=United States"),
        ("adventureworks_clients_joined.csv", "en", "how many married customers in the UK",
         "count, MaritalStatus=M, Country=United Kingdom"),
        ("adventureworks_clients_joined.csv", "en", "average age in Canada",
         "mean age, Country=Canada"),
        ("adventureworks_clients_joined.csv", "en", "revenue per prefix", "lacking"),
        ("superstore_eu_decimal_comma.csv", "nl", "omzet per categorie",
         "total revenue per Category"),
        ("superstore_eu_decimal_comma.csv", "en", "revenue per segment",
         "total revenue per Segment"),
        ("superstore_eu_decimal_comma.csv", "nl", "gemiddelde korting per regio",
         "mean Discount per Region"),
        ("superstore_eu_decimal_comma.csv", "nl", "winst op stoelen en tafels",
         "total profit, Sub-Category=Chairs/Tables"),
        ("superstore_eu_decimal_comma.csv", "nl", "klanten met meer dan 50% korting",
         "clients by revenue, Discount more 0.5"),
        ("superstore_eu_decimal_comma.csv", "en",
         "who's my most profitable customer that bought copiers",
         "clients by profit limit 1, Sub-Category=Copiers"),
    ],
)  # fmt: skip
def test_a_web_shop_is_asked_about_in_either_language(
    file: str, language: str, phrase: str, expected: str
) -> None:
    context = _context(file)
    assert short(read(phrase, context, language)) == expected


@cache
def _context(file: str) -> Context:
    return Context(analysis.load(SHARED / "data" / "customers" / file), DAY)
