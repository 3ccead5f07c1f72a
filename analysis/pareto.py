"""Where the revenue comes from: concentration, the cost mirror and the turning point.

Definitions and edge cases stand with the fields of `analysis.findings.Pareto`.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from analysis.costs import CostEstimate
from analysis.findings import (
    CostBasis,
    Costs,
    CurvePoint,
    LossMaking,
    NaturalSplit,
    Pareto,
    ProfitPoint,
    WithoutLargest,
)
from analysis.sums import decimals_of, exact_sum

CURVE_POINTS = 60
FEWEST_FOR_CLASSES = 20


@dataclass(frozen=True)
class Ordered:
    """Amounts from large to small with exact running sums.

    `order` are positions in the array that was given, on a tie the earlier first. The running sums
    are whole numbers of `unit` (a cent, a hundredth of one …) wherever the amounts allow it.
    """

    order: np.ndarray
    amounts: np.ndarray
    running: np.ndarray
    unit: float

    @cached_property
    def total(self) -> float:
        """Sum of all amounts, rounded once."""
        return self.sum_of(len(self.amounts))

    def sum_of(self, count: int) -> float:
        """Sum of the `count` largest amounts, rounded once."""
        if count == 0:
            return 0.0
        if self.running.dtype.kind == "i":
            return int(self.running[count - 1]) / round(1 / self.unit)
        return exact_sum(self.amounts[:count])

    def needed_for(self, numerator: int, denominator: int) -> int | None:
        """Smallest number of clients that bring numerator/denominator of the total.

        None where the total is zero or less.
        """
        if len(self.running) == 0 or self.running[-1] <= 0:
            return None
        if self.running.dtype.kind == "i":
            border = -(-int(self.running[-1]) * numerator // denominator)
            return int(np.argmax(self.running >= border)) + 1
        whole = float(self.running[-1])
        reached = self.running >= whole * numerator / denominator - abs(whole) * 1e-12
        return int(np.argmax(reached)) + 1


def in_order(amounts: np.ndarray) -> Ordered:
    """Order known amounts from large to small and add them up."""
    order = np.argsort(-amounts, kind="stable")
    ordered = amounts[order]
    decimals = decimals_of(ordered)
    if decimals is None:
        return Ordered(order, ordered, np.cumsum(ordered.astype(np.longdouble)), 1.0)
    units = np.rint(ordered * 10.0**decimals).astype(np.int64)
    return Ordered(order, ordered, np.cumsum(units), 10.0**-decimals)


def pareto(
    revenue: np.ndarray,
    cost: np.ndarray | None = None,
    *,
    basis: CostBasis = "file",
    estimate: CostEstimate | None = None,
) -> Pareto | None:
    """The concentration of revenue, and of costs where they are known.

    `revenue` and `cost` hold one amount per client, NaN where it is unknown. `basis` says where
    the costs come from; without costs the `estimate` stands in. None where no client has a known
    amount.
    """
    known = np.flatnonzero(~np.isnan(revenue))
    if known.size == 0:
        return None
    ordered = in_order(revenue[known])
    count = len(known)
    for_80 = ordered.needed_for(4, 5)
    top_20 = -(-count // 5)
    total = ordered.total
    positive = total > 0
    ranked = known[ordered.order]
    if cost is not None or estimate is None:
        ranked_cost = None if cost is None else cost[ranked]
        costs = _costs(ordered, ranked_cost, for_80, top_20, basis)
        profit = _profit(ordered.amounts, ranked_cost, for_80)
    else:
        ranked_cost = estimate.amounts(estimate.middle)[ranked]
        costs = _estimated_costs(ordered, estimate, ranked, for_80, top_20)
        profit = _profit(ordered.amounts, ranked_cost if estimate.in_money else None, for_80)
    return Pareto(
        revenue=total,
        clients=count,
        missing=len(revenue) - count,
        clients_for_80=None if for_80 is None else for_80 / count,
        clients_for_80_count=for_80,
        revenue_of_top_20=ordered.sum_of(top_20) / total if positive else None,
        top_20_count=top_20,
        equal_point=_equal_point(ordered) if positive else None,
        gini=gini(ordered.amounts),
        effective_clients=effective_clients(ordered.amounts),
        largest_share=float(ordered.amounts[0]) / total if positive else None,
        top_10_share=ordered.sum_of(min(10, count)) / total if positive else None,
        zero=int((ordered.amounts == 0).sum()),
        negative=int((ordered.amounts < 0).sum()),
        tied_at_80=_tied(ordered, for_80),
        costs=costs,
        loss_making=profit.loss_making,
        turning_point=profit.turning_point,
        profit=profit.total,
        profit_at_turning_point=profit.at_turning_point,
        profit_curve=profit.curve,
        profit_of_clients_for_80=profit.of_clients_for_80,
        clients_for_last_1_percent=_last_percent(ordered) if positive else 0,
        without_largest=_without_largest(ordered),
        natural_split=natural_split(ordered.amounts),
        curve=_curve(ordered, ranked_cost) if positive else (),
    )


def gini(amounts: np.ndarray) -> float | None:
    """Gini coefficient of the amounts with negative ones taken as zero.

    G = Σ (2i - n - 1) v(i) / (n Σ v), v ascending (Sen 1973), times n / (n - 1) below 30 amounts,
    where the plain form is too low. None where nothing is positive.
    """
    ascending = np.sort(np.maximum(amounts, 0.0))
    count = len(ascending)
    total = exact_sum(ascending)
    if total <= 0:
        return None
    weights = 2.0 * np.arange(1, count + 1) - count - 1
    plain = float(weights @ ascending) / (count * total)
    return plain * count / (count - 1) if 1 < count < 30 else plain


def effective_clients(amounts: np.ndarray) -> float | None:
    """Inverse Herfindahl index 1 / Σ s², negative amounts as zero; None where none is positive."""
    positive = np.maximum(amounts, 0.0)
    total = exact_sum(positive)
    return None if total <= 0 else 1.0 / float(np.square(positive / total).sum())


def _equal_point(ordered: Ordered) -> float:
    count = len(ordered.amounts)
    clients = np.arange(1, count + 1)
    if ordered.running.dtype.kind == "i" and int(abs(ordered.running).max()) < 2**62 // count:
        reached = ordered.running * count >= (count - clients) * ordered.running[-1]
    else:
        reached = ordered.running / ordered.running[-1] >= 1 - clients / count - 1e-12
    return float(clients[np.argmax(reached)]) / count


def _tied(ordered: Ordered, for_80: int | None) -> int:
    if for_80 is None:
        return 0
    alike = int((ordered.amounts == ordered.amounts[for_80 - 1]).sum())
    return alike if for_80 < len(ordered.amounts) and _splits_a_tie(ordered, for_80) else 0


def _splits_a_tie(ordered: Ordered, count: int) -> bool:
    return bool(ordered.amounts[count - 1] == ordered.amounts[count])


def _last_percent(ordered: Ordered) -> int:
    needed = ordered.needed_for(99, 100)
    return 0 if needed is None else len(ordered.amounts) - needed


def _without_largest(ordered: Ordered) -> WithoutLargest | None:
    if len(ordered.amounts) < 2:
        return None
    rest = in_order(ordered.amounts[1:])
    needed = rest.needed_for(4, 5)
    count = len(rest.amounts)
    return WithoutLargest(
        revenue=rest.total,
        clients_for_80=None if needed is None else needed / count,
        revenue_of_top_20=rest.sum_of(-(-count // 5)) / rest.total if rest.total > 0 else None,
        gini=gini(rest.amounts),
    )


def _costs(
    ordered: Ordered, cost: np.ndarray | None, for_80: int | None, top_20: int, basis: CostBasis
) -> Costs:
    if cost is None or np.isnan(cost).all():
        return Costs(
            basis="none", total=None, of_top_20=None, of_clients_for_80=None, of_rest_of_80=None
        )
    known = ~np.isnan(cost)
    total = exact_sum(cost[known])

    def share(rows: slice) -> float | None:
        return exact_sum(cost[rows][known[rows]]) / total if total > 0 else None

    costliest = in_order(cost[known])
    needed = costliest.needed_for(4, 5)
    of_80 = None
    if needed is not None and ordered.total > 0:
        of_80 = exact_sum(ordered.amounts[known][costliest.order[:needed]]) / ordered.total
    return Costs(
        basis=basis,
        total=total,
        of_top_20=share(slice(top_20)),
        of_clients_for_80=None if for_80 is None else share(slice(for_80)),
        of_rest_of_80=None if for_80 is None else share(slice(for_80, None)),
        left_out=int((~known).sum()),
        clients_for_80=None if needed is None else needed / int(known.sum()),
        revenue_of_clients_for_80=of_80,
    )


def _estimated_costs(
    ordered: Ordered, estimate: CostEstimate, ranked: np.ndarray, for_80: int | None, top_20: int
) -> Costs:
    """The cost mirror of an estimate, each share with its range."""
    views = [
        _costs(ordered, hours[ranked], for_80, top_20, estimate.basis)
        for hours in (estimate.middle, estimate.even, estimate.steep)
    ]
    known = ~np.isnan(estimate.middle[ranked])
    sums = [exact_sum(h[ranked][known]) for h in (estimate.middle, estimate.low, estimate.high)]
    rate = estimate.assumptions.cost_per_hour
    total, low, high = (None, None, None) if rate is None else (rate * hours for hours in sums)

    def extent(name: str) -> tuple[float, float] | None:
        shares = [share for view in views if (share := getattr(view, name)) is not None]
        return (min(shares), max(shares)) if shares else None

    return views[0].model_copy(
        update={
            "estimated": True,
            "total": total,
            "low": low,
            "high": high,
            "hours": sums[0],
            "hours_low": sums[1],
            "hours_high": sums[2],
            "of_top_20_range": extent("of_top_20"),
            "of_clients_for_80_range": extent("of_clients_for_80"),
            "of_rest_of_80_range": extent("of_rest_of_80"),
        }
    )


def natural_split(amounts: np.ndarray) -> NaturalSplit | None:
    """Computed ABC of amounts in descending order; see the finding for the definition."""
    positive = amounts[amounts > 0]
    count = len(positive)
    if count < FEWEST_FOR_CLASSES or positive[0] == positive[-1]:
        return None
    clients = np.arange(1, count + 1) / count
    revenue = np.cumsum(positive) / exact_sum(positive)
    ideal = int(np.argmin(clients**2 + (1 - revenue) ** 2)) + 1
    above_average = int((positive > positive.mean()).sum())
    nearer, farther = sorted((ideal, above_average))
    last_b = int(np.argmin((clients - farther / count) ** 2 + (1 - revenue) ** 2)) + 1
    to_a = _past_equals(positive, nearer)
    to_b = max(to_a, _past_equals(positive, last_b))
    return NaturalSplit(
        a=to_a,
        b=to_b - to_a,
        c=count - to_b,
        a_share=float(revenue[to_a - 1]),
        b_share=float(revenue[to_b - 1] - revenue[to_a - 1]),
    )


def _past_equals(descending: np.ndarray, border: int) -> int:
    """The border moved behind all amounts equal to the last one before it."""
    return int((descending >= descending[border - 1]).sum())


@dataclass(frozen=True)
class _Profit:
    total: float | None = None
    loss_making: LossMaking | None = None
    turning_point: int | None = None
    at_turning_point: float | None = None
    of_clients_for_80: float | None = None
    curve: tuple[ProfitPoint, ...] = ()


def _profit(revenue: np.ndarray, cost: np.ndarray | None, for_80: int | None) -> _Profit:
    """The whale curve; `revenue` descends, `cost` belongs to it and is NaN where unknown."""
    known = np.zeros(len(revenue), bool) if cost is None else ~np.isnan(cost)
    if cost is None or not known.any():
        return _Profit()
    profits = profit_of(revenue, cost)
    total = exact_sum(np.concatenate([revenue[known], -cost[known]]))
    losses = profits[profits < 0]
    gains = exact_sum(profits[profits > 0])
    first = known[:for_80]
    return _Profit(
        total=total,
        loss_making=LossMaking(count=len(losses), loss=exact_sum(losses)),
        turning_point=int((profits > 0).sum()) if len(losses) else None,
        at_turning_point=gains / total if total > 0 else None,
        of_clients_for_80=(
            None if for_80 is None or total <= 0 else exact_sum(profits[:for_80][first]) / total
        ),
        curve=_profit_curve(profits[known]),
    )


def _profit_curve(profits: np.ndarray) -> tuple[ProfitPoint, ...]:
    """Running sums of the profits from high to low, at the points of `_points` and the highest."""
    ordered = in_order(profits)
    highest = int((ordered.amounts > 0).sum())
    return tuple(
        ProfitPoint(clients=k, profit=ordered.sum_of(k))
        for k in sorted({*_points(len(profits)).tolist(), highest})
    )


def profit_of(revenue: np.ndarray, cost: np.ndarray) -> np.ndarray:
    """Revenue less cost per client, NaN where either is unknown.

    A difference within the noise of the two amounts is zero: it would else read as a loss.
    """
    profits = revenue - cost
    noise = 4 * np.finfo(float).eps * (np.abs(revenue) + np.abs(cost))
    return np.where(np.abs(profits) <= noise, 0.0, profits)


def _curve(ordered: Ordered, cost: np.ndarray | None) -> tuple[CurvePoint, ...]:
    count = len(ordered.amounts)
    at = _points(count)
    revenue = np.concatenate([[0.0], (ordered.running / ordered.running[-1]).astype(float)])
    costs: np.ndarray | None = None
    if cost is not None:
        running = np.concatenate([[0.0], np.nancumsum(cost)])
        costs = running / running[-1] if running[-1] > 0 else None
    return tuple(
        CurvePoint(
            clients=float(k) / count,
            revenue=float(revenue[k]),
            cost=None if costs is None else float(costs[k]),
        )
        for k in at
    )


def _points(count: int) -> np.ndarray:
    """From 0 to `count`, at most 60 whole numbers at even distances."""
    return np.unique(np.rint(np.linspace(0, count, min(count + 1, CURVE_POINTS))).astype(int))
