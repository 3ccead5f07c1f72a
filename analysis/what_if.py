"""What if: a client leaves, the rate changes, a group is served otherwise, hours move to the focus.

Nothing is predicted: each answer is the office's own figures under assumptions that stand with it.
"""

from collections.abc import Sequence

import numpy as np

from analysis.clients import Clients
from analysis.findings import Finding, Note, Share
from analysis.focus import levels_of
from analysis.pareto import pareto
from analysis.sums import exact_sum


class Outcome(Finding):
    """The figures of an office as they are, or as they would be."""

    clients: int
    revenue: float
    hours: float | None
    revenue_per_hour: float | None
    clients_for_80: Share | None
    largest_share: float | None


class WhatIf(Finding):
    """The answer to *what if*, with what it takes for granted.

    `question`: `client_leaves`, `rate_per_hour`, `serve_otherwise`, `hours_to_focus`. Codes of the
    assumptions: `others_stay`, `hours_are_freed`, `hours_stay`, `rate_for_all_hours` (`rate`),
    `rate_for_these_hours` (`rate`), `rate_step` (`rate`), `rate_part` (`share`), `hours_kept`
    (`share`), `revenue_kept` (`share`), `hours_as_productive` (`share`), each with its parameters.
    """

    question: str
    before: Outcome
    after: Outcome
    hours_freed: float | None = None
    affected: int = 0
    """Clients whose figures change."""
    assumptions: tuple[Note, ...] = ()


def client_leaves(clients: Clients, leaving: Sequence[str]) -> WhatIf:
    """These clients (ids) leave, and nobody comes in their place. Ids that do not exist count not.

    Raises ValueError without a revenue column.
    """
    revenue = _revenue(clients)
    gone = clients.ids.isin(leaving).to_numpy(dtype=bool)
    hours = None if clients.hours is None else clients.hours[~gone]
    freed = None if clients.hours is None else _sum(clients.hours[gone])
    return WhatIf(
        question="client_leaves",
        before=_outcome(revenue, clients.hours),
        after=_outcome(revenue[~gone], hours),
        hours_freed=freed,
        affected=int(gone.sum()),
        assumptions=(
            Note(code="others_stay"),
            *(() if freed is None else (Note(code="hours_are_freed"),)),
        ),
    )


def rate_per_hour(
    clients: Clients, rate: float, *, whose: np.ndarray | None = None
) -> WhatIf | None:
    """Every hour brings `rate`; who brings more per hour already, stays as he is.

    `whose`: one boolean per client, where it goes for some alone. None without hours. Raises
    ValueError without a revenue column, or for a rate below zero.
    """
    if rate < 0:
        raise ValueError("a rate cannot be below zero")
    revenue = _revenue(clients)
    if clients.hours is None:
        return None
    code = "rate_for_all_hours" if whose is None else "rate_for_these_hours"
    raised = np.where(np.isnan(revenue), np.nan, np.fmax(revenue, clients.hours * rate))
    return _other_revenue(clients, raised, whose, Note(code=code, values={"rate": rate}))


def rate_step(
    clients: Clients,
    *,
    step: float | None = None,
    share: float | None = None,
    whose: np.ndarray | None = None,
) -> WhatIf | None:
    """Every hour brings so many euros more, or this part of what it brings now; below zero: less.

    Who has no hours stays as he is. `whose`: one boolean per client, where it goes for some alone.
    None without hours. Raises ValueError without a revenue column.
    """
    revenue = _revenue(clients)
    if clients.hours is None:
        return None
    hours = np.nan_to_num(clients.hours)
    if step is not None:
        note = Note(code="rate_step", values={"rate": step})
        return _other_revenue(clients, revenue + hours * step, whose, note)
    part = share or 0.0
    moved = np.where(hours > 0, revenue * (1 + part), revenue)
    return _other_revenue(clients, moved, whose, Note(code="rate_part", values={"share": part}))


def _other_revenue(
    clients: Clients, changed: np.ndarray, whose: np.ndarray | None, note: Note
) -> WhatIf:
    """These clients bring something else for the same hours."""
    revenue = _revenue(clients)
    after = changed if whose is None else np.where(whose, changed, revenue)
    return WhatIf(
        question="rate_per_hour",
        before=_outcome(revenue, clients.hours),
        after=_outcome(after, clients.hours),
        affected=int((after != revenue)[~np.isnan(revenue)].sum()),
        assumptions=(note, Note(code="others_stay"), Note(code="hours_stay")),
    )


def serve_otherwise(
    clients: Clients,
    *,
    levels: Sequence[str] = ("C",),
    hours_kept: float = 0.5,
    revenue_kept: float = 1.0,
) -> WhatIf | None:
    """The clients of these levels take only this share of their hours and bring this of revenue.

    None without hours or levels. Raises ValueError without a revenue column, or for a share that
    is not between 0 and 1.
    """
    if not (0 <= hours_kept <= 1 and 0 <= revenue_kept <= 1):
        raise ValueError("a share lies between 0 and 1")
    revenue = _revenue(clients)
    group = np.isin(levels_of(clients), list(levels))
    if clients.hours is None or not group.any():
        return None
    hours = np.where(group, clients.hours * hours_kept, clients.hours)
    return WhatIf(
        question="serve_otherwise",
        before=_outcome(revenue, clients.hours),
        after=_outcome(np.where(group, revenue * revenue_kept, revenue), hours),
        hours_freed=_sum(clients.hours[group]) * (1 - hours_kept),
        affected=int(group.sum()),
        assumptions=(
            Note(code="hours_kept", values={"share": hours_kept}),
            Note(code="revenue_kept", values={"share": revenue_kept}),
        ),
    )


def hours_to_focus(clients: Clients, hours: float, *, as_productive: float = 0.5) -> WhatIf | None:
    """So many freed hours go to the clients of level A, in proportion to what they bring.

    Each hour brings `as_productive` of what an hour for level A brings now: further hours seldom
    bring as much as the first. None without hours or levels. Raises ValueError without a revenue
    column, or for hours below zero.
    """
    if hours < 0:
        raise ValueError("hours cannot be below zero")
    revenue = _revenue(clients)
    focus = levels_of(clients) == "A"
    worked = 0.0 if clients.hours is None else _sum(clients.hours[focus])
    if clients.hours is None or worked <= 0:
        return None
    per_hour = _sum(revenue[focus]) / worked
    gain = 1 + hours * per_hour * as_productive / _sum(revenue[focus])
    more_hours = np.where(focus, clients.hours * (1 + hours / worked), clients.hours)
    return WhatIf(
        question="hours_to_focus",
        before=_outcome(revenue, clients.hours),
        after=_outcome(np.where(focus, revenue * gain, revenue), more_hours),
        affected=int(focus.sum()),
        assumptions=(
            Note(code="hours_as_productive", values={"share": as_productive}),
            Note(code="others_stay"),
        ),
    )


def _revenue(clients: Clients) -> np.ndarray:
    if clients.revenue is None:
        raise ValueError("no revenue column")
    return clients.revenue


def _sum(amounts: np.ndarray) -> float:
    return exact_sum(amounts[~np.isnan(amounts)])


def _outcome(revenue: np.ndarray, hours: np.ndarray | None) -> Outcome:
    found = pareto(revenue)
    worked = None if hours is None else _sum(hours)
    total = _sum(revenue)
    return Outcome(
        clients=0 if found is None else found.clients,
        revenue=total,
        hours=worked,
        revenue_per_hour=total / worked if worked else None,
        clients_for_80=None if found is None else found.clients_for_80,
        largest_share=None if found is None else found.largest_share,
    )
