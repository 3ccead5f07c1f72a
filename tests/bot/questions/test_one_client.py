"""One client's card, places in an order, and what if for some clients: figures beside pandas."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from analysis.what_if import WhatIf
from bot.questions.answers.compute import answer
from bot.questions.model import Answer, Named, Question
from bot.questions.pieces import Context
from bot.questions.read import read
from bot.questions.wording import Wording
from tests.analysis.make_clients import make_clients
from tests.bot.questions.conftest import DAY
from tests.bot.questions.test_answers import COST, REVENUE, asked, table, yes

__all__ = ["table"]
HOURS = "Bestede uren"
CLIENT = "12119"


def row_of(table: pd.DataFrame, client: str) -> pd.Series:
    return table[table["Relatienr."].astype(int).astype(str) == client].iloc[0]


def test_a_card_holds_what_is_filled_in_and_nothing_private(
    context: Context, table: pd.DataFrame
) -> None:
    row = row_of(table, CLIENT)
    found = asked(context, f"alles over klant {CLIENT}")
    facts = {each.column: each for each in found.facts}
    private = {"Relatienr.", "Naam", "Bedrijfsnaam", "BSN", "E-mail", "Telefoon", "Opmerkingen"}
    columns = [name for name in table.columns[:30] if name not in private]
    assert set(facts) == {name for name in columns if pd.notna(row.get(name))}
    assert facts[REVENUE].number == pytest.approx(row[REVENUE])
    assert facts["Woonplaats"].text == row["Woonplaats"]
    assert facts["Klant sinds"].day == row["since"].date()
    assert facts["Gepensioneerd"].text == {"J": "yes", "N": "no"}[row["Gepensioneerd"]]


def test_the_value_that_was_asked_for_stands_first(context: Context, table: pd.DataFrame) -> None:
    found = asked(context, f"wanneer sprak ik {CLIENT} voor het laatst")
    spoken = row_of(table, CLIENT)["spoken"]
    assert found.facts[0].column == "Laatste contact"
    assert found.facts[0].day == (None if pd.isna(spoken) else spoken.date())


def test_an_empty_value_is_told_where_it_was_asked_for() -> None:
    clients = make_clients({"Beroep": [None, "smid"], "Wens": [None, "x"]}, revenue=[2, 1])
    first = str(clients.ids.iloc[0])
    question = Question(intent="card", filters=(Named(client=first),), column="Beroep")
    found = answer(question, clients, DAY)
    assert [each.column for each in found.facts if each.is_empty] == ["Beroep"]
    assert Wording(clients.columns, "nl").facts(found.facts)[0][1] == "niet ingevuld"


@pytest.mark.parametrize(("said", "client"), [("K7", "K7"), ("k7", "K7"), ("K99", "K99")])
@pytest.mark.parametrize(
    "text", ["omzet van klant {}", "wie is klant {}", "wat als klant {} weggaat"]
)
def test_a_lettered_number_is_no_place_in_the_order(text: str, said: str, client: str) -> None:
    numbers = [f"K{number}" for number in range(1, 21)]
    clients = make_clients({}, revenue=range(1, 21), ids=numbers)
    (question,) = read(text.format(said), Context(clients, DAY), "nl").questions
    assert question.filters == (Named(client=client),)
    assert (answer(question, clients, DAY).lacking == "no_client") == (client not in numbers)


def test_who_is_not_in_the_list_has_no_card(context: Context) -> None:
    reading = read("alles over 11455", context, "nl")
    assert answer(reading.questions[0], context.clients, DAY).lacking == "no_client"


def test_places_follow_the_order(context: Context, table: pd.DataFrame) -> None:
    found = asked(context, "de plekken elf tot en met twintig op winst")
    ranked = table.sort_values("profit", ascending=False, kind="stable").iloc[10:20]
    assert [each.amount for each in found.listed] == pytest.approx(ranked["profit"].tolist())
    second = asked(context, "my second biggest client", "en")
    assert second.listed[0].amount == pytest.approx(table[REVENUE].nlargest(2).iloc[1])


def test_a_place_beyond_the_list_holds_nobody(context: Context) -> None:
    assert asked(context, "wie staat op plek 900").listed == ()


def _raised(table: pd.DataFrame, rate: float) -> pd.Series:
    of_directors = np.fmax(table[REVENUE], table[HOURS] * rate)
    return table[REVENUE].where(table["DGA j/n"] != "J", of_directors)


RATES: list[tuple[str, Callable[[pd.DataFrame], pd.Series]]] = [
    ("wat als ik dga's 175 per uur reken", lambda t: _raised(t, 175)),
    ("wat als mijn uurtarief met 10% omhoog gaat",
     lambda t: t[REVENUE].where(~(t[HOURS] > 0), t[REVENUE] * 1.1)),
    ("wat als ik 10 euro per uur meer reken", lambda t: t[REVENUE] + t[HOURS].fillna(0) * 10),
    ("wat als ik 10 euro per uur minder vraag aan ondernemers",
     lambda t: t[REVENUE] - (t[HOURS].fillna(0) * 10).where(t["Ondernemer j/n"] == "J", 0)),
]  # fmt: skip


@pytest.mark.parametrize(("phrase", "revenue"), RATES)
def test_a_rate_may_change_for_some(
    context: Context,
    table: pd.DataFrame,
    phrase: str,
    revenue: Callable[[pd.DataFrame], pd.Series],
) -> None:
    found = asked(context, phrase)
    assert _what_if(found).after.revenue == pytest.approx(revenue(table).sum())
    assert found.profits is not None
    assert found.profits.after == pytest.approx((revenue(table) - table[COST]).sum())


def test_each_may_get_an_hour_less(context: Context, table: pd.DataFrame) -> None:
    found = _what_if(asked(context, "wat als ik aan elke gepensioneerde een uur minder besteed"))
    hours = yes(table, "Gepensioneerd")[HOURS].dropna()
    assert found.hours_freed == pytest.approx(np.minimum(hours, 1).sum())
    assert found.after.revenue == pytest.approx(table[REVENUE].sum())


def test_a_rate_needs_hours() -> None:
    clients = make_clients({"Beroep": ["arts", "smid"]}, revenue=[2, 1])
    for phrase in ("wat als ik 150 per uur reken", "wat als mijn uurtarief 10% omhoog gaat"):
        reading = read(phrase, Context(clients, DAY), "nl")
        told = [answer(question, clients, DAY).lacking for question in reading.questions]
        assert told == ["hours"] or reading.outcome == "lacking"


def _what_if(found: Answer) -> WhatIf:
    assert found.what_if is not None
    return found.what_if


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("alles over 12119", "wat er van deze klant bekend is · klant 12119"),
        ("de plekken 11 tot en met 20 op winst", "de klanten op plaats 11 tot en met 20 op winst"),
        ("wie staat op plek 7", "de klant op plaats 7 op omzet"),
        ("wat als ik 10 euro per uur minder reken", "wat als elk uur €\xa010 minder opbrengt"),
        ("wat als mijn uurtarief met 10% omhoog gaat", "wat als elk uur 10% meer opbrengt"),
        ("wat als ik aan elke gepensioneerde een uur minder besteed",
         "wat als deze klanten elk 1 uur minder krijgen · Gepensioneerd: ja"),
    ],
)  # fmt: skip
def test_it_is_told_how_it_was_read(context: Context, phrase: str, said: str) -> None:
    reading = read(phrase, context, "nl")
    assert reading.outcome == "sure"
    assert Wording(context.clients.columns, "nl").question(reading.questions[0]) == said
