"""Files of offices that stay open for a while: opening one costs more than an answer reads."""

from collections import OrderedDict
from threading import Lock
from typing import Generic, Protocol, TypeVar


class Closable(Protocol):
    """What can be kept open; `changes` counts what was written through it."""

    @property
    def changes(self) -> int: ...

    def close(self) -> None: ...


File = TypeVar("File", bound=Closable)


class IdleFiles(Generic[File]):
    """Open files that nobody uses just now, at most so many: the longest idle is closed first.

    A file is in one pair of hands at a time. After a change every connection to that file is
    closed: the last one to close folds the journal in, so that what was removed is gone.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._files: OrderedDict[str, File] = OrderedDict()
        self._version = 0

    def take(self, name: str) -> tuple[File | None, int]:
        """The idle file of that name, and a number to give back with whatever is used instead."""
        with self._lock:
            return self._files.pop(name, None), self._version

    def give_back(self, name: str, file: File, taken: int) -> None:
        """Keeps a file open that was read only; closes one that was changed, here or elsewhere."""
        with self._lock:
            if file.changes:
                self._version += 1
                superfluous = [self._files.pop(name, None), file]
            elif taken != self._version:
                superfluous = [file]
            else:
                superfluous = [self._files.pop(name, None)]
                self._files[name] = file
                if len(self._files) > self._most:
                    superfluous.append(self._files.popitem(last=False)[1])
        for each in superfluous:
            if each is not None:
                each.close()

    def close(self, name: str | None = None) -> None:
        """Closes the idle file of that name, or all of them; those in use are closed after it."""
        with self._lock:
            self._version += 1
            names = list(self._files) if name is None else [name]
            files = [self._files.pop(each, None) for each in names]
        for file in files:
            if file is not None:
                file.close()
