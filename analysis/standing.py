"""Prospects and former clients stand in many exports: they are set apart before the figures.

They bring no revenue of today, so that with them a share of all clients would mean little.
"""

import json
import re
from dataclasses import replace
from functools import cache
from importlib import resources

import numpy as np
import pandas as pd

from analysis.columns.plan import Column, ColumnPlan, Standing
from analysis.findings import LeftOut
from analysis.reading.sheet import Sheet
from analysis.values.words import yes_or_no

_PUNCTUATION = re.compile(r"[^\w]+")


def set_apart(sheet: Sheet, plan: ColumnPlan) -> tuple[Sheet, tuple[LeftOut, ...]]:
    """Return the rows of clients, and how many rows of prospects and former clients went.

    What `plan.taken_in` names stays. A status column that would leave nobody is no such column.
    """
    column = next(
        (
            each
            for each in plan.columns
            if each.meaning == "status" and each.position in sheet.cells.columns
        ),
        None,
    )
    if column is None:
        return sheet, ()
    standings = standings_of(sheet.cells[column.position], column)
    out = standings.notna() & ~standings.isin(plan.taken_in)
    if not out.any() or out.all():
        return sheet, ()
    kept = np.flatnonzero(~out.to_numpy())
    counts = standings[out].value_counts()
    left_out = tuple(
        LeftOut(why=str(standing), count=int(counts[standing])) for standing in sorted(counts.index)
    )
    cells = sheet.cells.iloc[kept].reset_index(drop=True)
    return replace(sheet, cells=cells, row_numbers=sheet.row_numbers[kept]), left_out


def standings_of(cells: pd.Series, column: Column) -> pd.Series:
    """Return `prospect`, `former` or missing for each cell of a status column."""
    texts = [text for text in cells.unique() if text.strip()]
    if all(yes_or_no(text) is not None for text in texts):
        former = _answer_of_former(column.header)
        unique = {
            text: "former" for text in texts if former is not None and yes_or_no(text) is former
        }
    else:
        unique = {text: said for text in texts if (said := _standing(text))}
    return cells.map(unique).astype(object)


def _answer_of_former(heading: str) -> bool | None:
    """Return what a former client has under a yes/no heading; None where it tells no standing."""
    words, vocabulary = set(_normal(heading).split()), _vocabulary()
    if words & vocabulary["inactive_headings"]:
        return True
    return False if words & vocabulary["active_headings"] else None


def _standing(text: str) -> Standing | None:
    words, vocabulary = _normal(text), _vocabulary()
    if words in vocabulary["prospect"]:
        return "prospect"
    return "former" if words in vocabulary["former"] else None


def _normal(text: str) -> str:
    return _PUNCTUATION.sub(" ", text.strip().lower()).strip()


@cache
def _vocabulary() -> dict[str, frozenset[str]]:
    text = resources.files("analysis.columns").joinpath("standings.json").read_text("utf-8")
    return {name: frozenset(words) for name, words in json.loads(text).items()}
