"""Which of several tables is the list of clients."""

import math

from analysis.reading.sheet import Sheet

_TELLING = frozenset({"client_id", "client_name"})
_AMOUNTS = frozenset({"revenue", "revenue_part", "cost", "hours"})


def likeness_to_client_list(sheet: Sheet) -> float:
    """Return how much a table looks like a list of clients: known headings, and many rows."""
    # The dictionary belongs to the next step; which table to hand on is all that is asked of it.
    from analysis.columns.dictionary import look_up

    roles = [found.role for heading in sheet.header if (found := look_up(heading))]
    known = len(roles) + 3 * len(_TELLING & set(roles)) + 3 * len(_AMOUNTS & set(roles))
    size = sheet.cells.shape[0] * max(1, sheet.cells.shape[1])
    return (0.3 + known) * math.log1p(size)
