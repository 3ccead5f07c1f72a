"""One typed row per client."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.columns.plan import Column
from analysis.findings import LeftOut, Note
from analysis.reading.sheet import Source


@dataclass(frozen=True)
class Clients:
    """All clients of one file, one row each.

    `table` has a RangeIndex and one column per stored column of the plan, under `Column.name`,
    typed by `Column.kind`: money, number, percentage (a share, 0.2 for 20%) and duration (hours)
    as float64 with NaN for missing; date as datetime64; yes_no as nullable boolean; category and
    text as str with NA for missing; ordered as an ordered Categorical.

    `ids` holds the client's id, else the number of his first row in the file, as text.
    `revenue`, `cost`, `hours` and `contacts` are float64 per client with NaN for missing, or None
    where the file has no such column. Money that stands in several rows is summed exactly as it
    stands in the file.
    """

    source: Source
    columns: tuple[Column, ...]
    table: pd.DataFrame
    ids: pd.Series
    names: pd.Series | None
    revenue: np.ndarray | None
    cost: np.ndarray | None
    hours: np.ndarray | None
    contacts: np.ndarray | None
    rows: int
    """Rows of the file that were read as clients, before adding up."""
    rows_added_up: bool
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[Note, ...] = ()

    def __len__(self) -> int:
        return len(self.table)
