"""Two tables about the same clients become one: a client list and its invoices, say."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.clients import Clients, build
from analysis.columns import normalise, propose
from analysis.columns.plan import Column, ColumnPlan
from analysis.errors import UnreadableFile
from analysis.reading.cells import column_as_text
from analysis.reading.choice import likeness_to_client_list
from analysis.reading.sheet import Sheet

_ENOUGH_IN_COMMON = 0.5
_KEPT_OUT = frozenset({"client_id", "client_name", "forbidden", "private", "ignore"})
_COMPARABLE = 0.3


def joined(sheets: Sequence[Sheet]) -> Sheet:
    """Return the client list among these tables, with what others tell about the same clients.

    Only where the list lacks an amount and another table has one under the same key: tables that
    merely stand in one file are left alone.
    """
    best = max(sheets, key=likeness_to_client_list)
    if len(sheets) == 1:
        return best
    plans = {id(sheet): propose(sheet) for sheet in sheets}
    keys = {id(sheet): keys_of(sheet, plans[id(sheet)]) for sheet in sheets}

    def one_row_a_client(sheet: Sheet) -> bool:
        key = _key_of(plans[id(sheet)])
        return key is not None and _texts(sheet, key).is_unique

    def completed(main: Sheet, other: Sheet) -> Sheet:
        plan, other_plan = plans[id(main)], plans[id(other)]
        if plan.revenue_columns or not other_plan.revenue_columns:
            return main
        return with_columns_of(main, plan, other, other_plan)[0]

    others = sorted(
        (each for each in sheets if each is not best), key=likeness_to_client_list, reverse=True
    )
    for other in others:
        # One row an invoice is no client list where another table has one row a client.
        better = one_row_a_client(other) and not one_row_a_client(best)
        if better and _in_common(keys[id(other)], keys[id(best)]) >= _ENOUGH_IN_COMMON:
            return completed(other, best)
    for other in others:
        if _in_common(keys[id(best)], keys[id(other)]) >= _ENOUGH_IN_COMMON:
            return completed(best, other)
    return best


def rival_lists(sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """Return the names of the sheets between which only a person can choose; none where one wins.

    Each names clients and an amount, and none is much smaller than the largest.
    """
    if len(sheets) == 1:
        return ()
    lists = [
        (each.source.sheet, len(each.cells))
        for each in sheets
        if each.source.sheet and _has_key(plan := propose(each)) and plan.revenue_columns
    ]
    names = [name for name, _ in lists]
    if len(set(names)) != len(names):
        return ()
    largest = max((rows for _, rows in lists), default=0)
    rivals = tuple(name for name, rows in lists if rows >= largest * _COMPARABLE)
    return rivals if len(rivals) > 1 else ()


def extends(new: Sheet, plan: ColumnPlan, earlier: Sheet, earlier_plan: ColumnPlan) -> bool:
    """Tell whether one of two tables tells what the clients of the other bring, not all anew."""
    has_revenue = bool(plan.revenue_columns)
    if has_revenue == bool(earlier_plan.revenue_columns):
        return False
    if has_revenue and not _tells_more(earlier_plan, plan):
        return False
    return share_in_common(earlier, earlier_plan, new, plan) >= _ENOUGH_IN_COMMON


def _tells_more(earlier: ColumnPlan, new: ColumnPlan) -> bool:
    """Whether the earlier table has a column that the new one lacks: else it is out of date."""
    known = {normalise(column.name) for column in new.columns}
    return any(
        column.stored and column.role not in _KEPT_OUT and normalise(column.name) not in known
        for column in earlier.columns
    )


def share_in_common(
    main: Sheet, main_plan: ColumnPlan, other: Sheet, other_plan: ColumnPlan
) -> float:
    """Return the share of the other table's keys that the main one has too, 0 without keys."""
    return _in_common(keys_of(main, main_plan), keys_of(other, other_plan))


def _in_common(mine: set[str], theirs: set[str]) -> float:
    return len(mine & theirs) / len(theirs) if theirs else 0.0


def with_columns_of(
    main: Sheet, main_plan: ColumnPlan, other: Sheet, other_plan: ColumnPlan
) -> tuple[Sheet, ColumnPlan]:
    """Return `main` with the columns of `other` beside them, added up per client, and its plan.

    A client that `other` does not know has empty cells there. Both need a client number. Names go
    along where `main` has none.
    """
    kept_out = _KEPT_OUT if main_plan.with_role("client_name") else _KEPT_OUT - {"client_name"}
    told = build(other, _as_written(other_plan))
    rows = pd.Series(np.arange(len(told)), index=told.ids)
    places = _texts(main, _key_of(main_plan)).map(rows)
    known = places.notna().to_numpy()
    order = places[known].astype(int).to_numpy()
    cells, header, columns = main.cells.copy(), list(main.header), list(main_plan.columns)
    names = {column.name for column in columns}
    for column in other_plan.columns:
        if column.role in kept_out or column.name not in told.table or column.name in names:
            continue
        texts = np.full(len(main.cells), "", dtype=object)
        texts[known] = _as_text(told, column).to_numpy(dtype=object)[order]
        cells[len(header)] = pd.Series(pd.array(texts, dtype="str"))
        columns.append(column.model_copy(update={"position": len(header)}))
        header.append(column.header)
    sheet = ", ".join(filter(None, (main.source.sheet, other.source.sheet)))
    source = replace(main.source, sheet=sheet)
    plan = main_plan.model_copy(update={"columns": tuple(columns)})
    return Sheet(source, tuple(header), cells, main.row_numbers), plan


def _as_written(plan: ColumnPlan) -> ColumnPlan:
    """Return the plan with amounts as they stand: the joined list brings them to a year."""
    columns = tuple(column.model_copy(update={"times_a_year": 1.0}) for column in plan.columns)
    return plan.model_copy(update={"columns": columns})


def _as_text(told: Clients, column: Column) -> pd.Series:
    values = told.table[column.name]
    if pd.api.types.is_datetime64_any_dtype(values):
        return values.dt.strftime("%Y-%m-%d").fillna("")
    if pd.api.types.is_bool_dtype(values):
        return values.map({True: "ja", False: "nee"}).astype(object).fillna("")
    if pd.api.types.is_numeric_dtype(values):
        return pd.Series(column_as_text(values.tolist()).to_pylist())
    return values.astype(object).fillna("").astype(str)


def _has_key(plan: ColumnPlan) -> bool:
    return bool(plan.with_role("client_id") or plan.with_role("client_name"))


def _key_of(plan: ColumnPlan) -> Column | None:
    return next(iter(plan.with_role("client_id")), None)


def _texts(sheet: Sheet, key: Column | None) -> pd.Series:
    if key is None or key.position not in sheet.cells.columns:
        raise UnreadableFile("no_client_list")
    return sheet.cells[key.position].str.strip()


def keys_of(sheet: Sheet, plan: ColumnPlan) -> set[str]:
    """Return the client numbers in the rows of a table, of clients that do not count too."""
    key = _key_of(plan)
    if key is None or key.position not in sheet.cells.columns:
        return set()
    return set(_texts(sheet, key).unique()) - {""}
