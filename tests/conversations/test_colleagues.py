"""Colleagues of one office: invited, seen, taken out; and moving to another office."""

from datetime import timedelta

import pytest

from tests.conversations.adviser import Adviser
from tests.conversations.lists import csv_list


async def code_from(adviser: Adviser) -> str:
    """The code of a new invitation, as the bot tells it."""
    await adviser.says("/collega")
    await adviser.presses("Nodig een collega uit", await adviser.sees("Wie erbij kan"))
    invitation = await adviser.sees("/start ")
    return invitation.text.split("/start ")[1].split()[0]


@pytest.fixture
async def closed_bot(stopped_bot, anja):
    """A bot by invitation alone, with Anja in an office of her own and one list."""
    stopped_bot.open = False
    await stopped_bot.start()
    register, clock = stopped_bot.services.register, stopped_bot.services.clock
    code = register.invite(register.new_office("De Vries", clock()), clock())
    await anja.says(f"/start {code}")
    await anja.sees("Welkom bij Klantkompas")
    return stopped_bot


async def test_a_colleague_comes_in_and_sees_the_same_lists(closed_bot, server, anja):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    carla = Adviser(server, "Carla")
    await carla.says(f"/start {await code_from(anja)}")
    await carla.sees("Welkom bij Klantkompas")
    await carla.says("/top10")
    await carla.sees("Je 10 beste klanten")
    await anja.says("/collega")
    page = await anja.sees("Wie erbij kan")
    assert "De Vries" in page.text
    assert "Anja (jij)" in page.text
    assert "Carla" in page.text


async def test_an_invitation_may_be_taken_back(closed_bot, server, anja):
    code = await code_from(anja)
    await anja.says("/collega")
    page = await anja.sees("nog open staan")
    (number,) = [
        each.number
        for each in closed_bot.services.register.invitations.open(closed_bot.services.clock())
    ]
    assert await anja.presses(f"Trek uitnodiging {number} in", page) == (
        "De uitnodiging is ingetrokken."
    )
    carla = Adviser(server, "Carla")
    await carla.says(f"/start {code}")
    await carla.sees("Deze uitnodiging is al gebruikt, verlopen of niet compleet")
    assert closed_bot.services.register.member(carla.user.id) is None


async def test_an_invitation_that_is_too_old_opens_nothing(closed_bot, server, anja):
    code = await code_from(anja)
    now = closed_bot.clock()
    closed_bot.clock = lambda: now + timedelta(days=14, minutes=1)
    carla = Adviser(server, "Carla")
    await carla.says(f"/start {code}")
    await carla.sees("verlopen")
    await anja.says("/collega")
    assert "nog open" not in (await anja.sees("Wie erbij kan")).text


async def test_not_more_invitations_than_anybody_needs(closed_bot, anja):
    for _ in range(10):
        await code_from(anja)
    await anja.says("/collega")
    await anja.presses("Nodig een collega uit", await anja.sees("Wie erbij kan"))
    await anja.sees("Er staan al 10 uitnodigingen open")


async def test_who_is_taken_out_sees_nothing_more_by_old_buttons_either(closed_bot, server, anja):
    carla = Adviser(server, "Carla")
    await carla.says(f"/start {await code_from(anja)}")
    await carla.sees("Welkom")
    await carla.sends("klanten.csv", csv_list())
    answer = await carla.sees_photo()
    await anja.says("/collega")
    await anja.presses("Haal weg: Carla", await anja.sees("Wie erbij kan"))
    await anja.presses("Nee, terug", await anja.sees("Carla uit dit kantoor halen?"))
    await anja.presses("Haal weg: Carla", await anja.sees("Wie erbij kan"))
    await anja.presses("Ja, haal weg", await anja.sees("Carla uit dit kantoor halen?"))
    await anja.sees("Carla kan er niet meer bij")
    await carla.presses("Top 10", answer)
    await carla.sees("Klantkompas werkt op uitnodiging")
    await carla.says("/top10")
    await carla.sees("Klantkompas werkt op uitnodiging")
    await anja.says("/top10")
    await anja.sees("Je 10 beste klanten")


async def test_one_may_leave_but_the_last_one_stays(closed_bot, server, anja):
    carla = Adviser(server, "Carla")
    await carla.says(f"/start {await code_from(anja)}")
    await carla.sees("Welkom")
    await anja.says("/collega")
    await anja.presses("Haal weg: Anja", await anja.sees("Wie erbij kan"))
    question = await anja.sees("Zelf weggaan uit dit kantoor?")
    await anja.presses("Ja, haal weg", question)
    await anja.sees("Je hoort niet meer bij dit kantoor")
    await carla.says("/collega")
    page = await carla.sees("Carla (jij)")
    assert page.button("Haal weg: Carla") is None
    forged = {
        "id": "forged",
        "from": carla.user.as_telegram(),
        "message": page.as_telegram(),
        "chat_instance": "1",
        "data": f"dismiss:0:{carla.user.id}.yes",
    }
    server.messenger.updates.push("callback_query", forged)
    await carla.sees("Je bent de enige van dit kantoor")
    assert closed_bot.services.register.member(carla.user.id) is not None


async def test_a_member_of_another_office_is_asked_and_the_old_one_stays(closed_bot, server, anja):
    register, clock = closed_bot.services.register, closed_bot.services.clock
    other = register.new_office("Bakker", clock())
    carla = Adviser(server, "Carla")
    await carla.says(f"/start {register.invite(other, clock())}")
    await carla.sees("Welkom")
    await carla.sends("van_carla.csv", csv_list(60, "Beroep", "smid"))
    await carla.sees_photo()
    code = await code_from(anja)
    await carla.says(f"/start {code}")
    question = await carla.sees("Overgaan naar een ander kantoor?")
    assert "De Vries" in question.text
    assert "ben je de enige" in question.text
    await carla.presses("Nee, alles blijft zo", question)
    await carla.sees("er verandert niets")
    assert register.member(carla.user.id).office == other
    await carla.says(f"/start {code}")
    await carla.presses("Ja, ga over", await carla.sees("Overgaan naar een ander kantoor?"))
    await carla.sees("Je hoort nu bij De Vries")
    await carla.says("/top10")
    await carla.sees("Ik heb nog geen klantenlijst van je")
    assert [each.file_name for each in closed_bot.services.lists.all(other)] == ["van_carla.csv"]


async def test_an_invitation_to_ones_own_office_is_not_used(closed_bot, anja):
    code = await code_from(anja)
    await anja.says(f"/start {code}")
    await anja.sees("Welkom bij Klantkompas")
    assert closed_bot.services.register.invitations.office_of(code, closed_bot.clock())


async def test_a_button_of_another_office_changes_nothing(closed_bot, server, anja):
    await code_from(anja)
    register, clock = closed_bot.services.register, closed_bot.services.clock
    carla = Adviser(server, "Carla")
    await carla.says(f"/start {register.invite(register.new_office('Bakker', clock()), clock())}")
    await carla.sees("Welkom")
    await carla.says("/collega")
    page = await carla.sees("Wie erbij kan")
    (invitation,) = register.invitations.open(clock())
    for data in (f"revoke:0:{invitation.number}", f"dismiss:0:{anja.user.id}.yes", "revoke:0:²"):
        press = {
            "id": data,
            "from": carla.user.as_telegram(),
            "message": page.as_telegram(),
            "chat_instance": "1",
            "data": data,
        }
        server.messenger.updates.push("callback_query", press)
    await carla.sees("Die hoort niet (meer) bij dit kantoor")
    assert register.member(anja.user.id) is not None
    assert register.invitations.open(clock()) == [invitation]
