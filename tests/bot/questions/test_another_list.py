"""Questions about lists of another kind: an insurer's, a shop's, with English headings."""

import csv
import os
from functools import cache
from pathlib import Path

import pytest

import analysis
from analysis.columns.plan import Role
from bot.questions.pieces import Context
from bot.questions.read import read
from tests.bot.questions.conftest import DAY
from tests.bot.questions.shorthand import short

SHARED = Path(os.environ.get("KLANTKOMPAS_SHARED", Path(__file__).resolve().parents[4] / "shared"))
LISTS = SHARED / "data" / "customers"
pytestmark = pytest.mark.skipif(not LISTS.exists(), reason="the shared customer lists are not here")


def _phrases() -> list[tuple[str, str, str, str]]:
    table = Path(__file__).parent / "phrases_of_other_lists.csv"
    with table.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter=";")
        return [(row["list"], row["language"], row["phrase"], row["expected"]) for row in rows]


@cache
def context_of(name: str) -> Context:
    """The list of that name; of `name+Heading` with that column turned on as a trait."""
    name, _, heading = name.partition("+")
    roles: dict[str, Role] = {heading: "trait"} if heading else {}
    return Context(analysis.load(LISTS / f"{name}.csv", roles), DAY)


@pytest.mark.parametrize(("name", "language", "phrase", "expected"), _phrases())
def test_a_phrase_is_read_as_meant(name: str, language: str, phrase: str, expected: str) -> None:
    reading = read(phrase, context_of(name), language)
    if expected == "not sure":
        assert reading.outcome != "sure"
    else:
        assert short(reading) == expected
