"""Tips that an operator writes himself; such a one takes the place of the chosen tip."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from storage.database import in_utc

_COLUMNS = "id, month, dutch, english, author, signal"


@dataclass(frozen=True)
class Contribution:
    """A signed tip for one month. One of both texts may be empty; the other then serves all.

    `signal` names the finding that an adviser must have to get it; None: everybody gets it.
    """

    number: int
    month: date
    """The first day of the month in which it goes out."""
    dutch: str
    english: str
    author: str
    signal: str | None

    @property
    def name(self) -> str:
        """What it is called where library tips have a name."""
        return f"contribution_{self.number}"

    def text(self, language: str) -> str:
        """The text in this language, where it was written, else the other."""
        first, second = (
            (self.english, self.dutch) if language == "en" else (self.dutch, self.english)
        )
        return first or second


class Contributions:
    """The scheduled ones. Who wrote them is not kept beyond the signature.

    Every method is one transaction.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def schedule(
        self,
        update_id: int,
        month: date,
        *,
        dutch: str,
        english: str,
        author: str,
        signal: str | None,
        now: datetime,
    ) -> Contribution:
        """The new contribution, or the one that this update scheduled before."""
        with self._database.atomic():
            self._database.execute(
                "insert or ignore into contributions"
                " (update_id, month, dutch, english, author, signal, scheduled_at)"
                " values (?, ?, ?, ?, ?, ?, ?)",
                (update_id, f"{month:%Y-%m}", dutch, english, author, signal, in_utc(now)),
            )
            return self._contributions("update_id = ?", (update_id,))[0]

    def of_update(self, update_id: int) -> Contribution | None:
        """What this update scheduled."""
        found = self._contributions("update_id = ?", (update_id,))
        return found[0] if found else None

    def get(self, number: int) -> Contribution | None:
        found = self._contributions("id = ?", (number,))
        return found[0] if found else None

    def for_month(self, month: date) -> list[Contribution]:
        """Those of the month in which this day lies, in the order of scheduling."""
        return self._contributions("month = ?", (f"{month:%Y-%m}",))

    def from_month(self, month: date) -> list[Contribution]:
        """Those of that month and later, by month."""
        return self._contributions("month >= ?", (f"{month:%Y-%m}",))

    def move(self, number: int, month: date) -> bool:
        """To another month; False where it is gone."""
        with self._database.atomic():
            moved = self._database.execute(
                "update contributions set month = ? where id = ?", (f"{month:%Y-%m}", number)
            )
            return bool(moved.rowcount)

    def withdraw(self, number: int) -> bool:
        """Removes it; False where it was gone."""
        with self._database.atomic():
            gone = self._database.execute("delete from contributions where id = ?", (number,))
            return bool(gone.rowcount)

    def _contributions(self, where: str, parameters: tuple[object, ...]) -> list[Contribution]:
        rows = self._database.execute(
            f"select {_COLUMNS} from contributions where {where} order by month, id", parameters
        )
        return [
            Contribution(number, date.fromisoformat(f"{month}-01"), *rest)
            for number, month, *rest in rows.fetchall()
        ]
