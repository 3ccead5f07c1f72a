"""Questions about the English sample, of which values are common words: *IT*."""

from pathlib import Path

import pytest

import analysis
import bot
from bot.questions.pieces import Context
from bot.questions.read import read
from tests.bot.questions.conftest import DAY
from tests.bot.questions.shorthand import short


@pytest.fixture(scope="module")
def english() -> Context:
    sample = Path(bot.__file__).parent / "sample" / "clients_sample.xlsx"
    return Context(analysis.load(sample), DAY)


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("total revenue minus costs for IT", "total profit, Sector=IT"),
        ("average hours of IT", "mean hours, Sector=IT"),
        ("IT consultants in Ede", "clients by revenue, Occupation=IT consultant, City=Ede"),
        ("margin of the teachers, primary school only",
         "total profit + mean margin, Occupation=Primary school teacher"),
        ("how many teachers, but only secondary school",
         "count, Occupation=Secondary school teacher"),
    ],
)  # fmt: skip
def test_a_phrase_is_read_as_meant(english: Context, phrase: str, expected: str) -> None:
    assert short(read(phrase, english, "en")) == expected
