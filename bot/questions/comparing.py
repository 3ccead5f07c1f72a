"""Two sides beside each other: *ondernemers tegenover de rest*."""

from bot.questions.conditions import OTHER_QUESTION, REVENUE
from bot.questions.measures import main_amount, statistic_of_words
from bot.questions.model import Amount, Filter, Is, Question
from bot.questions.pieces import Context, Pieces
from bot.questions.shared import Scored, counts_clients, leftover

_BETTER = frozenset({"beter", "slechter", "better", "worse"})
FIGURES = ("money", "number", "percentage", "duration")


def split_place(pieces: Pieces) -> int | None:
    """Where the second side of a comparison begins."""
    versus = pieces.places("versus")
    if versus:
        return versus[0]
    if pieces.places("compare"):
        links = [at for at in pieces.places("and", "present", "rest") if at > 0]
        starts = sorted(pieces.filters)
        return next((at for at in links if starts and at > starts[0]), None)
    than = [at for at in pieces.places("than") if pieces.filters and at > min(pieces.filters)]
    merged = [at for at in pieces.places("more", "less") if pieces.items[at].words.endswith(
        (" dan", " als", " than"))]  # fmt: skip
    plain = than if pieces.places("more", "less") else []
    return next(iter(merged or plain or _which_of_two(pieces)), None)


def _which_of_two(pieces: Pieces) -> list[int]:
    """*Wie levert meer op, de zorg of de bouw*."""
    more, starts = pieces.places("more", "less"), sorted(pieces.filters)
    measured = any(pieces.amount(at) is not None for at in range(len(pieces.items)))
    if not more or not measured or pieces.places("list", "clients", "how_much"):
        return []
    if any(at + 1 in starts for at in more):
        # *Meer ondernemers of gepensioneerden* is about how many they are.
        return []
    return [at for at in pieces.places("or") if starts[:1] < [at] < starts[-1:]]


def comparison(
    pieces: Pieces,
    filters: list[tuple[int, Filter]],
    split: int,
    group_by: Amount | str | None,
) -> list[Scored]:
    first = tuple(each for at, each in filters if at < split)
    second = tuple(each for at, each in filters if at > split)
    rest = pieces.places("rest")
    several = _several(pieces, first, second)
    if len(pieces.places("versus")) > 1 or (_names_three(pieces, first, second) and not several):
        # Two are compared, not three.
        pieces.cost += OTHER_QUESTION
    if not first or not (second or rest):
        return []
    own = [pieces.amount(at) for at in pieces.places("more", "less")]
    pieces.take(
        split, *rest, *pieces.places("compare", "more", "less", "than", "versus", "between")
    )
    counted = pieces.places("how_much")
    if any(counts_clients(pieces, at) for at in counted):
        # How many they are is no amount of theirs.
        pieces.cost += OTHER_QUESTION
    pieces.take(*counted)
    amount, _ = main_amount(pieces)
    statistic_of_words(pieces)
    if isinstance(group_by, Amount) and amount is None and is_figure(group_by, pieces.context):
        # *Compare the top 20 with the rest by age*.
        amount = group_by
    elif group_by is not None:
        pieces.cost += OTHER_QUESTION
    amount = amount or next((each for each in own if each), None)
    if amount is None and any(each.words.split(" ")[0] in _BETTER for each in pieces.items):
        # *Is Soest beter dan Ede*: in what?
        pieces.cost += OTHER_QUESTION
    amount = amount or REVENUE
    if several is not None:
        by = Amount(kind="column", column=several.column)
        question = Question(intent="breakdown", amount=amount, statistic="mean", group_by=by,
                            filters=(several,))  # fmt: skip
    else:
        question = Question(intent="compare", amount=amount, statistic="mean", filters=first,
                            versus=second)  # fmt: skip
    return [(pieces.cost + leftover(pieces), question)]


def _several(pieces: Pieces, first: tuple[Filter, ...], second: tuple[Filter, ...]) -> Is | None:
    """*Vergelijk Soest, Baarn en Ede*: more than two values of one column."""
    sides = (*first, *second)
    if len(sides) != 2 or not _names_three(pieces, first, second):
        return None
    one, other = sides
    if not isinstance(one, Is) or not isinstance(other, Is) or one.column != other.column:
        return None
    return one.model_copy(update={"values": (*one.values, *other.values)})


def _names_three(pieces: Pieces, first: tuple[Filter, ...], second: tuple[Filter, ...]) -> bool:
    listed = [len(each.values) for each in (*first, *second) if isinstance(each, Is)]
    return bool(pieces.places("compare")) and sum(listed) > 2 and max(listed) > 1


def is_figure(amount: Amount, context: Context) -> bool:
    column = context.column(amount.column) if amount.kind == "column" else None
    return amount.kind != "column" or (column is not None and column.kind in FIGURES)
