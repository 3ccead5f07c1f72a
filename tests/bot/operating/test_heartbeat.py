import logging

import pytest
from telegram.error import NetworkError
from telegram.request import BaseRequest

from bot.operating import heartbeat as module
from bot.operating.heartbeat import Heard, Heartbeat, read_beat
from tests.storage.conftest import NOW


def test_a_beat_is_read_as_written(tmp_path):
    beating = Heartbeat(tmp_path, lambda: NOW, polling=True)
    beating.heard()
    beat = read_beat(tmp_path)
    assert beat is not None
    assert (beat.alive_at, beat.heard_at, beat.polling) == (NOW, NOW, True)
    assert [path.name for path in tmp_path.iterdir()] == ["heartbeat"]
    beating.end()
    beating.end()
    assert read_beat(tmp_path) is None


def test_many_answers_are_written_once_a_second(tmp_path, monkeypatch):
    beating = Heartbeat(tmp_path, lambda: NOW, polling=True)
    seconds = iter([100.0, 100.4, 100.9, 101.1, 101.1])
    monkeypatch.setattr(module.time, "monotonic", lambda: next(seconds))
    written = []
    for _ in range(4):
        (tmp_path / "heartbeat").unlink(missing_ok=True)
        beating.heard()
        written.append((tmp_path / "heartbeat").exists())
    assert written == [True, False, False, True]


def test_a_disk_that_refuses_stops_nothing_and_is_logged_once(tmp_path, caplog):
    beating = Heartbeat(tmp_path / "missing", lambda: NOW, polling=True)
    with caplog.at_level(logging.ERROR):
        beating.heard()
        beating.heard()
        beating.alive()
    assert [record.message for record in caplog.records] == [
        "the sign of life cannot be written: FileNotFoundError"
    ]


class Answering(BaseRequest):
    def __init__(self, status: int) -> None:
        self.status = status
        self.running = False

    read_timeout = 7.5

    async def initialize(self) -> None:
        self.running = True

    async def shutdown(self) -> None:
        self.running = False

    async def do_request(self, *_args, **_more):
        if not self.status:
            raise NetworkError("cut")
        return self.status, b'{"ok": true, "result": []}'


@pytest.mark.parametrize(("status", "heard"), [(200, 1), (409, 0), (502, 0)])
async def test_only_a_good_answer_counts(status, heard):
    times = []
    request = Heard(Answering(status), lambda: times.append(1))
    assert await request.do_request("https://x/getUpdates", "POST") == (
        status,
        b'{"ok": true, "result": []}',
    )
    assert len(times) == heard


async def test_a_cut_connection_is_no_answer():
    times = []
    request = Heard(Answering(0), lambda: times.append(1))
    with pytest.raises(NetworkError):
        await request.do_request("https://x/getUpdates", "POST")
    assert times == []


async def test_the_request_behind_it_is_started_and_stopped():
    behind = Answering(200)
    request = Heard(behind, lambda: None)
    assert request.read_timeout == 7.5
    await request.initialize()
    assert behind.running
    await request.shutdown()
    assert not behind.running
