"""What clients cost where the file has no costs: shares and a range, from what stands in its place.

Every estimate rests on stated assumptions. The range is not a fixed per cent: its ends are two ways
of looking at the same work.
"""

from dataclasses import dataclass

import numpy as np

from analysis.clients import Clients
from analysis.findings import CostBasis
from analysis.numbers import numbers_of


@dataclass(frozen=True)
class Assumptions:
    """What is taken for granted; every one can be changed by the adviser.

    Hours and minutes are low and high ends; `cost_per_hour` is the office's own cost price, None
    where it was not told: then there are shares, but no amounts.
    """

    cost_per_hour: float | None = None
    hours_per_contact: tuple[float, float] = (0.25, 1.5)
    hours_per_claim: tuple[float, float] = (1.0, 4.0)
    hours_per_product: tuple[float, float] = (0.5, 1.5)
    hours_per_client: tuple[float, float] = (0.5, 2.0)
    """Work that every client gives, whatever else he asks; not for hours, which have it in them."""


@dataclass(frozen=True)
class CostEstimate:
    """Estimated hours per client: NaN where the file does not tell.

    `low` and `high` take the low and the high end of every assumption. `even` lays most weight on
    what every client gives and least on what he asks; `steep` the other way round: between those
    two lies the share of any group.
    """

    basis: CostBasis
    low: np.ndarray
    high: np.ndarray
    even: np.ndarray
    steep: np.ndarray
    assumptions: Assumptions

    @property
    def middle(self) -> np.ndarray:
        """Halfway between the low and the high end."""
        return np.asarray((self.low + self.high) / 2, dtype=float)

    @property
    def in_money(self) -> bool:
        """Whether the cost per hour is known."""
        return self.assumptions.cost_per_hour is not None

    def amounts(self, hours: np.ndarray) -> np.ndarray:
        """Hours as costs; as hours where the cost per hour is unknown."""
        rate = self.assumptions.cost_per_hour
        return hours if rate is None else hours * rate


def estimate_costs(clients: Clients, assumptions: Assumptions) -> CostEstimate | None:
    """Costs from hours, else contacts, else claims, else products; None without any of them."""
    if clients.hours is not None and np.nansum(clients.hours) > 0:
        hours = clients.hours
        return CostEstimate("hours", hours, hours, hours, hours, assumptions)
    counted: tuple[tuple[CostBasis, np.ndarray | None, tuple[float, float]], ...] = (
        ("contacts", clients.contacts, assumptions.hours_per_contact),
        ("claims", _column(clients, "claims"), assumptions.hours_per_claim),
        ("products", _column(clients, "products"), assumptions.hours_per_product),
    )
    fewest, most = assumptions.hours_per_client
    for basis, number, (light, heavy) in counted:
        if number is not None and np.nansum(number) > 0:
            return CostEstimate(
                basis,
                low=fewest + number * light,
                high=most + number * heavy,
                even=most + number * light,
                steep=fewest + number * heavy,
                assumptions=assumptions,
            )
    return None


def _column(clients: Clients, meaning: str) -> np.ndarray | None:
    """The first stored column of this meaning as numbers."""
    for column in clients.columns:
        if column.stored and column.meaning == meaning:
            return numbers_of(clients.table[column.name])
    return None
