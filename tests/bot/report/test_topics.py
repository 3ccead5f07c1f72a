"""Which questions fit whom."""

import math

import pytest

from analysis.findings import ColumnFacts, Condition
from bot.report.conversation import IN_THE_GUIDE
from bot.report.topics import RULES, SAME, Fact, facts_of, fitting, topics

LANGUAGES = ("nl", "en")


def condition(header, operator, value, *, upper=None, derived=None, kind="number"):
    return Condition(
        header=header,
        trait="",
        operator=operator,
        value=value,
        upper=upper,
        kind=kind,
        derived=derived,
    )


def column(header, meaning):
    return ColumnFacts(
        header=header,
        role="trait",
        kind="number",
        confidence=1,
        why="heading",
        stored=True,
        meaning=meaning,
    )


COLUMNS = [
    column("DGA", "is_dga"),
    column("Koopwoning", "owns_home"),
    column("Fte", "employees"),
    column("Geboren", "birth_date"),
    column("Vak", "occupation"),
    column("Kleur", ""),
]


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ([condition("DGA", "is", True, kind="yes_no")], ["director"]),
        ([condition("DGA", "is", False, kind="yes_no")], []),
        ([condition("Koopwoning", "is", False, kind="yes_no")], ["tenant"]),
        ([condition("Koopwoning", "is_not", False, kind="yes_no")], ["home"]),
        ([condition("Fte", "at_least", 2)], ["employees"]),
        ([condition("Fte", "below", 2)], []),
        ([condition("Fte", "missing", None)], []),
        ([condition("Geboren", "between", 57, upper=67, derived="age")], ["retiring"]),
        ([condition("Geboren", "at_least", 57, derived="age")], []),
        ([condition("Geboren", "below", 30, derived="age")], []),
        ([condition("Geboren", "between", 20, upper=30, derived="age")], ["young"]),
        ([condition("Vak", "is", "bakker", kind="category")], ["profession"]),
        ([condition("Vak", "is_not", "bakker", kind="category")], []),
        ([condition("Kleur", "is", "rood", kind="category")], []),
        (
            [condition("Vak", "is", "bakker", kind="category"), condition("DGA", "is", True)],
            ["director", "profession"],
        ),
    ],
)
def test_a_group_is_asked_what_its_traits_say_of_everyone_in_it(conditions, expected):
    assert fitting(facts_of(conditions, COLUMNS), 5) == expected


@pytest.mark.parametrize(
    ("about", "value", "expected"),
    [
        ("age", 54, []),
        ("age", 55, ["retiring"]),
        ("age", 67, ["retiring"]),
        ("age", 68, []),
        ("age", 34, ["young"]),
        ("age", 35, []),
        ("children", 0, []),
        ("children", 1, ["children"]),
        ("months_since_contact", 11, []),
        ("months_since_contact", 12, ["quiet"]),
        ("rate_fix_end", 1.9, ["rate_end"]),
        ("rate_fix_end", 2.1, []),
        ("rate_fix_end", -0.1, []),
        ("years_as_client", 2, ["new_client"]),
        ("years_as_client", 10, ["loyal"]),
    ],
)
def test_the_borders_of_a_topic(about, value, expected):
    assert fitting([Fact.exactly(about, value)], 5) == expected


def test_nothing_is_asked_twice_in_other_words():
    both = [Fact.exactly("is_dga", 1), Fact.exactly("is_entrepreneur", 1)]
    assert fitting(both, 5) == ["director"]
    both = [Fact.exactly("age", 60), Fact.exactly("is_retired", 1)]
    assert fitting(both, 5) == ["retired"]


def test_no_more_topics_than_fit_a_conversation():
    everything = [Fact(about, low, high) for _, about, (low, high) in RULES]
    assert len(fitting(everything, 4)) == 4


def test_a_fact_of_a_word_is_no_number():
    assert fitting([Fact("owns_home", -math.inf, math.inf)], 5) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_has_its_words(language):
    known = topics(language)
    named = {topic for topic, _, _ in RULES} | set(SAME.values()) | set(IN_THE_GUIDE)
    assert named | {"everyone"} == set(known)
    for topic in known.values():
        assert set(topic) == {"title", "questions", "agree"}
        assert len(topic["questions"]) == 3
        assert all(question.rstrip().endswith("?") for question in topic["questions"])
        assert topic["agree"].endswith((".", "?"))


def test_both_languages_have_the_same_topics_in_the_same_order():
    assert [*topics("nl")] == [*topics("en")]
    assert all(topics("nl")[name] != topics("en")[name] for name in topics("nl"))
