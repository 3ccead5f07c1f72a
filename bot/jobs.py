"""The work that runs in a worker process: top-level functions with arguments that travel.

Nothing here imports the chat, so that a worker starts quickly; the heavy libraries are imported
by `warm`, before the first file arrives.
"""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, cast

from analysis.columns.plan import ColumnPlan, Role
from analysis.errors import SeveralLists, UnreadableFile
from analysis.findings import Findings

if TYPE_CHECKING:
    import pandas as pd

    from analysis.clients import Clients
    from bot.comparison import Comparison
    from storage.marks import OwnTop


AMOUNTS = ("revenue", "cost", "hours", "contacts")
PERIODS = frozenset({"month", "year"})
Chart = Literal["pareto", "top10", "levels", "groups", "profit", "changes"]


@dataclass(frozen=True)
class ReadList:
    """A client list as read: its plan, and its rows without what may not be stored."""

    plan: ColumnPlan
    rows: bytes
    row_count: int
    extends: bool
    """Whether it and the earlier list tell of the same clients, and one of them what they bring."""


@dataclass(frozen=True)
class StoredList:
    """The rows of a stored list and how they are read."""

    rows: bytes
    plan: ColumnPlan


@dataclass(frozen=True)
class AnalysedList:
    """What was found, and one row per client as `storage` wants it.

    `clients` has the columns `client`, `client_name` and `level`, then one per name in `names`,
    in descending order of revenue. `rows` are the source rows without what the plan does not keep.
    """

    findings: Findings
    clients: "pd.DataFrame"
    names: tuple[str, ...]
    rows: bytes


HEAVY = (
    "analysis.clients",
    "analysis.columns",
    "analysis.joining",
    "analysis.reading",
    "analysis.segmentation",
    "bot.charts",
    "bot.report",
)


def warm() -> None:
    """Imports what the jobs need, and compiles the search beside them."""
    for name in HEAVY:
        importlib.import_module(name)
    from analysis import subgroups

    subgroups.warm_in_background()


def read_list(
    content: bytes,
    name: str,
    answers: Mapping[str, str],
    earlier: StoredList | None = None,
    *,
    password: str | None = None,
    sheet: str | None = None,
) -> ReadList:
    """A client list; `answers` holds what the office said about headings before.

    Raises UnreadableFile where `content` holds no client list, SeveralLists where it holds more
    than one and neither `sheet` nor a password says that this was asked before.
    """
    from analysis import clients, columns, joining, reading

    if sheet is not None:
        table = reading.read_sheet(content, name, password=password, sheet=sheet)
    else:
        tables = reading.read_sheets(content, name, password=password)
        rivals = joining.rival_lists(tables)
        if rivals and password is None:
            raise SeveralLists(rivals)
        table = joining.joined(tables)
    plan = columns.propose(table)
    plan = _with_answers(plan, answers)
    rows = reading.pack(table, plan)
    # A list from which no client follows is refused before anything is stored.
    clients.build(reading.unpack(rows), plan)
    more = earlier is not None and joining.extends(
        table, plan, reading.unpack(earlier.rows), earlier.plan
    )
    return ReadList(plan=plan, rows=rows, row_count=len(table.cells), extends=more)


def period_of(heading: str) -> str:
    """The key under which an office's answer about month or year is remembered."""
    return f"{heading} ?"


def _with_answers(plan: ColumnPlan, answers: Mapping[str, str]) -> ColumnPlan:
    """What the office said about these headings before."""
    from analysis import columns

    said = {
        column.position: (columns.normalise(column.header), column.stored)
        for column in plan.columns
    }
    roles = {
        position: cast("Role", answers[heading])
        for position, (heading, stored) in said.items()
        if stored and heading in answers
    }
    added = [position for position, role in roles.items() if role == "revenue_part"]
    chosen = {position: role for position, role in roles.items() if position not in added}
    plan = columns.assign(plan, chosen)
    for position in added:
        plan = columns.add_to_revenue(plan, position)
    plan = _without_answered(plan, roles)
    for question in plan.questions:
        position = question.positions[0]
        period = answers.get(period_of(said[position][0]))
        if question.code == "month_or_year" and period is not None:
            plan = columns.answer_period(plan, position, per_month=period == "month")
    return plan


def _without_answered(plan: ColumnPlan, said: Mapping[int, Role]) -> ColumnPlan:
    """Columns of which was said that they are no revenue are not asked about again."""
    questions = []
    for question in plan.questions:
        if question.code != "revenue_column":
            questions.append(question)
            continue
        left = tuple(position for position in question.positions if said.get(position) != "ignore")
        assumed = question.assumed if question.assumed in left else None
        if left:
            questions.append(question.model_copy(update={"positions": left, "assumed": assumed}))
    return plan.model_copy(update={"questions": tuple(questions)})


def join_lists(earlier: StoredList, new: StoredList) -> StoredList:
    """The list that tells what clients bring, with what the other tells about the same clients."""
    from analysis import joining, reading

    main, other = (new, earlier) if new.plan.revenue_columns else (earlier, new)
    sheet, plan = joining.with_columns_of(
        reading.unpack(main.rows), main.plan, reading.unpack(other.rows), other.plan
    )
    return StoredList(reading.pack(sheet, plan), plan)


def analyse_list(
    rows: bytes,
    plan: ColumnPlan,
    as_of: date,
    wanted: Role | None = None,
    own: "OwnTop | None" = None,
) -> AnalysedList:
    """The findings on this day; `own` is what the adviser told of his clients himself.

    Raises UnreadableFile where the plan leaves no client, or no amount that was `wanted`."""
    import numpy as np
    import pandas as pd

    from analysis import clients, focus, reading, segmentation

    sheet = reading.unpack(rows)
    built = clients.build(sheet, plan)
    if wanted in AMOUNTS and getattr(built, wanted) is None:
        raise UnreadableFile("no_client_list")
    findings = segmentation.segment(built, as_of, **_told(own, built))
    fixed = pd.DataFrame(
        {
            "client": built.ids,
            "client_name": None if built.names is None else built.names,
            "level": focus.levels_of(built),
        },
        dtype=object,
    )
    table = pd.concat([fixed, built.table], axis="columns")
    if built.revenue is not None:
        order = np.argsort(-np.nan_to_num(built.revenue, nan=-np.inf), kind="stable")
        table = table.iloc[order]
    return AnalysedList(
        findings=findings,
        clients=table,
        names=tuple(built.table.columns),
        rows=reading.pack(sheet, plan),
    )


def largest(rows: bytes, plan: ColumnPlan, measure: str, size: int) -> list[str]:
    """The clients with most of a measure, the largest first; none where the list cannot say."""
    from analysis import clients, reading
    from analysis.measures import amounts_of
    from analysis.top10 import top_by_measure

    built = clients.build(reading.unpack(rows), plan)
    amounts = amounts_of(built, measure)
    if amounts is None:
        return []
    return [str(client) for client in built.ids[top_by_measure(amounts, size).members]]


def _told(own: "OwnTop | None", built: "Clients") -> dict[str, Any]:
    """What the adviser told, as options of the segmentation."""
    if own is None:
        return {}
    # A list that holds nobody of a top by hand has its own one, by the measure.
    chosen = [client for client in own.chosen if (built.ids == client).any()]
    return {
        "size": own.size,
        "measure": own.measure,
        "chosen": own.chosen if chosen else None,
        "marks": own.marks,
        "looked_at": own.looked_at,
    }


def draw(chart: Chart, found: "Findings | Comparison", language: str) -> bytes | None:
    """A PNG; None where there is nothing to draw. `changes` is drawn from a comparison."""
    from bot import charts

    if not isinstance(found, Findings):
        return charts.changes_chart(found, language)
    if chart == "groups":
        return charts.groups_chart(found.groups, language)
    if chart == "top10" and found.top10 is not None:
        return charts.top10_chart(found.top10, language)
    if found.pareto is None:
        return None
    if chart == "pareto":
        return charts.pareto_chart(found.pareto, language)
    if chart == "profit":
        return charts.profit_chart(found.pareto, language)
    if chart == "levels" and found.focus is not None:
        estimated = found.pareto.costs.estimated
        return charts.levels_chart(found.focus, language, costs_estimated=estimated)
    return None


def report(findings: Findings, office: str, language: str) -> bytes:
    """The report as a PDF. Raises NotTypeset."""
    from bot import report as documents

    return documents.report(findings, office, language)


def conversation_guide(language: str, day: date) -> bytes:
    """The general guide to a conversation as a PDF. Raises NotTypeset."""
    from bot import report as documents

    return documents.general_guide(language, day)


def client_sheet(
    rows: bytes, plan: ColumnPlan, client: str, language: str, day: date
) -> bytes | None:
    """The sheet on one client as a PDF; None where the list has no such client.

    Raises NotTypeset, and UnreadableFile where the rows hold no client list.
    """
    from bot import report as documents

    return documents.client_sheet(rows, plan, client, language, day)


def group_sheet(findings: Findings, place: int, language: str) -> bytes:
    """The sheet on one group of the findings as a PDF. Raises NotTypeset."""
    from bot import report as documents

    return documents.group_sheet(findings, findings.groups[place], language)
