from datetime import timedelta

import pytest

from storage.errors import StorageError
from storage.register import Member, Register
from tests.storage.conftest import KEY, NOW


def test_an_office_of_ones_own(register):
    member = register.open_office_for(7, "nl", NOW)
    assert register.member(7) == member
    assert register.offices() == [member.office]
    assert register.members_of(member.office) == [member]
    assert register.member(8) is None


def test_language_is_remembered(register):
    office = register.open_office_for(7, "nl", NOW).office
    register.set_language(7, "en")
    assert register.member(7) == Member(7, office, "en")


def test_whether_pictures_are_wanted_is_remembered_per_member(register):
    office = register.open_office_for(7, "nl", NOW).office
    register.join(8, office, "nl", NOW)
    register.set_text_only(7, text_only=True)
    assert register.member(7) == Member(7, office, "nl", text_only=True)
    assert not register.member(8).text_only
    register.set_text_only(7, text_only=False)
    assert not register.member(7).text_only


def test_an_invitation_lets_one_person_in_once(register):
    office = register.new_office("De Vries", NOW)
    code = register.invite(office, NOW)
    assert register.redeem(code, 7, "nl", NOW) == Member(7, office, "nl")
    assert register.redeem(code, 8, "nl", NOW) is None
    assert register.member(8) is None


@pytest.mark.parametrize(("days", "let_in"), [(13, True), (15, False)])
def test_an_invitation_lasts_fourteen_days(register, days, let_in):
    code = register.invite(register.new_office("De Vries", NOW), NOW)
    joined = register.redeem(code, 7, "nl", NOW + timedelta(days=days))
    assert (joined is not None) == let_in


def test_an_unknown_invitation_is_refused(register):
    assert register.redeem("raad-maar", 7, "nl", NOW) is None


def test_an_update_is_received_once(register):
    assert register.receive(1, 7, "{}", NOW)
    assert not register.receive(1, 7, "{}", NOW)


def test_unfinished_updates_come_back_in_order(register, tmp_path):
    for update_id in (3, 1, 2):
        register.receive(update_id, 7, f"payload {update_id}", NOW)
    register.finish(2, NOW)
    register.close()
    again = Register(tmp_path / "register.db", KEY)
    assert [(u.update_id, u.payload) for u in again.unfinished()] == [
        (1, "payload 1"),
        (3, "payload 3"),
    ]
    again.close()


def test_a_finished_update_says_nothing_any_more(register):
    register.receive(1, 7, "geheim", NOW)
    register.finish(1, NOW)
    rows = list(register._database.query("select * from inbox"))
    assert rows[0]["payload"] is None
    assert rows[0]["user"] is None
    assert not register.receive(1, 7, "geheim", NOW), "a repeated delivery is still known"


def test_old_finished_updates_are_dropped(register):
    register.receive(1, 7, "{}", NOW)
    register.finish(1, NOW)
    register.receive(2, 7, "{}", NOW + timedelta(days=8))
    register.finish(2, NOW + timedelta(days=8))
    assert [row["update_id"] for row in register._database.query("select * from inbox")] == [2]


def test_forgetting_an_office_leaves_other_offices_alone(register):
    mine = register.open_office_for(7, "nl", NOW)
    other = register.open_office_for(8, "en", NOW)
    register.receive(1, 7, "mine", NOW)
    register.receive(2, 8, "other", NOW)
    register.receive(3, 7, "forget", NOW)
    register.forget_office(mine.office, handling=3)
    assert register.member(7) is None
    assert register.offices() == [other.office]
    assert register.member(8) == other
    assert [update.update_id for update in register.unfinished()] == [2, 3]


def test_a_wrong_key_opens_nothing(register, tmp_path):
    register.open_office_for(7, "nl", NOW)
    register.close()
    with pytest.raises(StorageError, match="wrong_key_or_damaged"):
        Register(tmp_path / "register.db", bytes(32))


def test_a_newer_file_is_refused(register, tmp_path):
    register._database.table("_sqlite_migrations").insert(
        {"migration_set": "klantkompas.register", "name": "from_the_future", "applied_at": ""}
    )
    register.close()
    with pytest.raises(StorageError, match="newer_file"):
        Register(tmp_path / "register.db", KEY)


def test_nothing_readable_stands_on_the_disk(register, tmp_path):
    register.new_office("Kantoor Zonneschijn", NOW)
    register.receive(1, 7, "Mevrouw Zonneschijn belde", NOW)
    found = [
        path.name for path in tmp_path.rglob("*") if path.is_file()
        if b"Zonneschijn" in path.read_bytes()
    ]  # fmt: skip
    assert found == []
    assert not (tmp_path / "register.db").read_bytes().startswith(b"SQLite format 3")


def test_an_office_has_the_name_that_it_was_given(register):
    assert register.office_name(register.new_office("De Vries", NOW)) == "De Vries"
    assert register.office_name(register.open_office_for(7, "nl", NOW).office) == ""
    assert register.office_name("unknown") == ""
