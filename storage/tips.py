"""What an office's own file knows for its tips: the figures of its lists, and the tips it got.

Kept apart from the findings, and small: a hundred thousand offices are looked up for a broadcast.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlite_utils import Database

from analysis.findings import Findings
from storage.database import in_utc

_TOLD = (
    "month, tip, signal, reason, value, clients, upload, told_at, few, earlier_month,"
    " earlier_value, answer"
)

# What may come again, and what was answered, is a matter of a year.
TIPS_READ = 24


@dataclass(frozen=True)
class Figures:
    """The figure of each signal of a list by its name, and how many clients the list holds."""

    upload: int
    clients: int
    signals: Mapping[str, float]


class ToldTip(NamedTuple):
    """A tip as a member got it. `upload` is the list that its `value` comes from, None for none.

    `earlier_month` and `earlier_value` are of the tip before on the same signal, where it spoke
    of that.
    """

    month: date
    tip: str
    signal: str | None
    reason: str
    value: float | None
    clients: int | None
    upload: int | None
    told_at: datetime
    few: bool = False
    earlier_month: date | None = None
    earlier_value: float | None = None
    answer: str | None = None


class OfficeTips:
    """The tips of one office. Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep_figures(self, upload: int, findings: Findings) -> None:
        """What tips need of a list; takes the place of what was kept of it before."""
        signals = {signal.signal: signal.value for signal in findings.signals}
        self._database.execute(
            "insert or replace into figures (upload, clients, signals) values (?, ?, ?)",
            (upload, findings.clients.count, json.dumps(signals)),
        )

    def figures(self) -> Figures | None:
        """Of the list in use; None where there is no list."""
        row = self._database.execute(
            "select upload, clients, signals from figures join uploads on uploads.id = upload"
            " order by coalesce(used_after, upload) desc, used_after is null limit 1"
        ).fetchone()
        return None if row is None else Figures(row[0], row[1], json.loads(row[2]))

    def told(self, user: int) -> list[ToldTip]:
        """The tips of a member in the last two years, the newest first."""
        rows = self._database.execute(
            f"select {_TOLD} from told where user = ? order by month desc limit {TIPS_READ}",
            (user,),
        ).fetchall()
        return [
            ToldTip(
                _date(month), tip, signal, reason, value, clients, upload,
                datetime.fromisoformat(told_at), bool(few),
                _date(earlier_month) if earlier_month else None, earlier_value, answer,
            )
            for month, tip, signal, reason, value, clients, upload, told_at, few,
            earlier_month, earlier_value, answer in rows
        ]  # fmt: skip

    def tell(self, user: int, tip: ToldTip, *, anew: bool = False) -> None:
        """Keeps which tip a member gets in a month; the first one of a month stays, unless `anew`
        says that it is told no more."""
        with self._database.atomic():
            self._database.execute(
                f"insert or {'replace' if anew else 'ignore'} into told (user, {_TOLD})"
                " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    user,
                    f"{tip.month:%Y-%m}",
                    tip.tip,
                    tip.signal,
                    tip.reason,
                    tip.value,
                    tip.clients,
                    tip.upload,
                    in_utc(tip.told_at),
                    tip.few,
                    f"{tip.earlier_month:%Y-%m}" if tip.earlier_month else None,
                    tip.earlier_value,
                    tip.answer,
                ),
            )

    def answer(self, user: int, month: date, answer: str) -> bool:
        """What the member pressed under the tip of a month; False where he got none."""
        with self._database.atomic():
            changed = self._database.execute(
                "update told set answer = ? where user = ? and month = ?",
                (answer, user, f"{month:%Y-%m}"),
            )
            return bool(changed.rowcount)


def _date(month: str) -> date:
    return date.fromisoformat(f"{month}-01")
