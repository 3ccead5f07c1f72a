"""What a client list says of one client: values to show, and facts to choose topics by."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis import clients as client_lists
from analysis import focus, reading
from analysis.clients import Clients
from analysis.columns.plan import Column, ColumnPlan, Role
from analysis.numbers import MONTHS_PER_YEAR, age_in_years, months_since, months_until
from bot.report.shown import Shown
from bot.report.topics import ANY, Fact

PERSONAL: frozenset[Role] = frozenset({"trait", "age", "birth_date"})
OF_RELATION: frozenset[Role] = frozenset(
    {"since", "last_contact", "contacts", "hours", "proposals", "deals", "outcome", "consent"}
)
# Off unless the office turns it on: it may not decide how someone is served.
NOT_SHOWN = frozenset({"gender"})


@dataclass(frozen=True)
class ClientFacts:
    """One client; texts are of one language.

    `person` and `relation` are pairs of heading and value, `unknown` the headings without one.
    """

    client: str
    level: str
    revenue: str | None
    cost: str | None
    person: tuple[tuple[str, str], ...]
    relation: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]
    wants_no_marketing: bool
    facts: tuple[Fact, ...]


def find_client(
    rows: bytes, plan: ColumnPlan, client: str, as_of: date, language: str
) -> ClientFacts | None:
    """The client with this number; None where the list has none. Raises UnreadableFile."""
    clients = client_lists.build(reading.unpack(rows), plan)
    found = clients.ids.str.casefold() == client.strip().casefold()
    if not found.any():
        return None
    return _facts(clients, int(found.to_numpy().argmax()), as_of, Shown(language))


def _facts(clients: Clients, position: int, as_of: date, shown: Shown) -> ClientFacts:
    person: list[tuple[str, str]] = []
    relation: list[tuple[str, str]] = []
    unknown: list[str] = []
    for column in clients.columns:
        if column.meaning in NOT_SHOWN or column.role not in PERSONAL | OF_RELATION:
            continue
        if column.name not in clients.table or clients.differing(column):
            # What differs between his rows is told by no single value.
            continue
        value = _value(column, clients.table[column.name].iloc[position], as_of, shown)
        if value is None:
            unknown.append(shown.text(column.header))
        elif column.role in PERSONAL:
            person.append((_heading(column, shown), value))
        else:
            relation.append((_heading(column, shown), value))
    one = clients.table.iloc[[position]]
    stored = [column for column in clients.columns if column.name in one]
    return ClientFacts(
        client=shown.text(clients.ids.iloc[position]),
        level=str(focus.levels_of(clients)[position]),
        revenue=_amount(clients.revenue, position, shown),
        cost=_amount(clients.cost, position, shown),
        person=tuple(person),
        relation=tuple(relation),
        unknown=tuple(unknown),
        wants_no_marketing=any(_refuses(column, one[column.name].iloc[0]) for column in stored),
        facts=tuple(
            fact
            for column in stored
            if (fact := _fact(column, one[column.name], as_of)) is not None
        ),
    )


def _amount(amounts: Iterable[float] | None, position: int, shown: Shown) -> str | None:
    if amounts is None:
        return None
    amount = float(list(amounts)[position])
    return None if pd.isna(amount) else shown.money(amount)


def _heading(column: Column, shown: Shown) -> str:
    """An age stands under its own name: the date of birth is not shown."""
    if column.role == "birth_date":
        return str(shown.words["derived"]["age"])
    return shown.text(column.header)


def _value(column: Column, value: object, as_of: date, shown: Shown) -> str | None:
    """The value as text; None where it is missing."""
    if pd.isna(value):
        return None
    if column.role == "birth_date":
        age = _years(pd.Series([value]), as_of)
        return shown.whole(age)
    if isinstance(value, pd.Timestamp):
        return shown.day(value.date())
    if column.kind == "yes_no":
        return str(shown.words["values"]["yes" if value else "no"])
    if isinstance(value, float):
        as_text = {"money": shown.money, "percentage": shown.percent}
        return as_text.get(column.kind, shown.number)(value)
    return shown.text(value)


def _years(values: pd.Series, as_of: date) -> float:
    """Full years since a date, or since a year."""
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        return float(age_in_years(values, as_of)[0])
    return as_of.year - float(values.iloc[0])


def _refuses(column: Column, value: object) -> bool:
    if column.role != "consent" or column.kind != "yes_no" or pd.isna(value):
        return False
    return bool(value) == column.reversed


def _fact(column: Column, values: pd.Series, as_of: date) -> Fact | None:
    """The fact that one cell gives; None where it gives none."""
    if values.isna().iloc[0]:
        return None
    if column.role == "birth_date":
        return Fact.exactly("age", _years(values, as_of))
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        if column.role == "since":
            return Fact.exactly("years_as_client", _years(values, as_of))
        if column.role == "last_contact":
            return Fact.exactly("months_since_contact", float(months_since(values, as_of)[0]))
        return Fact.exactly(column.meaning, float(months_until(values, as_of)[0]) / MONTHS_PER_YEAR)
    if pd.api.types.is_bool_dtype(values.dtype) or pd.api.types.is_float_dtype(values.dtype):
        about = "age" if column.role == "age" else column.meaning
        return Fact.exactly(about, float(values.iloc[0]))
    return Fact(column.meaning, *ANY)
