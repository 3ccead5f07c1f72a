"""The whole: clients in, findings out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from analysis.added_value import groups_of, standing
from analysis.chance import CLEAR, seed_of
from analysis.clients import Clients
from analysis.costs import Assumptions, estimate_costs
from analysis.findings import (
    ClientFacts,
    ColumnFacts,
    FileFacts,
    Findings,
    Focus,
    Group,
    LookAlike,
    Note,
    Pareto,
    SharedTrait,
    Skipped,
    Top10,
)
from analysis.focus import BORDERS, CLAIMS, focus_of, levels_of
from analysis.focus import FEWEST_CLIENTS as FEWEST_FOR_LEVELS
from analysis.group_families import smallest_of
from analysis.likeness import SHARE_OF_LEVEL, alike_of, likeness_of
from analysis.look_alikes import look_alikes
from analysis.measures import amounts_of
from analysis.pareto import pareto
from analysis.second_looks import best_fifth, beyond_strongest, clear_traits
from analysis.services import services_for
from analysis.signal_report import Report
from analysis.signals import signals_of
from analysis.sums import exact_sum
from analysis.top10 import (
    SharedTraits,
    Top,
    choices_like,
    shared_traits,
    top_by_hand,
    top_by_measure,
    top_clients,
)
from analysis.trait_column import TraitColumn, known_among
from analysis.traits import marked, traits_of

FEWEST_FOR_CLAIMS = 30
MOST_IN_TOP = 100
MOST_GUESSED = 8
FEWEST_TO_COMPARE = 10
"""Clients outside the top that the adviser must have considered before his marks are compared."""


def segment(
    clients: Clients,
    as_of: date,
    *,
    size: int = 10,
    measure: str = "revenue",
    chosen: Sequence[str] | None = None,
    marks: Mapping[str, Sequence[str]] | None = None,
    looked_at: Collection[str] | None = None,
    assumptions: Assumptions | None = None,
    borders: tuple[int, int] = BORDERS,
) -> Findings:
    """What these clients say on this day.

    `size` is that of the top (1 to 100); `measure` is `revenue`, `profit` or `profit_per_hour`;
    `chosen` names the top by hand, by client id. `marks` are what the adviser told of clients
    himself: ids by the code of the mark; each counts as a trait of the top, but of no group: he
    marks whom he knows, and those bring most. `looked_at` are the clients whom he considered, all
    where it is None: of others a mark is unknown, and none counts before he considered ten outside
    the top. `assumptions` stand behind estimated costs; `borders` part the service levels, in per
    cent of revenue. The same clients and day always give the same findings. Raises ValueError for
    a size, measure or borders that cannot be.
    """
    if not 1 <= size <= MOST_IN_TOP:
        raise ValueError(f"size must be between 1 and {MOST_IN_TOP}")
    notes = list(clients.notes)
    amounts = amounts_of(clients, measure)
    if amounts is None and measure != "revenue":
        notes.append(Note(code="measure_unknown", values={"measure": measure}))
        measure, amounts = "revenue", amounts_of(clients, "revenue")
    traits, about_traits = traits_of(clients, as_of, amounts)
    notes += about_traits
    concentration = _pareto(clients, assumptions or Assumptions(), notes)
    top = _top(clients, amounts, size, chosen, notes)
    told = () if top is None else _marks(clients, top, marks or {}, looked_at)
    if not traits and not told:
        notes.append(Note(code="no_trait_columns"))
    seed = _seed(clients, traits)
    top10 = None if top is None else _top10(clients, top, traits + told, measure, seed, notes)
    groups = _groups(clients, traits, amounts, measure, seed, notes)
    claims = _Claims(traits, seed, _gate(top10, groups))
    focus = _with_profiles(_focus(clients, as_of, borders, notes), clients, claims, borders)
    cost_per_hour = None if assumptions is None else assumptions.cost_per_hour
    report = Report(clients, as_of, top10, concentration, groups, focus, cost_per_hour)
    return Findings(
        as_of=as_of,
        file=_file_facts(clients),
        columns=_column_facts(clients),
        clients=ClientFacts(
            count=len(clients), rows_added_up=clients.rows_added_up, left_out=clients.left_out
        ),
        top10=top10,
        pareto=concentration,
        groups=groups,
        focus=focus,
        signals=signals_of(report),
        notes=tuple(notes),
    )


@dataclass(frozen=True)
class _Claims:
    """The traits, and how strong the strongest claim on them is."""

    traits: tuple[TraitColumn, ...]
    seed: int
    gate: float


def _gate(top10: Top10 | None, groups: Sequence[Group]) -> float:
    """The strongest claim of the report: what later looks must be held against."""
    p_values = [group.p_value for group in groups]
    p_values += [] if top10 is None else [trait.p_value for trait in top10.traits]
    return min(p_values, default=1.0)


def _pareto(clients: Clients, assumptions: Assumptions, notes: list[Note]) -> Pareto | None:
    if clients.revenue is None or np.isnan(clients.revenue).all():
        notes.append(Note(code="no_revenue"))
        return None
    from_file = any(column.role == "cost" and column.stored for column in clients.columns)
    found = pareto(
        clients.revenue,
        clients.cost,
        basis="file" if from_file else "margin",
        estimate=estimate_costs(clients, assumptions),
    )
    if found is None:
        return None
    if found.revenue <= 0:
        notes.append(Note(code="revenue_not_positive", values={"revenue": found.revenue}))
    if found.missing:
        notes.append(Note(code="revenue_missing", values={"count": found.missing}))
    if found.tied_at_80:
        notes.append(Note(code="tied_at_80", values={"count": found.tied_at_80}))
    claims = [column for column in clients.columns if column.meaning == CLAIMS and column.stored]
    notes += [
        Note(code="costs_assumed", values={"header": column.header})
        for column in claims
        if column.role == "cost" and column.why != "asked"
    ]
    if found.costs.basis == "none":
        notes.append(Note(code="no_costs"))
    elif found.costs.estimated:
        notes.append(Note(code="costs_estimated", values={"basis": found.costs.basis}))
    elif found.costs.left_out:
        notes.append(Note(code="costs_incomplete", values={"count": found.costs.left_out}))
    return found


def _top(
    clients: Clients,
    amounts: np.ndarray | None,
    size: int,
    chosen: Sequence[str] | None,
    notes: list[Note],
) -> Top | None:
    if chosen:
        top = top_by_hand(clients, chosen, amounts)
        unknown = len(set(chosen)) - len(top.members)
        if unknown:
            notes.append(Note(code="chosen_unknown", values={"count": unknown}))
        return top if top.members.size else None
    if amounts is None:
        return None
    top = top_by_measure(amounts, size)
    if top.tied_at_border:
        notes.append(Note(code="tied_at_border", values={"count": top.tied_at_border}))
    return top


def _marks(
    clients: Clients,
    top: Top,
    marks: Mapping[str, Sequence[str]],
    looked_at: Collection[str] | None,
) -> tuple[TraitColumn, ...]:
    """What the adviser marked, as traits, where he considered enough clients to compare with."""
    if not marks:
        return ()
    others = set(clients.ids) - set(clients.ids.iloc[top.members])
    if looked_at is not None and len(others & set(looked_at)) < FEWEST_TO_COMPARE:
        return ()
    return tuple(marked(clients.ids, mark, ids, looked_at) for mark, ids in marks.items() if ids)


def _top10(
    clients: Clients,
    top: Top,
    traits: tuple[TraitColumn, ...],
    measure: str,
    seed: int,
    notes: list[Note],
) -> Top10:
    total = None
    if clients.revenue is not None:
        total = exact_sum(clients.revenue[~np.isnan(clients.revenue)])
    shared, likeness = SharedTraits((), (), 0), None
    resembling: tuple[LookAlike, ...] = ()
    guesses: tuple[LookAlike, ...] = ()
    fifth: tuple[SharedTrait, ...] = ()
    beyond: tuple[SharedTrait, ...] = ()
    if _claims_allowed(top, notes) and traits:
        among = known_among(traits, top.eligible)
        choices = choices_like(top.places, len(top.eligible), seed)
        alike = alike_of(among, top.places, choices)
        share_of_level = 1.0 if alike is None else 1 - SHARE_OF_LEVEL
        shared = shared_traits(among, top.places, choices, share_of_level)
        if alike is not None:
            likeness = likeness_of(alike, shared.smallest_p)
        if shared.smallest_p > CLEAR:
            notes.append(Note(code="no_clear_traits", values={"tested": shared.tested}))
        gate = min(shared.smallest_p, 1.0 if likeness is None else likeness.p_value)
        if gate <= CLEAR:
            claims = [trait for trait in shared.traits if trait.verdict != "chance"]
            resembling = _look_alikes(clients, top, among, seed, claims)
            beyond = beyond_strongest(among, top.places, shared, seed)
            if top.chosen_by == "measure" and top.amounts is not None:
                fifth = best_fifth(among, top.amounts[top.eligible], gate, seed)
        else:
            notes.append(Note(code="no_look_alikes"))
            guesses = _look_alikes(clients, top, among, seed)[:MOST_GUESSED]
    return Top10(
        measure=measure,
        size=len(top.members),
        chosen_by=top.chosen_by,
        clients=top_clients(clients, top, total),
        tied_at_border=top.tied_at_border,
        traits=shared.traits,
        best_20_percent=fifth,
        agreeing=tuple(
            trait.header
            for trait in shared.traits
            if trait.verdict == "clear" and trait.header in {other.header for other in fifth}
        ),
        beyond_strongest=beyond,
        usual=shared.usual,
        likeness=likeness,
        profile=shared.profile,
        look_alikes=resembling,
        nearest=tuple(guess.client for guess in guesses),
    )


def _look_alikes(
    clients: Clients,
    top: Top,
    among: Sequence[TraitColumn],
    seed: int,
    claims: Sequence[SharedTrait] = (),
) -> tuple[LookAlike, ...]:
    # A top that was named by hand is not about the amounts: what others bring teaches nothing.
    amounts = None if top.chosen_by == "hand" or top.amounts is None else top.amounts[top.eligible]
    found = look_alikes(among, amounts, top.places, seed, claims)
    ids = clients.ids.iloc[top.eligible[[place for place, _ in found]]] if found else []
    return tuple(
        resembling.model_copy(update={"client": str(client)})
        for client, (_, resembling) in zip(ids, found, strict=True)
    )


def _claims_allowed(top: Top, notes: list[Note]) -> bool:
    count, size = len(top.eligible), len(top.members)
    if count < FEWEST_FOR_CLAIMS:
        notes.append(Note(code="fewer_than_30_clients", values={"count": count}))
        return False
    if 3 * size > count:
        notes.append(Note(code="top_is_most_of_the_file", values={"size": size, "count": count}))
        return False
    return True


def _groups(
    clients: Clients,
    traits: tuple[TraitColumn, ...],
    amounts: np.ndarray | None,
    measure: str,
    seed: int,
    notes: list[Note],
) -> tuple[Group, ...]:
    if amounts is None or not traits:
        return ()
    known = np.flatnonzero(~np.isnan(amounts))
    if len(known) < FEWEST_FOR_CLAIMS:
        return ()
    among = known_among(traits, known)
    # Hours say what an hour brings; where the measure is one per hour already they say nothing.
    hours = None if clients.hours is None or measure == "profit_per_hour" else clients.hours[known]
    groups, tested = groups_of(among, amounts[known], measure, seed, hours, notes=notes)
    if groups:
        least = {"count": smallest_of(len(known)), "combined": smallest_of(len(known), 2)}
        notes.append(Note(code="smallest_group", values=least))
    if all(group.verdict != "clear" for group in groups):
        notes.append(Note(code="no_clear_groups", values={"tested": tested}))
    told = (
        group.model_copy(update={"services": services_for(group.conditions, clients.columns)})
        if group.verdict == "clear"
        else group
        for group in groups
    )
    return tuple(sorted(told, key=standing))


def _with_profiles(
    focus: Focus | None, clients: Clients, report: _Claims, borders: tuple[int, int]
) -> Focus | None:
    """The levels with what sets each apart, looked at only beside something clear."""
    if focus is None or report.gate > CLEAR:
        return focus
    levels = levels_of(clients, borders)
    known = np.flatnonzero(levels != "")
    among = known_among(report.traits, known)
    profiled = tuple(
        level.model_copy(
            update={
                "profile": clear_traits(
                    among, levels[known] == level.level, report.gate, report.seed
                )
            }
        )
        for level in focus.levels
    )
    return focus.model_copy(update={"levels": profiled})


def _focus(
    clients: Clients, as_of: date, borders: tuple[int, int], notes: list[Note]
) -> Focus | None:
    known = 0 if clients.revenue is None else int((~np.isnan(clients.revenue)).sum())
    if 0 < known < FEWEST_FOR_LEVELS:
        notes.append(Note(code="fewer_than_20_clients", values={"count": known}))
    return focus_of(clients, as_of, borders)


def _seed(clients: Clients, traits: tuple[TraitColumn, ...]) -> int:
    amounts = [] if clients.revenue is None else [clients.revenue]
    return seed_of(*amounts, *(trait.codes for trait in traits))


def _file_facts(clients: Clients) -> FileFacts:
    source = clients.source
    return FileFacts(
        name=source.name,
        format=source.format,
        sheet=source.sheet,
        encoding=source.encoding,
        header_row=source.header_row,
        rows=clients.rows,
        skipped=tuple(Skipped(row=skipped.row, why=skipped.why) for skipped in source.skipped),
    )


def _column_facts(clients: Clients) -> tuple[ColumnFacts, ...]:
    return tuple(
        ColumnFacts(**column.model_dump(include=set(ColumnFacts.model_fields)))
        for column in clients.columns
    )
