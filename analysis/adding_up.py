"""Several rows per client to one."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.values.arrays import encode

EXACT = 2.0**53
"""Whole numbers up to here are exact as float64."""
_SHORT = 24
"""Bytes of a text."""


@dataclass(frozen=True)
class Keys:
    """Which client each row belongs to.

    `codes[i]` is the client of row i, -1 where none can be told; clients are numbered in order of
    their first row, `first_rows` says which row that is and `counts` how many rows they have.
    """

    codes: np.ndarray
    first_rows: np.ndarray
    counts: np.ndarray
    without: int = 0
    """Rows that belong to no client: neither id nor name."""

    @property
    def added_up(self) -> bool:
        return len(self.first_rows) < len(self.codes) - self.without

    @property
    def without_rows(self) -> int:
        return self.without

    @classmethod
    def one_per_row(cls, rows: int) -> "Keys":
        """Every row is a client of its own."""
        places = np.arange(rows)
        return cls(places, places, np.ones(rows, dtype=np.int64))

    @classmethod
    def from_texts(cls, texts: pd.Series) -> "Keys":
        """Rows with the same text are one client; a row without text belongs to none."""
        found = pa.array(texts, type=pa.large_string())
        cells = found if isinstance(found, pa.ChunkedArray) else pa.chunked_array([found])
        if _all_differ(cells):
            return cls.one_per_row(len(cells))
        different, codes = encode(cells)
        codes = codes.astype(np.int64)
        blank = different.index("").as_py()
        clients = len(different)
        if clients == len(codes) and blank < 0:
            return cls.one_per_row(clients)
        if blank >= 0:
            clients -= 1
            codes = np.where(codes == blank, -1, codes - (codes > blank))
        held = np.flatnonzero(codes >= 0)
        first_rows = np.full(clients, len(codes), dtype=np.int64)
        # Later rows are written first, so that the first one stays.
        first_rows[codes[held[::-1]]] = held[::-1]
        counts = np.bincount(codes[held], minlength=clients)
        return cls(codes, first_rows, counts, len(codes) - len(held))


def _all_differ(cells: pa.ChunkedArray) -> bool:
    """Tell whether short texts, as client numbers are, are all there and all different.

    For that they are sorted: a table of a million different texts takes ten times the memory.
    """
    width = pc.max(pc.binary_length(cells)).as_py()
    if not width or width > _SHORT or not pc.all(pc.not_equal(cells, "")).as_py():
        return False
    padded = pc.utf8_rpad(cells, width=width, padding="\x00").combine_chunks()
    if pc.sum(pc.binary_length(padded)).as_py() != len(padded) * width:
        return False
    letters = np.frombuffer(padded.buffers()[2], dtype=np.uint8, count=len(padded) * width)
    texts = np.sort(letters.view(f"S{width}"))
    return not (texts[1:] == texts[:-1]).any()


def add_up(values: pd.Series, keys: Keys, scale: float) -> pd.Series:
    """Return the exact sum per client; NaN where a client has no value at all.

    Amounts are summed as whole numbers (`scale` cents to the euro, say), so that 0.1 and 0.2 make
    0.3. Where they are too large or too fine for that, each sum is correctly rounded instead.
    """
    numbers = values.to_numpy(dtype=float)
    held = (keys.codes >= 0) & ~np.isnan(numbers)
    codes, numbers = keys.codes[held], numbers[held]
    clients = len(keys.first_rows)
    scaled = np.rint(numbers * scale)
    fits = len(numbers) == 0 or (
        float(np.abs(scaled).sum()) < EXACT
        and bool(np.all(np.abs(scaled / scale - numbers) <= 1e-12 * np.abs(numbers)))
    )
    if fits:
        sums = np.bincount(codes, weights=scaled, minlength=clients) / scale
    else:
        sums = _sum_rounded(codes, numbers, clients)
    sums[np.bincount(codes, minlength=clients) == 0] = np.nan
    return pd.Series(sums)


def _sum_rounded(codes: np.ndarray, numbers: np.ndarray, clients: int) -> np.ndarray:
    order = np.argsort(codes, kind="stable")
    codes, numbers = codes[order], numbers[order]
    sums = np.zeros(clients)
    present, starts = np.unique(codes, return_index=True)
    groups: Sequence[np.ndarray] = np.split(numbers, starts[1:])
    for code, group in zip(present, groups, strict=True):
        sums[code] = math.fsum(group)
    return sums


def pick_extreme(values: pd.Series, keys: Keys, *, newest: bool) -> pd.Series:
    """Return the newest or the oldest date (or number) per client."""
    held = keys.codes >= 0
    grouped = values[held].groupby(keys.codes[held])
    picked = grouped.max() if newest else grouped.min()
    return picked.reindex(range(len(keys.first_rows))).reset_index(drop=True)


@dataclass(frozen=True)
class Picked:
    """One value per client out of those of his rows.

    `codes` holds a place in `different` per row, -1 for missing; `mixed` tells which clients have
    rows with different values.
    """

    values: pd.Series
    codes: np.ndarray
    different: pd.Series
    mixed: np.ndarray


def pick_by_weight(values: pd.Series, keys: Keys, weight: np.ndarray | None) -> Picked:
    """Return per client the value that most of his revenue carries, else most of his rows.

    Among equals the first in the file is taken; a missing value is taken only where a client has
    nothing else.
    """
    codes, unique = pd.factorize(values)
    held = (keys.codes >= 0) & (codes >= 0)
    rows = np.flatnonzero(held)
    taken = np.full(len(keys.first_rows), -1, dtype=np.int64)
    mixed = np.zeros(len(keys.first_rows), dtype=bool)
    if len(rows):
        pair = keys.codes[rows] * len(unique) + codes[rows]
        pair_codes, pairs = pd.factorize(pair)
        count = np.bincount(pair_codes)
        worth = count.astype(float)
        if weight is not None:
            worth = np.bincount(pair_codes, weights=weight[rows])
        clients = pairs // len(unique)
        mixed = np.bincount(clients, minlength=len(mixed)) > 1
        first = np.arange(len(pairs))
        order = np.lexsort((first, -count, -np.round(worth, 6), clients))
        best = order[np.r_[True, clients[order][1:] != clients[order][:-1]]]
        taken[clients[best]] = pairs[best] % len(unique)
    if not len(unique):
        nothing = values.iloc[keys.first_rows].reset_index(drop=True)
        return Picked(nothing, codes, values[:0], mixed)
    different = pd.Series(unique)
    if isinstance(values.dtype, pd.CategoricalDtype):
        different = different.astype(values.dtype)
    picked = different.take(np.maximum(taken, 0)).reset_index(drop=True)
    return Picked(picked.where(taken >= 0).astype(values.dtype), codes, different, mixed)
