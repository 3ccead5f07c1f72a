"""Workers that are not asked twice for what the same job makes of the same arguments."""

import hashlib
import pickle
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from bot.engine import Engine

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class RememberingEngine:
    """An engine for many conversations about the same few lists.

    A job sees its arguments alone, so that what it made of them once stands for the next time.
    What comes back is a copy each time, as from a process; what a job raised is not remembered.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: dict[bytes, bytes] = {}

    async def run(
        self, job: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Result:
        asked = hashlib.sha256(pickle.dumps((job, args, kwargs))).digest()
        if asked not in self._known:
            self._known[asked] = pickle.dumps(await self._engine.run(job, *args, **kwargs))
        result: Result = pickle.loads(self._known[asked])
        return result
