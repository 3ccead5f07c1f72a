"""A question as it was understood, and its answer in figures. Neither holds a sentence."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from analysis.what_if import WhatIf

AmountKind = Literal[
    "revenue",
    "cost",
    "profit",
    "margin",  # profit as a share of revenue
    "conversion",  # deals as a share of proposals
    "hours",
    "contacts",
    "revenue_per_hour",
    "profit_per_hour",
    "age",
    "years_as_client",
    "months_since_contact",
    "column",  # a column of the list, by name
]
Statistic = Literal["total", "mean", "median", "lowest", "highest", "share"]
Operator = Literal["more", "at_least", "less", "at_most", "equal", "between"]
Order = Literal["most", "least"]
Unit = Literal["money", "percentage", "hours", "years", "months", "number", "date"]
Show = Literal["top10", "why_top10", "pareto", "value", "focus", "columns", "help", "language",
               "privacy", "forget", "report", "talk", "export", "files", "changes", "alike",
               "profit", "pictures", "tip", "tips", "colleagues", "comment", "what_if"]  # fmt: skip


HOURS_KEPT = 0.5
"""What who is served otherwise keeps of his hours, where the question does not say it."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Amount(_Model):
    """What is measured of a client. `column` is a name in `Clients.table`, for kind `column`."""

    kind: AmountKind
    column: str = ""
    per: "Amount | None" = None
    """What it is divided by: the revenue per policy, the costs as a part of the revenue."""


class Measure(_Model):
    amount: Amount
    statistic: Statistic


class Is(_Model):
    """The column holds one of these values; a yes/no column holds `yes` or `no`."""

    type: Literal["is"] = "is"
    column: str
    values: tuple[str, ...]
    negated: bool = False


class Compare(_Model):
    """The amount lies on this side of `value`, or between both, the ends included.

    With `times`, `value` counts means or medians of all clients: 2 is twice the mean.
    """

    type: Literal["compare"] = "compare"
    amount: Amount
    operator: Operator
    value: float
    upper: float | None = None
    times: Literal["mean", "median"] | None = None


class When(_Model):
    """The date lies from `start` up to, not including, `end`; one of them may be open."""

    type: Literal["when"] = "when"
    column: str
    start: date | None = None
    end: date | None = None


class InMonth(_Model):
    """The date falls in one of these months, from 1, of whatever year: a birthday in December."""

    type: Literal["month"] = "month"
    column: str
    months: tuple[int, ...]


class Filled(_Model):
    """The column holds a value that is not zero; negated: it is empty or zero."""

    type: Literal["filled"] = "filled"
    column: str
    negated: bool = False


class InTop(_Model):
    """Among the `size` clients with the most (or least) of the amount, over all clients, or over
    those who fulfil `among`.

    `share` in place of `size`: that part of all clients, rounded up.
    """

    type: Literal["top"] = "top"
    amount: Amount
    size: int | None = None
    share: float | None = None
    order: Order = "most"
    negated: bool = False
    among: tuple[Annotated["Is | Compare | When | InMonth | Filled | AtLevel",
                           Field(discriminator="type")], ...] = ()  # fmt: skip


class AtLevel(_Model):
    """On service level A, B or C."""

    type: Literal["level"] = "level"
    level: Literal["A", "B", "C"]
    negated: bool = False


class Named(_Model):
    """One client: by number as it stands in the list; empty where a name stood in its place."""

    type: Literal["client"] = "client"
    client: str


class AnyOf(_Model):
    """At least one of these holds."""

    type: Literal["any"] = "any"
    filters: tuple[Annotated["Is | Compare | When | InMonth | Filled | InTop | AtLevel | Named",
                             Field(discriminator="type")], ...]  # fmt: skip


Filter = Annotated[
    Is | Compare | When | InMonth | Filled | InTop | AtLevel | Named | AnyOf,
    Field(discriminator="type"),
]


class Change(_Model):
    """What if: `number` is the rate in euros, by how many euros it changes, what an hour costs, or
    the hours; of who is served otherwise, how many hours each gets less. Those are the clients that
    the question asks about; level C where it names none. A rate goes for everybody then."""

    kind: Literal["client_leaves", "rate_per_hour", "rate_step", "serve_otherwise",
                  "hours_to_focus", "cost_per_hour", "costs_change",
                  "revenue_changes"]  # fmt: skip
    number: float | None = None
    share: float | None = None
    """Of the hours of those who are served otherwise, what they keep; half where it is not said.
    Of costs, revenue or a rate that change, by what part: 0.1 up, -0.1 down."""


class Having(_Model):
    """Of a breakdown, only the groups of which this holds. Without an amount: how many they are."""

    amount: Amount | None = None
    statistic: Literal["total", "mean"] = "total"
    operator: Operator
    value: float


class Question(_Model):
    """One reading of what was asked."""

    intent: Literal["count", "statistic", "breakdown", "clients", "compare", "what_if", "show",
                    "rank", "card", "reach"]  # fmt: skip
    amount: Amount | None = None
    also: tuple[Measure, ...] = ()
    """What is asked of the same clients or groups as well."""
    counted: bool = False
    """Whether it is asked how many they are, beside the amount."""
    statistic: Statistic | None = None
    group_by: Amount | Literal["level"] | None = None
    """What a breakdown goes by; a column of any kind is an amount of kind `column`. With intent
    `clients`: of each group the first `limit`. A breakdown of shares with filters tells for each
    group which part of it fulfils them; without, which part of the whole the group is."""
    monthly: bool = False
    """Whether a breakdown by a date goes by months; else by years."""
    bands: tuple[float, ...] = ()
    """Where a breakdown by an amount is cut; a single number is the width of every band."""
    having: Having | None = None
    filters: tuple[Filter, ...] = ()
    versus: tuple[Filter, ...] = ()
    """The other side of a comparison; the rest of the list where it is empty."""
    beside_all: bool = False
    """Whether the other side of a comparison is the whole list."""
    base: tuple[Filter, ...] = ()
    """Whom a share is a part of; everybody where it is empty."""
    order: Order = "most"
    limit: int | None = None
    skipped: int = 0
    """Of a list of clients, how many come before it: *de plekken 11 tot en met 20*."""
    part: float | None = None
    """With intent `reach`: up to which part of the whole amount clients are counted."""
    column: str = ""
    """Of what is known of one client, the column that was asked for; all where it is empty."""
    change: Change | None = None
    show: Show | None = None


class Side(_Model):
    """Figures of one set of clients. Amounts are None where none of them has one."""

    clients: int
    known: int
    """Clients with a known amount."""
    total: float | None = None
    mean: float | None = None
    median: float | None = None
    lowest: float | None = None
    highest: float | None = None


class Part(_Model):
    """One group of a breakdown. `label` is the value, or `low` and `upper` bound it, `upper` not
    included; None as `label` without bounds are the clients of whom it is not known."""

    label: str | None = None
    low: float | None = None
    upper: float | None = None
    side: Side
    whole: Side | None = None
    """The whole group, where `side` is a part of it."""
    month: date | None = None
    """The first day of the month that it stands for."""
    more: tuple[Side, ...] = ()
    """The figures of what was asked as well."""
    listed: tuple["Listed", ...] = ()


class Listed(_Model):
    client: str
    amount: float | None
    more: tuple[float | None, ...] = ()
    """What was asked of the client as well."""


class Fact(_Model):
    """What one column holds of one client; nothing where it is empty."""

    column: str
    text: str | None = None
    number: float | None = None
    day: date | None = None
    untold: int = 0
    """Of a column that differs between the client's rows: how many more values there are."""

    @property
    def is_empty(self) -> bool:
        return self.text is None and self.number is None and self.day is None


class Profits(_Model):
    """The profit as it is and as it would be, and how many clients cost more than they bring."""

    before: float
    after: float
    losing_before: int
    losing_after: int


class Answer(_Model):
    """The figures to a question. Which are filled depends on its intent."""

    question: Question
    lacking: str = ""
    """A code where the list cannot tell: `cost`, `hours`, `revenue`, `levels`, `no_client`, …"""
    clients: int = 0
    """All clients of the list; of a share, those it is a part of."""
    selected: Side | None = None
    rest: Side | None = None
    undecided: int = 0
    """Clients of whom a filter column is empty: they are not selected. Rows, with `by_row`."""
    by_row: tuple[str, ...] = ()
    """Columns of the question that differ between the rows of a client. Then groups and conditions
    go by row: amounts are those of the rows, and a client counts once wherever he has one."""
    parts: tuple[Part, ...] = ()
    parts_left_out: int = 0
    listed: tuple[Listed, ...] = ()
    facts: tuple[Fact, ...] = ()
    """What the list holds of one client."""
    what_if: WhatIf | None = None
    profits: "Profits | None" = None
    more: tuple[Side, ...] = ()
    """The selected clients, measured in what was asked as well."""
    rank: int | None = None
    """The place of the one client among all by the amount, the largest first; from 1."""
    reached: int | None = None
    """How many clients, the largest first, have the part that was asked for, at the least."""
    reached_amount: float | None = None
    """What those clients have together."""
    whole: Side | None = None
    """What a share is a share of: everybody, or its base."""
    within: int | None = None
    """The size of the top that was counted in."""
    outside: int | None = None
    """Clients outside that top who fulfil the other conditions."""


_QUESTIONS = TypeAdapter(tuple[Question, ...])


def as_text(questions: Sequence[Question]) -> str:
    """Questions as they are kept."""
    return _QUESTIONS.dump_json(tuple(questions), exclude_none=True).decode()


def from_text(text: str) -> tuple[Question, ...]:
    """Kept questions; none where an earlier program wrote them in another form."""
    try:
        return _QUESTIONS.validate_json(text)
    except ValidationError:
        return ()


def columns_of(part: object) -> Iterator[str]:
    """Every column that is named anywhere in a question."""
    if isinstance(part, tuple):
        for each in part:
            yield from columns_of(each)
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            value = getattr(part, name)
            if name == "column" and value:
                yield value
            else:
                yield from columns_of(value)
