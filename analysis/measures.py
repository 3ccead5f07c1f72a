"""What clients are ordered by: revenue, profit, or profit per hour."""

from typing import Literal, get_args

import numpy as np

from analysis.clients import Clients
from analysis.pareto import profit_of

Measure = Literal["revenue", "profit", "profit_per_hour"]
MEASURES: tuple[Measure, ...] = get_args(Measure)


def amounts_of(clients: Clients, measure: str) -> np.ndarray | None:
    """One amount per client, NaN where unknown; None where the file lacks what it needs.

    Profit per hour is revenue per hour where the file knows no costs; clients without hours have
    none. Raises ValueError for a measure that does not exist.
    """
    if measure not in MEASURES:
        raise ValueError(f"no such measure: {measure}")
    revenue = clients.revenue
    if revenue is None or np.isnan(revenue).all():
        return None
    if measure == "revenue":
        return revenue
    profit = None if clients.cost is None else profit_of(revenue, clients.cost)
    if measure == "profit":
        return profit
    if clients.hours is None:
        return None
    worked = np.where(clients.hours > 0, clients.hours, np.nan)
    return np.asarray((revenue if profit is None else profit) / worked, dtype=float)
