"""Every message in every situation and both languages: whole, short enough, and well formed."""

import re

import pytest

from analysis.findings import LeftOut
from bot.localchat.markup import parse_html
from bot.replies import answers
from bot.replies.blocks import LIMIT, split
from bot.replies.render import render
from tests.bot.replies.situations import (
    LANGUAGES,
    SITUATIONS,
    other_replies,
    replies_about,
    upload_of,
    with_left_out,
)

CAPTION = 1024
COMFORTABLE = 700
LEFTOVERS = re.compile(
    r"[{}]|(?:^|\s)%(?:\s|$)|\n\n\n| $|\b(?:None|nan|NaN|inf|True|False|Undefined)\b"
    r"| [.,;:](?:\s|$)|\.\.|,,|[^\S\n\N{NO-BREAK SPACE}]{2}|^---",
    re.MULTILINE,
)
PLURAL_OF_ONE = re.compile(
    r"(?<![\d.,])1 (?:\w+ )?(?:klanten|kolommen|cellen|regels|dagen"
    r"|clients|columns|cells|rows|days)\b"
)
# An answer that would embarrass the adviser if a client read it, or that a layman does not know.
FORBIDDEN = re.compile(
    r"afstoten|slechte klant|bad client|drop (?:them|these)|significan|p-waarde|p-value|\blift\b",
    re.IGNORECASE,
)


def check(text: str) -> None:
    for piece in split(text):
        parsed = parse_html(piece)
        assert 0 < parsed.length <= LIMIT
        for wrong in (LEFTOVERS, PLURAL_OF_ONE, FORBIDDEN):
            found = wrong.search(parsed.text)
            assert found is None, f"{found[0]!r} in:\n{parsed.text}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_answer_about_a_list_is_whole(situation, language):
    for reply in replies_about(upload_of(situation), language).values():
        check(reply.text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("top", [1, 2, 5, 20, 100])
@pytest.mark.parametrize("situation", ["everything significant", "nothing significant"])
def test_a_top_of_another_size_is_whole(situation, top, language):
    for reply in replies_about(upload_of(situation, top), language).values():
        check(reply.text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_first_answer_fits_under_a_picture(situation, language):
    text = answers.first_answer(upload_of(situation), language).text
    assert len(text) <= CAPTION
    assert parse_html(text).length <= COMFORTABLE


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_about_no_list_is_whole(language):
    for reply in other_replies(language).values():
        check(reply.text)


MESSAGES = [
    ("bad_invitation", {}),
    ("computing", {"file_name": "klanten.csv", "row_count": 1234}),
    ("forget_done", {}),
    ("forget_kept", {}),
    ("help", {}),
    ("language_set", {}),
    ("no_access", {}),
    ("no_such_file", {"file_name": "klanten.csv", "reason": "No such file or directory"}),
    *[("not_a_file", {"kind": kind}) for kind in ("photo", "voice", "video", "sticker", "poll")],
    ("not_understood", {}),
    ("privacy", {"retention_days": 90, "telegram": True}),
    ("privacy", {"retention_days": 1, "telegram": False}),
    ("received", {"file_name": "klanten.csv"}),
    ("sample", {}),
    ("sorry", {"error": "0123abcd"}),
    ("too_large_for_chat", {"size": 34}),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("template", "values"), MESSAGES)
def test_every_other_message_is_whole(template, values, language):
    check(render(template, language, **values))


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_caption_of_the_chart_is_whole(situation):
    upload = upload_of(situation)
    for language in LANGUAGES:
        if upload.findings.pareto is not None and upload.findings.pareto.curve:
            check(render("pareto_caption", language, upload=upload))


SAYS = [
    ("nothing significant", "first_answer", "van je klanten brengt 80% van je omzet", "of 200"),
    ("even", "first_answer", "De bekende 80/20 geldt bij jou dus niet", "80/20 does not hold"),
    ("one giant", "first_answer", "Eén van je 200 klanten", "One of your 200 clients brings"),
    ("no revenue", "first_answer", "geen kolom met wat een klant jou", "no column with what"),
    ("no revenue", "top10", "Dat kan ik niet uit", "I cannot tell that from"),
    ("no revenue", "value", "Dat kan ik niet uit", "I cannot tell that from"),
    ("total below zero", "first_answer", "niet groter dan nul", "not above zero"),
    ("total below zero", "focus", "niet groter dan nul", "not above zero"),
    ("twelve clients", "first_answer", "ten minste 20 klanten", "at least 20 clients"),
    ("twelve clients", "focus", "Met 12 klanten maak ik geen niveaus", "I make no levels"),
    (
        "twenty-five clients",
        "top10",
        "Met 25 klanten zeg ik niets",
        "With 25 clients I say nothing",
    ),
    ("twenty-five clients", "why_top10", "Met 25 klanten zeg ik niets", "With 25 clients"),
    ("twenty-five clients", "value", "Met 25 klanten zeg ik niets", "With 25 clients"),
    ("one client", "top10", "Je beste klant", "Your best client"),
    ("no traits", "top10", "Geen kolom in je lijst kan als kenmerk", "No column of your list"),
    ("no traits", "value", "Geen kolom in je lijst kan als kenmerk", "No column of your list"),
    ("nothing significant", "top10", "Niets dat verder gaat dan toeval", "beyond chance"),
    ("nothing significant", "value", "kan toeval zijn", "may be chance"),
    ("everything significant", "first_answer", "Dat is duidelijk", "That is clear"),
    ("everything significant", "top10", "samenhang, geen oorzaak", "a link, not a cause"),
    ("everything significant", "value", "doorsnee klant op ongeveer", "count on about"),
    ("no costs", "pareto", "zegt niet wat klanten kosten", "does not say what clients cost"),
    ("costs of nothing", "pareto", "totale kosten boven nul", "total costs above zero"),
    ("some negative", "pareto", "40 klanten hebben negatieve", "40 clients have negative"),
    ("one negative, one zero", "pareto", "1 klant heeft negatieve", "1 client has negative"),
    ("one negative, one zero", "pareto", "1 klant bracht niets op", "1 client brought nothing"),
    ("one negative, one zero", "pareto", "€ 9,50", "€9.50"),
    ("care and conversion", "focus", "rentevast tot", "fixed rate until"),
    ("care and conversion", "focus", "Van voorstel naar ja", "From proposal to yes"),
    ("care and conversion", "focus", "uur", "hours"),
    ("care and conversion", "first_answer", "Ze vragen naar schatting", "They take an estimated"),
    ("care and conversion", "pareto", "vraagt naar schatting", "take an estimated"),
    ("care and conversion", "pareto", "Schatting: de kosten zijn", "Estimate: the costs are"),
]


@pytest.mark.parametrize(("situation", "answer", "dutch", "english"), SAYS)
def test_each_situation_is_told(situation, answer, dutch, english):
    for language, expected in (("nl", dutch), ("en", english)):
        text = parse_html(replies_about(upload_of(situation), language)[answer].text).text
        assert expected in text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("situation", ["one client", "twelve clients", "twenty-five clients"])
def test_a_small_list_gets_no_claim_on_traits_or_groups(situation):
    for language in LANGUAGES:
        replies = replies_about(upload_of(situation), language)
        for answer in ("first_answer", "top10", "why_top10", "value"):
            text = replies[answer].text.lower()
            assert not re.search(r"duidelijk<|clear<|niets dat verder|nothing that goes", text)


LEFT_OUT = [
    ("no revenue", 1, "1 klant zonder omzet", "1 client without revenue"),
    ("no revenue", 1200, "1.200 klanten zonder omzet", "1,200 clients without revenue"),
    ("no client", 1, "1 regel zonder", "1 row without"),
    ("no client", 3, "3 regels zonder", "3 rows without"),
    ("something new", 2, "2 regels die ik niet", "2 rows that I could not"),
]


@pytest.mark.parametrize(("why", "count", "dutch", "english"), LEFT_OUT)
def test_the_receipt_tells_what_was_left_out(why, count, dutch, english):
    upload = with_left_out(upload_of("no costs"), (LeftOut(why=why, count=count),))
    for language, expected in (("nl", dutch), ("en", english)):
        text = answers.receipt(upload, language, 7).text
        assert expected in text
        check(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_top_chosen_by_hand_may_have_clients_without_revenue(language):
    upload = upload_of("everything significant")
    top = upload.findings.top10
    unknown = top.clients[0].model_copy(update={"revenue": None, "share": None})
    changed = top.model_copy(update={"chosen_by": "hand", "clients": (unknown, *top.clients[1:])})
    findings = upload.findings.model_copy(update={"top10": changed})
    text = render("top10", language, upload=_like(upload, findings), names={})
    assert ("omzet onbekend" if language == "nl" else "revenue unknown") in text
    assert ("door jou gekozen" if language == "nl" else "chosen by you") in text
    check(text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("basis", ["margin", "hours", "contacts", "claims", "products"])
def test_costs_that_are_not_from_the_file_say_so(basis, language):
    upload = upload_of("nothing significant")
    pareto = upload.findings.pareto
    costs = pareto.costs.model_copy(update={"basis": basis})
    changed = pareto.model_copy(update={"costs": costs})
    text = render(
        "pareto",
        language,
        upload=_like(upload, upload.findings.model_copy(update={"pareto": changed})),
    )
    told = {"nl": ("Schatting", "berekend"), "en": ("Estimate", "worked out")}[language]
    assert told[basis == "margin"] in text
    check(text)


def _like(upload, findings):
    return type(upload)(**{**vars(upload), "findings": findings})
