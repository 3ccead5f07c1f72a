"""Native Excel charts, each beside the small table that it is drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from analysis.findings import Findings
from bot.charts.style import ACCENT, GREY, INK, LINE, MUTED
from bot.replies.words import words

SIZE = {"width": 720, "height": 400}
ROWS_OF_A_CHART = 22
CHART_COLUMN = 6
SHARE = "0%"
HARDLY_MORE = 1.05
"""Clients with negative revenue lift the curve above the whole. An axis that is a little longer
shows that without an empty fifth; a point beyond the axis would break the line off."""


@dataclass(frozen=True)
class _Table:
    """Where a table stands: the row of its header, how many rows follow, and its headers; and the
    highest of its shares."""

    sheet: str
    top: int
    rows: int
    headers: Sequence[str]
    highest: float

    def range_of(self, column: int) -> list[Any]:
        return [self.sheet, self.top + 1, column, self.top + self.rows, column]

    def series(self, column: int, **looks: Any) -> dict[str, Any]:
        """The column as a series against the first."""
        return {
            "name": [self.sheet, self.top, column],
            "categories": self.range_of(0),
            "values": self.range_of(column),
            **looks,
        }


def write_charts(
    workbook: xlsxwriter.Workbook, sheet: Worksheet, findings: Findings, language: str
) -> None:
    """The own 80/20 and the levels, as far as the list has them."""
    sheet.hide_gridlines(2)
    sheet.set_column(0, 4, 16)
    bold = workbook.add_format({"bold": True, "text_wrap": True, "font_color": INK})
    share = workbook.add_format({"num_format": "0.0%", "font_color": INK})
    row = 0
    for header, rows, draw in (
        (*_curve(findings, language), _draw_curve),
        (*_levels(findings, language), _draw_levels),
    ):
        if not rows:
            continue
        highest = max(value for values in rows for value in values if isinstance(value, float))
        table = _Table(sheet.get_name(), row, len(rows), header, highest)
        for place, text in enumerate(header):
            sheet.write_string(row, place, text, bold)
        for down, values in enumerate(rows, start=row + 1):
            for place, value in enumerate(values):
                if isinstance(value, str):
                    sheet.write_string(down, place, value)
                else:
                    sheet.write_number(down, place, value, share)
        sheet.insert_chart(row, CHART_COLUMN, draw(workbook, table, language))
        row += max(len(rows) + 3, ROWS_OF_A_CHART)


def _curve(findings: Findings, language: str) -> tuple[list[str], list[list[str | float]]]:
    """After the largest so many clients: so much of the revenue, and of the costs."""
    texts = words(language)["workbook"]
    pareto = findings.pareto
    if pareto is None or not pareto.curve:
        return [], []
    header = [texts["of_clients"], texts["of_revenue"]]
    with_costs = all(point.cost is not None for point in pareto.curve)
    if with_costs:
        header.append(texts["of_costs_estimate" if pareto.costs.estimated else "of_costs"])
    rows: list[list[str | float]] = []
    for point in pareto.curve:
        known = [point.clients, point.revenue]
        rows.append([*known, point.cost] if point.cost is not None and with_costs else [*known])
    return header, rows


def _levels(findings: Findings, language: str) -> tuple[list[str], list[list[str | float]]]:
    texts = words(language)["workbook"]
    levels = findings.focus.levels if findings.focus else ()
    count = sum(level.clients for level in levels)
    if not count:
        return [], []
    header = [texts["level"], texts["of_clients"]]
    with_revenue = all(level.revenue_share is not None for level in levels)
    with_costs = all(level.cost_share is not None for level in levels)
    header += [texts["of_revenue"]] * with_revenue + [texts["of_costs"]] * with_costs
    rows: list[list[str | float]] = []
    for level in levels:
        shares = [level.revenue_share] * with_revenue + [level.cost_share] * with_costs
        rows.append([level.level, level.clients / count, *(each or 0.0 for each in shares)])
    return header, rows


def _draw_curve(workbook: xlsxwriter.Workbook, table: _Table, language: str) -> Any:
    texts = words(language)["workbook"]
    chart = workbook.add_chart({"type": "scatter", "subtype": "straight"})
    chart.add_series(table.series(1, line={"color": ACCENT, "width": 2.5}))
    if len(table.headers) > 2:
        # Not by colour alone: dashes tell the costs from the revenue in grey, too.
        dashed = {"color": MUTED, "width": 2.0, "dash_type": "dash"}
        chart.add_series(table.series(2, line=dashed))
    chart.set_title(_title(texts["curve_title"]))
    chart.set_x_axis(_axis(texts["curve_across"], maximum=1))
    chart.set_y_axis({**_axis("", maximum=_highest_shown(table.highest)), "major_unit": 0.2})
    chart.set_legend({"position": "bottom"})
    chart.set_size(SIZE)
    return chart


def _highest_shown(highest: float) -> float | None:
    """The end of the axis; None leaves it to Excel."""
    if highest <= 1:
        return 1
    return HARDLY_MORE if highest <= HARDLY_MORE else None


def _draw_levels(workbook: xlsxwriter.Workbook, table: _Table, language: str) -> Any:
    texts = words(language)["workbook"]
    chart = workbook.add_chart({"type": "column"})
    fills = (
        {"fill": {"color": GREY}},
        {"fill": {"color": ACCENT}},
        {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": MUTED, "bg_color": "#FFFFFF"}},
    )
    labels = {"value": True, "num_format": SHARE}
    for column, fill in zip(range(1, len(table.headers)), fills, strict=False):
        chart.add_series(table.series(column, data_labels=labels, gap=80, **fill))
    chart.set_title(_title(texts["levels_title"]))
    chart.set_x_axis({"num_font": {"color": INK}})
    chart.set_y_axis(_axis(""))
    chart.set_legend({"position": "bottom"})
    chart.set_size(SIZE)
    return chart


def _title(text: str) -> dict[str, Any]:
    return {"name": text, "name_font": {"size": 14, "color": INK}, "overlay": False}


def _axis(name: str, maximum: float | None = None) -> dict[str, Any]:
    return {
        "name": name,
        "name_font": {"color": MUTED, "bold": False},
        "num_format": SHARE,
        "max": maximum,
        "major_gridlines": {"visible": True, "line": {"color": LINE}},
        "line": {"none": True},
    }
