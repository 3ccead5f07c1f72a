"""The search against plain enumeration, and both of its paths against one another."""

from collections.abc import Iterator
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import subgroups
from analysis.subgroups import Search, best_by_mean, best_by_share, sums_by_pair, warm

Naive = list[tuple[float, int, tuple[tuple[int, int], ...]]]


def table(rows: int, cards: list[int], seed: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    codes = np.stack([random.integers(0, card, rows) for card in cards], axis=1).astype(np.uint8)
    amounts = random.lognormal(7, 1, rows).round(2) * np.where(codes[:, 0] == 1, 1.5, 1.0)
    return codes, amounts


def groups(
    codes: np.ndarray, depth: int
) -> Iterator[tuple[tuple[tuple[int, int], ...], np.ndarray]]:
    columns = range(codes.shape[1])
    for size in range(1, depth + 1):
        for chosen in combinations(columns, size):
            for values in product(*(range(int(codes[:, column].max()) + 1) for column in chosen)):
                conditions = tuple(zip(chosen, values, strict=True))
                yield conditions, np.all([codes[:, c] == v for c, v in conditions], axis=0)


def naive_by_mean(codes: np.ndarray, amounts: np.ndarray, depth: int, smallest: int) -> Naive:
    found = []
    for conditions, holds in groups(codes, depth):
        size = int(holds.sum())
        if size >= smallest:
            shift = float(amounts[holds].mean() - amounts.mean())
            found.append((size**0.5 * shift, size, conditions))
    return sorted(found, key=lambda group: -group[0])


def naive_by_share(codes: np.ndarray, positive: np.ndarray, depth: int, smallest: int) -> Naive:
    found = []
    for conditions, holds in groups(codes, depth):
        size = int(holds.sum())
        quality = float((positive & holds).sum() - size * positive.mean()) / len(positive)
        if size >= smallest and quality > 0:
            found.append((quality, size, conditions))
    return sorted(found, key=lambda group: -group[0])


def same(search: Search, naive: Naive, most: int) -> None:
    expected = naive[:most]
    assert [group.quality for group in search.best] == pytest.approx([q for q, _, _ in expected])
    by_conditions = {conditions: (quality, size) for quality, size, conditions in naive}
    for group in search.best:
        quality, size = by_conditions[group.conditions]
        assert group.size == size
        assert group.quality == pytest.approx(quality)
    assert len({group.conditions for group in search.best}) == len(search.best)


@pytest.fixture(params=["plain", "compiled"])
def path(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "compiled":
        warm()
    else:
        monkeypatch.setattr(subgroups, "_kernels", None)
    return str(request.param)


@pytest.mark.parametrize("depth", [1, 2, 3])
@pytest.mark.parametrize(("rows", "cards"), [(60, [2, 3]), (300, [2, 3, 4, 5]), (200, [3] * 5)])
@pytest.mark.usefixtures("path")
def test_the_best_are_the_best(rows: int, cards: list[int], depth: int) -> None:
    codes, amounts = table(rows, cards, seed=rows + depth)
    top = amounts >= np.sort(amounts)[-20]
    found = best_by_mean(codes, amounts, depth=depth, most=12, smallest=8)
    same(found, naive_by_mean(codes, amounts, min(depth, len(cards)), 8), 12)
    found = best_by_share(codes, top, depth=depth, most=12, smallest=8)
    same(found, naive_by_share(codes, top, min(depth, len(cards)), 8), 12)


@given(
    st.integers(0, 10_000), st.integers(12, 80), st.lists(st.integers(2, 4), min_size=1, max_size=5)
)
@settings(deadline=None, max_examples=40)
def test_both_paths_give_the_same_bit_for_bit(seed: int, rows: int, cards: list[int]) -> None:
    codes, amounts = table(rows, cards, seed)
    amounts = amounts.round(-2) - 400  # many ties, and negative amounts
    top = amounts >= np.median(amounts)
    pair = codes[:, 0], codes[:, -1], (cards[0] + 1, cards[-1])
    kernels = subgroups._kernels
    subgroups._kernels = None
    plain = best_by_mean(codes, amounts, smallest=3), best_by_share(codes, top, smallest=3)
    plain_sums = sums_by_pair(*pair, amounts)
    warm()
    compiled = best_by_mean(codes, amounts, smallest=3), best_by_share(codes, top, smallest=3)
    compiled_sums = sums_by_pair(*pair, amounts)
    subgroups._kernels = kernels or subgroups._kernels
    assert plain == compiled
    np.testing.assert_array_equal(plain_sums, compiled_sums)
    assert plain_sums[0].sum() == rows
    assert plain_sums[1].sum() == amounts.sum()


@pytest.mark.usefixtures("path")
def test_amounts_too_fine_to_add_up_exactly_still_rank() -> None:
    codes, amounts = table(300, [2, 3, 4], seed=3)
    found = best_by_mean(codes, np.log(amounts) * 1e9, smallest=8)
    same(found, naive_by_mean(codes, np.log(amounts) * 1e9, 3, 8), 20)


@pytest.mark.usefixtures("path")
def test_equal_amounts_have_no_group_above_the_mean() -> None:
    codes, _ = table(100, [2, 3], seed=1)
    assert {group.quality for group in best_by_mean(codes, np.full(100, 3.5)).best} == {0.0}


@pytest.mark.usefixtures("path")
def test_past_the_budget_the_weakest_columns_stay_out_of_triples() -> None:
    codes, amounts = table(2_000, [2] * 8, seed=5)
    found = best_by_mean(codes, amounts, budget=2_000 * 10)
    assert len(found.left_out) == 3
    assert 0 not in found.left_out
    for group in found.best:
        if len(group.conditions) == 3:
            assert not {column for column, _ in group.conditions} & set(found.left_out)
    assert best_by_mean(codes, amounts).left_out == ()
    chosen = best_by_mean(codes, amounts, budget=2_000 * 10, only_chosen=True)
    assert chosen.left_out == found.left_out
    assert chosen.best[0] == found.best[0]
    others = {column for group in chosen.best for column, _ in group.conditions}
    assert others == set(range(8)) - set(found.left_out)
    triples = [group for group in found.best if len(group.conditions) == 3]
    assert triples == [group for group in chosen.best if len(group.conditions) == 3][: len(triples)]


@pytest.mark.usefixtures("path")
def test_nothing_to_search() -> None:
    assert best_by_mean(np.empty((0, 3), np.uint8), np.empty(0)).best == ()
    assert best_by_mean(np.empty((30, 0), np.uint8), np.zeros(30)).best == ()
    codes, _ = table(50, [2, 2], seed=1)
    assert best_by_share(codes, np.zeros(50, bool)).best == ()
    assert best_by_mean(codes, np.arange(50.0), smallest=51).best == ()
