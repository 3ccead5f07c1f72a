"""What changed between two uploads."""

from datetime import date

import numpy as np
import pytest

from analysis.changes import Snapshot, changes_since, hashed, snapshot_of
from analysis.segmentation import segment
from tests.analysis.make_clients import make_clients

KEY = b"an office's own key"
BEFORE, NOW = date(2026, 5, 1), date(2026, 11, 23)
REVENUE = np.arange(100.0, 0.0, -1.0)


def snapshot() -> Snapshot:
    return snapshot_of(segment(make_clients(revenue=REVENUE), BEFORE), KEY)


def test_a_snapshot_names_nobody() -> None:
    kept = snapshot()
    assert kept.top[0] == hashed("1", KEY)
    assert kept.top[0] != hashed("1", b"another key")
    assert all(len(client) == 32 for client in kept.top)
    assert Snapshot.model_validate_json(kept.model_dump_json()) == kept


def test_nothing_changed() -> None:
    clients = make_clients(revenue=REVENUE)
    found = changes_since(snapshot(), clients, segment(clients, NOW), KEY)
    assert (found.entered, found.left, found.gone) == ((), (), 0)
    assert (found.growth, found.clients_growth, found.signals) == (0, 0, ())
    assert found.since == BEFORE


def test_who_entered_and_left_the_top() -> None:
    revenue = REVENUE.copy()
    revenue[1], revenue[50] = 40, 500
    clients = make_clients(revenue=revenue)
    found = changes_since(snapshot(), clients, segment(clients, NOW), KEY)
    assert (found.entered, found.left, found.gone) == (("51",), ("2",), 0)
    assert found.growth == pytest.approx((revenue.sum() - REVENUE.sum()) / REVENUE.sum())
    assert [(signal.tip, signal.signal) for signal in found.signals] == [
        ("T05", "top_client_brings_less"),
        ("T06", "left_the_top"),
    ]
    assert found.signals[0].value == pytest.approx(1 - 40 / 99)


def test_a_client_who_is_no_longer_in_the_file_is_counted_and_not_named() -> None:
    clients = make_clients(revenue=REVENUE[:5])
    found = changes_since(snapshot(), clients, segment(clients, NOW), KEY)
    assert (found.left, found.gone) == ((), 5)
    assert found.clients_growth == -95


def test_an_earlier_upload_without_revenue() -> None:
    kept = snapshot_of(segment(make_clients({"x": ["a", "b"] * 20}), BEFORE), KEY)
    clients = make_clients(revenue=REVENUE)
    found = changes_since(kept, clients, segment(clients, NOW), KEY)
    assert (found.entered, found.growth, found.clients_for_80_before) == ((), None, None)
