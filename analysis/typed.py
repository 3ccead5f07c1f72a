"""One column of text typed by its kind."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.adding_up import EXACT
from analysis.columns.plan import Column
from analysis.values.arrays import (
    Parsed,
    parse_bands,
    parse_categories,
    parse_dates,
    parse_durations,
    parse_numbers,
    parse_yes_no,
    shorten_postcodes,
)

_HOUR_SCALE = 3_600_000.0
"""Hours times this are whole for every duration of whole seconds or up to four decimals."""
_MOST_DECIMALS = 15
"""More say nothing in a float, and hundreds of them have no power of ten."""
_SHOWN = 40


@dataclass(frozen=True)
class TypedColumn:
    """Typed values per row. Numbers times `scale` are whole, where that is known."""

    values: pd.Series
    misfits: np.ndarray
    scale: float = 1.0
    first_misfit: str = ""
    """The beginning of the first text that is no value of this kind."""

    @property
    def is_number(self) -> bool:
        return bool(pd.api.types.is_float_dtype(self.values))

    @property
    def is_ordered_in_time(self) -> bool:
        return self.is_number or bool(pd.api.types.is_datetime64_any_dtype(self.values))


def type_column(cells: pa.ChunkedArray, column: Column) -> TypedColumn:
    """Return the cells of `column` typed by its kind.

    Of a Dutch postal code only the digits are kept: the whole code is an address. Money is
    multiplied by `Column.times_a_year`.
    """
    parsed = _parse(cells, column)
    decimals = min(parsed.decimals, _MOST_DECIMALS)
    scale = _HOUR_SCALE if column.kind == "duration" else 10.0**decimals
    typed = TypedColumn(parsed.values, parsed.misfits, scale, _first_misfit(cells, parsed))
    if column.kind == "money" and column.times_a_year != 1 and typed.is_number:
        return replace(typed, values=_multiplied(typed, column.times_a_year))
    return typed


def _first_misfit(cells: pa.ChunkedArray, parsed: Parsed) -> str:
    places = np.flatnonzero(parsed.misfits)
    text: str = cells[int(places[0])].as_py() if len(places) else ""
    return text.strip()[:_SHOWN]


def _multiplied(typed: TypedColumn, times: float) -> pd.Series:
    """Return the amounts times `times`: twelve times 9.99 is 119.88 and nothing behind it."""
    whole = (typed.values * typed.scale).round()
    exact = whole.abs() * max(times, 1.0) < EXACT
    return (whole * times / typed.scale).where(exact, typed.values * times)


def _parse(cells: pa.ChunkedArray, column: Column) -> Parsed:
    if column.role == "postal_code":
        return parse_categories(shorten_postcodes(cells))
    if column.kind in ("money", "number"):
        return parse_numbers(cells)
    if column.kind == "percentage":
        return parse_numbers(cells, percent=True)
    if column.kind == "duration":
        return parse_durations(cells, minutes=column.meaning == "minutes")
    if column.kind == "date":
        birth = column.role == "birth_date"
        return parse_dates(cells, birth=birth, year_only=True)
    if column.kind == "yes_no":
        return parse_yes_no(cells)
    if column.kind == "ordered":
        return parse_bands(cells)
    return parse_categories(cells)
