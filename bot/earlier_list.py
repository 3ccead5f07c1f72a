"""Which earlier list a list is compared with: the last one of the same kind of clients.

What came last may be another thing altogether: a file sent by mistake, one table of several, the
clients of another firm. Such a list says nothing of what changed.
"""

from collections.abc import Collection
from dataclasses import dataclass

from analysis.columns import normalise
from analysis.columns.plan import ColumnPlan
from bot.comparison import FEWEST_TO_TELL_APART, can_follow_clients
from storage.office import OfficeFile, Upload

ENOUGH = 0.5
"""Of headings, and of clients: an office keeps most of both from one list to the next."""
NEARLY_ALL = 0.8
MOST_LOOKED_AT = 30
AFTER_ALL = 2**62
"""A number that no list reaches."""


@dataclass(frozen=True)
class Shared:
    """Which part of the smaller and of the larger list the other one has too."""

    of_smaller: float
    of_larger: float


def earlier_list(file: OfficeFile, now: Upload) -> Upload | None:
    """The newest list of the same clients; else the newest of which one is a part of the other."""
    part = None
    for number in file.analysed_before(now.number)[:MOST_LOOKED_AT]:
        earlier = file.upload(number)
        shared = _shared(file, earlier, now) if earlier and _are_one_kind(earlier, now) else None
        if shared is None or shared.of_smaller < ENOUGH:
            continue
        if shared.of_larger >= ENOUGH:
            return earlier
        part = part or earlier
    return part


def came_before(file: OfficeFile, plan: ColumnPlan) -> bool:
    """Whether a list with these headings and revenue came before: then it needs no other."""
    now = _headings(plan)
    for number in file.analysed_before(AFTER_ALL)[:MOST_LOOKED_AT]:
        earlier = file.upload(number)
        if earlier is not None and earlier.plan.revenue_columns:
            then = _headings(earlier.plan)
            if len(now & then) >= NEARLY_ALL * len(now | then):
                return True
    return False


def _are_one_kind(earlier: Upload, now: Upload) -> bool:
    """Whether they look like two exports of one administration.

    Client numbers alone do not tell: where clients are counted from 1, any two lists share them.
    """
    if now.findings is None or earlier.findings is None:
        return False
    if now.findings.pareto is not None and earlier.findings.pareto is None:
        return False
    headings = _headings(earlier.plan), _headings(now.plan)
    fewest = min(map(len, headings))
    return fewest > 0 and len(headings[0] & headings[1]) >= ENOUGH * fewest


def _headings(plan: ColumnPlan) -> frozenset[str]:
    """Without years: *Omzet 2025* and *Omzet 2026* are the same figure."""
    names = (normalise(column.name) for column in plan.columns)
    return frozenset("".join(c for c in name if not c.isdigit()) or name for name in names)


def _shared(file: OfficeFile, earlier: Upload, now: Upload) -> Shared | None:
    """None where it is known that they have no clients in common."""
    if earlier.findings is None or now.findings is None:
        return None
    smaller, larger = sorted((earlier.findings.clients.count, now.findings.clients.count))
    # Where nobody can be followed, the smaller may well be in the larger.
    common = smaller
    if can_follow_clients(earlier.plan, now.plan):
        here, top = file.clients(now.number), _top(earlier)
        listed = file.clients(earlier.number).in_common(here)
        known = here.how_many_of(top) if listed is None and top else None
        if known is not None and len(top) >= FEWEST_TO_TELL_APART:
            return Shared(known / len(top), known / len(top))
        common = smaller if listed is None else listed
    return Shared(common / smaller, common / larger) if smaller else None


def _top(earlier: Upload) -> Collection[str]:
    top = None if earlier.findings is None else earlier.findings.top10
    return () if top is None else [client.client for client in top.clients]
