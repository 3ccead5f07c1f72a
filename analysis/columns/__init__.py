"""Sheet to ColumnPlan: the dictionary of headings, evidence from values, assignment."""

from analysis.columns.dictionary import normalise
from analysis.columns.period import answer_period
from analysis.columns.plan import NEVER_STORED, Column, ColumnPlan, Kind, Question, Role
from analysis.columns.proposal import add_to_revenue, assign, choose, propose, propose_columns

__all__ = [
    "NEVER_STORED",
    "Column",
    "ColumnPlan",
    "Kind",
    "Question",
    "Role",
    "add_to_revenue",
    "answer_period",
    "assign",
    "choose",
    "normalise",
    "propose",
    "propose_columns",
]
