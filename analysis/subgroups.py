"""The exact best conjunctions of up to three values of different columns.

Every column is a partition of the rows, so that all conjunctions of three columns come out of one
group-by of those columns. Two targets:

- numeric: quality n^a (mean of the group - mean of all), 0 < a ≤ 1. A pair is bounded by its best
  prefix in descending order, a triple by its three pairs.
- binary: weighted relative accuracy, (positives - n × share of positives) / N. The group-by reads
  the positive rows only; the rows of a candidate are counted best bound first.

Sums are whole numbers, so that the compiled and the plain path give the same figures, bit for bit.
"""

import math
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from types import ModuleType

import numpy as np

from analysis.sums import decimals_of

BUDGET = 4_000_000_000
"""Row updates of one search: a few seconds. Counted, not clocked: the same file must always give
the same answer."""

_kernels: ModuleType | None = None


@dataclass(frozen=True)
class Subgroup:
    """Rows that meet all conditions, each a column and its code."""

    quality: float
    size: int
    conditions: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Search:
    """The best subgroups, best first, and the columns that had no part in triples."""

    best: tuple[Subgroup, ...]
    left_out: tuple[int, ...] = ()


def warm() -> None:
    """Load the compiled search, compiling it where no cache exists (then some 20 seconds).

    Until it is done, searches take the plain path, with the same answers.
    """
    global _kernels  # noqa: PLW0603 - one switch for the process, turned once
    if _kernels is not None:
        return
    from analysis import subgroup_kernels

    codes = np.array([[0, 1, 0, 1], [0, 0, 1, 1], [1, 0, 0, 1]], dtype=np.uint8).T
    table = _Table(codes, 3, 1, BUDGET)
    _numeric_compiled(subgroup_kernels, table, np.arange(4.0), 0.5, _Best(2))
    _binary_compiled(subgroup_kernels, table, codes[:, 0] > 0, _Best(2))
    cells = np.zeros((2, 2), dtype=np.int64), np.zeros((2, 2))
    subgroup_kernels.add_by_pair(table.codes[0], table.codes[1], np.arange(4.0), *cells)
    _kernels = subgroup_kernels


def warm_in_background() -> threading.Thread:
    """Start `warm` in a thread of its own: answers take the plain path until it is done."""
    thread = threading.Thread(target=warm, name="warm-subgroups", daemon=True)
    thread.start()
    return thread


def best_by_mean(
    codes: np.ndarray,
    amounts: np.ndarray,
    *,
    depth: int = 3,
    most: int = 20,
    exponent: float = 0.5,
    smallest: int | None = None,
    budget: int = BUDGET,
    only_chosen: bool = False,
) -> Search:
    """The conjunctions whose rows have the highest mean, by n^exponent × mean shift.

    `codes` (rows, columns) of uint8, `amounts` (rows,) finite. `smallest` is the least number of
    rows, by default 1% and at least 10. Amounts are taken in the finest decimal unit in which their
    sum fits: whole cents up to some 10^10. With `only_chosen` columns that the budget leaves out of
    triples have no part in anything: whoever wants triples alone is spared their pairs.
    """
    if codes.size == 0:
        return Search(())
    table = _Table(codes, depth, smallest, budget)
    best = _Best(most)
    table.choose(amounts - amounts.mean(), lambda size: size ** (exponent - 1.0))
    if only_chosen and table.left_out:
        chosen = table.chosen.tolist()
        part = best_by_mean(
            codes[:, chosen],
            amounts,
            depth=depth,
            most=most,
            exponent=exponent,
            smallest=table.smallest,
            budget=budget,
        )
        return Search(
            tuple(
                replace(found, conditions=tuple((chosen[c], code) for c, code in found.conditions))
                for found in part.best
            ),
            table.left_out,
        )
    if _kernels is None:
        _numeric_plain(table, amounts, exponent, best)
    else:
        _numeric_compiled(_kernels, table, amounts, exponent, best)
    return Search(tuple(table.named(best)), table.left_out)


def best_by_share(
    codes: np.ndarray,
    positive: np.ndarray,
    *,
    depth: int = 3,
    most: int = 20,
    smallest: int | None = None,
    budget: int = BUDGET,
) -> Search:
    """The conjunctions with more positive rows than their size would give, by WRAcc.

    `positive` (rows,) of bool; else as `best_by_mean`. Only conjunctions that gain are listed.
    """
    if codes.size == 0 or not positive.any():
        return Search(())
    table = _Table(codes, depth, smallest, budget * len(codes) // int(positive.sum()))
    best = _Best(most)
    table.choose(positive - positive.mean(), np.ones_like)
    if _kernels is None:
        _binary_plain(table, positive, best)
    else:
        _binary_compiled(_kernels, table, positive, best)
    return Search(tuple(table.named(best)), table.left_out)


def sums_by_pair(
    one: np.ndarray, other: np.ndarray, shape: tuple[int, int], amounts: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Rows, and the sum of their amounts, per pair of codes; both of this shape.

    `one` and `other` (rows,) of uint8, `amounts` (rows,) whole numbers as floats: their sums are
    then the same on both paths.
    """
    if _kernels is not None:
        sizes, sums = np.zeros(shape, dtype=np.int64), np.zeros(shape)
        _kernels.add_by_pair(one, other, amounts, sizes, sums)
        return sizes, sums
    joint = one.astype(np.int64) * shape[1] + other
    cells = shape[0] * shape[1]
    sizes = np.bincount(joint, minlength=cells)
    return sizes.reshape(shape), np.bincount(joint, amounts, minlength=cells).reshape(shape)


class _Best:
    """The running list: qualities, and per row three values (-1 for none) and the size."""

    def __init__(self, most: int) -> None:
        self.quality = np.full(most, -np.inf)
        self.items = np.full((most, 4), -1, dtype=np.int64)

    def offer(self, quality: np.ndarray, values: Sequence[np.ndarray], size: np.ndarray) -> None:
        """Take over what is better; on a tie what comes first by its values."""
        passing = quality >= self.quality[-1]
        if not passing.any():
            return
        items = np.full((int(passing.sum()), 4), -1, dtype=np.int64)
        for place, value in enumerate(values):
            items[:, place] = value[passing]
        items[:, 3] = size[passing]
        quality = np.concatenate([self.quality, quality[passing]])
        items = np.concatenate([self.items, items])
        order = np.lexsort((items[:, 2], items[:, 1], items[:, 0], -quality))
        kept = order[: len(self.quality)]
        self.quality, self.items = quality[kept], items[kept]


class _Table:
    """Columns as codes; every value has a running number, that of its column's first plus code."""

    def __init__(self, codes: np.ndarray, depth: int, smallest: int | None, budget: int) -> None:
        self.rows, self.columns = codes.shape
        self.codes = np.ascontiguousarray(codes.T)
        self.depth = min(depth, 3, self.columns)
        self.smallest = smallest or max(10, math.ceil(0.01 * self.rows))
        self.cards = self.codes.max(axis=1).astype(np.int64) + 1
        self.firsts = np.concatenate([[0], np.cumsum(self.cards)[:-1]])
        self.budget = budget
        self.chosen = np.arange(self.columns)
        self.left_out: tuple[int, ...] = ()

    def choose(self, centred: np.ndarray, weight: Callable[[np.ndarray], np.ndarray]) -> None:
        """Which columns triples may have: all, or as many of the strongest as the budget bears."""
        if self.depth < 3 or math.comb(self.columns, 3) * self.rows <= self.budget:
            return
        room = 3
        while math.comb(room + 1, 3) * self.rows <= self.budget:
            room += 1
        strength = []
        for column in range(self.columns):
            size = np.bincount(self.codes[column])
            total = np.bincount(self.codes[column], weights=centred)
            enough = size >= self.smallest
            quality = np.abs(total[enough]) * weight(size[enough].astype(float))
            strength.append(float(quality.max(initial=0.0)))
        order = sorted(range(self.columns), key=lambda column: (-strength[column], column))
        self.chosen = np.array(sorted(order[:room]))
        self.left_out = tuple(sorted(order[room:]))

    def named(self, best: _Best) -> Iterator[Subgroup]:
        """The list with columns and codes in place of running numbers."""
        for quality, item in zip(best.quality.tolist(), best.items.tolist(), strict=True):
            if item[0] >= 0:
                values = [value for value in item[:3] if value >= 0]
                columns = np.searchsorted(self.firsts, values, side="right") - 1
                conditions = zip(
                    columns.tolist(), (values - self.firsts[columns]).tolist(), strict=True
                )
                yield Subgroup(quality, item[3], tuple(conditions))

    def tuples(self, size: int) -> Iterator[tuple[int, ...]]:
        """Combinations of so many columns, the chosen ones only where there are three."""
        return combinations(self.chosen.tolist() if size == 3 else range(self.columns), size)


@dataclass(frozen=True)
class _Units:
    """Amounts as whole numbers from zero up, and the mean in the same terms."""

    whole: np.ndarray
    mean: float
    size: float
    bits: int


def _in_units(amounts: np.ndarray) -> _Units:
    """Amounts in the finest decimal unit whose sum, times the rows, fits in 62 bits.

    The sum also stays below 2^53, where a float still holds every whole number.
    """
    rows = len(amounts)
    bits = rows.bit_length()
    room = 2.0 ** min(52, 62 - bits)
    lowest = float(amounts.min())
    spread = float((amounts - lowest).sum())
    decimals = decimals_of(amounts)
    if decimals is None or spread * 10.0**decimals >= room:
        decimals = math.floor(math.log10(room / spread)) if spread > 0 else 0
    whole = np.rint((amounts - lowest) * 10.0**decimals).astype(np.int64)
    return _Units(whole, float(whole.sum()) / rows, 10.0**-decimals, bits)


def _weights(rows: int, exponent: float) -> np.ndarray:
    """n^(a - 1) for n = 0 … rows, with 0 for none."""
    weights = np.arange(rows + 1, dtype=float)
    weights[0] = 1.0
    weights **= exponent - 1.0
    return weights


def _numeric_plain(table: _Table, amounts: np.ndarray, exponent: float, best: _Best) -> None:
    units = _in_units(amounts)
    weights = _weights(table.rows, exponent) * units.size
    columns = table.codes.astype(np.int64)
    whole = units.whole.astype(float)
    for depth in range(1, table.depth + 1):
        for chosen in table.tuples(depth):
            joint = columns[chosen[0]]
            for column in chosen[1:]:
                joint = joint * table.cards[column] + columns[column]
            size = np.bincount(joint)
            cells = np.flatnonzero(size >= table.smallest)
            if cells.size:
                total = np.bincount(joint, weights=whole)[cells]
                size = size[cells]
                quality = (total - size * units.mean) * weights[size]
                best.offer(quality, _values_of(table, cells, chosen), size)


def _values_of(table: _Table, cells: np.ndarray, columns: Sequence[int]) -> list[np.ndarray]:
    """The running numbers of the values that make up each cell of a group-by."""
    values = []
    for column in reversed(columns):
        values.append(table.firsts[column] + cells % table.cards[column])
        cells = cells // table.cards[column]
    return values[::-1]


def _numeric_compiled(
    kernels: ModuleType, table: _Table, amounts: np.ndarray, exponent: float, best: _Best
) -> None:
    units = _in_units(amounts)
    order = np.argsort(-units.whole, kind="stable")
    codes = np.ascontiguousarray(table.codes[:, order])
    whole = units.whole[order]
    packed = (whole << units.bits) | 1
    positive = int(np.searchsorted(-whole, -units.mean))
    weights = _weights(table.rows, exponent) * units.size
    shared = (packed, units.bits, units.mean, weights, table.smallest, best.quality, best.items)
    values = int(table.cards.sum())
    bounds = np.full((values, values), -np.inf)
    sizes = np.zeros((values, values), dtype=np.int64)
    kernels.search_singles(codes, table.cards, table.firsts, *shared)
    if table.depth > 1:
        kernels.search_pairs(codes, table.cards, table.firsts, positive, bounds, sizes, *shared)
    if table.depth > 2:
        chosen = table.chosen
        part = codes if len(chosen) == table.columns else codes[chosen]
        column_of = np.full(values, -1)
        for place, column in enumerate(chosen):
            first = table.firsts[column]
            column_of[first : first + table.cards[column]] = place
        partition = (part, table.cards[chosen], table.firsts[chosen])
        least = kernels.probe(*partition, column_of, *shared)
        kernels.search_triples(*partition, bounds, sizes, least, *shared)


def _binary_plain(table: _Table, positive: np.ndarray, best: _Best) -> None:
    base = float(positive.mean())
    having_codes = table.codes[:, positive].astype(np.int64)
    masks: dict[int, np.ndarray] = {}
    for depth in range(1, table.depth + 1):
        for chosen in table.tuples(depth):
            joint = having_codes[chosen[0]]
            for column in chosen[1:]:
                joint = joint * table.cards[column] + having_codes[column]
            having = np.bincount(joint)
            bound = (having - np.maximum(table.smallest, having) * base) / table.rows
            cells = np.flatnonzero((having > 0) & (bound > 0) & (bound >= best.quality[-1]))
            values = _values_of(table, cells, chosen)
            for place in np.argsort(-bound[cells], kind="stable").tolist():
                if bound[cells[place]] < best.quality[-1]:
                    break
                item = [int(value[place]) for value in values]
                size = _rows_of(table, masks, chosen, item)
                if size >= table.smallest:
                    quality = (int(having[cells[place]]) - size * base) / table.rows
                    if quality > 0:
                        best.offer(
                            np.array([quality]),
                            [np.array([value]) for value in item],
                            np.array([size]),
                        )


def _rows_of(
    table: _Table, masks: dict[int, np.ndarray], columns: Sequence[int], values: Sequence[int]
) -> int:
    rows = np.ones(table.rows, dtype=bool)
    for column, value in zip(columns, values, strict=True):
        if value not in masks:
            masks[value] = table.codes[column] == value - table.firsts[column]
        rows &= masks[value]
    return int(rows.sum())


def _binary_compiled(kernels: ModuleType, table: _Table, positive: np.ndarray, best: _Best) -> None:
    base = float(positive.mean())
    having = np.ascontiguousarray(table.codes[:, positive])
    masks = _bit_masks(table)
    for depth in range(1, table.depth + 1):
        part = table.chosen if depth == 3 else np.arange(table.columns)
        codes = having if len(part) == table.columns else having[part]
        room = 4_096
        while True:
            bounds, items = np.empty(room), np.empty((room, 4), dtype=np.int64)
            listed = kernels.list_candidates(
                codes, table.cards[part], table.firsts[part], depth, base,
                table.smallest, table.rows, max(best.quality[-1], 0.0), bounds, items,
            )  # fmt: skip
            if listed <= room:
                break
            room = listed
        order = np.argsort(-bounds[:listed], kind="stable")
        kernels.count_best_first(
            order, bounds, items, masks, base, table.smallest, table.rows,
            best.quality, best.items,
        )  # fmt: skip


def _bit_masks(table: _Table) -> np.ndarray:
    """One bit per row for every value, shape (values, words of 64 rows)."""
    masks = np.zeros((int(table.cards.sum()), -(-table.rows // 64)), dtype=np.uint64)
    octets = masks.view(np.uint8)
    filled = -(-table.rows // 8)
    for column, first, card in zip(table.codes, table.firsts, table.cards, strict=True):
        holds = column[None, :] == np.arange(card, dtype=np.uint8)[:, None]
        octets[first : first + card, :filled] = np.packbits(holds, axis=1)
    return masks
