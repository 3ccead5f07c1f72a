"""Clients → the columns of an export: what the engine found first, then what the list says."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from analysis import focus
from analysis.clients import Clients
from analysis.columns.plan import Column, Role
from analysis.findings import Findings
from analysis.pareto import in_order, profit_of
from bot.replies.roles import are_costs_assumed, role_in_words, told_by_row
from bot.replies.words import words
from bot.workbook.cells import plain

Kind = Literal["text", "level", "money", "number", "share", "date"]
Value = str | float | date | None

# These say who somebody is; they go along only where the adviser asked for names.
NAMING: frozenset[Role] = frozenset({"client_name", "household"})

_KIND_OF_NUMBER: dict[str, Kind] = {"money": "money", "percentage": "share"}


@dataclass(frozen=True)
class ExportColumn:
    """One column, a value per client; a share is 0.2 for 20%. `why` explains it to the reader."""

    header: str
    kind: Kind
    values: Sequence[Value]
    why: str


def columns_of(
    clients: Clients,
    language: str,
    *,
    with_names: bool,
    marks: Mapping[str, Sequence[str]] | None = None,
    findings: Findings | None = None,
) -> list[ExportColumn]:
    """The columns of the export, clients from large to small; on a tie the earlier in the file.

    `marks` are the ids of the clients whom the adviser gave a mark, by its code; by `findings` a
    column is explained as it counted in them.
    """
    order = np.arange(len(clients))
    if clients.revenue is not None:
        order = np.argsort(-np.nan_to_num(clients.revenue, nan=-np.inf), kind="stable")
    columns = [*_found(clients, language, findings, with_names=with_names)]
    columns += _marks(clients, marks or {}, language)
    by_row = told_by_row(findings)
    columns += [
        _of_list(clients, column, language, by_row) for column in _listed(clients, with_names)
    ]
    return list(_with_different_headers(_in_order(columns, order)))


def _found(
    clients: Clients, language: str, findings: Findings | None, *, with_names: bool
) -> Iterator[ExportColumn]:
    """What identifies a client, and what the engine says of him."""
    headers, why = words(language)["workbook_columns"], words(language)["workbook_explanations"]

    def column(name: str, kind: Kind, values: Sequence[Value], reason: str = "") -> ExportColumn:
        return ExportColumn(headers[name], kind, values, why[reason or name])

    if any(each.role == "client_id" for each in clients.columns):
        yield column("client", "text", _texts(clients.ids))
    else:
        yield column("row", "number", [float(row) for row in clients.ids])
    if with_names and clients.names is not None:
        yield column("name", "text", _texts(clients.names))
    revenue, cost = clients.revenue, clients.cost
    if revenue is None:
        return
    yield column("revenue", "money", _numbers(revenue))
    if cost is not None:
        assumed = "cost_assumed" if are_costs_assumed(findings) else "cost"
        reason = "cost_from_margin" if clients.cost_basis == "margin" else assumed
        yield column("cost", "money", _numbers(cost), reason)
        yield column("profit", "money", _numbers(profit_of(revenue, cost)))
    share, running = _shares(revenue)
    if share is not None and running is not None:
        yield column("share", "share", _numbers(share))
        yield column("running_share", "share", _numbers(running))
    rank = pd.Series(revenue).rank(method="min", ascending=False)
    yield column("rank", "number", _numbers(rank.to_numpy()))
    levels = focus.levels_of(clients)
    if (levels != "").any():
        yield column("level", "level", [str(level) or None for level in levels])


def _marks(
    clients: Clients, marks: Mapping[str, Sequence[str]], language: str
) -> Iterator[ExportColumn]:
    """A column for each mark that a client of the list has; empty where it was not given."""
    texts = words(language)
    for mark, header in texts["marks"].items():
        marked = frozenset(marks.get(mark, ()))
        has_it = [str(client) in marked for client in clients.ids]
        if any(has_it):
            given = [texts["values"]["yes"] if each else None for each in has_it]
            yield ExportColumn(header, "text", given, texts["workbook_explanations"]["mark"])


def _shares(revenue: np.ndarray) -> tuple[np.ndarray, np.ndarray] | tuple[None, None]:
    """Each client's share of all revenue, and that of him and all larger ones together.

    None where the total is not positive: then there are no shares.
    """
    known = np.flatnonzero(~np.isnan(revenue))
    ordered = in_order(revenue[known])
    if ordered.total <= 0:
        return None, None
    running = np.full(len(revenue), np.nan)
    running[known[ordered.order]] = (ordered.running / ordered.running[-1]).astype(float)
    return revenue / ordered.total, running


def _listed(clients: Clients, with_names: bool) -> list[Column]:
    """The stored columns that go along: not those that already stand in front."""
    single = {
        role: sum(column.role == role for column in clients.columns) == 1
        for role in ("revenue", "cost")
    }
    left_out: set[Role] = {"client_id", "client_name", "ignore"}
    return [
        column
        for column in clients.columns
        if column.stored
        and column.name in clients.table.columns
        and column.role not in left_out
        and not single.get(column.role, False)
        and (with_names or column.role not in NAMING)
    ]


def _of_list(
    clients: Clients, column: Column, language: str, by_row: Collection[str]
) -> ExportColumn:
    role = role_in_words(column, clients.columns, language, by_row)
    why = words(language)["workbook_explanations"]["of_list"].format(role=role)
    kind, values = _typed(clients.table[column.name], column.kind, language)
    return ExportColumn(plain(column.header or column.name), kind, values, why)


def _typed(values: pd.Series, kind: str, language: str) -> tuple[Kind, Sequence[Value]]:
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        return "date", [None if pd.isna(each) else each.date() for each in values]
    if pd.api.types.is_bool_dtype(values.dtype):
        said = {True: words(language)["values"]["yes"], False: words(language)["values"]["no"]}
        return "text", [None if pd.isna(each) else said[bool(each)] for each in values]
    if pd.api.types.is_numeric_dtype(values.dtype):
        numbers = _numbers(values.to_numpy(dtype=float))
        return _KIND_OF_NUMBER.get(kind, "number"), numbers
    return "text", _texts(values)


def _numbers(values: np.ndarray) -> list[Value]:
    """Rounded where binary fractions show, and nothing where there is no finite number."""
    return [round(each, 9) + 0.0 if np.isfinite(each) else None for each in values.tolist()]


def _texts(values: pd.Series) -> list[Value]:
    return [None if pd.isna(each) else plain(str(each)) or None for each in values]


def _in_order(columns: Sequence[ExportColumn], order: np.ndarray) -> list[ExportColumn]:
    places = order.tolist()
    return [replace(each, values=[each.values[place] for place in places]) for each in columns]


def _with_different_headers(columns: Sequence[ExportColumn]) -> Iterator[ExportColumn]:
    """A second column of the same name gets a number: a program that reads it back needs that."""
    taken: set[str] = set()
    for column in columns:
        header, times = column.header, 1
        while header.casefold() in taken:
            times += 1
            header = f"{column.header} ({times})"
        taken.add(header.casefold())
        yield replace(column, header=header)
