"""What can go wrong with what must last: codes, never sentences."""

from typing import Literal

Reason = Literal[
    "malformed_key",
    "no_key",
    "wrong_key_or_damaged",
    "newer_file",
    "in_use",
    "gone",
    "no_data",
    "not_empty",
    "half_restored",
    "half_rekeyed",
    "backup_exists",
    "backup_inside_data",
    "backup_under_way",
    "no_backup",
    "damaged_backup",
    "other_key",
    "disk_refused",
]


class StorageError(Exception):
    """A file that cannot be opened or used; `reason` is a code."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
