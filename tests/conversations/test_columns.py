"""`/kolommen`: how a list is read, and saying otherwise."""

from storage.errors import StorageError
from storage.office import OfficeFile
from tests.conversations.lists import csv_list, two_revenue_columns


async def test_the_columns_are_shown_and_one_is_changed(bot, anja):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo("Beroep: bakker")
    await anja.says("/kolommen")
    shown = await anja.sees("Zo lees ik klanten.csv")
    assert "Omzet → jouw omzet" in shown.text
    assert "Niet bewaard: BSN, E-mailadres." in shown.text
    await anja.presses("Beroep", shown)
    asked = await anja.sees("Wat is Beroep?")
    await anja.presses("niet gebruiken", asked)
    await anja.sees("Begrepen: Beroep → niet gebruiken")
    answer = await anja.sees_photo()
    assert "bakker" not in answer.text


async def test_an_answer_is_remembered_for_the_next_list(bot, anja, brian):
    await anja.sends("eerste.csv", two_revenue_columns())
    question = await anja.sees("Welke kolom is wat de klant jou opbrengt?")
    await anja.presses("Totale opbrengst", question)
    await anja.sees_photo()
    await anja.sends("tweede.csv", two_revenue_columns())
    receipt = await anja.sees("40 klanten gelezen")
    assert "kolom Totale opbrengst" in receipt.text
    await anja.sees_photo()
    await brian.sends("his.csv", two_revenue_columns())
    await brian.sees("Which column")


async def test_a_column_can_be_thrown_away(bot, anja):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    await anja.says("/kolommen")
    shown = await anja.sees("Zo lees ik")
    await anja.presses("Naam", shown)
    asked = await anja.sees("Wat is Naam?")
    await anja.presses("weggooien", asked)
    asked = await anja.sees("Naam weggooien?")
    await anja.presses("Ja, gooi weg", asked)
    await anja.sees("De inhoud ervan heb ik weggegooid")
    await anja.sees_photo()
    office = bot.services.register.member(anja.user.id).office
    with bot.services.offices.open(office) as file:
        upload = file.newest_analysed()
        assert b"Klant 1" not in upload.rows
        assert file.names_of(upload.number, ["1000"]) == {}
        columns = [column.name for column in file._database.table("clients_1").columns]
    assert "Naam" not in columns
    await anja.says("/kolommen")
    shown = await anja.sees("Door jou weggegooid: Naam.")
    assert "Niet bewaard: BSN, E-mailadres." in shown.text


async def test_throwing_away_asks_first_and_offers_what_is_milder(bot, anja):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo("Beroep: bakker")
    await anja.says("/kolommen")
    await anja.presses("Beroep", await anja.sees("Zo lees ik"))
    await anja.presses("weggooien", await anja.sees("Wat is Beroep?"))
    await anja.presses("Terug", await anja.sees("Beroep weggooien?"))
    await anja.presses("weggooien", await anja.sees("Wat is Beroep?"))
    await anja.presses("niet gebruiken", await anja.sees("Beroep weggooien?"))
    await anja.sees("Begrepen: Beroep → niet gebruiken")


async def test_a_column_that_was_thrown_away_is_taken_back_for_the_next_list(bot, anja):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo("Beroep: bakker")
    await anja.says("/kolommen")
    await anja.presses("Beroep", await anja.sees("Zo lees ik"))
    await anja.presses("weggooien", await anja.sees("Wat is Beroep?"))
    await anja.presses("Ja, gooi weg", await anja.sees("Beroep weggooien?"))
    await anja.sees("met /kolommen haal je de kolom daarvoor terug")
    await anja.sees_photo()
    await anja.says("omzet per beroep?")
    await anja.sees("Die kolom heb je laten weggooien")
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    await anja.says("/kolommen")
    await anja.presses("Haal terug: Beroep", await anja.sees("Door jou weggegooid: Beroep."))
    await anja.sees("Beroep lees ik weer in je volgende lijst")
    await anja.says("/kolommen")
    assert "Haal terug" not in str((await anja.sees("Niet bewaard: Beroep, BSN")).markup)
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo("Beroep: bakker")


async def test_a_choice_that_leaves_nothing_changes_nothing(bot, anja):
    rows = [f"Familie {chr(65 + n)}{'aeiou'[n % 5]}nsen;{n}" for n in range(26)]
    await anja.sends("klanten.csv", "\n".join(["Naam;Omzet", *rows]).encode())
    await anja.sees_photo()
    await anja.says("/kolommen")
    await anja.presses("Omzet", await anja.sees("Zo lees ik"))
    await anja.presses("niet gebruiken", await anja.sees("Wat is Omzet?"))
    await anja.sees("Begrepen")
    await anja.says("/pareto")
    await anja.sees("Dat kan ik niet uit klanten.csv halen")
    await anja.says("/kolommen")
    await anja.presses("Naam", await anja.sees("Zo lees ik"))
    await anja.presses("weggooien", await anja.sees("Wat is Naam?"))
    await anja.presses("Ja, gooi weg", await anja.sees("Naam weggooien?"))
    await anja.sees("Er is niets veranderd")
    await anja.says("/kolommen")
    assert "Naam → naam" in (await anja.sees("Zo lees ik")).text


async def test_a_choice_is_remembered_though_that_failed_at_first(bot, anja, monkeypatch):
    """Whatever was done before must not keep the next attempt from doing the rest."""
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    await anja.says("/kolommen")
    await anja.presses("Beroep", await anja.sees("Zo lees ik"))
    asked = await anja.sees("Wat is Beroep?")
    remember, failures = OfficeFile.remember, iter([StorageError("disk_refused")])

    def remember_the_second_time(*args, **kwargs):
        for failure in failures:
            raise failure
        remember(*args, **kwargs)

    monkeypatch.setattr(OfficeFile, "remember", remember_the_second_time)
    await anja.presses("niet gebruiken", asked)
    await anja.sees("Begrepen: Beroep → niet gebruiken")
    await anja.sees_photo()
    office = bot.services.register.member(anja.user.id).office
    with bot.services.offices.open(office) as file:
        assert file.answers() == {"beroep": "ignore"}


async def test_a_correction_is_what_is_remembered(bot, anja):
    rows = [f"{1000 + n};{500 - n};{90 + n % 7}" for n in range(40)]
    content = "\n".join(["Klantnummer;Provisie;Fee", *rows]).encode()
    await anja.sends("eerste.csv", content)
    await anja.sees_photo()
    for column in ("Provisie", "Fee"):
        await anja.says("/kolommen")
        await anja.presses(column, await anja.sees("Zo lees ik"))
        await anja.presses("jouw omzet", await anja.sees(f"Wat is {column}?"))
        await anja.sees(f"Begrepen: {column} → jouw omzet")
        await anja.sees_photo()
    await anja.sends("tweede.csv", content)
    receipt = await anja.sees("40 klanten gelezen")
    assert "kolom Fee" in receipt.text
    await anja.sees_photo()


async def test_words_are_no_revenue(bot, anja):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    await anja.says("/kolommen")
    await anja.presses("Beroep", await anja.sees("Zo lees ik"))
    await anja.presses("jouw omzet", await anja.sees("Wat is Beroep?"))
    await anja.sees("Er is niets veranderd")
    await anja.says("/kolommen")
    assert "Omzet → jouw omzet" in (await anja.sees("Zo lees ik")).text


async def test_a_column_that_is_off_is_turned_on_and_off_again(bot, anja):
    rows = ["Klantnummer;Geslacht;Omzet"]
    rows += [
        f"{1000 + n};{'v' if n < 10 or n % 9 == 0 else 'm'};{5000 - 50 * n}" for n in range(60)
    ]
    await anja.sends("klanten.csv", "\n".join(rows).encode())
    first = await anja.sees_photo()
    assert "Geslacht" not in first.text
    await anja.says("/kolommen")
    shown = await anja.sees("Niet gebruikt (staat uit): Geslacht")
    await anja.presses("Geslacht", shown)
    await anja.presses("een kenmerk", await anja.sees("(staat uit)"))
    await anja.sees("Begrepen: Geslacht")
    await anja.sees_photo("Geslacht: v")
    await anja.says("/kolommen")
    shown = await anja.sees("Kenmerken: Geslacht")
    assert "staat uit" not in shown.text
    await anja.presses("Geslacht", shown)
    await anja.presses("niet gebruiken", await anja.sees("Wat is Geslacht?"))
    assert "Geslacht" not in (await anja.sees_photo()).text


async def test_the_columns_leave_the_menu_that_led_to_them(bot, anja):
    await anja.sends("klanten.csv", csv_list())
    await anja.presses("Meer…", await anja.sees_photo())
    more = await anja.sees("Wat kan ik nog meer voor je doen?")
    await anja.presses("Kolommen", more)
    shown = await anja.sees("Zo lees ik klanten.csv")
    assert shown.message_id != more.message_id


def parts_and_premium() -> bytes:
    """Two columns that are added up as revenue, and one of premiums."""
    rows = [f"{1000 + n};{200 + n};{100 + n % 9};{900 - 7 * n}" for n in range(40)]
    return "\n".join(["Klantnummer;Advieskosten;Provisie;Premie", *rows]).encode()


async def test_premium_is_no_revenue_before_that_was_asked(bot, anja):
    await anja.sends("klanten.csv", parts_and_premium())
    await anja.sees("Jouw omzet: Advieskosten + Provisie.")
    await anja.sees_photo()
    await anja.says("/kolommen")
    await anja.presses("Premie", await anja.sees("Zo lees ik"))
    await anja.presses("jouw omzet", await anja.sees("Wat is Premie?"))
    asked = await anja.sees("Premie gaat meestal naar de verzekeraar")
    await anja.presses("Ja, dit is mijn omzet", asked)
    set_to = await anja.sees("Begrepen: Premie → jouw omzet")
    assert "Advieskosten en Provisie tellen nu niet meer mee als omzet" in set_to.text
    await anja.sees_photo()
    await anja.says("/kolommen")
    shown = await anja.sees("Premie → jouw omzet")
    assert "Advieskosten → deel van omzet, telt niet apart mee" in shown.text
    assert "deel van jouw omzet" not in shown.text


async def test_columns_are_added_up_again_and_so_in_the_next_list(bot, anja):
    await anja.sends("klanten.csv", parts_and_premium())
    await anja.sees_photo()
    await anja.says("/kolommen")
    await anja.presses("Provisie", await anja.sees("Zo lees ik"))
    await anja.presses("jouw omzet", await anja.sees("Wat is Provisie?"))
    await anja.sees("Advieskosten telt nu niet meer mee als omzet")
    await anja.sees_photo()
    await anja.says("/kolommen")
    await anja.presses("Advieskosten", await anja.sees("telt niet apart mee"))
    await anja.presses("optellen bij jouw omzet", await anja.sees("Wat is Advieskosten?"))
    await anja.sees("Je omzet is nu Advieskosten + Provisie.")
    await anja.sees_photo()
    await anja.sends("later.csv", parts_and_premium())
    receipt = await anja.sees("40 klanten gelezen")
    assert "Jouw omzet: Advieskosten + Provisie." in receipt.text
