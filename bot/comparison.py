"""What changed between two lists of an office, as a job for a worker process."""

import secrets
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.changes import Changes
from analysis.columns.plan import ColumnPlan
from analysis.findings import Findings
from bot.jobs import StoredList

if TYPE_CHECKING:
    from analysis.clients import Clients


FEWEST_TO_TELL_APART = 5
"""Of a smaller top all may be gone, and the list still be a later one."""


@dataclass(frozen=True)
class Earlier:
    """The earlier list: what was found, and while its rows are kept, these and its clients."""

    findings: Findings
    stored: StoredList | None = None
    clients: Sequence[str] = ()


@dataclass(frozen=True)
class ThenAndNow:
    """What a client of either top brought. None: then not in the top, or now not counted.

    `listed` tells of who is not counted now whether the list has him all the same: without revenue,
    say.
    """

    client: str
    before: float | None
    now: float | None
    listed: bool = False


@dataclass(frozen=True)
class Moved:
    """Clients that came and went between two lists."""

    gone: int
    """Counted then, and now nowhere in the list."""
    new: int
    """Counted now, and then nowhere in the list."""
    uncounted: int
    """Counted then, and now in the list without being counted."""
    stayed: int
    """Counted in both."""


@dataclass(frozen=True)
class Compared:
    """`top` are the clients of the earlier top and those that are new in the later one.

    `fell` is the client of the earlier top whose revenue fell most, and by which share; None
    where nobody's did. `moved` is None where clients cannot be followed any more.
    """

    changes: Changes
    fell: tuple[str, float] | None
    top: tuple[ThenAndNow, ...] = ()
    moved: Moved | None = None

    @property
    def gone(self) -> tuple[str, ...]:
        """Clients of the earlier top who are no longer in the list."""
        return tuple(each.client for each in self.top if each.now is None and not each.listed)

    @property
    def uncounted(self) -> tuple[str, ...]:
        """Clients of the earlier top who are in the list, and not counted."""
        return tuple(each.client for each in self.top if each.now is None and each.listed)


@dataclass(frozen=True)
class Comparison:
    """Two lists and what differs; `follows` where a client of one can be found in the other."""

    before: Findings
    now: Findings
    compared: Compared
    follows: bool


def compare(now: StoredList, findings: Findings, earlier: Earlier) -> Compared:
    """What changed from the earlier list to `now`.

    Raises UnreadableFile where the plan leaves no client.
    """
    from analysis import changes, clients, joining, reading

    # Both sides are at hand and nothing of this is kept: a key for once will do.
    key = secrets.token_bytes(32)
    sheet, before = reading.unpack(now.rows), earlier.findings
    listed = joining.keys_of(sheet, now.plan) if not now.plan.by_household else set()
    built = clients.build(sheet, now.plan)
    found = changes.changes_since(changes.snapshot_of(before, key), built, findings, key)
    top = tuple(_both_tops(built, before, findings, listed))
    return Compared(found, _fell_most(built, before), top, _moved(built, now, listed, earlier))


def have_no_client_in_common(found: Compared, before: Findings) -> bool:
    """Whether nobody of the earlier top is left: then it is another list, not a later one."""
    if found.moved is not None and not found.moved.stayed and not found.moved.uncounted:
        return True
    top = () if before.top10 is None else before.top10.clients
    left = found.changes.gone - len(found.uncounted)
    return len(top) >= FEWEST_TO_TELL_APART and left == len(top)


def can_follow_clients(before: ColumnPlan, now: ColumnPlan) -> bool:
    """Whether a client of one list can be found in the other.

    Without client numbers the engine names clients by their row, which says nothing elsewhere.
    """
    return (
        bool(before.with_role("client_id"))
        and bool(now.with_role("client_id"))
        and before.by_household == now.by_household
    )


def same_kind_of_top(before: Findings, now: Findings) -> bool:
    """Whether both tops were chosen in one way: of other tops no client entered or left."""
    if before.top10 is None or now.top10 is None:
        return False
    kinds = [
        (top.chosen_by, None if top.chosen_by == "hand" else (top.measure, top.size))
        for top in (before.top10, now.top10)
    ]
    return kinds[0] == kinds[1]


def _moved(
    clients: "Clients", now: StoredList, listed: Collection[str], earlier: Earlier
) -> Moved | None:
    """Who is in the list without being counted has not gone, and is not new when he counts."""
    from analysis import joining, reading

    before = earlier.stored
    if before is None or not can_follow_clients(before.plan, now.plan) or now.plan.by_household:
        return None
    then, counted = set(earlier.clients), set(clients.ids)
    listed_then = joining.keys_of(reading.unpack(before.rows), before.plan)
    uncounted = then - counted
    return Moved(
        gone=len(uncounted - set(listed)),
        new=len(counted - then - listed_then),
        uncounted=len(uncounted & set(listed)),
        stayed=len(then & counted),
    )


def _both_tops(
    clients: "Clients", before: Findings, now: Findings, listed: Collection[str]
) -> Iterator[ThenAndNow]:
    if before.top10 is None or now.top10 is None or clients.revenue is None:
        return
    revenue = dict(zip(clients.ids.tolist(), clients.revenue.tolist(), strict=True))
    earlier = {client.client: client.revenue for client in before.top10.clients}
    for client, amount in earlier.items():
        if amount is not None:
            yield ThenAndNow(client, amount, revenue.get(client), client in listed)
    for each in now.top10.clients:
        if each.client not in earlier:
            yield ThenAndNow(each.client, None, each.revenue)


def _fell_most(clients: "Clients", before: Findings) -> tuple[str, float] | None:
    if before.top10 is None or clients.revenue is None:
        return None
    revenue = dict(zip(clients.ids.tolist(), clients.revenue.tolist(), strict=True))
    falls = [
        (1 - revenue[client.client] / client.revenue, client.client)
        for client in before.top10.clients
        if client.client in revenue and client.revenue is not None and client.revenue > 0
    ]
    share, client = max(falls, default=(0.0, ""))
    return (client, share) if share > 0 else None
