"""What was made of an office's file, such as an answer, kept in memory until the file changes."""

from collections import OrderedDict, defaultdict
from collections.abc import Hashable
from threading import Lock


class Made:
    """At most so many things, by office and key: the one asked for longest ago goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._things: OrderedDict[tuple[str, Hashable], object] = OrderedDict()
        self._keys: defaultdict[str, set[Hashable]] = defaultdict(set)

    def get(self, office: str, key: Hashable) -> object | None:
        with self._lock:
            if (office, key) not in self._things:
                return None
            self._things.move_to_end((office, key))
            return self._things[office, key]

    def put(self, office: str, key: Hashable, thing: object) -> None:
        with self._lock:
            self._things[office, key] = thing
            self._keys[office].add(key)
            if len(self._things) > self._most:
                (oldest, its_key), _ = self._things.popitem(last=False)
                self._keys[oldest].discard(its_key)
                if not self._keys[oldest]:
                    del self._keys[oldest]

    def forget(self, office: str) -> None:
        """Of this office, everything."""
        with self._lock:
            for key in self._keys.pop(office, ()):
                del self._things[office, key]
