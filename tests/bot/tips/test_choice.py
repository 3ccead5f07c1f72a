"""Which tip an office gets, from its figures, what it got before, and the month."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.tips.choice import REJECTED, Choice, Used, choose
from bot.tips.library import REST, library

MONTH = date(2026, 12, 1)
LARGEST = "largest_client_over_10_percent"
RATES = "rate_ends_within_a_year"
ANSWERS = (None, "done", "later", "not_for_me")
PATIENT = settings(deadline=None)


def months_before(count: int, month: date = MONTH) -> date:
    years, place = divmod(month.year * 12 + month.month - 1 - count, 12)
    return date(years, place + 1, 1)


def chosen(signals, history=(), clients=402, month=MONTH) -> Choice:
    return choose(signals, clients, list(history), month)


@pytest.mark.parametrize(
    ("signals", "signal"),
    [
        ({LARGEST: 0.13}, LARGEST),
        # What was promised to clients goes before what is good to know.
        ({"no_costs_known": 1.0, RATES: 3.0}, RATES),
        ({LARGEST: 0.13, RATES: 3.0}, RATES),
        # At the same urgency the figure furthest beyond its border.
        ({LARGEST: 0.11, "one_product_over_50_percent": 0.9}, "one_product_over_50_percent"),
        ({LARGEST: 0.24, "one_product_over_50_percent": 0.55}, LARGEST),
        # A number of clients weighs by the part of the list that it is.
        ({RATES: 60.0, "paid_without_contact": 2.0}, RATES),
        ({RATES: 2.0, "paid_without_contact": 40.0}, "paid_without_contact"),
        # Lower is worse for a conversion.
        ({"low_conversion": 0.12, LARGEST: 0.15}, "low_conversion"),
        ({"low_conversion": 0.29, LARGEST: 0.15}, LARGEST),
        ({"never_heard_of": 1.0, LARGEST: 0.13}, LARGEST),
    ],
)
def test_the_most_telling_signal_is_chosen(signals, signal):
    choice = chosen(signals)
    assert (choice.signal, choice.value, choice.reason) == (signal, signals[signal], "signal")
    assert library()[choice.tip].signal == signal


@pytest.mark.parametrize(
    ("value", "tip"), [(0.1, "largest_client"), (0.249, "largest_client"),
                       (0.25, "largest_client_quarter"), (0.9, "largest_client_quarter")],
)  # fmt: skip
def test_a_tip_speaks_from_its_border(value, tip):
    assert chosen({LARGEST: value}).tip == tip


@pytest.mark.parametrize("figure", [0.0, 0.05, 0.0999])
def test_below_its_border_no_tip_speaks(figure):
    assert chosen({LARGEST: figure}).signal is None


@pytest.mark.parametrize(
    ("signal", "tip", "then", "now", "months", "reason"),
    [
        (LARGEST, "largest_client", 0.13, 0.13, REST, "signal"),
        (LARGEST, "largest_client", 0.13, 0.13, REST - 1, None),
        (LARGEST, "largest_client", 0.13, 0.14, 1, None),
        (LARGEST, "largest_client", 0.13, 0.16, 1, "worse"),
        (LARGEST, "largest_client", 0.2, 0.13, 1, None),
        (LARGEST, "largest_client", None, 0.2, 1, None),
        (LARGEST, "largest_client", 0.13, 0.16, 0, None),
        (RATES, "rate_ends", 4.0, 5.0, 1, "worse"),
        (RATES, "rate_ends", 10.0, 11.0, 1, None),
        ("low_conversion", "three_questions_first", 0.25, 0.2, 1, "worse"),
        ("low_conversion", "three_questions_first", 0.25, 0.29, 1, None),
        ("few_clients_bring_80_percent", "few_carry_most", 0.0, 0.0, 1, None),
        # Doing this once a year is enough.
        ("clear_trait", "your_craft", 8.0, 8.0, REST, None),
        ("clear_trait", "your_craft", 8.0, 8.0, 11, None),
        ("clear_trait", "your_craft", 8.0, 8.0, 12, "signal"),
        ("clear_trait", "your_craft", 5.0, 8.0, 1, "worse"),
    ],
)
def test_a_signal_rests_half_a_year_unless_it_got_worse(signal, tip, then, now, months, reason):
    choice = chosen({signal: now}, [Used(tip, months_before(months), then)])
    if reason is None:
        assert choice.signal is None
    else:
        assert (choice.signal, choice.reason) == (signal, reason)
        assert choice.earlier == (None if reason == "signal" else Used(tip, months_before(1), then))


def test_two_tips_on_one_signal_take_turns():
    history = [Used("rate_ends", months_before(6), 12.0)]
    assert chosen({RATES: 12.0}).tip == "rate_ends"
    assert chosen({RATES: 12.0}, history).tip == "rate_ends_habit"
    history.insert(0, Used("rate_ends_habit", months_before(12), 12.0))
    assert chosen({RATES: 12.0}, history).tip == "rate_ends_habit"


@pytest.mark.parametrize(
    ("months", "tip"), [(REST, "largest_client"), (11, "largest_client"), (12, "rate_ends")]
)
def test_within_a_year_what_was_told_is_less_telling_than_what_is_new(months, tip):
    used = [Used("rate_ends_habit", months_before(months), 12.0)]
    assert chosen({RATES: 12.0, LARGEST: 0.2}, used).tip == tip


def test_a_list_that_stays_the_same_gives_a_year_of_different_tips():
    signals = {
        tip.signal: 100.0 if tip.unit == "clients" else tip.strong
        for tip in library().values()
        if tip.signal and tip.rest == REST
    }
    history = []
    for place in range(12):
        choice = chosen(signals, history, month=months_before(12 - place))
        history.append(Used(choice.tip, months_before(12 - place), choice.value))
    told = [used.tip for used in history]
    assert len(set(told)) == 12


@pytest.mark.parametrize(
    ("months", "back"), [(1, False), (REST, False), (REJECTED - 1, False), (REJECTED, True)]
)
def test_what_is_not_for_him_stays_away_a_year_however_bad(months, back):
    history = [Used("largest_client", months_before(months), 0.11, "not_for_me")]
    assert (chosen({LARGEST: 0.2}, history).tip == "largest_client") is back


def test_a_later_use_does_not_undo_not_for_me():
    used = [Used("largest_client", months_before(8), 0.11, "not_for_me")]
    used.append(Used("largest_client", months_before(7), 0.11))
    assert chosen({LARGEST: 0.2}, used).signal is None


@pytest.mark.parametrize(
    ("history", "reason"),
    [
        ([(1, "later")], "later"),
        ([(2, "later"), (1, "later")], "later"),
        ([(3, "later"), (2, "later"), (1, "later")], None),
        ([(3, "later"), (2, "done"), (1, "later")], "later"),
        ([(2, "later"), (1, "done")], None),
        ([(2, "later"), (1, None)], None),
        ([(3, "later")], "later"),
        ([(0, "later")], None),
        ([(8, "later")], "signal"),
    ],
)
def test_what_was_put_off_comes_back_the_next_month(history, reason):
    used = [Used("largest_client", months_before(m), 0.13, answer) for m, answer in history]
    # Though there is something more telling.
    choice = chosen({LARGEST: 0.13}, used)
    assert choice.reason == (reason or choice.reason)
    assert (choice.signal == LARGEST) is (reason is not None)


def test_what_was_put_off_goes_before_what_is_more_telling():
    used = [Used("largest_client", months_before(1), 0.13, "later")]
    assert chosen({LARGEST: 0.13, RATES: 60.0}, used).tip == "largest_client"
    assert chosen({RATES: 60.0}, used).tip == "rate_ends", "its signal fell silent"


@pytest.mark.parametrize("clients", [None, 402])
def test_a_general_tip_that_was_put_off_comes_back_too(clients):
    used = [Used("open_question", months_before(1), None, "later")]
    assert chosen({}, used, clients).tip == "open_question"
    assert chosen({}, [Used("open_question", months_before(1))], clients).tip != "open_question"


@pytest.mark.parametrize("month", range(1, 13))
def test_where_nothing_speaks_the_season_goes_first(month):
    choice = chosen({}, month=date(2026, month, 1))
    assert choice.signal is None
    in_season = {tip.name for tip in library().values() if month in tip.months}
    assert choice.reason == ("season" if in_season else "general")
    assert choice.tip in in_season or not in_season


@pytest.mark.parametrize(
    ("signal", "value", "clients", "few"),
    [
        (RATES, 4.0, 402, True),
        (RATES, 5.0, 402, False),
        ("top_without_contact", 2.0, 402, True),
        ("loss_making_over_10_percent", 0.2, 20, True),
        ("loss_making_over_10_percent", 0.2, 25, False),
        (LARGEST, 0.2, 402, False),
        (LARGEST, 0.6, 4, True),
        ("no_costs_known", 1.0, 402, False),
    ],
)
def test_a_finding_on_fewer_than_five_clients_says_so(signal, value, clients, few):
    assert chosen({signal: value}, clients=clients).few is few


@pytest.mark.parametrize("month", range(1, 13))
def test_without_a_file_a_tip_for_anyone(month):
    choice = choose({LARGEST: 0.3}, None, [], date(2026, month, 1))
    assert (choice.signal, choice.reason, choice.few) == (None, "no_file", False)
    assert library()[choice.tip].audience == "anyone"


def test_neither_the_order_of_signals_nor_of_history_matters():
    signals = {LARGEST: 0.13, RATES: 3.0, "no_costs_known": 1.0}
    history = [
        Used("rate_ends", months_before(2), 3.0, "later"),
        Used("rate_ends", months_before(1), 3.0, "done"),
        Used("largest_client", months_before(3), 0.1),
    ]
    results = {
        choose(dict(some), 402, order, MONTH)
        for some in permutations(signals.items())
        for order in permutations(history)
    }
    assert len(results) == 1


USED = st.builds(
    Used,
    st.sampled_from([*sorted(library()), "no_longer_there"]),
    st.dates(date(2024, 1, 1), date(2026, 11, 30)),
    st.none() | st.floats(0, 1000),
    st.sampled_from(ANSWERS),
)
SIGNALS = st.dictionaries(
    st.sampled_from(sorted({tip.signal for tip in library().values() if tip.signal})),
    st.floats(0, 1e6),
)


@PATIENT
@given(SIGNALS, st.none() | st.integers(0, 10**6), st.lists(USED, max_size=40))
def test_there_is_always_a_tip_and_never_one_that_was_rejected(signals, clients, history):
    choice = choose(signals, clients, history, MONTH)
    tip = library()[choice.tip]
    assert tip.signal == choice.signal
    rejected = {
        used.tip for used in history
        if used.answer == "not_for_me" and used.month > months_before(REJECTED - 1)
    }  # fmt: skip
    general = {t.name for t in library().values() if not t.signal and t.audience == "anyone"}
    assert choice.tip not in rejected or len(rejected & general) > 12


@PATIENT
@given(
    st.lists(st.tuples(SIGNALS, st.sampled_from(ANSWERS)), min_size=24, max_size=24),
    st.none() | st.integers(1, 2000),
)
def test_in_two_years_none_comes_twice_in_half_a_year_without_a_reason(months, clients):
    history = []
    for place, (signals, answer) in enumerate(months):
        month = months_before(23 - place)
        choice = choose(signals, clients, history, month)
        again = [u for u in history if u.tip == choice.tip and u.month > months_before(REST, month)]
        put_off = bool(again) and again[-1].answer == "later"
        assert not again or choice.reason == "worse" or put_off
        history.append(Used(choice.tip, month, choice.value, answer))
