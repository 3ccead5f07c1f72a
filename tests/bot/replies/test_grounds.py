"""What a claim rests on is told with it: why, whose costs, and where there is nothing to claim."""

import pytest

from bot.localchat.markup import parse_html
from bot.replies import answers
from bot.replies.columns import plan_of_columns
from bot.replies.reasons import REASONS
from tests.bot.replies.situations import LANGUAGES, SITUATIONS, upload_of
from tests.bot.replies.test_messages import COMFORTABLE, check
from tests.bot.test_workbook import upload_of as upload_of_file


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_why_is_one_sentence_a_finding_with_the_way_to_more(situation, language):
    upload = upload_of(situation)
    reply = REASONS["first"](upload, language)
    assert parse_html(reply.text).length <= COMFORTABLE
    more = [button.press.encode() for button in reply.buttons[0] if button.press.argument != "0"]
    if upload.findings and upload.findings.focus:
        assert more == ["why:1:pareto", "why_top10:1:", "why:1:focus"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_come_nearest_is_told_only_on_request(language):
    upload = upload_of("nothing significant")
    assert upload.findings is not None
    assert upload.findings.top10 is not None
    first = upload.findings.top10.nearest[0]
    offered = answers.look_alikes(upload, language)
    assert first not in offered.text
    assert offered.buttons[0][-1].press.encode() == "names:1:alike"
    asked = answers.look_alikes(upload, language, {first: "Ans de Vries"})
    assert "Ans de Vries" in asked.text
    assert upload.findings.top10.nearest[1] in asked.text
    check(asked.text)


@pytest.mark.parametrize(
    ("heading", "receipt", "first"),
    [
        ("Marge", "uit kolom ‘Marge’: omzet min marge", "(omzet min marge)"),
        ("Total Claim Amount", "Dat neem ik aan.", "(dat neem ik aan, uit kolom ‘Total Claim"),
    ],
)
def test_where_the_costs_come_from_is_told_with_the_result(heading, receipt, first):
    rows = [f"{1000 + n};{100 + n},00;{40 + n % 7},00" for n in range(60)]
    upload = upload_of_file("\n".join([f"Klantnummer;Omzet;{heading}", *rows]).encode())
    assert receipt in answers.receipt(upload, "nl", 7).text
    assert first in answers.first_answer(upload, "nl").text
    if heading == "Marge":
        assert "Marge → marge: daaruit reken ik" in plan_of_columns(upload, (), "nl").text
    else:
        assert "schades" not in answers.focus(upload, "nl").text
        assert "Dat neem ik aan." in answers.pareto(upload, "nl").text


def test_few_clients_have_no_curve():
    assert answers.first_answer(upload_of("two clients"), "nl").chart is None
    assert answers.pareto(upload_of("two clients"), "nl").chart is None
