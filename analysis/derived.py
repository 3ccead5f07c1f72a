"""Traits that stand in no column but follow from one: a pension, a legal form, growth."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.clients import Clients
from analysis.columns.plan import Column
from analysis.numbers import MONTHS_PER_YEAR, months_since, numbers_of

HERE = Path(__file__).parent
NO_FORM = "none"
FEWEST_WITH_FORM = 0.1

Derived = tuple[Column, pd.Series, str]


def derived_from(clients: Clients, as_of: date) -> Iterator[Derived]:
    """Each derived trait: the column it follows from, its values, and its name.

    `past_state_pension_age` (yes or no), `legal_form` (a code of `legal_forms.csv`, or `none`) and
    `growth` (a share, 0.2 for 20% more than the year before).
    """
    yield from _past_pension_age(clients, as_of)
    yield from _legal_form(clients)
    yield from _growth(clients)


def _past_pension_age(clients: Clients, as_of: date) -> Iterator[Derived]:
    border = round(state_pension_age(as_of) * MONTHS_PER_YEAR)
    for column in clients.columns:
        if not column.stored or column.role not in ("birth_date", "age"):
            continue
        values = clients.table[column.name]
        if column.role == "birth_date" and pd.api.types.is_datetime64_any_dtype(values.dtype):
            months = months_since(values, as_of)
        elif column.role == "age" and pd.api.types.is_numeric_dtype(values.dtype):
            months = numbers_of(values) * MONTHS_PER_YEAR
        else:
            continue
        past = pd.Series(pd.array(months >= border, dtype="boolean")).mask(np.isnan(months))
        yield column, past, "past_state_pension_age"
        return


@cache
def _pension_ages() -> tuple[tuple[date, float], ...]:
    with (HERE / "state_pension_age.csv").open(encoding="utf-8") as file:
        return tuple(
            (date.fromisoformat(row["from"]), int(row["years"]) + int(row["months"]) / 12)
            for row in csv.DictReader(file)
        )


def state_pension_age(as_of: date) -> float:
    """The Dutch state pension age in years on this day; the first known one before the list."""
    ages = _pension_ages()
    return [age for start, age in ages if start <= max(as_of, ages[0][0])][-1]


@cache
def _legal_forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    with (HERE / "legal_forms.csv").open(encoding="utf-8") as file:
        return tuple(
            (row["form"], re.compile(rf"(?<![\w.]){re.escape(row['spelling'])}(?![\w])"))
            for row in csv.DictReader(file)
        )


@cache
def _letters_of_a_form() -> re.Pattern[str]:
    """Any spelling, also within a word: quicker to look for than words."""
    with (HERE / "legal_forms.csv").open(encoding="utf-8") as file:
        return re.compile("|".join(re.escape(row["spelling"]) for row in csv.DictReader(file)))


def legal_form(name: str) -> str:
    """The legal form that a name carries as a word of its own, else `none`."""
    lowered = name.lower()
    # Most names carry none, and a large list has a million of them.
    if _letters_of_a_form().search(lowered) is None:
        return NO_FORM
    forms = (form for form, pattern in _legal_forms() if pattern.search(lowered))
    return next(forms, NO_FORM)


def _legal_form(clients: Clients) -> Iterator[Derived]:
    named = [c for c in clients.columns if c.stored and c.role == "client_name"]
    company = [c for c in named if c.meaning == "company_name"]
    for column in (company or named)[:1]:
        names = clients.table[column.name]
        forms = names.map(lambda name: legal_form(str(name)), na_action="ignore").astype("object")
        if (forms.notna() & (forms != NO_FORM)).mean() >= FEWEST_WITH_FORM:
            yield column, forms, "legal_form"


def _growth(clients: Clients) -> Iterator[Derived]:
    if clients.revenue is None:
        return
    for column in clients.columns:
        if column.stored and column.meaning == "revenue_prev":
            before = numbers_of(clients.table[column.name])
            with np.errstate(divide="ignore", invalid="ignore"):
                growth = np.where(before > 0, clients.revenue / before - 1, np.nan)
            yield column, pd.Series(growth), "growth"
            return
