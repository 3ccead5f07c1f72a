"""Where to cut a number: at places that the data give and a person can remember."""

import math

import numpy as np

SHARES = (0.1, 0.25, 0.5, 0.75, 0.9)
"""More cuts find little more, and every further one raises the bar for all (measured)."""
SLACK = 0.02
"""A cut may move by this share of the clients, to land on a rounder number."""
FEW_VALUES = 10
MOST_DIGITS = 17


def cut_points(ascending: np.ndarray) -> np.ndarray:
    """Cut points c, ascending and all different, for conditions `≥ c` and `< c`.

    `ascending` holds the known values in order, at least two of them different. Few different
    values: a cut at each but the smallest. Else near these shares, at the roundest number.
    """
    different = np.unique(ascending)
    if len(different) <= FEW_VALUES:
        return np.asarray(different[1:], dtype=float)
    whole = bool(np.array_equal(different, np.rint(different)))
    cuts = []
    for share in SHARES:
        low, high = np.quantile(ascending, [share - SLACK, share + SLACK], method="inverted_cdf")
        cuts.append(roundest_between(float(low), float(high), whole=whole))
    unique = np.unique(cuts)
    inside = (unique > ascending[0]) & (unique <= ascending[-1])
    return np.asarray(unique[inside], dtype=float)


def roundest_between(low: float, high: float, *, whole: bool = False) -> float:
    """The number from `low` to `high` with the fewest digits, quarters and halves included.

    With `whole` only whole numbers, where there is one.
    """
    if low >= high:
        return low
    if low <= 0 <= high:
        return 0.0
    first = math.ceil(math.log10(max(abs(low), abs(high))))
    for power in range(first, first - MOST_DIGITS, -1):
        for part in (1.0, 0.5, 0.25):
            # Divided where the step is below one: 3 / 10 is 0.3, while 3 * 0.1 is not.
            step = part * 10.0 ** max(power, 0)
            scale = 10.0 ** max(-power, 0)
            candidate = math.ceil(low * scale / step) * step / scale
            if low <= candidate <= high and not (whole and candidate % 1):
                return candidate
    return low


def number_as_text(number: float) -> str:
    """Plain decimal notation without an exponent or needless zeros."""
    text = f"{number:.10f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
