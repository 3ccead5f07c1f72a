"""What can go wrong before there is a table: codes with parameters, never sentences."""

from typing import Literal

Reason = Literal[
    "empty",  # the file holds nothing
    "unsupported",  # a known format that is no table: `found` names it (pdf, image, numbers, doc)
    "unknown_format",  # not recognised at all
    "damaged",  # a known format that cannot be opened
    "no_table",  # readable, but no table stands in it
    "several_lists",  # two sheets that could each be the list
    "no_client_list",  # a table, but no list of clients: neither names, numbers nor amounts
    "too_large",  # `found` and `limit` say how large
    "password_needed",
    "password_wrong",
    "hostile",  # built to harm: a bomb, an external reference
    "too_slow",  # the worker's time was up
    "too_much_memory",
]


class UnreadableFile(Exception):  # noqa: N818 - the public name of the contract
    """A file that gives no client list.

    `reason` is a code; `found` and `limit` are short facts that go with it (a format, a size),
    never content of the file.
    """

    def __init__(self, reason: Reason, found: str = "", limit: str = "") -> None:
        super().__init__(reason, found, limit)
        self.reason: Reason = reason
        self.found = found
        self.limit = limit

    def __str__(self) -> str:
        facts = ", ".join(fact for fact in (self.found, self.limit) if fact)
        return f"{self.reason} ({facts})" if facts else self.reason


class PasswordRequired(UnreadableFile):
    """The file is encrypted, and no password or a wrong one was given."""


class SeveralLists(UnreadableFile):
    """Several sheets could each be the client list; `sheets` are their names."""

    def __init__(self, sheets: tuple[str, ...]) -> None:
        super().__init__("several_lists")
        # An exception travels between processes by its arguments.
        self.args = (sheets,)
        self.sheets = sheets
