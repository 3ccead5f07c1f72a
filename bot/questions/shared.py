"""What every kind of question shares: its conditions, and what its unused words cost."""

from bot.questions.conditions.averages import read_averages
from bot.questions.conditions.consent import read_consent
from bot.questions.conditions.counted_since import read_counted_since
from bot.questions.conditions.counts import read_times_spoken
from bot.questions.conditions.dated_rows import read_dated_rows
from bot.questions.conditions.limits import read_limit
from bot.questions.conditions.periods import read_periods
from bot.questions.conditions.results import read_offers, read_results
from bot.questions.conditions.thresholds import read_comparisons
from bot.questions.conditions.tops import read_tops
from bot.questions.conditions.values import read_clients, read_conditions, read_levels
from bot.questions.model import Named, Question
from bot.questions.pieces import Pieces

_FREE = frozenset(
    {
        "skip", "clients", "client", "list", "who", "which", "of", "and", "by", "present", "total",
        "during", "level", "yearly", "among", "earlier", "ours", "past", "sorts",
    }
)  # fmt: skip
_LEFT, _ANOTHER_UNKNOWN = 1.0, 0.2
_LEFT_BY_KIND = {
    "beyond": 1.7,
    "neg": 1.5,
    "or": 0.8,
    "than": 0.3,
    "spend": 0.2,
    "may": 0.0,
    "limit": 0.0,
    "names": 0.0,
    "whence": 0.0,
}
Scored = tuple[float, Question]
"""A reading with its cost."""


def read_filters(pieces: Pieces) -> list[tuple[int, int, str]]:
    read_levels(pieces)
    read_limit(pieces)
    read_offers(pieces)
    others = read_clients(pieces)
    read_consent(pieces)
    read_counted_since(pieces)
    read_times_spoken(pieces)
    read_periods(pieces)
    read_dated_rows(pieces)
    read_averages(pieces)
    read_tops(pieces)
    read_results(pieces)
    read_comparisons(pieces)
    read_conditions(pieces)
    return others


def with_other_clients(
    question: Question, others: list[tuple[int, int, str]], cost: float
) -> list[Scored]:
    """The same question about the client that the number could mean as well."""
    if len(others) != 1:
        return []
    filters = tuple(
        Named(client=others[0][2]) if isinstance(each, Named) else each for each in question.filters
    )
    return [(cost + 0.1, question.model_copy(update={"filters": filters}))]


def leftover(pieces: Pieces) -> float:
    """What the words cost that found no place.

    Of words that nobody knows the first makes it ask, and more of them add little: long sentences
    have more of them.
    """
    total, unknown = 0.0, 0
    for place, item in enumerate(pieces.items):
        if place in pieces.taken or item.kinds & _FREE:
            continue
        known = next((cost for kind, cost in _LEFT_BY_KIND.items() if item.has(kind)), _LEFT)
        total += known if item.known or not unknown else _ANOTHER_UNKNOWN
        unknown += not item.known
    return total


def kind_at(pieces: Pieces, place: int) -> str:
    amount = pieces.amount(place)
    return "" if amount is None else amount.kind


def counts_clients(pieces: Pieces, place: int) -> bool:
    """*Hoeveel klanten*, *hoeveel van mijn klanten*."""
    if pieces.items[place].words.endswith("much"):
        return False
    after = place + 1
    while pieces.has(after, "skip", "of") and not pieces.has(after, "clients"):
        if pieces.amount(after) is not None:
            # *How much of my time goes to clients over seventy*.
            return False
        after += 1
    return pieces.has(after, "clients")
