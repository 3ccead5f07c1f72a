"""What the rules of the signals look at: the clients, and what was found of them."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.clients import Clients
from analysis.columns.plan import Role
from analysis.findings import Focus, Group, Pareto, SharedTrait, Top10
from analysis.numbers import MONTHS_PER_YEAR, longer_ago, numbers_of


@dataclass(frozen=True)
class Report:
    """What the rules look at: the clients, and what was found of them."""

    clients: Clients
    as_of: date
    top10: Top10 | None
    pareto: Pareto | None
    groups: tuple[Group, ...]
    focus: Focus | None
    cost_per_hour: float | None = None
    """The office's own cost price, where it was told."""

    @cached_property
    def top(self) -> np.ndarray:
        """Which clients are the top."""
        members = set() if self.top10 is None else {client.client for client in self.top10.clients}
        return np.asarray(self.clients.ids.isin(members), dtype=bool)

    def meaning(self, *meanings: str) -> pd.Series | None:
        """The first stored column with one of these meanings."""
        for column in self.clients.columns:
            if column.stored and column.meaning in meanings:
                return self.clients.table[column.name]
        return None

    def role(self, role: Role) -> pd.Series | None:
        """The first stored column with this role."""
        for column in self.clients.columns:
            if column.stored and column.role == role:
                return self.clients.table[column.name]
        return None

    def amounts(self, *meanings: str) -> np.ndarray | None:
        """The column with one of these meanings as numbers, NaN for unknown."""
        column = self.meaning(*meanings)
        return None if column is None else numbers_of(column)

    def dates(self, role: Role) -> pd.Series | None:
        """The first stored column with this role, where it holds dates."""
        column = self.role(role)
        dated = column is not None and pd.api.types.is_datetime64_any_dtype(column.dtype)
        return column if dated else None

    def without_contact(self, months: int = MONTHS_PER_YEAR) -> np.ndarray | None:
        """Whose last contact is more than so many months ago; None where no date is known.

        The same rule as a question by which an adviser looks up who they are.
        """
        spoken = self.dates("last_contact")
        if spoken is None or spoken.isna().all():
            return None
        return longer_ago(spoken, self.as_of, months)

    @cached_property
    def clear_traits(self) -> tuple[SharedTrait, ...]:
        """The traits that the top demonstrably shares."""
        traits = () if self.top10 is None else self.top10.traits
        return tuple(trait for trait in traits if trait.verdict == "clear")

    def clear_trait(self, *meanings: str) -> SharedTrait | None:
        """The first clear trait from a column with one of these meanings."""
        headers = {c.header for c in self.clients.columns if c.meaning in meanings}
        return next((trait for trait in self.clear_traits if trait.header in headers), None)
