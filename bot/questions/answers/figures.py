"""The figures of each client: amounts, columns, levels."""

from datetime import date

import numpy as np
import pandas as pd

from analysis.clients import Clients
from analysis.columns.plan import Column
from analysis.focus import levels_of
from analysis.numbers import age_in_years, months_since, numbers_of
from analysis.pareto import profit_of
from bot.questions.answers.sides import Divided, side_of
from bot.questions.model import Amount, Side


class Lacking(Exception):  # noqa: N818 # the list cannot tell: no error
    """The list has nothing that tells this; `code` says what."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Figures:
    """The clients of one list, as a question asks about them on this day."""

    def __init__(self, clients: Clients, as_of: date) -> None:
        self.clients = clients
        self.as_of = as_of
        self.per_client: Figures = self

    @property
    def size(self) -> int:
        """How many there are of what masks and values stand for: clients, or their rows."""
        return len(self.clients)

    def cells(self, column: Column) -> pd.Series:
        """What the column holds."""
        return self.clients.table[column.name]

    def spread(self, per_client: np.ndarray) -> np.ndarray:
        """What is known per client."""
        return per_client

    def whose(self, inside: np.ndarray) -> np.ndarray:
        """Which clients are meant."""
        return inside

    def others(self, inside: np.ndarray, missing: np.ndarray) -> np.ndarray:
        """Who is not meant, as far as the list tells."""
        return np.asarray(~inside & ~missing)

    def count(self, inside: np.ndarray) -> int:
        """How many clients are meant."""
        return int(self.whose(inside).sum())

    def side(self, amount: Amount | None, inside: np.ndarray) -> Side:
        """The figures of who is meant."""
        whose = self.whose(inside)
        if amount is None:
            return side_of(None, whose)
        return side_of(self.measured(amount, inside), whose, self.over(amount, inside))

    def measured(self, amount: Amount, inside: np.ndarray) -> np.ndarray:
        """The amount per client; `inside` matters where a client is there in part."""
        return self.amounts(amount)

    def over(self, amount: Amount, inside: np.ndarray) -> Divided | None:
        """Of a ratio, what it divides and by what."""
        return self.divided(amount)

    def amounts(self, amount: Amount) -> np.ndarray:
        """One number per client, NaN where unknown. Raises Lacking."""
        clients = self.clients
        if amount.per is not None:
            whole = amount.model_copy(update={"per": None})
            return _divided(self.amounts(whole), self.amounts(amount.per))
        if amount.kind == "column":
            column = self.column(amount.column)
            values = clients.table[column.name]
            if column.kind == "date":
                # As the number of its day, so that dates can be put in order.
                days = values.dt.normalize().map(pd.Timestamp.toordinal, na_action="ignore")
                return np.asarray(days.to_numpy(float, na_value=np.nan), dtype=float)
            return numbers_of(values)
        if amount.kind in ("revenue", "cost", "hours", "contacts"):
            return _there(getattr(clients, amount.kind), amount.kind)
        if amount.kind == "age":
            return self._age()
        if amount.kind == "years_as_client":
            return self._months("since", "client_since", "months_since") / 12
        if amount.kind == "months_since_contact":
            return self._months("last_contact")
        if amount.kind == "conversion":
            return self._conversion()
        revenue = _there(clients.revenue, "revenue")
        if amount.kind == "revenue_per_hour":
            return _divided(revenue, _there(clients.hours, "hours"))
        profit = profit_of(revenue, _there(clients.cost, "cost"))
        if amount.kind == "profit_per_hour":
            return _divided(profit, _there(clients.hours, "hours"))
        return _divided(profit, revenue) if amount.kind == "margin" else profit

    def divided(self, amount: Amount) -> Divided | None:
        """What a ratio divides, and by what, per client; None for what is no ratio."""
        if amount.per is not None:
            return self.amounts(amount.model_copy(update={"per": None})), self.amounts(amount.per)
        below = self._weights(amount)
        return None if below is None else (self.amounts(amount) * below, below)

    def _weights(self, amount: Amount) -> np.ndarray | None:
        if amount.kind in ("revenue_per_hour", "profit_per_hour"):
            return self.clients.hours
        if amount.kind == "conversion":
            return self._summed("proposals")
        return self.clients.revenue if amount.kind == "margin" else None

    def _summed(self, role: str) -> np.ndarray:
        """All columns of this role together, unknown where one of them is."""
        table = self.clients.table
        held = [each for each in self.clients.columns if each.role == role and each.name in table]
        if not held:
            raise Lacking(role)
        return np.asarray(np.sum([numbers_of(table[each.name]) for each in held], axis=0), float)

    def _conversion(self) -> np.ndarray:
        deals, proposals = self._summed("deals"), self._summed("proposals")
        if np.nansum(deals) > np.nansum(proposals):
            # The two columns count different things.
            raise Lacking("other")
        return _divided(deals, proposals)

    def _age(self) -> np.ndarray:
        for column in self.clients.columns:
            if column.stored and column.role == "age":
                return numbers_of(self.clients.table[column.name])
            if column.stored and column.role == "birth_date" and column.kind == "date":
                return age_in_years(self.clients.table[column.name], self.as_of)
        raise Lacking("age")

    def _months(self, *names: str) -> np.ndarray:
        for column in self.clients.columns:
            if column.stored and {column.role, column.meaning} & set(names):
                values = self.clients.table[column.name]
                dated = pd.api.types.is_datetime64_any_dtype(values.dtype)
                return months_since(values, self.as_of) if dated else numbers_of(values)
        raise Lacking(names[0])

    def levels(self) -> np.ndarray:
        levels = levels_of(self.clients)
        if not (levels != "").any():
            raise Lacking("levels")
        return levels

    def column(self, name: str) -> Column:
        """Raises KeyError for a column that is not there or not kept."""
        for column in self.clients.columns:
            if column.name == name and column.stored and name in self.clients.table:
                return column
        raise KeyError(name)


def _there(values: np.ndarray | None, code: str) -> np.ndarray:
    if values is None or np.isnan(values).all():
        raise Lacking(code)
    return values


def _divided(values: np.ndarray, by: np.ndarray) -> np.ndarray:
    return np.asarray(values / np.where(by > 0, by, np.nan), dtype=float)
