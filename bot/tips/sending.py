"""Sends the tips that are due, each once. Called by a tick, and at once after an outage.

A tip is `sending` on disk before Telegram hears of it. What fell in between is uncertain: it is
recorded and never sent again.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
from telegram import Bot, InlineKeyboardMarkup
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.replies.tips import keyboard_of_tip
from bot.services import Services
from bot.tips import schedule
from bot.tips.telling import text_of, tip_of_month
from storage.errors import StorageError
from storage.outbox import DueTip, Letter, State
from storage.subscriptions import Subscription

# An answer takes Telegram a tenth of a second or more: several at once keep up the pace.
IN_FLIGHT = 4
READ_AT_ONCE = 200
# Telegram may say again and again that it is too much; the next tick goes on.
MOST_ROUNDS = 10
# So many uncertain ones in a row: Telegram is out of order, and each further try may cost a tip.
UNCERTAIN_IN_A_ROW = 3
AFTER_A_FAULT_OF_OURS = timedelta(hours=1)

log = logging.getLogger(__name__)


@dataclass
class _Round:
    """One pass over all that is pending."""

    letters: Iterator[Letter]
    sent: int = 0
    again: bool = False
    """Something was put back that may go out as soon as the pause is over."""
    uncertain_in_a_row: int = 0
    over: bool = False


async def send_due_tips(
    bot: Bot, services: Services, go_on: Callable[[], bool] = lambda: True
) -> int:
    """Sends whatever is due, paced, until `go_on` says no; returns how many were sent.

    May be called at any time and as often as one likes: two calls wait for one another.
    """
    sent = 0
    async with services.pace.one_broadcast_at_a_time:
        await _prepare(services)
        for _ in range(MOST_ROUNDS):
            this = _Round(_letters(services))
            async with asyncio.TaskGroup() as group:
                for _ in range(IN_FLIGHT):
                    group.create_task(_work(bot, services, this, go_on))
            sent += this.sent
            if this.over or not this.again or not go_on():
                break
    if sent:
        log.info("%s tips were sent", sent)
    return sent


async def _prepare(services: Services) -> None:
    """Puts what is due into the outbox, and settles what an earlier run left behind."""
    now, zone = services.clock(), services.settings.timezone
    outbox, subscriptions = services.register.outbox, services.register.subscriptions
    if interrupted := outbox.tell_interrupted(now):
        log.warning("%s tips are uncertain: the bot fell while they were being sent", interrupted)
    while due := subscriptions.due(now, READ_AT_ONCE):
        outbox.put([_due_tip(each, services) for each in due], now)
        # A hundred thousand take seconds, and the conversation goes on meanwhile.
        await asyncio.sleep(0)
    if late := outbox.end_before(schedule.first_of_month(now, zone), now):
        log.warning("%s tips of an earlier month were not sent", late)


def _due_tip(wanted: Subscription, services: Services) -> DueTip:
    assert wanted.next_month is not None
    assert wanted.next_due_at is not None
    month, due_at = schedule.next_due(
        wanted.times,
        services.settings.timezone,
        wanted.next_due_at,
        schedule.month_after(wanted.next_month),
    )
    return DueTip(wanted.user, wanted.next_month, wanted.next_due_at, month, due_at)


def _letters(services: Services) -> Iterator[Letter]:
    """All that is pending, in pieces: a hundred thousand take no more room than ten."""
    last = 0
    while piece := services.register.outbox.pending(services.clock(), last, READ_AT_ONCE):
        yield from piece
        last = piece[-1].number


async def _work(bot: Bot, services: Services, this: _Round, go_on: Callable[[], bool]) -> None:
    for letter in this.letters:
        if this.over or not go_on():
            return
        if _is_quiet(services, letter):
            continue
        message = await _write(services, letter)
        if message is None or not await services.pace.turn(go_on):
            continue
        # The pause may have been long: another worker saw the end, or the member said stop.
        if not this.over and services.register.outbox.begin(letter.number, services.clock()):
            await _send(bot, services, this, letter, message)


def _is_quiet(services: Services, letter: Letter) -> bool:
    """Whether the member wants to hear nothing now; then it waits until he does."""
    now = services.clock()
    free = schedule.out_of_quiet(now, letter.times, services.settings.timezone)
    if free > now:
        services.register.outbox.put_off(letter.number, free, now)
    return free > now


@dataclass(frozen=True)
class _Message:
    text: str
    keyboard: InlineKeyboardMarkup


async def _write(services: Services, letter: Letter) -> _Message | None:
    """The message; None where the office's file gives none, which stops nobody else's."""
    outbox, now = services.register.outbox, services.clock()
    try:
        contributions = services.register.contributions.for_month(letter.month)
        found = await asyncio.to_thread(
            tip_of_month,
            services.offices,
            letter.office,
            letter.user,
            letter.month,
            contributions,
            now,
        )
        text = text_of(found, letter.language, asks_to_go_on=letter.asks_to_go_on)
    except StorageError as error:
        log.error("tip %s was not written: %s", letter.number, error.reason)
        outbox.finish(letter.number, "failed", now, error.reason)
        return None
    except Exception as error:
        # Words of errors may hold an office's figures: the type alone.
        log.error("tip %s is put off: %s", letter.number, type(error).__name__)
        outbox.put_off(letter.number, now + AFTER_A_FAULT_OF_OURS, now)
        return None
    comments = services.register.comments.approved_count(found.tip.tip, letter.month)
    keyboard = keyboard_of_tip(
        found.tip, letter.language, comments=comments, asks_to_go_on=letter.asks_to_go_on
    )
    return _Message(text, keyboard)


async def _send(
    bot: Bot, services: Services, this: _Round, letter: Letter, message: _Message
) -> None:
    """Sends a tip that is `sending` on disk, and records what became of it."""
    try:
        await bot.send_message(letter.chat, message.text, reply_markup=message.keyboard)
    except RetryAfter as error:
        # Certainly not sent.
        pause = error.retry_after
        seconds = pause.total_seconds() if isinstance(pause, timedelta) else pause
        log.warning("Telegram asks for a pause of %s s", seconds)
        services.pace.pause(seconds)
        _put_back(services, letter)
        this.again = True
    except ChatMigrated as error:
        _move(services, letter, error.new_chat_id)
        this.again = True
    except InvalidToken:
        _put_back(services, letter)
        this.over = True
    except NetworkError as error:
        _settle_network_error(services, this, letter, error)
    except TelegramError as error:
        state: State = "blocked" if isinstance(error, Forbidden) else "failed"
        _settle(services, letter, state, type(error).__name__)
    except Exception as error:
        # Nobody knows how far it came, and the others must not be torn off with it.
        _settle(services, letter, "uncertain", type(error).__name__)
    else:
        this.sent += 1
        this.uncertain_in_a_row = 0
        _settle(services, letter, "sent")


def _settle_network_error(
    services: Services, this: _Round, letter: Letter, error: NetworkError
) -> None:
    """PTB counts a refusal among the errors of the network."""
    if isinstance(error, BadRequest):
        # Who removed his account, or the chat, has no chat any more.
        gone = "chat not found" in error.message.lower()
        _settle(services, letter, "blocked" if gone else "failed", "bad_request")
        return
    if isinstance(error.__context__, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        # Nobody was reached, so nothing was sent.
        _put_back(services, letter)
        this.over = True
        return
    _settle(services, letter, "uncertain", type(error).__name__)
    this.uncertain_in_a_row += 1
    this.over = this.uncertain_in_a_row >= UNCERTAIN_IN_A_ROW


def _settle(services: Services, letter: Letter, state: State, reason: str = "") -> None:
    now = services.clock()
    services.register.outbox.finish(letter.number, state, now, reason)
    if state != "sent":
        log.warning("tip %s: %s %s", letter.number, state, reason)
    if state == "blocked":
        services.register.subscriptions.block(letter.user, now)


def _put_back(services: Services, letter: Letter) -> None:
    now = services.clock()
    services.register.outbox.put_off(letter.number, now, now)


def _move(services: Services, letter: Letter, chat: int) -> None:
    """The chat has another number. Groups have numbers below zero: no figures go there."""
    if chat < 0:
        _settle(services, letter, "failed", "moved_to_a_group")
        return
    services.register.subscriptions.move(letter.user, chat)
    _put_back(services, letter)
