"""Columns as plain numbers: amounts, ages, and distances in time."""

from datetime import date

import numpy as np
import pandas as pd

MONTHS_PER_YEAR = 12


def numbers_of(values: pd.Series) -> np.ndarray:
    """A column as numbers, yes as 1; NaN where it is none."""
    return np.asarray(pd.to_numeric(values, errors="coerce").astype(float), dtype=float)


def months_since(dates: pd.Series, as_of: date) -> np.ndarray:
    """Full calendar months from each date to the day; NaN for unknown."""
    begun = np.asarray(dates.dt.day > as_of.day, dtype=float)
    return np.asarray(_months_apart(dates, as_of) - begun, dtype=float)


def months_until(dates: pd.Series, as_of: date) -> np.ndarray:
    """Full calendar months from the day to each date; NaN for unknown."""
    begun = np.asarray(dates.dt.day < as_of.day, dtype=float)
    return np.asarray(-_months_apart(dates, as_of) - begun, dtype=float)


def _months_apart(dates: pd.Series, as_of: date) -> np.ndarray:
    """From the month of each date to that of the day."""
    months = MONTHS_PER_YEAR * (as_of.year - dates.dt.year) + as_of.month - dates.dt.month
    return np.asarray(months.astype(float), dtype=float)


def longer_ago(dates: pd.Series, as_of: date, months: int) -> np.ndarray:
    """Which dates lie more than so many months back, to the day; an unknown one does not.

    Whole months cannot tell: after a year and a day they are still twelve.
    """
    border = pd.Timestamp(as_of) - pd.DateOffset(months=months)
    return np.asarray(dates.dt.normalize() < border, dtype=bool)


def age_in_years(dates: pd.Series, as_of: date) -> np.ndarray:
    """Full years from each date to the day: a birthday counts from the day itself."""
    not_yet = (dates.dt.month > as_of.month) | (
        (dates.dt.month == as_of.month) & (dates.dt.day > as_of.day)
    )
    years = as_of.year - dates.dt.year - not_yet.astype(float)
    return np.asarray(years.where(dates.notna()).astype(float), dtype=float)
