"""`/wis`: everything about an office goes, after one confirmation."""

from datetime import timedelta

from tests.conversations.lists import csv_list


async def test_forgetting_removes_the_file_and_every_row(bot, anja, brian):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    await brian.sends("clients.csv", csv_list())
    await brian.sees_photo()
    office = bot.services.register.member(anja.user.id).office
    await anja.says("/wis")
    await anja.sees("Alles wissen?")
    assert f"{office}.db" in bot.files_of_offices()
    await anja.presses("Ja, wis alles voorgoed")
    await anja.sees("Alles is gewist")
    assert not [name for name in bot.files_of_offices() if name.startswith(office)]
    assert bot.services.register.member(anja.user.id) is None
    await brian.says("/top10")
    await brian.sees("Your 10 best clients")


async def test_one_may_change_ones_mind(bot, anja):
    await anja.sends("klanten.csv", csv_list())
    answer = await anja.sees_photo()
    await anja.says("/wis")
    await anja.sees("Alles wissen?")
    await anja.presses("Nee, bewaar alles")
    await anja.sees("er is niets gewist")
    await anja.presses("Top 10", answer)
    await anja.sees("Je 10 beste klanten")


async def test_a_choice_takes_the_buttons_away(bot, anja):
    await anja.says("/wis")
    question = await anja.sees("Alles wissen?")
    await anja.presses("Nee, bewaar alles", question)
    await anja.sees("er is niets gewist")
    assert question.markup.keyboard == ()


async def test_a_question_that_stands_long_is_asked_again(bot, anja):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    await anja.says("/wis")
    question = await anja.sees("Alles wissen?")
    now = bot.clock()
    bot.clock = lambda: now + timedelta(minutes=11)
    await anja.presses("Ja, wis alles voorgoed", question)
    again = await anja.sees("geldt niet meer")
    assert question.markup.keyboard == ()
    assert bot.services.register.member(anja.user.id) is not None
    await anja.presses("Ja, wis alles voorgoed", again)
    await anja.sees("Alles is gewist")


async def test_a_list_that_came_after_the_question_is_not_wiped_by_it(bot, anja):
    await anja.says("/wis")
    question = await anja.sees("Alles wissen?")
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    await anja.presses("Ja, wis alles voorgoed", question)
    await anja.sees("geldt niet meer")
    await anja.says("/top10")
    await anja.sees("Je 10 beste klanten")


async def test_an_old_button_after_forgetting_gives_a_fresh_start(bot, anja):
    await anja.sends("klanten.csv", csv_list())
    answer = await anja.sees_photo()
    await anja.says("/wis")
    await anja.sees("Alles wissen?")
    await anja.presses("Ja, wis alles voorgoed")
    await anja.sees("Alles is gewist")
    await anja.presses("Top 10", answer)
    await anja.sees("Deze knop hoort bij een lijst of vraag die er niet meer is")


async def test_a_colleague_may_forget_while_a_list_is_being_read(bot, anja, brian, server):
    register, clock = bot.services.register, bot.services.clock
    await anja.says("/start")
    await anja.sees("Welkom")
    office = register.member(anja.user.id).office
    code = register.invite(office, clock())
    await brian.says(f"/start {code}")
    await brian.sees("Welcome")
    assert register.member(brian.user.id).office == office
    slow = server.faults.slow(3, method="getFile", times=None)
    await anja.sends("klanten.csv", csv_list())
    await anja.sees("Ontvangen")
    await brian.says("/forget")
    await brian.presses("Yes, delete everything for good", await brian.sees("Delete everything?"))
    await brian.sees("Everything is gone")
    server.faults.remove(slow)
    await anja.sees("klanten.csv")
    await anja.says("/start")
    await anja.sees("Welkom")
    assert not [name for name in bot.files_of_offices() if name.startswith(office)]
    anja.sees_nothing_of("klanten gelezen")
