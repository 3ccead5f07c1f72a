"""Numbers beside what they count, without a sign: *2 directieleden*, *nul akkoorden*, *3 of 4*."""

from bot.questions.model import Amount, AnyOf, Compare, Operator
from bot.questions.pieces import Pieces

MONEY = frozenset({"revenue", "cost", "profit"})
_COUNTED = frozenset({"contacts", "years_as_client", "months_since_contact", "age"})
# What may stand before a number that tells how many somebody has.
_BEFORE = ("and", "or", "who", "clients", "present", "verb", "only_one")
_ELSEWHERE = ("top", "bottom", "most", "least", "which", "list", "how_much", "per", "by", "during")


_SIGNS: tuple[tuple[str, Operator], ...] = (
    ("at_least", "at_least"),
    ("at_most", "at_most"),
    ("more", "more"),
    ("oftener", "more"),
    ("less", "less"),
)


def read_times_spoken(pieces: Pieces) -> None:
    """*Meer dan 5 keer gesproken*, *spoken to fewer than three times*: how many contacts."""
    if pieces.context.clients.contacts is None or not pieces.places("spoken"):
        return
    for place in range(len(pieces.items)):
        if not (pieces.number(place, "") and pieces.has(place + 1, "times")):
            continue
        sign = pieces.next(place, lambda at: pieces.has(at, *(each for each, _ in _SIGNS)), step=-1)
        bound = place + 2 if pieces.has(place + 2, "or_more", "or_less") else None
        if pieces.places("neg", "what_if", "than"):
            return
        told = pieces.items[place if sign is None else sign]
        operator: Operator = next((name for kind, name in _SIGNS if told.has(kind)), "equal")
        if bound is not None:
            operator = "at_least" if pieces.has(bound, "or_more") else "at_most"
        value = pieces.items[place].number or 0.0
        counted = Compare(amount=Amount(kind="contacts"), operator=operator, value=value)
        pieces.condition(place if sign is None else sign, (bound or place + 1) + 1, counted)
        pieces.take(*pieces.places("spoken"))
        return


def is_counted(pieces: Pieces, amount: Amount | None) -> bool:
    """Whether the amount is one of which somebody has so many: policies, employees, contacts."""
    if amount is None:
        return False
    column = pieces.context.column(amount.column)
    return amount.kind in _COUNTED or (column is not None and column.kind in ("number", "duration"))


def number_of_something(pieces: Pieces, place: int) -> tuple[Amount, int, int] | None:
    """What the number at this place counts, and from where to where it is said."""
    amount = pieces.amount(place + 1)
    if amount is None:
        return _said_before(pieces, place)
    nought = pieces.items[place].number == 0
    if amount.kind in MONEY | {"hours"} and not nought:
        return None
    if not (nought or amount.kind == "age" or _may_count(pieces, place, amount)):
        return None
    return amount, place, place + 2


def _may_count(pieces: Pieces, place: int, amount: Amount) -> bool:
    if is_counted(pieces, amount) and pieces.has(place + 2, "clients"):
        # *How many two-policy clients*.
        return True
    if pieces.next(place, lambda at: pieces.has(at, "present"), step=-1) is not None:
        return True
    before = place - 1
    while before >= 0 and pieces.items[before].has("skip") and not _tells(pieces, before):
        before -= 1
    if before < 0:
        return is_counted(pieces, amount) and not pieces.places("what_if")
    told = pieces.items[before]
    return is_counted(pieces, amount) and told.has(*_BEFORE) and not told.has(*_ELSEWHERE)


def _tells(pieces: Pieces, place: int) -> bool:
    return pieces.items[place].has(*_BEFORE, *_ELSEWHERE)


def _said_before(pieces: Pieces, place: int) -> tuple[Amount, int, int] | None:
    """*Als aantal klachten 0 is*."""
    amount = pieces.amount(place - 1)
    if amount is None or not pieces.has(place + 1, "verb") or not is_counted(pieces, amount):
        return None
    return amount, place - 1, place + 1


def alternative_numbers(pieces: Pieces, place: int) -> tuple[Compare | AnyOf, int, int] | None:
    """*Twee of drie directieleden*: one of these numbers."""
    numbers, at = [], place
    while pieces.number(at, ""):
        numbers.append(pieces.items[at].number or 0.0)
        at += 1
        if pieces.has(at, "or") and pieces.number(at + 1, ""):
            at += 1
    amount = pieces.amount(at)
    said = [pieces.items[each] for each in range(place, at)]
    if len(numbers) < 2 or amount is None or not is_counted(pieces, amount):
        return None
    if not any(item.has("or") for item in said):
        return None
    ordered = sorted(numbers)
    if [each - ordered[0] for each in ordered] == list(range(len(ordered))):
        condition: Compare | AnyOf = Compare(
            amount=amount, operator="between", value=ordered[0], upper=ordered[-1]
        )
    else:
        condition = AnyOf(filters=tuple(
            Compare(amount=amount, operator="equal", value=each) for each in ordered
        ))  # fmt: skip
    return condition, place, at + 1
