"""What a heading means, and what near spellings may not be taken for."""

import pytest

from analysis.columns.dictionary import look_up, normalise, spellings, words
from analysis.columns.parts import rules


@pytest.mark.parametrize(
    ("heading", "parts"),
    [
        ("Relatie nr.", ["relatie", "nr"]),
        ("TotalRevenue", ["total", "revenue"]),
        ("KVKNummer", ["kvk", "nummer"]),
        ("omzet_2024", ["omzet", "2024"]),
        ("Cliëntnaam", ["clientnaam"]),
        ("# polissen", ["#", "polissen"]),
        ("Straße", ["strasse"]),
        ("ondernemer (j/n)", ["ondernemer", "j", "n"]),
    ],
)
def test_words(heading: str, parts: list[str]) -> None:
    assert words(heading) == parts


def test_every_spelling_is_normalised_once() -> None:
    assert len(spellings()) > 3_000
    assert all(normalise(spelling) == spelling for spelling in spellings())


@pytest.mark.parametrize(
    ("heading", "role", "meaning"),
    [
        # What is called costs may be revenue, and the other way round.
        ("Advieskosten", "revenue_part", "rev_advice_fee"),
        ("Owner-director y/n", "trait", "is_dga"),
        ("Bemiddelingskosten", "revenue_part", "rev_mediation_fee"),
        ("Servicekosten", "cost", "cost_service"),
        ("Kosten", "cost", "cost"),
        ("Premie", "outcome", "premium"),
        ("Jaarpremie", "outcome", "premium"),
        ("Omzet bedrijf", "trait", "client_turnover"),
        ("Omzet klant (jaarrekening)", "trait", "client_turnover"),
        ("Omzet", "revenue", "revenue"),
        ("Winst uit onderneming", "trait", "business_profit"),
        ("Retourprovisie", "revenue_part", "rev_comm_clawback"),
        # Near spellings with another meaning.
        ("Aantal contacten", "contacts", "contacts"),
        ("Aantal contracten", "outcome", "products"),
        ("Inkomen aanvrager 2", "trait", "partner_income"),
        ("Inkomsten", "revenue", "revenue"),
        ("Provisie %", "outcome", "commission_rate"),
        ("Niet-declarabele uren", "hours", "hours_service"),
        ("Declarabele uren", "hours", "hours_advice"),
        ("Overwaarde woning", "trait", "home_equity"),
        ("Dossiernummer KvK", "ignore", "kvk"),
        ("Relatie sinds", "since", "client_since"),
        ("Relatie-id", "client_id", "client_id"),
        ("Geslachtsnaam", "client_name", "last_name"),
        ("Geslacht (m/v)", "trait", "gender"),
        # Units, years and the word for the client may be left out.
        ("Omzet 2024 (€)", "revenue", "revenue"),
        ("Omzet per jaar in euro's excl. btw", "revenue", "revenue"),
        ("klant_naam", "client_name", "name"),
        ("rel_geboortedatum", "birth_date", "birth_date"),
        ("Gebdat", "birth_date", "birth_date"),
        ("brt jaarink", "trait", "income"),
        # Facts of the partner are no facts of the client.
        ("Geboortedatum partner", "private", "partner_name"),
        ("BSN partner", "forbidden", "forbidden_bsn"),
        ("Inkomen van partner", "trait", "partner_income"),
    ],
)
def test_meanings(heading: str, role: str, meaning: str) -> None:
    found = look_up(heading)
    assert found is not None
    assert (found.role, found.meaning) == (role, meaning)


@pytest.mark.parametrize("heading", ["Bel-me-niet", "Opt-out", "Niet bellen", "Do not call"])
def test_reversed(heading: str) -> None:
    found = look_up(heading)
    assert found is not None
    assert found.role == "consent"
    assert found.reversed


@pytest.mark.parametrize("heading", ["Nieuwsbrief", "Opt-in", "Mailing j/n"])
def test_not_reversed(heading: str) -> None:
    found = look_up(heading)
    assert found is not None
    assert found.role == "consent"
    assert not found.reversed


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [("Vermogn", "wealth"), ("Omzett", "revenue"), ("Geboortedatm", "birth_date")],
)
def test_near_spellings_are_a_guess(heading: str, meaning: str) -> None:
    found = look_up(heading)
    assert found is not None
    assert found.meaning == meaning
    assert found.how == "alike"
    assert found.confidence < 0.8


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Provisie schade 2024", "revenue_part"),
        ("Omzet zorgverzekering", "revenue_part"),
        ("Kosten advies hypotheek", "revenue_part"),
        ("Kosten personeel", "cost"),
        ("Uren binnen", "hours"),
        ("Zorgverzekering premie", "outcome"),
        ("Medische keuring", "forbidden"),
        ("E-mail zakelijk", "private"),
        ("Adres werkgever", "private"),
        ("Datum laatste wijziging", "ignore"),
        ("Klantsegment nummer klant id", "client_id"),
    ],
)
def test_words_within_a_heading_are_a_guess(heading: str, role: str) -> None:
    found = look_up(heading)
    assert found is not None
    assert found.role == role
    assert found.how == "alike"
    assert found.confidence < 0.7


def test_every_rule_leads_to_the_dictionary() -> None:
    known = {meaning.meaning for meaning in spellings().values()}
    assert {rule.meaning for rule in rules()} <= known


@pytest.mark.parametrize("heading", ["", "   ", "???", "Xyzzy", "Kleur ogen", "€"])
def test_unknown(heading: str) -> None:
    assert look_up(heading) is None


@pytest.mark.parametrize(
    "heading",
    [
        *("BSN", "Sofi-nummer", "Burgerservicenummer", "fiscaal nummer", "SSN"),
        *("Nationaliteit", "Geloof", "Religie", "Vakbond", "Strafrechtelijk verleden", "BKR"),
        *("Gezondheidsverklaring", "Roker j/n", "AO %", "Wwft risico", "PEP", "UBO", "Paspoort"),
        *("Wachtwoord", "Krankheit", "Health status", "Ethnicity"),
    ],
)
def test_forbidden(heading: str) -> None:
    found = look_up(heading)
    assert found is not None
    assert found.role == "forbidden"


@pytest.mark.parametrize(
    "heading",
    [
        *("E-mailadres", "Tel.", "Mobiel nummer", "IBAN", "bank rek", "Straat", "Huisnummer"),
        *("Opmerkingen", "Notities", "Bijzonderheden", "Werkgever", "Contactpersoon", "BTW-nummer"),
        *("Naam partner", "Phone", "Notes", "Straße", "Bemerkungen"),
    ],
)
def test_private(heading: str) -> None:
    found = look_up(heading)
    assert found is not None
    assert found.role == "private"
