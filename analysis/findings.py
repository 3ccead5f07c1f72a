"""What the figures say, in numbers, without language: the document of `analyse --json`.

Money stands in the file's currency, shares between 0 and 1. None where a file cannot tell; a
note says why. `client` is always the id, else the row number, never a name.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA = 1

Verdict = Literal["clear", "hint", "chance"]
Share = Annotated[float, Field(description="between 0 and 1")]


class Finding(BaseModel):
    """Shared settings of all findings."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Note(Finding):
    """A remark as a code with parameters; the conversation makes a sentence of it."""

    code: str
    values: dict[str, str | int | float | None] = {}


class Skipped(Finding):
    row: int
    why: str


class FileFacts(Finding):
    name: str
    format: str
    sheet: str
    encoding: str | None
    header_row: int | None
    rows: int
    skipped: tuple[Skipped, ...]


class ColumnFacts(Finding):
    header: str
    role: str
    kind: str
    confidence: float
    why: str
    stored: bool
    meaning: str = ""


class LeftOut(Finding):
    why: str
    count: int


class ClientFacts(Finding):
    count: int
    rows_added_up: bool
    left_out: tuple[LeftOut, ...]


class Condition(Finding):
    """One trait: a column and what it must be.

    `trait` reads the whole (`Ondernemer = ja`, `Leeftijd ≥ 50`); operator and value say the same
    in parts, so that it can be put in words.
    """

    header: str
    trait: str
    operator: Literal["is", "is_not", "at_least", "below", "between", "missing"]
    value: str | float | bool | None
    upper: float | None = None
    """The upper bound (not included), with `between` only."""
    kind: str = "category"
    derived: str | None = None
    """What was derived, where the trait is no column of the file: `age`, `years_as_client` …"""


class TopClient(Finding):
    client: str
    revenue: float | None
    cost: float | None
    share: Share | None


class SharedTrait(Condition):
    """A trait of the ten against all other clients.

    `p_value` is corrected for every trait and cut point that was looked at (Westfall and Young,
    single-step min-P); `verdict` is `clear` up to 0.05, `hint` up to 0.10, else `chance`.
    """

    in_top: int
    top_size: int
    in_rest: Share
    lift: float | None
    p_value: float
    verdict: Verdict


class Likeness(Finding):
    """How alike the ten are (mean Gower similarity), and the share of random tens they beat."""

    similarity: Share
    beats_random_tens: Share


class LookAlike(Finding):
    client: str
    score: float
    because: tuple[Condition, ...]
    differs_in: tuple[Condition, ...]


class Top10(Finding):
    measure: str
    size: int
    chosen_by: Literal["measure", "hand"]
    clients: tuple[TopClient, ...]
    tied_at_border: int = 0
    """Clients outside the ten with the same amount as the last of the ten."""
    traits: tuple[SharedTrait, ...]
    likeness: Likeness | None
    profile: tuple[Condition, ...]
    look_alikes: tuple[LookAlike, ...]


class Costs(Finding):
    basis: Literal["file", "margin", "hours", "contacts", "claims", "products", "none"]
    total: float | None
    low: float | None = None
    high: float | None = None
    of_top_20: Share | None
    of_clients_for_80: Share | None
    of_rest_of_80: Share | None
    """Share of the costs of all clients outside those that bring 80% of revenue."""


class LossMaking(Finding):
    count: int
    loss: float


class CurvePoint(Finding):
    """After the best `clients` share of clients: share of revenue, and of costs where known."""

    clients: Share
    revenue: float
    cost: float | None


class Pareto(Finding):
    """Where the revenue comes from; definitions in `analysis.pareto`."""

    revenue: float
    clients_for_80: Share | None
    clients_for_80_count: int | None
    revenue_of_top_20: float | None
    top_20_count: int
    equal_point: Share | None
    """Smallest share k/n of clients that brings at least 1 - k/n of revenue: `75/25`."""
    gini: float | None
    effective_clients: float | None
    largest_share: float | None
    top_10_share: float | None
    zero: int
    negative: int
    tied_at_80: int
    """Clients with exactly the amount of the last one needed for 80%."""
    costs: Costs
    loss_making: LossMaking | None
    turning_point: int | None
    """Clients, in order of profit, after which the total profit falls."""
    curve: tuple[CurvePoint, ...] = ()


class Group(Finding):
    direction: Literal["high", "low"]
    measure: str
    conditions: tuple[Condition, ...]
    size: int
    per_client: float
    rest_per_client: float
    ratio: float | None
    expected_ratio: float | None
    p_value: float
    verdict: Verdict


class Level(Finding):
    level: Literal["A", "B", "C"]
    clients: int
    revenue: float
    revenue_share: float | None
    cost_share: float | None
    hours: float | None
    per_client: float


class Conversion(Finding):
    level: Literal["A", "B", "C"]
    proposals: float
    deals: float
    rate: Share | None


class StillBinds(Finding):
    """Care that goes on for a client outside the focus, and the column it comes from."""

    client: str
    why: str
    header: str
    value: str


class Focus(Finding):
    levels: tuple[Level, ...]
    conversion: tuple[Conversion, ...] | None
    still_binds: tuple[StillBinds, ...]


class Signal(Finding):
    signal: str
    value: float


class Findings(Finding):
    """The whole document. `version` follows SCHEMA; a reader refuses a newer one."""

    version: int = Field(SCHEMA, alias="schema", serialization_alias="schema")
    as_of: date
    file: FileFacts
    columns: tuple[ColumnFacts, ...]
    clients: ClientFacts
    top10: Top10 | None
    pareto: Pareto | None
    groups: tuple[Group, ...]
    focus: Focus | None
    signals: tuple[Signal, ...]
    notes: tuple[Note, ...]
