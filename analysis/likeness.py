"""How alike clients are, over all their traits at once (Gower 1971)."""

from collections.abc import Sequence

import numpy as np

from analysis.chance import corrected, verdict_of
from analysis.findings import Likeness
from analysis.traits import TraitColumn

MOST_PAIRS = 200_000
FEWEST_CHOICES = 199
OWN_LEVEL = 5
"""Without a clear trait beside it a likeness counts at a fifth of the usual level, so that the
report as a whole keeps its promise."""


def likeness(
    traits: Sequence[TraitColumn],
    places: np.ndarray,
    choices: np.ndarray,
    smallest_trait_p: float,
) -> Likeness | None:
    """How alike the clients at `places` are, against random choices of as many.

    `choices` has shape (choices, clients). None without traits, or with fewer than two clients.
    """
    if not traits or len(places) < 2:
        return None
    pairs = len(places) * (len(places) - 1) // 2
    fewer = max(FEWEST_CHOICES, MOST_PAIRS // pairs)
    alike = mean_similarities(traits, np.vstack([places[None, :], choices[:fewer]]))
    own, random = float(alike[0]), alike[1:]
    if np.isnan(own):
        return None
    random = random[~np.isnan(random)]
    p_value = float(corrected(np.array([-own]), -random)[0])
    gated = min(1.0, max(p_value, smallest_trait_p), OWN_LEVEL * p_value)
    return Likeness(
        similarity=own,
        beats_random_tens=float((random < own).mean()) if random.size else 0.0,
        random_similarity=float(random.mean()) if random.size else 0.0,
        p_value=gated,
        verdict=verdict_of(gated),
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
