"""A member's tip of a month: chosen once, then the same; one that was written goes first."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from analysis.columns.plan import ColumnPlan
from analysis.findings import ClientFacts, Findings, Signal
from bot.tips.library import library
from bot.tips.telling import TipOfMonth, text_of, tip_of_month
from storage.contributions import Contribution
from storage.offices import Offices

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
DECEMBER, JANUARY = date(2026, 12, 1), date(2027, 1, 1)
CONTACT = "top_without_contact"
WRITTEN = Contribution(3, DECEMBER, "Bel vandaag <iemand>.", "", "Olga", None)


@pytest.fixture
def offices(tmp_path) -> Offices:
    offices = Offices(tmp_path, bytes(32))
    offices.create("a1")
    return offices


def send_list(offices: Offices, update_id: int, **signals: float) -> None:
    """A list with these figures is analysed."""
    found = tuple(Signal(signal=name, value=value) for name, value in signals.items())
    facts = ClientFacts(count=200, rows_added_up=False, left_out=())
    with offices.open("a1") as file:
        number = file.add_upload(update_id, "k.xlsx", ColumnPlan(columns=()), b"", 200, NOW)
    with offices.open_tips("a1") as tips:
        tips.keep_figures(number, Findings.model_construct(clients=facts, signals=found))


def tip(offices: Offices, month: date = DECEMBER, *written: Contribution) -> TipOfMonth:
    return tip_of_month(offices, "a1", 7, month, written, NOW)


def answer(offices: Offices, month: date, given: str) -> None:
    with offices.open_tips("a1") as tips:
        assert tips.answer(7, month, given)


def test_the_tip_of_a_month_stays_whatever_is_sent_later(offices):
    send_list(offices, 1, top_without_contact=7)
    first = tip(offices)
    assert first.tip.signal == CONTACT
    send_list(offices, 2, largest_client_over_10_percent=0.4)
    again = tip(offices)
    assert again.tip == first.tip
    assert text_of(again, "nl") == text_of(first, "nl")
    assert tip(offices, JANUARY).tip.signal == "largest_client_over_10_percent"


def test_two_members_of_an_office_are_told_apart(offices):
    send_list(offices, 1, top_without_contact=7)
    tip(offices)
    answer(offices, DECEMBER, "not_for_me")
    assert tip_of_month(offices, "a1", 8, DECEMBER, (), NOW).tip.answer is None


def test_a_written_tip_takes_the_place_of_the_chosen_one(offices):
    send_list(offices, 1, top_without_contact=7)
    found = tip(offices, DECEMBER, WRITTEN)
    assert found.contribution == WRITTEN
    assert "Bel vandaag &lt;iemand&gt;." in text_of(found, "nl")
    assert "Olga" in text_of(found, "en")
    assert tip(offices, DECEMBER, WRITTEN).tip == found.tip


def test_a_written_tip_may_rest_on_a_finding(offices):
    written = Contribution(4, DECEMBER, "Doe dit.", "Do this.", "Olga", CONTACT)
    assert tip(offices, DECEMBER, written).contribution is None, "no list, so no such finding"
    send_list(offices, 1, top_without_contact=7)
    found = tip(offices, JANUARY, written)
    assert found.tip.value == 7
    assert "Bij jou:" in text_of(found, "nl")


def test_what_was_withdrawn_is_not_told_again(offices):
    tip(offices, DECEMBER, WRITTEN)
    assert tip(offices).tip.tip in library()


def test_what_was_promised_comes_back_with_its_figures(offices):
    send_list(offices, 1, top_without_contact=7)
    title = library()[tip(offices).tip.tip].title
    answer(offices, DECEMBER, "later")
    send_list(offices, 2, largest_client_over_10_percent=0.4, top_without_contact=2)
    text = text_of(tip(offices, JANUARY), "nl")
    assert title in text or "Vorige keer" in text
    assert "7" in text


def test_the_question_whether_to_go_on_stands_below_the_tip(offices):
    text = text_of(tip(offices), "nl", asks_to_go_on=True)
    assert text.index("Doe dit:") < text.index("blijven krijgen?")


def test_a_written_tip_that_was_withdrawn_before_it_went_out_leaves_no_trace(offices):
    send_list(offices, 1, top_without_contact=7)
    tip(offices, DECEMBER, WRITTEN)
    chosen = tip(offices, DECEMBER).tip
    assert chosen.signal == CONTACT
    with offices.open_tips("a1") as tips:
        assert tips.told(7) == [chosen]


def test_a_written_tip_that_was_moved_after_it_went_out_does_not_come_again(offices):
    tip(offices, DECEMBER, WRITTEN)
    moved = replace(WRITTEN, month=JANUARY)
    assert tip(offices, JANUARY, moved).contribution is None
    assert tip_of_month(offices, "a1", 8, JANUARY, (moved,), NOW).contribution == moved


def test_who_sent_a_list_since_gets_the_promised_tip_on_his_own_figures(offices):
    assert "dan gaat de volgende tip over je eigen cijfers" in text_of(tip(offices), "nl")
    send_list(offices, 1, top_without_contact=7)
    found = tip(offices)
    assert (found.tip.signal, found.tip.value) == (CONTACT, 7)
    send_list(offices, 2, largest_client_over_10_percent=0.4)
    assert tip(offices).tip == found.tip


def test_a_tip_that_was_answered_stays_when_a_list_comes(offices):
    first = tip(offices).tip
    answer(offices, DECEMBER, "done")
    send_list(offices, 1, top_without_contact=7)
    assert tip(offices).tip.tip == first.tip


def test_who_sent_a_list_that_says_nothing_is_not_asked_for_it_again(offices):
    asked = text_of(tip(offices), "nl")
    assert "Stuur je klantenlijst" in asked
    send_list(offices, 1)
    again = text_of(tip(offices), "nl")
    assert "Stuur je klantenlijst" not in again
    assert again.splitlines()[0] == asked.splitlines()[0]
