"""Shares of groups, limits at the mean, comparisons and tables, beside plain pandas expressions."""

from datetime import date

import pandas as pd
import pytest

from bot.questions.model import Answer
from bot.questions.pieces import Context
from tests.bot.questions.test_answers import COST, REVENUE, asked, table, yes

__all__ = ["table"]


def parts(answer: Answer) -> dict[str, float]:
    """By group which part of it fulfils the question, or how many clients it holds."""
    return {
        part.label: part.side.clients if part.whole is None
        else part.side.clients / part.whole.clients
        for part in answer.parts
        if part.label is not None
    }  # fmt: skip


def test_a_share_within_each_group_divides_by_that_group(
    context: Context, table: pd.DataFrame
) -> None:
    answer = asked(context, "percentage gepensioneerden per woonplaats")
    expected = (table["Gepensioneerd"] == "J").groupby(table["Woonplaats"]).mean()
    found = parts(answer)
    assert found == pytest.approx({place: expected[place] for place in found})
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert answer.selected is not None
    assert answer.whole is not None
    assert answer.selected.clients == (table["Gepensioneerd"] == "J").sum()
    assert answer.whole.clients == len(table)


def test_a_share_of_revenue_within_each_group(context: Context, table: pd.DataFrame) -> None:
    answer = asked(context, "welk deel van de omzet per woonplaats komt van gepensioneerden")
    whole = table.groupby("Woonplaats")[REVENUE].sum()
    retired = yes(table, "Gepensioneerd").groupby("Woonplaats")[REVENUE].sum()
    for part in answer.parts:
        assert part.whole is not None
        assert part.whole.total == pytest.approx(whole[part.label])
        assert part.side.total == pytest.approx(retired.get(part.label, None))


def test_the_share_of_each_group_in_that_of_some(context: Context, table: pd.DataFrame) -> None:
    answer = asked(context, "aandeel van elke sector in de omzet van ondernemers")
    expected = yes(table, "Ondernemer j/n").groupby("Sector")[REVENUE].sum()
    found = {part.label: part.side.total for part in answer.parts if part.label}
    assert found == pytest.approx({sector: expected[sector] for sector in found})


@pytest.mark.parametrize(
    ("phrase", "column", "limit"),
    [
        ("hoeveel klanten hebben een inkomen boven het gemiddelde", "Bruto jaarinkomen",
         lambda column: column > column.mean()),
        ("hoeveel klanten zitten onder de mediaan qua omzet", REVENUE,
         lambda column: column < column.median()),
        ("hoeveel klanten kosten meer dan twee keer het gemiddelde", COST,
         lambda column: column > 2 * column.mean()),
        ("hoeveel klanten hebben minder dan de helft van het gemiddelde vermogen", "Vermogen",
         lambda column: column < column.mean() / 2),
    ],
)  # fmt: skip
def test_a_limit_at_the_mean_is_that_of_all_clients(
    context: Context, table: pd.DataFrame, phrase: str, column: str, limit: object
) -> None:
    answer = asked(context, phrase)
    assert callable(limit)
    assert answer.selected is not None
    assert answer.selected.clients == limit(table[column]).sum()


def test_sides_are_counted_where_no_amount_is_asked(context: Context, table: pd.DataFrame) -> None:
    answer = asked(context, "heb ik meer huurders dan kopers")
    assert answer.selected is not None
    assert answer.rest is not None
    assert answer.selected.clients == (table["Koopwoning"] == "N").sum()
    assert answer.rest.clients == (table["Koopwoning"] == "J").sum()


def test_a_group_beside_everybody_has_all_clients_on_the_other_side(
    context: Context, table: pd.DataFrame
) -> None:
    answer = asked(context, "leveren ondernemers meer op dan gemiddeld")
    assert answer.selected is not None
    assert answer.rest is not None
    assert answer.selected.mean == pytest.approx(yes(table, "Ondernemer j/n")[REVENUE].mean())
    assert answer.rest.mean == pytest.approx(table[REVENUE].mean())


def test_loss_making_clients_are_counted_per_group(context: Context, table: pd.DataFrame) -> None:
    answer = asked(context, "hoeveel verliesgevende klanten per sector")
    expected = table[table["profit"] < 0].groupby("Sector").size()
    found = parts(answer)
    assert found == {sector: expected[sector] for sector in found}


def test_months_and_years_are_the_last_ones_of_what_is_past(
    context: Context, table: pd.DataFrame
) -> None:
    years = asked(context, "nieuwe klanten per jaar")
    expected = table["since"].dt.year.value_counts().sort_index().tail(len(years.parts))
    assert [part.side.clients for part in years.parts] == expected.tolist()
    months = asked(context, "nieuwe klanten per maand")
    last = table["since"].dt.to_period("M").value_counts().sort_index().tail(len(months.parts))
    assert [part.month for part in months.parts] == [
        date(each.year, each.month, 1) for each in last.index
    ]
    assert [part.side.clients for part in months.parts] == last.tolist()


def test_a_list_tells_each_figure_that_was_asked(context: Context, table: pd.DataFrame) -> None:
    answer = asked(context, "toon 12 klanten met omzet en kosten")
    first = table.nlargest(12, REVENUE)
    assert [each.amount for each in answer.listed] == pytest.approx(first[REVENUE].tolist())
    assert [each.more[0] for each in answer.listed] == pytest.approx(first[COST].tolist())
