from datetime import timedelta

import pytest

from storage.drafts import Draft
from storage.register import Register
from tests.storage.conftest import KEY, NOW


def _draft(kind="comment", user=7, asks="text", minutes=0, **values):
    return Draft(user, kind, asks, values, 1, NOW + timedelta(minutes=minutes))


def test_a_draft_is_kept_beyond_a_restart(register, tmp_path):
    draft = _draft(name="Anja \N{GRINNING FACE}\n'\"")
    register.drafts.keep(draft)
    register.close()
    again = Register(tmp_path / "register.db", KEY)
    assert again.drafts.of(7, "comment") == draft
    assert again.drafts.of(8, "comment") is None
    assert again.drafts.of(7, "answer") is None
    again.close()


def test_a_later_one_of_its_kind_takes_its_place(register):
    register.drafts.keep(_draft(name="Anja"))
    register.drafts.keep(_draft(name="Bram"))
    assert register.drafts.of(7, "comment").values == {"name": "Bram"}


def test_the_text_is_for_what_asked_last(register):
    register.drafts.keep(_draft("contribution", minutes=1))
    register.drafts.keep(_draft("answer", minutes=2))
    register.drafts.keep(_draft("comment", asks="", minutes=3))
    assert register.drafts.awaiting(7, NOW).kind == "answer"
    assert register.drafts.drop(7, "answer")
    assert not register.drafts.drop(7, "answer")
    assert register.drafts.awaiting(7, NOW).kind == "contribution"
    assert register.drafts.awaiting(7, NOW + timedelta(minutes=2)) is None
    assert register.drafts.awaiting(8, NOW) is None


def test_the_newest_is_dropped_first(register):
    register.drafts.keep(_draft("contribution", minutes=1))
    register.drafts.keep(_draft("comment", minutes=2))
    assert register.drafts.drop_newest(7)
    assert register.drafts.of(7, "comment") is None
    assert register.drafts.drop_newest(7)
    assert not register.drafts.drop_newest(7)


@pytest.mark.parametrize(("days", "kept"), [(6, True), (8, False)])
def test_what_nobody_went_on_with_is_thrown_away(register, days, kept):
    register.drafts.keep(_draft())
    register.drafts.remove_old(NOW + timedelta(days=days) - timedelta(days=7))
    assert (register.drafts.of(7, "comment") is not None) is kept
