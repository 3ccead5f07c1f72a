"""What can go wrong with what must last: codes, never sentences."""

from typing import Literal

Reason = Literal["malformed_key", "wrong_key_or_damaged", "newer_file", "in_use", "gone"]


class StorageError(Exception):
    """A file that cannot be opened or used; `reason` is a code."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
