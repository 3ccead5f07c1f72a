"""Which service fits a group, from its traits."""

import csv
from pathlib import Path

import pytest

import analysis.services
from analysis.columns.plan import Column, Role
from analysis.findings import Condition
from analysis.services import services_for


def column(header: str, meaning: str = "", role: Role = "trait") -> Column:
    return Column(
        position=0, header=header, name=header, role=role, meaning=meaning, kind="category",
        confidence=1, why="heading", stored=True,
    )  # fmt: skip


def condition(header: str, operator: str, value: object, derived: str | None = None) -> Condition:
    return Condition.model_validate(
        {"header": header, "trait": "", "operator": operator, "value": value, "derived": derived}
    )


@pytest.mark.parametrize(
    ("subject", "said", "expected"),
    [
        (column("Ondernemer", "is_entrepreneur"), condition("Ondernemer", "is", True),
         ("annual_figures_talk",)),
        (column("Ondernemer", "is_entrepreneur"), condition("Ondernemer", "is", False), ()),
        (column("Geboren", "birth_date", "birth_date"),
         condition("Geboren", "at_least", 60.0, "age"), ("pension_and_estate_talk",)),
        (column("Geboren", "birth_date", "birth_date"),
         condition("Geboren", "is", True, "past_state_pension_age"), ("estate_talk",)),
        (column("Vermogen", "wealth"), condition("Vermogen", "between", 1e5), ("wealth_review",)),
        (column("Kleur"), condition("Kleur", "is", "rood"), ()),
    ],
)  # fmt: skip
def test_a_service_fits_a_trait(
    subject: Column, said: Condition, expected: tuple[str, ...]
) -> None:
    assert services_for([said], [subject]) == expected


def test_a_service_is_named_once() -> None:
    columns = [column("Ondernemer", "is_entrepreneur"), column("DGA", "is_dga")]
    said = [condition("Ondernemer", "is", True), condition("DGA", "is", True)]
    assert services_for(said, columns) == ("annual_figures_talk",)


def test_no_line_of_the_table_contradicts_another() -> None:
    table = Path(analysis.services.__file__).with_name("services.csv")
    with table.open(encoding="utf-8") as file:
        keys = [(row["subject"], row["when"]) for row in csv.DictReader(file)]
    assert len(set(keys)) == len(keys)
