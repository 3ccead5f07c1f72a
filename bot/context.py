"""The application and the typed context that carries the services into every handler."""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.error import Conflict, TelegramError
from telegram.ext import Application, BaseUpdateProcessor, CallbackContext, ExtBot, JobQueue
from typing_extensions import override

from bot.delivery import ANSWERING, pauses
from bot.inbox import InboxQueue
from bot.services import Services
from storage.register import Member

State = dict[Any, Any]


# A process that was just replaced may still be heard once or twice.
CONFLICTS_OF_A_NEWCOMER = 3
SETTLED_AFTER_SECONDS = 120.0
# The first run and two more fell; the third start with an update of an earlier run says so instead.
MOST_STARTS = 3
# What is answered within this time is marked as done together: each marking is a writing.
MARKED_AFTER_SECONDS = 0.05

log = logging.getLogger(__name__)


class KlantkompasApplication(
    Application[ExtBot[None], "Context", State, State, State, JobQueue["Context"]]
):
    """PTB's application with our services; an update is done only when its answer arrived."""

    def __init__(self, services: Services, **parts: Any) -> None:
        super().__init__(**parts)
        self.services = services
        self.gave_up: TelegramError | None = None
        """Why the bot stopped by itself."""
        self._started_at = time.monotonic()
        self._conflicts = 0
        self._stopping = asyncio.Event()
        self._undelivered: set[int] = set()
        self._begun: set[int] = set()
        self._answered: set[int] = set()
        self._marking: asyncio.TimerHandle | None = None
        self._hopeless: set[int] = set()

    @override
    async def start(self) -> None:
        self._stopping.clear()
        self._started_at = time.monotonic()
        await super().start()

    @override
    async def stop(self) -> None:
        self._stopping.set()
        await super().stop()
        self.mark_answered()

    @override
    async def process_update(self, update: object) -> None:
        """Handles an update until its answer arrived; one that waits when the bot stops, comes back
        from the inbox.
        """
        if not isinstance(update, Update):
            await super().process_update(update)
            return
        number = update.update_id
        ANSWERING.set(True)
        self._count_start(number)
        for pause in pauses():
            self._undelivered.discard(number)
            await super().process_update(update)
            if number not in self._undelivered:
                break
            self._begun.add(number)
            if await self._stops_within(pause):
                self._uncount_start(number)
                return
        else:
            log.error("update %s is given up: its answer never arrived", number)
        for numbers in (self._undelivered, self._begun, self._hopeless):
            numbers.discard(number)
        self._finish(number)

    def handle_again(self, update: Update) -> bool:
        """The answer did not arrive; later it may. Whether this is so for the first time."""
        self._undelivered.add(update.update_id)
        return update.update_id not in self._begun

    def was_begun_before(self, update: Update) -> bool:
        """Whether an earlier attempt may have done a part of what this update asks for."""
        queue = self.update_queue
        earlier = isinstance(queue, InboxQueue) and update.update_id in queue.of_earlier_run
        return earlier or update.update_id in self._begun

    def is_hopeless(self, update: Update) -> bool:
        """Whether the bot fell three times while it was at this update."""
        return update.update_id in self._hopeless

    def _count_start(self, number: int) -> None:
        """Counts the starts that began this update: the first run has none, and needs none."""
        queue = self.update_queue
        if not isinstance(queue, InboxQueue) or number not in queue.of_earlier_run:
            return
        try:
            attempts = self.services.register.begin_again(number)
        except Exception as error:
            log.error("the start of update %s is not counted: %s", number, type(error).__name__)
            return
        if attempts >= MOST_STARTS:
            self._hopeless.add(number)

    def _uncount_start(self, number: int) -> None:
        """A bot that is asked to stop while it waits did not fall."""
        try:
            self.services.register.stop_well(number)
        except Exception as error:
            log.error("the start of update %s stays counted: %s", number, type(error).__name__)

    def give_up(self, error: TelegramError) -> None:
        """Ends the bot: going on would help nobody."""
        self.gave_up = error
        self.stop_running()

    def meet_another(self, error: Conflict) -> None:
        """Two processes ask for the messages to one bot: the one that came later gives way."""
        self._conflicts += 1
        settled = time.monotonic() - self._started_at > SETTLED_AFTER_SECONDS
        if self._conflicts >= CONFLICTS_OF_A_NEWCOMER and not settled:
            self.give_up(error)

    async def _stops_within(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return False
        return True

    def _finish(self, update_id: int) -> None:
        """Marks it as done soon, with those that are answered meanwhile."""
        self._answered.add(update_id)
        if self._marking is None:
            loop = asyncio.get_running_loop()
            self._marking = loop.call_later(MARKED_AFTER_SECONDS, self.mark_answered)

    def mark_answered(self) -> None:
        """Marks now what is answered, with what could not be marked before: what was said goes.

        Where that fails, nothing is said: the answer is there, and comes again after a restart.
        """
        if self._marking is not None:
            self._marking.cancel()
            self._marking = None
        answered = tuple(self._answered)
        if not answered:
            return
        try:
            self.services.register.finish(answered, self.services.clock())
        except Exception as error:
            log.error("%s updates are not marked as done: %s", len(answered), type(error).__name__)
            return
        self._answered.difference_update(answered)


class Context(CallbackContext[ExtBot[None], State, State, State]):
    """What a handler gets beside the update."""

    @property
    def klantkompas(self) -> KlantkompasApplication:
        application = self.application
        assert isinstance(application, KlantkompasApplication)
        return application

    @property
    def services(self) -> Services:
        return self.klantkompas.services

    # Set by the gate, which lets nobody through without.
    member: Member


class OneAtATimePerChat(BaseUpdateProcessor):
    """Updates of one chat in their order, of different chats beside each other.

    What `goes_first` waits for nothing.
    """

    def __init__(
        self, max_concurrent_updates: int, goes_first: Callable[[Update], bool] = lambda _: False
    ) -> None:
        super().__init__(max_concurrent_updates)
        self._goes_first = goes_first
        self._locks: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._waiting: defaultdict[int, int] = defaultdict(int)

    @override
    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        if isinstance(update, Update) and self._goes_first(update):
            await coroutine
            return
        chat = (
            update.effective_chat.id if isinstance(update, Update) and update.effective_chat else 0
        )
        self._waiting[chat] += 1
        try:
            async with self._locks[chat]:
                await coroutine
        finally:
            self._waiting[chat] -= 1
            if not self._waiting[chat]:
                del self._waiting[chat], self._locks[chat]

    @override
    async def initialize(self) -> None:
        pass

    @override
    async def shutdown(self) -> None:
        pass
