"""Ratios, conditions on groups, tops in groups, several measures, bands and what-ifs, by pandas."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.findings import Note
from bot.questions.answers.compute import answer
from bot.questions.pieces import Context
from bot.questions.read import read
from bot.questions.replies import answered
from storage.office import Upload
from tests.analysis.make_clients import make_clients
from tests.bot.questions.conftest import DAY
from tests.bot.questions.test_answers import COST, REVENUE, asked, table, yes
from tests.bot.replies.situations import upload_of

__all__ = ["table"]
IDS = "Relatienr."


@pytest.mark.parametrize(
    ("language", "phrase", "expected"),
    [
        ("nl", "omzet per polis", lambda t: t[REVENUE].sum() / t["Aantal polissen"].sum()),
        ("en", "revenue per policy", lambda t: t[REVENUE].sum() / t["Aantal polissen"].sum()),
        ("nl", "uren per contact",
         lambda t: (known := t[t["Bestede uren"].notna() & t["Contactmomenten"].notna()])[
             "Bestede uren"].sum() / known["Contactmomenten"].sum()),
        ("nl", "hoeveel procent van mijn omzet gaat op aan kosten",
         lambda t: t[COST].sum() / t[REVENUE].sum()),
        ("nl", "kosten als percentage van de omzet van ondernemers",
         lambda t: yes(t, "Ondernemer j/n")[COST].sum() / yes(t, "Ondernemer j/n")[REVENUE].sum()),
    ],
)  # fmt: skip
def test_a_ratio_is_one_of_all_together(
    context: Context,
    table: pd.DataFrame,
    language: str,
    phrase: str,
    expected: Callable[[pd.DataFrame], float],
) -> None:
    found = asked(context, phrase, language)
    assert found.selected is not None
    assert found.selected.mean == pytest.approx(expected(table))


def test_a_ratio_per_group(context: Context, table: pd.DataFrame) -> None:
    sums = table.groupby("Sector")[[REVENUE, COST]].sum()
    found = asked(context, "welk deel van de omzet gaat naar kosten per sector")
    for part in found.parts:
        if part.label is not None:
            shown = sums.loc[part.label]
            assert part.side.mean == pytest.approx(shown[COST] / shown[REVENUE])


def test_a_ratio_of_nothing_is_unknown() -> None:
    clients = make_clients({"Polissen": [0, 0]}, revenue=[3, 2], meanings={"Polissen": "products"})
    context = Context(clients, DAY)
    (question,) = read("omzet per polis", context, "nl").questions
    found = answer(question, clients, DAY).selected
    assert found is not None
    assert found.mean is None


def test_several_measures_are_told_at_once(context: Context, table: pd.DataFrame) -> None:
    found = asked(context, "omzet, kosten en winst van ondernemers")
    owners = yes(table, "Ondernemer j/n")
    assert found.selected is not None
    totals = [found.selected.total, *(side.total for side in found.more)]
    assert totals == pytest.approx(
        [owners[REVENUE].sum(), owners[COST].sum(), owners["profit"].sum()]
    )


def test_several_measures_per_group(context: Context, table: pd.DataFrame) -> None:
    found = asked(context, "aantal, omzet en kosten per beroep")
    grouped = table.groupby("Beroep").agg(
        clients=(REVENUE, "size"), total=(REVENUE, "sum"), cost=(COST, "sum")
    )
    assert found.question.counted
    for part in found.parts:
        row = grouped.loc[part.label]
        assert (part.side.clients, part.side.total, part.more[0].total) == pytest.approx(
            (row["clients"], row["total"], row["cost"])
        )


def test_groups_that_are_large_enough(context: Context, table: pd.DataFrame) -> None:
    found = asked(context, "woonplaatsen met meer dan 5 klanten, hoogste omzet")
    grouped = table.groupby("Woonplaats")[REVENUE].agg(["size", "sum"])
    large = grouped[grouped["size"] > 5].sort_values("sum", ascending=False)
    assert [part.label for part in found.parts] == large.index[:12].tolist()
    assert found.parts_left_out == max(0, len(large) - 12)


def test_groups_that_bring_little(context: Context, table: pd.DataFrame) -> None:
    found = asked(context, "beroepen die minder dan 1000 euro gemiddeld opbrengen")
    means = table.groupby("Beroep")[REVENUE].mean()
    assert len(found.parts) + found.parts_left_out == int((means < 1000).sum())


def test_groups_with_enough_proposals(context: Context, table: pd.DataFrame) -> None:
    found = asked(context, "conversie per sector, alleen waar minstens 5 offertes zijn")
    sums = table.groupby("Sector")[["Offertes", "Akkoorden"]].sum()
    enough = sums[sums["Offertes"] >= 5]
    labelled = {part.label: part.side.mean for part in found.parts if part.label is not None}
    assert labelled == pytest.approx((enough["Akkoorden"] / enough["Offertes"]).to_dict())


@pytest.mark.parametrize(
    ("language", "phrase", "column", "by", "count"),
    [
        ("nl", "de grootste klant per woonplaats", "Woonplaats", REVENUE, 1),
        ("nl", "top 3 klanten per sector op winst", "Sector", "profit", 3),
        ("en", "the largest client in each sector", "Sector", REVENUE, 1),
    ],
)
def test_the_first_of_each_group(
    context: Context,
    table: pd.DataFrame,
    language: str,
    phrase: str,
    column: str,
    by: str,
    count: int,
) -> None:
    found = asked(context, phrase, language)
    for part in found.parts:
        held = table[table[column] == part.label] if part.label else table[table[column].isna()]
        best = held.nlargest(count, by)
        assert [row.amount for row in part.listed] == pytest.approx(best[by].tolist())
        assert part.side.clients == len(held)
    assert [row.client for part in found.parts for row in part.listed] == [
        row.client for row in found.listed
    ]


def test_shares_of_groups_are_of_the_whole(context: Context, table: pd.DataFrame) -> None:
    found = asked(context, "welk deel van de omzet komt van elk niveau")
    assert found.selected is not None
    assert found.selected.total == pytest.approx(table[REVENUE].sum())
    text = answered(found, upload_of("care and conversion"), "nl").text
    first = found.parts[0].side.total
    assert first is not None
    assert f"{100 * first / table[REVENUE].sum():.0f}" in text


def test_own_bands(context: Context, table: pd.DataFrame) -> None:
    found = asked(context, "omzet tot 50, 50-65 en 65+")
    expected = table.groupby(pd.cut(table["age"], [0, 50, 65, 200], right=False), observed=True)
    assert [part.side.total for part in found.parts] == pytest.approx(
        expected[REVENUE].sum().tolist()
    )
    wide = asked(context, "leeftijd in groepen van 20 jaar")
    ages = (table["age"] // 20).value_counts().sort_index()
    assert [part.side.clients for part in wide.parts] == ages.tolist()


def _losing(profit: pd.Series) -> int:
    return int((profit < 0).sum())


@pytest.mark.parametrize(
    ("language", "phrase", "after"),
    [
        ("nl", "wat als mijn kosten met 10% stijgen", lambda t: t[REVENUE] - t[COST] * 1.1),
        ("en", "what if costs rise by 5%", lambda t: t[REVENUE] - t[COST] * 1.05),
        ("nl", "wat als mijn omzet 10% daalt", lambda t: t[REVENUE] * 0.9 - t[COST]),
        ("nl", "wat als een uur mij 75 euro kost", lambda t: t[REVENUE] - t["Bestede uren"] * 75),
        ("nl", "wat als de kosten van ondernemers 20% dalen",
         lambda t: t[REVENUE] - t[COST] * np.where(t["Ondernemer j/n"] == "J", 0.8, 1)),
        ("nl", "wat gebeurt er met mijn winst als klant 10005, 10658 en 10925 weggaan",
         lambda t: t[~t[IDS].astype(str).isin(["10005", "10658", "10925"])]["profit"]),
    ],
)  # fmt: skip
def test_what_becomes_of_the_profit(
    context: Context,
    table: pd.DataFrame,
    language: str,
    phrase: str,
    after: Callable[[pd.DataFrame], pd.Series],
) -> None:
    found = asked(context, phrase, language).profits
    assert found is not None
    expected = after(table)
    assert (found.before, found.after) == pytest.approx((table["profit"].sum(), expected.sum()))
    assert (found.losing_before, found.losing_after) == (
        _losing(table["profit"]),
        _losing(expected),
    )


@pytest.mark.parametrize(
    ("language", "phrase"),
    [
        ("nl", "wat als Jansen weggaat"),
        ("en", "what if Smith leaves"),
        ("en", "what if Baker quits"),
    ],
)
def test_a_name_is_answered_by_asking_for_the_number(
    context: Context, language: str, phrase: str
) -> None:
    found = asked(context, phrase, language)
    assert found.lacking == "by_name"
    assert "jansen" not in found.model_dump_json().casefold()


def test_a_profession_may_be_a_name(context: Context) -> None:
    assert read("wat als Horeca weggaat", context, "nl").outcome == "ask"


@pytest.mark.parametrize(("phrase", "by"), [
    ("op welke plaats staat klant 10925", REVENUE),
    ("op welke plek staat klant 10893 als je op winst rangschikt", "profit"),
])  # fmt: skip
def test_the_place_of_a_client(context: Context, table: pd.DataFrame, phrase: str, by: str) -> None:
    found = asked(context, phrase)
    client = phrase.split("klant ")[1].split(" ", maxsplit=1)[0]
    places = table.set_index(table[IDS].astype(str))[by].rank(ascending=False, method="min")
    assert (found.rank, found.clients) == (int(places[client]), len(table))


@pytest.mark.parametrize(("phrase", "by", "part"), [
    ("met hoeveel klanten zit ik op de helft van de omzet", REVENUE, 0.5),
    ("hoeveel klanten zorgen voor 90% van de winst", "profit", 0.9),
])  # fmt: skip
def test_how_many_clients_bring_a_part(
    context: Context, table: pd.DataFrame, phrase: str, by: str, part: float
) -> None:
    found = asked(context, phrase)
    largest = table[by].sort_values(ascending=False)
    fewest = int((largest.cumsum() < part * largest.sum()).sum()) + 1
    assert (found.reached, found.clients) == (fewest, len(table))
    assert found.reached_amount == pytest.approx(largest.head(fewest).sum())


@pytest.mark.parametrize("phrase", ["hoeveel vrouwen heb ik", "hoeveel klanten heeft mijn collega"])
def test_what_no_column_tells_is_refused(context: Context, phrase: str) -> None:
    assert read(phrase, context, "nl").outcome == "lacking"


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "phrase",
    ["omzet per polis", "omzet, kosten en winst per sector", "top 3 klanten per sector op winst",
     "sectoren met minstens 10 klanten", "wat als mijn kosten met 10% stijgen",
     "op welke plaats staat klant 10925", "omzet en winst van ondernemers",
     "met hoeveel klanten zit ik op de helft van de omzet",
     "aandeel van elke sector in de omzet", "leeftijd in groepen van 20 jaar",
     "wat als Jansen weggaat", "wat gebeurt er met mijn winst als klant 10925 weggaat"],
)  # fmt: skip
def test_every_kind_of_answer_is_written(context: Context, language: str, phrase: str) -> None:
    upload = upload_of("care and conversion")
    text = answered(asked(context, phrase), upload, language).text
    assert "{" not in text
    assert "None" not in text


def test_costs_that_are_not_known_are_lacking() -> None:
    clients = make_clients(revenue=[3, 2, 1])
    (question,) = read("wat als mijn kosten 10% stijgen", Context(clients, DAY), "nl").questions
    assert answer(question, clients, DAY).lacking == "cost"


def with_notes(*codes: str) -> Upload:
    upload = upload_of("care and conversion")
    assert upload.findings is not None
    notes = tuple(Note(code=code, values={"header": "Schade"}) for code in codes)
    return replace(upload, findings=upload.findings.model_copy(update={"notes": notes}))


@pytest.mark.parametrize(
    "phrase", ["wat als klant 10925 weggaat", "wat als mijn kosten met 10% stijgen"]
)
def test_profit_from_assumed_costs_says_so_again(context: Context, phrase: str) -> None:
    answer = asked(context, phrase)
    assert "uit kolom" not in answered(answer, with_notes(), "nl").text
    told = answered(answer, with_notes("costs_assumed"), "nl").text
    assert "Als kosten neem ik kolom ‘Schade’" in told


def test_value_is_pointed_at_only_where_groups_were_compared(context: Context) -> None:
    answer = asked(context, "omzet per sector")
    upload = upload_of("everything significant")
    assert "/waarde" in answered(answer, upload, "nl").text
    assert "/waarde" not in answered(answer, upload_of("no traits"), "nl").text
