"""Where a breakdown by numbers or dates is cut."""

import itertools

import numpy as np
import pandas as pd

from analysis.columns.plan import Column
from analysis.cuts import number_as_text
from bot.questions.model import Amount, Question

MOST_WHOLE_NUMBERS = 12
MOST_BANDS = 1_000
AGE_BAND, YEARS_BAND = 10.0, 5.0


def steps_of(dates: pd.Series, *, monthly: bool) -> np.ndarray:
    """The year of each date, or its month counted from the year 0."""
    years = np.asarray(dates.dt.year.astype(float), dtype=float)
    if not monthly:
        return years
    months = np.asarray(dates.dt.month.astype(float), dtype=float)
    return np.asarray(years * 12 + months - 1, dtype=float)


def bands(
    numbers: np.ndarray, question: Question, column: Column | None
) -> list[tuple[float, float]]:
    """Bounds, the upper one not included, that together hold every known number."""
    known = np.unique(numbers[~np.isnan(numbers)])
    if not len(known):
        return []
    assert isinstance(question.group_by, Amount)
    if len(question.bands) > 1:
        edges = [float(known[0]), *question.bands, float(np.nextafter(known[-1], np.inf))]
        return list(itertools.pairwise(sorted(edges)))
    width = {"age": AGE_BAND, "years_as_client": YEARS_BAND}.get(question.group_by.kind)
    if question.bands:
        width = max(question.bands[0], (known[-1] - known[0]) / MOST_BANDS)
    if width is not None:
        first, last = np.floor(known[0] / width), np.floor(known[-1] / width)
        return [(step * width, (step + 1) * width) for step in np.arange(first, last + 1).tolist()]
    whole = bool((known == np.floor(known)).all())
    if whole and (len(known) <= MOST_WHOLE_NUMBERS or (column and column.kind == "date")):
        return [(float(each), float(each) + 1) for each in known]
    cuts = np.unique([_round(each) for each in np.quantile(known, [0.2, 0.4, 0.6, 0.8])])
    inner = [float(cut) for cut in cuts if known[0] < cut <= known[-1]]
    edges = [float(known[0]), *inner, float(np.nextafter(known[-1], np.inf))]
    return list(itertools.pairwise(edges))


def _round(value: float) -> float:
    """Two leading digits: a bound that one can say."""
    return float(number_as_text(float(f"{value:.1e}")))
