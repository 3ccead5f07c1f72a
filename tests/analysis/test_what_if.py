"""What if: the office's own figures under stated assumptions."""

import numpy as np
import pytest

from analysis.what_if import client_leaves, hours_to_focus, rate_per_hour, serve_otherwise
from tests.analysis.make_clients import make_clients

REVENUE = [1000.0] * 4 + [100.0] * 6 + [10.0] * 10
HOURS = [4.0] * 4 + [2.0] * 6 + [1.0] * 10


def test_a_client_leaves() -> None:
    found = client_leaves(make_clients(revenue=REVENUE, hours=HOURS), ["1", "20", "nobody"])
    assert found.before.revenue == 4700
    assert found.after.revenue == 4700 - 1010
    assert found.hours_freed == 5
    assert (found.before.clients, found.after.clients, found.affected) == (20, 18, 2)
    assert found.after.largest_share == pytest.approx(1000 / 3690)
    assert {note.code for note in found.assumptions} == {"others_stay", "hours_are_freed"}


def test_without_hours_nothing_is_said_of_them() -> None:
    clients = make_clients(revenue=REVENUE)
    found = client_leaves(clients, ["1"])
    assert found.hours_freed is None
    assert [note.code for note in found.assumptions] == ["others_stay"]
    assert found.after.revenue_per_hour is None
    assert rate_per_hour(clients, 100) is None
    assert serve_otherwise(clients) is None
    assert hours_to_focus(clients, 10) is None


def test_another_rate_lifts_only_those_below_it() -> None:
    found = rate_per_hour(make_clients(revenue=[500, 100, np.nan], hours=[2, 2, 5]), 100)
    assert found is not None
    assert (found.before.revenue, found.after.revenue, found.affected) == (600, 700, 1)


def test_the_lower_group_is_served_otherwise() -> None:
    clients = make_clients(revenue=REVENUE, hours=HOURS)
    found = serve_otherwise(clients, hours_kept=0.25, revenue_kept=0.9)
    assert found is not None
    assert found.affected == 11  # nine clients bring 95%
    assert found.hours_freed == pytest.approx(0.75 * 12)
    assert found.after.revenue == pytest.approx(4700 - 0.1 * 200)
    assert found.after.hours == pytest.approx(38 - 9)


def test_freed_hours_move_to_the_focus() -> None:
    found = hours_to_focus(make_clients(revenue=REVENUE, hours=HOURS), 8, as_productive=0.5)
    assert found is not None
    assert found.affected == 4
    assert found.after.revenue == pytest.approx(4700 + 8 * 250 * 0.5)
    assert found.after.hours == pytest.approx(38 + 8)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda c: rate_per_hour(c, -1),
        lambda c: serve_otherwise(c, hours_kept=1.5),
        lambda c: serve_otherwise(c, revenue_kept=-0.1),
        lambda c: hours_to_focus(c, -1),
        lambda _: client_leaves(make_clients({"x": ["a"]}), ["1"]),
    ],
)
def test_what_makes_no_sense_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        wrong(make_clients(revenue=REVENUE, hours=HOURS))  # type: ignore[operator]
