"""What a client brings and costs: the columns of one role together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.columns.plan import Column, Role


@dataclass(frozen=True)
class Totals:
    """Amounts per row of a table, None where it has no such column.

    `cost_basis` and `margin` tell of the costs whether they stand in the file, or are revenue less
    the column with that heading.
    """

    revenue: np.ndarray | None
    cost: np.ndarray | None
    hours: np.ndarray | None
    contacts: np.ndarray | None
    cost_basis: Literal["file", "margin"] | None
    margin: str = ""


def totals_of(table: pd.DataFrame, columns: Sequence[Column]) -> Totals:
    """The totals of typed columns that are added up already."""
    revenue = _total(table, columns, "revenue")
    if revenue is None:
        revenue = _total(table, columns, "revenue_part")
    cost, header = _total(table, columns, "cost"), ""
    basis: Literal["file", "margin"] | None = None if cost is None else "file"
    if cost is None and revenue is not None:
        margin = next((column for column in columns if column.meaning == "margin"), None)
        if margin is not None and pd.api.types.is_float_dtype(table[margin.name]):
            cost = revenue - table[margin.name].to_numpy()
            basis, header = "margin", margin.header
    return Totals(
        revenue=revenue,
        cost=cost,
        hours=_total(table, columns, "hours"),
        contacts=_total(table, columns, "contacts"),
        cost_basis=basis,
        margin=header,
    )


def _total(table: pd.DataFrame, columns: Sequence[Column], role: Role) -> np.ndarray | None:
    """The sum of all columns with this role; NaN where none of them has a value."""
    amounts = [
        table[column.name].to_numpy(dtype=float)
        for column in columns
        if column.role == role and pd.api.types.is_float_dtype(table[column.name])
    ]
    if not amounts:
        return None
    if len(amounts) == 1:
        return np.asarray(amounts[0])
    stacked = np.vstack(amounts)
    missing = np.isnan(stacked).all(axis=0)
    # Amounts hold whole cents or less: a rounded sum takes away what binary fractions add.
    total = np.round(np.nansum(stacked, axis=0), 9)
    total[missing] = np.nan
    return np.asarray(total)
