"""Groups beside the rest, profit from client to client, and an earlier list beside a new one."""

import pickle
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.changes import Changes
from analysis.findings import ClientFacts, FileFacts, Findings, Group, Pareto
from bot.charts import changes_chart, groups_chart, profit_chart
from bot.charts.style import ACCENT
from bot.comparison import Compared, Comparison, ThenAndNow
from tests.bot.test_charts import HOSTILE, SKEWED, found, has_color, pixels, top10, trait

pytestmark = pytest.mark.filterwarnings("error")


def group(
    direction: str = "high",
    verdict: str = "clear",
    *,
    per_client: float = 900.0,
    rest: float = 300.0,
    measure: str = "revenue",
    header: str = "Ondernemer",
) -> Group:
    condition = {"header": header, "trait": "", "operator": "is", "value": True, "kind": "yes_no"}
    return Group.model_validate(
        {
            "direction": direction,
            "measure": measure,
            "conditions": [condition],
            "size": 12,
            "per_client": per_client,
            "rest_per_client": rest,
            "ratio": None,
            "expected_ratio": None,
            "p_value": 0.01,
            "verdict": verdict,
        }
    )


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("measure", ["revenue", "profit", "profit_per_hour"])
@pytest.mark.parametrize(("per_client", "rest"), [(900.0, 300.0), (0.0, 0.0), (5.0, -80.0)])
def test_groups_are_drawn_beside_the_rest(language, measure, per_client, rest):
    groups = [group(per_client=per_client, rest=rest, measure=measure), group("low")]
    pixels(groups_chart(groups, language))


def test_only_claimed_groups_are_drawn_five_high_and_two_low():
    many = [group(header=str(n)) for n in range(7)] + [group("low", header=str(n)) for n in "abcd"]
    chance = group(verdict="chance")
    shown = groups_chart([*many[:5], *many[7:9]], "nl")
    assert groups_chart([chance, *many, chance], "nl") == shown
    assert groups_chart([chance], "nl") is None
    assert groups_chart([], "nl") is None


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_headings_of_groups_are_drawn_as_text(text):
    pixels(groups_chart([group(header=text)], "nl"))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "pareto",
    [
        found(SKEWED, list(SKEWED / 3)),
        found(SKEWED, [60.0] * 300),
        found([10.0], [4.0]),
        found([10.0], [40.0]),
        found([9.0, 8.0], [20.0, 30.0]),
        found([1e15, 1.0], [1.0, 1e14]),
        found(list(SKEWED), [float("nan")] * 100 + [5.0] * 200),
    ],
    ids=["no loss", "whale", "one", "one at a loss", "all at a loss", "huge", "some unknown"],
)
def test_every_profit_curve_can_be_drawn(pareto: Pareto, language: str) -> None:
    assert has_color(pixels(profit_chart(pareto, language)), ACCENT).sum() > 500


@pytest.mark.parametrize("pareto", [found(SKEWED), found([5.0, 3.0], [5.0, 3.0])])
def test_without_profit_there_is_no_profit_curve(pareto):
    assert profit_chart(pareto, "nl") is None


def test_a_worker_can_draw_profit_from_plain_data():
    pareto = found(SKEWED, [60.0] * 300)
    draw = pickle.loads(pickle.dumps(profit_chart))
    assert draw(pareto.model_dump(mode="json"), "nl") == profit_chart(pareto, "nl")


def comparison(*top: ThenAndNow, follows: bool = True, revenue: float | None = 120.0) -> Comparison:
    changes = Changes(
        since=date(2025, 11, 23),
        entered=(),
        left=(),
        gone=0,
        growth=None if revenue is None else revenue / 100 - 1,
        clients_growth=-1,
        clients_for_80_before=0.2,
        clients_for_80_now=0.25,
    )
    now = findings(2, revenue)
    return Comparison(findings(3, 100.0), now, Compared(changes, None, top), follows)


def findings(count: int, revenue: float | None) -> Findings:
    return Findings(
        as_of=date(2026, 11, 23),
        file=FileFacts(name="", format="csv", sheet="", encoding=None, header_row=1, rows=count,
                       skipped=()),
        columns=(),
        clients=ClientFacts(count=count, rows_added_up=False, left_out=()),
        top10=top10(trait()),
        pareto=None if revenue is None else found([revenue]),
        groups=(),
        focus=None,
        signals=(),
        notes=(),
    )  # fmt: skip


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "shown",
    [
        comparison(),
        comparison(revenue=None),
        comparison(revenue=-50.0),
        comparison(ThenAndNow("a", 10.0, 5.0), ThenAndNow("b", None, 8.0)),
        comparison(ThenAndNow("a", 10.0, None), ThenAndNow("b", -3.0, 8.0)),
        comparison(ThenAndNow("a", 0.0, 0.0), ThenAndNow("b", None, None)),
        comparison(*(ThenAndNow(text, 1.0, 2.0) for text in HOSTILE[:5])),
    ],
    ids=["totals", "no revenue", "negative", "new", "gone", "zero", "hostile"],
)
def test_every_change_can_be_drawn(shown: Comparison, language: str) -> None:
    pixels(changes_chart(shown, language))


def test_clients_are_drawn_only_where_they_can_be_followed():
    client = ThenAndNow("a", 10.0, 5.0)
    without = changes_chart(comparison(), "nl")
    assert changes_chart(comparison(client, follows=False), "nl") == without
    assert changes_chart(comparison(client), "nl") != without


def test_who_stayed_the_same_is_not_drawn():
    same, fell = ThenAndNow("a", 10.0, 10.0), ThenAndNow("b", 10.0, 5.0)
    assert changes_chart(comparison(same, fell), "nl") == changes_chart(comparison(fell), "nl")


@settings(max_examples=20, deadline=None)
@given(
    client=st.text(),
    before=st.none() | st.floats(-1e15, 1e15),
    now=st.none() | st.floats(-1e15, 1e15),
)
def test_any_client_and_amount_can_be_drawn(client, before, now):
    pixels(changes_chart(comparison(ThenAndNow(client, before, now)), "nl"))


@settings(max_examples=20, deadline=None)
@given(
    revenue=st.lists(st.floats(-1e9, 1e9).map(lambda a: round(a, 2)), min_size=1, max_size=30),
    cost=st.floats(0, 1e6).map(lambda amount: round(amount, 2)),
)
def test_any_profit_can_be_drawn(revenue, cost):
    drawn = profit_chart(found(revenue, [cost] * len(revenue)), "en")
    assert drawn is None or pixels(drawn).size


def test_the_profit_curve_rises_to_the_turning_point_and_ends_at_the_profit():
    pareto = found(SKEWED, [60.0] * 300)
    curve = {point.clients: point.profit for point in pareto.profit_curve}
    assert len(curve) <= 61
    assert curve[0] == 0
    assert curve[300] == pytest.approx(pareto.profit)
    assert max(curve, key=curve.__getitem__) == pareto.turning_point
    assert curve[pareto.turning_point] == pytest.approx(
        np.maximum(np.round(SKEWED, 12) - 60, 0).sum()
    )
