from datetime import date, timedelta

import pytest

from storage.drafts import Draft
from tests.storage.conftest import NOW

NOVEMBER = date(2026, 11, 1)


def _send(register, update_id=1, user=7, office="a1", tip="largest_client", **changed):
    values = {"name": "Anja", "text": "Dit werkte.", "email": "anja@kantoor.test", "now": NOW}
    register.comments.send(update_id, office, user, tip, NOVEMBER, **{**values, **changed})


def test_a_comment_waits_until_it_is_approved(register):
    _send(register)
    (waiting,) = register.comments.waiting()
    assert (waiting.name, waiting.text, waiting.email) == (
        "Anja",
        "Dit werkte.",
        "anja@kantoor.test",
    )
    assert (waiting.tip, waiting.month, waiting.user) == ("largest_client", NOVEMBER, 7)
    assert register.comments.approved("largest_client", NOVEMBER) == []
    assert register.comments.approve(waiting.number)
    assert not register.comments.approve(waiting.number)
    assert register.comments.waiting() == []
    (approved,) = register.comments.approved("largest_client", date(2026, 11, 30))
    assert approved.number == waiting.number
    assert register.comments.approved_count("largest_client", NOVEMBER) == 1


@pytest.mark.parametrize(
    ("tip", "month"), [("largest_client", date(2026, 12, 1)), ("rate_ends", NOVEMBER)]
)
def test_a_tip_is_known_by_its_name_and_month(register, tip, month):
    _send(register)
    register.comments.approve(1)
    assert register.comments.approved(tip, month) == []
    assert register.comments.approved_count(tip, month) == 0


def test_an_update_sends_one_comment(register):
    _send(register)
    _send(register)
    assert len(register.comments.waiting()) == 1
    assert len(register.comments.claim_news(NOW)) == 1
    assert register.comments.was_sent_by(1)
    assert not register.comments.was_sent_by(2)


@pytest.mark.parametrize("approved", [False, True])
def test_of_a_removed_comment_nothing_stays_but_that_it_was_sent(register, approved):
    _send(register)
    if approved:
        register.comments.approve(1)
    register.comments.answer(1, "Fijn.")
    assert register.comments.remove(1)
    assert not register.comments.remove(1)
    removed = register.comments.get(1)
    assert (removed.name, removed.text, removed.email, removed.answer) == ("", "", "", "")
    assert not register.comments.approve(1)
    assert not register.comments.answer(1, "Toch.")
    assert register.comments.waiting() == []
    assert register.comments.approved("largest_client", NOVEMBER) == []
    assert register.comments.sent_since(7, NOW) == 1
    register.comments.drop_removed(NOW)
    assert register.comments.get(1) is not None
    register.comments.drop_removed(NOW + timedelta(seconds=1))
    assert register.comments.get(1) is None


def test_the_number_of_a_removed_comment_is_never_given_again(register):
    _send(register)
    register.comments.remove(1)
    register.comments.drop_removed(NOW + timedelta(days=1))
    _send(register, update_id=2)
    assert register.comments.get(1) is None
    assert register.comments.get(2) is not None


def test_comments_are_counted_per_member_since_a_moment(register):
    _send(register, update_id=1)
    _send(register, update_id=2, now=NOW + timedelta(hours=1))
    _send(register, update_id=3, user=8)
    assert register.comments.sent_since(7, NOW) == 2
    assert register.comments.sent_since(7, NOW + timedelta(minutes=1)) == 1
    assert register.comments.sent_since(8, NOW) == 1
    assert register.comments.sent_since(9, NOW) == 0


def test_news_goes_to_one_teller_at_a_time_and_comes_back_when_he_falls(register):
    _send(register)
    told = register.comments.claim_news(NOW)
    assert [(news, comment.number) for news, comment in told] == [("written", 1)]
    assert register.comments.claim_news(NOW + timedelta(minutes=4)) == []
    again = register.comments.claim_news(NOW + timedelta(minutes=6))
    assert [news for news, _ in again] == ["written"]
    register.comments.told(1, "written")
    assert register.comments.claim_news(NOW + timedelta(hours=1)) == []


def test_each_judgement_is_news_and_a_removal_outdates_all_others(register):
    _send(register)
    register.comments.told(1, "written")
    register.comments.approve(1)
    register.comments.answer(1, "Fijn.")
    assert [news for news, _ in register.comments.claim_news(NOW)] == ["approved", "answered"]
    register.comments.remove(1)
    assert [news for news, _ in register.comments.claim_news(NOW)] == ["removed"]


def test_forgetting_an_office_takes_its_comments_news_and_drafts_along(register):
    mine = register.open_office_for(7, "nl", NOW)
    other = register.open_office_for(8, "nl", NOW)
    _send(register, office=mine.office)
    # Sent before this member came to the office.
    _send(register, update_id=2, office="before")
    _send(register, update_id=3, office=other.office, user=8, name="Bram", text="Ook.", email="")
    for user in (7, 8):
        register.drafts.keep(Draft(user, "comment", "text", {"name": f"van {user}"}, 4, NOW))
    register.forget_office(mine.office, handling=9)
    assert [comment.name for comment in register.comments.waiting()] == ["Bram"]
    assert [comment.name for _, comment in register.comments.claim_news(NOW)] == ["Bram"]
    assert register.drafts.of(7, "comment") is None
    assert register.drafts.of(8, "comment") is not None
    database = register._database
    everything = str([list(database.query(f"select * from {t}")) for t in database.table_names()])
    assert "Bram" in everything
    for gone in ("Anja", "Dit werkte", "anja@kantoor", "van 7"):
        assert gone not in everything


def test_nothing_readable_stands_on_the_disk(register, tmp_path):
    _send(register, name="Zonneschijn", text="Zonneschijn", email="zonneschijn@kantoor.test")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert not [path.name for path in files if b"onneschijn" in path.read_bytes()]
