"""The figures of a question about a column that differs between the rows of a client.

Then conditions and groups go by row: amounts are those of the rows alone, and a client counts once
wherever he has one. What is known of a client as a whole, his place in a top say, goes for all of
his rows.
"""

from datetime import date

import numpy as np
import pandas as pd

from analysis.client_rows import ClientRows
from analysis.clients import Clients
from analysis.columns.plan import Column
from analysis.numbers import numbers_of
from bot.questions.answers.figures import Figures, Lacking
from bot.questions.answers.sides import Divided, side_of
from bot.questions.model import Amount, Question, Side, columns_of

ABOUT_CLIENTS = frozenset({"what_if", "rank", "card", "reach"})
"""What is asked of these is about clients, with all that they have."""


def differing_in(question: Question, clients: Clients) -> tuple[str, ...]:
    """The columns of the question that differ between the rows of a client, by `Column.name`."""
    if clients.by_row is None:
        return ()
    named = dict.fromkeys(columns_of(question))
    return tuple(name for name in named if name in clients.by_row.differing)


class ByRow(Figures):
    """Masks and values of one row each; figures of the clients whose rows they are."""

    def __init__(self, clients: Clients, as_of: date, question: Question) -> None:
        super().__init__(clients, as_of)
        assert clients.by_row is not None
        self.rows_of_clients: ClientRows = clients.by_row
        self.per_client = Figures(clients, as_of)
        self._lowest = question.order == "least"
        # *Klanten zonder hypotheek* have none at all; *omzet buiten hypotheken* is of other rows.
        self._without_any = question.amount is None or question.intent in (
            "clients",
            *ABOUT_CLIENTS,
        )

    @property
    def size(self) -> int:
        return len(self.rows_of_clients.client)

    def cells(self, column: Column) -> pd.Series:
        return self.rows_of_clients.values(column.name, self.clients.table[column.name])

    def spread(self, per_client: np.ndarray) -> np.ndarray:
        return np.asarray(per_client[self.rows_of_clients.client])

    def whose(self, inside: np.ndarray) -> np.ndarray:
        clients = np.zeros(len(self.clients), dtype=bool)
        clients[self.rows_of_clients.client[inside]] = True
        return clients

    def others(self, inside: np.ndarray, missing: np.ndarray) -> np.ndarray:
        held = self.spread(self.whose(inside)) if self._without_any else inside
        return np.asarray(~held & ~missing)

    def amounts(self, amount: Amount) -> np.ndarray:
        if self._differs(amount):
            return numbers_of(self.cells(self.column(amount.column)))
        return self.spread(self.per_client.amounts(amount))

    def levels(self) -> np.ndarray:
        return self.spread(self.per_client.levels())

    def side(self, amount: Amount | None, inside: np.ndarray) -> Side:
        if amount is None or not self._differs(amount):
            return super().side(amount, inside)
        # What does not add up, a discount say, is measured over rows.
        values = self.amounts(amount)
        known = inside & ~np.isnan(values)
        counts = {"clients": self.count(inside), "known": self.count(known)}
        return side_of(values, inside).model_copy(update=counts)

    def measured(self, amount: Amount, inside: np.ndarray) -> np.ndarray:
        # Raises where the whole list cannot tell; some rows that cannot are no reason.
        self.per_client.amounts(amount)
        if self._differs(amount):
            return self._outermost(amount, inside)
        try:
            return self._of(inside).amounts(amount)
        except Lacking:
            return np.full(len(self.clients), np.nan)

    def over(self, amount: Amount, inside: np.ndarray) -> Divided | None:
        try:
            return self._of(inside).divided(amount)
        except Lacking:
            return None

    def _of(self, inside: np.ndarray) -> Figures:
        """The clients with what these rows bring alone."""
        return Figures(self.clients.only(inside), self.as_of)

    def _differs(self, amount: Amount) -> bool:
        known = amount.kind == "column" and amount.per is None
        return known and amount.column in self.rows_of_clients.differing

    def _outermost(self, amount: Amount, inside: np.ndarray) -> np.ndarray:
        """The highest value of each client's rows, or the lowest where those come first."""
        values = pd.Series(self.amounts(amount)[inside])
        grouped = values.groupby(self.rows_of_clients.client[inside])
        found = grouped.min() if self._lowest else grouped.max()
        return np.asarray(found.reindex(range(len(self.clients))), dtype=float)
