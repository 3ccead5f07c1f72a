"""Whoever does not belong learns nothing and changes nothing: every handler, from everywhere."""

import itertools
from pathlib import Path

import pytest

from benchmarks.intrusions import (
    SENDS,
    commands,
    home,
    inline,
    listen,
    messages,
    places,
    press,
    presses,
    send,
)
from tests.conversations.adviser import Adviser
from tests.conversations.lists import csv_list

MARKER = "Zonneschijn"
NUMBERS = itertools.count(700_000_000)
REFUSALS = ("Klantkompas werkt op uitnodiging", "Deze uitnodiging is al gebruikt")
FEW_ARGUMENTS = ("", "yes", "0", "names", "client.0")


def marked_list() -> bytes:
    """A list with the marker in every field: headings, client numbers, names, values."""
    plain = csv_list(60, f"Beroep {MARKER}", MARKER).decode("cp1252")
    return plain.replace("Klant ", f"{MARKER} ").replace("\r\n1", f"\r\n{MARKER}1").encode("cp1252")


@pytest.fixture
async def guarded(stopped_bot, anja):
    """A bot by invitation, with Anja's office and its marked list."""
    stopped_bot.open = False
    await stopped_bot.start()
    await let_in(stopped_bot, anja, "De Vries")
    await anja.sends(f"{MARKER}.csv", marked_list())
    await anja.sees_photo()
    await settle(anja)
    return stopped_bot


async def settle(adviser: Adviser) -> None:
    """Whatever came before in this chat is done: its messages are handled in their order."""
    await adviser.says("/help")
    await adviser.sees("Zo werkt het")


async def let_in(bot, adviser: Adviser, office: str) -> None:
    register, clock = bot.services.register, bot.services.clock
    await adviser.says(f"/start {register.invite(register.new_office(office, clock()), clock())}")
    await adviser.sees("Welkom")


def kept(bot) -> dict[str, str]:
    """Every row of every office, and of the register but for the updates under way."""
    found = {"register": rows_of(bot.services.register._database)}
    for path in Path(bot.data, "offices").glob("*.db"):
        with bot.services.offices.open(path.stem) as file:
            found[path.stem] = rows_of(file._database)
    return found


def rows_of(database) -> str:
    tables = sorted({*database.table_names()} - {"inbox"})
    return repr({table: list(database.table(table).rows) for table in tables})


async def test_a_stranger_gets_one_sentence_from_every_handler(guarded, server):
    adviser = Adviser(server, "Vreemd")
    await adviser.says("/start")
    await adviser.sees("Klantkompas werkt op uitnodiging")
    stranger = adviser.user.as_telegram()
    before, heard = kept(guarded), listen(guarded.application)
    tried = 0
    for content in (
        *messages(guarded.application, stranger, home(stranger), ("", "x" * 32, "alles")),
        *presses(stranger, home(stranger), FEW_ARGUMENTS),
        *inline(stranger),
    ):
        await send(guarded.application, next(NUMBERS), content)
        tried += 1
    assert tried > 3 * len(commands(guarded.application))
    assert {endpoint for endpoint, _ in heard.calls} == {"sendMessage", "answerCallbackQuery"}
    assert all(any(no in said for no in REFUSALS) for said in heard.texts("sendMessage"))
    assert not any("'text'" in said for said in heard.texts("answerCallbackQuery"))
    assert kept(guarded) == before


async def test_who_was_taken_out_is_a_stranger(guarded, server, anja):
    carla = Adviser(server, "Carla")
    register, clock = guarded.services.register, guarded.services.clock
    office = register.member(anja.user.id).office
    await carla.says(f"/start {register.invite(office, clock())}")
    await carla.sees("Welkom")
    await carla.says("/top10")
    await carla.sees("Je 10 beste klanten")
    await settle(carla)
    assert register.remove_member(office, carla.user.id)
    person = carla.user.as_telegram()
    before, heard = kept(guarded), listen(guarded.application)
    for content in (
        *messages(guarded.application, person, home(person)),
        *presses(person, home(person), FEW_ARGUMENTS),
    ):
        await send(guarded.application, next(NUMBERS), content)
    assert all(any(no in said for no in REFUSALS) for said in heard.texts(*SENDS))
    assert not any(MARKER in said for said in heard.texts())
    assert kept(guarded) == before


async def test_a_member_of_another_office_sees_and_changes_only_his_own(guarded, server, anja):
    berend = Adviser(server, "Berend")
    await let_in(guarded, berend, "Bakker")
    await berend.sends("klanten.csv", csv_list(40, "Beroep", "smid"))
    await berend.sees_photo()
    await settle(berend)
    person = berend.user.as_telegram()
    office = guarded.services.register.member(anja.user.id).office
    before = kept(guarded)[office]
    heard = listen(guarded.application)
    for content in (
        *messages(guarded.application, person, home(person), ("", f"{MARKER}1001")),
        *presses(person, home(person), FEW_ARGUMENTS),
        press(person, home(person), f"dismiss:0:{anja.user.id}.yes"),
    ):
        await send(guarded.application, next(NUMBERS), content)
    # Words that he typed himself may be repeated to him.
    leaked = [said for said in heard.texts() if MARKER in said.replace(f"{MARKER}1001", "")]
    assert leaked == []
    assert kept(guarded)[office] == before
    assert guarded.services.register.member(anja.user.id) is not None


async def test_a_member_is_answered_in_his_own_chat_alone(guarded, server, anja):
    person = anja.user.as_telegram()
    berend = Adviser(server, "Berend")
    before, heard = kept(guarded), listen(guarded.application)
    for place in places(person, berend.user.as_telegram()):
        for content in (
            *messages(guarded.application, person, place),
            *presses(person, place, ("", "names")),
        ):
            if place.key != "message" and "callback_query" in content:
                continue
            await send(guarded.application, next(NUMBERS), content)
    for content in inline(person):
        await send(guarded.application, next(NUMBERS), content)
    assert {endpoint for endpoint, _ in heard.calls} == {"leaveChat"}
    assert kept(guarded) == before


async def test_a_gate_that_fails_lets_nobody_through(guarded, server, anja, monkeypatch, caplog):
    person = anja.user.as_telegram()
    stranger = Adviser(server, "Vreemd").user.as_telegram()

    def broken(*_):
        raise RuntimeError(MARKER)

    monkeypatch.setattr(guarded.services.offices, "create", broken)
    heard = listen(guarded.application)
    # Nobody can be told anything in the stranger's chat: he never opened it.
    for who in (person, stranger):
        for content in (
            *messages(guarded.application, who, home(who)),
            *presses(who, home(who), FEW_ARGUMENTS),
        ):
            await send(guarded.application, next(NUMBERS), content)
    # Only the apology, which is all that a failing gate says.
    assert all("mis" in said or "uitnodiging" in said for said in heard.texts(*SENDS))
    assert "AttributeError" not in caplog.text
    assert MARKER not in caplog.text


async def test_refusals_are_logged_without_content(guarded, server, caplog):
    stranger = Adviser(server, f"Vreemd {MARKER}").user.as_telegram()
    caplog.set_level("DEBUG")
    caplog.clear()
    for content in (
        {"message": {"message_id": 1, "date": 1, "text": MARKER, "from": stranger}},
        {"edited_message": {"message_id": 1, "date": 1, "text": MARKER, "from": stranger}},
    ):
        chat = {"id": stranger["id"], "type": "private", "first_name": MARKER}
        next(iter(content.values()))["chat"] = chat
        await send(guarded.application, next(NUMBERS), content)
    ours = [record for record in caplog.records if record.name.startswith(("bot", "storage"))]
    assert any("refused" in record.getMessage() for record in ours)
    assert not any(MARKER in record.getMessage() for record in ours)
