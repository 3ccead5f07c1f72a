"""What is looked at only after a clear finding on the top: the best fifth, and combinations.

Each is a family of its own at the usual level, and carries the strength of the finding that opened
it: where that is no more than chance, so is everything here.
"""

import math
from collections.abc import Sequence

import numpy as np

from analysis.chance import CLEAR, verdict_of
from analysis.findings import SharedTrait
from analysis.group_families import families_of
from analysis.top10 import NEARLY_ALL, SharedTraits, choices_like, shared_traits
from analysis.trait_column import TraitColumn, column_of, is_one_fact, known_among

FEWEST_MEMBERS = 5
FEWEST_CLIENTS = 30
MOST_FOUND = 5


def best_fifth(
    traits: Sequence[TraitColumn], amounts: np.ndarray, gate: float, seed: int
) -> tuple[SharedTrait, ...]:
    """Per column the strongest condition of the best 20% of clients against the others, if clear.

    `traits` and `amounts` (all known) belong to the same clients. More clients show fainter traits
    than ten can, and show whether those of the ten hold further down. Max-T permutation.
    """
    order = np.argsort(-amounts, kind="stable")
    inside = np.zeros(len(amounts), dtype=bool)
    inside[order[: math.ceil(len(amounts) / 5)]] = True
    return clear_traits(traits, inside, gate, seed)


def clear_traits(
    traits: Sequence[TraitColumn], inside: np.ndarray, gate: float, seed: int
) -> tuple[SharedTrait, ...]:
    """Per column the strongest condition of these clients against all others, if clear.

    Without what nearly everybody is, and each fact once: a place, or its postcode.
    """
    if gate > CLEAR or inside.all() or not inside.any():
        return ()
    family, _ = families_of(traits, inside.astype(float), seed, depth=1)
    found: dict[int, SharedTrait] = {}
    told: list[np.ndarray] = []
    for place in np.argsort(-family.statistics, kind="stable").tolist():
        p_value = max(float(family.p_values[place]), gate)
        if p_value > CLEAR:
            break
        ((column, condition),) = family.members[place]
        shared = _shared(traits[column], condition, inside, p_value)
        holds = traits[column].holds(condition)
        if column in found or shared.in_all >= NEARLY_ALL:
            continue
        if not any(is_one_fact(holds, other) for other in told):
            found[column] = shared
            told.append(holds)
    return tuple(found.values())[:MOST_FOUND]


def _shared(trait: TraitColumn, condition: int, inside: np.ndarray, p_value: float) -> SharedTrait:
    known = trait.codes != trait.unknown
    holds = trait.holds(condition)
    having, drawn = int((holds & inside).sum()), int((known & inside).sum())
    others = int((known & ~inside).sum())
    rest = (int(holds.sum()) - having) / others if others else 0.0
    return SharedTrait(
        **trait.conditions[condition].model_dump(),
        in_top=having,
        top_size=drawn,
        in_rest=rest,
        in_all=float(holds.sum() / known.sum()),
        lift=having / drawn / rest if rest > 0 and drawn > 0 else None,
        p_value=p_value,
        verdict=verdict_of(p_value),
    )


def beyond_strongest(
    traits: Sequence[TraitColumn], places: np.ndarray, shared: SharedTraits, seed: int
) -> tuple[SharedTrait, ...]:
    """What the members with the strongest clear trait share beyond all others who have it.

    `entrepreneurs, and of those the ones over fifty`: a combination, tested among the clients with
    the first trait only. Empty below 5 such members, or 30 such clients.
    """
    if shared.smallest_p > CLEAR:
        return ()
    first = shared.traits[0]
    column, condition = column_of(first, traits)
    rows = np.flatnonzero(column.holds(condition))
    members = np.flatnonzero(np.isin(rows, places))
    if len(members) < FEWEST_MEMBERS or len(rows) < max(FEWEST_CLIENTS, 3 * len(members)):
        return ()
    among = known_among([trait for trait in traits if trait.header != column.header], rows)
    found = shared_traits(among, members, choices_like(members, len(rows), seed))
    gated = [
        trait.model_copy(update={"p_value": max(trait.p_value, shared.smallest_p)})
        for trait in found.traits
        if trait.verdict == "clear"
    ]
    return tuple(gated[:MOST_FOUND])
