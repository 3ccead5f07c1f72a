"""`/bestanden` and `/verschil`: seeing the lists, going back to one, removing one, comparing."""

from tests.conversations.lists import HOSTILE, csv_list


async def _send(adviser, name, content):
    await adviser.sends(name, content)
    await adviser.sees_photo()


async def test_the_lists_are_shown_with_the_one_in_use(bot, anja):
    await anja.says("/bestanden")
    await anja.sees("Ik heb nog geen klantenlijst van je")
    await _send(anja, "eerste.csv", csv_list(60))
    await _send(anja, "tweede.csv", csv_list(80))
    await anja.says("/bestanden")
    lines = (await anja.sees("Je lijsten")).text.splitlines()
    assert lines[2].startswith("1. tweede.csv · ")
    assert lines[2].endswith(" · 80 klanten · in gebruik")
    assert lines[3].startswith("2. eerste.csv · ")
    assert lines[3].endswith(" · 60 klanten")


async def test_one_goes_back_to_a_list_until_the_next(bot, anja):
    await _send(anja, "eerste.csv", csv_list(60))
    await _send(anja, "tweede.csv", csv_list(80))
    await anja.says("/bestanden")
    await anja.presses("2 · eerste.csv", await anja.sees("Je lijsten"))
    await anja.presses("Gebruik deze lijst", await anja.sees("60 klanten"))
    await anja.sees("Mijn antwoorden gaan weer over eerste.csv (60 klanten)")
    await anja.says("/export")
    assert "60 klanten" in (await anja.sees_document(".xlsx")).text
    await _send(anja, "derde.csv", csv_list(70))
    await anja.says("/export")
    assert "70 klanten" in (await anja.sees_document(".xlsx")).text


async def test_a_list_without_revenue_says_what_it_pushed_aside_and_the_way_back(bot, anja):
    bare = "Klantnummer;Beroep\n" + "".join(f"X{n};beroep {n % 3}\n" for n in range(40))
    await anja.sends("leeg.csv", bare.encode())
    alone = await anja.sees("Waar je omzet vandaan komt, kan ik nog niet zeggen")
    assert "Mijn antwoorden gaan" not in alone.text
    await _send(anja, "werk.csv", csv_list(60))
    await anja.sends("anders.csv", bare.encode())
    answer = await anja.sees("Waar je omzet vandaan komt, kan ik nog niet zeggen")
    assert "Mijn antwoorden gaan vanaf nu over deze lijst." in answer.text
    await anja.presses("Ga door met werk.csv", answer)
    await anja.sees("Mijn antwoorden gaan weer over werk.csv (60 klanten)")
    await anja.says("/top10")
    await anja.sees_photo("Beroep: bakker")


async def test_a_list_is_removed_after_a_confirmation(bot, anja):
    await _send(anja, "eerste.csv", csv_list(60))
    await anja.sends("tweede.csv", csv_list(80))
    answer = await anja.sees_photo()
    await anja.says("/bestanden")
    await anja.presses("1 · tweede.csv", await anja.sees("Je lijsten"))
    await anja.presses("Verwijder deze lijst", await anja.sees("in gebruik"))
    await anja.presses("Nee, bewaren", await anja.sees("tweede.csv verwijderen?"))
    await anja.presses("Verwijder deze lijst", await anja.sees("in gebruik"))
    await anja.presses("Ja, verwijder", await anja.sees("tweede.csv verwijderen?"))
    gone = await anja.sees("tweede.csv is verwijderd")
    assert "Mijn antwoorden gaan over eerste.csv" in gone.text
    office = bot.services.register.member(anja.user.id).office
    with bot.services.offices.open(office) as file:
        assert [each.file_name for each in file.uploads()] == ["eerste.csv"]
        assert file._database.table_names().count("clients_2") == 0
    await anja.presses("Top 10", answer)
    await anja.sees("Deze knop hoort bij een lijst of vraag die er niet meer is")


async def test_the_last_list_can_go_too(bot, anja):
    await _send(anja, "eerste.csv", csv_list(60))
    await anja.says("/bestanden")
    await anja.presses("1 · eerste.csv", await anja.sees("Je lijsten"))
    await anja.presses("Verwijder deze lijst", await anja.sees("60 klanten"))
    await anja.presses("Ja, verwijder", await anja.sees("verwijderen?"))
    await anja.sees("Je hebt nu geen lijst meer")
    await anja.says("/top10")
    await anja.sees("Ik heb nog geen klantenlijst van je")


async def test_many_lists_stand_on_pages(bot, anja):
    await _send(anja, "eerste.csv", csv_list(40))
    office = bot.services.register.member(anja.user.id).office
    with bot.services.offices.open(office) as file:
        first = file.newest_analysed()
        for number in range(7):
            file.add_upload(-number - 1, f"{number}.csv", first.plan, b"", 1, first.received_at)
    await anja.says("/bestanden")
    shown = await anja.sees("(1 t/m 6 van 8)")
    await anja.presses("Volgende ›", shown)
    shown = await anja.sees("(7 t/m 8 van 8)")
    await anja.presses("8 · eerste.csv", shown)
    await anja.presses("Terug", await anja.sees("40 klanten"))
    await anja.sees("(1 t/m 6 van 8)")


async def test_a_hostile_file_name_arrives_as_it_stood(bot, anja):
    await _send(anja, f"{HOSTILE}.csv", csv_list())
    await anja.says("/bestanden")
    shown = await anja.sees(f"1. {HOSTILE}.csv")
    await anja.presses(f"1 · {HOSTILE}.csv", shown)
    await anja.presses("Verwijder deze lijst", await anja.sees("60 klanten"))
    await anja.sees(f"{HOSTILE}.csv verwijderen?")


def _later(csv: bytes) -> bytes:
    """A year later: the largest client brings far less, one of the ten left, one came in."""
    lines = csv.decode("cp1252").split("\r\n")
    lines[1] = lines[1].replace("9000,50", "800,50")
    lines[30] = lines[30].replace(";871,50", ";12000,00")
    return "\r\n".join([lines[0], lines[1], *lines[3:]]).encode("cp1252")


async def test_what_changed_since_the_list_before(bot, anja):
    await _send(anja, "vorig jaar.csv", csv_list())
    await anja.says("/verschil")
    await anja.sees("geen andere lijst om mee te vergelijken")
    await _send(anja, "dit jaar.csv", _later(csv_list()))
    await anja.says("/verschil")
    told = (await anja.sees("Wat er veranderde sinds")).text
    assert "Eerst vorig jaar.csv, nu dit jaar.csv." in told
    assert "59 klanten: 1 minder dan toen (1 weg)." in told
    assert "Nieuw in de top: 1029" in told
    assert "Niet meer in de top, nog wel klant: 1000." in told
    assert "Uit de top van toen, en niet meer in je lijst: 1001." in told
    assert "1000 stond toen in de top en brengt nu 91% minder." in told
    assert "Klant 0" not in told


def _of_another_kind() -> bytes:
    """Clients with the same numbers as those of `csv_list`, by chance."""
    rows = [f"{1000 + n};{20 + n};{n % 7}" for n in range(60)]
    return "\n".join(["CustomerID;Age;Spending Score", *rows]).encode()


async def test_a_list_of_another_kind_is_not_what_changes_are_told_of(bot, anja):
    await _send(anja, "vorig jaar.csv", csv_list())
    await anja.sends("winkel.csv", _of_another_kind())
    await anja.presses("Nee, het is een nieuwe lijst", await anja.sees("dezelfde klantnummers"))
    await anja.sees("kan ik nog niet zeggen")
    await _send(anja, "dit jaar.csv", _later(csv_list()))
    await anja.says("/verschil")
    compared = await anja.sees_photo("Eerst vorig jaar.csv, nu dit jaar.csv.")
    assert "1 minder dan toen (1 weg)" in compared.text
    await anja.presses("Andere lijst kiezen")
    choice = await anja.sees("Waarmee zal ik dit jaar.csv vergelijken?")
    assert "2. vorig jaar.csv" in choice.text
    await anja.presses("1 · winkel.csv", choice)
    await anja.sees("Eerst winkel.csv, nu dit jaar.csv.")


async def test_where_no_list_fits_the_adviser_chooses(bot, anja):
    await _send(anja, "eerste.csv", csv_list(heading="Beroep"))
    rows = [f"{n};{500 - n};x" for n in range(40)]
    content = "\n".join(["Relatienummer;Fee;Soort", *rows]).encode()
    await _send(anja, "ander kantoor.csv", content)
    await anja.says("/verschil")
    choice = await anja.sees("geen lijst die over dezelfde klanten lijkt te gaan, met omzet")
    await anja.presses("1 · eerste.csv", choice)
    told = await anja.sees("Vergelijken zegt hier niets")
    assert told.button("1 · eerste.csv") is None


async def test_the_same_list_twice_has_not_changed(bot, brian):
    await _send(brian, "one.csv", csv_list())
    await _send(brian, "two.csv", csv_list())
    await brian.says("/files")
    await brian.presses("Changes", await brian.sees("Your lists"))
    told = (await brian.sees("What changed since")).text
    assert "60 clients: as many as before." in told
    assert "unchanged" in told
    assert "The same clients as before." in told


async def test_without_client_numbers_nobody_is_followed(bot, anja):
    rows = [f"Familie {chr(65 + n)}{'aeiou'[n % 5]}nsen;{n}" for n in range(26)]
    await _send(anja, "een.csv", "\n".join(["Naam;Omzet", *rows]).encode())
    await _send(anja, "twee.csv", "\n".join(["Naam;Omzet", *rows[::-1]]).encode())
    await anja.says("/verschil")
    told = (await anja.sees("Wat er veranderde sinds")).text
    assert "kan ik niet zeggen" in told
    assert "in de top:" not in told


async def test_an_older_button_says_which_list_it_is_about(bot, anja):
    await anja.sends("eerste.csv", csv_list(60))
    await anja.sees_photo()
    await anja.says("/top10")
    older = await anja.sees("Je 10 beste klanten")
    await _send(anja, "tweede.csv", csv_list(80))
    about = "Over eerste.csv, niet over de lijst die nu in gebruik is:"
    for button in ("Toon namen", "Waarom?", "Waarom?", "80/20"):
        await anja.presses(button, older)
        await anja.sees(about)
    await anja.says("/top10")
    newer = await anja.sees("Je 10 beste klanten")
    await anja.presses("Toon namen", newer)
    assert "Over " not in (await anja.sees("Je 10 beste klanten")).text
    await anja.says("/bestanden")
    await anja.presses("2 · eerste.csv", await anja.sees("Je lijsten"))
    await anja.presses("Gebruik deze lijst", await anja.sees("60 klanten"))
    await anja.sees("weer over eerste.csv")
    await anja.presses("Waarom?", older)
    assert about not in (await anja.sees("Waarom ik dit")).text


async def test_who_starts_again_hears_which_list_is_in_use(bot, anja, brian):
    await _send(anja, "eerste.csv", csv_list(60))
    await anja.says("/start")
    again = await anja.sees("Ik werk nu met eerste.csv, 60 klanten")
    await anja.presses("Top 10", again)
    await anja.sees("Je 10 beste klanten")
    await brian.says("/start")
    await brian.sees("Welcome to Klantkompas")
