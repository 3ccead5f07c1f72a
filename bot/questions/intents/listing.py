"""Lists of clients with more than one figure of each: *12 klanten met omzet en kosten*."""

from bot.questions.model import Amount, Filter, InTop, Measure, Order, Question
from bot.questions.pieces import Pieces


def list_with_figures(
    pieces: Pieces,
    filters: list[tuple[int, Filter]],
    amount: Amount | None,
    also: tuple[Measure, ...],
    order: Order | None,
    *,
    listed: bool,
) -> Question | None:
    """The list, where clients are named before the figures; None where figures are asked."""
    if not also or pieces.counted:
        return None
    length = _length_of_list(pieces)
    named = min([*(at for at, _ in filters), *pieces.places("clients")],
                default=pieces.measured_at)  # fmt: skip
    of_a_top = bool(filters) and isinstance(filters[0][1], InTop)
    if length is None and not (named < pieces.measured_at and (listed or of_a_top)):
        return None
    return Question(
        intent="clients",
        amount=amount,
        also=also,
        filters=tuple(each for _, each in filters),
        order=order or "most",
        limit=length,
    )


def _length_of_list(pieces: Pieces) -> int | None:
    for place in pieces.places("clients"):
        if pieces.number(place - 1, "") and not pieces.items[place - 1].ordinal:
            pieces.take(place - 1)
            return int(pieces.items[place - 1].number or 0) or None
    return None
