"""Comments under a tip: written, judged by an operator, and read by others."""

from datetime import UTC, datetime, timedelta

import pytest
from telegram import Update
from telegram.ext import TypeHandler

from bot.handlers.comments import COMMENTS_PER_DAY
from bot.localchat import Message
from bot.services import open_register, system_clock
from tests.conversations.adviser import Adviser
from tests.conversations.lists import HOSTILE, csv_list
from tests.conversations.test_password import protected  # noqa: F401 - a fixture

NOVEMBER = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def olga(server) -> Adviser:
    """The operator."""
    return Adviser(server, "Olga", "nl")


@pytest.fixture
async def bot(stopped_bot, olga, anja, brian):
    stopped_bot.operators = frozenset({olga.user.id})
    stopped_bot.clock = lambda: NOVEMBER
    await stopped_bot.start()
    await olga.says("/start")
    await olga.sees("Welkom")
    await anja.says("/start")
    await anja.sees("Welkom")
    await brian.says("/start")
    await brian.sees("Welcome")
    return stopped_bot


async def _gets_tip(adviser: Adviser) -> Message:
    """The tip of November, which is the same for all who sent no list."""
    await adviser.says("/tip")
    return await adviser.sees("Klantkompas")


async def _anja_comments(anja: Adviser, text: str = "Dit werkte bij mij.") -> None:
    await anja.presses("Reageer")
    await anja.sees("Naam (verplicht)")
    await anja.says("Anja de Vries")
    await anja.sees("Reactie (verplicht)")
    await anja.says(text)
    await anja.sees("E-mailadres (niet verplicht)")
    await anja.says("anja@kantoor.test")
    await anja.sees("Zo zien anderen je reactie")
    await anja.presses("Verstuur")
    await anja.sees("De beheerder leest je reactie")


async def test_what_is_typed_after_something_else_is_no_comment(bot, anja):
    await anja.sends("klanten.csv", csv_list())
    await anja.sees_photo()
    await _gets_tip(anja)
    await anja.presses("Reageer")
    await anja.presses("Gebruik ‘Anja’", await anja.sees("Naam (verplicht)"))
    await anja.sees("Reactie (verplicht)")
    await anja.says("/pareto")
    waits = await anja.sees("Je reactie wacht even; er is niets verstuurd")
    await anja.sees("80%")
    await anja.says("hoeveel klanten heb ik")
    await anja.sees("60 klanten")
    await anja.presses("Schrijf verder", waits)
    await anja.sees("Reactie (verplicht)")
    await anja.says("Dit werkte bij mij.")
    await anja.presses("Zonder e-mailadres", await anja.sees("E-mailadres (niet verplicht)"))
    preview = await anja.sees("Zo zien anderen je reactie")
    assert "Anja\nDit werkte bij mij." in preview.text


async def test_a_question_of_the_operator_is_not_sent_as_his_answer(bot, anja, olga):
    await _gets_tip(anja)
    await _anja_comments(anja)
    await olga.presses("Antwoorden", await olga.sees("Reactie op de tip van november 2026 ("))
    await olga.says("/help")
    waits = await olga.sees("Je antwoord wacht even")
    await olga.says("hoeveel klanten heb ik")
    await olga.sees("nog geen klantenlijst")
    anja.sees_nothing_of("hoeveel klanten heb ik")
    await olga.presses("Schrijf verder", waits)
    await olga.sees("")
    await olga.says("Dank je, Anja.")
    await anja.sees("Dank je, Anja.")


async def test_a_comment_is_written_approved_and_read_by_others(bot, anja, brian, olga):
    await _gets_tip(anja)
    await anja.presses("Reageer")
    name = await anja.sees("Je reactie op de tip van november 2026")
    assert "Naam (verplicht)" in name.text
    await anja.presses("Gebruik ‘Anja’", name)
    await anja.sees("Reactie (verplicht)")
    await anja.says("Dit werkte bij mij.\n\nTwee klanten zeiden ja.")
    email = await anja.sees("E-mailadres (niet verplicht)")
    assert "Alleen de beheerder ziet het, nooit een ander" in email.text
    await anja.says("anja@kantoor.test")
    preview = await anja.sees("Zo zien anderen je reactie")
    assert "Anja\nDit werkte bij mij.\nTwee klanten zeiden ja." in preview.text
    assert "alleen voor de beheerder: anja@kantoor.test" in preview.text
    await anja.presses("Verstuur", preview)
    await anja.sees("hier hoor je wat ermee gebeurt")

    shown = await olga.sees("Reactie op de tip van november 2026 (")
    assert "anja@kantoor.test" in shown.text
    assert "niemand anders ziet deze reactie" in shown.text
    assert (await _gets_tip(brian)).button("Comments (1)") is None
    assert await olga.presses("Goedkeuren", shown) == "Goedgekeurd."
    assert "Goedgekeurd: anderen zien naam en tekst" in (await olga.sees("Goedgekeurd")).text
    await anja.sees("staat er nu onder, met je naam")

    await _gets_tip(brian)
    await brian.presses("Comments (1)")
    read = await brian.sees("Comments on the tip of November 2026")
    assert "Anja\nDit werkte bij mij.\nTwee klanten zeiden ja." in read.text
    brian.sees_nothing_of("anja@kantoor.test")


async def test_by_command_in_english_answered_and_removed(bot, anja, brian, olga):
    await brian.says("/comment")
    await brian.sees("You have not had a tip to comment on yet")
    await _gets_tip(brian)
    await brian.says("/comment")
    await brian.sees("Name (required)")
    await brian.says("Brian")
    await brian.sees("Comment (required)")
    await brian.says("Which clients first?")
    await brian.sees("E-mail address (optional)")
    await brian.presses("Without an e-mail address")
    assert "Without an e-mail address." in (await brian.sees("This is how others see")).text
    await brian.presses("Send")
    await brian.sees("you will hear here what happens to it")

    shown = await olga.sees("Which clients first?")
    await olga.presses("Antwoorden", shown)
    await olga.sees("Antwoord aan Brian")
    await olga.says("Begin met de grootste.")
    assert "Jouw antwoord: Begin met de grootste." in (await olga.sees("Wacht op jou")).text
    assert "Begin met de grootste." in (await brian.sees("Answer to your comment")).text

    await olga.presses("Verwijderen")
    await olga.sees("Deze reactie verwijderen?")
    await olga.presses("Nee, bewaren")
    await olga.sees("Which clients first?")
    await olga.presses("Verwijderen")
    await olga.sees("Deze reactie verwijderen?")
    assert await olga.presses("Ja, verwijder") == "Verwijderd."
    await olga.sees("Er is niets van bewaard")
    await brian.sees("The operator removed your comment")


@pytest.mark.parametrize("steps", [0, 1, 2, 3])
async def test_one_tap_cancels_at_every_step(bot, anja, steps):
    await _gets_tip(anja)
    await anja.presses("Reageer")
    asked = await anja.sees("Naam (verplicht)")
    said = ["Anja", "Dit werkte.", "anja@kantoor.test"]
    questions = ["Reactie (verplicht)", "E-mailadres (niet", "Zo zien anderen"]
    for text, question in list(zip(said, questions, strict=True))[:steps]:
        await anja.says(text)
        asked = await anja.sees(question)
    await anja.presses("Laat maar", asked)
    await anja.sees("er is niets verstuurd")
    assert not list(bot.services.register._database.query("select * from drafts"))
    await anja.says("hoeveel ondernemers?")
    await anja.sees("Ik heb nog geen klantenlijst van je")


async def test_the_cancel_command_leaves_it_too(bot, anja):
    await _gets_tip(anja)
    await anja.presses("Reageer")
    await anja.sees("Naam (verplicht)")
    await anja.says("/annuleer")
    await anja.sees("er is niets verstuurd")
    await anja.says("/annuleer")
    await anja.sees("Er is niets bezig")


async def test_a_restart_between_any_two_steps_loses_nothing(bot, anja, olga):
    async def restart():
        await bot.stop()
        await bot.start()

    await _gets_tip(anja)
    await restart()
    await anja.presses("Reageer")
    await anja.sees("Naam (verplicht)")
    await restart()
    await anja.says("Anja")
    await anja.sees("Reactie (verplicht)")
    await restart()
    await anja.says("Dit werkte.")
    email = await anja.sees("E-mailadres (niet verplicht)")
    await restart()
    await anja.presses("Zonder e-mailadres", email)
    preview = await anja.sees("Zo zien anderen")
    await restart()
    await anja.presses("Verstuur", preview)
    await anja.sees("De beheerder leest")
    shown = await olga.sees("Dit werkte.")
    await restart()
    await olga.presses("Antwoorden", shown)
    await olga.sees("Antwoord aan Anja")
    await restart()
    await olga.says("Fijn om te horen.")
    await anja.sees("Fijn om te horen.")
    await restart()
    await olga.presses("Goedkeuren", shown)
    await anja.sees("staat er nu onder")


async def test_what_is_handled_twice_after_a_kill_counts_once(bot, anja, olga):
    seen: list[Update] = []

    async def look(update, context):
        seen.append(update)

    bot.application.add_handler(TypeHandler(Update, look), group=-2)
    await _gets_tip(anja)
    await anja.presses("Reageer")
    await anja.sees("Naam (verplicht)")
    await anja.says("Anja")
    await anja.sees("Reactie (verplicht)")
    await bot.application.process_update(seen[-1])
    await anja.sees("Reactie (verplicht)")
    await anja.says("Dit werkte.")
    await anja.sees("E-mailadres")
    await anja.presses("Zonder e-mailadres")
    await anja.sees("Zo zien anderen")
    await anja.presses("Verstuur")
    await anja.sees("De beheerder leest")
    await bot.application.process_update(seen[-1])
    await anja.sees("De beheerder leest")
    (waiting,) = bot.services.register.comments.waiting()
    assert (waiting.name, waiting.text) == ("Anja", "Dit werkte.")
    assert sum("Dit werkte." in message.text for message in olga.messages) == 1


REFUSED = [
    (["a" * 61], "hooguit 60 tekens en telde er 61"),
    (["\u202e\u200b"], "niets wat een ander kan lezen"),
    (["Anja", "😀" * 301], "hooguit 600 tekens en telde er 602"),
    (["Anja", "\u2800 \u3164"], "niets wat een ander kan lezen"),
    (["Anja", "Dit werkte.", "anja bij kantoor"], "één e-mailadres"),
    (["Anja", "Dit werkte.", "a@b.nl, c@d.nl"], "één e-mailadres"),
    (["Anja", "Dit werkte.", "a" * 250 + "@kantoor.test"], "één e-mailadres"),
]


@pytest.mark.parametrize(("said", "refusal"), REFUSED)
async def test_what_cannot_be_taken_is_one_sentence_and_the_step_stays(bot, anja, said, refusal):
    await _gets_tip(anja)
    await anja.presses("Reageer")
    await anja.sees("Naam (verplicht)")
    for text in said[:-1]:
        await anja.says(text)
        await anja.sees("verplicht)")
    await anja.says(said[-1])
    refused = await anja.sees(refusal)
    assert len(refused.text.splitlines()) == 1
    assert refused.button("Laat maar")
    await anja.says(["Anja", "Dit werkte.", "anja@kantoor.test"][len(said) - 1])
    await anja.sees(["Reactie (verplicht)", "E-mailadres", "Zo zien anderen"][len(said) - 1])


async def test_hostile_text_arrives_intact_and_harmless(bot, anja, brian, olga):
    hostile = f"{HOSTILE}<script>\n---\n{{{{ 7 * 7 }}}}\n%if\n&amp;"
    await _gets_tip(anja)
    await anja.presses("Reageer")
    await anja.sees("Naam (verplicht)")
    await anja.says(f"\u202e{HOSTILE}")
    await anja.sees("Reactie (verplicht)")
    await anja.says(hostile)
    await anja.sees("E-mailadres")
    await anja.presses("Zonder e-mailadres")
    assert f"{HOSTILE}\n{hostile}" in (await anja.sees("Zo zien anderen")).text
    await anja.presses("Verstuur")
    assert f"{HOSTILE}\n{hostile}" in (await olga.sees("op de tip van november 2026 (")).text
    await olga.presses("Goedkeuren")
    await anja.sees("staat er nu onder")
    await _gets_tip(brian)
    await brian.presses("Comments (1)")
    read = await brian.sees("Comments on the tip")
    assert f"{HOSTILE}\n{hostile}" in read.text
    assert "\u202e" not in read.text


async def test_there_is_a_limit_per_day(bot, anja):
    await _gets_tip(anja)
    for number in range(COMMENTS_PER_DAY):
        await _anja_comments(anja, f"Reactie {number}")
    await anja.presses("Reageer")
    await anja.sees(f"vandaag al {COMMENTS_PER_DAY} reacties")
    # Removing them makes no room for more; a new day does.
    for comment in bot.services.register.comments.waiting():
        bot.services.register.comments.remove(comment.number)
    await anja.presses("Reageer")
    await anja.sees(f"vandaag al {COMMENTS_PER_DAY} reacties")
    bot.clock = lambda: NOVEMBER + timedelta(days=1)
    await anja.presses("Reageer")
    await anja.sees("Naam (verplicht)")


async def test_many_comments_are_turned_like_pages(bot, anja):
    register = bot.services.register
    await _gets_tip(anja)
    with bot.services.offices.open_tips(register.member(anja.user.id).office) as tips:
        (tip,) = tips.told(anja.user.id)
    for number in range(7):
        register.comments.send(
            number, "office", 7, tip.tip, tip.month,
            name=f"Naam {number}", text="x" * 600, email="", now=NOVEMBER,
        )  # fmt: skip
    for comment in register.comments.waiting():
        register.comments.approve(comment.number)
    await _gets_tip(anja)
    await anja.presses("Reacties (7)")
    first = await anja.sees("(1 t/m 5 van 7)")
    assert "Naam 4" in first.text
    assert "Naam 5" not in first.text
    await anja.presses("Volgende ›", first)
    second = await anja.sees("(6 t/m 7 van 7)")
    assert second.message_id == first.message_id
    await anja.presses("‹ Vorige")
    await anja.sees("(1 t/m 5 van 7)")


async def test_who_is_no_operator_is_refused(bot, anja, olga):
    await _gets_tip(anja)
    await _anja_comments(anja)
    shown = await olga.sees("Dit werkte bij mij.")
    await bot.stop()
    bot.operators = frozenset()
    await bot.start()
    for button in ("Goedkeuren", "Antwoorden", "Verwijderen"):
        assert await olga.presses(button, shown) == "Dat kan alleen de beheerder."
    (waiting,) = bot.services.register.comments.waiting()
    assert waiting.state == "waiting"
    assert waiting.answer == ""


async def test_an_answer_of_one_who_runs_the_bot_no_more_is_not_sent(bot, anja, olga):
    await _gets_tip(anja)
    await _anja_comments(anja)
    await olga.presses("Antwoorden", await olga.sees("Dit werkte bij mij."))
    await olga.sees("Antwoord aan Anja")
    await bot.stop()
    bot.operators = frozenset()
    await bot.start()
    await olga.says("Toch nog een antwoord")
    await olga.sees("Ik heb nog geen klantenlijst van je")
    assert bot.services.register.comments.waiting()[0].answer == ""


@pytest.mark.parametrize("command", ["/reacties", "/comments", "/tip_nieuw", "/tip_new"])
async def test_commands_of_operators_are_unknown_to_others(bot, anja, command):
    await anja.says("/bestaatniet")
    unknown = await anja.sees("Die opdracht ken ik niet")
    await anja.says(command)
    answer = await anja.sees("Die opdracht ken ik niet")
    assert answer.text == unknown.text


async def test_the_overview_shows_what_waits(bot, anja, olga):
    await olga.says("/reacties")
    assert "Gedaan: 0 · later: 0" in (await olga.sees("Tips van")).text
    await olga.sees("Er wacht geen reactie op jou")
    await _gets_tip(anja)
    await _anja_comments(anja, "De eerste.")
    await _anja_comments(anja, "De tweede.")
    await olga.says("/reacties")
    await olga.sees("2 reacties wachten op jou")
    await olga.presses("Goedkeuren", await olga.sees("De eerste."))
    await olga.sees("Goedgekeurd")
    assert (
        await olga.presses("Goedkeuren", await _stale(olga)) == "Deze reactie was al goedgekeurd."
    )
    await olga.says("/reacties")
    await olga.sees("1 reactie wacht op jou")
    await olga.sees("De tweede.")


async def _stale(olga: Adviser):
    """The message in which the first comment was shown when it came."""
    return next(
        message
        for message in olga.messages
        if "De eerste." in message.text and message.button("Goedkeuren")
    )


async def test_the_menu_of_an_operator_has_more(bot, anja, olga):
    messenger = bot.server.messenger
    names = [each["command"] for each in messenger.profile.commands_for(olga.user)]
    assert names[:2] == ["reacties", "tip_nieuw"]
    assert "top10" in names
    others = [each["command"] for each in messenger.profile.commands_for(anja.user)]
    assert "reactie" in others
    assert not {"reacties", "tip_nieuw"} & set(others)


async def test_the_newest_question_gets_the_answer(bot, anja, protected):  # noqa: F811
    bot.clock = system_clock
    await _gets_tip(anja)
    await anja.sends("klanten.xlsx", protected)
    await anja.sees("is beveiligd")
    await anja.presses("Reageer")
    await anja.sees("Naam (verplicht)")
    said = await anja.says("Anja")
    await anja.sees("Reactie (verplicht)")
    assert said in anja.messages
    await anja.sends("klanten.xlsx", protected)
    await anja.sees("is beveiligd")
    password = await anja.says("Geheim123")
    await anja.sees_deleted(password)
    draft = bot.services.register.drafts.of(anja.user.id, "comment")
    assert "text" not in draft.values


async def test_news_that_could_not_be_told_comes_after_a_restart(bot, anja, olga, server):
    await _gets_tip(anja)
    failing = server.faults.server_error(
        502, method="sendMessage", chat_id=olga.user.id, times=None
    )
    await _anja_comments(anja)
    await bot.stop()
    server.faults.remove(failing)
    _minutes_pass(bot)
    await bot.start()
    await olga.sees("Dit werkte bij mij.")


def _minutes_pass(bot) -> None:
    """Whoever had the news to tell has had his time."""
    with open_register(bot.services.settings) as register:
        register._database.execute("update comment_news set claimed_at = null")


async def test_forgetting_takes_comments_and_drafts_along(bot, anja, brian, olga):
    await _gets_tip(anja)
    await _anja_comments(anja, "Zonneschijn in november.")
    await olga.presses("Goedkeuren", await olga.sees("Zonneschijn"))
    await anja.sees("staat er nu onder")
    await _anja_comments(anja, "Regenboog in november.")
    await anja.presses("Reageer")
    await anja.sees("Naam (verplicht)")
    await anja.says("Bliksemschicht")
    await anja.sees("Reactie (verplicht)")
    await anja.says("/wis")
    await anja.sees("Alles wissen?")
    await anja.presses("Ja, wis alles voorgoed")
    await anja.sees("Alles is gewist")
    register = bot.services.register._database
    dump = str([list(register.query(f"select * from {t}")) for t in register.table_names()])
    assert str(olga.user.id) in dump
    for word in ("Zonneschijn", "Regenboog", "Bliksemschicht", "anja@kantoor", "Anja de Vries"):
        assert word not in dump
        assert not [
            p for p in bot.data.rglob("*") if p.is_file() and word.encode() in p.read_bytes()
        ]
    tip = await _gets_tip(brian)
    assert tip.button("Comment")
    assert tip.button("Comments (1)") is None
    await olga.presses("Verwijderen")
    await olga.sees("Deze knop hoort bij een lijst of vraag die er niet meer is")


FORGED = [
    *(f"comment:0:{each}" for each in ("", "2026-13.tip", "2026-11.", "2026-11.a b", "x" * 40)),
    *(f"comments:0:{each}" for each in ("", "2026-11", "2026-00.tip", "1.2026-11.tip")),
    *(f"comment_page:0:{each}" for each in ("", "x.2026-11.tip", "99999.2026-11.tip", "²")),
    *(f"comment_draft:0:{each}" for each in ("", "send", "name", "no_email", "again", "x")),
    *(f"judge:0:{each}" for each in ("", "approve", "approve.x", "approve.99", "answer.²", "x.1")),
    *(f"judge:0:{each}" for each in ("approve." + "9" * 40, "remove_yes.-1", "show.0")),
    *(f"answer_draft:0:{each}" for each in ("", "cancel", "x")),
    *(f"contribution:0:{each}" for each in ("", "x", "show.9", "to.1", "to.x.2026-12", "move.²")),
    *(
        f"contribution_draft:0:{each}"
        for each in ("", "skip", "for.x", "month.2026-13", "schedule")
    ),
]


async def test_forged_presses_are_answered_kindly(bot, anja, olga):
    seen: list[Update] = []

    async def look(update, context):
        seen.append(update)

    bot.application.add_handler(TypeHandler(Update, look), group=-2)
    for adviser in (anja, olga):
        await _gets_tip(adviser)
        await adviser.presses("Reageer")
        await adviser.sees("Naam (verplicht)")
        press = seen[-1].to_dict()
        for number, data in enumerate(FORGED, start=1):
            forged = {**press, "update_id": 10**6 * adviser.user.id + number}
            forged["callback_query"] = {**press["callback_query"], "data": data}
            await bot.application.process_update(Update.de_json(forged, bot.application.bot))
        adviser.sees_nothing_of("iets mis")
        await adviser.says("/help")
        await adviser.sees("Zo werkt het")
    assert bot.services.register.comments.waiting() == []
    assert bot.services.register.contributions.from_month(NOVEMBER.date()) == []
