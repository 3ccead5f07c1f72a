"""The tips themselves: both languages alike, each signal answered, each reads whole."""

import re
from datetime import date
from itertools import product

import pytest

from analysis.signals import RULES
from bot.localchat.markup import parse_html
from bot.replies.render import render as render_reply
from bot.replies.words import LANGUAGES, words
from bot.tips.choice import Choice, Used
from bot.tips.library import library, read_tip
from bot.tips.rendering import figure, render

NAMES = sorted(library("nl"))
SIGNALS = {name for _, name, _ in RULES}
LENGTH = 900
LEFTOVERS = re.compile(
    r"[{}]|\n\n\n|\b(?:None|nan|inf|True|False)\b| [.,;:](?:\s|$)|\.\.|,,| {2}|\s$"
)
PLURAL_OF_ONE = re.compile(
    r"\b1 (?:klanten|combinaties|clients|combinations)"
    r"|\b1 klant (?:met een kleine omzet |met een abonnement |buiten je top )?"
    r"(?:zijn|hebben|horen|spraken|stuurden|lijken|staan|geven|vragen|houden|brengen)\b"
    r"|\b1 van je beste klanten (?:zijn|hebben|kosten|dienden|gemeen)\b"
    r"|\b1 client (?:with little revenue |with a subscription )?(?:have|are|ask|bring|give|leave)\b"
    r"|\b1 of your best clients (?:are|have|cost)\b"
)
FORBIDDEN = re.compile(
    r"afstoten|slechte klant|bad client|significan|AFM-proof|\bu\b|\buw\b|\bp-waarde\b",
    re.IGNORECASE,
)
VALUES = {
    "share": [0.0004, 0.1, 0.25, 0.999, 1.0],
    "share_of_clients": [0.0, 0.02, 0.5, 1.0],
    "clients": [1.0, 2.0, 12.0, 1500.0, 1_000_000.0],
    "of_top": [1.0, 2.0, 10.0],
    "count": [1.0, 2.0, 40.0],
    "ratio": [1.1, 2.0, 2.45, 80.0],
    "age": [60.2, 71.0],
    "amount": [0.5, 123_456.78],
    "flag": [1.0],
    None: [None],
}


def choices(name):
    """The tip on each figure that it can get, near its borders too, told before or not."""
    tip = library()[name]
    reason = "signal" if tip.signal else "general"
    values = VALUES[tip.unit]
    if tip.unit not in (None, "amount", "flag", "clients"):
        beyond = (0, tip.border) if tip.lower_is_worse else (tip.border, float("inf"))
        values = [*(v for v in values if beyond[0] <= v <= beyond[1]), tip.border, tip.strong]
    for value in values:
        for clients, few in product((1, 402, 1_000_000), (False, True)):
            yield Choice(name, tip.signal, reason, value, clients, few)
        earlier = Used(name, date(2026, 5, 1), VALUES[tip.unit][0])
        yield Choice(name, tip.signal, "worse", value, 402, earlier=earlier)
    yield Choice(name, tip.signal, "no_file", values[-1])


def test_there_are_enough_and_both_languages_have_them():
    assert len(NAMES) >= 50
    assert sorted(library("en")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_agree_on_everything_but_words(name):
    said = {"title", "finding", "text", "action", "author"}
    dutch, english = (library(language)[name] for language in LANGUAGES)
    for field in set(type(dutch).__slots__) - said:
        assert getattr(dutch, field) == getattr(english, field), field
    for field in said:
        assert bool(getattr(dutch, field)) == bool(getattr(english, field)), field


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_tips_say_the_same(language):
    for part in ("title", "text", "action"):
        said = [getattr(tip, part) for tip in library(language).values()]
        assert len(set(said)) == len(said), part


def test_each_signal_has_a_tip_and_each_tip_a_signal_that_exists():
    assert {tip.signal for tip in library().values()} - {None} == SIGNALS


@pytest.mark.parametrize("name", NAMES)
def test_borders_lie_apart(name):
    tip = library()[name]
    if tip.unit == "clients":
        assert tip.border >= 1
        assert 0 < tip.strong <= 1
    elif tip.unit not in (None, "flag", "amount"):
        assert tip.border != tip.strong


def test_nobody_without_a_file_runs_out_of_tips_in_any_month():
    """More than the twelve that he may put away in a year, and the six that rest."""
    all_year = [tip for tip in library().values() if tip.audience == "anyone" and not tip.months]
    assert len([tip for tip in all_year if tip.until == date.max]) >= 6
    assert {month for tip in library().values() for month in tip.months} == set(range(1, 13))


@pytest.mark.parametrize("name", NAMES)
def test_sources_and_last_check(name):
    tip = library()[name]
    assert all(re.fullmatch(r"https://\S+", source) for source in tip.sources)
    assert tip.last_checked >= date(2026, 11, 23)
    assert not tip.facts or tip.sources


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_it_reads_whole_on_every_figure(name, language):
    for choice in choices(name):
        parsed = parse_html(render(choice, language))
        assert parsed.length <= LENGTH
        for wrong in (LEFTOVERS, PLURAL_OF_ONE, FORBIDDEN):
            found = wrong.search(parsed.text)
            assert found is None, f"{found[0]!r} in:\n{parsed.text}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_it_has_the_finding_first_one_action_and_its_author(name, language):
    tip = library(language)[name]
    value = VALUES[tip.unit][-1]
    lines = render(Choice(name, tip.signal, "signal", value, 402), language).split("\n")
    first = {"nl": "<b>Bij jou: ", "en": "<b>In your figures: "}[language]
    assert lines[0].startswith(first) if tip.signal else lines[0] == f"<b>{tip.title}</b>"
    assert sum(line.startswith(("<b>Doe dit:</b>", "<b>Do this:</b>")) for line in lines) == 1
    assert lines[-1] == f"<i>{tip.author}</i>"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tip_names_only_commands_of_its_language(language):
    commands = {f"/{name}" for name in words(language)["commands"]}
    for tip in library(language).values():
        said = f"{tip.finding} {tip.text} {tip.action}"
        assert set(re.findall(r"(?<![\w/])/[a-z]\w+", said)) <= commands, tip.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_tip_says_to_ask_is_understood(language):
    asked = re.compile(r"<i>(.+?)</i>")
    help_text = render_reply("help", language)
    for tip in library(language).values():
        for question in asked.findall(tip.text + tip.action):
            assert question in help_text, tip.name


def test_tips_on_one_signal_share_its_unit():
    units = {}
    for tip in library().values():
        assert units.setdefault(tip.signal, tip.unit) == tip.unit


@pytest.mark.parametrize("few", [False, True])
def test_few_clients_are_said(few):
    choice = Choice("rate_ends", "rate_ends_within_a_year", "signal", 3, 402, few)
    assert ("Het gaat om weinig klanten." in render(choice, "nl")) is few
    assert ("This is about only a few clients." in render(choice, "en")) is few


def test_an_earlier_figure_is_told_where_it_differs():
    def text(before, now, language="nl"):
        earlier = Used("largest_client", date(2026, 6, 1), before)
        signal = "largest_client_over_10_percent"
        return render(Choice("largest_client", signal, "worse", now, 402, False, earlier), language)

    assert "20% van je omzet.</b> Vorige keer was dat 13%." in text(0.13, 0.2)
    assert "20% of your revenue.</b> Last time it was 13%." in text(0.13, 0.2, "en")
    assert "Vorige keer" not in text(0.2001, 0.2)
    assert "Vorige keer" not in text(None, 0.2)


def test_without_a_file_he_is_invited_to_send_one():
    for reason in ("no_file", "general"):
        text = render(Choice("open_question", None, reason), "nl")
        assert ("Stuur je klantenlijst" in text) is (reason == "no_file")


@pytest.mark.parametrize(
    ("tip", "value", "dutch", "english"),
    [
        ("largest_client", 0.134, "13%", "13%"),
        ("rate_ends", 1, "1 klant", "1 client"),
        ("rate_ends", 1234, "1.234 klanten", "1,234 clients"),
        ("promise_fits_diary", 1.25, "1,3", "1.3"),
        ("your_minimum", 240.0, "", ""),
        ("four_weeks_of_time", 1.0, "", ""),
        ("open_question", 1.0, "", ""),
    ],
)
def test_a_figure_as_a_reader_writes_it(tip, value, dutch, english):
    assert figure(tip, value, "nl") == dutch
    assert figure(tip, value, "en") == english


FRONT = 'title = "t"\nurgency = 1\naudience = "anyone"\nauthor = "a"\nsources = []\n'
FRONT += 'last_checked = 2026-11-23\naction = "do"\n'


@pytest.mark.parametrize(
    ("front", "complaint"),
    [
        (FRONT + 'colour = "red"\n', "colour"),
        (FRONT.replace('author = "a"\n', ""), "author"),
        (FRONT.replace("sources = []\n", ""), "sources"),
        (FRONT.replace("anyone", "everyone"), "audience"),
        (FRONT.replace("urgency = 1", "urgency = 4"), "urgency"),
        (FRONT + "months = [13]\n", "months"),
        (FRONT + "rest = 5\n", "rest"),
        (FRONT + 'signal = "nothing_shared"\n', "go together"),
        (FRONT + 'signal = "x"\nunit = "miles"\nfinding = "f"\n', "unit"),
        (FRONT + 'signal = "x"\nunit = "flag"\nfinding = "f"\n', "needs a file"),
        (FRONT.replace('"do"', '"{{ facts.unheard_of }}"'), "unheard_of"),
        ("title = \n", "Invalid value"),
    ],
)
def test_a_wrong_file_is_refused_by_name(front, complaint):
    with pytest.raises(ValueError, match=f"a_tip: .*{complaint}"):
        read_tip("a_tip", f"+++\n{front}+++\ntext\n")


def test_a_file_without_front_matter_is_refused():
    with pytest.raises(ValueError, match="a_tip: no front matter"):
        read_tip("a_tip", "text\n")


def test_a_right_file_is_read():
    tip = read_tip("a_tip", f"+++\n{FRONT}+++\n\nThe text.\n")
    assert (tip.name, tip.text, tip.signal, tip.until) == ("a_tip", "The text.", None, date.max)
