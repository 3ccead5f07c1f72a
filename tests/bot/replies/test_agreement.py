"""Answers about one list that say the same of it."""

from dataclasses import replace

import pytest

from analysis.findings import LossMaking, Pareto
from bot.localchat.markup import parse_html
from bot.replies import answers, reasons
from storage.office import Upload
from tests.bot.replies.situations import upload_of


def with_pareto(upload: Upload, pareto: Pareto) -> Upload:
    assert upload.findings is not None
    return replace(upload, findings=upload.findings.model_copy(update={"pareto": pareto}))


def test_where_revenue_is_spread_evenly_no_time_is_given_by_revenue_alone():
    """The first answer says what `/pareto` says of the same list."""
    upload = upload_of("even")
    for language, level_a, alone in (
        ("nl", "Geef je tijd aan niveau A", "Omzet alleen zegt niet waar je tijd heen moet"),
        ("en", "Give your time to level A", "Revenue alone does not tell where your time"),
    ):
        text = parse_html(answers.first_answer(upload, language).text).text
        assert alone in text
        assert level_a not in text
        steep = parse_html(answers.first_answer(upload_of("one giant"), language).text).text
        assert level_a in steep
        assert alone not in steep


@pytest.mark.parametrize(
    ("losing", "dutch", "english"),
    [
        (0, "hier leer je dus niets nieuws uit", "nothing new to learn"),
        (3, "maar niet klant voor klant", "but not client by client"),
    ],
)
def test_costs_that_follow_revenue_may_hide_clients_who_cost_more(losing, dutch, english):
    upload = upload_of("care and conversion")
    pareto = upload.findings.pareto
    costs = pareto.costs.model_copy(update={"of_clients_for_80": 0.8})
    loss = LossMaking(count=losing, loss=-50.0 * losing)
    changed = pareto.model_copy(update={"costs": costs, "loss_making": loss})
    upload = with_pareto(upload, changed)
    for language, expected in (("nl", dutch), ("en", english)):
        assert expected in answers.pareto(upload, language).text


def test_costs_from_a_margin_are_told_as_such_in_both_answers():
    upload = upload_of("care and conversion")
    pareto = upload.findings.pareto
    costs = pareto.costs.model_copy(update={"basis": "margin", "estimated": False, "total": 1234.0})
    changed = pareto.model_copy(update={"costs": costs})
    upload = with_pareto(upload, changed)
    for language, said, total in (
        ("nl", "omzet min marge", "Samen is dat €\N{NO-BREAK SPACE}1.234."),
        ("en", "revenue minus margin", "Together that is €1,234."),
    ):
        why = parse_html(reasons.why_pareto(upload, language).text).text
        assert said in answers.pareto(upload, language).text
        assert said in why
        assert total in why
