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
    ("language", "phrase", "expected"),
    [
        ("nl", "hoeveelste staat AI49188 qua omzet", "rank by revenue, client AI49188"),
        ("en", "tell me everything about BU79786", "card, client BU79786"),
        ("en", "which state does BU79786 live in", "card of State, client BU79786"),
        ("en", "BU79786 and AI49188 leave",
         "leaves, any(client BU79786, client AI49188)"),
        ("nl", "zet BW63560 maar op Retired", "unknown"),
        ("en", "change the education of BW63560 to Master", "unknown"),
        ("en", "find me customers similar to SX51350", "ask show alike"),
    ],
)  # fmt: skip
def test_one_client_of_an_insurer(
    insured: Context, language: str, phrase: str, expected: str
) -> None:
    assert short(read(phrase, insured, language)) == expected


@pytest.mark.parametrize(
    ("name", "language", "phrase", "expected"),
    [
        ("adventureworks_clients_joined.csv", "nl",
         "wat gebeurt er met mn winst als 11003 vertrekt", "leaves for profit, client 11003"),
        ("adventureworks_clients_joined.csv", "en", "what is the occupation of 11003",
         "card of Occupation, client 11003"),
        ("superstore_eu_decimal_comma.csv", "en",
         "change the segment of KB-16585 to Corporate", "unknown"),
        ("superstore_eu_decimal_comma.csv", "nl", "in welk segment zit KB-16585",
         "card of Segment, client KB-16585"),
        ("superstore_eu_decimal_comma.csv", "en", "my second biggest customer by profit",
         "clients by Profit limit 1 after 1"),
    ],
)  # fmt: skip
def test_one_client_of_a_shop(name: str, language: str, phrase: str, expected: str) -> None:
    shop = Context(analysis.load(LIST.parent / name), DAY)
    assert short(read(phrase, shop, language)) == expected
