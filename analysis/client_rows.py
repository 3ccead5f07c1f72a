"""The rows behind clients that have several: what stands in each of them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.adding_up import Keys, add_up
from analysis.typed import TypedColumn

FEW = 0.05
"""Of all clients. A column whose rows differ for no more of them is a trait of the client all the
same, with some slips."""


@dataclass(frozen=True)
class OfRows:
    """A column of which a client's rows may hold different values.

    `codes` holds a place in `different` per row, -1 for missing; `mixed` tells of which clients
    the rows hold more than one value.
    """

    codes: np.ndarray
    different: pd.Series
    mixed: np.ndarray

    @property
    def values(self) -> pd.Series:
        """One typed value per row."""
        return self.different.reindex(self.codes).reset_index(drop=True)


@dataclass(frozen=True)
class ClientRows:
    """The rows of clients, in the order of the file.

    `client` is the position of each row's client. `differing` are the columns that differ between
    the rows of a client, `added` those that are added up per client; both by `Column.name`.
    """

    client: np.ndarray
    clients: int
    differing: Mapping[str, OfRows]
    added: Mapping[str, TypedColumn]

    def values(self, name: str, per_client: pd.Series) -> pd.Series:
        """One value per row. `per_client` is what the client has as a whole."""
        spread = per_client.take(self.client).reset_index(drop=True)
        column = self.differing.get(name)
        if column is None:
            return spread
        own = column.values
        # Where it is a trait of the client, it need not be written in each of his rows.
        return own.where(own.notna(), spread) if self.is_of_clients(name) else own

    def values_of(self, name: str, client: int) -> list[object]:
        """What the rows of one client hold, in their order, where that differs; else nothing."""
        column = self.differing.get(name)
        if column is None or not column.mixed[client]:
            return []
        codes = pd.unique(column.codes[self.client == client])
        return list(column.different.take(codes[codes >= 0]))

    def is_of_clients(self, name: str) -> bool:
        """Whether the column is a trait of a client: his rows agree, a few clients excepted."""
        column = self.differing.get(name)
        return column is None or int(column.mixed.sum()) <= FEW * self.clients

    def sums(self, rows: np.ndarray) -> dict[str, pd.Series]:
        """The columns that are added up, per client, over some of the rows (a mask) alone."""
        codes = self.client[rows]
        nothing = np.empty(0, dtype=np.int64)
        keys = Keys(codes, np.zeros(self.clients, dtype=np.int64), nothing)
        return {
            name: add_up(column.values[rows], keys, column.scale)
            for name, column in self.added.items()
        }


def rows_of(
    keys: Keys, keep: np.ndarray, differing: Mapping[str, OfRows], added: Mapping[str, TypedColumn]
) -> ClientRows | None:
    """The rows of the clients that stay; None where no column differs between them."""
    position = np.where(keep, np.cumsum(keep) - 1, -1)
    client = np.where(keys.codes >= 0, position[keys.codes], -1)
    held = client >= 0
    kept = {
        name: OfRows(column.codes[held], column.different, column.mixed[keep])
        for name, column in differing.items()
        if column.mixed[keep].any()
    }
    if not kept:
        return None
    sums = {
        name: TypedColumn(
            column.values[held].reset_index(drop=True), column.misfits[:0], column.scale
        )
        for name, column in added.items()
    }
    return ClientRows(client[held], int(keep.sum()), kept, sums)
