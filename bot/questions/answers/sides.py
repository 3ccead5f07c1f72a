"""The figures of one set of clients."""

import numpy as np

from analysis.sums import exact_sum
from bot.questions.model import Side

Divided = tuple[np.ndarray, np.ndarray]


def side_of(values: np.ndarray | None, inside: np.ndarray, over: Divided | None = None) -> Side:
    """The figures of these clients.

    `over` is what a ratio divides, and by what. Then its mean is that of all taken together,
    revenue over hours, for the mean of ratios lets a client of five minutes weigh as much as one of
    a week.
    """
    clients = int(inside.sum())
    if values is None:
        return Side(clients=clients, known=clients)
    places = inside & ~np.isnan(values)
    known = values[places]
    if not len(known):
        return Side(clients=clients, known=0)
    total = exact_sum(known)
    mean: float | None = total / len(known)
    if over is not None:
        both = inside & ~np.isnan(over[0]) & ~np.isnan(over[1])
        whole = exact_sum(over[1][both])
        mean = exact_sum(over[0][both]) / whole if whole > 0 else None
    return Side(
        clients=clients,
        known=len(known),
        total=None if over is not None else total,
        mean=mean,
        median=float(np.median(known)),
        lowest=float(known.min()),
        highest=float(known.max()),
    )
