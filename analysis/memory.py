"""Memory that is free within the process goes back to the system."""

import ctypes
import sys

import pyarrow as pa


def give_back() -> None:
    """Give back what Arrow and the C library keep for later; where they cannot, do nothing.

    A large table is made, and goes, in many small pieces: without this the process keeps the room
    of all of them. Arrow's own call leaves that of the C library alone.
    """
    pa.default_memory_pool().release_unused()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)
