"""One typed row per client: a sheet and its plan, added up."""

from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.adding_up import Keys, add_up, pick_by_weight, pick_extreme
from analysis.client_rows import ClientRows, OfRows, rows_of
from analysis.columns.plan import Column, ColumnPlan, Role
from analysis.columns.proposal import is_form, lists_clients
from analysis.errors import UnreadableFile
from analysis.findings import LeftOut, Note
from analysis.memory import give_back
from analysis.reading.sheet import Sheet, Source
from analysis.standing import set_apart
from analysis.totals import totals_of
from analysis.typed import TypedColumn, type_column
from analysis.unread import has_unread_revenue, unread_notes

_SUMMED_ROLES: frozenset[Role] = frozenset(
    {"revenue", "revenue_part", "cost", "hours", "contacts", "proposals", "deals", "outcome"}
)
_SUMMED_MEANINGS = frozenset({"claims", "complaints", "referrals"})
_SUMMED_KINDS = frozenset({"money", "number", "duration"})
_NEVER_SUMMED = frozenset({"hourly_rate", "unit_price", "discount", "commission_rate"})
_READ_AGAIN: frozenset[Role] = frozenset({"client_id", "household"})
"""Roles whose texts are needed once more, after they were typed."""
_MANY_ROWS = 200_000
"""Rows from which the memory between steps is given back."""
_TELLING_APART: frozenset[Role] = frozenset({"client_id", "client_name", "household", "ignore"})
"""Roles whose values are no property of a client or of what he bought."""
_IDENTIFYING: tuple[Role, ...] = ("birth_date", "postal_code", "household")


@dataclass(frozen=True)
class Clients:
    """All clients of one file, one row each.

    `columns` are all columns of the plan, those that are not stored included. `table` has a
    RangeIndex and one column per stored column, under `Column.name`, typed by `Column.kind`:
    money, number, percentage (a share, 0.2 for 20%) and duration (hours) as float64 with NaN for
    missing; date as datetime64; yes_no as nullable boolean; category and text as str with NA for
    missing; ordered as an ordered Categorical.

    `ids` holds the client's id, else the number of his first row in the file, as text.
    `revenue`, `cost`, `hours` and `contacts` are float64 per client with NaN for missing, or None
    where the file has no such column. Money that stands in several rows is summed exactly as it
    stands in the file.
    """

    source: Source
    columns: tuple[Column, ...]
    table: pd.DataFrame
    ids: pd.Series
    names: pd.Series | None
    revenue: np.ndarray | None
    cost: np.ndarray | None
    hours: np.ndarray | None
    contacts: np.ndarray | None
    rows: int
    """Rows of the file that were read as clients, before adding up."""
    rows_added_up: bool
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[Note, ...] = ()
    cost_basis: Literal["file", "margin"] | None = None
    """Where `cost` comes from: a column of costs, or revenue less a column of margin."""
    row_counts: np.ndarray | None = field(default=None, repr=False)
    """Rows of the file per client (int64), where rows were added up."""
    by_row: ClientRows | None = field(default=None, repr=False)
    """The rows themselves, where a column differs between the rows of a client."""
    by_household: bool = False
    """Whether a client is a household."""

    def __len__(self) -> int:
        return len(self.table)

    def differing(self, column: Column) -> int:
        """How many clients have rows that differ in this column, where they are more than a few.

        Nobody in a list of households: there it is one of each that counts, as was asked for.
        """
        if self.by_row is None or self.by_household or self.by_row.is_of_clients(column.name):
            return 0
        return int(self.by_row.differing[column.name].mixed.sum())

    def cells(self, name: str) -> pd.Series:
        """What a column holds: per client, or per row where it differs between a client's rows."""
        if self.by_row is None or name not in self.by_row.differing:
            return self.table[name]
        return self.by_row.values(name, self.table[name])

    def only(self, rows: np.ndarray) -> "Clients":
        """The same clients with the amounts of some of their rows alone, a mask over `by_row`."""
        assert self.by_row is not None
        table = self.table.assign(**self.by_row.sums(rows))
        totals = totals_of(table, [each for each in self.columns if each.name in table])
        return replace(
            self,
            table=table,
            revenue=None if self.revenue is None else totals.revenue,
            cost=totals.cost,
            hours=totals.hours,
            contacts=totals.contacts,
        )


def build(sheet: Sheet, plan: ColumnPlan, *, use_up: bool = False) -> Clients:
    """Return one typed row per client.

    Rows of one client (by id, else by name with birth date and postal code) are added up: amounts
    and counts exactly; a trait takes the value that most of the client's revenue carries, or most
    of his rows where no revenue is known; `last_contact` the newest date
    and `since` the oldest. Clients without any revenue are left out where the file has a revenue
    column. With `use_up` the texts go as they are understood, which takes half the memory; the
    sheet is of no use afterwards. Raises UnreadableFile("no_client_list") where the rows are no
    clients.
    """
    if not len(sheet.cells) or not lists_clients(plan.columns) or is_form(sheet):
        raise UnreadableFile("no_client_list")
    sheet, apart = set_apart(sheet, plan)
    stored = tuple(
        column
        for column in plan.columns
        if column.stored and column.position in sheet.cells.columns
    )
    tidy = give_back if len(sheet.cells) > _MANY_ROWS else lambda: None
    tidy()
    # The keys come first: while they are made, the memory for the typed columns is still free.
    keys = _keys(sheet, stored, by_household=plan.by_household)
    typed = {}
    for column in stored:
        tidy()
        typed[column.position] = type_column(_arrow(sheet.cells[column.position]), column)
        if use_up and column.role not in _READ_AGAIN:
            del sheet.cells[column.position]
    tidy()
    clients = _assemble(sheet, stored, typed, keys)
    return replace(
        clients,
        columns=plan.columns,
        by_household=plan.by_household,
        left_out=(*apart, *clients.left_out),
        notes=(*clients.notes, *_household_notes(sheet, plan, stored)),
    )


def _household_notes(
    sheet: Sheet, plan: ColumnPlan, stored: tuple[Column, ...]
) -> tuple[Note, ...]:
    """Tell of households with more than one row, added up or not."""
    household = _first(stored, "household")
    if household is None:
        return ()
    sizes = sheet.cells[household.position].str.strip().value_counts()
    shared = int((sizes[sizes.index != ""] > 1).sum())
    if not shared:
        return ()
    code = "households_added_up" if plan.by_household else "households_apart"
    return (Note(code=code, values={"count": shared}),)


def _assemble(
    sheet: Sheet, columns: tuple[Column, ...], typed: dict[int, TypedColumn], keys: Keys
) -> Clients:
    table, differing = _table(columns, typed, keys)
    totals = totals_of(table, columns)
    notes = unread_notes(sheet, columns, typed)
    if totals.cost_basis == "margin":
        notes.append(Note(code="cost_from_margin", values={"header": totals.margin}))
    ids = _client_ids(sheet, columns, keys)
    names = _client_names(table, columns)
    left_out = [LeftOut(why="no client", count=keys.without)] if keys.without else []
    keep = np.ones(len(table), dtype=bool)
    revenue = totals.revenue
    if revenue is not None and not np.isnan(revenue).all():
        keep = ~np.isnan(revenue)
        unread = ~keep & has_unread_revenue(columns, typed, keys)
        for why, out in (("no revenue", ~keep & ~unread), ("revenue not read", unread)):
            if out.any():
                left_out.append(LeftOut(why=why, count=int(out.sum())))
    else:
        revenue = None
    if not keep.all():
        table, ids = table[keep].reset_index(drop=True), ids[keep].reset_index(drop=True)
        names = None if names is None else names[keep].reset_index(drop=True)
    added = {each.name: typed[each.position] for each in columns if _is_added(each, typed)}
    return Clients(
        source=sheet.source,
        columns=columns,
        table=table,
        ids=ids,
        names=names,
        revenue=_kept(revenue, keep),
        cost=_kept(totals.cost, keep),
        hours=_kept(totals.hours, keep),
        contacts=_kept(totals.contacts, keep),
        rows=len(sheet.cells) - keys.without_rows,
        rows_added_up=keys.added_up,
        left_out=tuple(left_out),
        notes=tuple(notes),
        cost_basis=totals.cost_basis,
        row_counts=_kept(keys.counts, keep) if keys.added_up else None,
        by_row=rows_of(keys, keep, differing, added) if differing else None,
    )


def _kept(values: np.ndarray | None, keep: np.ndarray) -> np.ndarray | None:
    return values if values is None or keep.all() else values[keep]


def _arrow(series: pd.Series) -> pa.ChunkedArray:
    array = pa.array(series, type=pa.large_string())
    return array if isinstance(array, pa.ChunkedArray) else pa.chunked_array([array])


def _first(columns: tuple[Column, ...], role: Role) -> Column | None:
    return next((column for column in columns if column.role == role), None)


def _keys(sheet: Sheet, columns: tuple[Column, ...], *, by_household: bool) -> Keys:
    """Return which rows belong to the same client, or to the same household."""
    household = _first(columns, "household") if by_household else None
    if household is None:
        return _client_keys(sheet, columns)
    own = _client_keys(sheet, columns).codes
    alone = pd.Series(own).map(lambda code: f"\x1f{code}" if code >= 0 else "").astype("str")
    shared = sheet.cells[household.position].str.strip()
    return Keys.from_texts(shared.where(shared != "", alone))


def _client_keys(sheet: Sheet, columns: tuple[Column, ...]) -> Keys:
    key = _first(columns, "client_id")
    if key is not None:
        texts = sheet.cells[key.position].str.strip()
        fallback = _name_key(sheet, columns) if (texts == "").any() else None
        if fallback is not None:
            texts = texts.where(texts != "", fallback)
        return Keys.from_texts(texts)
    names = _name_key(sheet, columns)
    if names is None:
        return Keys.one_per_row(len(sheet.cells))
    return Keys.from_texts(names)


def _name_key(sheet: Sheet, columns: tuple[Column, ...]) -> pd.Series | None:
    """Return name, birth date and postal code in one text; empty where there is no name.

    A surname alone tells nobody apart: without anything beside it, there is no key.
    """
    named = [column for column in columns if column.role == "client_name"]
    if not named or {column.meaning for column in named} <= {"last_name", "name_infix"}:
        return None
    others = [column for column in columns if column.role in _IDENTIFYING]
    name = _joined(sheet, named).str.lower()
    whole = name.str.cat(_joined(sheet, others), sep="\x1f") if others else name
    return whole.where(name.str.strip("\x1f ") != "", "")


def _joined(sheet: Sheet, columns: list[Column]) -> pd.Series:
    parts = [sheet.cells[column.position].str.strip() for column in columns]
    return parts[0].str.cat(parts[1:], sep="\x1f") if len(parts) > 1 else parts[0]


def _row_revenue(columns: tuple[Column, ...], typed: dict[int, TypedColumn]) -> np.ndarray | None:
    """Return the revenue of each row, to weigh the traits of clients with several rows."""
    roles = {column.role for column in columns}
    role = "revenue" if "revenue" in roles else "revenue_part"
    amounts = [
        np.nan_to_num(typed[column.position].values.to_numpy(dtype=float))
        for column in columns
        if column.role == role and typed[column.position].is_number
    ]
    return np.sum(amounts, axis=0) if amounts else None


def _table(
    columns: tuple[Column, ...], typed: dict[int, TypedColumn], keys: Keys
) -> tuple[pd.DataFrame, dict[str, OfRows]]:
    """One value per client of each column, and the columns whose rows differ."""
    if not keys.added_up:
        whole = len(keys.first_rows) == len(keys.codes)
        alone = {
            column.name: values if whole else values.iloc[keys.first_rows].reset_index(drop=True)
            for column in columns
            for values in (typed[column.position].values,)
        }
        return pd.DataFrame(alone, copy=False), {}
    weight = _row_revenue(columns, typed)
    taken: dict[str, pd.Series] = {}
    differing: dict[str, OfRows] = {}
    for column in columns:
        cells = typed[column.position]
        if _is_added(column, typed):
            taken[column.name] = add_up(cells.values, keys, cells.scale)
        elif column.role in ("last_contact", "since") and cells.is_ordered_in_time:
            newest = column.role == "last_contact"
            taken[column.name] = pick_extreme(cells.values, keys, newest=newest)
        else:
            picked = pick_by_weight(cells.values, keys, weight)
            taken[column.name] = picked.values
            if _is_asked_by_row(column) and picked.mixed.any():
                codes = picked.codes.astype(np.int32)
                differing[column.name] = OfRows(codes, picked.different, picked.mixed)
    return pd.DataFrame(taken, copy=False), differing


def _is_asked_by_row(column: Column) -> bool:
    """Whether it says more of a row than which client or order it is: the date of one, say."""
    return column.role not in _TELLING_APART or (column.meaning, column.kind) == (
        "event_date",
        "date",
    )


def _is_added(column: Column, typed: dict[int, TypedColumn]) -> bool:
    """Whether the client's rows add up in this column."""
    summed = column.role in _SUMMED_ROLES or column.meaning in _SUMMED_MEANINGS
    kind = column.kind in _SUMMED_KINDS and column.meaning not in _NEVER_SUMMED
    return summed and kind and typed[column.position].is_number


def _client_ids(sheet: Sheet, columns: tuple[Column, ...], keys: Keys) -> pd.Series:
    rows = sheet.row_numbers[keys.first_rows]
    numbers = pd.Series(rows).astype("str")
    key = _first(columns, "client_id")
    if key is None:
        return numbers
    texts = sheet.cells[key.position].str.strip().iloc[keys.first_rows].reset_index(drop=True)
    return texts.where(texts != "", numbers)


_NAME_ORDER = ("first_name", "initials", "name_infix", "last_name")


def _client_names(table: pd.DataFrame, columns: tuple[Column, ...]) -> pd.Series | None:
    """Return the name to show: the whole name, else its parts, else the company."""
    named = {
        column.meaning: column.name for column in reversed(columns) if column.role == "client_name"
    }
    if not named:
        return None
    shown = pd.Series(pd.array([""] * len(table), dtype="str"))
    whole = [named[meaning] for meaning in ("name", "company_name") if meaning in named]
    parts = [named[meaning] for meaning in _NAME_ORDER if meaning in named]
    if "first_name" in named and "initials" in named:
        parts.remove(named["initials"])
    if parts:
        joined = table[parts[0]].fillna("").astype("str")
        for part in parts[1:]:
            joined = joined.str.cat(table[part].fillna("").astype("str"), sep=" ")
        shown = joined.str.replace(r"\s+", " ", regex=True).str.strip()
    for name in whole[::-1]:
        texts = table[name].fillna("").astype("str")
        shown = texts.where(texts != "", shown)
    return shown.where(shown != "", None).astype("str")
