"""What is said, and how it is read: a table of phrases about the sample list."""

import csv
from pathlib import Path

import pytest

from bot.questions.pieces import Context
from bot.questions.read import read
from tests.bot.questions.shorthand import short

FOLDER = Path(__file__).parent
Phrase = tuple[str, str, str]


def _phrases(name: str) -> list[Phrase]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as table:
        rows = csv.DictReader(table, delimiter=";")
        return [(row["language"], row["phrase"], row["expected"]) for row in rows]


# The second table is typed as on a phone; the third asks around the corner, and for what is beyond;
# the fourth was written by somebody who did not know the grammar.
PHRASES = [
    phrase
    for name in ("phrases.csv", "phrases_fresh.csv", "phrases_asked.csv", "phrases_tried.csv")
    for phrase in _phrases(name)
]


def test_there_are_enough_phrases_in_both_languages() -> None:
    assert len(PHRASES) >= 200
    assert {language for language, _, _ in PHRASES} == {"nl", "en"}
    assert len({(language, phrase) for language, phrase, _ in PHRASES}) == len(PHRASES)


@pytest.mark.parametrize(("language", "phrase", "expected"), PHRASES)
def test_a_phrase_is_read_as_meant(
    context: Context, language: str, phrase: str, expected: str
) -> None:
    """`not sure` is a question that may not be answered as if it were understood."""
    reading = read(phrase, context, language)
    if expected == "not sure":
        assert reading.outcome != "sure"
    else:
        assert _sorted(short(reading)) == _sorted(expected)


def _sorted(reading: str) -> list[str]:
    """Conditions in any order; readings to choose between in theirs."""
    if " | " in reading or "any(" in reading:
        return [reading]
    head, *conditions = reading.split(", ")
    return [head, *sorted(conditions)]
