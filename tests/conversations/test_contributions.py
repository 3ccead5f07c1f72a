"""The contribution of the month: written, previewed, planned, moved and withdrawn in the chat."""

from datetime import date, timedelta

import pytest

from bot.replies.contributions import months_from
from bot.replies.tips import month_name
from tests.conversations.adviser import Adviser
from tests.conversations.lists import HOSTILE, csv_list

FINDING = "één klant brengt 17% van je omzet"


@pytest.fixture
def olga(server) -> Adviser:
    """The operator."""
    return Adviser(server, "Olga", "nl")


@pytest.fixture
async def bot(stopped_bot, olga):
    stopped_bot.operators = frozenset({olga.user.id})
    await stopped_bot.start()
    return stopped_bot


@pytest.fixture
def months(bot) -> list[date]:
    """The months that a tip can be planned for, this one first."""
    here = bot.services.clock().astimezone(bot.services.settings.timezone)
    return months_from(here.date())


def one_large_client() -> bytes:
    """Sixty clients of whom the first brings about half of the revenue."""
    rows = ["Klantnummer;Naam;Beroep;Omzet", "1;Klant 1;bakker;30000"]
    rows += [f"{n};Klant {n};beroep {n % 3};{480 + n}" for n in range(2, 61)]
    return "\n".join(rows).encode()


async def _writes(olga: Adviser, dutch: str, english: str = "") -> None:
    """Up to the question for whom it is."""
    await olga.says("/tip_nieuw")
    await olga.presses("Schrijf een tip", await olga.sees("Tips van een adviseur"))
    await olga.sees("Een nieuwe tip, in het Nederlands")
    await olga.says(dutch)
    await olga.sees("Dezelfde tip, in het Engels")
    if english:
        await olga.says(english)
    else:
        await olga.presses("Alleen in het Nederlands")
    await olga.sees("Wie tekent?")
    await olga.says("Olga Bakker")
    await olga.sees("Voor wie?")


async def test_a_tip_for_everybody_is_written_previewed_planned_moved_and_withdrawn(
    bot, olga, months
):
    await _writes(olga, "Bel vandaag\n\neen klant.", "Call a client\n\ntoday.")
    await olga.presses("Voor iedereen")
    await olga.sees("Voor welke maand?")
    await olga.presses(month_name(months[1], "nl"))
    assert (await olga.sees("Bel vandaag")).text == "Bel vandaag\n\neen klant.\n\nOlga Bakker"
    assert (await olga.sees("Call a")).text == "Call a client\n\ntoday.\n\nOlga Bakker"
    plan = await olga.sees("Zo komt de tip aan")
    assert f"Maand: {month_name(months[1], 'nl')}\nVoor: iedereen" in plan.text
    assert bot.services.register.contributions.for_month(months[1]) == []
    await olga.presses("Plan deze tip", plan)
    planned = await olga.sees("Gepland")
    (contribution,) = bot.services.register.contributions.for_month(months[1])
    assert contribution.text("en") == "Call a client\n\ntoday."

    await olga.presses("Verzet", planned)
    await olga.sees("Voor welke maand?")
    await olga.presses(month_name(months[3], "nl"))
    await olga.sees(f"Maand: {month_name(months[3], 'nl')}")
    assert bot.services.register.contributions.for_month(months[1]) == []
    assert bot.services.register.contributions.for_month(months[3])

    await olga.presses("Trek in")
    await olga.sees("Deze tip intrekken?")
    await olga.presses("Nee, laat staan")
    await olga.sees("Gepland")
    await olga.presses("Trek in")
    await olga.sees("Deze tip intrekken?")
    await olga.presses("Ja, trek in")
    await olga.sees("De tip is ingetrokken")
    assert bot.services.register.contributions.from_month(months[0]) == []


async def test_a_tip_for_a_finding_shows_it_above_and_one_language_serves_both(bot, olga, months):
    await _writes(olga, "Bel vandaag een klant.")
    asked = olga.messages[-1]
    assert FINDING in asked.text
    await olga.presses("Volgende ›", asked)
    await olga.sees("9. ")
    await olga.presses("‹ Vorige")
    await olga.sees(FINDING)
    await olga.presses("1", asked)
    await olga.sees("Voor welke maand?")
    await olga.presses(month_name(months[0], "nl"))
    shown = await olga.sees("Bel vandaag")
    assert shown.text.startswith(f"Bij jou: {FINDING}.\n\nBel vandaag een klant.")
    plan = await olga.sees("Zo komt de tip aan")
    assert f"Voor: wie dit in zijn cijfers heeft ({FINDING})\n" in plan.text
    assert "Er is geen Engelse tekst: iedereen krijgt de Nederlandse." in plan.text
    assert "een voorbeeld" in plan.text
    await olga.presses("Plan deze tip", plan)
    await olga.sees("Gepland")
    (contribution,) = bot.services.register.contributions.for_month(months[0])
    assert contribution.signal == "largest_client_over_10_percent"
    assert contribution.text("en") == "Bel vandaag een klant."


async def test_in_english_alone_by_an_english_operator(server, stopped_bot):
    brian = Adviser(server, "Brian", "en")
    stopped_bot.operators = frozenset({brian.user.id})
    await stopped_bot.start()
    await brian.says("/tip_new")
    await brian.presses("Write a tip", await brian.sees("Tips by an adviser"))
    await brian.sees("A new tip, in Dutch")
    await brian.presses("In English only")
    asked = await brian.sees("The same tip, in English")
    assert asked.button("In Dutch only") is None
    await brian.says("Call a client today.")
    await brian.presses("Use ‘Brian’", await brian.sees("Who signs it?"))
    await brian.presses("For everybody", await brian.sees("Who is it for?"))
    asked = await brian.sees("Which month is it for?")
    await brian.presses(asked.markup.keyboard[0][0]["text"], asked)
    assert (await brian.sees("Call a client")).text == "Call a client today.\n\nBrian"
    assert (
        "There is no Dutch text" in (await brian.sees("This is what the tip will look like")).text
    )


async def test_a_restart_between_any_two_steps_loses_nothing(bot, olga, months):
    async def restart():
        await bot.stop()
        await bot.start()

    await olga.says("/tip_nieuw")
    await olga.presses("Schrijf een tip", await olga.sees("Tips van een adviseur"))
    dutch = await olga.sees("in het Nederlands")
    await restart()
    await olga.says("Bel vandaag een klant.")
    english = await olga.sees("in het Engels")
    await restart()
    await olga.presses("Alleen in het Nederlands", english)
    author = await olga.sees("Wie tekent?")
    await restart()
    await olga.presses("Gebruik ‘Olga’", author)
    audience = await olga.sees("Voor wie?")
    await restart()
    await olga.presses("Voor iedereen", audience)
    month = await olga.sees("Voor welke maand?")
    await restart()
    await olga.presses(month_name(months[2], "nl"), month)
    plan = await olga.sees("Zo komt de tip aan")
    await restart()
    await olga.presses("Plan deze tip", plan)
    await olga.sees("Gepland")
    # An old button has lost its question.
    await olga.presses("Laat maar", dutch)
    await olga.sees("Deze knop hoort bij een lijst of vraag die er niet meer is")


@pytest.mark.parametrize("steps", range(5))
async def test_one_tap_cancels_at_every_step(bot, olga, steps, months):
    await olga.says("/tip_nieuw")
    await olga.presses("Schrijf een tip", await olga.sees("Tips van een adviseur"))
    asked = await olga.sees("in het Nederlands")
    ways = (
        (lambda: olga.says("Bel vandaag een klant."), "in het Engels"),
        (lambda: olga.says("Call a client today."), "Wie tekent?"),
        (lambda: olga.says("Olga"), "Voor wie?"),
        (lambda: olga.presses("Voor iedereen"), "Voor welke maand?"),
    )
    for does, sees in ways[:steps]:
        await does()
        asked = await olga.sees(sees)
    await olga.presses("Laat maar", asked)
    await olga.sees("er is niets verstuurd")
    assert bot.services.register.drafts.of(olga.user.id, "contribution") is None


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        (["a" * 1501], "hooguit 1.500 tekens en telde er 1.501"),
        (["\u200b\u2800"], "niets wat een ander kan lezen"),
        (["Bel.", "Call.", "a" * 61], "hooguit 60 tekens"),
    ],
)
async def test_what_cannot_be_taken_is_one_sentence(bot, olga, said, refusal):
    await olga.says("/tip_nieuw")
    await olga.presses("Schrijf een tip", await olga.sees("Tips van een adviseur"))
    for text, question in zip(said, ("Nederlands", "Engels", "tekent"), strict=False):
        await olga.sees(question)
        await olga.says(text)
    assert len((await olga.sees(refusal)).text.splitlines()) == 1


async def test_hostile_text_arrives_intact_and_harmless(bot, olga, months):
    hostile = f"{HOSTILE}<script>\n---\n{{{{ 7 * 7 }}}}\n%if"
    await _writes(olga, hostile)
    await olga.presses("Voor iedereen")
    await olga.presses(month_name(months[0], "nl"), await olga.sees("Voor welke maand?"))
    assert (await olga.sees("HYPERLINK")).text == f"{hostile}\n\nOlga Bakker"


async def test_a_second_one_for_the_same_people_is_pointed_out(bot, olga, months):
    for times in range(2):
        await _writes(olga, "Bel vandaag een klant.")
        await olga.presses("Voor iedereen")
        await olga.presses(month_name(months[0], "nl"), await olga.sees("Voor welke maand?"))
        plan = await olga.sees("Zo komt de tip aan")
        assert ("staat al een tip gepland" in plan.text) is bool(times)
        await olga.presses("Plan deze tip", plan)
        await olga.sees("Gepland")
    await olga.says("/tip_nieuw")
    overview = await olga.sees("Tips van een adviseur")
    assert "2. " in overview.text
    await olga.presses(f"1 · {month_name(months[0], 'nl')}", overview)
    await olga.sees("Bel vandaag een klant.")
    await olga.presses("Terug", await olga.sees("Gepland"))
    await olga.sees("Tips van een adviseur")


async def test_who_is_no_operator_is_refused(bot, olga, months):
    await _writes(olga, "Bel vandaag een klant.")
    await bot.stop()
    bot.operators = frozenset()
    await bot.start()
    assert await olga.presses("Voor iedereen") == "Dat kan alleen de beheerder."
    assert await olga.presses("Schrijf een tip") == "Dat kan alleen de beheerder."
    await olga.says("/tip_nieuw")
    await olga.sees("Die opdracht ken ik niet")


async def test_it_takes_the_place_of_the_chosen_tip_and_can_be_commented_on(
    bot, olga, server, months
):
    bram, carla = Adviser(server, "Bram", "nl"), Adviser(server, "Carla", "en")
    for adviser, content in ((bram, one_large_client()), (carla, csv_list())):
        await adviser.sends("klanten.csv", content)
        await adviser.sees_photo()
    await _writes(olga, "Bel vandaag een klant.")
    await olga.presses("1")
    await olga.presses(month_name(months[0], "nl"), await olga.sees("Voor welke maand?"))
    await olga.presses("Plan deze tip", await olga.sees("Zo komt de tip aan"))
    await olga.sees("Gepland")
    await bram.says("/tip")
    told = await bram.sees("Bel vandaag een klant.")
    assert told.text.startswith("Bij jou: één klant brengt 50% van je omzet.")
    assert told.text.endswith("Olga Bakker")
    await carla.says("/tip")
    await carla.sees("Klantkompas editors")
    await bram.presses("Reageer", told)
    await bram.presses("Gebruik ‘Bram’", await bram.sees("Naam (verplicht)"))
    await bram.sees("Reactie (verplicht)")
    await bram.says("Gedaan!")
    await bram.presses("Zonder e-mailadres", await bram.sees("E-mailadres"))
    await bram.presses("Verstuur", await bram.sees("Zo zien anderen"))
    assert "(een tip van de beheerder)" in (await olga.sees("Gedaan!")).text
    await olga.presses("Goedkeuren")
    await bram.sees("staat er nu onder")
    await bram.says("/tip")
    assert (await bram.sees("Bel vandaag")).button("Reacties (1)")


async def test_a_month_that_is_over_meanwhile_is_asked_again(bot, olga, months):
    await _writes(olga, "Bel vandaag een klant.")
    await olga.presses("Voor iedereen")
    asked = await olga.sees("Voor welke maand?")
    await olga.presses(month_name(months[0], "nl"), asked)
    plan = await olga.sees("Zo komt de tip aan")
    now = bot.services.clock()
    bot.clock = lambda: now + timedelta(days=31)
    await olga.presses("Plan deze tip", plan)
    again = await olga.sees("Voor welke maand?")
    assert bot.services.register.contributions.from_month(months[0]) == []
    assert again.button(month_name(months[0], "nl")) is None
    await olga.presses(month_name(months[2], "nl"), again)
    await olga.presses("Plan deze tip", await olga.sees("Zo komt de tip aan"))
    await olga.sees("Gepland")
    assert len(bot.services.register.contributions.for_month(months[2])) == 1


async def test_nothing_moves_to_a_month_that_is_over(bot, olga, months):
    await _writes(olga, "Bel vandaag een klant.")
    await olga.presses("Voor iedereen")
    await olga.presses(month_name(months[1], "nl"), await olga.sees("Voor welke maand?"))
    await olga.presses("Plan deze tip", await olga.sees("Zo komt de tip aan"))
    await olga.presses("Verzet", await olga.sees("Gepland"))
    asked = await olga.sees("Voor welke maand?")
    now = bot.services.clock()
    bot.clock = lambda: now + timedelta(days=31)
    await olga.presses(month_name(months[0], "nl"), asked)
    await olga.sees("Tips van een adviseur")
    assert len(bot.services.register.contributions.for_month(months[1])) == 1
