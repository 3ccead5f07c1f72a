"""Words behind a command: done where the command knows them, else told that it does not."""

from tests.conversations.lists import csv_list
from tests.conversations.test_marks import list_with_costs


async def test_the_form_of_an_export_is_said_behind_the_command(bot, anja):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    await anja.says("/export csv")
    assert "zonder namen" in (await anja.sees_document(".csv")).text
    await anja.says("/export met namen")
    assert "; met namen" in (await anja.sees_document("_met_namen.xlsx")).text
    await anja.says("/export CSV with names")
    await anja.sees_document("_met_namen.csv")
    await anja.says("/export zonder namen")
    assert "zonder namen" in (await anja.sees_document(".xlsx")).text


async def test_another_top_is_asked_for_behind_the_command(bot, anja, brian):
    await anja.sends("klanten.csv", list_with_costs())
    await anja.sees_photo()
    await anja.says("/top10 12 winst")
    answer = await anja.sees("1001")
    assert "winst" in answer.text
    assert "12. " in answer.text
    await anja.says("/top10")
    await anja.sees("Je 10 beste klanten, op omzet")
    await brian.sends("clients.csv", list_with_costs())
    await brian.sees_photo()
    await brian.says("/top10 20")
    assert "20. " in (await brian.sees("1000")).text


async def test_unknown_words_are_told_with_what_the_command_takes(bot, anja, brian):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    await anja.says("/export naar mijn buurman")
    assert "/export met namen" in (await anja.sees("ken ik naar mijn buurman niet")).text
    await anja.says("/top10 mooiste")
    assert "/top10 20 winst" in (await anja.sees("Achter /top10 ken ik mooiste niet")).text
    await anja.says("/pareto <b>5")
    assert "Typ alleen /pareto" in (await anja.sees("ken ik <b>5 niet")).text
    await anja.says("/wis lijst 3")
    await anja.sees("ken ik lijst 3 niet")
    anja.sees_nothing_of("Alles wissen?")
    await brian.says("/changes now")
    await brian.sees("After /changes I do not know now.")
