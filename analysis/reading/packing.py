"""Source rows in one compressed blob, without the columns that may never be stored."""

import dataclasses
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.reading.sheet import Sheet, SkippedRow, Source
from analysis.values.arrays import shorten_postcodes

if TYPE_CHECKING:
    from analysis.columns.plan import ColumnPlan

_ROW_NUMBERS = "row"
_FACTS = b"klantkompas"
_VERSION = 1


def pack(sheet: Sheet, plan: "ColumnPlan") -> bytes:
    """Return the rows of `sheet` as text, without the columns that `plan` does not store.

    The heading of a column that is left out stays; its cells do not. A column keeps its place as
    its name, so that the plan fits after `unpack`. Of a postal code only the area is kept.
    """
    kept = [column.position for column in plan.columns if column.stored]
    postcodes = {each.position for each in plan.columns if each.role == "postal_code"}
    arrays = [_array(sheet, place, shorten=place in postcodes) for place in kept]
    facts: dict[str, Any] = {
        "version": _VERSION,
        "source": dataclasses.asdict(sheet.source),
        "header": list(sheet.header),
    }
    schema = pa.schema(
        [pa.field(str(place), pa.large_string()) for place in kept]
        + [pa.field(_ROW_NUMBERS, pa.int64())],
        metadata={_FACTS: json.dumps(facts)},
    )
    batch = pa.record_batch([*arrays, pa.array(sheet.row_numbers, type=pa.int64())], schema=schema)
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_stream(sink, schema, options=options) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue().to_pybytes())


def _array(sheet: Sheet, place: int, *, shorten: bool) -> pa.Array:
    array = pa.array(sheet.cells[place], type=pa.large_string())
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    return shorten_postcodes(array) if shorten else array


def unpack(blob: bytes) -> Sheet:
    """Return the sheet that `pack` stored; columns that were left out are absent from `cells`."""
    table = pa.ipc.open_stream(blob).read_all()
    facts = json.loads(table.schema.metadata[_FACTS])
    source = facts["source"]
    source["skipped"] = tuple(SkippedRow(**row) for row in source["skipped"])
    places = [name for name in table.column_names if name != _ROW_NUMBERS]
    cells = pd.DataFrame(
        {int(name): pd.Series(pd.array(table[name], dtype="str")) for name in places}
    )
    row_numbers = np.asarray(table[_ROW_NUMBERS].combine_chunks())
    if not places:
        cells = pd.DataFrame(index=range(len(row_numbers)))
    return Sheet(Source(**source), tuple(facts["header"]), cells, row_numbers)
