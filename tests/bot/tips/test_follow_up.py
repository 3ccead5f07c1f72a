"""What became of a tip: then and now, never more than the figures tell."""

from datetime import UTC, date, datetime

import pytest

from bot.tips.follow_up import FollowUp, follow_up, follow_ups_of_upload
from bot.tips.library import library
from storage.tips import Figures, ToldTip

UNITS = {tip.unit: tip for tip in reversed(library().values()) if tip.unit}
CLIENTS, SHARE = UNITS["clients"], UNITS["share"]
TRAIT = library()["your_craft"]


def told(tip=CLIENTS, value: float | None = 7.0, **changed) -> ToldTip:
    facts = {
        "month": date(2026, 12, 1),
        "tip": tip.name,
        "signal": tip.signal,
        "reason": "signal",
        "value": value,
        "clients": 200,
        "upload": 1,
        "told_at": datetime(2026, 12, 1, tzinfo=UTC),
        "answer": "done",
    }
    return ToldTip(**(facts | changed))


def figures(upload: int = 2, clients: int = 200, **signals: float) -> Figures:
    return Figures(upload, clients, signals)


@pytest.mark.parametrize(
    ("tip", "before", "now", "outcome"),
    [
        (CLIENTS, 7.0, 2.0, "fewer"),
        (CLIENTS, 7.0, 9.0, "changed"),
        (CLIENTS, 7.0, 7.0, "same"),
        (CLIENTS, 7.0, None, "gone"),
        (SHARE, 0.13, 0.11, "changed"),
        # Fewer with a trait is nothing that was dealt with.
        (TRAIT, 7.0, 2.0, "changed"),
    ],
)
def test_the_figure_then_and_now(tip, before, now, outcome):
    signals = {} if now is None else {tip.signal: now}
    found = follow_up(told(tip, before), figures(**signals))
    assert found == FollowUp(told(tip, before), outcome, before, now)


@pytest.mark.parametrize("answer", [None, "not_for_me", "stop", "go_on"])
def test_only_what_was_done_or_promised_comes_back(answer):
    assert follow_up(told(answer=answer), figures()) is None


@pytest.mark.parametrize(
    ("tip", "known"),
    [
        (told(), None),
        (told(), figures(upload=1, **{CLIENTS.signal: 2.0})),
        (told(), figures(clients=99, **{CLIENTS.signal: 2.0})),
        (told(), figures(clients=401, **{CLIENTS.signal: 2.0})),
        (told(value=None), figures()),
        (told(clients=None), figures()),
        (told(tip=UNITS["amount"], value=900.0), figures(**{UNITS["amount"].signal: 800.0})),
        (told()._replace(tip="contribution_3"), figures()),
    ],
)
def test_nothing_is_compared_that_can_not_be(tip, known):
    assert follow_up(tip, known) == FollowUp(tip, "unknown")


def test_of_a_new_list_come_the_tips_that_rested_on_the_list_before_it():
    tips = [told(), told(SHARE, 0.13, upload=2), told(answer=None), told(upload=None)]
    known = figures(**{CLIENTS.signal: 2.0})
    assert [each.told for each in follow_ups_of_upload(tips, known, 1)] == [tips[0]]
    assert follow_ups_of_upload(tips, None, 1) == []


def test_the_last_answer_to_a_tip_that_came_twice_counts():
    again = told(month=date(2027, 2, 1), answer="not_for_me")
    assert follow_ups_of_upload([again, told()], figures(**{CLIENTS.signal: 2.0}), 1) == []
