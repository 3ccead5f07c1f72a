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
    register.finish([2], NOW)
    register.close()
    again = Register(tmp_path / "register.db", KEY)
    assert [(u.update_id, u.payload) for u in again.unfinished()] == [
        (1, "payload 1"),
        (3, "payload 3"),
    ]
    again.close()


def test_a_finished_update_says_nothing_any_more(register):
    register.receive(1, 7, "geheim", NOW)
    register.finish([1], NOW)
    rows = list(register._database.query("select * from inbox"))
    assert rows[0]["payload"] is None
    assert rows[0]["user"] is None
    assert not register.receive(1, 7, "geheim", NOW), "a repeated delivery is still known"


def test_old_finished_updates_are_dropped(register):
    register.receive(1, 7, "{}", NOW)
    register.finish([1], NOW)
    register.receive(2, 7, "{}", NOW + timedelta(days=8))
    register.finish([2], NOW + timedelta(days=8))
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


def test_a_member_of_another_office_moves_by_invitation(register):
    mine = register.open_office_for(7, "nl", NOW).office
    other = register.new_office("De Vries", NOW)
    code = register.invite(other, NOW)
    assert register.invitations.office_of(code, NOW) == other
    assert register.redeem(code, 7, "nl", NOW) == Member(7, other, "nl")
    assert register.invitations.office_of(code, NOW) is None
    assert mine in register.offices()


def test_an_open_invitation_is_seen_until_it_is_used_revoked_or_too_old(register):
    office, other = register.new_office("De Vries", NOW), register.new_office("Bakker", NOW)
    used, revoked, _ = (register.invite(office, NOW) for _ in range(3))
    register.invite(other, NOW)
    first, second, third = register.invitations.open(NOW, office)
    assert first.expires_at == NOW + timedelta(days=14)
    register.redeem(used, 7, "nl", NOW)
    assert not register.invitations.revoke(first.number, office), "it was used"
    assert not register.invitations.revoke(second.number, other), "it is another office's"
    assert register.invitations.revoke(second.number, office)
    assert not register.invitations.revoke(second.number, office), "twice"
    assert register.redeem(revoked, 8, "nl", NOW) is None
    assert register.invitations.open(NOW, office) == [third]
    assert len(register.invitations.open(NOW)) == 2
    assert register.invitations.open(NOW + timedelta(days=15)) == []


def test_what_nobody_can_use_any_more_is_not_kept(register):
    office = register.new_office("De Vries", NOW)
    register.redeem(register.invite(office, NOW), 7, "nl", NOW)
    register.invite(office, NOW)
    register.invite(office, NOW + timedelta(days=15))
    assert register._database.table("invitations").count == 1


def test_a_code_that_no_text_can_be_is_refused(register):
    assert register.redeem("\ud800", 7, "nl", NOW) is None


def test_a_member_is_removed_but_never_the_last_one(register):
    office = register.open_office_for(7, "nl", NOW).office
    register.join(8, office, "nl", NOW)
    register.open_office_for(9, "nl", NOW)
    assert not register.remove_member(office, 9), "of another office"
    assert register.remove_member(office, 8)
    assert register.member(8) is None
    assert not register.remove_member(office, 8)
    assert not register.remove_member(office, 7), "the last one"
    assert [member.user for member in register.members_of(office)] == [7]
    assert register.member(9) is not None


def test_a_member_may_have_files_taken_out_of_the_chat(register):
    assert register.open_office_for(7, "nl", NOW).unsend is None
    for wish in ("asked", "yes", "no"):
        register.set_unsend(7, wish)
        assert register.member(7).unsend == wish


def test_an_office_is_found_by_its_name(register):
    office = register.new_office("De Vries", NOW)
    assert register.office_called("De Vries") == office
    assert register.office_called("de vries") is None


def test_it_is_counted_how_often_an_update_was_begun_again(register):
    register.receive(1, 7, "{}", NOW)
    assert [register.begin_again(1) for _ in range(3)] == [1, 2, 3]
    assert register.begin_again(99) == 0
