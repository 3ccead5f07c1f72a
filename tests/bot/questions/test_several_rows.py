"""Lists with several rows per client: figures beside a plain pandas expression on the rows."""

import io
import os
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import analysis
from analysis.clients import Clients, build
from analysis.columns import propose
from analysis.reading import read_sheet
from bot.questions.answers.compute import answer
from bot.questions.model import Amount, Answer, AtLevel, Change, InTop, Is, Named, Question
from bot.questions.pieces import Context
from bot.questions.read import read
from bot.questions.wording import Wording
from tests.bot.questions.conftest import DAY

POLICIES = """Relatienr;Naam;Geboortedatum;Ondernemer;Branche;Premie;Provisie;Uren
101;Bakker;05-06-1970;ja;Brand;240,00;36,10;1,5
101;Bakker;05-06-1970;ja;Auto;600,00;90,20;0,5
101;Bakker;05-06-1970;ja;Brand;120,00;18,00;
102;Visser;01-01-1985;nee;Auto;480,00;72,05;2
103;Smit;12-12-1960;nee;Leven;1200,00;300,00;4
103;Smit;12-12-1960;nee;;90,00;9,00;0,25
104;De Wit;20-03-1978;ja;Auto;500,00;75,00;1
104;De Wit;20-03-1978;ja;Leven;900,00;225,00;3
104;De Wit;20-03-1978;ja;Rechtsbijstand;150,00;30,00;
"""
SHARED = Path(os.environ.get("KLANTKOMPAS_SHARED", Path(__file__).resolve().parents[4] / "shared"))
ORDERS = SHARED / "data" / "customers" / "superstore_eu_decimal_comma.csv"
with_orders = pytest.mark.skipif(not ORDERS.exists(), reason="the shared lists are not here")

Figure = Callable[[pd.DataFrame], float]


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return pd.read_csv(io.StringIO(POLICIES), sep=";", decimal=",")


@pytest.fixture(scope="module")
def context() -> Context:
    sheet = read_sheet(POLICIES.encode(), "polissen.csv")
    return Context(build(sheet, propose(sheet)), DAY)


@pytest.fixture(scope="module")
def orders() -> Context:
    return Context(analysis.load(ORDERS), DAY)


@pytest.fixture(scope="module")
def order_table() -> pd.DataFrame:
    return pd.read_csv(ORDERS, sep=";", decimal=",", encoding="utf-8-sig")


def asked(context: Context, phrase: str, language: str = "nl") -> Answer:
    reading = read(phrase, context, language)
    assert reading.outcome in ("sure", "likely"), phrase
    return answer(reading.questions[0], context.clients, context.as_of)


def totals(found: Answer) -> dict[str | None, float]:
    return {part.label: pytest.approx(part.side.total) for part in found.parts}


def test_amounts_per_group_are_those_of_the_rows(context: Context, table: pd.DataFrame) -> None:
    found = asked(context, "omzet per branche")
    assert table.groupby("Branche")["Provisie"].sum().to_dict() | {None: 9.0} == totals(found)
    assert found.by_row == ("Branche",)
    clients = table.groupby("Branche")["Relatienr"].nunique().to_dict()
    assert {part.label: part.side.clients for part in found.parts} == clients | {None: 1}
    # Together they hold more clients than there are.
    assert sum(clients.values()) == 7 > found.clients == 4


@pytest.mark.parametrize(
    ("phrase", "column", "rows"),
    [
        ("omzet van auto", "Provisie", lambda t: t["Branche"] == "Auto"),
        ("totale premie van brand", "Premie", lambda t: t["Branche"] == "Brand"),
        ("hoeveel uren zitten in leven", "Uren", lambda t: t["Branche"] == "Leven"),
        ("omzet zonder auto", "Provisie",
         lambda t: t["Branche"].notna() & (t["Branche"] != "Auto")),
        ("omzet van ondernemers met auto", "Provisie",
         lambda t: (t["Branche"] == "Auto") & (t["Ondernemer"] == "ja")),
    ],
)  # fmt: skip
def test_the_amount_under_a_condition(
    context: Context, table: pd.DataFrame, phrase: str, column: str, rows: Figure
) -> None:
    found, meant = asked(context, phrase), table[rows(table)]
    assert found.selected is not None
    assert found.selected.total == pytest.approx(meant[column].sum())
    assert found.selected.clients == meant["Relatienr"].nunique()
    mean = meant[column].sum() / meant.dropna(subset=column)["Relatienr"].nunique()
    assert found.selected.mean == pytest.approx(mean)


def test_who_has_it_and_who_has_none(context: Context) -> None:
    have, none = (
        asked(context, "hoeveel klanten hebben auto"),
        asked(context, "klanten zonder auto"),
    )
    assert have.selected is not None
    assert have.selected.clients == 3
    assert [client.client for client in none.listed] == ["103"]
    # He has another row of which it is not known.
    assert none.undecided == 1


def test_a_list_orders_clients_by_what_those_rows_bring(context: Context) -> None:
    found = asked(context, "klanten met brand of leven")
    listed = [(each.client, each.amount) for each in found.listed]
    assert listed == [("103", 300.0), ("104", 225.0), ("101", pytest.approx(54.1))]


def test_a_top_counts_all_that_a_client_brings(context: Context) -> None:
    auto = Is(column="Branche", values=("Auto",))
    best = InTop(amount=Amount(kind="revenue"), size=2)
    question = Question(intent="statistic", amount=Amount(kind="revenue"), statistic="total",
                        filters=(auto, best))  # fmt: skip
    found = answer(question, context.clients, DAY)
    assert found.selected is not None
    # 104 and 103 bring most; only 104 has a car insured.
    assert (found.selected.clients, found.selected.total) == (1, 75.0)


def test_what_does_not_differ_goes_as_before(context: Context) -> None:
    found = asked(context, "omzet van ondernemers")
    assert found.by_row == ()
    assert found.selected is not None
    assert (found.selected.clients, found.selected.total) == (2, pytest.approx(474.3))


def test_who_leaves_leaves_with_all_that_he_brings(context: Context) -> None:
    brand = Is(column="Branche", values=("Brand",))
    leaves = Question(intent="what_if", change=Change(kind="client_leaves"), filters=(brand,))
    found = answer(leaves, context.clients, DAY)
    assert found.what_if is not None
    before, after = found.what_if.before.revenue, found.what_if.after.revenue
    assert before - after == pytest.approx(144.3)
    raised = Question(intent="what_if", change=Change(kind="revenue_changes", share=0.1),
                      filters=(brand,))  # fmt: skip
    assert answer(raised, context.clients, DAY).lacking


def test_of_one_client_each_value_is_told(context: Context) -> None:
    question = Question(intent="card", filters=(Named(client="104"),), column="Branche")
    found = answer(question, context.clients, DAY)
    told = [fact.text for fact in found.facts if fact.column == "Branche"]
    assert told == ["Auto", "Leven", "Rechtsbijstand"]


def test_of_many_values_the_card_says_how_many_it_leaves_out() -> None:
    rows = "".join(f"7;tak {number};10\n" for number in range(1, 9))
    sheet = read_sheet(f"Relatienr;Branche;Premie\n{rows}8;tak 1;5\n".encode(), "k.csv")
    context = Context(build(sheet, propose(sheet)), DAY)
    found = asked(context, "alles over klant 7")
    told = dict(Wording(context.columns, "nl").facts(found.facts))
    assert told["Branche"] == "tak 1; tak 2; tak 3; tak 4; tak 5 en nog 3"


def test_a_slip_in_a_trait_of_clients_leaves_its_gaps_filled() -> None:
    """One client of thirty moved, another's town stands in his first row alone."""
    rows = "".join(f"{number};Soest;10\n{number};;1\n" for number in range(1, 30))
    sheet = read_sheet(
        f"Relatienr;Woonplaats;Omzet\n{rows}30;Soest;5\n30;Ede;7\n".encode(), "k.csv"
    )
    clients = build(sheet, propose(sheet))
    found = asked(Context(clients, DAY), "omzet per woonplaats")
    assert totals(found) == {"Soest": 29 * 11 + 5.0, "Ede": 7.0}


def test_a_list_with_one_row_per_client_has_no_rows_beside_it(sample_clients: Clients) -> None:
    assert sample_clients.by_row is None


@with_orders
def test_orders_per_group(orders: Context, order_table: pd.DataFrame) -> None:
    for phrase, column in [("omzet per Category", "Category"), ("omzet per Region", "Region"),
                           ("revenue per sub-category", "Sub-Category")]:  # fmt: skip
        found = asked(orders, phrase, "en" if phrase.startswith("r") else "nl")
        truth = order_table.groupby(column)["Sales"].sum().nlargest(12).to_dict()
        assert truth == totals(found)
        clients = order_table.groupby(column)["Customer ID"].nunique()
        assert all(part.side.clients == clients[part.label] for part in found.parts)


@with_orders
def test_orders_go_by_the_date_of_each(orders: Context, order_table: pd.DataFrame) -> None:
    dates = pd.to_datetime(order_table["Order Date"], format="%d/%m/%Y")
    years = order_table.groupby(dates.dt.year)["Sales"].sum()
    per_year = asked(orders, "omzet per jaar")
    assert {part.low: part.side.total for part in per_year.parts} == pytest.approx(years.to_dict())
    both = order_table[dates.dt.year.isin([2019, 2020])]
    found = asked(orders, "omzet in 2019 en 2020 samen").selected
    assert found is not None
    assert found.total == pytest.approx(both["Sales"].sum())
    assert found.clients == both["Customer ID"].nunique()
    march = order_table[(dates >= "2020-03-01") & (dates < "2020-04-01")]
    discount = asked(orders, "gemiddelde korting in maart 2020").selected
    assert discount is not None
    assert discount.mean == pytest.approx(march["Discount"].mean())
    beside = asked(orders, "is de winst in 2021 hoger dan in 2020")
    assert beside.selected is not None
    assert beside.rest is not None
    profits = order_table.groupby(dates.dt.year)["Profit"].sum()
    assert (beside.selected.total, beside.rest.total) == pytest.approx(
        (profits[2021], profits[2020])
    )


@with_orders
def test_orders_figures(orders: Context, order_table: pd.DataFrame) -> None:
    own = order_table[order_table["Category"] == "Technology"]
    found = asked(orders, "winst van Technology")
    assert found.selected is not None
    assert found.selected.total == pytest.approx(own["Profit"].sum())
    assert asked(orders, "hoeveel klanten hebben Technology").selected.clients == 687  # type: ignore[union-attr]
    margin = {part.label: part.side.mean for part in
              asked(orders, "profit margin per category", "en").parts}  # fmt: skip
    sums = order_table.groupby("Category")[["Profit", "Sales"]].sum()
    assert margin == pytest.approx((sums["Profit"] / sums["Sales"]).to_dict())
    quantity = asked(orders, "total quantity per category", "en")
    assert order_table.groupby("Category")["Quantity"].sum().to_dict() == totals(quantity)
    discount = asked(orders, "average discount of Technology", "en")
    assert discount.selected is not None
    assert discount.selected.mean == pytest.approx(own["Discount"].mean())


@with_orders
def test_levels_are_those_of_whole_clients(orders: Context, order_table: pd.DataFrame) -> None:
    own = Is(column="Category", values=("Technology",))
    level = Question(intent="statistic", amount=Amount(kind="revenue"), statistic="total",
                     filters=(own, AtLevel(level="A")))  # fmt: skip
    found = answer(level, orders.clients, DAY)
    everybody = Question(intent="clients", amount=Amount(kind="revenue"), limit=50,
                         filters=(AtLevel(level="A"),))  # fmt: skip
    best = [each.client for each in answer(everybody, orders.clients, DAY).listed]
    assert found.selected is not None
    assert found.selected.clients > len(best) / 2
    of_best = Question(intent="statistic", amount=Amount(kind="revenue"), statistic="total",
                       filters=(own, InTop(amount=Amount(kind="revenue"), size=50)))  # fmt: skip
    side = answer(of_best, orders.clients, DAY).selected
    rows = order_table[order_table["Customer ID"].isin(best)
                       & (order_table["Category"] == "Technology")]  # fmt: skip
    assert side is not None
    assert side.total == pytest.approx(rows["Sales"].sum())
