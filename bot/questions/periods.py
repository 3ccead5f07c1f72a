"""Conditions on dates: since when somebody is a client, when he was last spoken to, what ends."""

from datetime import date

import pandas as pd

from bot.questions.items import Item
from bot.questions.model import Amount, Compare, Filled, When
from bot.questions.pieces import Pieces

FIRST_YEAR, LAST_YEAR = 1900, 2100
LONGEST = 1_000
_TIME = ("years", "months", "weeks", "days")
Span = tuple[date | None, date | None]


def read_periods(pieces: Pieces) -> None:
    """Takes every date column that is named together with its period."""
    _spoken(pieces)
    _years_as_client(pieces)
    _other_dates(pieces)


def _spoken(pieces: Pieces) -> None:
    column = pieces.context.dated("last_contact")
    place = next(iter(pieces.places("spoken")), None)
    if place is None or not column:
        return
    negations = [at for at in pieces.places("neg") if _near(at, place)]
    found = _period(pieces, turned=bool(negations))
    if found is None:
        if negations:
            pieces.condition(place, place + 1, Filled(column=column, negated=True))
            pieces.take(*negations)
        return
    (start, end), places = found
    if negations and start is not None:
        # Not spoken to since then: the last time lies before.
        start, end = None, start
    pieces.take(*negations, *places)
    pieces.condition(place, place + 1, When(column=column, start=start, end=end))
    pieces.take(*pieces.places("spoken", "longer"))


def _near(one: int, other: int) -> bool:
    return abs(one - other) <= 8


def _years_as_client(pieces: Pieces) -> None:
    """*Langer dan 10 jaar klant*: a number of years beside the word client."""
    for place in range(len(pieces.items)):
        if not pieces.number(place, "years", "months"):
            continue
        sign = pieces.next(place, lambda at: pieces.has(
            at, "longer", "shorter", "at_least", "at_most", "more", "less"), step=-1)  # fmt: skip
        follows = pieces.next(place, lambda at: pieces.has(at, "clients", "client", "became")
                              or _is_tenure(pieces, at))  # fmt: skip
        explicit = sign is not None and _only_of_time(pieces.items[sign])
        before = any(_is_tenure(pieces, at) or pieces.has(at, "became") for at in range(place))
        stands = any(pieces.has(at, "clients") for at in range(place))
        if follows is None and not (explicit and (before or stands)) and not (sign and before):
            continue
        if follows is None and sign is not None and pieces.items[sign].has("age"):
            continue
        operator = _operator(pieces, sign)
        item = pieces.items[place]
        years = (item.number or 0.0) / (12 if item.unit == "months" else 1)
        condition = Compare(
            amount=Amount(kind="years_as_client"),
            operator=operator,
            value=years,
        )
        start = place if sign is None else sign
        pieces.condition(start, place + 1, condition)
        if follows is not None:
            pieces.take(follows)
        pieces.take(*[at for at in range(len(pieces.items))
                      if _is_tenure(pieces, at) or pieces.has(at, "became")])  # fmt: skip
        _take_or_more(pieces, place + 1)
        return


def _only_of_time(item: Item) -> bool:
    return item.has("longer", "shorter") and not item.has("during", "more", "less")


def _take_or_more(pieces: Pieces, place: int) -> None:
    if pieces.has(place, "or_more", "or_less"):
        pieces.take(place)


def _is_tenure(pieces: Pieces, place: int) -> bool:
    amount = pieces.amount(place)
    return amount is not None and amount.kind == "years_as_client"


def _operator(pieces: Pieces, sign: int | None) -> str:
    if sign is None:
        return "at_least"
    item = pieces.items[sign]
    if item.words in ("al", "for", "in"):
        return "at_least"
    for operator, kinds in (
        ("at_least", ("at_least",)),
        ("at_most", ("at_most",)),
        ("less", ("less", "shorter")),
    ):
        if item.has(*kinds):
            return operator
    return "more"


def _other_dates(pieces: Pieces) -> None:
    anchors = [(at, name) for at in range(len(pieces.items)) if (name := _date_column(pieces, at))]
    for place, column in anchors:
        found = _period(pieces, turned=False)
        if found is None:
            continue
        (start, end), places = found
        pieces.take(*places)
        pieces.condition(place, place + 1, When(column=column, start=start, end=end))


def _date_column(pieces: Pieces, place: int) -> str:
    if not pieces.is_free(place):
        return ""
    if pieces.has(place, "born"):
        return pieces.context.dated("birth_date")
    if pieces.has(place, "became"):
        return pieces.context.dated("since")
    concept = pieces.concept(place)
    if concept is None or not concept.column or pieces.has(place, "spoken"):
        return ""
    column = pieces.context.column(concept.column)
    return column.name if column is not None and column.kind == "date" else ""


def _period(pieces: Pieces, *, turned: bool) -> tuple[Span, list[int]] | None:
    """The first period that is still free, with the places that tell it.

    `turned`: a *not* goes with it, so that a bare length of time reaches back from today.
    """
    for place in range(len(pieces.items)):
        found = _calendar(pieces, place) or _length(pieces, place, turned=turned)
        if found is not None:
            return found
    return None


def _calendar(pieces: Pieces, place: int) -> tuple[Span, list[int]] | None:
    today = pieces.context.as_of
    year, month = date(today.year, 1, 1), date(today.year, today.month, 1)
    named = {
        "this_year": (year, 0, 12),
        "last_year": (year, -12, 12),
        "next_year": (year, 12, 12),
        "this_month": (month, 0, 1),
        "last_month": (month, -1, 1),
        "next_month": (month, 1, 1),
    }
    for kind, (base, away, months) in named.items():
        if pieces.has(place, kind):
            first, last = (
                pd.Timestamp(base) + pd.DateOffset(months=away + more) for more in (0, months)
            )
            return (first.date(), last.date()), [place]
    number = _year(pieces, place)
    if number is None:
        return None
    start, end = date(number, 1, 1), date(number + 1, 1, 1)
    before = pieces.next(place, lambda at: pieces.has(
        at, "since", "before", "after", "during", "between", "at_most", "at_least",
        "became"), step=-1)  # fmt: skip
    if before is None:
        return (start, end), [place]
    item, places = pieces.items[before], [before, place]
    if item.has("between"):
        last = _second_year(pieces, place)
        if last is None:
            return None
        until = _year(pieces, last) or number
        return (start, date(until + 1, 1, 1)), [before, *range(place, last + 1)]
    if item.has("became"):
        since = item.words.endswith(("sinds", "since"))
        return (start, None if since else end), [place]
    if item.has("since", "at_least"):
        return (start, None), places
    if item.has("after"):
        return (end, None), places
    if item.has("at_most"):
        return (None, end), places
    if item.has("during"):
        return (start, end), places
    return (None, start), places


def _second_year(pieces: Pieces, place: int) -> int | None:
    if pieces.has(place + 1, "and", "before", "at_most") and _year(pieces, place + 2):
        return place + 2
    return None


def _year(pieces: Pieces, place: int) -> int | None:
    if not pieces.number(place, ""):
        return None
    number = pieces.items[place].number or 0.0
    return int(number) if FIRST_YEAR <= number < LAST_YEAR and number == int(number) else None


def _length(pieces: Pieces, place: int, *, turned: bool) -> tuple[Span, list[int]] | None:
    if not pieces.number(place, *_TIME):
        return None
    today, item = pieces.context.as_of, pieces.items[place]
    moved = _moved(item)
    if moved is None:
        return None
    sign = pieces.next(place, lambda at: pieces.has(
        at, "within", "past", "longer", "more", "shorter", "less", "at_least", "since", "during",
        "of"), step=-1)  # fmt: skip
    places = [place] if sign is None else [sign, place]
    ago = pieces.has(place + 1, "ago")
    if ago:
        places.append(place + 1)
    kinds = pieces.items[sign].kinds if sign is not None else frozenset()
    earlier, later = _shifted(today, moved, -1), _shifted(today, moved, 1)
    if earlier is None or later is None:
        return None
    if turned:
        return (earlier, None), places
    if ago:
        recent = bool(kinds & {"shorter", "less"})
        return ((earlier, None) if recent else (None, earlier)), places
    if "within" in kinds:
        return (today, later), places
    if "past" in kinds:
        return (earlier, None), places
    return None


def _moved(item: Item) -> pd.DateOffset | None:
    number = item.number or 0.0
    if not 0 < number <= LONGEST:
        return None
    if item.unit in ("years", "months"):
        months = number * (12 if item.unit == "years" else 1)
        whole = int(months)
        return pd.DateOffset(months=whole, days=round((months - whole) * 30))
    return pd.DateOffset(days=round(number * (7 if item.unit == "weeks" else 1)))


def _shifted(day: date, length: pd.DateOffset, times: int) -> date | None:
    try:
        moved: date = (pd.Timestamp(day) + times * length).date()
    except (ValueError, OverflowError):
        return None
    return moved
