"""A trait as a short phrase."""

from datetime import date

import pytest

from analysis.findings import Condition
from bot.replies.traits import in_words


def condition(operator, value, kind="category", upper=None, derived=None, header="Kop"):
    return Condition(
        header=header,
        trait="",
        operator=operator,
        value=value,
        upper=upper,
        kind=kind,
        derived=derived,
    )


MARCH = float((date(2020, 3, 1) - date(1970, 1, 1)).days)

PHRASES = [
    (condition("is", "arts"), "Kop: arts", "Kop: arts"),
    (condition("is", True, "yes_no"), "Kop: ja", "Kop: yes"),
    (condition("is", False, "yes_no"), "Kop: nee", "Kop: no"),
    (condition("is_not", "arts"), "Kop: niet arts", "Kop: not arts"),
    (condition("missing", None), "Kop: niet ingevuld", "Kop: not filled in"),
    (condition("at_least", 3.0, "number"), "Kop: 3 of meer", "Kop: 3 or more"),
    (condition("below", 2.5, "number"), "Kop: minder dan 2,5", "Kop: less than 2.5"),
    (condition("at_least", 50_000.0, "money"), "Kop: € 50.000 of meer", "Kop: €50,000 or more"),
    (condition("below", 0.25, "percentage"), "Kop: minder dan 25%", "Kop: less than 25%"),
    (
        condition("between", 10.0, "number", upper=20.0),
        "Kop: van 10 tot 20",
        "Kop: from 10 up to 20",
    ),
    (condition("at_least", MARCH, "date"), "Kop: vanaf 1 mrt 2020", "Kop: from 1 Mar 2020"),
    (condition("below", MARCH, "date"), "Kop: voor 1 mrt 2020", "Kop: before 1 Mar 2020"),
    (condition("at_least", "hbo", "ordered"), "Kop: hbo of hoger", "Kop: hbo or higher"),
    (condition("below", "hbo", "ordered"), "Kop: lager dan hbo", "Kop: lower than hbo"),
    (condition("at_least", 2.0, "duration"), "Kop: 2 uur of meer", "Kop: 2 hours or more"),
    (
        condition("at_least", 50.0, "number", derived="age"),
        "Leeftijd: 50 of ouder",
        "Age: 50 or older",
    ),
    (
        condition("below", 50.0, "number", derived="age"),
        "Leeftijd: jonger dan 50",
        "Age: younger than 50",
    ),
    (
        condition("at_least", 5.0, "number", derived="years_as_client"),
        "Jaren klant: 5 of meer",
        "Years as a client: 5 or more",
    ),
    (
        condition("at_least", 14.0, "number", derived="months_since_contact"),
        "Maanden sinds het laatste contact: 14 of meer",
        "Months since the last contact: 14 or more",
    ),
    (
        condition("below", 2.0, "number", derived="years_until", header="Einde rentevast"),
        "Jaren tot Einde rentevast: minder dan 2",
        "Years until Einde rentevast: less than 2",
    ),
    (
        condition("below", 2.0, "number", derived="years_since", header="{header}"),
        "Jaren sinds {header}: minder dan 2",
        "Years since {header}: less than 2",
    ),
    (
        condition("is", "35", derived="region"),
        "Postcode begint met: 35",
        "Postal code begins with: 35",
    ),
    (condition("is", "x", header=""), "(zonder naam): x", "(no name): x"),
]


@pytest.mark.parametrize(("trait", "dutch", "english"), PHRASES)
def test_a_trait_in_words(trait, dutch, english):
    assert in_words(trait, "nl").replace("\N{NO-BREAK SPACE}", " ") == dutch
    assert in_words(trait, "en") == english
