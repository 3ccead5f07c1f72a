"""Invitations to an office: for one person, for fourteen days, and revocable."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from storage.database import in_utc, scalar

INVITATION_LASTS = timedelta(days=14)

_OPEN = "used_at is null and created_at >= ?"


@dataclass(frozen=True)
class Invitation:
    """An invitation that nobody used yet; its code is known to nobody but who was given it."""

    number: int
    office: str
    made_at: datetime

    @property
    def expires_at(self) -> datetime:
        return self.made_at + INVITATION_LASTS


class Invitations:
    """Who may come in. Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def make(self, office: str, now: datetime) -> str:
        """A code that lets one person join within 14 days. Only its hash is kept."""
        code = secrets.token_urlsafe(24)
        with self._database.atomic():
            # What nobody can use any more says nothing worth keeping.
            self._database.execute(f"delete from invitations where not ({_OPEN})", (_oldest(now),))
            self._database.execute(
                "insert into invitations (code_hash, office, created_at) values (?, ?, ?)",
                (_hash(code), office, in_utc(now)),
            )
        return code

    def open(self, now: datetime, office: str | None = None) -> list[Invitation]:
        """The invitations that still open the door of this office, or of any; the oldest first."""
        found = self._database.execute(
            f"select number, office, created_at from invitations where {_OPEN}"
            " and (? is null or office = ?) order by number",
            (_oldest(now), office, office),
        )
        return [
            Invitation(number, of, datetime.fromisoformat(made_at))
            for number, of, made_at in found.fetchall()
        ]

    def office_of(self, code: str, now: datetime) -> str | None:
        """The office that this code opens; None where it is unknown, used or too old."""
        office = scalar(
            self._database,
            f"select office from invitations where code_hash = ? and {_OPEN}",
            (_hash(code), _oldest(now)),
        )
        return None if office is None else str(office)

    def use(self, code: str, now: datetime) -> str | None:
        """The office that this code opens, which it does no more. Part of who joins by it."""
        office = self.office_of(code, now)
        if office is not None:
            self._database.execute(
                "update invitations set used_at = ? where code_hash = ?", (in_utc(now), _hash(code))
            )
        return office

    def revoke(self, number: int, office: str | None = None) -> bool:
        """Takes an invitation back, where given only one of this office; False where it is gone."""
        with self._database.atomic():
            gone = self._database.execute(
                "delete from invitations where number = ? and used_at is null"
                " and (? is null or office = ?)",
                (number, office, office),
            )
            return bool(gone.rowcount)


def _oldest(now: datetime) -> str:
    return in_utc(now - INVITATION_LASTS)


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode(errors="surrogatepass")).hexdigest()
