"""How alike clients are, over all their traits at once (Gower 1971)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.chance import corrected, verdict_of
from analysis.findings import Likeness
from analysis.trait_column import TraitColumn

SHARE_OF_LEVEL = 0.2
"""By itself a likeness counts from 0.01 on; the traits have the other four fifths of the level."""


@dataclass(frozen=True)
class Alike:
    """How alike the top and each random choice are, and the chance of being as alike."""

    own: float
    random: np.ndarray
    p_value: float
    """Not corrected for the traits being tested beside it."""


def alike_of(
    traits: Sequence[TraitColumn], places: np.ndarray, choices: np.ndarray
) -> Alike | None:
    """How alike the clients at `places` are, against random choices of as many.

    `choices` has shape (choices, clients). None without traits, with fewer than two clients, or
    where they know nothing in common.
    """
    if not traits or len(places) < 2:
        return None
    similarities = mean_similarities(traits, np.vstack([places[None, :], choices]))
    if np.isnan(similarities[0]):
        return None
    similarities = np.nan_to_num(similarities)
    random = similarities[1:]
    p_value = float(corrected(-similarities[:1], -random)[0])
    return Alike(float(similarities[0]), random, p_value)


def likeness_of(alike: Alike, smallest_trait_p: float) -> Likeness:
    """The finding: clear by itself at its share of the level, or beside a clear trait."""
    p_value = min(1.0, alike.p_value / SHARE_OF_LEVEL, max(alike.p_value, smallest_trait_p))
    return Likeness(
        similarity=alike.own,
        beats_random_tens=float((alike.random < alike.own).mean()),
        random_similarity=float(alike.random.mean()),
        p_value=p_value,
        verdict=verdict_of(p_value),
    )


def mean_similarities(traits: Sequence[TraitColumn], groups: np.ndarray) -> np.ndarray:
    """Mean similarity over all pairs of each group, shape (groups,).

    `groups` holds positions of clients, shape (groups, clients). A pair is compared on the traits
    that both know; NaN where no pair knows a trait in common.
    """
    one, other = np.triu_indices(groups.shape[1], 1)
    alike = np.zeros((len(groups), len(one)), dtype=np.float32)
    compared = np.zeros_like(alike)
    for trait in traits:
        codes = trait.codes[groups]
        both = (codes[:, one] != trait.unknown) & (codes[:, other] != trait.unknown)
        compared += both
        if trait.numbers is None:
            alike += both & (codes[:, one] == codes[:, other])
        else:
            scaled = scaled_numbers(trait.numbers)[groups]
            distance = np.abs(scaled[:, one] - scaled[:, other])
            alike += np.where(both, 1 - distance, 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        per_pair = np.where(compared > 0, alike / compared, np.nan)
    known = (~np.isnan(per_pair)).sum(axis=1)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.nansum(per_pair, axis=1) / known, dtype=float)


def scaled_numbers(numbers: np.ndarray) -> np.ndarray:
    """Numbers between 0 and 1: the 1st to the 99th percentile, clipped; NaN becomes 0."""
    low, high = np.nanquantile(numbers, [0.01, 0.99])
    if high <= low:
        low, high = np.nanmin(numbers), np.nanmax(numbers)
    scaled = np.clip((numbers - low) / max(high - low, 1e-300), 0, 1)
    return np.asarray(np.nan_to_num(scaled), dtype=np.float32)
