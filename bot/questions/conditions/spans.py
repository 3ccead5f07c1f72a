"""From which day to which a period lies: *sinds 2019*, *de laatste 3 jaar*, *tot eind 2028*."""

from datetime import date

import pandas as pd

from bot.questions.conditions.stretches import Lies, Stretch, named_span, stretch_at
from bot.questions.pieces import Pieces
from bot.questions.words.item import Item

LONGEST = 1_000
_TIME = ("years", "months", "weeks", "days")
Span = tuple[date | None, date | None]


def period(
    pieces: Pieces, near: int, *, turned: bool, lies: Lies = ""
) -> tuple[Span, list[int]] | None:
    """The period nearest to this place that is still free, with the places that tell it.

    `turned`: a *not* goes with it, so that a bare length of time reaches back from today.
    """
    found = [
        (min(abs(at - near) for at in each[1]), each)
        for place in range(len(pieces.items))
        if (each := calendar_period(pieces, place, lies) or length(pieces, place, turned=turned))
    ]
    return min(found, key=lambda each: each[0])[1] if found else None


def calendar_period(pieces: Pieces, place: int, lies: Lies = "") -> tuple[Span, list[int]] | None:
    """The day, month, year or range of them that is told here, with the places that tell it."""
    named = named_span(pieces, place)
    if named is not None:
        return named, [place]
    if pieces.has(place, "today"):
        return _from_today(pieces, place)
    stretch = stretch_at(pieces, place, lies)
    return None if stretch is None else _sided(pieces, place, stretch)


def _from_today(pieces: Pieces, place: int) -> tuple[Span, list[int]] | None:
    """*Tussen nu en eind 2028*, *van vandaag tot juni 2028*."""
    linked = pieces.has(place + 1, "and", "before", "at_most", "until")
    last = stretch_at(pieces, place + 2) if linked else None
    if last is None:
        return None
    opens = [at for at in (place - 1,) if pieces.has(at, "between", "of", "since")]
    until = pieces.has(place + 1, "before") and not pieces.has(place + 2, "ends")
    end = last.start if until and not pieces.has(place + 1, "at_most") else last.end
    return (pieces.context.as_of, end), [*opens, *range(place, last.last + 1)]


def _sided(pieces: Pieces, place: int, stretch: Stretch) -> tuple[Span, list[int]] | None:
    """The period on the side of it that the word before tells."""
    start, end = stretch.start, stretch.end
    written = list(range(place, stretch.last + 1))
    if pieces.has(stretch.last + 1, "later", "or_earlier"):
        # *In 2018 of later*.
        later = pieces.has(stretch.last + 1, "later")
        return (start, None) if later else (None, end), [*written, stretch.last + 1]
    before = pieces.next(place, lambda at: pieces.has(
        at, "since", "before", "after", "during", "between", "at_most", "at_least",
        "became"), step=-1)  # fmt: skip
    range_end = _range_end(pieces, stretch)
    if range_end is not None and not (before and pieces.has(before, "before", "after", "at_most")):
        # *2020 tot en met 2022*, *van 2020 tot 2022*.
        opens = [] if before is None or pieces.has(before, "became") else [before]
        return (start, range_end.end), [*opens, *range(place, range_end.last + 1)]
    if before is None:
        return (start, end), written
    item, places = pieces.items[before], [before, *written]
    second = stretch_at(pieces, stretch.last + 2) if pieces.has(stretch.last + 1, "or") else None
    if item.has("during") and second is not None and second.start == end:
        # *In 2028 of 2029*.
        return (start, second.end), [before, *range(place, second.last + 1)]
    if item.has("between"):
        linked = pieces.has(stretch.last + 1, "and", "before", "at_most")
        second = stretch_at(pieces, stretch.last + 2) if linked else None
        if second is None:
            return None
        return (start, second.end), [before, *range(place, second.last + 1)]
    if item.has("became"):
        since = item.words.endswith(("sinds", "since"))
        return (start, None if since else end), written
    if item.has("since", "at_least"):
        return (start, None), places
    if item.has("after"):
        return (end, None), places
    if item.has("at_most"):
        return (None, end), places
    if item.has("during"):
        return (start, end), places
    return (None, start), places


def _range_end(pieces: Pieces, stretch: Stretch) -> Stretch | None:
    """The last year or month of a range, that *tot en met* links with the first."""
    linked = pieces.has(stretch.last + 1, "at_most", "before", "until")
    last = stretch_at(pieces, stretch.last + 2) if linked else None
    return last if last is not None and last.start >= stretch.end else None


def length(pieces: Pieces, place: int, *, turned: bool) -> tuple[Span, list[int]] | None:
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
    earlier, later = shifted(today, moved, -1), shifted(today, moved, 1)
    if earlier is None or later is None:
        return None
    if turned:
        # *For 3 years or more*.
        more = [place + 1] if pieces.has(place + 1, "or_more") else []
        return (earlier, None), [*places, *more]
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


def shifted(day: date, length: pd.DateOffset, times: int) -> date | None:
    try:
        moved: date = (pd.Timestamp(day) + times * length).date()
    except (ValueError, OverflowError):
        return None
    return moved
