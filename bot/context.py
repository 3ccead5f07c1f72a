"""The application and the typed context that carries the services into every handler."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.ext import Application, BaseUpdateProcessor, CallbackContext, ExtBot, JobQueue
from typing_extensions import override

from bot.services import Services
from storage.register import Member

State = dict[Any, Any]


class KlantkompasApplication(
    Application[ExtBot[None], "Context", State, State, State, JobQueue["Context"]]
):
    """PTB's application with our services; an update is done only after its handlers."""

    def __init__(self, services: Services, **parts: Any) -> None:
        super().__init__(**parts)
        self.services = services

    @override
    async def process_update(self, update: object) -> None:
        await super().process_update(update)
        if isinstance(update, Update):
            self.services.register.finish(update.update_id, self.services.clock())


class Context(CallbackContext[ExtBot[None], State, State, State]):
    """What a handler gets beside the update."""

    @property
    def services(self) -> Services:
        application = self.application
        assert isinstance(application, KlantkompasApplication)
        return application.services

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
