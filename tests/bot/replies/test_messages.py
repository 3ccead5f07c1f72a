"""Every message in every situation and both languages: whole, short enough, and well formed."""

import re

import pytest

from analysis.findings import Condition, LeftOut, LookAlike
from bot.localchat.markup import parse_html
from bot.replies import answers
from bot.replies.blocks import LIMIT, split
from bot.replies.reasons import REASONS
from bot.replies.render import plain, render
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


STORED = upload_of("no costs").plan.columns[0]
THROWN_AWAY = STORED.model_copy(update={"role": "private", "stored": False})
MESSAGES = [
    ("bad_invitation", {}),
    *[
        ("computing", {"file_name": "klanten.csv", "row_count": 1234, "seconds": seconds})
        for seconds in (0, 4)
    ],
    ("forget_done", {}),
    ("forget_kept", {}),
    ("help", {}),
    ("language_set", {}),
    ("no_access", {}),
    ("no_password", {}),
    ("no_such_file", {"file_name": "klanten.csv", "reason": "No such file or directory"}),
    *[("not_a_file", {"kind": kind}) for kind in ("photo", "voice", "video", "sticker", "poll")],
    ("not_kept", {}),
    ("not_understood", {}),
    *[
        ("what_if", {"client": client, "hours": hours, "levels": hours, "costs": costs})
        for client in (None, "10943")
        for hours in (True, False)
        for costs in (True, False)
    ],
    ("privacy", {"retention_days": 90, "telegram": True}),
    ("privacy", {"retention_days": 1, "telegram": False}),
    ("received", {"file_name": "klanten.csv", "size": "", "seconds": 0}),
    ("received", {"file_name": "klanten.csv", "size": "2411724 bytes", "seconds": 4}),
    ("role_refused", {}),
    *[
        ("role_set", {"column": column, "role": "kosten", "together": both, "no_longer": left})
        for column in (STORED, THROWN_AWAY)
        for both in ((), (STORED, THROWN_AWAY))
        for left in ((), (STORED,), (STORED, THROWN_AWAY))
    ],
    *[("role_without_amounts", {"without": few, "every": 9134}) for few in (28, 9106)],
    ("rows_gone", {"upload": upload_of("no costs")}),
    ("sample", {}),
    *[(name, {"error": "0123abcd"}) for name in ("sorry", "sorry_damaged")],
    ("sorry_out_of_reach", {"error": "0123abcd"}),
    ("stopped", {"file_name": "klanten.csv"}),
    ("stopped_here", {}),
    *[("too_large_for_chat", {"size": 34, "file_name": name}) for name in ("k.xlsx", "K.CSV")],
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("template", "values"), MESSAGES)
def test_every_other_message_is_whole(template, values, language):
    check(render(template, language, **values))


SAYS = [
    ("nothing significant", "first_answer", "van je klanten brengt 80% van je omzet", "of 200"),
    ("even", "first_answer", "De bekende 80/20 geldt bij jou dus niet", "80/20 does not hold"),
    ("one giant", "first_answer", "Eén van je 200 klanten", "One of your 200 clients brings"),
    ("no revenue", "first_answer", "geen kolom met wat een klant jou", "no column that says what"),
    ("no revenue", "top10", "Dat kan ik niet uit", "I cannot tell that from"),
    ("no revenue", "value", "Dat kan ik niet uit", "I cannot tell that from"),
    ("total below zero", "first_answer", "niet groter dan nul", "not above zero"),
    ("total below zero", "focus", "niet groter dan nul", "not above zero"),
    ("twelve clients", "first_answer", "ten minste 20 klanten", "at least 20 clients"),
    ("twelve clients", "focus", "Met 12 klanten maak ik geen niveaus", "I cannot make levels"),
    (
        "twenty-five clients",
        "top10",
        "Met 25 klanten zeg ik niets",
        "With 25 clients I cannot say",
    ),
    ("twenty-five clients", "why_top10", "Met 25 klanten zeg ik niets", "With 25 clients"),
    ("twenty-five clients", "value", "Met 25 klanten zeg ik niets", "With 25 clients"),
    ("one client", "top10", "Je beste klant", "Your best client"),
    ("even", "focus", "Omzet alleen zegt bij jou niet", "revenue alone does not tell"),
    ("even", "focus", "1. je 10 beste klanten", "1. your 10 best clients"),
    ("even", "why_focus", "Omzet alleen zegt bij jou niet", "revenue alone does not tell"),
    ("even", "why_first", "omzet alleen geen keuze", "revenue alone does not make the choice"),
    ("no traits", "top10", "Geen kolom in je lijst kan als kenmerk", "No column of your list"),
    ("no traits", "value", "Geen kolom in je lijst kan als kenmerk", "No column of your list"),
    ("nothing significant", "top10", "Niets dat verder gaat dan toeval", "beyond chance"),
    ("nothing significant", "value", "kan toeval zijn", "may be chance"),
    ("everything significant", "first_answer", "Dat is duidelijk", "That is clear"),
    ("everything significant", "top10", "samenhang, geen oorzaak", "does not make one the cause"),
    ("everything significant", "value", "Reken op ongeveer", "Expect about"),
    ("no costs", "pareto", "zegt niet wat klanten kosten", "does not say what clients cost"),
    ("costs of nothing", "pareto", "totale kosten boven nul", "total costs above zero"),
    ("some negative", "pareto", "40 klanten hebben negatieve", "40 clients have negative"),
    ("one negative, one zero", "pareto", "1 klant heeft negatieve", "1 client has negative"),
    ("one negative, one zero", "pareto", "1 klant bracht niets op", "1 client brought in nothing"),
    ("one negative, one zero", "pareto", "€ 9,50", "€9.50"),
    ("one client", "pareto", "één klant met omzet in je lijst", "one client with revenue"),
    ("one client", "pareto", "Met zo weinig klanten valt hier", "With so few clients there is"),
    (
        "two clients",
        "first_answer",
        "Met 2 klanten zegt een verdeling",
        "With 2 clients, it is too early",
    ),
    (
        "two clients",
        "pareto",
        "Met 2 klanten zegt een verdeling",
        "With 2 clients, it is too early",
    ),
    ("two clients", "why_pareto", "één klant meer of minder", "one client more or less"),
    ("all zero", "first_answer", "Nog geen top 10", "No top 10 yet"),
    ("all negative", "first_answer", "Nog geen top 10", "No top 10 yet"),
    ("all zero", "top10", "niet groter dan nul", "not above zero"),
    ("all negative", "top10", "niet groter dan nul", "not above zero"),
    ("all negative", "why_top10", "niet groter dan nul", "not above zero"),
    ("total below zero", "top10", "Je 10 beste klanten", "Your 10 best clients"),
    ("everything significant", "why_top10", "Zo vaak zag ik", "how often chance did as well"),
    ("care and conversion", "focus", "rentevast tot", "fixed rate until"),
    ("care and conversion", "focus", "Van voorstel naar ja", "From proposal to yes"),
    ("care and conversion", "focus", "uur", "hours"),
    (
        "care and conversion",
        "first_answer",
        "Ze vragen naar schatting",
        "They account for an estimated",
    ),
    ("care and conversion", "pareto", "vraagt naar schatting", "account for an estimated"),
    ("care and conversion", "pareto", "Schatting: de kosten zijn", "Estimate: costs are"),
]


@pytest.mark.parametrize(("situation", "answer", "dutch", "english"), SAYS)
def test_each_situation_is_told(situation, answer, dutch, english):
    for language, expected in (("nl", dutch), ("en", english)):
        text = parse_html(replies_about(upload_of(situation), language)[answer].text).text
        assert expected in text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_nobody_is_called_best_who_brings_nothing(situation, language):
    findings = upload_of(situation).findings
    brings = findings.top10 is not None and findings.top10.clients[0].revenue > 0
    text = answers.top10(upload_of(situation), language).text
    assert ("<b>Je " in text or "<b>Your " in text) is brings


def _with_top(situation, **changed):
    upload = upload_of(situation)
    top = upload.findings.top10.model_copy(update=changed)
    return _like(upload, upload.findings.model_copy(update={"top10": top}))


def _trait(place, verdict="clear", **changed):
    trait = upload_of("everything significant").findings.top10.traits[0]
    name = {"trait": f"T{place}", "header": f"Kop {place}", "operator": "is", "kind": "category"}
    return trait.model_copy(update={**name, "value": "x", "verdict": verdict, **changed})


@pytest.mark.parametrize(
    ("count", "dutch", "english"),
    [
        (5, None, None),
        (6, "En nog 1 ander kenmerk, onder Waarom?", "And 1 other trait, under Why?"),
        (8, "En nog 3 andere kenmerken, onder Waarom?", "And 3 other traits, under Why?"),
    ],
)
def test_the_five_strongest_traits_are_told_and_how_many_more(count, dutch, english):
    upload = _with_top("everything significant", traits=tuple(map(_trait, range(count))))
    for language, more in (("nl", dutch), ("en", english)):
        text = parse_html(answers.top10(upload, language).text).text
        assert "Kop 4: x · " in text
        assert "Kop 5: x" not in text
        assert more in text if more else ("En nog" not in text and "And " not in text)
        check(answers.top10(upload, language).text)
        # None of them is out of reach.
        reasons = parse_html(answers.why_top10(upload, language).text).text
        assert [f"Kop {place}: x · " in reasons for place in range(count)] == [True] * count


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_trait_that_is_usual_does_not_stand_under_chance_too(language):
    usual, weak = _trait(1, "chance"), _trait(2, "chance")
    upload = _with_top("everything significant", traits=(usual, weak), usual=(usual,))
    text = parse_html(answers.top10(upload, language).text).text
    assert text.count("Kop 1: x") == 1
    assert text.count("Kop 2: x") == 1
    alone = _with_top("everything significant", traits=(usual,), usual=(usual,))
    assert {"nl": "Kan toeval zijn", "en": "May be chance"}[language] not in (
        answers.top10(alone, language).text
    )


@pytest.mark.parametrize(
    ("beats", "dutch", "english"),
    [
        (1.0, "dan elk willekeurig groepje van 10", "than every random set of 10"),
        (0.98, "dan 98% van willekeurige groepjes van 10", "than 98% of random sets of 10"),
        (0.9996, "dan meer dan 99% van", "than more than 99% of"),
    ],
)
def test_likeness_is_told_against_random_sets(beats, dutch, english):
    likeness = upload_of("everything significant").findings.top10.likeness
    changed = likeness.model_copy(update={"beats_random_tens": beats, "verdict": "clear"})
    upload = _with_top("everything significant", likeness=changed)
    for language, expected in (("nl", dutch), ("en", english)):
        assert expected in answers.top10(upload, language).text


@pytest.mark.parametrize(
    ("changed", "dutch", "english"),
    [
        ({}, "9 van je 10 beste klanten hebben ‘DGA: ja’.", "9 of your 10 best clients have"),
        (
            {"top_size": 9},
            "9 van je 9 beste klanten van wie dit bekend is, hebben ‘DGA: ja’.",
            "9 of your 9 best clients for whom this is known have ‘DGA: yes’.",
        ),
        ({"in_top": 1}, "1 van je 10 beste klanten heeft ‘DGA: ja’.", "has ‘DGA: yes’."),
        ({"in_rest": 0.0004}, "Bij je andere klanten is dat minder dan 0,1%.", "less than 0.1%."),
    ],
)
def test_the_headline_reads_as_one_sentence(changed, dutch, english):
    facts = {"header": "DGA j/n", "kind": "yes_no", "value": True, "in_top": 9, "top_size": 10}
    trait = _trait(1, **{**facts, **changed})
    upload = _with_top("everything significant", traits=(trait,))
    for language, expected in (("nl", dutch), ("en", english)):
        text = parse_html(answers.first_answer(upload, language).text).text
        assert expected in text
        for answer in replies_about(upload, language).values():
            assert not re.search(r": \w+: ", parse_html(answer.text).text)


@pytest.mark.parametrize(
    ("codes", "dutch", "english"),
    [
        (("claim",), "over schades. Dat", "about claims. There"),
        (("claim", "complaint"), "over schades en klachten. Dat", "about claims and complaints."),
        (
            ("claim", "complaint", "subscription"),
            "over schades, klachten en abonnementen. Dat",
            "about claims, complaints and subscriptions. There",
        ),
        (
            ("claim", "complaint", "rate_end", "subscription", "no_consent"),
            "over schades, klachten, het einde van de rentevaste periode, abonnementen en wie geen "
            "reclame wil. Dat",
            "about claims, complaints, the end of the fixed-rate period, subscriptions and who "
            "does not want advertising. There",
        ),
    ],
)
def test_what_a_list_does_not_say_is_told(codes, dutch, english):
    upload = upload_of("nothing significant")
    focus = upload.findings.focus.model_copy(update={"cannot_tell": codes})
    changed = _like(upload, upload.findings.model_copy(update={"focus": focus}))
    for language, expected in (("nl", dutch), ("en", english)):
        assert expected in answers.focus(changed, language).text


@pytest.mark.parametrize(
    ("language", "start"), [("nl", "Minder dan 0,1% van je"), ("en", "Less than 0.1% of your")]
)
def test_a_sentence_begins_with_a_capital_whatever_the_share(language, start):
    upload = upload_of("nothing significant")
    pareto = upload.findings.pareto.model_copy(update={"clients_for_80": 0.0002})
    changed = _like(upload, upload.findings.model_copy(update={"pareto": pareto}))
    assert f"\n{start}" in answers.pareto(changed, language).text
    assert f"<b>1. {start}" in answers.first_answer(changed, language).text


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
    ("revenue not read", 1, "1 klant bij wie ik de omzet niet", "1 client whose revenue I could"),
    ("revenue not read", 1200, "1.200 klanten bij wie ik de", "1,200 clients whose revenue I"),
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
    text = render("top10", language, upload=_like(upload, findings), names={}, marks={})
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


WITHOUT_A_TEST = {
    "nl": "Geen kolom in je lijst kan als kenmerk dienen",
    "en": "No column of your list",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_no_trait_was_tested_look_alikes_give_that_as_the_reason(language):
    told = replies_about(upload_of("no traits"), language)
    assert WITHOUT_A_TEST[language] in told["look_alikes"].text
    why = REASONS["alike"](upload_of("no traits"), language).text
    assert WITHOUT_A_TEST[language] in why


def _look_alike(client, because, differs_in=()):
    bare = set(Condition.model_fields)
    because, differs_in = (
        tuple(Condition(**trait.model_dump(include=bare)) for trait in traits)
        for traits in (because, differs_in)
    )
    return LookAlike(client=client, score=1.0, because=because, differs_in=differs_in)


def test_what_is_left_out_of_the_reasons_of_a_look_alike_is_counted():
    traits = [_trait(place) for place in range(9)]
    other = _look_alike("7", traits[:4], traits[4:9])
    upload = _with_top("everything significant", look_alikes=(other, _look_alike("8", traits[:1])))
    for language, shared, lacking in (
        ("nl", "Kop 2: x en nog 1. Niet: ", "Kop 6: x en nog 2"),
        ("en", "Kop 2: x and 1 more. Not: ", "Kop 6: x and 2 more"),
    ):
        text = parse_html(answers.look_alikes(upload, language).text).text
        assert shared in text
        assert lacking in text
        check(answers.look_alikes(upload, language).text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_look_alikes_with_one_and_the_same_reason_give_it_once(language):
    alike = tuple(_look_alike(str(client), [_trait(1)]) for client in range(3))
    upload = _with_top("everything significant", look_alikes=alike)
    text = parse_html(answers.look_alikes(upload, language).text).text
    assert text.count("Kop 1: x") == 1
    assert {"nl": "‘niet’", "en": "‘Not’"}[language] not in text
    check(answers.look_alikes(upload, language).text)


@pytest.mark.parametrize(
    ("language", "told", "begins"),
    [
        ("nl", " · kost meer dan hij brengt", "(1 van hen kost meer dan hij brengt"),
        ("en", " · costs more than they bring in", "(1 of them costs more than they bring in"),
    ],
)
def test_one_of_the_best_who_costs_more_than_he_brings_is_told(language, told, begins):
    first, *others = upload_of("even").findings.top10.clients
    losing = first.model_copy(update={"cost": first.revenue + 1})
    upload = _with_top("even", clients=(losing, *others))
    assert answers.top10(upload, language).text.count(told) == 1
    assert begins in answers.focus(upload, language).text
    assert begins not in answers.focus(upload_of("even"), language).text


@pytest.mark.parametrize(("verdict", "told"), [("clear", True), ("hint", False)])
def test_only_a_clear_group_is_proposed_to_begin_with(verdict, told):
    groups = upload_of("everything significant").findings.groups
    upload = upload_of("even")
    changed = tuple(group.model_copy(update={"verdict": verdict}) for group in groups)
    upload = _like(upload, upload.findings.model_copy(update={"groups": changed}))
    assert ("je beste groep" in answers.focus(upload, "nl").text) is told
    assert ("je beste groep" in answers.first_answer(upload, "nl").text) is told


@pytest.mark.parametrize(
    ("p_value", "dutch"),
    [(0.009, "minder dan 1 op de 100 keer"), (1 / 62, "ongeveer 1 op de 60 keer"),
     (1 / 21, "ongeveer 1 op de 21 keer"), (0.9, "meestal")],
)  # fmt: skip
def test_a_chance_is_told_as_finely_as_it_was_counted(p_value, dutch):
    assert plain("chance_of", p_value, "nl") == dutch
