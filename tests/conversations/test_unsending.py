"""A file goes out of the chat once it is read, where its sender wants that; asked once."""

import pytest

from bot.localchat.faults import Fault
from bot.localchat.limits import RefusedError
from tests.conversations.lists import (
    csv_list,
    two_revenue_columns,
    with_prospects_and_households,
)

QUESTION = "Zal ik je bestanden voortaan uit deze chat halen"


async def test_asked_once_and_done_from_then_on(bot, anja):
    first = await anja.sends("klanten.csv", csv_list())
    receipt = await anja.sees(QUESTION)
    assert await anja.presses("Ja, altijd", receipt) == (
        "Afgesproken: ik haal je bestanden voortaan weg."
    )
    await anja.sees_deleted(first)
    # A question that was answered no longer stands there.
    settled = await anja.sees("60 klanten gelezen")
    assert QUESTION not in settled.text
    assert settled.text.endswith("Afgesproken: ik haal je bestanden voortaan weg.")
    second = await anja.sends("nieuwer.csv", csv_list(70))
    receipt = await anja.sees("Je bestand heb ik uit deze chat gehaald")
    assert QUESTION not in receipt.text
    assert receipt.button("Haal mijn bestand uit deze chat") is None
    await anja.sees_deleted(second)
    await anja.sees_photo("van de 70")


async def test_the_answer_leaves_the_other_buttons_of_the_receipt(bot, anja):
    await anja.sends("klanten.csv", with_prospects_and_households())
    receipt = await anja.sees(QUESTION)
    await anja.sees_photo()
    before = [row[0]["text"] for row in receipt.markup.keyboard]
    await anja.presses("Alleen dit bestand", receipt)
    settled = await anja.sees("Het bestand is uit deze chat gehaald.")
    assert QUESTION not in settled.text
    assert [row[0]["text"] for row in settled.markup.keyboard] == before[:-2]
    assert len(before) > 2


@pytest.mark.parametrize("answer", ["Nee, laat staan", None])
async def test_without_a_yes_files_stay_and_nobody_asks_again(bot, anja, answer):
    first = await anja.sends("klanten.csv", csv_list())
    receipt = await anja.sees(QUESTION)
    await anja.sees_photo()
    if answer:
        assert "blijven staan" in await anja.presses(answer, receipt)
    second = await anja.sends("nieuwer.csv", csv_list(70))
    receipt = await anja.sees("70 klanten gelezen")
    await anja.sees_photo()
    assert QUESTION not in receipt.text
    assert receipt.button("Haal mijn bestand uit deze chat")
    numbers = [message.message_id for message in anja.messages]
    assert {first.message_id, second.message_id} <= {*numbers}


async def test_the_choice_may_be_changed_under_privacy(bot, anja):
    await anja.says("/privacy")
    page = await anja.sees("Wat ik bewaar")
    assert "voortaan weg" in await anja.presses("Haal bestanden voortaan weg na lezen", page)
    changed = await anja.sees("Afgesproken: ik haal je bestanden voortaan weg.")
    assert changed.message_id == page.message_id
    assert changed.button("Laat bestanden voortaan staan")
    assert changed.button("Alles van mijn kantoor meenemen")
    sent = await anja.sends("klanten.csv", csv_list())
    await anja.sees("Je bestand heb ik uit deze chat gehaald")
    await anja.sees_deleted(sent)
    await anja.sees_photo()
    await anja.says("/privacy")
    page = await anja.sees("Wat ik bewaar")
    assert "blijven staan" in await anja.presses("Laat bestanden voortaan staan", page)


async def test_also_after_a_question_about_the_list(bot, anja):
    await anja.says("/privacy")
    await anja.presses("Haal bestanden voortaan weg na lezen", await anja.sees("Wat ik bewaar"))
    sent = await anja.sends("klanten.csv", two_revenue_columns())
    await anja.presses("Omzet", await anja.sees("Welke kolom"))
    await anja.sees("Je bestand heb ik uit deze chat gehaald")
    await anja.sees_deleted(sent)


async def test_a_file_that_telegram_keeps_is_told_as_it_is(bot, server, anja):
    await anja.says("/privacy")
    await anja.presses("Haal bestanden voortaan weg na lezen", await anja.sees("Wat ik bewaar"))
    refusal = RefusedError(400, "Bad Request: message can't be deleted")
    server.faults.add(Fault(refusal=refusal, method="deleteMessage", times=None))
    await anja.sends("klanten.csv", csv_list())
    receipt = await anja.sees("klanten gelezen")
    assert "uit deze chat gehaald" not in receipt.text
    assert receipt.button("Haal mijn bestand uit deze chat")
    await anja.sees_photo()
