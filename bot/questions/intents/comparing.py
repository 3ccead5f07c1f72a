"""Two sides beside each other: *ondernemers tegenover de rest*."""

import itertools

from bot.questions.conditions.averages import is_beside_all
from bot.questions.conditions.values import OTHER_QUESTION, PROFIT, REVENUE
from bot.questions.intents.groups import ADDED_UP
from bot.questions.intents.measures import main_amount
from bot.questions.intents.statistics import statistic_of_words
from bot.questions.model import Amount, AtLevel, Filter, Is, Named, Question, Statistic
from bot.questions.pieces import Context, Pieces
from bot.questions.shared import Scored, counts_clients, leftover

_BETTER = frozenset({"beter", "slechter", "better", "worse"})
_YIELDING = ("oplever", "opbreng")
_THAN = (" dan", " als", " than", " as")
_HOLDING = ("compare", "more", "less", "than", "versus", "between", "equally", "oftener", "most",
            "least")  # fmt: skip
# Sides of which nobody said what to compare.
_IN_WHAT = 2.0
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
    signs = pieces.places("more", "less", "equally", "oftener")
    merged = [at for at in signs if pieces.items[at].words.endswith(_THAN)]
    plain = than if signs else []
    found = merged or _equal_to(pieces) or plain or _which_of_two(pieces)
    twice = _said_twice(pieces) or _levels_asked_twice(pieces)
    return next(iter(found or _whose_most(pieces) or twice or _opposites(pieces)), None)


def _equal_to(pieces: Pieces) -> list[int]:
    """The *as* of *as often as*, which is a small word elsewhere."""
    for place in pieces.places("equally"):
        return [at for at in range(place + 1, len(pieces.items))
                if pieces.is_free(at) and pieces.items[at].words == "as"]  # fmt: skip
    return []


def _which_of_two(pieces: Pieces) -> list[int]:
    """*Wie levert meer op, de zorg of de bouw*; *wonen er meer klanten in Ede of in Soest*."""
    more, starts = pieces.places("more", "less"), sorted(pieces.filters)
    if not more or pieces.places("list", "how_much"):
        return []
    if _names_amount(pieces) and len(starts) == 2 and _are_two_clients(pieces, starts):
        # *11326 en 10049, wie zit hier langer*.
        return [at for at in pieces.places("or", "and") if starts[0] < at < starts[1]]
    measured = _names_amount(pieces) and not pieces.places("clients")
    if not measured and not _counts_sides(pieces):
        return []
    return [at for at in pieces.places("or") if starts[:1] < [at] < starts[-1:]]


def _are_two_clients(pieces: Pieces, starts: list[int]) -> bool:
    return all(isinstance(pieces.filters[start], Named) for start in starts)


def _whose_most(pieces: Pieces) -> list[int]:
    """*Wie kost het meest, ondernemers of particulieren*: which of both, and no list of them."""
    most, starts = pieces.places("most", "least"), sorted(pieces.filters)
    if len(most) != 1 or len(starts) != 2 or not _names_amount(pieces) or pieces.places("list"):
        return []
    one, other = (pieces.filters[start] for start in starts)
    apart = starts[0] > most[0] or starts[1] < min(pieces.places("who", "which"), default=-1)
    if not apart or (isinstance(one, Is) and isinstance(other, Is) and _of_one_column(one, other)):
        return []
    return [at for at in pieces.places("or") if starts[0] < at < starts[1]]


def _opposites(pieces: Pieces) -> list[int]:
    """*Gemiddelde leeftijd van ondernemers en niet-ondernemers*: nobody is both."""
    starts = sorted(pieces.filters)
    if len(starts) < 2 or not (_names_amount(pieces) or pieces.places("how_much")):
        return []
    one, other = (pieces.filters[start] for start in starts[:2])
    opposite = (
        isinstance(one, Is) and isinstance(other, Is) and one.column == other.column
        and {*one.values, *other.values} == {"yes", "no"}
    )  # fmt: skip
    return [at for at in pieces.places("and") if opposite and starts[0] < at < starts[1]]


def _of_one_column(one: Is, other: Is) -> bool:
    """*Bakkers of slagers*, of which a breakdown tells more."""
    return one.column == other.column and one.values not in (("yes",), ("no",))


def _said_twice(pieces: Pieces) -> list[int]:
    """*Marge transport en marge ict*: the same amount, of one value and of another."""
    named = [at for at in range(len(pieces.items)) if pieces.amount(at) is not None]
    starts = sorted(pieces.filters)
    if len(named) != 2 or len(starts) != 2 or pieces.amount(named[0]) != pieces.amount(named[1]):
        return []
    one, other = (pieces.filters[start] for start in starts)
    alternate = named[0] < starts[0] < named[1] < starts[1]
    alternate = alternate or starts[0] < named[0] < starts[1] < named[1]
    if not (alternate and isinstance(one, Is) and isinstance(other, Is)):
        return []
    return [min(named[1], starts[1])] if one.column == other.column else []


def _levels_asked_twice(pieces: Pieces) -> list[int]:
    """*Hoeveel contacten met mijn A-klanten en hoeveel met die van B*."""
    asked, starts = pieces.places("how_much"), sorted(pieces.filters)
    if len(asked) != 2 or len(starts) != 2 or not starts[0] < asked[1] < starts[1]:
        return []
    both = all(isinstance(pieces.filters[start], AtLevel) for start in starts)
    if not both or not _names_amount(pieces):
        return []
    pieces.take(asked[1])
    return [asked[1]]


def _names_amount(pieces: Pieces) -> bool:
    return any(pieces.amount(at) is not None for at in range(len(pieces.items)))


def _counts_sides(pieces: Pieces) -> bool:
    """*Meer huurders dan kopers*, *evenveel klanten in Ede als in Soest*: how many they are."""
    if _names_amount(pieces) or pieces.places("agreed"):
        return False
    for place in pieces.places("more", "less", "equally", "how_much"):
        if pieces.items[place].words.endswith(_THAN):
            continue
        behind = place + 1
        while (
            pieces.has(behind, "skip", "of")
            and behind not in pieces.filters
            and not f" {pieces.items[behind].words}".endswith(_THAN)
        ):
            behind += 1
        if pieces.has(behind, "clients") or behind in pieces.filters:
            return True
    return False


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
    if several is None and (
        len(pieces.places("versus")) > 1 or _names_three(pieces, first, second)
    ):
        # Two are compared, not three.
        pieces.cost += OTHER_QUESTION
    beside_all = not second and not rest and _names_all(pieces, split)
    if not first or not (second or rest or beside_all):
        return []
    counts = _counts_sides(pieces)
    own = [pieces.amount(at) for at in pieces.places("more", "less", "equally")]
    apart = bool(pieces.places("versus", "compare"))
    pieces.take(split, *rest, *pieces.places(*_HOLDING))
    amount, statistic = _measured(pieces, own, group_by, counts=counts, apart=apart)
    if several is not None:
        by = Amount(kind="column", column=several.column)
        question = Question(intent="breakdown", amount=amount, statistic=statistic, group_by=by,
                            filters=(several,))  # fmt: skip
        return [(pieces.cost + leftover(pieces), question)]
    second, other = _completed(first, second)
    question = Question(intent="compare", amount=amount, statistic=statistic, filters=first,
                        versus=second, beside_all=beside_all)  # fmt: skip
    cost = pieces.cost + leftover(pieces)
    changed = {"filters": (*first, *other)}
    return [(cost, question), *[(cost, question.model_copy(update=changed)) for _ in other[:1]]]


def _completed(
    first: tuple[Filter, ...], second: tuple[Filter, ...]
) -> tuple[tuple[Filter, ...], tuple[Filter, ...]]:
    """The second side with what was said of the first alone, and what may go for the first too.

    *Ondernemers in Soest tegenover Ede* are entrepreneurs in both; *ondernemers tegenover
    particulieren in Ede* leaves it open.
    """
    if len(second) == 1 and len(first) > 1 and isinstance(second[0], Is) and second[0] not in first:
        column = second[0].column
        shared = tuple(
            each for each in first if not (isinstance(each, Is) and each.column == column)
        )
        return ((*shared, *second), ()) if len(shared) == len(first) - 1 else (second, ())
    if len(first) == 1 and len(second) > 1 and isinstance(first[0], Is):
        alike = [each for each in second if isinstance(each, Is) and each.column == first[0].column]
        if len(alike) == 1 and second[0] == alike[0]:
            return second, second[1:]
    return second, ()


def _names_all(pieces: Pieces, split: int) -> bool:
    """*Vergeleken met iedereen*, *dan gemiddeld*."""
    behind = [at for at in pieces.places("clients", "mean", "median") if at > split]
    named = any(pieces.amount(at) is not None for at in range(split + 1, len(pieces.items)))
    if not behind or named or (pieces.places("than") and not is_beside_all(pieces)):
        return False
    if any(pieces.has(at, "verb") for at in range(behind[0] + 1, len(pieces.items))):
        # *Vergeleken met iemand die nog elke dag werkt*, and not with everybody.
        pieces.cost += OTHER_QUESTION
    pieces.take(*behind)
    return True


def _measured(
    pieces: Pieces,
    own: list[Amount | None],
    group_by: Amount | str | None,
    *,
    counts: bool,
    apart: bool,
) -> tuple[Amount | None, Statistic | None]:
    """What is measured of both sides, and how; nothing where they are counted."""
    counted = pieces.places("how_much")
    pieces.cost += OTHER_QUESTION * any(counts_clients(pieces, at) and not counts for at in counted)
    pieces.take(*counted)
    amount, _ = main_amount(pieces)
    if amount == Amount(kind="revenue_per_hour") and PROFIT in own:
        # *More profitable per hour*.
        amount = Amount(kind="profit_per_hour")
    said = statistic_of_words(pieces)
    if isinstance(group_by, Amount) and amount is None and is_figure(group_by, pieces.context):
        # *Compare the top 20 with the rest by age*.
        amount = group_by
    elif group_by is not None:
        pieces.cost += OTHER_QUESTION
    amount = amount or next((each for each in own if each), None)
    if amount is None and pieces.places("agreed"):
        # *Do retired clients sign as often as entrepreneurs*.
        pieces.take(*pieces.places("agreed"))
        amount = Amount(kind="conversion")
    if amount is None and _compares_yields(pieces):
        # *Dat Soest meer oplevert dan Baarn*, of which the words are one phrase.
        amount = REVENUE
    if amount is None and pieces.places("spoken"):
        # *Do retired clients see me more often than the rest*.
        pieces.take(*pieces.places("spoken"))
        amount = Amount(kind="contacts")
    if counts and amount is None:
        return None, None
    if amount is None and any(each.words.split(" ")[0] in _BETTER for each in pieces.items):
        # *Is Soest beter dan Ede*: in what?
        pieces.cost += OTHER_QUESTION
    if amount is None and not apart:
        # *Hebben gepensioneerden vaker een koopwoning dan ondernemers* compares two shares.
        pieces.cost += _IN_WHAT
    amount = amount or REVENUE
    adds_up = amount.per is None and amount.kind in (*ADDED_UP, "column")
    return amount, said if said == "median" or (said == "total" and adds_up) else "mean"


def _compares_yields(pieces: Pieces) -> bool:
    signs = (item.words for item in pieces.items if item.has("more", "less"))
    return any(root in words for words in signs for root in _YIELDING)


def _several(pieces: Pieces, first: tuple[Filter, ...], second: tuple[Filter, ...]) -> Is | None:
    """*Vergelijk Soest, Baarn en Ede*: more than two values of one column."""
    sides = (*first, *second)
    many = len(pieces.places("versus")) > 1 and len(sides) > 2
    if not many and not (len(sides) == 2 and _names_three(pieces, first, second)):
        return None
    named = [each for each in sides if isinstance(each, Is) and not each.negated]
    if len(named) != len(sides) or len({each.column for each in named}) != 1:
        return None
    values = itertools.chain.from_iterable(each.values for each in named)
    return named[0].model_copy(update={"values": tuple(dict.fromkeys(values))})


def _names_three(pieces: Pieces, first: tuple[Filter, ...], second: tuple[Filter, ...]) -> bool:
    listed = [len(each.values) for each in (*first, *second) if isinstance(each, Is)]
    return bool(pieces.places("compare")) and sum(listed) > 2 and max(listed) > 1


def is_figure(amount: Amount, context: Context) -> bool:
    column = context.column(amount.column) if amount.kind == "column" else None
    return amount.kind != "column" or (column is not None and column.kind in FIGURES)
