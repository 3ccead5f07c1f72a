"""Columns as plain numbers: amounts, ages, and distances in time."""

from datetime import date

import numpy as np
import pandas as pd

DAYS_PER_YEAR = 365.2425
DAYS_PER_MONTH = DAYS_PER_YEAR / 12


def numbers_of(values: pd.Series) -> np.ndarray:
    """A column as numbers, yes as 1; NaN where it is none."""
    return np.asarray(pd.to_numeric(values, errors="coerce").astype(float), dtype=float)


def days_since(dates: pd.Series, as_of: date) -> np.ndarray:
    """Days from each date to the day, negative for dates to come; NaN for unknown."""
    passed = pd.Timestamp(as_of) - dates.dt.normalize()
    return np.asarray(passed.dt.days.to_numpy(float, na_value=np.nan), dtype=float)


def months_since(dates: pd.Series, as_of: date) -> np.ndarray:
    """Whole months from each date to the day; NaN for unknown."""
    return np.asarray(np.floor(days_since(dates, as_of) / DAYS_PER_MONTH), dtype=float)


def age_in_years(dates: pd.Series, as_of: date) -> np.ndarray:
    """Full years from each date to the day: a birthday counts from the day itself."""
    not_yet = (dates.dt.month > as_of.month) | (
        (dates.dt.month == as_of.month) & (dates.dt.day > as_of.day)
    )
    years = as_of.year - dates.dt.year - not_yet.astype(float)
    return np.asarray(years.where(dates.notna()).astype(float), dtype=float)
