"""Around the monthly tip: everything that is said of it, whole and in both languages."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from bot.buttons import Button, decode
from bot.localchat.markup import parse_html
from bot.replies import tips
from bot.replies.answers import Reply
from bot.replies.words import LANGUAGES
from bot.tips.follow_up import FollowUp, Outcome
from bot.tips.library import library
from storage.outbox import TipCounts
from storage.subscriptions import Subscription, SubscriptionCounts, Times
from storage.tips import ToldTip
from tests.bot.replies.test_messages import check

MONTH = date(2026, 12, 1)
ZONE = ZoneInfo("Europe/Amsterdam")
WANTED = Subscription(
    7, 7, True, next_month=MONTH, next_due_at=datetime(2026, 12, 1, 9, tzinfo=UTC)
)
STATES = {"pending": 1, "sending": 1, "sent": 1234, "failed": 0, "blocked": 2, "uncertain": 3}
ANSWERED = {"done": 7, "later": 5, "not_for_me": 1, "stop": 2, "go_on": 0}
MEMBERS = SubscriptionCounts(active=1240, stopped=3, declined=9, blocked=2)


def told(tip: str, answer: str | None = "done") -> ToldTip:
    return ToldTip(
        MONTH, tip, library()[tip].signal if tip in library() else None, "signal", 7.0, 200, 1,
        WANTED.next_due_at, answer=answer,
    )  # fmt: skip


def replies_about_tips(language: str) -> dict[str, Reply]:
    some = [
        told(tip, answer) for tip, answer in zip(library(), ("done", None, "stop"), strict=False)
    ]
    return {
        "ask": tips.ask(language),
        "declined": tips.declined(language),
        "stopped": tips.stopped(language),
        "on": tips.settings(WANTED, language, ZONE),
        "off": tips.settings(replace(WANTED, active=False), language, ZONE),
        "never quiet": tips.settings(replace(WANTED, times=Times(15, 60, 0, 0)), language, ZONE),
        "day": tips.choose("day", Times(), language),
        "time": tips.choose("time", Times(), language),
        "quiet": tips.choose("quiet", Times(), language),
        "past": tips.past([*some, told("contribution_3")], language),
        "no past": tips.past([], language),
        "go on": Reply(tips.go_on_question(language)),
        "counts": tips.counts(MONTH, TipCounts(STATES, ANSWERED), MEMBERS, language),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_is_said_around_a_tip_is_whole(language):
    for reply in replies_about_tips(language).values():
        check(reply.text)
        assert len(parse_html(reply.text).text) < 700


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("outcome", get_args(Outcome))
def test_every_follow_up_of_every_tip_is_whole(outcome, language):
    for tip, answer in product((*library(), "contribution_3"), ("done", "later")):
        if outcome != "unknown" and tips_figure_is_told(tip):
            found = FollowUp(told(tip, answer), outcome, 7.0, None if outcome == "gone" else 2.0)
        else:
            found = FollowUp(told(tip, answer), "unknown")
        check(tips.follow_up_text(found, language))


def tips_figure_is_told(tip: str) -> bool:
    return tip in library() and library()[tip].unit not in (None, "amount", "flag")


def test_five_of_the_seven():
    tip = next(tip for tip in library().values() if tip.unit == "clients")
    found = FollowUp(told(tip.name), "fewer", 7.0, 2.0)
    assert (
        "toen 7 klanten, nu 2 klanten. 5 van de 7 zijn eraf."
        in parse_html(tips.follow_up_text(found, "nl")).text
    )
    assert "5 of the 7 are off" in tips.follow_up_text(found, "en")


@pytest.mark.parametrize(
    ("language", "said"), [("nl", "1 van de 7 is eraf."), ("en", "1 of the 7 is off the list.")]
)
def test_one_of_the_seven(language, said):
    tip = next(tip for tip in library().values() if tip.unit == "clients")
    found = FollowUp(told(tip.name), "fewer", 7.0, 6.0)
    assert tips.follow_up_text(found, language).endswith(said)


def test_figures_that_read_alike_are_the_same():
    tip = next(tip for tip in library().values() if tip.unit == "share")
    found = FollowUp(told(tip.name), "changed", 0.1301, 0.1299)
    assert "toen 13%, en nu nog." in tips.follow_up_text(found, "nl")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_carries_what_the_bot_knows(language):
    buttons = [
        button
        for reply in replies_about_tips(language).values()
        for row in reply.buttons
        for button in row
    ]
    assert buttons
    for button in buttons:
        assert isinstance(button, Button)
        assert 0 < len(button.label) <= 40
        assert decode(button.press.encode()) == button.press
        assert len(button.press.encode()) <= 64


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("answer", [None, *tips.ANSWERS])
@pytest.mark.parametrize("asks", [True, False])
def test_under_a_tip_stand_its_answers_with_a_mark_at_the_given_one(answer, asks, language):
    name = max(library(), key=len)
    rows = tips.keyboard_of_tip(
        told(name, answer), language, comments=3, asks_to_go_on=asks
    ).inline_keyboard
    labels = [button.text for row in rows for button in row]
    assert sum(label.startswith("✓") for label in labels) == (answer is not None)
    assert len(rows) == (4 if asks else 3)
    for row in rows:
        for button in row:
            assert decode(str(button.callback_data)) is not None
            assert len(str(button.callback_data)) <= 64
