"""What Telegram may answer to a tip, and what becomes of it. The messenger is played here."""

import asyncio
import socket
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import aiohttp
import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.services import Services, open_services
from bot.settings import Settings
from bot.tips.pace import Pace
from bot.tips.sending import send_due_tips
from bot.transport import AiohttpRequest
from storage.subscriptions import Subscription

MONTH = date(2026, 12, 1)
DUE = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
MEMBERS = range(1, 7)
SECOND = 2


class Messenger:
    """Takes messages; answers the first ones to some chats with an error."""

    def __init__(self) -> None:
        self.errors: dict[int, list[BaseException]] = {}
        self.tips: Counter[int] = Counter()
        self.asked: Counter[int] = Counter()
        self.never_answers = 0
        self.is_asked = asyncio.Event()

    async def send_message(self, chat: int, text: str, reply_markup: object) -> None:
        self.asked[chat] += 1
        if chat == self.never_answers:
            self.is_asked.set()
            await asyncio.Event().wait()
        await asyncio.sleep(0)
        if self.errors.get(chat):
            raise self.errors[chat].pop(0)
        assert text
        self.tips[chat] += 1


class NoEngine:
    """Tips need no worker processes."""


def unreachable() -> NetworkError:
    """As the transport raises it where nobody answers."""
    try:
        try:
            raise aiohttp.ClientConnectorError(None, OSError())  # type: ignore[arg-type]
        except aiohttp.ClientConnectorError:
            raise NetworkError("the call failed") from None
    except NetworkError as error:
        return error


@pytest.fixture
def moment() -> list[datetime]:
    return [DUE]


@pytest.fixture
def services(tmp_path, moment) -> Iterator[Services]:
    settings = Settings(_env_file=None, data=tmp_path / "data")
    with open_services(settings, clock=lambda: moment[0], engine=NoEngine()) as opened:
        for user in MEMBERS:
            member = opened.register.open_office_for(user, "nl", DUE)
            opened.offices.create(member.office)
            wanted = Subscription(user, user, True, next_month=MONTH, next_due_at=DUE)
            opened.register.subscriptions.save(wanted, DUE)
        yield replace(opened, pace=Pace(1e6))


@pytest.fixture
def messenger() -> Messenger:
    return Messenger()


def states(services: Services) -> dict[int, str]:
    """By member, of this month."""
    register = services.register
    return {
        user: register.outbox.months_of(register.member(user).office, user).get(MONTH)
        for user in MEMBERS
    }


SENT = dict.fromkeys(MEMBERS, "sent")


async def test_each_member_gets_his_tip_once(services, messenger):
    assert await send_due_tips(messenger, services) == len(MEMBERS)
    assert await send_due_tips(messenger, services) == 0
    assert messenger.tips == Counter(MEMBERS)
    assert states(services) == SENT


async def test_two_broadcasts_at_once_send_nothing_twice(services, messenger):
    counts = await asyncio.gather(*(send_due_tips(messenger, services) for _ in range(3)))
    assert sum(counts) == len(MEMBERS)
    assert messenger.tips == Counter(MEMBERS)


@pytest.mark.parametrize(
    ("error", "state", "asked"),
    [
        (Forbidden("bot was blocked by the user"), "blocked", 1),
        (Forbidden("user is deactivated"), "blocked", 1),
        (BadRequest("Chat not found"), "blocked", 1),
        (BadRequest("can't parse entities"), "failed", 1),
        (TelegramError("something new"), "failed", 1),
        (TimedOut(), "uncertain", 1),
        (NetworkError("Bad Gateway"), "uncertain", 1),
        (ValueError("a fault in the library"), "uncertain", 1),
        (RetryAfter(timedelta(seconds=0.01)), "sent", 2),
        (ChatMigrated(-100123), "failed", 1),
    ],
)
async def test_one_bad_answer_stops_nobody_else(services, messenger, error, state, asked):
    messenger.errors[SECOND] = [error]
    await send_due_tips(messenger, services)
    await send_due_tips(messenger, services)
    assert states(services) == SENT | {SECOND: state}
    assert messenger.asked[SECOND] == asked
    assert max(messenger.tips.values()) == 1
    assert services.register.subscriptions.of(SECOND).blocked == (state == "blocked")


async def test_a_chat_that_moved_is_followed(services, messenger):
    messenger.errors[SECOND] = [ChatMigrated(70)]
    await send_due_tips(messenger, services)
    assert messenger.tips == Counter([*(set(MEMBERS) - {SECOND}), 70])
    assert states(services) == SENT
    assert services.register.subscriptions.of(SECOND).chat == 70


async def test_a_storm_of_refusals_loses_and_doubles_nothing(services, messenger):
    for user in MEMBERS:
        messenger.errors[user] = [RetryAfter(timedelta(seconds=0.001))] * 5
    while set(states(services).values()) != {"sent"}:
        await send_due_tips(messenger, services)
    assert messenger.tips == Counter(MEMBERS)


async def test_a_pause_holds_for_everybody(services, messenger):
    messenger.errors[1] = [RetryAfter(timedelta(seconds=0.4))]
    loop = asyncio.get_running_loop()
    began = loop.time()
    await send_due_tips(messenger, services)
    assert loop.time() - began >= 0.4
    # Those in flight went out; nobody was tried during the pause.
    assert messenger.asked[1] == 2
    assert states(services) == SENT


@pytest.mark.parametrize("error", [unreachable(), InvalidToken("Unauthorized")])
async def test_where_nobody_is_reached_all_wait(services, messenger, error):
    for user in MEMBERS:
        messenger.errors[user] = [error]
    assert await send_due_tips(messenger, services) == 0
    assert set(states(services).values()) == {"pending"}
    assert sum(messenger.asked.values()) < len(MEMBERS), "one attempt tells enough"
    messenger.errors.clear()
    assert await send_due_tips(messenger, services) == len(MEMBERS)


async def test_where_no_server_answers_all_wait(services):
    with socket.socket() as taken:
        # Bound and not listening: whoever calls is refused.
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/bot"
        request = AiohttpRequest(2)
        await request.initialize()
        assert await send_due_tips(Bot("1:LOCAL", address, request=request), services) == 0
        await request.shutdown()
    assert set(states(services).values()) == {"pending"}


async def test_a_telegram_out_of_order_costs_few_tips(services, messenger):
    for user in MEMBERS:
        messenger.errors[user] = [TimedOut()]
    await send_due_tips(messenger, services)
    outcome = Counter(states(services).values())
    assert outcome["pending"] > 0
    assert outcome["uncertain"] + outcome["pending"] == len(MEMBERS)


async def test_an_office_whose_file_is_broken_stops_nobody_else(services, messenger):
    office = services.register.member(SECOND).office
    services.offices._path(office).write_bytes(b"no database" * 1000)
    await send_due_tips(messenger, services)
    assert states(services) == SENT | {SECOND: "failed"}


async def test_a_fault_of_ours_is_tried_again_an_hour_later(
    services, messenger, moment, monkeypatch
):
    from bot.tips import sending

    def refuse(*args: object, **kwargs: object) -> str:
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(sending, "text_of", refuse)
        assert await send_due_tips(messenger, services) == 0
    assert set(states(services).values()) == {"pending"}
    assert await send_due_tips(messenger, services) == 0
    moment[0] += timedelta(hours=1)
    assert await send_due_tips(messenger, services) == len(MEMBERS)


async def test_it_ends_when_the_bot_does(services, messenger):
    assert await send_due_tips(messenger, services, lambda: sum(messenger.tips.values()) < 2) < 6
    assert await send_due_tips(messenger, services) > 0
    assert messenger.tips == Counter(MEMBERS)


async def test_a_long_pause_does_not_hold_up_the_end(services, messenger):
    messenger.errors[1] = [RetryAfter(timedelta(hours=1))]
    async with asyncio.timeout(20):
        await send_due_tips(messenger, services, lambda: not messenger.asked[1])
    assert states(services)[1] == "pending"


async def test_what_an_earlier_run_left_behind_is_uncertain_and_never_sent(services, messenger):
    messenger.never_answers = SECOND
    broadcast = asyncio.create_task(send_due_tips(messenger, services))
    await messenger.is_asked.wait()
    broadcast.cancel()
    await asyncio.wait({broadcast})
    assert states(services)[SECOND] == "sending"
    messenger.never_answers = 0
    await send_due_tips(messenger, services)
    assert states(services)[SECOND] == "uncertain"
    assert messenger.tips[SECOND] == 0
    assert max(messenger.tips.values()) == 1


async def test_the_pace_is_kept(messenger, services):
    paced = replace(services, pace=Pace(20))
    loop = asyncio.get_running_loop()
    began = loop.time()
    await send_due_tips(messenger, paced)
    assert loop.time() - began >= (len(MEMBERS) - 1) / 20
