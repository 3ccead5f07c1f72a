"""Seeded tables to measure with: with and without a pattern that is known to be there."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.clients import Clients
from analysis.columns.plan import Column, Kind
from analysis.reading.sheet import Source

SEARCH_CARDS = (2, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 12)
TOP10_CARDS = (2, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8, 10)
GROUP_CARDS = (2, 2, 3, 3, 4, 5, 5, 6, 8, 10)
LOOK_ALIKE_CARDS = (2, 2, 2, 3, 3, 4, 5, 5, 6, 8)


def clients_of(
    categories: Sequence[np.ndarray],
    numbers: Sequence[np.ndarray],
    revenue: np.ndarray,
    cost: np.ndarray | None = None,
) -> Clients:
    """A client list of these traits: columns `c0`, `c1` … and `n0`, `n1` …"""
    table: dict[str, pd.Series] = {}
    kinds: list[Kind] = []
    for place, codes in enumerate(categories):
        table[f"c{place}"] = pd.Series(codes).astype("str")
        kinds.append("category")
    for place, values in enumerate(numbers):
        table[f"n{place}"] = pd.Series(values, dtype=float)
        kinds.append("number")
    columns = tuple(
        Column(
            position=place, header=name, name=name, role="trait", kind=kind,
            confidence=1.0, why="heading", stored=True,
        )
        for place, (name, kind) in enumerate(zip(table, kinds, strict=True))
    )  # fmt: skip
    return Clients(
        source=Source(name="table.csv", format="csv"),
        columns=columns,
        table=pd.DataFrame(table),
        ids=pd.Series(np.arange(1, len(revenue) + 1)).astype("str"),
        names=None,
        revenue=revenue,
        cost=cost,
        hours=None,
        contacts=None,
        rows=len(revenue),
        rows_added_up=False,
    )


def joined(lists: Sequence[Clients]) -> Clients:
    """The traits of lists of as many clients side by side, with the revenue of the first."""
    categories: list[np.ndarray] = []
    numbers: list[np.ndarray] = []
    for clients in lists:
        for column in clients.columns:
            kept = numbers if column.kind == "number" else categories
            kept.append(clients.table[column.name].to_numpy())
    assert lists[0].revenue is not None
    return clients_of(categories, numbers, lists[0].revenue)


def _shares(random: np.random.Generator, card: int, evenness: float) -> np.ndarray:
    """Random shares of so many values, none of which vanishes."""
    shares = random.dirichlet(np.full(card, evenness)) * 0.8 + 0.2 / card
    return np.asarray(shares / shares.sum())


def search_table(rows: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Codes (rows, 23) and amounts: 15 categories, 8 numbers in fifths, one planted pair.

    Amounts are lognormal with a Pareto tail; rows with value 1 of the eighth category and in the
    highest fifth of the third number bring two and a half times as much.
    """
    random = np.random.default_rng(seed)
    columns = [
        random.choice(card, size=rows, p=_shares(random, card, 3.0)) for card in SEARCH_CARDS
    ]
    numbers: list[np.ndarray] = []
    for place in range(8):
        values = random.lognormal(10, 0.8, rows) if place % 2 else random.normal(50, 15, rows)
        if place and place % 3 == 0:
            before = (numbers[-1] - numbers[-1].mean()) / numbers[-1].std()
            values = 0.7 * before + 0.7 * (values - values.mean()) / values.std()
        numbers.append(values)
        edges = np.quantile(values, np.arange(1, 5) / 5)
        columns.append(np.searchsorted(edges, values, side="right"))
    amounts = random.lognormal(7.0, 1.0, rows)
    tail = random.random(rows) < 0.03
    amounts[tail] += 3000.0 * (random.pareto(1.8, tail.sum()) + 1.0)
    amounts[(columns[7] == 1) & (columns[17] == 4)] *= 2.5
    return np.stack(columns, axis=1).astype(np.uint8), amounts.round(2)


def top10_table(random: np.random.Generator, rows: int, effect: float) -> Clients:
    """12 categories and 8 numbers; `c0` = 1, `c5` = 0 and a high `n0` raise the revenue.

    `effect` is in standard deviations of its logarithm: 0 for no pattern, 1 moderate, 1.7 strong.
    """
    categories = []
    for place, card in enumerate(TOP10_CARDS):
        shares = _shares(random, card, 2.0)
        if place == 0:
            shares = np.array([0.8, 0.2])
        if place == 5:
            shares = np.array([0.15, 0.3, 0.3, 0.25])
        categories.append(random.choice(card, rows, p=shares))
    numbers = random.normal(size=(rows, 8))
    log_revenue = random.normal(size=rows) + 7
    raised = 1.0 * (categories[0] == 1) + 1.0 * (categories[5] == 0) + 0.5 * numbers[:, 0]
    revenue = np.exp(log_revenue + effect * raised)
    return clients_of(categories, list(numbers.T), revenue)


@dataclass(frozen=True)
class Planted:
    """A client list with one group that brings `effect` times as much (0: no pattern)."""

    clients: Clients
    special: np.ndarray
    effect: float


def group_table(random: np.random.Generator, rows: int, effect: float) -> Planted:
    """10 categories and 5 numbers of five values; `c2` = 0 with `n0` = 4 is the planted group."""
    categories = [random.choice(card, rows, p=_shares(random, card, 3.0)) for card in GROUP_CARDS]
    numbers = [random.integers(0, 5, rows).astype(float) for _ in range(5)]
    revenue = random.lognormal(7, 1.2, rows)
    categories[2] = random.choice(3, rows, p=[0.3, 0.4, 0.3])
    special = (categories[2] == 0) & (numbers[0] == 4)
    if effect:
        revenue = np.where(special, revenue * effect, revenue)
    return Planted(clients_of(categories, numbers, revenue), special, effect)


def look_alike_table(
    random: np.random.Generator, rows: int, strength: float
) -> tuple[Clients, np.ndarray]:
    """A hidden ideal type (6%) that differs in five of 16 traits, and who is of that type."""
    ideal = random.random(rows) < 0.06
    categories = []
    for place, card in enumerate(LOOK_ALIKE_CARDS):
        shares = _shares(random, card, 3.0)
        codes = random.choice(card, rows, p=shares)
        if place in (0, 3, 6):
            codes[ideal & (random.random(rows) < strength)] = int(np.argmin(shares))
        categories.append(codes)
    numbers = random.normal(size=(rows, 6))
    numbers[:, 0] += ideal * 2.0 * strength
    numbers[:, 1] += ideal * 1.0 * strength
    numbers[:, 4] = np.exp(numbers[:, 4])
    revenue = np.exp(7 + 0.8 * random.normal(size=rows) + ideal * 2.0)
    return clients_of(categories, list(numbers.T), revenue), ideal
