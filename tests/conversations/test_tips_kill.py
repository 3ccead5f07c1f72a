"""Tips that go out while the bot is killed: each once, or recorded as uncertain."""

from tests.conversations.broadcast import Broadcast, Point


async def test_a_kill_while_tips_go_out_sends_none_twice(server, tmp_path, engine):
    points = [Point(1, 0.0), Point(1, 0.02), Point(3, 0.0), Point(2, 0.07)]
    broadcast = Broadcast(server, tmp_path / "data", 24, engine)
    for point in points:
        await broadcast.fall(point)
    await broadcast.finish()
    arrived = broadcast.arrived()
    for user, state in broadcast.states().items():
        assert state in ("sent", "uncertain")
        assert arrived[user] <= 1, "twice"
        assert arrived[user] == 1 or state == "uncertain", "lost"
