"""Two offices at once, and who may come in."""

import asyncio

from tests.conversations.adviser import Adviser
from tests.conversations.lists import csv_list


async def test_two_advisers_at_once_see_their_own_clients(bot, anja, brian):
    await asyncio.gather(
        anja.sends("anja.csv", csv_list(60, "Beroep", "bakker")),
        brian.sends("brian.csv", csv_list(90, "Beroep", "smid")),
    )
    hers, his = await asyncio.gather(anja.sees_photo(), brian.sees_photo())
    assert "bakker" in hers.text
    assert "van de 60" in hers.text
    assert "smid" in his.text
    assert "of 90" in his.text
    anja.sees_nothing_of("smid")
    brian.sees_nothing_of("bakker")
    assert len({office for office in bot.files_of_offices() if office.endswith(".db")}) == 2


async def test_a_forged_button_reaches_only_ones_own_lists(bot, anja, brian):
    await anja.sends("anja.csv", csv_list(60, "Beroep", "bakker"))
    await anja.sees_photo()
    await brian.says("/language")
    question = await brian.sees("Which language shall I use")
    for data in ("top10:1:", "names:1:", "revenue:1:0", "nonsense", "top10:999999999:", ""):
        # As a changed app could send it: no such button stands in the chat.
        press = {
            "id": f"forged {data}",
            "from": brian.user.as_telegram(),
            "message": question.as_telegram(),
            "chat_instance": "1",
            "data": data,
        }
        bot.server.messenger.updates.push("callback_query", press)
        await brian.sees("This button belongs to")
    brian.sees_nothing_of("bakker")


async def test_a_stranger_is_refused_and_nothing_is_kept(stopped_bot, anja):
    stopped_bot.open = False
    await stopped_bot.start()
    await anja.says("/start")
    await anja.sees("Klantkompas werkt op uitnodiging")
    await anja.sends("klanten.csv", csv_list())
    await anja.sees("Klantkompas werkt op uitnodiging")
    assert stopped_bot.services.register.member(anja.user.id) is None
    assert stopped_bot.files_of_offices() == []


async def test_an_invitation_opens_the_door_once(stopped_bot, server, anja):
    stopped_bot.open = False
    await stopped_bot.start()
    register, clock = stopped_bot.services.register, stopped_bot.services.clock
    code = register.invite(register.new_office("De Vries", clock()), clock())
    await anja.says(f"/start {code}")
    await anja.sees("Welkom bij Klantkompas")
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    carla = Adviser(server, "Carla")
    await carla.says(f"/start {code}")
    await carla.sees("Deze uitnodiging is al gebruikt")
