"""Which clients fulfil the conditions of a question."""

import numpy as np
import pandas as pd

from analysis.numbers import numbers_of
from bot.questions.answers.figures import Figures, Lacking
from bot.questions.model import (
    AnyOf,
    AtLevel,
    Compare,
    Filled,
    Filter,
    InMonth,
    InTop,
    Is,
    Named,
    When,
)

Held = tuple[np.ndarray, np.ndarray]


def chosen(figures: Figures, filters: tuple[Filter, ...]) -> Held:
    """Who fulfils all conditions, and of whom one of them cannot be told."""
    chosen = np.ones(figures.size, dtype=bool)
    possible = np.ones(figures.size, dtype=bool)
    for each in filters:
        fulfilled, missing = holds(figures, each)
        chosen &= fulfilled
        possible &= fulfilled | missing
    return chosen, possible & ~chosen


def holds(figures: Figures, each: Filter) -> Held:
    """Who fulfils the condition, and of whom the list does not tell."""
    nobody = np.zeros(figures.size, dtype=bool)
    match each:
        case Is():
            return _is_one_of(figures, each)
        case Compare():
            values = figures.amounts(each.amount)
            return compared(values, in_figures(figures, each)), np.isnan(values)
        case When():
            return _when(figures, each)
        case InMonth():
            return _in_month(figures, each)
        case Filled():
            return _filled(figures, each), nobody
        case InTop():
            return figures.spread(_in_top(figures, each)), nobody
        case AtLevel():
            levels = figures.levels()
            inside = levels == each.level
            return ((levels != "") & ~inside if each.negated else inside), nobody
        case Named(client=""):
            raise Lacking("by_name")
        case Named():
            named = (figures.clients.ids.astype(str) == each.client).to_numpy(dtype=bool)
            if not named.any():
                raise Lacking("no_client")
            return figures.spread(named), nobody
        case AnyOf():
            found = [holds(figures, part) for part in each.filters]
            chosen = np.any([fulfilled for fulfilled, _ in found], axis=0)
            return chosen, ~chosen & np.any([missing for _, missing in found], axis=0)


def _when(figures: Figures, each: When) -> Held:
    dates = figures.cells(figures.column(each.column))
    inside = dates.notna()
    if each.start is not None:
        inside &= dates >= pd.Timestamp(each.start)
    if each.end is not None:
        inside &= dates < pd.Timestamp(each.end)
    return inside.to_numpy(dtype=bool), dates.isna().to_numpy(dtype=bool)


def _in_month(figures: Figures, each: InMonth) -> Held:
    dates = figures.cells(figures.column(each.column))
    inside = dates.notna() & dates.dt.month.isin(each.months)
    return inside.to_numpy(dtype=bool), dates.isna().to_numpy(dtype=bool)


def _filled(figures: Figures, each: Filled) -> np.ndarray:
    values = figures.cells(figures.column(each.column))
    filled = values.notna().to_numpy(dtype=bool)
    if pd.api.types.is_numeric_dtype(values.dtype):
        filled = filled & (numbers_of(values) != 0)
    nothing = np.zeros(figures.size, dtype=bool)
    return np.asarray(figures.others(filled, nothing) if each.negated else filled, dtype=bool)


def _is_one_of(figures: Figures, each: Is) -> Held:
    column = figures.column(each.column)
    values = figures.cells(column)
    missing = values.isna().to_numpy(dtype=bool)
    if column.kind == "yes_no":
        wanted = "yes" in each.values
        said = values.astype("boolean").fillna(not wanted).to_numpy(dtype=bool)
        inside = (said == wanted) & ~missing
    else:
        inside = values.astype(str).isin(each.values).to_numpy(dtype=bool) & ~missing
    return (figures.others(inside, missing) if each.negated else inside), missing


def _in_top(figures: Figures, top: InTop) -> np.ndarray:
    """Which clients are in it: those with the most over all their rows."""
    values = figures.per_client.amounts(top.amount)
    among = figures.whose(chosen(figures, top.among)[0])
    known = np.flatnonzero(~np.isnan(values) & among)
    sign = -1.0 if top.order == "most" else 1.0
    order = known[np.argsort(sign * values[known], kind="stable")]
    size = top.size
    if size is None:
        size = int(np.ceil((top.share or 0.0) * len(known) - 1e-9))
    inside = np.zeros(len(values), dtype=bool)
    inside[order[:size]] = True
    return ~inside if top.negated else inside


def in_figures(figures: Figures, each: Compare) -> Compare:
    """The condition with the mean or median of all clients filled in."""
    if each.times is None:
        return each
    side = figures.side(each.amount, np.ones(figures.size, dtype=bool))
    middle = side.mean if each.times == "mean" else side.median
    limit = np.nan if middle is None else each.value * middle
    return each.model_copy(update={"value": limit, "times": None})


def compared(values: np.ndarray, each: Compare) -> np.ndarray:
    """Whether each value lies on the asked side; NaN never does."""
    upper = each.value if each.upper is None else each.upper
    with np.errstate(invalid="ignore"):
        sides = {
            "more": values > each.value,
            "at_least": values >= each.value,
            "less": values < each.value,
            "at_most": values <= each.value,
            "equal": values == each.value,
            "between": (values >= each.value) & (values <= upper),
        }
    return np.asarray(sides[each.operator], dtype=bool)
