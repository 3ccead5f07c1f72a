"""A file that was read stays open for the next answer, and nobody notices."""

import threading

import pytest

from storage.errors import StorageError
from storage.idle_files import IdleFiles
from storage.offices import IDLE_FILES, Offices
from tests.storage.conftest import KEY, NOW
from tests.storage.test_office import CLIENTS, NAMES


class Opened:
    def __init__(self) -> None:
        self.changes = 0
        self.closed = False

    def close(self) -> None:
        assert not self.closed
        self.closed = True


def use(idle: IdleFiles[Opened], name: str, *, changes: int = 0) -> Opened:
    file, taken = idle.take(name)
    file = file or Opened()
    file.changes = changes
    idle.give_back(name, file, taken)
    return file


def test_a_file_that_was_read_is_used_again():
    idle: IdleFiles[Opened] = IdleFiles(2)
    first = use(idle, "a")
    assert use(idle, "a") is first
    assert not first.closed


def test_no_more_than_so_many_stay_open_and_the_longest_idle_goes():
    idle: IdleFiles[Opened] = IdleFiles(2)
    a, b = use(idle, "a"), use(idle, "b")
    use(idle, "a")
    use(idle, "c")
    assert (a.closed, b.closed) == (False, True)


def test_a_file_that_was_changed_is_closed_with_every_other_of_its_name():
    idle: IdleFiles[Opened] = IdleFiles(2)
    _, taken = idle.take("a")
    use(idle, "a")
    meanwhile, _ = idle.take("a")
    assert meanwhile is not None
    idle.give_back("a", meanwhile, taken)
    writer = Opened()
    writer.changes = 1
    idle.give_back("a", writer, taken)
    assert (writer.closed, meanwhile.closed) == (True, True)
    assert idle.take("a")[0] is None


def test_a_file_taken_before_a_change_does_not_stay_open_after_it():
    idle: IdleFiles[Opened] = IdleFiles(2)
    reader = Opened()
    _, taken = idle.take("a")
    use(idle, "a", changes=1)
    idle.give_back("a", reader, taken)
    assert reader.closed


def test_two_at_once_each_have_a_file_of_their_own():
    idle: IdleFiles[Opened] = IdleFiles(2)
    first = use(idle, "a")
    assert idle.take("a")[0] is first
    assert idle.take("a")[0] is None


def test_closing_closes_what_is_idle_and_what_is_still_in_use():
    idle: IdleFiles[Opened] = IdleFiles(2)
    in_use = use(idle, "a")
    _, taken = idle.take("a")
    resting = use(idle, "b")
    idle.close()
    idle.give_back("a", in_use, taken)
    assert (resting.closed, in_use.closed) == (True, True)


def test_a_change_leaves_no_journal_beside_the_file(offices, plan, tmp_path):
    for _ in range(2):
        with offices.open("a1") as office:
            assert office.newest_analysed() is None
    with offices.open("a1") as office:
        office.add_upload(1, "klanten.xlsx", plan, b"rows", 2, NOW)
    assert sorted(path.name for path in (tmp_path / "offices").glob("a1*")) == ["a1.db"]


def test_what_one_connection_writes_the_other_reads(offices, plan, findings):
    with offices.open("a1") as reader:
        assert reader.upload(1) is None
        with offices.open("a1") as writer:
            writer.add_upload(1, "klanten.xlsx", plan, b"rows", 2, NOW)
        assert reader.upload(1).findings is None
        with offices.open("a1") as writer:
            writer.save_analysis(1, plan, b"rows", CLIENTS, NAMES, findings)
        assert reader.upload(1).findings == findings
        newer = findings.model_copy(update={"groups": (), "notes": ()})
        changed = newer.model_copy(update={"as_of": NOW.date().replace(day=1)})
        with offices.open("a1") as writer:
            writer.save_analysis(1, plan, b"fewer", CLIENTS, NAMES, changed)
        assert reader.upload(1).findings == changed
        assert reader.upload(1).rows == b"fewer"


def test_another_process_sees_and_is_seen(offices, plan, findings, tmp_path):
    with offices.open("a1") as office:
        number = office.add_upload(1, "klanten.xlsx", plan, b"rows", 2, NOW)
        office.save_analysis(number, plan, b"rows", CLIENTS, NAMES, findings)
    with offices.open("a1") as office:
        assert office.newest_analysed().findings == findings
    with Offices(tmp_path / "offices", KEY).open("a1") as elsewhere:
        elsewhere.remove_upload(number)
    with offices.open("a1") as office:
        assert office.newest_analysed() is None


def test_a_forgotten_office_is_gone_though_its_file_was_open(offices, plan, tmp_path):
    with offices.open("a1") as office:
        office.uploads()
    offices.remove("a1")
    assert list((tmp_path / "offices").glob("a1*")) == []
    with pytest.raises(StorageError, match="gone"), offices.open("a1"):
        pass
    offices.create("a1")
    with offices.open("a1") as office:
        assert office.uploads() == []


def test_an_error_leaves_nothing_half_done_for_the_next(offices, plan):
    def fail_within_a_change() -> None:
        with offices.open("a1") as office:
            office._database.execute("begin immediate")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_within_a_change()
    with offices.open("a1") as office:
        assert office.add_upload(1, "klanten.xlsx", plan, b"rows", 2, NOW) == 1


def test_many_offices_in_threads(offices, plan):
    failed: list[str] = []

    def write_and_read(names: list[str]) -> None:
        for name in names:
            offices.create(name)
            with offices.open(name) as office:
                number = office.add_upload(1, f"{name}.xlsx", plan, b"rows", 2, NOW)
            for _ in range(2):
                with offices.open(name) as office:
                    upload = office.upload(number)
            if upload is None or upload.file_name != f"{name}.xlsx":
                failed.append(name)

    names = [f"office{number}" for number in range(IDLE_FILES + 4)]
    threads = [threading.Thread(target=write_and_read, args=(names[n::3],)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
