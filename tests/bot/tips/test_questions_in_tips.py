"""A tip that has the adviser ask something proposes a question that is read as it is meant."""

import re
from datetime import date
from pathlib import Path

import pytest

import analysis
from bot.questions.pieces import Context
from bot.questions.read import read
from bot.tips.library import library

DAY = date(2026, 11, 23)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("heading", "values", "condition"),
    [
        ("Aantal klachten", ("0", "2"), "filled"),
        ("Number of Open Complaints", ("0", "1"), "filled"),
        ("Klacht", ("nee", "ja"), "is"),
    ],
)
def test_who_of_the_best_has_a_complaint_can_be_asked(
    tmp_path: Path, heading: str, values: tuple[str, str], condition: str, language: str
) -> None:
    rows = [f"{number};{100 + number};{values[number % 3 == 0]}" for number in range(1, 61)]
    file = tmp_path / "klanten.csv"
    file.write_text("\n".join([f"Klantnummer;Omzet;{heading}", *rows]))
    (phrase,) = re.findall("‘([^’]*)’", library(language)["complaint_in_top"].action)
    reading = read(phrase, Context(analysis.load(str(file)), DAY), language)
    assert reading.outcome == "sure"
    assert {each.type for each in reading.questions[0].filters} == {"top", condition}
