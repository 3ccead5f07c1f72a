"""Money added up as it stands in the file, to the last decimal."""

import math

import numpy as np

MOST_DECIMALS = 6


def exact_sum(amounts: np.ndarray) -> float:
    """The sum of known amounts, rounded once.

    Amounts of up to six decimals are added as whole numbers, so that ten times 0.1 is 1; others as
    the binary numbers that they are, without loss on the way.
    """
    decimals = decimals_of(amounts)
    if decimals is None:
        return math.fsum(amounts)
    return int(np.rint(amounts * 10.0**decimals).astype(np.int64).sum()) / int(10**decimals)


def decimals_of(amounts: np.ndarray) -> int | None:
    """Decimals in which every amount is written; None where none do or sums would overflow."""
    largest = float(np.abs(amounts).max(initial=0.0))
    for decimals in range(MOST_DECIMALS + 1):
        scale = 10.0**decimals
        # Beyond 2^53 a float no longer tells neighbouring whole numbers apart.
        if largest * scale >= 2**53 or largest * scale * max(len(amounts), 1) >= 2**60:
            return None
        if np.array_equal(np.rint(amounts * scale) / scale, amounts):
            return decimals
    return None
