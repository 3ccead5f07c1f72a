"""The monthly tip: wanted or not, asked for, answered, and what became of it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.tips.sending import send_due_tips
from storage.subscriptions import Subscription
from tests.conversations.lists import csv_list

NOVEMBER = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
# The first working day of December, ten o'clock in Amsterdam.
DUE = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
QUESTION = "Wil je elke maand één praktische tip"


@pytest.fixture
async def bot(stopped_bot):
    """The bot on a day in November; the test moves its clock."""
    stopped_bot.clock = lambda: NOVEMBER
    await stopped_bot.start()
    return stopped_bot


async def subscribe(bot, adviser, content: bytes | None = None) -> None:
    await adviser.sends("klanten.csv", content or csv_list())
    question = await adviser.sees(QUESTION)
    await adviser.presses("Ja, graag", question)
    await adviser.sees("Je maandtip staat aan")


async def move_clock(bot, moment: datetime) -> int:
    """It is that moment now; returns how many tips went out."""
    bot.clock = lambda: moment
    return await send_due_tips(bot.application.bot, bot.services)


async def answer(adviser, label: str, tip) -> str:
    """Presses a button under a tip and waits for its check mark; returns the brief words."""
    toast = await adviser.presses(label, tip)
    await adviser.sees(tip.text)
    return toast


async def test_the_question_comes_with_the_first_result_and_once(bot, anja):
    await anja.says("/start")
    await anja.sees("Welkom")
    anja.sees_nothing_of(QUESTION)
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    question = await anja.sees(QUESTION)
    await anja.presses("Nee, dank je", question)
    await anja.sees("Goed, geen tips")
    await anja.sends("klanten2.csv", csv_list(50))
    await anja.sees_photo()
    await anja.says("/help")
    await anja.sees("Zo werkt het")
    anja.sees_nothing_of(QUESTION)
    assert await move_clock(bot, DUE) == 0


async def test_one_who_says_yes_gets_his_tip_on_the_first_working_day(bot, anja):
    await subscribe(bot, anja)
    assert await move_clock(bot, DUE - timedelta(seconds=1)) == 0
    assert await move_clock(bot, DUE) == 1
    tip = await anja.sees("Doe dit:")
    assert await move_clock(bot, DUE + timedelta(days=20)) == 0
    assert [button["text"] for row in tip.markup.keyboard for button in row] == [
        "Gedaan", "Later", "Niet voor mij", "Stop", "Reageer", "Reacties",
    ]  # fmt: skip


async def test_an_english_adviser_gets_an_english_tip(bot, brian):
    await brian.sends("clients.csv", csv_list())
    question = await brian.sees("Would you like one practical tip a month")
    await brian.presses("Yes, please", question)
    await brian.sees("Your monthly tip is on.")
    assert await move_clock(bot, DUE) == 1
    tip = await brian.sees("Do this:")
    assert await brian.presses("Done", tip) == "Nice, noted."
    await brian.says("/tips")
    await brian.presses("Earlier tips", await brian.sees("Your monthly tip is on."))
    await brian.sees("December 2026")


@pytest.mark.parametrize(
    ("label", "toast", "kept"),
    [
        ("Gedaan", "Mooi, dat onthoud ik.", "done"),
        ("Later", "Goed, bij je volgende tip kom ik erop terug.", "later"),
        ("Niet voor mij", "Goed, deze tip laat ik een jaar rusten.", "not_for_me"),
    ],
)
async def test_an_answer_is_kept_after_a_restart_and_when_pressed_twice(
    bot, anja, label, toast, kept
):
    await subscribe(bot, anja)
    await move_clock(bot, DUE)
    tip = await anja.sees("Doe dit:")
    await bot.stop()
    await bot.start()
    assert await answer(anja, label, tip) == toast
    assert await anja.presses(f"✓ {label}", tip) == toast
    member = bot.services.register.member(anja.user.id)
    with bot.services.offices.open_tips(member.office) as tips:
        assert [each.answer for each in tips.told(member.user)] == [kept]
    assert bot.services.register.outbox.counts(date(2026, 12, 1)).answers[kept] == 1


async def test_one_tap_stops_and_one_brings_them_back(bot, anja):
    await subscribe(bot, anja)
    await move_clock(bot, DUE)
    tip = await anja.sees("Doe dit:")
    assert await anja.presses("Stop", tip) == "Je krijgt geen tips meer."
    stopped = await anja.sees("Je krijgt geen tips meer.")
    assert await move_clock(bot, DUE + timedelta(days=35)) == 0
    await anja.presses("Toch weer aan", stopped)
    await anja.sees("De volgende komt maandag 1 februari, 10:00")
    assert await move_clock(bot, datetime(2027, 2, 1, 9, 0, tzinfo=UTC)) == 1


async def test_day_time_and_quiet_hours_by_button(bot, anja):
    await subscribe(bot, anja)
    await anja.says("/tips")
    settings = await anja.sees("De volgende komt dinsdag 1 december, 10:00")
    for button, asked, choice, seen in (
        ("Dag", "welke dag", "Eerste werkdag vanaf de 15e", "dinsdag 15 december, 10:00"),
        ("Tijd", "Hoe laat", "19:00", "dinsdag 15 december, 19:00"),
        ("Stille uren", "Wanneer", "18:00 tot 09:00", "woensdag 16 december, 09:00"),
        ("Stille uren", "Wanneer", "Geen", "dinsdag 15 december, 19:00"),
    ):
        await anja.presses(button, settings)
        await anja.sees(asked)
        await anja.presses(choice, settings)
        await anja.sees(seen)
    assert await move_clock(bot, datetime(2026, 12, 15, 17, 59, tzinfo=UTC)) == 0
    assert await move_clock(bot, datetime(2026, 12, 15, 18, 0, tzinfo=UTC)) == 1
    await anja.presses("Zet mijn maandtip uit", settings)
    await anja.sees("Je maandtip staat uit")


async def test_a_tip_waits_for_the_end_of_the_quiet_hours(bot, anja):
    await subscribe(bot, anja)
    late = DUE.replace(hour=22)
    assert await move_clock(bot, late) == 0
    assert await move_clock(bot, late + timedelta(hours=8)) == 0
    assert await move_clock(bot, late + timedelta(hours=9)) == 1


async def test_who_asks_gets_this_months_tip_at_once_and_no_second_one(bot, anja):
    await subscribe(bot, anja)
    bot.clock = lambda: DUE - timedelta(hours=2)
    await anja.says("/tip")
    first = await anja.sees("Doe dit:")
    await anja.says("/tip")
    again = await anja.sees("Doe dit:")
    assert again.text == first.text
    assert await move_clock(bot, DUE) == 0
    assert await move_clock(bot, DUE + timedelta(days=34)) == 1


async def test_without_a_list_the_tip_invites_to_send_one(bot, anja):
    await anja.says("/tip")
    await anja.sees("Stuur je klantenlijst in deze chat")
    await anja.says("/tips")
    await anja.presses("Eerdere tips", await anja.sees("Je maandtip staat uit"))
    await anja.sees("November 2026")


async def test_what_was_promised_comes_back_with_the_next_list(bot, anja):
    await subscribe(bot, anja)
    await move_clock(bot, DUE)
    tip = await anja.sees("Bij jou:")
    await anja.presses("Later", tip)
    await anja.sends("klanten_nieuw.csv", csv_list(64))
    found = await anja.sees("Je tip van december 2026")
    assert " toen " in found.text


async def test_what_was_done_comes_back_in_the_next_tip(bot, anja):
    await subscribe(bot, anja)
    await move_clock(bot, DUE)
    tip = await anja.sees("Doe dit:")
    await answer(anja, "Gedaan", tip)
    await move_clock(bot, DUE + timedelta(days=34))
    next_tip = await anja.sees("Doe dit:")
    assert next_tip.text.startswith("Je tip van december 2026")
    assert ": gedaan." in next_tip.text


async def test_three_ignored_tips_ask_whether_to_go_on(bot, anja):
    await subscribe(bot, anja)
    for month in range(1, 5):
        await move_clock(bot, datetime(2027, month, 10, 9, 0, tzinfo=UTC))
        tip = await anja.sees("Doe dit:")
        assert ("Wil je deze tips blijven krijgen?" in tip.text) == (month == 4)
    assert await answer(anja, "Ja, ga door", tip) == "Fijn, ik ga door."
    for month in (5, 6):
        await move_clock(bot, datetime(2027, month, 10, 9, 0, tzinfo=UTC))
        tip = await anja.sees("Doe dit:")
        assert "blijven krijgen" not in tip.text


async def test_who_blocks_the_bot_gets_his_tip_when_he_is_back(bot, anja, brian, server):
    await subscribe(bot, anja)
    server.messenger.block(anja.user)
    await brian.says("/start")
    await brian.sees("Welcome")
    assert await move_clock(bot, DUE) == 0
    office = bot.services.register.member(anja.user.id).office
    outbox = bot.services.register.outbox
    assert outbox.months_of(office, anja.user.id) == {date(2026, 12, 1): "blocked"}
    server.messenger.unblock(anja.user)
    await anja.says("/help")
    await anja.sees("Zo werkt het")
    assert await move_clock(bot, DUE + timedelta(hours=1)) == 1


async def test_forgetting_the_office_forgets_its_tips(bot, anja):
    await subscribe(bot, anja)
    await move_clock(bot, DUE)
    tip = await anja.sees("Doe dit:")
    user = anja.user.id
    office = bot.services.register.member(user).office
    await anja.says("/wis")
    await anja.presses("Ja, wis alles voorgoed", await anja.sees("Alles wissen?"))
    await anja.sees("Alles is gewist")
    assert bot.services.register.subscriptions.of(user) is None
    assert bot.services.register.outbox.months_of(office, user) == {}
    await anja.presses("Gedaan", tip)
    await anja.sees("die er niet meer is")
    assert await move_clock(bot, DUE + timedelta(days=35)) == 0


@pytest.mark.parametrize(
    "argument",
    ["", "2026-12", "2026-12.", "2026-13.done", "2026-12.burn", "x.done", "2026-12.done.done"],
)
async def test_a_button_that_nobody_made_gets_a_fresh_menu(bot, anja, server, argument):
    await subscribe(bot, anja)
    await move_clock(bot, DUE)
    tip = await anja.sees("Doe dit:")
    tip.button("Gedaan")["callback_data"] = f"tip:0:{argument}"
    await anja.presses("Gedaan", tip)
    await anja.sees("die er niet meer is")


@pytest.mark.parametrize("argument", ["day.2", "day.-1", "time.1", "quiet.1-2-3", "quiet.600", "x"])
async def test_settings_that_nobody_offered_change_nothing(bot, anja, argument):
    await subscribe(bot, anja)
    before = bot.services.register.subscriptions.of(anja.user.id)
    await anja.says("/tips")
    settings = await anja.sees("De volgende komt")
    settings.button("Dag")["callback_data"] = f"tips:0:{argument}"
    await anja.presses("Dag", settings)
    assert bot.services.register.subscriptions.of(anja.user.id) == before


async def test_a_member_of_two_in_an_office_has_tips_of_his_own(bot, anja, brian):
    register = bot.services.register
    await subscribe(bot, anja)
    office = register.member(anja.user.id).office
    await brian.says(f"/start {register.invite(office, NOVEMBER)}")
    await brian.sees("Welcome")
    register.subscriptions.save(
        Subscription(
            brian.user.id, brian.user.id, True, next_month=date(2026, 12, 1), next_due_at=DUE
        ),
        NOVEMBER,
    )
    assert await move_clock(bot, DUE) == 2
    await brian.presses("Done", await brian.sees("Do this:"))
    with bot.services.offices.open_tips(office) as tips:
        assert [each.answer for each in tips.told(brian.user.id)] == ["done"]
        assert [each.answer for each in tips.told(anja.user.id)] == [None]


async def test_the_settings_tell_the_month_after_one_whose_tip_was_asked_for(bot, anja):
    await subscribe(bot, anja)
    bot.clock = lambda: DUE - timedelta(hours=2)
    await anja.says("/tip")
    await anja.sees("Doe dit:")
    await anja.says("/tips")
    await anja.sees("De volgende komt maandag 4 januari, 10:00")


async def test_who_says_stop_and_then_go_on_gets_tips_again(bot, anja):
    await subscribe(bot, anja)
    for month in range(1, 5):
        await move_clock(bot, datetime(2027, month, 10, 9, 0, tzinfo=UTC))
        tip = await anja.sees("Doe dit:")
    await anja.presses("Stop", tip)
    await anja.sees("Je krijgt geen tips meer.")
    assert await answer(anja, "Ja, ga door", tip) == "Fijn, ik ga door."
    assert await move_clock(bot, datetime(2027, 5, 10, 9, 0, tzinfo=UTC)) == 1


async def test_other_times_for_a_tip_that_is_due_do_not_lose_it(bot, anja):
    await subscribe(bot, anja)
    await anja.says("/tips")
    settings = await anja.sees("De volgende komt")
    # The clock of tips has not ticked yet.
    bot.clock = lambda: DUE
    await anja.presses("Stille uren", settings)
    await anja.presses("Geen", await anja.sees("Wanneer"))
    await anja.sees("Stille uren: Geen")
    assert await move_clock(bot, DUE) == 1
    assert await move_clock(bot, DUE + timedelta(minutes=1)) == 0


async def test_a_button_of_older_settings_turns_nothing_on(bot, anja):
    await subscribe(bot, anja)
    await anja.says("/tips")
    settings = await anja.sees("De volgende komt")
    await anja.presses("Tijd", settings)
    choice = await anja.sees("Hoe laat")
    await anja.says("/tips")
    await anja.presses("Zet mijn maandtip uit", await anja.sees("De volgende komt"))
    await anja.sees("Je maandtip staat uit")
    await anja.presses("12:00", choice)
    await anja.sees("Je maandtip staat uit")
    assert await move_clock(bot, DUE + timedelta(days=1)) == 0


async def test_earlier_tips_are_those_that_came(bot, anja, brian, server):
    await subscribe(bot, anja)
    server.messenger.block(anja.user)
    assert await move_clock(bot, DUE) == 0
    bot.clock = lambda: DUE + timedelta(days=40)
    server.messenger.unblock(anja.user)
    await anja.says("/tips")
    await anja.presses("Eerdere tips", await anja.sees("De volgende komt"))
    await anja.sees("Je hebt er nog geen gehad")
