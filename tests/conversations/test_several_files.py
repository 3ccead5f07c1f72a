"""More than one list in a file, and a second file about the same clients."""

from tests.analysis.test_joining import CLIENTS, INVOICES, workbook
from tests.conversations.lists import csv_list

HEADER = ["Klantnummer", "Beroep", "Omzet"]
PRIVATE = [HEADER, *[[f"{n}", f"beroep {n % 3}", 100 + n] for n in range(40)]]
BUSINESS = [HEADER, *[[f"{n}", f"beroep {n % 3}", 900 + n] for n in range(35)]]


async def test_between_two_lists_the_adviser_chooses(bot, anja):
    await anja.sends("boek.xlsx", workbook(Particulier=PRIVATE, Zakelijk=BUSINESS))
    question = await anja.sees("Welk blad zal ik nemen?")
    await bot.stop()
    await bot.start()
    await anja.presses("Zakelijk", question)
    await anja.sees("35 klanten gelezen")
    await anja.sees_photo("van de 35")


async def test_clients_and_invoices_in_one_workbook_are_joined(bot, anja):
    await anja.sends("boek.xlsx", workbook(Klanten=CLIENTS, Facturen=INVOICES))
    receipt = await anja.sees("klanten gelezen")
    assert "kolom Factuurbedrag" in receipt.text
    await anja.sees_photo()


async def test_a_second_file_completes_the_first(bot, anja):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo("van de 60")
    hours = "\n".join(["Klantnummer;Bestede uren", *[f"{1000 + n};{n % 5 + 1}" for n in range(60)]])
    await anja.sends("uren.csv", hours.encode())
    question = await anja.sees("uren.csv en klanten.csv hebben dezelfde klantnummers")
    await anja.presses("Ja, zet ze erbij", question)
    receipt = await anja.sees("60 klanten gelezen")
    assert "kolom Omzet" in receipt.text
    await anja.sees_photo("van de 60")
    await anja.says("/kolommen")
    shown = await anja.sees("Bestede uren → bestede uren")
    assert "Omzet → jouw omzet" in shown.text


async def test_a_second_file_may_be_a_list_of_its_own(bot, anja):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo("van de 60")
    ages = "\n".join(["Klantnummer;Leeftijd", *[f"{1000 + n};{n + 20}" for n in range(50)]])
    await anja.sends("leeftijd.csv", ages.encode())
    question = await anja.sees("Gaan ze over dezelfde klanten?")
    await anja.presses("Nee, het is een nieuwe lijst", question)
    await anja.sees("50 klanten gelezen")
    await anja.sees("Waar je omzet vandaan komt, kan ik nog niet zeggen")


def services() -> bytes:
    """What was done for the clients of `about_clients`, a row each."""
    rows = [f"{1000 + n % 60};{900 - n};{('hypotheek', 'pensioen')[n % 2]}" for n in range(120)]
    return "\n".join(["Klantnummer;Bedrag;Dienst", *rows]).encode()


def about_clients(*more: str) -> bytes:
    rows = [
        f"{1000 + n};Klant {n};{'bakker' if n < 10 else f'ander {n % 4}'}{''.join(more)}"
        for n in range(66)
    ]
    heading = "Klantnummer;Naam;Beroep" + (";Omzet" if more else "")
    return "\n".join([heading, *rows]).encode()


async def test_what_clients_bring_may_come_in_the_second_file(bot, anja):
    await anja.sends("klanten.csv", about_clients())
    await anja.sees("kan ik nog niet zeggen")
    await anja.sends("werk.csv", services())
    question = await anja.sees("In de nieuwe lijst staat wat klanten opbrengen")
    await anja.presses("Ja, zet ze erbij", question)
    await anja.sees("60 klanten gelezen uit 120 regels")
    await anja.sees_photo("Beroep: bakker")
    await anja.says("/kolommen")
    shown = await anja.sees("Zo lees ik werk.csv")
    assert "Naam → naam" in shown.text
    await anja.says("omzet per dienst")
    await anja.sees("pensioen")


async def test_a_list_that_is_sent_again_with_its_revenue_is_asked_nothing(bot, anja):
    await anja.sends("klanten.csv", about_clients())
    await anja.sees("kan ik nog niet zeggen")
    await anja.sends("klanten.csv", about_clients(";100"))
    await anja.sees("66 klanten gelezen")
