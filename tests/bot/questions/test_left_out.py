"""What a list holds and no question may be about, and how that is told."""

from dataclasses import replace

import pytest

from analysis.clients import Clients
from analysis.segmentation import segment
from bot.questions import replies
from bot.questions.pieces import Context
from bot.questions.read import Reading, read
from bot.replies.answers import Reply
from tests.analysis.make_clients import make_clients
from tests.bot.questions.conftest import DAY
from tests.bot.questions.shorthand import short
from tests.bot.replies.situations import as_upload


def _list_with(heading: str, meaning: str, values: list[str], **changed: object) -> Clients:
    clients = make_clients(
        {heading: values, "Beroep": ["bakker", "smid"] * (len(values) // 2)},
        revenue=list(range(1, len(values) + 1)),
        meanings={heading: meaning, "Beroep": "occupation"},
    )
    columns = (clients.columns[0].model_copy(update=changed), *clients.columns[1:])
    return replace(clients, columns=columns)


def _reply(reading: Reading, clients: Clients, language: str) -> Reply:
    upload = as_upload(segment(clients, DAY), clients.columns)
    return replies.not_understood(
        [], reading.words, upload, language, 1, lacking=True, reason=reading.reason
    )


@pytest.mark.parametrize(
    ("language", "phrase", "told"),
    [
        ("nl", "hoeveel vrouwen", "geslacht staat uit tot je het zelf aanzet"),
        ("nl", "mannen die bakker zijn", "geslacht staat uit tot je het zelf aanzet"),
        ("en", "how many women", "sex is switched off until you turn it on"),
        ("en", "bakkers who are men", "sex is switched off until you turn it on"),
    ],
)
def test_sex_is_told_to_be_in_the_list_and_can_be_turned_on_at_once(
    language: str, phrase: str, told: str
) -> None:
    clients = _list_with("M/V", "gender", ["m", "v"] * 20)
    reading = read(phrase, Context(clients, DAY), language)
    assert short(reading) == "lacking switched_off"
    reply = _reply(reading, clients, language)
    assert told in reply.text
    assert "M/V" in reply.text
    press = reply.buttons[0][0].press
    assert (press.action, press.argument) == ("role", "0.trait")


@pytest.mark.parametrize(
    ("values", "women"),
    [(["m", "v"], "v"), (["Male", "Female"], "Female"), (["man", "vrouw"], "vrouw")],
)
@pytest.mark.parametrize(
    ("language", "phrase"),
    [("nl", "hoeveel vrouwen zijn bakker"), ("en", "how many female bakkers")],
)
def test_sex_that_was_turned_on_is_asked_about_as_any_trait(
    values: list[str], women: str, language: str, phrase: str
) -> None:
    clients = _list_with("Geslacht", "gender", values * 20, why="asked")
    expected = f"count, Geslacht={women}, Beroep=bakker"
    assert short(read(phrase, Context(clients, DAY), language)) == expected


@pytest.mark.parametrize(
    ("language", "phrase", "told"),
    [
        ("nl", "hoeveel katholieken", "met zulke gegevens reken ik nooit"),
        ("en", "how many catholics", "I never work with such data"),
    ],
)
def test_of_what_is_never_kept_it_is_not_said_that_the_list_lacks_it(
    language: str, phrase: str, told: str
) -> None:
    religion = {"role": "forbidden", "stored": False}
    clients = _list_with("Geloof", "forbidden_special", ["R.C.", "N.H."] * 20, **religion)
    reading = read(phrase, Context(clients, DAY), language)
    assert short(reading) == "lacking never_kept"
    assert told in _reply(reading, clients, language).text


def test_a_list_without_such_a_column_lacks_it() -> None:
    clients = _list_with("Woonplaats", "city", ["Ede", "Soest"] * 20)
    reading = read("hoeveel vrouwen", Context(clients, DAY), "nl")
    assert short(reading) == "lacking"
    assert "geen kolom met ‘vrouwen’" in _reply(reading, clients, "nl").text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_phrase_too_long_for_a_button_stands_in_full_above_it(language: str) -> None:
    clients = _list_with("Leeftijd", "age", ["1", "2"] * 20)
    upload = as_upload(segment(clients, DAY), clients.columns)
    long = "welk deel van mijn omzet komt van mijn beste klanten"
    for phrases, listed in (([long, "omzet"], True), (["omzet"], False)):
        reply = replies.not_understood(phrases, "x", upload, language, 1, lacking=False)
        assert (f"• {long}" in reply.text) is listed
