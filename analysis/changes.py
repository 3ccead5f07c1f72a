"""What changed since an earlier upload, from a snapshot that holds no name and no id."""

import hashlib
import hmac
from collections.abc import Iterator
from datetime import date

import numpy as np

from analysis.clients import Clients
from analysis.findings import Finding, Findings, Share, Signal

DIGEST_BYTES = 16


class Snapshot(Finding):
    """What is kept of an upload for later comparison: no name, no id, only keyed hashes of ids."""

    as_of: date
    clients: int
    revenue: float | None
    clients_for_80: Share | None
    revenue_of_top_20: float | None
    top: tuple[str, ...]
    """The hashes of the top, best first."""
    top_revenue: tuple[float | None, ...]


class Changes(Finding):
    """What changed since an earlier upload. Clients are named by the ids of the later file."""

    since: date
    entered: tuple[str, ...]
    left: tuple[str, ...]
    """Clients that were in the top, are not now, and are still in the file."""
    gone: int
    """Clients that were in the top and are no longer in the file."""
    growth: float | None
    """Change of revenue as a share of what it was; None where that was not positive."""
    clients_growth: int
    clients_for_80_before: Share | None
    clients_for_80_now: Share | None
    signals: tuple[Signal, ...] = ()


def snapshot_of(findings: Findings, key: bytes) -> Snapshot:
    """What is kept of these findings. `key` belongs to the office: without it, no hash is an id."""
    top = () if findings.top10 is None else findings.top10.clients
    pareto = findings.pareto
    return Snapshot(
        as_of=findings.as_of,
        clients=findings.clients.count,
        revenue=None if pareto is None else pareto.revenue,
        clients_for_80=None if pareto is None else pareto.clients_for_80,
        revenue_of_top_20=None if pareto is None else pareto.revenue_of_top_20,
        top=tuple(hashed(client.client, key) for client in top),
        top_revenue=tuple(client.revenue for client in top),
    )


def hashed(client: str, key: bytes) -> str:
    """A keyed hash of a client's id (HMAC-SHA-256, shortened to 128 bits), in hexadecimal."""
    return hmac.new(key, client.encode(), hashlib.sha256).digest()[:DIGEST_BYTES].hex()


def changes_since(before: Snapshot, clients: Clients, findings: Findings, key: bytes) -> Changes:
    """What changed between a snapshot and these findings of these clients."""
    now = snapshot_of(findings, key)
    place = {hashed(client, key): position for position, client in enumerate(clients.ids)}
    in_top, was_in_top = set(now.top), set(before.top)
    ids = clients.ids
    entered = tuple(str(ids.iloc[place[h]]) for h in now.top if h not in was_in_top)
    left = [h for h in before.top if h not in in_top]
    growth = None
    if before.revenue is not None and before.revenue > 0 and now.revenue is not None:
        growth = now.revenue / before.revenue - 1
    return Changes(
        since=before.as_of,
        entered=entered if before.top else (),
        left=tuple(str(ids.iloc[place[h]]) for h in left if h in place),
        gone=sum(h not in place for h in left),
        growth=growth,
        clients_growth=now.clients - before.clients,
        clients_for_80_before=before.clients_for_80,
        clients_for_80_now=now.clients_for_80,
        signals=tuple(_signals(before, clients, place, len(left))),
    )


def _signals(
    before: Snapshot, clients: Clients, place: dict[str, int], left: int
) -> Iterator[Signal]:
    """T05: the largest fall among the clients of the earlier top, past a fifth. T06: who left."""
    falls = []
    for client, earlier in zip(before.top, before.top_revenue, strict=True):
        if client in place and earlier is not None and earlier > 0 and clients.revenue is not None:
            falls.append(1 - float(clients.revenue[place[client]]) / earlier)
    known = [fall for fall in falls if not np.isnan(fall)]
    if known and max(known) > 0.2:
        yield Signal(signal="top_client_brings_less", value=max(known), tip="T05")
    if left:
        yield Signal(signal="left_the_top", value=float(left), tip="T06")
