"""Whole columns of text to typed arrays.

Most columns of a client list hold few different texts: each is understood once, in Python, by the
modules beside this one. Amounts differ from row to row; they go through Arrow where their form is
plain, and one by one only where it is not.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.values.bands import order_bands
from analysis.values.dates import UNKNOWN, detect_date_style, is_unknown_date, parse_date
from analysis.values.durations import parse_hours
from analysis.values.numbers import (
    Number,
    NumberStyle,
    detect_style,
    parse_in_style,
    parse_number,
)
from analysis.values.words import ABSENT_AS_VALUE, MISSING, is_missing, yes_or_no

_FEW = 5_000
_SAMPLE = 1_000
_SHORT_POSTCODE = 4
_UNEVEN_SPACE = r"\s\s|[\t\n\r\f\v]|\x{a0}"
_NO_CATEGORY = pa.array(["", *sorted(MISSING - ABSENT_AS_VALUE)], type=pa.large_string())
_ISO_DATE = r"^(1[6-9]|20|21)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"
_DAY_FIRST_DATE = r"^(\d\d)[-/.](\d\d)[-/.](\d{4})$"
_UNKNOWN_DATES = np.array(sorted(UNKNOWN), dtype="datetime64[s]")
_PLAIN_NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)$"
_IN_EITHER_STYLE = r"^[+-]?[1-9]\d{0,2}\.\d{3}$"

_Numbers = tuple[np.ndarray, np.ndarray, int, np.ndarray]
"""Values, misfits, most decimals, and which were written as a percentage."""
ParseNumber = Callable[[str, NumberStyle], Number | None]


@dataclass(frozen=True)
class Distinct:
    """The different texts of a column, and for each cell the place of its text among them."""

    texts: list[str]
    codes: np.ndarray

    def spread(self, values: np.ndarray) -> np.ndarray:
        """Return one value per cell of one value per text."""
        return np.asarray(values[self.codes])


@dataclass(frozen=True)
class Parsed:
    """A typed column. `misfits` marks cells that hold something that is no value of this kind."""

    values: pd.Series
    misfits: np.ndarray
    decimals: int = 0
    """Most digits behind the decimal sign (numbers only)."""


def distinct(cells: pa.ChunkedArray) -> Distinct:
    """Return the different texts of a column in order of first appearance."""
    different, codes = encode(cells)
    return Distinct(different.to_pylist(), codes)


def encode(cells: pa.ChunkedArray) -> tuple[pa.Array, np.ndarray]:
    """Return the different texts of a column, and for each cell the place of its text (int32)."""
    chunks = cells.dictionary_encode().chunks
    if not chunks:
        return pa.array([], type=cells.type), np.array([], dtype=np.int32)
    # All chunks have the dictionary of the whole column.
    return chunks[-1].dictionary, np.concatenate([np.asarray(chunk.indices) for chunk in chunks])


def parse_numbers(cells: pa.ChunkedArray, *, prefer: str = ".", percent: bool = False) -> Parsed:
    """Return numbers as float64, NaN where missing; a percentage as a share where `percent`."""
    if _has_few(cells):
        found = distinct(cells)
        style = detect_style(_sample(found.texts), prefer=prefer)
        numbers, misfits, decimals, percents = _numbers_of_texts(found.texts, style)
        numbers, misfits = found.spread(numbers), found.spread(misfits)
        percents = found.spread(percents)
    else:
        numbers, misfits, decimals, percents = _many_numbers(cells, prefer)
    if percent:
        numbers, decimals = _as_shares(numbers, decimals, percents)
    return Parsed(pd.Series(numbers), misfits, decimals)


def _as_shares(numbers: np.ndarray, decimals: int, percents: np.ndarray) -> tuple[np.ndarray, int]:
    """Numbers without a percent sign are shares already where none of them is above one."""
    bare = ~percents & ~np.isnan(numbers)
    if not bare.any() or np.abs(numbers[bare]).max() <= 1:
        return numbers, decimals
    return np.where(bare, numbers / 100, numbers), decimals + 2


def _numbers_of_texts(
    texts: Sequence[str], style: NumberStyle, parse: ParseNumber = parse_number
) -> _Numbers:
    numbers = np.full(len(texts), np.nan)
    misfits = np.zeros(len(texts), dtype=bool)
    percents = np.zeros(len(texts), dtype=bool)
    decimals = 0
    for place, text in enumerate(texts):
        number = parse(text, style)
        if number is None:
            misfits[place] = not is_missing(text)
        else:
            numbers[place] = number.value
            decimals = max(decimals, number.decimals)
            percents[place] = number.percent
    return numbers, misfits, decimals, percents


def _many_numbers(cells: pa.ChunkedArray, prefer: str) -> _Numbers:
    """Read numbers in the style of a sample, and again where the rest shows another."""
    sample = _sample(_rows_at_distances(cells))
    style = detect_style(sample, prefer=prefer)
    read = _numbers_by_arrow(cells, style, parse_in_style)
    unread = np.flatnonzero(read[1])
    if len(unread):
        others = cells.take(pa.array(unread[:_SAMPLE])).to_pylist()
        if any(parse_in_style(text, style.other) for text in others):
            shown = detect_style([*sample, *others], prefer=prefer)
            # Whether the styles are mixed is told by the sample alone: others are all unlike it.
            style = style if shown.decimal == style.decimal else shown
            return _numbers_by_arrow(cells, style, parse_number)
    return read


def _has_few(cells: pa.ChunkedArray) -> bool:
    """Tell by a sample whether a column holds few different texts, or is short."""
    return len(cells) <= _FEW or len(set(_rows_at_distances(cells))) < _FEW // 2


def _rows_at_distances(cells: pa.ChunkedArray) -> list[str]:
    step = max(1, len(cells) // _FEW)
    rows: list[str] = cells.take(pa.array(np.arange(0, len(cells), step))).to_pylist()
    return rows


def _numbers_by_arrow(cells: pa.ChunkedArray, style: NumberStyle, parse: ParseNumber) -> _Numbers:
    """Read piece by piece: what is made on the way takes several times the room of the cells."""
    parts = [_numbers_of_piece(piece, style, parse) for piece in cells.chunks]
    numbers, misfits, decimals, percents = zip(*parts, strict=True)
    return np.concatenate(numbers), np.concatenate(misfits), max(decimals), np.concatenate(percents)


def _numbers_of_piece(text: pa.Array, style: NumberStyle, parse: ParseNumber) -> _Numbers:
    cells = text
    if style.decimal == ",":
        # A point cannot stand in a plain number of this style: it must not be taken for decimals.
        text = pc.replace_substring(pc.replace_substring(text, ".", "!"), ",", ".")
    plain = pc.match_substring_regex(text, _PLAIN_NUMBER)
    if style.mixed:
        plain = pc.and_not(plain, pc.match_substring_regex(text, _IN_EITHER_STYLE))
    numbers = np.asarray(
        pc.if_else(plain, text, pa.scalar(None, text.type)).cast(pa.float64()).fill_null(np.nan)
    ).copy()
    point = pc.find_substring(text, ".")
    behind = pc.subtract(pc.subtract(pc.utf8_length(text), point), 1)
    with_point = pc.and_(plain, pc.greater_equal(point, 0))
    decimals = pc.max(pc.if_else(with_point, behind, 0)).as_py() or 0
    misfits = np.zeros(len(numbers), dtype=bool)
    percents = np.zeros(len(numbers), dtype=bool)
    others = np.flatnonzero(~np.asarray(plain))
    if len(others):
        rest = distinct(pa.chunked_array([cells.take(pa.array(others))]))
        found, unfit, more, signed = _numbers_of_texts(rest.texts, style, parse)
        numbers[others], misfits[others] = rest.spread(found), rest.spread(unfit)
        percents[others] = rest.spread(signed)
        decimals = max(decimals, more)
    return numbers, misfits, decimals, percents


def parse_durations(cells: pa.ChunkedArray, *, minutes: bool = False, prefer: str = ".") -> Parsed:
    """Return durations as hours."""
    found = distinct(cells)
    style = detect_style(_sample(found.texts), prefer=prefer)
    return _each(found, lambda text: parse_hours(text, style, minutes=minutes), decimals=9)


def parse_dates(cells: pa.ChunkedArray, *, birth: bool = False, year_only: bool = False) -> Parsed:
    """Return dates as datetime64[s], NaT where missing or a stand-in (`01-01-1900`)."""
    found = distinct(cells)
    style = detect_date_style(_sample(found.texts), birth=birth, year_only=year_only)
    dates = _plain_dates(found.texts, day_first=style.day_first)
    misfits = np.zeros(len(found.texts), dtype=bool)
    dates[np.isin(dates, _UNKNOWN_DATES)] = np.datetime64("NaT")
    for place in np.flatnonzero(np.isnat(dates)):
        text = found.texts[place]
        date = parse_date(text, style)
        if date is None:
            misfits[place] = not (is_missing(text) or is_unknown_date(text))
        elif date not in UNKNOWN:
            dates[place] = np.datetime64(date, "s")
    return Parsed(pd.Series(found.spread(dates)), found.spread(misfits))


def _plain_dates(texts: list[str], *, day_first: bool) -> np.ndarray:
    """Return the dates among `texts` in the two plainest forms, NaT for all others."""
    array = pa.array(texts, type=pa.large_string())
    iso = pc.match_substring_regex(array, _ISO_DATE)
    if day_first:
        turned = pc.replace_substring_regex(array, _DAY_FIRST_DATE, r"\3-\2-\1")
        array = pc.if_else(iso, array, turned)
        iso = pc.match_substring_regex(array, _ISO_DATE)
    plain = pc.if_else(iso, array, pa.scalar(None, array.type))
    moments = pc.strptime(plain, format="%Y-%m-%d", unit="s", error_is_null=True)
    return np.asarray(moments.to_numpy(zero_copy_only=False)).astype("datetime64[s]").copy()


def parse_yes_no(cells: pa.ChunkedArray) -> Parsed:
    """Return yes and no as nullable booleans.

    Where a column says yes in one way only (a cross, or nothing), nothing means no.
    """
    found = distinct(cells)
    meanings = [yes_or_no(text) for text in found.texts]
    only_yes = True in meanings and False not in meanings
    marks = np.array([-1 if meaning is None else int(meaning) for meaning in meanings], dtype=int)
    misfits = np.array(
        [meaning is None and not is_missing(t) for meaning, t in zip(meanings, found.texts)],  # noqa: B905
        dtype=bool,
    )
    if only_yes:
        marks[(marks < 0) & ~misfits] = 0
    spread = found.spread(marks)
    values = pd.array(spread > 0, dtype="boolean")
    values[spread < 0] = pd.NA
    return Parsed(pd.Series(values), found.spread(misfits))


def parse_categories(cells: pa.ChunkedArray) -> Parsed:
    """Return texts without white space around them, NA where missing."""
    if not _has_few(cells):
        return _many_categories(cells)
    found = distinct(cells)
    texts = np.array(
        [None if is_missing(text, category=True) else _tidy(text) for text in found.texts],
        dtype=object,
    )
    tidy = pa.array(texts, type=pa.large_string()).take(pa.array(found.codes))
    values = pd.Series(pd.array(tidy, dtype="str"))
    return Parsed(values, np.zeros(len(found.codes), dtype=bool))


def _many_categories(cells: pa.ChunkedArray) -> Parsed:
    tidy = pc.utf8_trim_whitespace(cells)
    uneven = pc.match_substring_regex(tidy, _UNEVEN_SPACE)
    if pc.any(uneven).as_py():
        tidy = pc.replace_substring_regex(tidy, r"\s+", " ")
    missing = pc.is_in(pc.utf8_lower(tidy), value_set=_NO_CATEGORY)
    if pc.any(missing).as_py():
        tidy = pc.if_else(missing, pa.scalar(None, tidy.type), tidy)
    return Parsed(pd.Series(pd.array(tidy, dtype="str")), np.zeros(len(tidy), dtype=bool))


def parse_bands(cells: pa.ChunkedArray) -> Parsed:
    """Return bands as an ordered categorical; plain categories where they have no order."""
    parsed = parse_categories(cells)
    order = order_bands(parsed.values.dropna().unique().tolist())
    if order is None:
        return parsed
    values = pd.Series(pd.Categorical(parsed.values, categories=order, ordered=True))
    return Parsed(values, parsed.misfits)


def shorten_postcodes(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return the area of each postal code: its first four characters."""
    return pc.utf8_slice_codeunits(pc.utf8_trim_whitespace(cells), 0, _SHORT_POSTCODE)


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _sample(texts: list[str]) -> list[str]:
    return texts if len(texts) <= _SAMPLE else texts[:: len(texts) // _SAMPLE + 1]


def _each(found: Distinct, parse: Callable[[str], float | None], decimals: int) -> Parsed:
    numbers = np.full(len(found.texts), np.nan)
    misfits = np.zeros(len(found.texts), dtype=bool)
    for place, text in enumerate(found.texts):
        number = parse(text)
        if number is None:
            misfits[place] = not is_missing(text)
        else:
            numbers[place] = number
    return Parsed(pd.Series(found.spread(numbers)), found.spread(misfits), decimals)
