"""Which column plays which role, how sure, and why."""

from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict

Role = Literal[
    "client_id",
    "client_name",
    "revenue",
    "revenue_part",
    "cost",
    "hours",
    "contacts",
    "birth_date",
    "age",
    "since",
    "last_contact",
    "proposals",
    "deals",
    "trait",
    "outcome",
    "consent",
    "household",
    "postal_code",
    "forbidden",
    "private",
    "ignore",
]

Kind = Literal[
    "money", "number", "percentage", "duration", "date", "yes_no", "category", "ordered", "text"
]

Standing = Literal["prospect", "former"]

NEVER_STORED: frozenset[Role] = frozenset({"forbidden", "private"})


class Column(BaseModel):
    """One column of the file and what it is taken for."""

    model_config = ConfigDict(frozen=True)

    position: int
    """Place in the file, from 0."""
    header: str
    """The heading as it stands in the file; may be empty or occur twice."""
    name: str
    """The heading made unique and never empty: the name of this column in `Clients.table`."""
    role: Role
    meaning: str = ""
    """Finer than the role, a key of the dictionary: `occupation`, `claims`, `forbidden_bsn` …"""
    kind: Kind
    confidence: float
    """Between 0 and 1."""
    why: str
    """`heading`, `values`, `heading_and_values`, `alike` (a near spelling), `asked`, `default`,
    `assumed` (the question about it was left open)."""
    stored: bool
    reversed: bool = False
    """True where yes means no: *bel-me-niet*, opt-out."""
    times_a_year: float = 1.0
    """How often a year the amounts of a money column are due: 12 where they are per month.

    The cells are multiplied by it, exactly, when clients are built, so that all amounts of a
    table are per year.
    """


class Question(BaseModel):
    """One question that changes the result; it may be skipped."""

    model_config = ConfigDict(frozen=True)

    code: str
    """What is asked.

    `revenue_column`: which of these columns is the office's own revenue? The answer is one of
    `positions`, for `assign`. `month_or_year`: are the amounts of the one column in `positions`
    per month or per year? The answer is for `answer_period`.
    """
    positions: tuple[int, ...]
    assumed: int | None
    """The position that is taken where the question is skipped; of `month_or_year` the column
    itself, its amounts taken as they stand, per year."""


class ColumnPlan(BaseModel):
    """The role of every column of one table."""

    model_config = ConfigDict(frozen=True)

    columns: tuple[Column, ...]
    """In the order of the file."""
    questions: tuple[Question, ...] = ()
    """At most three, the one about the revenue column first."""
    skipped: tuple[Question, ...] = ()
    """Questions that nobody answered: what they assume is told with the result."""
    taken_in: tuple[Standing, ...] = ()
    """Who counts as a client, besides clients, where a column tells their status."""
    by_household: bool = False
    """Whether clients with the same household or group are added up to one."""

    @property
    def roles(self) -> dict[str, str]:
        """Role by heading, for headings that are unique and not empty."""
        headers = [column.header for column in self.columns]
        return {
            column.header: column.role
            for column in self.columns
            if column.header and headers.count(column.header) == 1
        }

    def skip(self, code: str) -> "ColumnPlan":
        """The plan with the question of this code left open, and what it assumes taken."""
        left = tuple(question for question in self.questions if question.code != code)
        gone = tuple(question for question in self.questions if question.code == code)
        assumed = {question.assumed for question in gone}
        columns = tuple(
            column.model_copy(update={"why": "assumed"}) if column.position in assumed else column
            for column in self.columns
        )
        update = {"columns": columns, "questions": left, "skipped": (*self.skipped, *gone)}
        return self.model_copy(update=update)

    @property
    def revenue_columns(self) -> tuple[Column, ...]:
        """The columns that count as revenue: the whole, or without one its parts added up."""
        return revenue_columns(self.columns)

    @property
    def with_health_in_values(self) -> tuple[Column, ...]:
        """The columns that are not kept since their values, not their headings, tell of health."""
        return tuple(
            column
            for column in self.with_role("forbidden")
            if column.meaning == "forbidden_health" and column.why == "values"
        )

    def with_role(self, role: Role) -> tuple[Column, ...]:
        """The columns that play this role, in the order of the file."""
        return tuple(column for column in self.columns if column.role == role)


def revenue_columns(columns: Iterable[Column]) -> tuple[Column, ...]:
    """Those among these columns that count as revenue."""
    columns = tuple(columns)
    whole = tuple(column for column in columns if column.role == "revenue")
    return whole or tuple(column for column in columns if column.role == "revenue_part")
