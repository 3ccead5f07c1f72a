"""The typed cells of a workbook as text: plain decimal notation, ISO dates."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc


def column_as_text(cells: Sequence[Any]) -> pa.Array:
    """Return the cells of one column as text; the common cases without a loop in Python."""
    kinds = set(map(type, cells))
    if kinds <= {str}:
        return pa.array(cells, type=pa.large_string())
    if kinds == {float}:
        text = _floats_as_text(cells)
        if text is not None:
            return text
    return pa.array([cell_as_text(cell) for cell in cells], type=pa.large_string())


def _floats_as_text(cells: Sequence[float]) -> pa.Array | None:
    numbers = pa.array(cells, type=pa.float64())
    if not pc.all(pc.is_finite(numbers)).as_py():
        return None
    if pc.all(pc.equal(numbers, pc.round(numbers))).as_py():
        largest = pc.max(pc.abs(numbers)).as_py()
        if largest < 2**53:
            return numbers.cast(pa.int64()).cast(pa.large_string())
        return None
    return pa.array(list(map(_float_as_text, cells)), type=pa.large_string())


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
