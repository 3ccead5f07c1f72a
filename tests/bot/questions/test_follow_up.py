"""A question that goes on with the one before."""

import pytest

from bot.questions.follow_up import follow_up
from bot.questions.pieces import Context
from bot.questions.read import read
from tests.bot.questions.shorthand import short

MEAN, GROUPS = "gemiddelde omzet van gepensioneerden", "omzet per beroep"
LARGEST, IN_EDE = "mijn 5 grootste klanten", "hoeveel klanten in Ede"
SHARE = "hoeveel procent van de gepensioneerden heeft een koopwoning"
LEAVES = "wat als klant 10925 weggaat"
RETIRED = "Gepensioneerd=yes"


@pytest.mark.parametrize(
    ("previous", "text", "expected"),
    [
        (MEAN, "en de kosten?", f"mean cost, {RETIRED}"),
        (MEAN, "en hun leeftijd", f"mean age, {RETIRED}"),
        (MEAN, "en de mediaan?", f"median revenue, {RETIRED}"),
        (MEAN, "en opgeteld", f"total revenue, {RETIRED}"),
        (MEAN, "en per woonplaats", f"mean revenue per Woonplaats, {RETIRED}"),
        (MEAN, "alleen in Soest", f"mean revenue, {RETIRED}, Woonplaats=Soest"),
        (MEAN, "maar zonder Ede", f"mean revenue, {RETIRED}, not Woonplaats=Ede"),
        (MEAN, "en hoeveel zijn dat er?", f"count, {RETIRED}"),
        # In their place, or among them?
        (MEAN, "en huurders?",
         f"ask mean revenue, Koopwoning=no | mean revenue, {RETIRED}, Koopwoning=no"),
        (GROUPS, "en per woonplaats?", "total revenue per Woonplaats"),
        (GROUPS, "en de winst", "total profit per Beroep"),
        (GROUPS, "en gemiddeld?", "mean revenue per Beroep"),
        (GROUPS, "alleen ondernemers", "total revenue per Beroep, Ondernemer j/n=yes"),
        (LARGEST, "en de top 10", "clients by revenue limit 10"),
        (LARGEST, "en op winst", "clients by profit limit 5"),
        (LARGEST, "en in Ede?", "clients by revenue limit 5, Woonplaats=Ede"),
        (LARGEST, "en de onderste 10", "clients by revenue least limit 10"),
        (IN_EDE, "en in Soest?", "count, Woonplaats=Soest"),
        (IN_EDE, "hoe zit het met Soest", "count, Woonplaats=Soest"),
        (IN_EDE, "en de omzet?", "total revenue, Woonplaats=Ede"),
        (IN_EDE, "hoeveel daarvan zijn ondernemer", "count, Woonplaats=Ede, Ondernemer j/n=yes"),
        (IN_EDE, "en per beroep", "count per Beroep, Woonplaats=Ede"),
        (SHARE, "en van de ondernemers?", "share of [Ondernemer j/n=yes], Koopwoning=yes"),
        (LEAVES, "en klant 11008?", "leaves, client 11008"),
        (LEAVES, "en mijn grootste klant", "leaves, top 1 revenue"),
        ("waar woont klant 10925", "en klant 11008?", "card of Woonplaats, client 11008"),
    ],
)  # fmt: skip
def test_it_goes_on(context: Context, previous: str, text: str, expected: str) -> None:
    (question,) = read(previous, context, "nl").questions
    reading = follow_up(text, question, context, "nl")
    assert reading is not None
    assert short(reading) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("and the costs?", "mean cost, Gepensioneerd=yes"),
        ("and per city", "mean revenue per Woonplaats, Gepensioneerd=yes"),
        ("only in Soest", "mean revenue, Gepensioneerd=yes, Woonplaats=Soest"),
        ("and how many are that", "count, Gepensioneerd=yes"),
    ],
)
def test_it_goes_on_in_english(context: Context, text: str, expected: str) -> None:
    (question,) = read("average revenue of retired clients", context, "en").questions
    reading = follow_up(text, question, context, "en")
    assert reading is not None
    assert short(reading) == expected


@pytest.mark.parametrize(
    "text",
    [
        "omzet per beroep",
        "en hoeveel klanten heb ik in Ede?",
        "en wat als klant 10925 weggaat",
        "en wie kost meer dan hij oplevert?",
        "en wat is mijn 80/20?",
        "en",
        "en knettergek",
        "en bedankt",
        "",
    ],
)
def test_a_question_by_itself_stays_one(context: Context, text: str) -> None:
    (question,) = read(MEAN, context, "nl").questions
    assert follow_up(text, question, context, "nl") is None
