"""Real client tables with reference answers, where they are at hand."""

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import analysis
from analysis.clients import Clients
from analysis.columns import propose
from analysis.reading import read_sheet

SHARED = Path(os.environ.get("KLANTKOMPAS_SHARED", Path(__file__).resolve().parents[3] / "shared"))
CUSTOMERS = SHARED / "data" / "customers"
pytestmark = pytest.mark.skipif(
    not CUSTOMERS.is_dir(), reason="the shared client tables are not on this machine"
)
FILES = (
    "superstore_eu_decimal_comma.csv",
    "ibm_customer_value.csv",
    "adventureworks_clients_joined.csv",
)


@pytest.fixture(scope="module", params=FILES)
def case(request: pytest.FixtureRequest) -> tuple[Clients, dict[str, Any]]:
    truth = json.loads((CUSTOMERS / "truth.json").read_text("utf-8"))["sets"]
    return analysis.load(CUSTOMERS / request.param), truth[request.param]


def test_revenue_and_its_spread(case: tuple[Clients, dict[str, Any]]) -> None:
    clients, truth = case
    want = truth["value_pareto"]
    assert clients.revenue is not None
    falling = np.sort(clients.revenue)[::-1]
    count, total = len(falling), falling.sum()
    running = np.cumsum(falling)
    rising = falling[::-1]
    gini = 2 * (np.arange(1, count + 1) * rising).sum() / (count * total) - (count + 1) / count
    assert count == want["clients"]
    assert total == pytest.approx(want["total"], abs=0.005)
    assert int(np.searchsorted(running, 0.8 * total)) + 1 == want["k_for_80pct"]
    assert running[int(np.ceil(0.2 * count)) - 1] / total == pytest.approx(
        want["top20pct_share_ceil"], abs=1e-6
    )
    assert gini == pytest.approx(want["gini"], abs=1e-6)


def test_the_ten(case: tuple[Clients, dict[str, Any]]) -> None:
    clients, truth = case
    assert clients.revenue is not None
    ten = np.argsort(-clients.revenue, kind="stable")[:10]
    assert clients.ids[ten].tolist() == [each["id"] for each in truth["top10"]]
    amounts = [each["value"] for each in truth["top10"]]
    assert clients.revenue[ten] == pytest.approx(amounts, abs=0.005)


def test_costs(case: tuple[Clients, dict[str, Any]]) -> None:
    clients, truth = case
    assert clients.cost is not None
    assert clients.cost.sum() == pytest.approx(truth["cost_pareto"]["total"], abs=0.005)


def test_superstore_profit_and_loss() -> None:
    truth = json.loads((CUSTOMERS / "truth.json").read_text("utf-8"))["sets"][FILES[0]]
    clients = analysis.load(CUSTOMERS / FILES[0])
    assert clients.revenue is not None
    assert clients.cost is not None
    profit = clients.revenue - clients.cost
    assert profit.sum() == pytest.approx(truth["profit_total"], abs=0.005)
    assert (profit < -1e-9).sum() == truth["clients_with_loss"]
    assert profit[profit < 0].sum() == pytest.approx(truth["sum_of_their_losses"], abs=0.005)


@pytest.mark.parametrize(
    ("name", "questions"), [(FILES[0], 0), (FILES[1], 1), (FILES[2], 0), ("telco_churn.csv", 0)]
)
def test_questions(name: str, questions: int) -> None:
    plan = propose(read_sheet((CUSTOMERS / name).read_bytes(), name))
    assert len(plan.questions) == questions


@pytest.mark.parametrize(
    ("name", "left_out"),
    [
        ("nl_klantenboek_1907_klanten.csv", {"geloof", "adres"}),
        ("northwind_customers.csv", {"address", "phone", "fax"}),
        ("adventureworks_clients_joined.csv", {"EmailAddress"}),
        ("sap_bikes_business_partners.csv", {"EMAILADDRESS", "PHONENUMBER", "FAXNUMBER"}),
    ],
)
def test_forbidden_and_private_columns(name: str, left_out: set[str]) -> None:
    plan = propose(read_sheet((CUSTOMERS / name).read_bytes(), name))
    assert left_out <= {column.header for column in plan.columns if not column.stored}


def test_months_are_no_clients() -> None:
    with pytest.raises(analysis.UnreadableFile) as refusal:
        analysis.load(CUSTOMERS / "de_umsatz_monat.csv")
    assert refusal.value.reason == "no_client_list"


def test_a_guilder_twenty_is_no_twelve_hundred() -> None:
    clients = analysis.load(CUSTOMERS / "nl_klantenboek_1907_werkzaamheden.csv")
    assert clients.revenue is not None
    assert 1 < clients.revenue.mean() < 30


def test_ids_keep_their_zeros() -> None:
    clients = analysis.load(CUSTOMERS / "sap_bikes_sales_orders.csv")
    assert clients.ids.str.match(r"^01000000\d\d$").all()
