from datetime import date

import pytest

from tests.storage.conftest import NOW

DECEMBER = date(2026, 12, 1)


def _schedule(register, update_id=1, month=DECEMBER, **changed):
    values = {
        "dutch": "Bel vandaag.",
        "english": "Call today.",
        "author": "Olga Bakker",
        "signal": None,
        "now": NOW,
    }
    return register.contributions.schedule(update_id, month, **{**values, **changed})


def test_a_contribution_is_found_by_any_day_of_its_month(register):
    scheduled = _schedule(register)
    assert register.contributions.for_month(date(2026, 12, 31)) == [scheduled]
    assert register.contributions.for_month(date(2026, 11, 30)) == []
    assert register.contributions.for_month(date(2027, 12, 1)) == []
    assert register.contributions.get(scheduled.number) == scheduled
    assert scheduled.month == DECEMBER
    assert scheduled.name == "contribution_1"


def test_an_update_schedules_one(register):
    assert _schedule(register) == _schedule(register)
    assert register.contributions.of_update(1) == register.contributions.get(1)
    assert register.contributions.of_update(2) is None


@pytest.mark.parametrize(
    ("dutch", "english", "in_dutch", "in_english"),
    [
        ("Bel.", "Call.", "Bel.", "Call."),
        ("Bel.", "", "Bel.", "Bel."),
        ("", "Call.", "Call.", "Call."),
    ],
)
def test_one_language_serves_both_where_the_other_is_missing(
    register, dutch, english, in_dutch, in_english
):
    scheduled = _schedule(register, dutch=dutch, english=english)
    assert (scheduled.text("nl"), scheduled.text("en")) == (in_dutch, in_english)


def test_it_moves_and_is_withdrawn(register):
    number = _schedule(register).number
    assert register.contributions.move(number, date(2027, 2, 1))
    assert register.contributions.for_month(DECEMBER) == []
    assert [each.number for each in register.contributions.for_month(date(2027, 2, 1))] == [number]
    assert register.contributions.withdraw(number)
    assert not register.contributions.withdraw(number)
    assert not register.contributions.move(number, DECEMBER)
    assert register.contributions.get(number) is None
    assert _schedule(register, update_id=2).number != number


def test_the_planned_ones_stand_by_month_and_past_ones_do_not(register):
    for update_id, month in enumerate((date(2027, 1, 1), date(2026, 11, 1), DECEMBER, DECEMBER)):
        _schedule(register, update_id, month)
    planned = register.contributions.from_month(date(2026, 12, 24))
    assert [(each.month.month, each.number) for each in planned] == [(12, 3), (12, 4), (1, 1)]


def test_forgetting_the_operators_office_leaves_what_he_published(register):
    member = register.open_office_for(7, "nl", NOW)
    _schedule(register)
    register.forget_office(member.office, handling=1)
    assert len(register.contributions.for_month(DECEMBER)) == 1
