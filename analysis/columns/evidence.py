"""What the values of a column say about it, whatever its heading."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from stdnum import iban
from stdnum.nl import bsn

from analysis.columns.health import HealthSign, health_sign
from analysis.values.arrays import distinct
from analysis.values.bands import order_bands
from analysis.values.dates import detect_date_style, is_unknown_date, parse_date
from analysis.values.numbers import detect_style, parse_number
from analysis.values.words import is_missing, yes_or_no

_MOST_ROWS = 20_000
"""Of a longer column rows at even distances are looked at: shares hardly differ."""
_SAMPLE = 600
_MOST_BANDS = 40
_LITTLE = 0.3
_MOST_APART = 100
_FEWEST_RUNNING = 5
_MAIL = re.compile(r"^[^\s@<>]+@[^\s@]+\.[a-z]{2,}$", re.IGNORECASE)
_PHONE = re.compile(r"^(?:\+|00|\(?0)[\d\s\-()./]{8,18}$")
_IBAN = re.compile(r"^[A-Z]{2}\d{2}\s?(?:[A-Z0-9]{4}\s?){2,7}[A-Z0-9]{0,4}$", re.IGNORECASE)
_POSTCODE = re.compile(r"^[1-9]\d{3}\s?[A-Z]{2}\b", re.IGNORECASE)
_STREET = re.compile(r"^[A-ZÀ-Ý][^\d@]{3,40}\s\d{1,5}\s?[-/a-zA-Z0-9]{0,6}$")
_NINE = re.compile(r"^\d{8,9}$")
_CURRENCY = re.compile(r"[€$£]|\bEUR\b")
_TIME = re.compile(r"^-?\d{1,4}:\d{2}(?::\d{2})?$")


@dataclass(frozen=True)
class Evidence:
    """Shares of the cells that hold something, between 0 and 1, unless said otherwise."""

    cells: int
    """Cells that hold something."""
    filled: float
    """Share of all cells that hold something."""
    distinct: int
    """Different texts."""
    unique: float
    """Different texts per cell that holds something."""
    number: float = 0.0
    whole: float = 0.0
    year: float = 0.0
    percent: float = 0.0
    currency: float = 0.0
    date: float = 0.0
    time: float = 0.0
    yes_no: float = 0.0
    mail: float = 0.0
    phone: float = 0.0
    iban: float = 0.0
    bsn: float = 0.0
    postcode: float = 0.0
    street: float = 0.0
    letters: float = 0.0
    """Cells without a digit."""
    length: float = 0.0
    """Mean number of characters."""
    bands: bool = False
    running: bool = False
    """Whether the cells are numbers that run on, as a system hands them out."""
    largest: float = 0.0
    health: HealthSign | None = None
    """How surely the values tell of somebody's health; one is enough."""


def gather(cells: pd.Series) -> Evidence:
    """Return what the values of a column say."""
    every = cells
    if len(cells) > _MOST_ROWS:
        cells = cells.iloc[:: len(cells) // _MOST_ROWS + 1]
    found = distinct(pa.chunked_array(pa.array(cells, type=pa.large_string())))
    missing = np.array([is_missing(text) for text in found.texts], dtype=bool)
    texts = [text.strip() for text, none in zip(found.texts, missing, strict=True) if not none]
    held = len(found.codes) - int(missing[found.codes].sum())
    if not texts or not held:
        return Evidence(0, 0.0, 0, 0.0)
    sample = texts if len(texts) <= _SAMPLE else texts[:: len(texts) // _SAMPLE + 1]
    described = replace(_describe(sample), **_counts(texts, held, len(found.codes)))
    if described.number == 1 or described.date == 1:
        return described
    # One in a million tells as much as many: all of a column that repeats itself is looked at.
    repeats = len(every) > len(cells) and len(found.texts) < len(cells) / 2
    return replace(described, health=health_sign(every.unique() if repeats else texts))


def _counts(texts: list[str], held: int, rows: int) -> dict[str, Any]:
    return {
        "cells": held,
        "filled": held / rows,
        "distinct": len(texts),
        "unique": len(texts) / held,
        "bsn": _bsn_share(texts),
        "running": _run_on(texts),
        "bands": len(texts) <= _MOST_BANDS and order_bands(texts) is not None,
    }


def _describe(sample: Sequence[str]) -> Evidence:
    def share(test: Callable[[str], object]) -> float:
        return sum(1 for text in sample if test(text)) / len(sample)

    style = detect_style(sample)
    dates = replace(detect_date_style(sample), serial=False)
    numbers = [number.value for text in sample if (number := parse_number(text, style))]
    return Evidence(
        cells=0,
        filled=0.0,
        distinct=0,
        unique=0.0,
        number=len(numbers) / len(sample),
        whole=sum(number == int(number) for number in numbers) / len(sample),
        year=sum(1900 <= number <= 2100 and number == int(number) for number in numbers)
        / len(sample),
        percent=share(lambda text: text.endswith("%")),
        currency=share(_CURRENCY.search),
        date=share(lambda text: parse_date(text, dates) or is_unknown_date(text)),
        time=share(_TIME.match),
        yes_no=share(lambda text: yes_or_no(text) is not None),
        mail=share(_MAIL.match),
        phone=share(_PHONE.match),
        iban=share(lambda text: _IBAN.match(text) and iban.is_valid(text)),
        postcode=share(_POSTCODE.match),
        street=share(_STREET.match),
        letters=share(lambda text: not any(map(str.isdigit, text))),
        length=sum(map(len, sample)) / len(sample),
        largest=max(map(abs, numbers), default=0.0),
    )


def _bsn_share(texts: Sequence[str]) -> float:
    """Share of a column that passes the test of a citizen service number.

    A running number passes in one of eleven cases, so that only a share says something; most of
    the texts must look like one before all are tested.
    """
    for part in (texts[:_SAMPLE], texts):
        bare = [re.sub(r"[.\s-]", "", text).removesuffix(",0") for text in part]
        alike = [text for text in bare if _NINE.match(text)]
        if len(alike) <= len(part) / 2:
            return 0.0
        share = sum(1 for text in alike if bsn.is_valid(text.zfill(9))) / len(part)
        if share < _LITTLE:
            return share
    return share


def _run_on(texts: Sequence[str]) -> bool:
    """Tell whether texts are whole numbers of one length that leave hardly any out.

    People's phone numbers lie far apart; those of mobile phones are never taken for numbers that
    run on, however few there are.
    """
    if len(texts) < _FEWEST_RUNNING or len(set(map(len, texts))) > 1:
        return False
    if not all(text.isascii() and text.isdigit() and not text.startswith("06") for text in texts):
        return False
    return int(max(texts)) - int(min(texts)) <= _MOST_APART * len(texts)


def few_values(evidence: Evidence) -> bool:
    """Tell whether a column holds a handful of different texts, as categories do."""
    return evidence.distinct <= 12 or evidence.unique <= 0.05
