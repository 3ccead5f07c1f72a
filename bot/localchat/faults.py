"""Trouble on order: what can go wrong between a bot and Telegram, for tests and rehearsals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from .limits import RefusedError

DOWNLOAD = "file"
"""Stands for the download of a file, which is no method of the Bot API."""
ONLY_BY_NAME = frozenset({"getupdates", DOWNLOAD})

Moment = Literal["before", "after"]


@dataclass
class Fault:
    """One kind of trouble and the calls it hits.

    Args:
        refusal: answered instead of carrying out the call.
        seconds: how long the call is held up first.
        drop: break the connection "before" or "after" the call is carried out; "after" is the
            case where a message is delivered though the bot sees a network error.
        method: only calls of this method (None: all but getUpdates and downloads).
        chat_id: only calls for this chat (None: all).
        times: how many calls are hit (None: until removed).
    """

    refusal: RefusedError | None = None
    seconds: float = 0
    drop: Moment | None = None
    method: str | None = None
    chat_id: int | None = None
    times: int | None = 1

    def hits(self, method: str, chat_id: int | None) -> bool:
        if self.times == 0 or (self.chat_id is not None and self.chat_id != chat_id):
            return False
        if self.method is None:
            return method.lower() not in ONLY_BY_NAME
        return self.method.lower() == method.lower()


class Faults:
    """The list of ordered trouble; the first fault that fits a call is used up by it."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._faults)

    def add(self, fault: Fault) -> Fault:
        self._faults.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        self._faults = [other for other in self._faults if other is not fault]

    def clear(self) -> None:
        self._faults = []

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault that hits this call, counted down; None where all goes well."""
        fault = next((fault for fault in self._faults if fault.hits(method, chat_id)), None)
        if fault is not None and fault.times is not None:
            fault.times -= 1
            if fault.times == 0:
                self.remove(fault)
        return fault

    def too_many_requests(
        self,
        retry_after: int,
        *,
        method: str | None = None,
        chat_id: int | None = None,
        times: int | None = 1,
    ) -> Fault:
        """429: wait `retry_after` seconds. The call is not carried out."""
        refusal = RefusedError(
            429,
            f"Too Many Requests: retry after {retry_after}",
            {"retry_after": retry_after},
        )
        return self.add(Fault(refusal, method=method, chat_id=chat_id, times=times))

    def blocked(self, chat_id: int, *, times: int | None = None) -> Fault:
        """403, as if the person had blocked the bot, without the my_chat_member update."""
        refusal = RefusedError(403, "Forbidden: bot was blocked by the user")
        return self.add(Fault(refusal, chat_id=chat_id, times=times))

    def migrated(self, chat_id: int, to: int, *, times: int | None = None) -> Fault:
        """400 with `migrate_to_chat_id`, as of a group that became a supergroup."""
        refusal = RefusedError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            {"migrate_to_chat_id": to},
        )
        return self.add(Fault(refusal, chat_id=chat_id, times=times))

    def server_error(
        self,
        code: int = 502,
        *,
        method: str | None = None,
        chat_id: int | None = None,
        times: int | None = 1,
    ) -> Fault:
        """A 5xx answer. The call is not carried out."""
        refusal = RefusedError(code, "Bad Gateway" if code == 502 else "Internal Server Error")
        return self.add(Fault(refusal, method=method, chat_id=chat_id, times=times))

    def slow(
        self,
        seconds: float,
        *,
        method: str | None = None,
        chat_id: int | None = None,
        times: int | None = 1,
    ) -> Fault:
        """The call is carried out, `seconds` late."""
        fault = Fault(seconds=seconds, method=method, chat_id=chat_id, times=times)
        return self.add(fault)

    def drop(
        self,
        moment: Moment,
        *,
        method: str | None = None,
        chat_id: int | None = None,
        times: int | None = 1,
    ) -> Fault:
        """The connection breaks, `before` or `after` the call is carried out."""
        return self.add(Fault(drop=moment, method=method, chat_id=chat_id, times=times))
