"""The pictures: one per finding, drawn without state, as PNG.

Every function takes a finding (or the dict of one) and a language, touches nothing outside, and
can be called in a worker process. None means that there is nothing to draw.
"""

from bot.charts.changes import changes_chart
from bot.charts.groups import groups_chart
from bot.charts.levels import levels_chart
from bot.charts.pareto import pareto_chart
from bot.charts.profit import profit_chart
from bot.charts.top10 import top10_chart

__all__ = [
    "changes_chart",
    "groups_chart",
    "levels_chart",
    "pareto_chart",
    "profit_chart",
    "top10_chart",
]
