from datetime import UTC, date, datetime, timedelta

import pytest

from storage.outbox import DueTip
from storage.register import Register
from storage.subscriptions import Subscription
from tests.storage.conftest import KEY, NOW

DECEMBER, JANUARY = date(2026, 12, 1), date(2027, 1, 1)
DUE = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
NEXT = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)


def due(user: int = 7, month: date = DECEMBER, due_at: datetime = DUE) -> DueTip:
    return DueTip(user, month, due_at, next_month=JANUARY, next_due_at=NEXT)


@pytest.fixture
def subscribed(register):
    """The register with members 7 and 8 of an office each, both waiting for December."""
    for user in (7, 8):
        register.open_office_for(user, "nl", NOW)
        register.subscriptions.save(Subscription(user, user, True, next_month=DECEMBER,
                                                 next_due_at=DUE), NOW)  # fmt: skip
    return register


@pytest.fixture
def outbox(subscribed):
    subscribed.outbox.put([due()], DUE)
    return subscribed.outbox


def state(outbox, register, user=7, month=DECEMBER):
    return outbox.months_of(register.member(user).office, user).get(month)


def test_a_due_tip_goes_from_pending_to_sent(register, outbox):
    (letter,) = outbox.pending(DUE, 0, 10)
    assert (letter.user, letter.chat, letter.month, letter.language) == (7, 7, DECEMBER, "nl")
    assert outbox.begin(letter.number, DUE)
    assert not outbox.begin(letter.number, DUE), "somebody else has it"
    assert outbox.pending(DUE, 0, 10) == []
    outbox.finish(letter.number, "sent", DUE)
    assert state(outbox, register) == "sent"
    assert register.subscriptions.of(7).next_due_at == NEXT


def test_a_month_is_put_in_once(register, outbox):
    outbox.finish(outbox.pending(DUE, 0, 10)[0].number, "sent", DUE)
    outbox.put([due(), due()], DUE)
    assert outbox.pending(DUE, 0, 10) == []
    assert state(outbox, register) == "sent"


@pytest.mark.parametrize("month", [DECEMBER, JANUARY])
def test_one_who_blocked_the_bot_gets_his_tip_only_within_the_month(register, outbox, month):
    register.subscriptions.block(8, NOW)
    outbox.put([due(8)], DUE)
    assert state(outbox, register, 8) == "blocked"
    outbox.send_after_all(8, month, DUE)
    assert state(outbox, register, 8) == ("pending" if month == DECEMBER else "blocked")


def test_what_was_being_sent_when_the_bot_fell_is_uncertain(register, outbox, tmp_path):
    outbox.put([due(8)], DUE)
    outbox.begin(outbox.pending(DUE, 0, 1)[0].number, DUE)
    register.close()
    again = Register(tmp_path / "register.db", KEY)
    assert again.outbox.tell_interrupted(DUE) == 1
    assert again.outbox.tell_interrupted(DUE) == 0
    assert state(again.outbox, again) == "uncertain"
    assert [letter.user for letter in again.outbox.pending(DUE, 0, 10)] == [8]
    again.close()


def test_a_tip_that_was_put_off_waits(outbox):
    later = DUE + timedelta(hours=1)
    (letter,) = outbox.pending(DUE, 0, 10)
    outbox.begin(letter.number, DUE)
    outbox.put_off(letter.number, later, DUE)
    assert outbox.pending(DUE, 0, 10) == []
    assert outbox.pending(later, 0, 10) == [letter]


def test_a_tip_of_a_month_that_is_over_stays_unsent(register, outbox):
    assert outbox.end_before(DECEMBER, NEXT) == 0
    assert outbox.end_before(JANUARY, NEXT) == 1
    assert state(outbox, register) == "failed"


def test_pending_tips_come_in_pieces(outbox):
    outbox.put([due(8)], DUE)
    first = outbox.pending(DUE, 0, 1)
    second = outbox.pending(DUE, first[0].number, 1)
    assert [letter.user for letter in first + second] == [7, 8]


@pytest.mark.parametrize(
    ("before", "after"),
    [("pending", "sent"), ("blocked", "sent"), ("failed", "sent"), ("sent", "sent"),
     ("sending", "sending"), ("uncertain", "uncertain")],
)  # fmt: skip
def test_who_asks_himself_does_not_get_it_twice(register, outbox, before, after):
    outbox.finish(outbox.pending(DUE, 0, 1)[0].number, before, DUE)
    outbox.take(register.member(7).office, 7, DECEMBER, DUE)
    assert state(outbox, register) == after
    assert outbox.pending(DUE, 0, 10) == []


def test_asking_before_it_is_due_takes_the_tip_of_the_month(register, outbox):
    outbox.take(register.member(8).office, 8, DECEMBER, NOW)
    outbox.put([due(8)], DUE)
    assert [letter.user for letter in outbox.pending(DUE, 0, 10)] == [7]


def test_who_stops_gets_nothing_more(register, outbox):
    outbox.drop_pending(7)
    assert state(outbox, register) is None


@pytest.mark.parametrize(
    ("answers", "asks"),
    [
        ([], False),
        ([None, None], False),
        ([None, None, None], True),
        ([None] * 4, False),
        ([None] * 6, True),
        (["done", None, None, None], True),
        ([None, None, None, "later"], False),
        ([None, "go_on", None, None], False),
    ],
)
def test_three_ignored_tips_in_a_row_ask_whether_to_go_on(register, outbox, answers, asks):
    outbox.drop_pending(7)
    for place, answer in enumerate(answers):
        month = date(2026, 1 + place, 1)
        outbox.put([due(month=month)], DUE)
        outbox.finish(outbox.pending(DUE, 0, 1)[0].number, "sent", DUE)
        if answer:
            outbox.answer(7, month, answer, DUE)
    assert outbox.asks_to_go_on(7, DECEMBER) == asks


def test_going_on_leaves_an_answer_as_it_is(outbox):
    for answer in ("go_on", "later", "done", "go_on"):
        outbox.answer(7, DECEMBER, answer, DUE)
    assert outbox.counts(DECEMBER).answers["done"] == 1


def test_counts_are_of_a_month_and_of_no_office(outbox):
    outbox.put([due(8)], DUE)
    for letter, outcome in zip(outbox.pending(DUE, 0, 10), ("sent", "failed"), strict=True):
        outbox.finish(letter.number, outcome, DUE, "bad_request")
    outbox.answer(7, DECEMBER, "done", DUE)
    counts = outbox.counts(DECEMBER)
    assert counts.states["sent"] == counts.states["failed"] == counts.answers["done"] == 1
    assert sum(counts.states.values()) == 2
    assert sum(outbox.counts(JANUARY).states.values()) == 0


def test_forgetting_an_office_takes_its_tips_and_wishes_along(register, outbox, tmp_path):
    outbox.put([due(8)], DUE)
    office = register.member(7).office
    register.forget_office(office, handling=0)
    assert register.subscriptions.of(7) is None
    assert outbox.months_of(office, 7) == {}
    assert [letter.user for letter in outbox.pending(DUE, 0, 10)] == [8]
    assert register.subscriptions.of(8) is not None
    left = {value for row in everything(register) for value in row}
    assert 8 in left
    assert not left & {7, office}


def everything(register: Register) -> list[tuple]:
    """Every row of every table that tells of people."""
    database = register._database
    return [
        row
        for table in database.table_names()
        if table != "_sqlite_migrations"
        for row in database.execute(f'select * from "{table}"').fetchall()
    ]
