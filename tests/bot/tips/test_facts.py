"""Dated facts: each with a source and a day of check, each told by a tip, no number beside them."""

import re
from datetime import date

import pytest

from bot.replies.words import LANGUAGES
from bot.tips.choice import Choice, choose
from bot.tips.facts import facts
from bot.tips.library import library
from bot.tips.rendering import render

# What is said with a figure and is no fact that may change: the rule of thumb, and a command.
SAYINGS = re.compile(r"80/20|80%|/top10")
EXPRESSION = re.compile(r"{{.*?}}")


@pytest.mark.parametrize("name", sorted(facts()))
def test_each_fact_has_a_source_a_check_and_an_end(name):
    fact = facts()[name]
    assert re.fullmatch(r"https://\S+", fact.source)
    assert date(2026, 11, 23) <= fact.checked <= fact.until
    assert isinstance(fact.value, date) == (fact.kind not in ("number", "percent"))


def test_each_fact_is_told_and_each_fact_told_exists():
    assert {fact for tip in library().values() for fact in tip.facts} == set(facts())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(library()))
def test_no_tip_holds_a_number_that_belongs_with_the_facts(name, language):
    tip = library(language)[name]
    for part in (tip.title, tip.finding, tip.text, tip.action):
        said = SAYINGS.sub("", EXPRESSION.sub("", part))
        assert re.findall(r"\d+", said) == [], part


@pytest.mark.parametrize(
    ("tip", "dutch", "english"),
    [
        ("employers_pension", "uiterlijk 1 januari 2028 zijn", "by 1 January 2028."),
        ("state_pension_age", "67 jaar en 3 maanden", "67 years and 3 months"),
        ("tax_papers", "vóór 1 mei aangifte", "before 1 May;"),
        ("interest_deduction", "hooguit 30 jaar aftrekbaar, geteld vanaf 2001", "around 2031"),
        ("interest_only", "ongeveer 45% van", "about 45% of"),
        ("three_years_silent", "31% van de hypotheekbezitters", "5% less"),
        ("promise_fits_diary", "rekent 4 uur", "counts 4 hours"),
    ],
)
def test_facts_as_each_language_writes_them(tip, dutch, english):
    for language, words in (("nl", dutch), ("en", english)):
        text = render(Choice(tip, library()[tip].signal, "general", 2.0, 402), language)
        assert words in text


def test_a_tip_falls_silent_after_its_facts():
    signals = {"top_has_employees": 6.0}
    before = choose(signals, 402, [], date(2027, 12, 1))
    after = choose(signals, 402, [], date(2028, 1, 1))
    assert (before.tip, after.tip) == ("employers_pension", "employers_staff")


@pytest.mark.parametrize("year", [2026, 2027, 2028, 2029, 2035])
@pytest.mark.parametrize("clients", [None, 402])
def test_no_month_gives_a_tip_whose_facts_have_ended(year, clients):
    for month in range(1, 13):
        day = date(year, month, 1)
        assert day <= library()[choose({}, clients, [], day).tip].until
