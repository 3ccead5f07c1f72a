"""A trait as a short phrase."""

from datetime import date

import pytest

from analysis.derived import NO_FORM, _legal_forms
from analysis.findings import Condition
from bot.replies.traits import in_words
from bot.replies.words import LANGUAGES, words


def condition(
    operator,
    value,
    kind="category",
    upper=None,
    derived=None,
    header="Kop",
    upper_value=None,
):
    return Condition(
        header=header,
        trait="",
        operator=operator,
        value=value,
        upper=upper,
        upper_value=upper_value,
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
    (
        condition("is", False, "yes_no", derived="past_state_pension_age"),
        "Voorbij de AOW-leeftijd: nee",
        "Past the state pension age: no",
    ),
    (
        condition("is", "sole_trader", derived="legal_form"),
        "Rechtsvorm: eenmanszaak",
        "Legal form: sole trader",
    ),
    (
        condition("at_least", 0.2, "number", derived="growth"),
        "Groei sinds Kop: 20% of meer",
        "Growth since Kop: 20% or more",
    ),
    (
        condition("between", "mbo", "ordered", upper_value="wo"),
        "Kop: van mbo tot wo",
        "Kop: from mbo up to wo",
    ),
]


@pytest.mark.parametrize(("trait", "dutch", "english"), PHRASES)
def test_a_trait_in_words(trait, dutch, english):
    assert in_words(trait, "nl").replace("\N{NO-BREAK SPACE}", " ") == dutch
    assert in_words(trait, "en") == english


MOMENTS = [
    ("years_until", "at_least", 0, None, "nog niet voorbij", "not yet past"),
    ("years_until", "below", 0, None, "al voorbij", "already past"),
    ("years_since", "at_least", 0, None, "al voorbij", "already past"),
    ("years_since", "below", 0, None, "nog niet voorbij", "not yet past"),
    ("years_until", "at_least", -2, None, "2 jaar geleden of later", "2 years ago or later"),
    ("years_until", "below", -1, None, "meer dan 1 jaar geleden", "more than 1 year ago"),
    (
        "years_since",
        "at_least",
        -1,
        None,
        "1 jaar vanaf nu of eerder",
        "1 year from now or earlier",
    ),
    ("years_since", "below", -2, None, "meer dan 2 jaar vanaf nu", "more than 2 years from now"),
    (
        "years_until",
        "between",
        0,
        2,
        "tussen vandaag en 2 jaar vanaf nu",
        "between today and 2 years from now",
    ),
    (
        "years_since",
        "between",
        -3,
        2,
        "tussen 2 jaar geleden en 3 jaar vanaf nu",
        "between 2 years ago and 3 years from now",
    ),
]


@pytest.mark.parametrize(("derived", "operator", "value", "upper", "dutch", "english"), MOMENTS)
def test_a_border_that_is_now_or_beyond_is_told_as_a_moment(
    derived, operator, value, upper, dutch, english
):
    trait = condition(operator, float(value), "number", upper, derived, "Einde rentevast")
    assert in_words(trait, "nl") == f"Einde rentevast: {dutch}"
    assert in_words(trait, "en") == f"Einde rentevast: {english}"


@pytest.mark.parametrize(
    ("header", "shown"),
    [
        ("DGA j/n", "DGA"),
        ("DGA (J/N)", "DGA"),
        ("Ondernemer (ja/nee)?", "Ondernemer"),
        ("Ondernemer: ja / nee", "Ondernemer"),
        ("Retired y/n", "Retired"),
        ("Retired [yes/no]", "Retired"),
        ("Eigen woning", "Eigen woning"),
        ("j/n", "j/n"),
        ("j/n akkoord", "j/n akkoord"),
        ("Bij/n", "Bij/n"),
    ],
)
def test_beside_an_answer_its_heading_no_longer_asks(header, shown):
    assert in_words(condition("is", True, "yes_no", header=header), "nl") == f"{shown}: ja"
    assert in_words(condition("is", "x", header=header), "nl") == f"{header}: x"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_legal_form_has_a_word(language):
    forms = {form for form, _ in _legal_forms()}
    assert {*forms, NO_FORM} == set(words(language)["legal_forms"])
