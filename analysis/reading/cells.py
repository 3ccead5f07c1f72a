"""The typed cells of a workbook as text: plain decimal notation, ISO dates."""

import datetime as dt
import itertools
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from analysis.values.numbers import detect_style, in_plain_notation

_SIGNED = re.compile(r"[.,]")
_IN_EITHER_STYLE = r"^(-?[1-9]\d{0,2}\.\d{3})$"


def column_as_text(cells: Sequence[Any]) -> pa.Array:
    """Return the cells of one column as text; the common kinds without a loop in Python."""
    kinds = set(map(type, cells))
    if kinds <= {str}:
        return pa.array(cells, type=pa.large_string())
    if len(kinds) == 1:
        return _maker(kinds.pop())(cells)
    texts = _beside_numbers if kinds & {int, float} else _strings
    headed = _below_headings(cells, texts) if str in kinds else None
    if headed is not None:
        return headed
    text = pa.nulls(len(cells), pa.large_string())
    for kind in kinds:
        here = [type(cell) is kind for cell in cells]
        maker = texts if kind is str else _maker(kind)
        text = pc.replace_with_mask(text, pa.array(here), maker([*itertools.compress(cells, here)]))
    return text


def _below_headings(
    cells: Sequence[Any], texts: Callable[[Sequence[str]], pa.Array]
) -> pa.Array | None:
    """Return the text of cells of one kind below a few strings, None where they are mixed."""
    first = next((place for place, cell in enumerate(cells) if type(cell) is not str), 0)
    below = cells[first:]
    kinds = set(map(type, below))
    if len(kinds) != 1:
        return None
    return pa.concat_arrays([texts(cells[:first]), _maker(kinds.pop())(below)])


def _beside_numbers(cells: Sequence[str]) -> pa.Array:
    """The texts of a column that holds numbers too: amounts typed as text are written like them.

    Only here it is known which cells were text, and so in which style: `1.250` is a thousand.
    """
    signed = {text for text in cells if _SIGNED.search(text)}
    style = detect_style(signed)
    plain = {text: in_plain_notation(text, style) for text in signed}
    return _strings([plain.get(text, text) for text in cells])


def _one_by_one(cells: Sequence[Any]) -> pa.Array:
    return pa.array([cell_as_text(cell) for cell in cells], type=pa.large_string())


def _strings(cells: Sequence[str]) -> pa.Array:
    return pa.array(cells, type=pa.large_string())


def _floats(cells: Sequence[float]) -> pa.Array:
    """Arrow writes the shortest number that reads back the same, but large ones with an `e`."""
    text = pa.array(cells, type=pa.float64()).cast(pa.large_string())
    if pc.any(pc.match_substring_regex(text, "[en]")).as_py():
        text = _one_by_one(cells)
    if pc.any(pc.match_substring_regex(text, _IN_EITHER_STYLE)).as_py():
        # With a fourth decimal nobody can take them for thousands.
        return pc.replace_substring_regex(text, _IN_EITHER_STYLE, r"\10")
    return text


def _dates(cells: Sequence[dt.date]) -> pa.Array:
    return pa.array(cells, type=pa.date32()).cast(pa.large_string())


def _maker(kind: type) -> Callable[[Sequence[Any]], pa.Array]:
    """Return what turns cells of one Python type into text."""
    makers: dict[type, Callable[[Sequence[Any]], pa.Array]] = {
        str: _strings,
        float: _floats,
        dt.date: _dates,
    }
    return makers.get(kind, _one_by_one)


def _float_as_text(number: float) -> str:
    text = repr(number)
    if text.endswith(".0"):
        return text[:-2]
    if "e" in text or "n" in text:
        return "" if "n" in text else format(Decimal(text), "f")
    return text


def cell_as_text(cell: Any) -> str:
    """Return one cell as text; nothing, errors and what has no text become the empty string."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, float):
        return _float_as_text(cell)
    if isinstance(cell, dt.datetime):
        return _moment_as_text(cell)
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    if isinstance(cell, dt.timedelta):
        return _duration_as_text(cell)
    return str(cell)


def _moment_as_text(moment: dt.datetime) -> str:
    if moment.time() == dt.time():
        return moment.date().isoformat()
    return moment.replace(microsecond=0).isoformat(sep=" ")


def _duration_as_text(duration: dt.timedelta) -> str:
    seconds = round(duration.total_seconds())
    sign = "-" if seconds < 0 else ""
    minutes, seconds = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours}:{minutes:02}:{seconds:02}"
