"""With whom to work how: three service levels, and the care that goes on for everyone."""

import math
from datetime import date
from typing import Literal, get_args

import numpy as np
import pandas as pd

from analysis.clients import Clients
from analysis.columns.plan import Column, Role
from analysis.cuts import number_as_text
from analysis.findings import Conversion, Focus, Level, StillBinds
from analysis.numbers import numbers_of
from analysis.pareto import in_order
from analysis.sums import exact_sum

FEWEST_CLIENTS = 20
MOST_STILL_BINDS = 50
LevelName = Literal["A", "B", "C"]
LEVELS: tuple[LevelName, ...] = get_args(LevelName)

BORDERS = (80, 95)
MEETING_HOURS, CHECK_HOURS = 4.0, 0.5
"""Of a yearly meeting with its preparation and follow-up, and of a short check: an assumption."""
HOURS_A_YEAR: dict[LevelName, float] = {"A": MEETING_HOURS, "B": CHECK_HOURS, "C": 0.0}
MEETINGS_PER_YEAR: dict[LevelName, float] = {"A": 1.0, "B": 0.0, "C": 0.0}
SERVICES: dict[LevelName, str] = {
    "A": "meeting_yearly",
    "B": "short_check_yearly",
    "C": "on_request",
}
STOP: dict[LevelName, tuple[str, ...]] = {
    "A": (),
    "B": ("acquisition",),
    "C": ("acquisition", "unasked_offers", "sales_mailings"),
}

CLAIMS = "customer_claims"
"""What clients claimed, in money: taken for costs, though an insurer mostly pays them."""

# What goes on for a client, by the meaning or role of the column that tells: a date still to come,
# an amount or number above zero, or a yes.
CARE = {
    "rate_fix_end": "rate_end",
    "policy_end": "contract_end",
    "pension_contract_end": "pension_end",
    "rev_subscription": "subscription",
    "complaints": "complaint",
    "claims": "claim",
    "consent": "no_consent",
}


def levels_of(clients: Clients, borders: tuple[int, int] = BORDERS) -> np.ndarray:
    """The service level of each client: `A`, `B`, `C`, or empty where it has none.

    A are the fewest clients that bring 80% of revenue, B those up to 95%, C the others; `borders`
    are whole percentages. Empty for a client without a known amount, and for all where fewer than
    20 have one or the total is zero or less. Raises ValueError for borders that do not ascend
    between 0 and 100.
    """
    if not 0 < borders[0] < borders[1] < 100:
        raise ValueError("borders must ascend between 0 and 100")
    levels = np.full(len(clients), "", dtype="<U1")
    if clients.revenue is None:
        return levels
    known = np.flatnonzero(~np.isnan(clients.revenue))
    if len(known) < FEWEST_CLIENTS:
        return levels
    ordered = in_order(clients.revenue[known])
    to_a, to_b = (ordered.needed_for(border, 100) for border in borders)
    if to_a is None or to_b is None:
        return levels
    ranked = known[ordered.order]
    levels[ranked[:to_a]] = "A"
    levels[ranked[to_a:to_b]] = "B"
    levels[ranked[to_b:]] = "C"
    return levels


def focus_of(clients: Clients, as_of: date, borders: tuple[int, int] = BORDERS) -> Focus | None:
    """The three levels on this day; None where no client has one."""
    levels = levels_of(clients, borders)
    if clients.revenue is None or not (levels != "").any():
        return None
    binds = _still_binds(clients, levels, as_of)
    return Focus(
        levels=tuple(_level(clients, levels, level) for level in LEVELS),
        conversion=_conversion(clients, levels),
        still_binds=tuple(binds[:MOST_STILL_BINDS]),
        still_binds_total=len(binds),
        cannot_tell=tuple(sorted(_care_without_column(clients))),
    )


def _level(clients: Clients, levels: np.ndarray, level: LevelName) -> Level:
    inside = levels == level
    classified = levels != ""
    count = int(inside.sum())
    revenue = _sum(clients.revenue, inside) or 0.0
    return Level(
        level=level,
        clients=count,
        revenue=revenue,
        revenue_share=_share(revenue, _sum(clients.revenue, classified)),
        cost_share=_share(_sum(clients.cost, inside), _sum(clients.cost, classified)),
        hours=_sum(clients.hours, inside),
        per_client=revenue / count if count else 0.0,
        loss_making=(
            None if clients.cost is None else int((inside & (clients.cost > clients.revenue)).sum())
        ),
        meetings_per_year=MEETINGS_PER_YEAR[level],
        hours_needed=count * HOURS_A_YEAR[level],
        service=SERVICES[level],
        stop=STOP[level],
    )


def _sum(values: np.ndarray | None, inside: np.ndarray) -> float | None:
    """Sum of the known values inside; None without the column."""
    if values is None:
        return None
    return exact_sum(values[inside & ~np.isnan(values)])


def _share(part: float | None, whole: float | None) -> float | None:
    return None if part is None or whole is None or whole <= 0 else part / whole


def _conversion(clients: Clients, levels: np.ndarray) -> tuple[Conversion, ...] | None:
    proposals, deals = _total_of(clients, "proposals"), _total_of(clients, "deals")
    if proposals is None or deals is None:
        return None
    both = ~np.isnan(proposals) & ~np.isnan(deals)
    found = []
    for level in LEVELS:
        inside = both & (levels == level)
        asked, agreed = exact_sum(proposals[inside]), exact_sum(deals[inside])
        # More deals than proposals: the two columns count different things.
        rate = agreed / asked if asked > 0 and 0 <= agreed <= asked else None
        low, high = (None, None) if rate is None else wilson_interval(agreed, asked)
        found.append(
            Conversion(
                level=level, proposals=asked, deals=agreed, rate=rate, rate_low=low, rate_high=high
            )
        )
    return tuple(found)


def _total_of(clients: Clients, role: Role) -> np.ndarray | None:
    columns = [column for column in clients.columns if column.stored and column.role == role]
    if not columns:
        return None
    values = [numbers_of(clients.table[column.name]) for column in columns]
    return np.asarray(np.sum(values, axis=0), dtype=float)


def wilson_interval(successes: float, trials: float, z: float = 1.96) -> tuple[float, float]:
    """The 95% score interval of a rate (Wilson 1927), between 0 and 1."""
    rate = successes / trials
    middle = rate + z * z / (2 * trials)
    spread = z * math.sqrt(rate * (1 - rate) / trials + z * z / (4 * trials * trials))
    whole = 1 + z * z / trials
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def _still_binds(clients: Clients, levels: np.ndarray, as_of: date) -> list[StillBinds]:
    """What goes on for clients of levels B and C, the soonest dates first."""
    outside = (levels == "B") | (levels == "C")
    found: list[tuple[str, int, StillBinds]] = []
    for column in clients.columns:
        why = CARE.get(column.meaning) or CARE.get(column.role)
        if why is None or not column.stored:
            continue
        values = clients.table[column.name]
        for position in np.flatnonzero(outside & _binding(column, values, as_of)).tolist():
            shown, order = _shown(values.iloc[position])
            bound = StillBinds(
                client=str(clients.ids.iloc[position]), why=why, header=column.header, value=shown
            )
            found.append((order, position, bound))
    found.sort(key=lambda entry: entry[:2])
    return [bound for _, _, bound in found]


def _binding(column: Column, values: pd.Series, as_of: date) -> np.ndarray:
    """For which clients the column says that something goes on."""
    if column.role == "consent":
        objects = values.astype("boolean") if column.kind == "yes_no" else None
        if objects is None:
            return np.zeros(len(values), dtype=bool)
        return np.asarray((objects if column.reversed else ~objects).fillna(False), dtype=bool)
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        return np.asarray(values >= pd.Timestamp(as_of), dtype=bool)
    if column.kind == "yes_no":
        return np.asarray(values.astype("boolean").fillna(False), dtype=bool)
    return np.asarray(numbers_of(values) > 0, dtype=bool)


def _shown(value: object) -> tuple[str, str]:
    """The value as text, and a text to sort by: dates before other marks."""
    if isinstance(value, pd.Timestamp):
        day = value.date().isoformat()
        return day, day
    if isinstance(value, (bool, np.bool_)):
        return ("true" if value else "false"), "~"
    return number_as_text(float(str(value))), "~"


def _care_without_column(clients: Clients) -> set[str]:
    stored = [column for column in clients.columns if column.stored]
    known = {CARE.get(column.meaning) or CARE.get(column.role) for column in stored}
    if any(column.meaning == CLAIMS for column in stored):
        known.add(CARE["claims"])
    return set(CARE.values()) - known
