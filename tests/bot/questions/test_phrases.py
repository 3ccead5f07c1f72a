"""What is said, and how it is read: a table of phrases about the sample list."""

import csv
from pathlib import Path

import pytest

from bot.questions.pieces import Context
from bot.questions.read import read
from tests.bot.questions.shorthand import short

FOLDER = Path(__file__).parent / "phrases"
Phrase = tuple[str, str, str]


def _phrases(table: Path) -> list[Phrase]:
    with table.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter=";")
        return [(row["language"], row["phrase"], row["expected"]) for row in rows]


PHRASES = [phrase for table in sorted(FOLDER.glob("*.csv")) for phrase in _phrases(table)]


# In groups, for a test of its own costs more than reading the phrase.
GROUP = 40
GROUPS = [PHRASES[start : start + GROUP] for start in range(0, len(PHRASES), GROUP)]


def test_there_are_enough_phrases_in_both_languages() -> None:
    assert len(PHRASES) >= 200
    assert {language for language, _, _ in PHRASES} == {"nl", "en"}
    assert len({(language, phrase) for language, phrase, _ in PHRASES}) == len(PHRASES)


@pytest.mark.parametrize("phrases", GROUPS, ids=[group[0][1] for group in GROUPS])
def test_phrases_are_read_as_meant(context: Context, phrases: list[Phrase]) -> None:
    """`not sure` is a question that may not be answered as if it were understood."""
    misread = []
    for language, phrase, expected in phrases:
        reading = read(phrase, context, language)
        found = short(reading)
        right = (
            reading.outcome != "sure"
            if expected == "not sure"
            else _sorted(found) == _sorted(expected)
        )
        if not right:
            misread.append((language, phrase, expected, found))
    assert not misread


# Words that nobody knows, and words that change what is asked.
STRANGERS = {"nl": "bij volle maan", "en": "under a blue moon"}
CHANGES = {
    "nl": ["behalve tandartsen", "in 2019", "17", "jonger dan 33", "zonder personeel"],
    "en": ["except dentists", "in 2019", "17", "younger than 33", "without employees"],
}


# Each phrase is read twice more: every third tells as much.
@pytest.mark.parametrize("phrases", [group[::3] for group in GROUPS],
                         ids=[group[0][1] for group in GROUPS])  # fmt: skip
def test_no_word_is_passed_over(context: Context, phrases: list[Phrase]) -> None:
    """Behind a question that is read surely, further words show in the reading, or it asks."""
    passed_over = []
    for place, (language, phrase, expected) in enumerate(phrases):
        if expected == "not sure" or expected.startswith(("ask", "show")):
            continue
        if read(f"{phrase} {STRANGERS[language]}", context, language).outcome == "sure":
            passed_over.append((phrase, STRANGERS[language]))
        # One each, for all of them at every phrase would take long.
        more = CHANGES[language][place % len(CHANGES[language])]
        reading = read(f"{phrase} {more}", context, language)
        # What was said already may be said again.
        passed = reading.outcome == "sure" and short(reading) == expected
        if passed and more not in phrase:
            passed_over.append((phrase, more))
    assert not passed_over


def _sorted(reading: str) -> list[str]:
    """Conditions in any order; readings to choose between in theirs."""
    if " | " in reading or "any(" in reading or "[" in reading:
        return [reading]
    head, *conditions = reading.split(", ")
    return [head, *sorted(conditions)]
