"""What the best clients share, as a sentence that an adviser can quote."""

import pytest

from analysis.findings import ColumnFacts, Condition
from bot.replies.profile import in_one_sentence
from tests.bot.replies.situations import upload_of

DIRECTOR = Condition(header="DGA j/n", trait="", operator="is", value=True, kind="yes_no")
SUBSCRIBED = Condition(header="Abonnement", trait="", operator="is", value=True, kind="yes_no")
WEALTHY = Condition(header="Vermogen", trait="", operator="at_least", value=250_000.0, kind="money")
OLDER = Condition(
    header="Geboortedatum", trait="", operator="at_least", value=50.0, kind="number", derived="age"
)
CAR = Condition(header="Vehicle Class", trait="", operator="is", value="Luxury Car")
DENTIST = Condition(header="Beroep", trait="", operator="is", value="Tandarts")


@pytest.mark.parametrize(
    ("profile", "dutch", "english"),
    [
        ((DIRECTOR,), "klanten die dga zijn.", "clients who are owner-directors."),
        (
            (DIRECTOR, WEALTHY, OLDER),
            "klanten die dga zijn, met vermogen vanaf € 250.000 en leeftijd vanaf 50.",
            "clients who are owner-directors, with vermogen of at least €250,000 and age of at"
            " least 50.",
        ),
        ((DENTIST,), "klanten met beroep Tandarts.", "clients with beroep Tandarts."),
        (
            (CAR,),
            "klanten met ‘Vehicle Class: Luxury Car’.",
            "clients with ‘Vehicle Class: Luxury Car’.",
        ),
        ((SUBSCRIBED,), "klanten met ‘Abonnement: ja’.", "clients with ‘Abonnement: yes’."),
    ],
)
def test_the_profile_is_a_sentence(profile, dutch, english):
    findings = upload_of("everything significant").findings
    asks = ColumnFacts(
        header="DGA j/n", role="trait", kind="yes_no", confidence=1, why="heading", stored=True,
        meaning="is_dga",
    )  # fmt: skip
    findings = findings.model_copy(
        update={
            "columns": (asks,),
            "top10": findings.top10.model_copy(update={"profile": profile}),
        }
    )
    told = {language: in_one_sentence(findings, language) for language in ("nl", "en")}
    assert told["nl"].replace("\N{NO-BREAK SPACE}", " ") == f"Je bent op je best bij {dutch}"
    assert told["en"].replace("\N{NO-BREAK SPACE}", " ") == f"You are at your best with {english}"


def test_without_anything_clear_there_is_no_sentence():
    assert in_one_sentence(upload_of("nothing significant").findings, "nl") is None
