"""What the figures say, in numbers, without language: the document of `analyse --json`.

Money stands in the file's currency, shares between 0 and 1. None where a file cannot tell; a
note says why. `client` is always the id, else the row number, never a name.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA = 1

FEWEST_FOR_SHARES = 10
FEWEST_FOR_A_RULE = 20
NO_80_20 = 0.4
"""From this share of clients for 80% of revenue, the rule of thumb does not hold."""

Verdict = Literal["clear", "hint", "chance"]
CostBasis = Literal["file", "margin", "hours", "contacts", "claims", "products", "none"]
Share = Annotated[float, Field(description="between 0 and 1")]


class Finding(BaseModel):
    """Shared settings of all findings."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Note(Finding):
    """A remark as a code with parameters; the conversation makes a sentence of it.

    Codes of the segmentation, with their parameters:

    - `no_revenue`: no column says what a client brings in; Pareto, groups and focus are missing.
    - `revenue_not_positive` (`revenue`): the total is zero or less, so that no share exists.
    - `revenue_missing` (`count`): clients without an amount; they stand outside every figure.
    - `costs_estimated` (`basis`): the costs are an estimate from `hours`, `contacts`, `claims` or
      `products`.
    - `costs_assumed` (`header`): a column of claims is taken for costs of the office, unasked.
    - `no_costs`: the file knows no cost, hours, contacts, claims or products.
    - `costs_incomplete` (`count`): clients without costs; they stand outside the cost figures.
    - `fewer_than_30_clients` (`count`): no claims on traits or groups.
    - `fewer_than_20_clients` (`count`): no service levels.
    - `no_trait_columns`: no column of the file can serve as a trait.
    - `no_clear_traits` (`tested`): none of so many traits holds more often in the top than chance.
    - `no_look_alikes`: with neither a clear trait nor a clear likeness nobody can be pointed out.
    - `smallest_group` (`count`, `combined`): what has fewer clients was not compared as a group, by
      one condition or by several.
    - `no_clear_groups` (`tested`): none of so many groups brings demonstrably more or less.
    - `search_left_out` (`count`): so many traits, the weakest, had no part in groups of three: all
      of those would take too much work.
    - `top_is_most_of_the_file` (`size`, `count`): the top is over a third of all; no claims.
    - `tied_at_border` (`count`): clients outside the top with the amount of its last member.
    - `tied_at_80` (`count`): clients with the amount of the last one needed for 80%.
    - `column_like_id` (`header`): almost every client has a value of his own.
    - `column_differs_by_row` (`header`, `count`): so many clients have rows that differ in it; it
      tells of a row, not of a client.
    - `column_follows_measure` (`header`): the column is the measured amount in another form.
    - `column_constant` (`header`): every known value is the same.
    - `column_too_close` (`header`): the values differ, but not in years, months or region.
    - `column_too_empty` (`header`, `known`): too few clients have a value.
    - `measure_unknown` (`measure`): the file lacks what this measure needs.
    - `chosen_unknown` (`count`): so many of the clients named by hand are not in the file.
    """

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
    upper_value: str | None = None
    """The upper bound (not included) of ordered words, with `between` only."""
    kind: str = "category"
    derived: str | None = None
    """What was derived, where the trait is no column of the file: `age`, `years_as_client`,
    `months_since_contact`, `years_since`, `years_until`, `region` (two digits of a postal code),
    `past_state_pension_age`, `legal_form`, `growth`, or `mark` (the adviser's own)."""


class TopClient(Finding):
    """One of the top. `share` is his part of all revenue; None where the total is not positive."""

    client: str
    revenue: float | None
    cost: float | None
    share: Share | None
    amount: float | None = None
    """What the top was ordered by: revenue, profit, or profit per hour."""
    revenue_per_hour: float | None = None
    """His effective hourly rate; None without hours."""

    @property
    def loses(self) -> bool:
        """Whether he is known to cost more than he brings."""
        return self.cost is not None and self.revenue is not None and self.cost > self.revenue


class SharedTrait(Condition):
    """A trait of the ten against all other clients.

    `p_value` is corrected for every trait and cut point that was looked at (Westfall and Young,
    single-step min-P); for a number it is that of the rank sum of the top, at the cut that shows it
    best. `verdict` is `clear` up to 0.05, `hint` up to 0.10, else `chance`. Clients whose value is
    unknown count neither for nor against.
    """

    in_top: int
    """Members of the top that have the trait."""
    top_size: int
    """Members of the top whose value of this column is known."""
    in_rest: Share
    """Share of all other clients with a known value that have it; 0 where none is known."""
    lift: float | None
    """Share in the top divided by `in_rest`; None where nobody else has it."""
    p_value: float
    verdict: Verdict
    in_all: Share = 0.0
    """Share of all clients with a known value, the top included."""
    same_as: tuple[str, ...] = ()
    """Headings of other columns whose strongest trait holds for exactly the same clients."""


class Likeness(Finding):
    """How alike the top is, against random choices of as many clients.

    `similarity` is the mean Gower similarity over all pairs of the top: per trait 1 for the same
    category else 0, for numbers 1 - |difference| / range (range: 1st to 99th percentile), averaged
    over the traits that both know. `beats_random_tens` is the share of random choices that are
    less alike. `p_value` is corrected: the likeness has a fifth of the level and the traits the
    rest, so that both together make a false claim in at most 5 of 100 reports; or it stands beside
    a clear trait.
    """

    similarity: Share
    beats_random_tens: Share
    random_similarity: Share = 0.0
    """Mean similarity of the random choices: what the bare figure must be held against."""
    p_value: float = 1.0
    verdict: Verdict = "chance"


class LookAlike(Finding):
    """A client outside the top who resembles it, by all traits at once.

    `because` and `differs_in` are those of the clear traits and hints of the top that he has, and
    that he lacks: nothing that may be chance, and of traits that go together only the strongest.
    Both empty where only the likeness as a whole is clear.
    """

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
    best_20_percent: tuple[SharedTrait, ...] = ()
    """Clear traits of the best fifth of clients by the same measure (`top_size` is its size);
    looked at only beside a clear trait or likeness of the top."""
    agreeing: tuple[str, ...] = ()
    """Headings of clear traits of the top whose column is clear for the best fifth too."""
    beyond_strongest: tuple[SharedTrait, ...] = ()
    """What members with the first trait share beyond all others who have it: a combination.
    `in_rest` is the share among those others."""
    usual: tuple[SharedTrait, ...] = ()
    """Up to three traits that most of the top have, and most others too: no finding."""
    traits: tuple[SharedTrait, ...]
    likeness: Likeness | None
    profile: tuple[Condition, ...]
    look_alikes: tuple[LookAlike, ...]
    nearest: tuple[str, ...] = ()
    """Who would come first where nothing is clear, so that there are no look-alikes: a guess, only
    for who asks for it."""


class Costs(Finding):
    """The cost mirror: which part of the costs goes to which part of the clients.

    Over clients with a known revenue and a known cost only; `left_out` counts the others. The
    shares are None without costs, or where the costs add up to zero or less.
    """

    basis: CostBasis
    """`file`: a cost column; `margin`: revenue less margin; else what the estimate rests on."""
    total: float | None
    low: float | None = None
    high: float | None = None
    of_top_20: Share | None
    of_clients_for_80: Share | None
    of_rest_of_80: Share | None
    """Share of the costs of all clients outside those that bring 80% of revenue."""
    left_out: int = 0
    clients_for_80: Share | None = None
    """Smallest share of clients that carries 80% of the costs."""
    revenue_of_clients_for_80: float | None = None
    """Share of revenue of the clients that carry 80% of the costs."""
    estimated: bool = False
    """True where work stands in for costs. `total`, `low` and `high` are then None until the
    office told its cost per hour; shares need none. All figures are those halfway between the low
    and the high end of the assumptions (`analysis.costs.Assumptions`)."""
    hours: float | None = None
    hours_low: float | None = None
    hours_high: float | None = None
    of_top_20_range: tuple[Share, Share] | None = None
    """The lowest and highest share within the assumptions; None for costs from the file."""
    of_clients_for_80_range: tuple[Share, Share] | None = None
    of_rest_of_80_range: tuple[Share, Share] | None = None


class LossMaking(Finding):
    """Clients whose cost exceeds their revenue; `loss` is their result together, below zero."""

    count: int
    loss: float


class WithoutLargest(Finding):
    """The same figures as though the largest client were not there."""

    revenue: float
    clients_for_80: Share | None
    revenue_of_top_20: float | None
    gini: float | None


class CurvePoint(Finding):
    """After the best `clients` share of clients: share of revenue, and of costs where known."""

    clients: Share
    revenue: float
    cost: float | None


class ProfitPoint(Finding):
    """The profit of the most profitable `clients` together, from the highest profit down."""

    clients: int
    profit: float


class NaturalSplit(Finding):
    """Three classes where the curve itself bends (computed ABC; Ultsch and Lötsch 2015).

    Of the clients with a positive amount, on the points (share of clients, share of revenue): A up
    to the nearer of the point closest to (0, 1) and the last client above the average; C beyond the
    point closest to (the farther of the two, 1). Equal amounts are never parted.
    """

    a: int
    b: int
    c: int
    a_share: Share
    """Share of revenue (of positive amounts) that A brings."""
    b_share: Share


class Pareto(Finding):
    """Where the revenue comes from.

    Over the n clients with a known amount, ordered from large to small (on a tie the earlier one
    in the file first); C(k) is the sum of the k largest, T of all. Sums are exact for amounts of
    up to six decimals. A zero amount counts as a client, a missing one does not. Where T is zero
    or less no share exists and those fields are None. With negative amounts C rises above T before
    it falls: shares of revenue can exceed 1, and the first crossing is the smallest set.
    """

    revenue: float
    """T."""
    clients_for_80: Share | None
    """Smallest k with C(k) ≥ 0.8 T, divided by n."""
    clients_for_80_count: int | None
    revenue_of_top_20: float | None
    """C(k) / T for the first k = `top_20_count` clients."""
    top_20_count: int
    """n / 5, rounded up."""
    equal_point: Share | None
    """Smallest share k/n of clients that brings at least 1 - k/n of revenue: `75/25`."""
    gini: float | None
    """Σ (2i - n - 1) v(i) / (n Σ v) on ascending amounts, negative ones as zero; times n / (n - 1)
    below 30 clients. None where no amount is positive."""
    effective_clients: float | None
    """1 / Σ s² of the shares s (negative amounts as zero): as dependent as with so many clients
    of equal size."""
    largest_share: float | None
    top_10_share: float | None
    """C(10) / T; of fewer than ten clients, all of them."""
    zero: int
    negative: int
    tied_at_80: int
    """Clients with exactly the amount of the last one needed for 80%, where some of them fall
    outside: the number is right, which of them belong to it is not told. Else 0."""
    costs: Costs
    loss_making: LossMaking | None
    turning_point: int | None
    """Smallest number of clients, from the highest profit down, that together make the largest
    profit; None without costs, and where no client is loss-making (the curve never falls)."""
    curve: tuple[CurvePoint, ...] = ()
    """At most 60 points, from (0, 0) to (1, 1); empty where T is not positive."""
    clients: int = 0
    """n."""
    missing: int = 0
    """Clients without a known amount."""
    profit: float | None = None
    """Revenue less cost over the clients that have both."""
    profit_at_turning_point: float | None = None
    """Largest cumulative profit divided by the profit; None where the latter is not positive."""
    profit_curve: tuple[ProfitPoint, ...] = ()
    """The whale curve: at most 61 points from no client to all with a known profit, that of the
    turning point among them; empty without costs in money."""
    profit_of_clients_for_80: float | None = None
    """Share of the profit of the clients that bring 80% of revenue."""
    clients_for_last_1_percent: int = 0
    """Clients, from the smallest up, that together bring at most 1% of revenue."""
    without_largest: WithoutLargest | None = None
    """None with fewer than two clients."""
    natural_split: NaturalSplit | None = None
    """None below 20 positive amounts, or where all are equal."""

    @property
    def too_few(self) -> bool:
        """Whether there are so few clients that no share of them says anything."""
        return self.clients < FEWEST_FOR_SHARES

    @property
    def evenly_spread(self) -> bool:
        """Whether revenue is so even that 80/20 does not hold: a level by revenue then says little
        about where time should go."""
        enough = self.clients >= FEWEST_FOR_A_RULE
        return enough and self.clients_for_80 is not None and self.clients_for_80 > NO_80_20


class Group(Finding):
    """A group of clients by traits that brings more (or less) than the other clients.

    Tested on normal scores of ranks against the largest figure of the whole search in shuffled
    tables (max-T). No group holds more than half of the clients. `low` groups are only claimed
    beside a clear `high` one; where that one is most of the clients, it is told as the `low` group
    of the others, and no `high` one need be clear. Amounts are in the file's currency per client.
    """

    direction: Literal["high", "low"]
    measure: str
    conditions: tuple[Condition, ...]
    """All hold together."""
    size: int
    per_client: float
    rest_per_client: float
    """Mean of the clients outside the group whose traits are known or not."""
    ratio: float | None
    """per_client / rest_per_client; None unless both are positive."""
    expected_ratio: float | None
    """The ratio to count on: `ratio` corrected for having been picked as the best, never farther
    from 1 than `ratio` nor on its other side. It is exp(log(ratio) × μ / z), where μ is the mean
    for which the statistic z is the median of what passes the border. None without a `ratio`, where
    the group is no more than chance, and where the corrected figure does not point the way of
    `direction` by more than a factor 1.05."""
    p_value: float
    verdict: Verdict
    total: float = 0.0
    """What the group brings together."""
    share: float | None = None
    """Of the total; None where that is not positive."""
    per_hour: float | None = None
    """Total divided by hours, over the clients of the group that have hours."""
    rest_per_hour: float | None = None
    ten_more: float | None = None
    """What ten more such clients would bring, at the corrected ratio times what the others bring:
    taken for granted that new ones are like those there. None without an `expected_ratio`, and
    where the group brings less."""
    services: tuple[str, ...] = ()
    """Codes of the services that fit its traits (`analysis/services.csv`)."""

    @property
    def adjusted(self) -> bool:
        """Whether the ratio to count on is seen to be lower than the plain one."""
        if self.ratio is None or self.expected_ratio is None:
            return False
        return round(self.expected_ratio, 1) != round(self.ratio, 1)


class Level(Finding):
    """A service level: A the clients that bring the first 80% of revenue, B those up to 95%, C the
    others (both borders can be moved). Clients without a known amount have no level."""

    level: Literal["A", "B", "C"]
    clients: int
    revenue: float
    revenue_share: float | None
    cost_share: float | None
    hours: float | None
    per_client: float
    loss_making: int | None = None
    """Clients whose cost exceeds their revenue; None without costs."""
    meetings_per_year: float = 0.0
    """Of the proposal: one for each client of level A."""
    hours_needed: float = 0.0
    """What the proposal takes in a year: 4 hours for each client of level A, a meeting with its
    preparation and follow-up; half an hour for each of B, a short check; none by itself for C."""
    service: str = ""
    """What the proposal is: `meeting_yearly` (A), `short_check_yearly` (B), `on_request` (C)."""
    stop: tuple[str, ...] = ()
    """Sales effort to stop for this level: `acquisition`, `unasked_offers`, `sales_mailings`."""
    profile: tuple[SharedTrait, ...] = ()
    """Clear traits of the level against all other clients; looked at only beside a clear trait or
    group."""


class Conversion(Finding):
    """Deals per proposal of one level; the rate is None without proposals, or where there are more
    deals than proposals. `rate_low` and `rate_high`: the 95% interval of Wilson, wide for few."""

    level: Literal["A", "B", "C"]
    proposals: float
    deals: float
    rate: Share | None
    rate_low: Share | None = None
    rate_high: Share | None = None


class StillBinds(Finding):
    """Care that goes on for a client outside the focus, and the column it comes from.

    `why`: `rate_end`, `contract_end`, `pension_end` (dates still to come), `subscription`,
    `complaint`, `claim` (more than none), `no_consent` (the client does not want to be approached).
    `value` is an ISO date, a number in plain notation, or `true` or `false`.
    """

    client: str
    why: str
    header: str
    value: str


class Focus(Finding):
    """Three service levels, and the care that goes on for those outside level A."""

    levels: tuple[Level, ...]
    conversion: tuple[Conversion, ...] | None
    """Per level, over clients with both figures; None where proposals or deals are unknown."""
    still_binds: tuple[StillBinds, ...]
    """Of levels B and C, the soonest dates first; at most 50."""
    still_binds_total: int = 0
    """How many there are, those left out of the list included."""
    cannot_tell: tuple[str, ...] = ()
    """Codes of `StillBinds.why` for which the file has no column: care of that kind may go on
    unseen."""


class Signal(Finding):
    """A finding that a tip or a first answer can be chosen from; names in `analysis.signals`."""

    signal: str
    value: float
    tip: str = ""
    """The tip of the library that it triggers: `T01` …"""


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
