"""Free questions about the own figures, typed as an adviser types."""

from bot.sample import sample
from tests.conversations.lists import HOSTILE, csv_list

POLICIES = (
    "Relatienr;Branche;Provisie\n"
    + "".join(f"{number};Leven;200\n{number};{'Auto' if number % 2 else 'Brand'};100\n"
              for number in range(1, 41))
).encode()  # fmt: skip
"""Forty clients with a life insurance and one other."""


async def with_sample(adviser, language="nl"):
    name, content = sample(language)
    await adviser.sends(name, content)
    await adviser.sees_photo()


def plain(message):
    return message.text.replace("\N{NO-BREAK SPACE}", " ")


async def test_a_question_is_repeated_and_answered(bot, anja):
    await with_sample(anja)
    await anja.says("hoeveel ondernemers zitten in mijn top 20?")
    answer = await anja.sees("Zo lees ik je vraag: aantal klanten · Ondernemer j/n: ja · in je top")
    assert "van de 20" in answer.text
    assert "Daarbuiten" in answer.text
    await anja.says("omzet per beroep")
    await anja.sees("omzet, opgeteld, per Beroep")
    await anja.says("wat als mijn grootste klant weggaat")
    await anja.sees("Wat ik aanneem")


async def test_a_question_goes_on_with_the_one_before(bot, anja):
    await with_sample(anja)
    await anja.says("hoeveel klanten in Ede")
    await anja.sees("aantal klanten · Woonplaats: Ede")
    await anja.says("en in Soest?")
    await anja.sees("aantal klanten · Woonplaats: Soest")
    await bot.stop()
    await bot.start()
    await anja.says("en de omzet?")
    await anja.sees("omzet, opgeteld · Woonplaats: Soest")
    await anja.says("en ondernemers?")
    asked = await anja.sees("Dit kan twee dingen betekenen")
    labels = [button["text"] for row in asked.markup.keyboard for button in row]
    assert labels == ["1. Ondernemer j/n: ja", "2. Woonplaats: Soest · Ondernemer j/n:…"]
    await anja.presses(labels[1], asked)
    await anja.sees("omzet, opgeteld · Woonplaats: Soest · Ondernemer j/n: ja")
    await anja.says("en per beroep")
    await anja.sees("omzet, opgeteld, per Beroep · Woonplaats: Soest · Ondernemer j/n: ja")


async def test_names_stand_behind_a_button(bot, anja):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    await anja.says("mijn 5 grootste klanten")
    answer = await anja.sees("1. 1000 · € 9.001".replace("€ ", "€\N{NO-BREAK SPACE}"))
    assert "Klant 0" not in answer.text
    await anja.presses("Toon namen", answer)
    assert "1. Klant 0" in (await anja.sees("de 5 klanten")).text


async def test_between_two_readings_it_asks_also_after_a_restart(bot, anja):
    await with_sample(anja)
    await anja.says("wat verdien ik per uur aan ondernemers")
    asked = await anja.sees("Dit kan twee dingen betekenen")
    labels = [button["text"] for row in asked.markup.keyboard for button in row]
    assert labels == [
        "1. omzet per uur, alles samen genomen",
        "2. winst per uur, alles samen genomen",
    ]
    await bot.stop()
    await bot.start()
    await anja.presses(labels[0], asked)
    assert "omzet per uur" in (await anja.sees("Zo lees ik je vraag")).text
    await anja.presses(labels[1], asked)
    assert "winst per uur" in (await anja.sees("Zo lees ik je vraag: winst per uur")).text


async def test_business_clients_are_the_entrepreneurs(bot, anja):
    await with_sample(anja)
    await anja.says("toon top 15 op marge zonder zakelijk")
    assert "Ondernemer j/n: nee" in (await anja.sees("de 15 klanten")).text


async def test_a_word_that_nobody_knows_is_left_out_and_named(bot, anja):
    await with_sample(anja)
    await anja.says("gemiddelde omzet van knettergekke gepensioneerden")
    answer = await anja.sees("omzet, gemiddeld per klant · Gepensioneerd: ja")
    assert "Met ‘knettergekke’ kon ik niets: dit is het antwoord zonder dat woord." in answer.text
    assert "Alle anderen" in answer.text


async def test_what_it_cannot_do_it_says_with_the_nearest_that_it_can(bot, anja):
    await with_sample(anja)
    await anja.says("wat voor weer wordt het in de omzet van morgenochtend vroeg")
    refused = await anja.sees("Dat staat niet in je klantenlijst")
    rows = refused.markup.keyboard
    assert len(rows) == 3
    await anja.presses(rows[2][0]["text"], refused)
    await anja.sees("Zo lees ik je vraag")
    await anja.says("hoeveel klanten hebben een hypotheek?")
    await anja.sees("geen kolom met ‘hypotheek’")
    await anja.says("toon Sjoerd de Vries")
    await anja.sees("noem zijn klantnummer")
    await anja.says("hoeveel klanten heb ik? En wie is de grootste?")
    asked = await anja.sees("Dat zijn twee vragen. Welke eerst?")
    await anja.presses(asked.markup.keyboard[0][0]["text"], asked)
    await anja.sees("409 klanten")


async def test_known_answers_come_by_their_own_words(bot, anja):
    await with_sample(anja)
    await anja.says("wat hebben mijn beste klanten gemeen?")
    await anja.sees("Je 10 beste klanten")
    await anja.says("wat is mijn 80/20")
    await anja.sees("Jouw eigen 80/20")
    await anja.says("dank je wel")
    await anja.sees("Graag gedaan")


async def test_few_clients_are_called_few(bot, anja):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    await anja.says("klanten met meer dan 8700 euro omzet")
    await anja.sees("minder dan vijf klanten")


async def test_text_of_a_file_stays_text(bot, anja):
    await anja.sends("klanten.csv", csv_list(heading=HOSTILE, trait=HOSTILE))
    await anja.sees_photo()
    await anja.says("omzet per b hyperlink")
    await anja.sees(HOSTILE)


async def test_without_a_list_it_asks_for_one(bot, anja):
    await anja.says("hoeveel klanten heb ik")
    await anja.sees("klantenlijst")


async def test_an_old_question_gets_a_fresh_menu(bot, anja):
    await with_sample(anja)
    await anja.says("wat verdien ik per uur aan ondernemers")
    asked = await anja.sees("Dit kan twee dingen betekenen")
    with bot.services.offices.open(bot.services.register.offices()[0]) as office:
        office.remove_upload(1)
    await anja.presses(asked.markup.keyboard[0][0]["text"], asked)
    await anja.sees("Deze knop hoort bij een lijst of vraag die er niet meer is")


async def test_questions_in_english(bot, brian):
    await with_sample(brian, "en")
    await brian.says("average revenue of retired clients")
    answer = await brian.sees("As I read it: revenue, average per client · Retired: yes")
    assert "All others" in answer.text
    await brian.says("what if I charge 150 an hour")
    await brian.sees("at least €150")
    await brian.says("revenue of quirky and zany retired clients")
    answer = await brian.sees("revenue, added up · Retired: yes")
    assert "‘quirky’ and ‘zany’: this is the answer without those words." in answer.text


async def test_of_a_list_of_policies_the_rows_are_added_up(bot, anja):
    await anja.sends("polissen.csv", POLICIES)
    receipt = await anja.sees("uit 80 regels; regels van dezelfde klant zijn opgeteld")
    assert "De regels van één klant verschillen in ‘Branche’." in receipt.text
    await anja.sees_photo()
    await anja.says("omzet per branche")
    answer = plain(await anja.sees("omzet, opgeteld, per Branche"))
    assert "Leven: € 8.000 (40 klanten)" in answer
    assert "Auto: € 2.000 (20 klanten)" in answer
    assert "dus samen kunnen de groepen meer klanten tellen dan je lijst" in answer
    await anja.says("/taal")
    await anja.presses("English", await anja.sees("In welke taal"))
    await anja.sees("From now on I answer in English")
    await anja.says("revenue of auto")
    answer = plain(await anja.sees("revenue, added up · Branche: Auto"))
    assert "Only the rows that meet this are added up, and each client counts once" in answer
    assert "All other rows (40 clients)" in answer


async def test_all_clients_are_told_without_a_share_but_with_who_is_left_out(bot, anja):
    await anja.sends(*sample("nl"))
    await anja.sees_photo()
    await anja.says("hoeveel klanten heb ik?")
    told = await anja.sees("409 klanten.")
    assert "100%" not in told.text
    assert "Niet meegeteld: 3 klanten zonder omzet in het bestand." in told.text
    await anja.says("hoeveel ondernemers heb ik?")
    assert "Niet meegeteld" not in (await anja.sees("van de 409")).text
