"""Cells that hold something that is no value of their kind: counted, and told with the text."""

from collections.abc import Mapping, Sequence

import numpy as np

from analysis.adding_up import Keys
from analysis.columns.plan import Column, Role, revenue_columns
from analysis.findings import Note
from analysis.reading.sheet import Sheet
from analysis.typed import TypedColumn

_AMOUNTS: frozenset[Role] = frozenset({"cost", "hours", "contacts", "proposals", "deals"})


def unread_notes(
    sheet: Sheet, columns: Sequence[Column], typed: Mapping[int, TypedColumn]
) -> list[Note]:
    """Count per column the cells that hold no value of its kind, with the first such row.

    Of amounts, which are added up, also what stands there: nobody looks for a sum that is too low.
    """
    counted = revenue_columns(columns)
    notes = []
    for column in columns:
        misfits = typed[column.position].misfits
        count = int(misfits.sum())
        if count:
            row = int(sheet.row_numbers[np.flatnonzero(misfits)[0]])
            values: dict[str, str | int | float | None] = {
                "header": column.header or column.name,
                "count": count,
                "row": row,
            }
            code = "cells_not_understood"
            if column.role in _AMOUNTS or column in counted:
                code = "amounts_not_read"
                values["found"] = typed[column.position].first_misfit
            notes.append(Note(code=code, values=values))
    return notes


def has_unread_revenue(
    columns: Sequence[Column], typed: Mapping[int, TypedColumn], keys: Keys
) -> np.ndarray:
    """Tell of each client whether a cell for his revenue holds something that is no amount."""
    unread = np.zeros(len(keys.codes), dtype=bool)
    for column in revenue_columns(columns):
        unread |= typed[column.position].misfits
    codes = keys.codes[unread]
    return np.bincount(codes[codes >= 0], minlength=len(keys.first_rows)) > 0
