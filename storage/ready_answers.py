"""Answers of one office as they were sent, kept until anything changes that they are made of."""

from typing import cast

from sqlite_utils import Database

from storage.database import scalar

LOOK_UP = "select answer from ready_answers where key = ?"


class ReadyAnswers:
    """Text by key. Every method is one transaction.

    Triggers of the file forget all of them with each change of a list, of its rows or of what the
    adviser told of his clients, and count it: so no path through the program can leave one behind.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str) -> str | None:
        return cast("str | None", scalar(self._database, LOOK_UP, (key,)))

    @property
    def revision(self) -> int:
        """How many changes there were; to be read before what an answer is made of."""
        return cast("int", scalar(self._database, "select number from revision"))

    def keep(self, key: str, answer: str, revision: int) -> None:
        """Keeps what was made at that revision, unless something has changed since."""
        with self._database.atomic():
            self._database.execute(
                "insert or replace into ready_answers (key, answer)"
                " select ?, ? from revision where number = ?",
                (key, answer, revision),
            )
