"""The pictures that a worker draws."""

from typing import get_args

import pytest

from bot.comparison import Compared, Comparison
from bot.jobs import Chart, draw
from tests.bot.charts.test_beside_each_other import comparison
from tests.bot.replies.situations import upload_of

WITH_EVERYTHING = "everything significant"


@pytest.mark.parametrize("chart", [each for each in get_args(Chart) if each != "changes"])
def test_every_picture_of_a_list_is_drawn_from_its_findings(chart):
    assert draw(chart, upload_of(WITH_EVERYTHING).findings, "nl").startswith(b"\x89PNG")


@pytest.mark.parametrize("chart", [each for each in get_args(Chart) if each != "changes"])
def test_where_there_is_nothing_to_draw_there_is_no_picture(chart):
    assert draw(chart, upload_of("no revenue").findings, "nl") is None


def test_changes_are_drawn_from_a_comparison():
    compared = comparison()
    assert isinstance(compared, Comparison)
    assert isinstance(compared.compared, Compared)
    assert draw("changes", compared, "nl").startswith(b"\x89PNG")


def test_costs_that_are_estimated_are_marked_in_the_levels():
    findings = upload_of(WITH_EVERYTHING).findings
    costs = findings.pareto.costs.model_copy(update={"estimated": True})
    estimated = findings.model_copy(
        update={"pareto": findings.pareto.model_copy(update={"costs": costs})}
    )
    assert draw("levels", findings, "nl") != draw("levels", estimated, "nl")
