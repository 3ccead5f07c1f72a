"""Clients as a SQL table: one typed column per stored column of the file."""

import unicodedata
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from sqlite_utils import Database
from sqlite_utils.db import quote_identifier

FIXED = ("client", "client_name", "level")
ROWS_AT_ONCE = 2_000


def column_names(names: Sequence[str]) -> list[str]:
    """SQL column names for headings: readable, and different for SQLite.

    SQLite takes `Omzet` and `OMZET` for one name and refuses a null character; the fixed columns
    keep their names for themselves.
    """
    taken = {*FIXED, "rowid"}
    columns = []
    for name in names:
        readable = "".join(c for c in name if unicodedata.category(c)[0] != "C").strip()
        column, times = readable or "column", 1
        while column.lower() in taken:
            times += 1
            column = f"{readable or 'column'} ({times})"
        taken.add(column.lower())
        columns.append(column)
    return columns


def insert_clients(
    database: Database, table: str, clients: pd.DataFrame, columns: Sequence[str]
) -> None:
    """Makes the table anew. `clients` holds the fixed columns first, then one per `columns`.

    Numbers become REAL, yes/no INTEGER 1 and 0, dates ISO text, all else TEXT; missing is NULL.
    """
    declared = ", ".join(
        f"{quote_identifier(name)} {_sql_type(clients.iloc[:, place].dtype)}"
        for place, name in enumerate((*FIXED, *columns))
    )
    name = quote_identifier(table)
    database.execute(f"drop table if exists {name}")
    database.execute(f"create table {name} ({declared})")
    marks = ", ".join("?" * (len(FIXED) + len(columns)))
    database.conn.executemany(
        f"insert into {name} values ({marks})",
        _rows(clients),
    )
    database.execute(f"create index {quote_identifier(f'{table}_client')} on {name} (client)")


def _sql_type(dtype: object) -> str:
    if pd.api.types.is_bool_dtype(dtype):
        return "integer"
    return "real" if pd.api.types.is_numeric_dtype(dtype) else "text"


def _rows(clients: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    for start in range(0, len(clients), ROWS_AT_ONCE):
        part = clients.iloc[start : start + ROWS_AT_ONCE]
        columns = [_values(part.iloc[:, place]) for place in range(part.shape[1])]
        yield from zip(*columns, strict=True)


def _values(column: pd.Series) -> list[object]:
    missing = column.isna().to_numpy()
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        values = column.dt.strftime("%Y-%m-%d")
    elif pd.api.types.is_bool_dtype(column.dtype):
        values = column.fillna(value=False).astype(int)
    elif pd.api.types.is_numeric_dtype(column.dtype):
        values = column
    else:
        values = column.astype(str)
    listed = np.array(values.to_numpy(dtype=object), copy=True)
    listed[missing] = None
    return list(listed)
