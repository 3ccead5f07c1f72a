"""Questions about a list of another kind: English headings, an insurer's columns."""

import os
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
        ("en", "customers with no claim in the last 12 months",
         "clients by revenue, Months Since Last Claim at_least 12"),
        ("en", "who in Washington drives a sports car and hasn't claimed for at least 30 months",
         "clients by revenue, State=Washington, Vehicle Class=Sports Car, "
         "Months Since Last Claim at_least 30"),
        ("en", "clients whose last claim was more than a year ago",
         "clients by revenue, Months Since Last Claim more 12"),
        ("en", "anyone with zero income and a lifetime value over 50k",
         "clients by revenue, Income equal 0, revenue more 50000"),
        ("nl", "werklozen met een inkomen boven nul, zijn die er",
         "clients by revenue, EmploymentStatus=Unemployed, Income more 0"),
        ("nl", "mediaan total claim amount als number of open complaints 0 is",
         "median cost, Number of Open Complaints equal 0"),
        ("nl", "geen Four-Door Car en geen Sports Car, wel Large: aantal",
         "count, not Vehicle Class=Four-Door Car, not Vehicle Class=Sports Car, "
         "Vehicle Size=Large"),
        ("en", "married customers earning over 80k",
         "clients by revenue, Marital Status=Married, Income more 80000"),
        ("en", "latest effective to date", "clients by Effective To Date"),
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
        "compare Arizona and Nevada on claims",
        "who will file a claim next year",
    ],
)
def test_what_two_columns_may_mean_is_not_sure(insured: Context, phrase: str) -> None:
    assert read(phrase, insured, "en").outcome != "sure"
