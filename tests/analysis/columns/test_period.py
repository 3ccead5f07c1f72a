"""Amounts per month and per year: what headings say, what is asked, and what becomes of them."""

import pytest

from analysis.clients import Clients, build
from analysis.columns import ColumnPlan, answer_period, assign, propose, propose_columns
from analysis.columns.period import times_a_year
from analysis.joining import joined
from analysis.reading import read_sheet


def plan_of(*header: str) -> ColumnPlan:
    return propose_columns(["Klantnr", *header], [])


def times(plan: ColumnPlan) -> dict[str, float]:
    return {column.header: column.times_a_year for column in plan.columns}


def asked(plan: ColumnPlan) -> list[int | None]:
    assert all(question.code == "month_or_year" for question in plan.questions)
    assert all(question.positions == (question.assumed,) for question in plan.questions)
    return [question.assumed for question in plan.questions]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Abonnement per maand", 12),
        ("Abonnement (p/m)", 12),
        ("Servicefee p.m.", 12),
        ("abo/mnd", 12),
        ("Maandbedrag", 12),
        ("Maandabonnement", 12),
        ("MonthlyCharges", 12),
        ("Monthly fee 2024", 12),
        ("Abonnement per kwartaal", 4),
        ("Abonnement per jaar", 1),
        ("Jaarabonnement", 1),
        ("Servicefee 2024", 1),
        ("Annual subscription fee", 1),
        ("Abonnement", None),
        ("Servicefee", None),
        ("Omzet laatste 12 maanden", None),
        ("Omzet vorige maand", None),
        ("", None),
    ],
)
def test_what_a_heading_says(heading: str, expected: float | None) -> None:
    assert times_a_year(heading) == expected


@pytest.mark.parametrize("heading", ["Abonnement", "Servicefee", "abo", "Onderhoudsabonnement"])
def test_asked_where_a_subscription_is_added_to_other_revenue(heading: str) -> None:
    plan = plan_of("Provisie", heading)
    assert asked(plan) == [2]
    assert set(times(plan).values()) == {1.0}


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Abonnement per maand", 12.0),
        ("Abonnement p/m", 12.0),
        ("Maandbedrag", 12.0),
        ("Monthly fee", 12.0),
        ("Servicefee per jaar", 1.0),
        ("Jaarabonnement", 1.0),
        ("Servicefee 2024", 1.0),
    ],
)
def test_not_asked_where_the_heading_tells(heading: str, expected: float) -> None:
    plan = plan_of("Advieskosten", heading)
    assert plan.questions == ()
    assert plan.columns[2].role == "revenue_part"
    assert times(plan) == {"Klantnr": 1.0, "Advieskosten": 1.0, heading: expected}


@pytest.mark.parametrize(
    "header", [("Abonnement",), ("Omzet", "Abonnement"), ("Omzet", "Provisie", "Servicefee")]
)
def test_not_asked_where_nothing_changes(header: tuple[str, ...]) -> None:
    assert plan_of(*header).questions == ()


def test_revenue_that_is_per_month() -> None:
    plan = plan_of("Maandomzet")
    assert times(plan)["Maandomzet"] == 12.0
    assert plan.with_role("revenue") == (plan.columns[1],)


def test_a_total_beside_amounts_per_month_is_left_as_it_is() -> None:
    plan = plan_of("MonthlyCharges", "TotalCharges")
    assert plan.roles["MonthlyCharges"] == "outcome"
    assert set(times(plan).values()) == {1.0}


def test_no_more_than_three_questions() -> None:
    assert asked(plan_of("Provisie", "Abonnement", "Servicefee", "abo", "Retainer")) == [2, 3, 4]


def test_a_column_of_kinds_of_subscription_is_not_asked_about() -> None:
    rows = [[str(place), "10,00", "Basis" if place % 3 else "Plus"] for place in range(30)]
    assert propose_columns(["Klantnr", "Provisie", "Abonnement"], rows).questions == ()


def test_dated_rows_add_up_to_a_year_by_themselves() -> None:
    header = ["Klantnr", "Maand", "Advieskosten", "Maandbedrag", "Servicefee"]
    months = [[str(n // 12), str(n % 12 + 1), "5", "10,00", "9"] for n in range(60)]
    assert set(times(propose_columns(header, months)).values()) == {1.0}
    assert propose_columns(header, months).questions == ()
    once = [[str(n), "5", "5", "10,00", "9"] for n in range(60)]
    assert times(propose_columns(header, once))["Maandbedrag"] == 12.0


@pytest.mark.parametrize(("per_month", "expected"), [(True, 12.0), (False, 1.0)])
def test_answer(per_month: bool, expected: float) -> None:
    plan = plan_of("Provisie", "Abonnement", "Servicefee")
    answered = answer_period(plan, 2, per_month=per_month)
    assert asked(answered) == [3]
    assert times(answered)["Abonnement"] == expected
    assert times(answered)["Servicefee"] == 1.0
    assert asked(plan) == [2, 3]


def test_answer_about_no_column() -> None:
    with pytest.raises(KeyError):
        answer_period(plan_of("Provisie", "Abonnement"), 9, per_month=True)


def test_another_choice_takes_the_question_along() -> None:
    plan = plan_of("Provisie", "Abonnement", "Maandbedrag")
    assert assign(plan, {1: "revenue"}).questions == ()
    assert assign(plan, {2: "ignore"}).questions == ()
    assert asked(assign(plan, {3: "ignore"})) == [2]


def test_a_chosen_role_keeps_what_is_known_of_the_period() -> None:
    plan = answer_period(plan_of("Provisie", "Abonnement", "Premie p/m"), 2, per_month=True)
    assert times(assign(plan, {2: "revenue"}))["Abonnement"] == 12.0
    assert times(assign(plan, {2: "outcome"}))["Abonnement"] == 1.0
    assert times(assign(plan, {3: "revenue"}))["Premie p/m"] == 12.0


def test_a_plan_of_before_is_per_year() -> None:
    stored = plan_of("Omzet").model_dump(mode="json")
    for column in stored["columns"]:
        del column["times_a_year"]
    assert ColumnPlan.model_validate(stored) == plan_of("Omzet")


LIST = """Klantnr;Advieskosten;Abonnement
1;100,00;9,99
2;0,10;0,07
2;0,20;0,01
3;50,00;
"""


def clients(text: str, *, per_month: bool | None = None) -> Clients:
    sheet = read_sheet(text.encode(), "klanten.csv")
    plan = propose(sheet)
    if per_month is not None:
        plan = answer_period(plan, plan.questions[0].positions[0], per_month=per_month)
    return build(sheet, plan)


def test_amounts_per_month_are_exactly_twelve_times_as_much() -> None:
    found = clients(LIST, per_month=True)
    assert found.table["Abonnement"].dropna().tolist() == [119.88, 0.96]
    assert found.revenue is not None
    assert found.revenue.tolist() == [219.88, 1.26, 50.0]


@pytest.mark.parametrize("per_month", [None, False])
def test_a_question_that_is_skipped_means_a_year(per_month: bool | None) -> None:
    found = clients(LIST, per_month=per_month)
    assert found.revenue is not None
    assert found.revenue.tolist() == [109.99, 0.38, 50.0]


def test_costs_per_month_are_brought_to_a_year_too() -> None:
    found = clients("Klantnr;Omzet;Kosten per maand\n1;100;1,10\n2;200;2,20\n3;300;3,30\n")
    assert found.cost is not None
    assert found.cost.tolist() == [13.2, 26.4, 39.6]


def test_amounts_too_large_to_be_counted_in_cents() -> None:
    found = clients("Klantnr;Maandomzet\n1;9007199254740993,25\n2;0,10\n3;1,00\n")
    assert found.revenue is not None
    assert found.revenue.tolist() == [9007199254740993.25 * 12, 1.2, 12.0]


def test_a_joined_table_is_brought_to_a_year_once() -> None:
    people = "".join(f"K{n};Naam {chr(65 + n)};Delft\n" for n in range(9))
    fees = "".join(f"K{n};10,50;1\n" for n in range(9))
    sheets = [
        read_sheet(text.encode(), "klanten.csv")
        for text in (
            "Klantnr;Naam;Woonplaats\n" + people,
            "Klantnr;Abonnement per maand;Provisie\n" + fees,
        )
    ]
    sheet = joined(sheets)
    found = build(sheet, propose(sheet))
    assert found.revenue is not None
    assert found.revenue.tolist() == [127.0] * 9
