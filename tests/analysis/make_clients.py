"""Clients by hand: tests say what a client list holds, not how it is read."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.clients import Clients
from analysis.columns.plan import Column, Kind, Role
from analysis.reading.sheet import Source


def make_clients(
    table: Mapping[str, Sequence[Any] | np.ndarray | pd.Series] | None = None,
    *,
    revenue: Sequence[float] | np.ndarray | None = None,
    cost: Sequence[float] | np.ndarray | None = None,
    hours: Sequence[float] | np.ndarray | None = None,
    contacts: Sequence[float] | np.ndarray | None = None,
    roles: Mapping[str, Role] | None = None,
    meanings: Mapping[str, str] | None = None,
    kinds: Mapping[str, Kind] | None = None,
    names: Sequence[str] | None = None,
    ids: Sequence[str] | None = None,
) -> Clients:
    """A client list with these columns, traits unless `roles` says otherwise.

    Amounts are also stored columns of their own, as a file would have them. Clients are numbered
    from 1, unless `ids` says otherwise.
    """
    series = (
        {name: pd.Series(values).reset_index(drop=True) for name, values in table.items()}
        if (table)
        else {}
    )
    roles, meanings, kinds = dict(roles or {}), meanings or {}, dict(kinds or {})
    amounts: dict[Role, Sequence[float] | np.ndarray | None] = {
        "revenue": revenue,
        "cost": cost,
        "hours": hours,
        "contacts": contacts,
    }
    arrays: dict[str, np.ndarray] = {}
    for role, values in amounts.items():
        if values is not None:
            arrays[role] = np.asarray(values, dtype=float)
            series[role] = pd.Series(arrays[role])
            roles[role] = role
            kinds[role] = "duration" if role == "hours" else "money"
    frame = pd.DataFrame(series)
    columns = tuple(
        Column(
            position=position,
            header=name,
            name=name,
            role=roles.get(name, "trait"),
            meaning=meanings.get(name, ""),
            kind=kinds.get(name, kind_of(frame[name])),
            confidence=1.0,
            why="heading",
            stored=True,
        )
        for position, name in enumerate(frame.columns)
    )
    return Clients(
        source=Source(name="clients.csv", format="csv", header_row=1),
        columns=columns,
        table=frame,
        ids=pd.Series(ids or [str(i + 1) for i in range(len(frame))], dtype="str"),
        names=None if names is None else pd.Series(names, dtype="str"),
        revenue=arrays.get("revenue"),
        cost=arrays.get("cost"),
        hours=arrays.get("hours"),
        contacts=arrays.get("contacts"),
        rows=len(frame),
        rows_added_up=False,
    )


def kind_of(values: pd.Series) -> Kind:
    """The kind that a typed column of `Clients.table` has by its dtype."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        return "ordered"
    if pd.api.types.is_bool_dtype(values.dtype):
        return "yes_no"
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        return "date"
    return "number" if pd.api.types.is_numeric_dtype(values.dtype) else "category"
