"""What could be coincidence: exact tails, random choices, and corrections for having looked a lot.

Nothing here knows what a trait or a client is.
"""

import hashlib
import math
from statistics import NormalDist

import numpy as np

from analysis.findings import Verdict

CLEAR = 0.05
HINT = 0.10
RANDOM_CHOICES = 1_999
SHUFFLES = 199

_NORMAL = NormalDist()


def verdict_of(p_value: float) -> Verdict:
    """`clear` up to 0.05, `hint` up to 0.10, else `chance`. For corrected p-values only."""
    if p_value <= CLEAR:
        return "clear"
    return "hint" if p_value <= HINT else "chance"


def seed_of(*arrays: np.ndarray) -> int:
    """A seed that follows from the content of these arrays and nothing else."""
    digest = hashlib.blake2b(digest_size=8)
    for array in arrays:
        contiguous = np.ascontiguousarray(array)
        digest.update(f"{contiguous.dtype.str}{contiguous.shape}".encode())
        digest.update(contiguous.tobytes())
    return int.from_bytes(digest.digest(), "big")


def random_choices(seed: int, population: int, size: int, count: int) -> np.ndarray:
    """`count` random choices of `size` different numbers below `population`, shape (count, size).

    Floyd's algorithm (Bentley and Floyd 1987), for all choices at once: the cost does not depend
    on the population.
    """
    generator = np.random.default_rng(seed)
    chosen = np.empty((count, size), dtype=np.int64)
    for step, last in enumerate(range(population - size, population)):
        drawn = generator.integers(0, last + 1, size=count)
        taken = (chosen[:, :step] == drawn[:, None]).any(axis=1)
        chosen[:, step] = np.where(taken, last, drawn)
    return chosen


def upper_tails(known: np.ndarray, holders: np.ndarray, size: int) -> np.ndarray:
    """P(K ≥ k) for K hypergeometric, as a table of shape (traits, size + 1, size + 1).

    Entry [s, m, k]: m clients are drawn from `known[s]` of whom `holders[s]` have the trait, and
    at least k of the m have it (the one-sided test of Fisher). Entries with k > m are 0.
    """
    known = np.asarray(known, dtype=np.int64)
    holders = np.asarray(holders, dtype=np.int64)
    log_have = _log_binomials(holders, size)
    log_lack = _log_binomials(known - holders, size)
    log_all = _log_binomials(known, size)
    drawn, having = np.indices((size + 1, size + 1))
    possible = having <= drawn
    with np.errstate(invalid="ignore"):
        log_mass = (
            log_have[:, having]
            + log_lack[:, np.where(possible, drawn - having, 0)]
            - log_all[:, drawn]
        )
    mass = np.where(possible & np.isfinite(log_mass), np.exp(log_mass), 0.0)
    tails = np.cumsum(mass[:, :, ::-1], axis=2)[:, :, ::-1]
    return np.asarray(np.minimum(tails, 1.0), dtype=float)


def _log_binomials(items: np.ndarray, most: int) -> np.ndarray:
    """log of (items over k) for k = 0 … most, shape (len(items), most + 1)."""
    steps = np.arange(most)
    left = items[:, None] - steps[None, :]
    with np.errstate(divide="ignore"):
        factors = np.log(np.maximum(left, 0)) - np.log(steps + 1.0)
    sums = np.cumsum(factors, axis=1)
    return np.concatenate([np.zeros((len(items), 1)), sums], axis=1)


def corrected(observed: np.ndarray, smallest_by_chance: np.ndarray) -> np.ndarray:
    """Single-step min-P (Westfall and Young 1993): (1 + #{smallest ≤ observed}) / (B + 1)."""
    ascending = np.sort(smallest_by_chance)
    # The same table gives observed and random values, so that equals are equal up to rounding.
    beaten = np.searchsorted(ascending, observed + 1e-9 * np.abs(observed), side="right")
    return np.asarray((1 + beaten) / (len(ascending) + 1), dtype=float)


def corrected_for_largest(observed: np.ndarray, largest_by_chance: np.ndarray) -> np.ndarray:
    """Single-step max-T: (1 + #{largest ≥ observed}) / (B + 1)."""
    return corrected(-observed, -largest_by_chance)


def normal_scores(amounts: np.ndarray) -> np.ndarray:
    """Φ⁻¹((rank - 0.5) / n) with mid-ranks for ties (van der Waerden), shape as given."""
    count = len(amounts)
    _, place, repeats = np.unique(amounts, return_inverse=True, return_counts=True)
    last = np.cumsum(repeats)
    middle = last - (repeats - 1) / 2.0
    shares = (middle - 0.5) / count
    return np.asarray(normal_quantiles(shares)[place], dtype=float)


def normal_quantiles(shares: np.ndarray) -> np.ndarray:
    """Φ⁻¹ of shares between 0 and 1, not included.

    Wichura's AS 241 (1988) for each distinct share, by the standard library.
    """
    return np.array([_NORMAL.inv_cdf(share) for share in shares.tolist()])


def log_upper_normal(border: float) -> float:
    """log P(Z > border) for a standard normal Z, also far out in the tail."""
    if border < 30:
        return math.log(math.erfc(border / math.sqrt(2)) / 2)
    return -border * border / 2 - math.log(border * math.sqrt(2 * math.pi))


def upper_normal(border: float) -> float:
    """P(Z > border) for a standard normal Z."""
    return math.erfc(border / math.sqrt(2)) / 2


def effect_given_selection(statistic: float, border: float) -> float:
    """The mean μ of Z ~ N(μ, 1) for which `statistic` is the median of all Z above `border`.

    Solves P(Z > statistic) / P(Z > border) = 1/2 by bisection: median-unbiased for a figure that
    is only spoken of past the border. Not below 0; 0 where the border is not passed.
    """
    if statistic <= border:
        return 0.0

    def excess(mean: float) -> float:
        return log_upper_normal(statistic - mean) - log_upper_normal(border - mean) - math.log(0.5)

    low, high = 0.0, statistic + 1.0
    if excess(low) >= 0:
        return 0.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) < 0 else (low, middle)
    return (low + high) / 2
