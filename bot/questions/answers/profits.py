"""What becomes of the profit under a *what if*."""

import numpy as np

from analysis.pareto import profit_of
from analysis.sums import exact_sum
from bot.questions.answers.figures import Figures
from bot.questions.model import Amount, Change, Profits


def profits_after(figures: Figures, change: Change, chosen: np.ndarray) -> Profits | None:
    """The profit before and after; None where the list knows no costs, or they stay open.

    `chosen` are the clients that the change is about. Who is served otherwise, or gets more hours,
    costs something else, but nobody can tell what.
    """
    clients = figures.clients
    if clients.cost is None or change.kind in ("serve_otherwise", "hours_to_focus"):
        return None
    revenue, cost = (figures.amounts(Amount(kind=kind)) for kind in ("revenue", "cost"))
    before = profit_of(revenue, cost)
    after = before
    part = 1 + (change.share or 0.0)
    match change.kind:
        case "client_leaves":
            after = before[~chosen]
        case "costs_change":
            after = profit_of(revenue, np.where(chosen, cost * part, cost))
        case "revenue_changes":
            after = profit_of(np.where(chosen, revenue * part, revenue), cost)
        case "cost_per_hour":
            hours = figures.amounts(Amount(kind="hours"))
            after = profit_of(revenue, hours * (change.number or 0.0))
        case "rate_per_hour":
            hours = figures.amounts(Amount(kind="hours"))
            raised = np.fmax(revenue, hours * (change.number or 0.0))
            after = profit_of(np.where(chosen, raised, revenue), cost)
        case "rate_step":
            hours = np.nan_to_num(figures.amounts(Amount(kind="hours")))
            moved = np.where(hours > 0, revenue * part, revenue) + hours * (change.number or 0.0)
            after = profit_of(np.where(chosen, moved, revenue), cost)
    return Profits(
        before=exact_sum(before[~np.isnan(before)]),
        after=exact_sum(after[~np.isnan(after)]),
        losing_before=int((before < 0).sum()),
        losing_after=int((after < 0).sum()),
    )
