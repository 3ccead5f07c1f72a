"""The plan of a whole table."""

import random

import pytest

from analysis.columns import add_to_revenue, assign, propose_columns

NAMES = ["Bakker", "Visser", "Smit", "Meijer", "Mulder", "Bos", "Vos", "Peters", "Dekker", "Kok"]


def valid_bsn(number: int) -> str:
    """Return the first citizen service number from `number` on."""
    while True:
        digits = f"{number:09}"
        weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
        if sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11 == 0:
            return digits
        number += 1


def roles(header: list[str], rows: list[list[str]] | None = None) -> dict[str, str]:
    return propose_columns(header, rows or []).roles


@pytest.mark.parametrize(
    ("header", "revenue"),
    [
        (["Klantnr", "Naam", "Omzet", "Kosten"], "Omzet"),
        (["Klantnr", "Naam", "Advieskosten", "Kosten"], "Advieskosten"),
        (["Klantnr", "Naam", "Totale omzet", "Provisie", "Advieskosten"], "Totale omzet"),
        (["Klantnr", "Omzet 2022", "Omzet 2023", "Omzet 2024"], "Omzet 2024"),
        (["Customer ID", "Customer Name", "Sales", "Profit", "Quantity"], "Sales"),
        (["customerID", "MonthlyCharges", "TotalCharges"], "TotalCharges"),
        (["Klantnr", "Handelsnaam", "Medewerkers", "Omzet klant", "Gefactureerd"], "Omzet klant"),
    ],
)
def test_one_good_revenue_column_asks_nothing(header: list[str], revenue: str) -> None:
    plan = propose_columns(header, [])
    assert [column.header for column in plan.with_role("revenue")] == [revenue]
    assert plan.questions == ()


def test_parts_without_a_total_are_all_revenue() -> None:
    plan = propose_columns(["Klantnr", "Provisie", "Advieskosten", "Bemiddelingskosten"], [])
    assert plan.with_role("revenue") == ()
    assert len(plan.with_role("revenue_part")) == 3
    assert plan.questions == ()


@pytest.mark.parametrize(
    ("header", "positions", "assumed"),
    [
        (["Klantnr", "Naam", "Premie"], (2,), 2),
        (["Customer", "Customer Lifetime Value", "Monthly Premium Auto"], (1, 2), 1),
        # In a list of companies `omzet` may be what the client itself turns over.
        (["Bedrijfsnaam", "KvK", "Omzet"], (2,), 2),
        (["Bedrijfsnaam", "KvK", "Omzet", "Gefactureerd"], (2, 3), 3),
        (["Klantnr", "Naam", "Omzet", "Opbrengst"], (2, 3), 2),
    ],
)
def test_asked_where_unsure(header: list[str], positions: tuple[int, ...], assumed: int) -> None:
    (question,) = propose_columns(header, []).questions
    assert question.code == "revenue_column"
    assert question.positions == positions
    assert question.assumed == assumed


def test_no_question_about_a_table_without_clients() -> None:
    assert propose_columns(["Jaar", "Gemeente", "Bedrag"], []).questions == ()


def test_margin_is_no_revenue_and_no_trait() -> None:
    (margin,) = propose_columns(["Customer ID", "Sales", "Profit"], []).columns[2:]
    assert (margin.role, margin.meaning) == ("outcome", "margin")


def test_citizen_service_numbers_show_by_content() -> None:
    rows = [
        [str(place), name, valid_bsn(10**8 + place * 7_654_321)] for place, name in enumerate(NAMES)
    ]
    plan = propose_columns(["Klantnr", "Naam", "Kenmerk"], rows)
    assert plan.columns[2].role == "forbidden"
    assert plan.columns[2].meaning == "forbidden_bsn"
    assert plan.columns[2].why == "values"
    assert not plan.columns[2].stored


def test_running_numbers_are_no_citizen_service_numbers() -> None:
    rows = [[str(123_456_700 + place), "10"] for place in range(200)]
    plan = propose_columns(["Klantnummer", "Omzet"], rows)
    assert plan.columns[0].role == "client_id"
    assert plan.columns[0].stored


def test_random_numbers_are_no_citizen_service_numbers() -> None:
    chance = random.Random(1)
    rows = [[str(chance.randrange(10**8, 10**9)), "1"] for _ in range(300)]
    assert propose_columns(["Relatienr", "Omzet"], rows).columns[0].role == "client_id"


@pytest.mark.parametrize("heading", ["SALESORDERID", "Kenmerk", "dossierkenmerk", "Order_ID"])
@pytest.mark.parametrize(("first", "step"), [(500_000_000, 1), (500_000_000, 7), (123_456_700, 1)])
def test_numbers_that_run_on_are_no_phones_and_no_citizens(
    heading: str, first: int, step: int
) -> None:
    for width in (9, 10):
        rows = [[f"N{n}", str(first + n * step).zfill(width), "10"] for n in range(300)]
        column = propose_columns(["Naam", heading, "Omzet"], rows).columns[1]
        assert column.stored
        assert column.role == "ignore"


def test_a_key_may_leave_numbers_out() -> None:
    chance = random.Random(2)
    rows = [[f"N{n}", f"05{chance.randrange(10**8):08}"] for n in range(300)]
    assert propose_columns(["Naam", "SALESORDERID"], rows).columns[1].stored
    for heading in ("Kenmerk", "Bereikbaarheid", "Nummer thuis"):
        column = propose_columns(["Naam", heading], rows).columns[1]
        assert (column.role, column.meaning) == ("private", "phone")


def test_citizens_under_the_heading_of_a_key() -> None:
    rows = [[name, valid_bsn(10**8 + n * 7_654_321)] for n, name in enumerate(NAMES)]
    assert propose_columns(["Naam", "SALESORDERID"], rows).columns[1].role == "forbidden"


def test_mobile_phones_that_run_on_are_phones() -> None:
    rows = [[name, f"061234567{n}"] for n, name in enumerate(NAMES)]
    assert propose_columns(["Naam", "Kenmerk"], rows).columns[1].role == "private"


@pytest.mark.parametrize(
    ("cells", "meaning"),
    [
        ([f"{name.lower()}@voorbeeld.nl" for name in NAMES], "email"),
        ([f"06-1234567{place}" for place in range(10)], "phone"),
        ([f"+31 6 1234 56{place}8" for place in range(10)], "phone"),
        (["NL91ABNA0417164300"] * 4 + ["NL20INGB0001234567"] * 4, "iban"),
        ([f"Dorpsstraat {place + 1}a" for place in range(10)], "street"),
        ([f"{name} belde over de scheiding en wil in mei terugkomen" for name in NAMES], "notes"),
    ],
)
def test_private_by_content(cells: list[str], meaning: str) -> None:
    rows = [[str(place), cell] for place, cell in enumerate(cells)]
    column = propose_columns(["Klantnr", "Kenmerk"], rows).columns[1]
    assert (column.role, column.meaning, column.stored) == ("private", meaning, False)


def test_phone_yes_or_no_is_a_trait() -> None:
    rows = [[str(place), "yes" if place % 2 else "no"] for place in range(20)]
    column = propose_columns(["id", "telephone"], rows).columns[1]
    assert (column.role, column.kind) == ("trait", "yes_no")


def test_partner_is_a_name_or_a_trait() -> None:
    named = [[str(place), name] for place, name in enumerate(NAMES * 2)]
    answered = [[str(place), "Yes" if place % 3 else "No"] for place in range(20)]
    other = [[str(place), f"{name} {place}"] for place, (_, name) in enumerate(named)]
    assert propose_columns(["id", "Partner"], other).columns[1].role == "private"
    assert propose_columns(["id", "Partner"], answered).columns[1].role == "trait"


def test_years_under_age_are_birth_years() -> None:
    rows = [[str(place), str(1950 + place)] for place in range(20)]
    column = propose_columns(["Klantnr", "Leeftijd"], rows).columns[1]
    assert (column.role, column.meaning, column.kind) == ("birth_date", "birth_year", "date")


@pytest.mark.parametrize(
    ("header", "cells", "kind"),
    [
        ("Kleur", ["rood", "groen"] * 10, "category"),
        ("Kleur", ["ja", "nee"] * 10, "yes_no"),
        ("Iets", ["€ 10,50", "€ 20,00"] * 10, "money"),
        ("Iets", ["10%", "20%"] * 10, "percentage"),
        ("Iets", ["1-2-2024", "2-2-2024"] * 10, "date"),
        ("Iets", ["1:30", "2:45"] * 10, "duration"),
        ("Iets", ["0-49", "50-99", "100+"] * 7, "ordered"),
        ("Vermogen", ["0-49", "50-99", "100+"] * 7, "ordered"),
        ("Vermogen", ["100", "250"] * 10, "money"),
    ],
)
def test_kind_by_values(header: str, cells: list[str], kind: str) -> None:
    rows = [[str(place), cell] for place, cell in enumerate(cells)]
    assert propose_columns(["Klantnr", header], rows).columns[1].kind == kind


def test_names_are_unique_and_never_empty() -> None:
    plan = propose_columns(["Naam", "", "naam", "Naam"], [])
    assert [column.name for column in plan.columns] == ["Naam", "B", "naam (2)", "Naam (3)"]
    assert plan.roles == {"naam": "client_name"}


def test_assign() -> None:
    plan = propose_columns(["Klantnr", "Omzet", "Opbrengst", "Kleur"], [])
    chosen = assign(plan, {2: "revenue", 3: "private"})
    assert chosen.roles == {
        "Klantnr": "client_id",
        "Omzet": "outcome",
        "Opbrengst": "revenue",
        "Kleur": "private",
    }
    assert [column.why for column in chosen.columns][2:] == ["asked", "asked"]
    assert not chosen.columns[3].stored
    assert chosen.questions == ()
    assert plan.questions != ()


@pytest.mark.parametrize(
    ("header", "role", "kind"),
    [
        ("Bruto jaarinkomen", "trait", "money"),
        ("Leeftijd", "age", "number"),
        ("Premie", "outcome", "money"),
        ("Opbrengst", "outcome", "money"),
        ("Xyz", "outcome", "money"),
    ],
)
def test_what_was_taken_for_revenue_is_again_what_its_heading_says(header, role, kind) -> None:
    plan = assign(propose_columns(["Klantnr", header, "Omzet"], []), {1: "revenue"})
    assert plan.columns[1].role == "revenue"
    corrected = assign(plan, {2: "revenue"})
    assert [column.role for column in corrected.columns] == ["client_id", role, "revenue"]
    assert corrected.columns[1].kind == kind


def counted(plan) -> list[str]:
    return [column.header for column in plan.revenue_columns]


def test_parts_count_no_longer_beside_a_whole_and_again_without_it() -> None:
    plan = propose_columns(["Klantnr", "Advieskosten", "Provisie", "Premie"], [])
    assert counted(plan) == ["Advieskosten", "Provisie"]
    whole = assign(plan, {3: "revenue"})
    assert counted(whole) == ["Premie"]
    assert counted(assign(whole, {3: "ignore"})) == ["Advieskosten", "Provisie"]
    another = assign(assign(plan, {2: "revenue"}), {3: "revenue"})
    assert counted(assign(another, {3: "ignore"})) == ["Advieskosten", "Provisie"]


def test_a_column_is_added_to_what_counts_as_revenue() -> None:
    plan = propose_columns(["Klantnr", "Advieskosten", "Provisie", "Vergoeding"], [])
    assert counted(add_to_revenue(plan, 3)) == ["Advieskosten", "Provisie", "Vergoeding"]
    # What the whole was made of would count twice.
    total = propose_columns(["Klantnr", "Omzet", "Provisie", "Xyz"], [])
    assert counted(add_to_revenue(total, 3)) == ["Omzet", "Xyz"]


def test_an_age_that_was_taken_for_revenue_does_not_push_another_aside() -> None:
    plan = propose_columns(["Klantnr", "Leeftijd", "Leeftijd partner", "Omzet"], [])
    place = next(column.position for column in plan.columns if column.role == "age")
    changed = assign(assign(assign(plan, {place: "revenue"}), {2: "age"}), {3: "revenue"})
    assert [column.role for column in changed.columns].count("age") == 1


def test_assign_never_keeps_what_is_forbidden() -> None:
    plan = propose_columns(["Klantnr", "BSN"], [])
    assert not assign(plan, {1: "trait"}).columns[1].stored


@pytest.mark.parametrize(
    ("overrides", "error"), [({9: "revenue"}, KeyError), ({0: "x"}, ValueError)]
)
def test_assign_refuses(overrides: dict[int, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        assign(propose_columns(["Klantnr"], []), overrides)  # type: ignore[arg-type]


def test_no_client_column_but_a_number_of_the_file() -> None:
    assert roles(["Dossiernummer", "Aanvrager", "Advieskosten"])["Dossiernummer"] == "client_id"
    assert roles(["Klantnummer", "Dossiernummer", "Omzet"])["Dossiernummer"] == "ignore"
