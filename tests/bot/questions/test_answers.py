"""The figure in every answer, beside a plain pandas expression on the same workbook."""

from collections.abc import Callable
from datetime import date
from importlib.resources import files

import numpy as np
import pandas as pd
import pytest

from analysis.clients import Clients
from bot.questions.answers.compute import answer
from bot.questions.model import Amount, Answer, Compare, Filled, InTop, Is, Question
from bot.questions.pieces import Context
from bot.questions.read import read
from tests.analysis.make_clients import make_clients
from tests.bot.questions.conftest import DAY

TODAY = pd.Timestamp(DAY)
REVENUE, COST = "Omzet kantoor 2025", "Totale kosten 2025"


@pytest.fixture(scope="session")
def table() -> pd.DataFrame:
    """The sample as pandas reads it, without the row of totals and those without revenue."""
    workbook = str(files("bot.sample") / "klanten_voorbeeld.xlsx")
    raw = pd.read_excel(workbook, header=4, engine="openpyxl")
    raw = raw[pd.to_numeric(raw["Relatienr."], errors="coerce").notna() & raw[REVENUE].notna()]
    raw = raw.assign(
        profit=raw[REVENUE] - raw[COST],
        born=pd.to_datetime(raw["Geb.datum"]),
        spoken=pd.to_datetime(raw["Laatste contact"]),
        since=pd.to_datetime(raw["Klant sinds"]),
    )
    passed = (raw["born"].dt.month * 100 + raw["born"].dt.day) <= 1123
    return raw.assign(age=2026 - raw["born"].dt.year - (~passed).astype(int))


def asked(context: Context, phrase: str, language: str = "nl") -> Answer:
    reading = read(phrase, context, language)
    assert reading.outcome == "sure", phrase
    return answer(reading.questions[0], context.clients, context.as_of)


def yes(table: pd.DataFrame, column: str) -> pd.DataFrame:
    return table[table[column] == "J"]


def top(table: pd.DataFrame, count: int) -> pd.DataFrame:
    return table.nlargest(count, REVENUE)


COUNTS: list[tuple[str, Callable[[pd.DataFrame], pd.DataFrame]]] = [
    ("hoeveel klanten heb ik", lambda t: t),
    ("hoeveel ondernemers zitten in mijn top 20?", lambda t: yes(top(t, 20), "Ondernemer j/n")),
    ("hoeveel 50-plussers heb ik", lambda t: t[t["age"] >= 50]),
    ("hoeveel klanten tussen 40 en 60 jaar", lambda t: t[t["age"].between(40, 60)]),
    ("klanten in Soest of Zeist", lambda t: t[t["Woonplaats"].isin(["Soest", "Zeist"])]),
    ("klanten buiten Amersfoort", lambda t: t[t["Woonplaats"] != "Amersfoort"]),
    ("klanten met meer dan 2 ton vermogen", lambda t: t[t["Vermogen"] > 200_000]),
    ("klanten met vermogen tussen de 1 en 2 ton",
     lambda t: t[t["Vermogen"].between(100_000, 200_000)]),
    ("wie kost meer dan hij oplevert", lambda t: t[t["profit"] < 0]),
    ("gepensioneerden zonder koopwoning",
     lambda t: t[(t["Gepensioneerd"] == "J") & (t["Koopwoning"] == "N")]),
    ("klanten zonder vermogen", lambda t: t[t["Vermogen"].isna() | (t["Vermogen"] == 0)]),
    ("ondernemers of gepensioneerden",
     lambda t: t[(t["Ondernemer j/n"] == "J") | (t["Gepensioneerd"] == "J")]),
    ("klanten die ik een jaar niet gesproken heb",
     lambda t: t[t["spoken"] < TODAY - pd.DateOffset(years=1)]),
    ("klant geworden in 2019", lambda t: t[t["since"].dt.year == 2019]),
    ("hoeveel zestigers", lambda t: t[t["age"].between(60, 69)]),
    ("klanten sinds 1 maart 2019", lambda t: t[t["since"] >= "2019-03-01"]),
    ("klant geworden in oktober 2025",
     lambda t: t[(t["since"] >= "2025-10-01") & (t["since"] < "2025-11-01")]),
    ("alle klanten behalve ondernemers en gepensioneerden",
     lambda t: t[(t["Ondernemer j/n"] == "N") & (t["Gepensioneerd"] == "N")]),
    ("hoeveel klanten hebben meer dan tien uur gekost", lambda t: t[t["Bestede uren"] > 10]),
    ("hoeveel klanten heb ik buiten de top 20", lambda t: t.drop(top(t, 20).index)),
    ("hoeveel leraren heb ik",
     lambda t: t[t["Beroep"].isin(["Leerkracht basisonderwijs", "Docent voortgezet onderwijs"])]),
    ("klanten met een hoger inkomen dan 60.000", lambda t: t[t["Bruto jaarinkomen"] > 60_000]),
    ("klanten die geen ondernemer zijn en niet in Soest wonen",
     lambda t: t[(t["Ondernemer j/n"] == "N") & (t["Woonplaats"] != "Soest")]),
    ("klanten tussen 40 en 55 met een vermogen van meer dan 2 ton",
     lambda t: t[t["age"].between(40, 55) & (t["Vermogen"] > 200_000)]),
    ("tussen maart en juni 2025 gesproken, hoeveel?",
     lambda t: t[(t["spoken"] >= "2025-03-01") & (t["spoken"] < "2025-07-01")]),
    ("hoeveel klanten kwamen erbij in de zomer van 2019",
     lambda t: t[(t["since"] >= "2019-06-01") & (t["since"] < "2019-09-01")]),
    ("welke ondernemers zitten in mijn top 20", lambda t: yes(top(t, 20), "Ondernemer j/n")),
    ("wie heeft wel een offerte gehad maar niets getekend",
     lambda t: t[(t["Offertes"] > 0) & (t["Akkoorden"].fillna(0) == 0)]),
    ("klanten die meer kosten dan ze ons opbrengen", lambda t: t[t["profit"] < 0]),
    ("wie is er in december jarig", lambda t: t[t["born"].dt.month == 12]),
    ("wie wordt er volgend jaar 67", lambda t: t[t["born"].dt.year == 1960]),
    ("wie heeft 3 of 4 polissen", lambda t: t[t["Aantal polissen"].isin([3, 4])]),
    ("ondernemers met nul akkoorden",
     lambda t: yes(t[t["Akkoorden"] == 0], "Ondernemer j/n")),
    ("wie bezit meer dan 3 ton", lambda t: t[t["Vermogen"] > 300_000]),
    ("klanten in 38xx", lambda t: t[t["Postcode"].astype(str).str.startswith("38")]),
    ("hoeveel mag ik er bellen", lambda t: t[t["Bel-me-niet"] == "N"]),
]  # fmt: skip


@pytest.mark.parametrize(("phrase", "expected"), COUNTS, ids=[phrase for phrase, _ in COUNTS])
def test_who_is_meant(
    context: Context,
    table: pd.DataFrame,
    phrase: str,
    expected: Callable[[pd.DataFrame], pd.DataFrame],
) -> None:
    found = asked(context, phrase)
    assert found.selected is not None
    assert found.selected.clients == len(expected(table))


FIGURES: list[tuple[str, str, Callable[[pd.DataFrame], float]]] = [
    ("totale omzet", "total", lambda t: t[REVENUE].sum()),
    ("gemiddelde omzet van gepensioneerden", "mean",
     lambda t: yes(t, "Gepensioneerd")[REVENUE].mean()),
    ("middelste omzet van gepensioneerden", "median",
     lambda t: yes(t, "Gepensioneerd")[REVENUE].median()),
    ("winst van ondernemers", "total", lambda t: yes(t, "Ondernemer j/n")["profit"].sum()),
    ("gemiddelde leeftijd van mijn top 10", "mean", lambda t: top(t, 10)["age"].mean()),
    ("gemiddeld vermogen van dga's", "mean", lambda t: yes(t, "DGA j/n")["Vermogen"].mean()),
    ("hoogste omzet", "highest", lambda t: t[REVENUE].max()),
    ("wat is het laagste inkomen", "lowest", lambda t: t["Bruto jaarinkomen"].min()),
    ("omzet per uur", "mean", lambda t: t[REVENUE].sum() / t["Bestede uren"].sum()),
    ("hoeveel uur besteed ik aan gepensioneerden", "total",
     lambda t: yes(t, "Gepensioneerd")["Bestede uren"].sum()),
    ("hoeveel offertes zijn doorgegaan", "total", lambda t: t["Akkoorden"].sum()),
    ("conversie bij ondernemers", "mean",
     lambda t: yes(t, "Ondernemer j/n")["Akkoorden"].sum()
     / yes(t, "Ondernemer j/n")["Offertes"].sum()),
    ("omzet van mijn top 10 ondernemers", "total",
     lambda t: top(yes(t, "Ondernemer j/n"), 10)[REVENUE].sum()),
    ("gemiddelde omzet exclusief de grootste klant", "mean",
     lambda t: t.drop(top(t, 1).index)[REVENUE].mean()),
    ("totale kosten van de onderste helft", "total",
     lambda t: t.nsmallest(int(np.ceil(len(t) / 2)), REVENUE)[COST].sum()),
    ("hoeveel verlies maak ik op klanten die meer kosten dan ze opbrengen", "total",
     lambda t: t[t["profit"] < 0]["profit"].sum()),
]  # fmt: skip


@pytest.mark.parametrize(
    ("phrase", "figure", "expected"), FIGURES, ids=[phrase for phrase, _, _ in FIGURES]
)
def test_a_figure_is_what_pandas_says(
    context: Context,
    table: pd.DataFrame,
    phrase: str,
    figure: str,
    expected: Callable[[pd.DataFrame], float],
) -> None:
    found = asked(context, phrase)
    assert found.selected is not None
    assert getattr(found.selected, figure) == pytest.approx(expected(table))


@pytest.mark.parametrize(
    ("phrase", "column", "figure"),
    [
        ("omzet per beroep", "Beroep", "total"),
        ("gemiddelde omzet per sector", "Sector", "mean"),
        ("omzet per woonplaats", "Woonplaats", "total"),
    ],
)
def test_a_breakdown_is_a_group_by(
    context: Context, table: pd.DataFrame, phrase: str, column: str, figure: str
) -> None:
    grouped = table.groupby(column)[REVENUE].agg({"total": "sum", "mean": "mean"}[figure])
    found = asked(context, phrase)
    labelled = [part for part in found.parts if part.label is not None]
    assert len(found.parts) + found.parts_left_out == len(grouped) + table[column].isna().any()
    for part in labelled:
        assert getattr(part.side, figure) == pytest.approx(grouped[part.label])
    figures = [getattr(part.side, figure) for part in labelled]
    assert figures == sorted(figures, reverse=True)


def test_bands_hold_every_client_once(context: Context, table: pd.DataFrame) -> None:
    for phrase in ("omzet per leeftijd", "omzet per vermogen", "omzet per jaren klant"):
        found = asked(context, phrase)
        assert sum(part.side.clients for part in found.parts) == len(table)
        total = sum(part.side.total or 0 for part in found.parts)
        assert total == pytest.approx(table[REVENUE].sum())


def test_a_list_is_sorted_and_cut(context: Context, table: pd.DataFrame) -> None:
    found = asked(context, "top 15 op winst")
    best = table.nlargest(15, "profit")
    assert [row.client for row in found.listed] == best["Relatienr."].astype(str).tolist()
    assert [row.amount for row in found.listed] == pytest.approx(best["profit"].tolist())


def test_a_share_is_a_part_of_the_whole(context: Context, table: pd.DataFrame) -> None:
    found = asked(context, "welk deel van mijn omzet komt van mijn top 20?")
    assert found.selected is not None
    assert found.whole is not None
    assert found.selected.total == pytest.approx(top(table, 20)[REVENUE].sum())
    assert found.whole.total == pytest.approx(table[REVENUE].sum())


@pytest.mark.parametrize(
    ("phrase", "base", "part"),
    [
        ("hoeveel procent van de gepensioneerden heeft een koopwoning",
         lambda t: yes(t, "Gepensioneerd"), lambda t: yes(t, "Koopwoning")),
        ("percentage dga's onder ondernemers",
         lambda t: yes(t, "Ondernemer j/n"), lambda t: yes(t, "DGA j/n")),
        ("hoeveel procent van mijn top 20 is ondernemer",
         lambda t: top(t, 20), lambda t: yes(t, "Ondernemer j/n")),
    ],
)  # fmt: skip
def test_a_share_of_some_is_no_share_of_all(
    context: Context,
    table: pd.DataFrame,
    phrase: str,
    base: Callable[[pd.DataFrame], pd.DataFrame],
    part: Callable[[pd.DataFrame], pd.DataFrame],
) -> None:
    found = asked(context, phrase)
    assert found.selected is not None
    assert (found.selected.clients, found.clients) == (len(part(base(table))), len(base(table)))


def test_a_share_of_revenue_is_one_of_its_base(context: Context, table: pd.DataFrame) -> None:
    found = asked(context, "welk deel van de omzet van ondernemers komt uit Amersfoort")
    owners = yes(table, "Ondernemer j/n")
    assert found.selected is not None
    assert found.whole is not None
    inside = owners[owners["Woonplaats"] == "Amersfoort"]
    assert found.selected.total == pytest.approx(inside[REVENUE].sum())
    assert found.whole.total == pytest.approx(owners[REVENUE].sum())


def test_two_clients_leave_together(context: Context, table: pd.DataFrame) -> None:
    found = asked(context, "wat als klant 10005 en klant 10658 weggaan").what_if
    left = table[~table["Relatienr."].astype(str).isin(["10005", "10658"])]
    assert found is not None
    assert len(left) < len(table)
    assert found.after.revenue == pytest.approx(left[REVENUE].sum())


def test_a_count_in_the_top_has_the_rest_beside_it(context: Context, table: pd.DataFrame) -> None:
    found = asked(context, "hoeveel ondernemers zitten in mijn top 20?")
    outside = yes(table.drop(top(table, 20).index), "Ondernemer j/n")
    assert (found.within, found.outside) == (20, len(outside))


def test_two_sides_are_compared(context: Context, table: pd.DataFrame) -> None:
    found = asked(context, "ondernemers versus gepensioneerden")
    assert found.selected is not None
    assert found.rest is not None
    assert found.selected.mean == pytest.approx(yes(table, "Ondernemer j/n")[REVENUE].mean())
    assert found.rest.mean == pytest.approx(yes(table, "Gepensioneerd")[REVENUE].mean())


def test_what_if_counts_without_the_client(context: Context, table: pd.DataFrame) -> None:
    found = asked(context, "wat als mijn top 3 vertrekt").what_if
    assert found is not None
    assert found.after.revenue == pytest.approx(table.drop(top(table, 3).index)[REVENUE].sum())
    charged = asked(context, "wat als ik 150 per uur reken").what_if
    assert charged is not None
    raised = np.fmax(table[REVENUE], table["Bestede uren"] * 150).sum()
    assert charged.after.revenue == pytest.approx(raised)


def test_any_group_can_be_served_otherwise(context: Context, table: pd.DataFrame) -> None:
    found = asked(context, "wat als ik de gepensioneerden 20% minder uren geef").what_if
    hours = yes(table, "Gepensioneerd")["Bestede uren"].sum()
    assert found is not None
    assert found.hours_freed == pytest.approx(hours * 0.2)
    assert found.affected == len(yes(table, "Gepensioneerd"))
    assert found.after.hours == pytest.approx(table["Bestede uren"].sum() - hours * 0.2)
    assert found.after.revenue == pytest.approx(table[REVENUE].sum())


def test_more_deals_than_proposals_are_no_conversion() -> None:
    clients = make_clients(
        {"Offertes": [1, 2], "Akkoorden": [3, 2]},
        revenue=[2, 1],
        roles={"Offertes": "proposals", "Akkoorden": "deals"},
    )
    question = Question(intent="statistic", statistic="mean", amount=Amount(kind="conversion"))
    assert answer(question, clients, DAY).lacking == "other"


def test_who_cannot_be_judged_is_counted_apart() -> None:
    clients = make_clients(
        {"Beroep": ["smid", None, "arts", "smid"], "Vermogen": [1.0, 5.0, np.nan, np.nan]},
        revenue=[4, 3, 2, 1],
    )
    smiths = Is(column="Beroep", values=("smid",))
    rich = Compare(amount=Amount(kind="column", column="Vermogen"), operator="less", value=3)
    found = answer(Question(intent="count", filters=(smiths, rich)), clients, DAY)
    assert found.selected is not None
    # The second may be a smith but is too rich, the third is none; only the last is unknown.
    assert (found.selected.clients, found.undecided) == (1, 1)


@pytest.mark.parametrize(
    ("question", "lacking"),
    [
        (Question(intent="statistic", statistic="total", amount=Amount(kind="cost")), "cost"),
        (Question(intent="statistic", statistic="mean", amount=Amount(kind="age")), "age"),
        (Question(intent="breakdown", group_by="level"), "levels"),
        (Question(intent="clients", amount=Amount(kind="profit")), "cost"),
    ],
)
def test_what_a_list_cannot_tell_is_said(question: Question, lacking: str) -> None:
    assert answer(question, make_clients(revenue=[3, 2, 1]), DAY).lacking == lacking


def test_a_column_that_is_gone_is_an_error() -> None:
    question = Question(intent="count", filters=(Filled(column="Weg"),))
    with pytest.raises(KeyError):
        answer(question, make_clients(revenue=[1]), DAY)


def test_a_share_of_all_is_rounded_up() -> None:
    clients: Clients = make_clients(revenue=np.arange(1.0, 12.0))
    part = InTop(amount=Amount(kind="revenue"), share=0.2)
    found = answer(Question(intent="count", filters=(part,)), clients, date(2026, 1, 1))
    assert found.selected is not None
    assert found.selected.clients == 3


@pytest.mark.parametrize(
    ("phrase", "expected"), [("how many clients have a partner", 2), ("clients without partner", 1)]
)
def test_a_yes_among_words_is_a_yes(phrase: str, expected: int) -> None:
    clients = make_clients(
        {"Partner": pd.Series(["Yes", "No", "Yes"], dtype="str")},
        revenue=[3, 2, 1],
        meanings={"Partner": "partner"},
    )
    found = asked(Context(clients, DAY), phrase, "en")
    assert found.selected is not None
    assert found.selected.clients == expected


def test_a_list_goes_by_a_date(context: Context, table: pd.DataFrame) -> None:
    found = asked(context, "bij welke 5 klanten loopt de rente het eerst af")
    ends = pd.to_datetime(table["Einde rentevast"]).sort_values().head(5)
    days = [date.fromordinal(int(each.amount or 0)) for each in found.listed]
    assert days == [each.date() for each in ends]
