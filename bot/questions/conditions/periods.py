"""Conditions on dates: since when somebody is a client, when he was last spoken to, what ends."""

from datetime import date

import pandas as pd

from bot.questions.conditions.birthdays import read_ages_to_come, read_birthdays
from bot.questions.conditions.stretches import Stretch, named_span, stretch_at, year_at
from bot.questions.conditions.values import OTHER_QUESTION
from bot.questions.model import Amount, Compare, Filled, When
from bot.questions.pieces import Pieces
from bot.questions.words.item import Item
from bot.questions.words.lexicon import MONTH
from bot.questions.words.text import words_of

LONGEST = 1_000
_NOT_NAMED = 0.3
_NEARLY_ALL = 0.95
_NEVER = ("nooit", "never")
_ROLES_OF: dict[str, tuple[str, ...]] = {
    "revenue": ("revenue", "revenue_part"),
    "cost": ("cost",),
    "profit": ("revenue", "cost"),
}
_TIME = ("years", "months", "weeks", "days")
Span = tuple[date | None, date | None]


def read_periods(pieces: Pieces) -> None:
    """Takes every date column that is named together with its period."""
    read_ages_to_come(pieces, _period)
    read_birthdays(pieces)
    _spoken(pieces)
    _years_as_client(pieces)
    _other_dates(pieces)


def _spoken(pieces: Pieces) -> None:
    column = pieces.context.dated("last_contact")
    place = next(iter(pieces.places("spoken")), None)
    if place is None or not column:
        return
    # *Gesproken of gezien* is one thing in two words.
    pieces.take(*(at for at in pieces.places("or")
                  if pieces.has(at - 1, "spoken") and pieces.has(at + 1, "spoken")))  # fmt: skip
    near = [at for at in pieces.places("neg") if _near(at, place)]
    negations = sorted(near, key=lambda at: abs(at - place))[:1]
    found = _period(pieces, place, turned=bool(negations))
    if found is None and negations and pieces.places("know", "unfilled"):
        # *Van wie is geen laatste contact bekend*: whether it is filled in.
        return
    if found is None and any(_goes_by_silence(pieces, at) for at in range(len(pieces.items))):
        # *Het langst niet gesproken*, of whom each was spoken to.
        pieces.take(*negations)
        return
    if found is not None:
        note_period(pieces, range(place, place + 1), column, found, negated=bool(negations))
        told = [at for at in pieces.places("longer") if not pieces.has(at, "more", "less")]
        pieces.take(*pieces.places("spoken"), *told)
    elif negations:
        never = Filled(column=column, negated=True)
        pieces.condition(place, place + 1, never)
        pieces.take(*pieces.places("spoken"))
        none = Compare(amount=Amount(kind="contacts"), operator="equal", value=0)
        # *Geen laatste contact*, as the list calls it.
        heading = pieces.items[place].words.split() == words_of(column)
        ever = any(item.words.endswith(_NEVER) for item in pieces.items)
        if pieces.context.clients.contacts is not None and pieces.items[negations[0]].has("once"):
            # *Niet één keer gesproken* counts them.
            pieces.filters[place] = none
        elif pieces.context.clients.contacts is not None and not ever and not heading:
            # Of whom no date is known, or with whom no contact was counted.
            pieces.either.append((never, none))
    pieces.take(*negations)
    counted = pieces.context.clients.contacts is not None
    whole = found is None or any(pieces.items[at].has("this_year") for at in found[1])
    named = pieces.items[place].words.split() == words_of(column)
    if counted and negations and whole and not named and "contact" in pieces.items[place].words:
        # *Heel het jaar geen contact*: no date within it, or a count of nought.
        none = Compare(amount=Amount(kind="contacts"), operator="equal", value=0)
        pieces.either.append((pieces.filters[place], none))


def _goes_by_silence(pieces: Pieces, place: int) -> bool:
    amount = pieces.amount(place)
    silent = amount is not None and amount.kind == "months_since_contact"
    return silent and pieces.has(place, "most", "least")


def note_period(
    pieces: Pieces, stands: range, column: str, found: tuple[Span, list[int]], *, negated: bool
) -> None:
    """Notes the condition that the date lies in the period, and what the words may mean as well.

    `negated`: nothing was on such a date, so that the last time lies before.
    """
    span, places = found
    other = _other_span(pieces, span, places, negated=negated)
    condition, either = (
        When(column=column, end=each[0])
        if negated and each[0] is not None
        else When(column=column, start=each[0], end=each[1])
        for each in (span, other or span)
    )
    if either != condition:
        pieces.either.append((condition, either))
    pieces.take(*places)
    pieces.condition(stands.start, stands.stop, condition)


def _other_span(pieces: Pieces, span: Span, places: list[int], *, negated: bool) -> Span | None:
    """The other period that the words may mean."""
    today, start = pieces.context.as_of, span[0]
    year = pd.DateOffset(years=1)
    if negated and start is not None and any(pieces.has(at, "since") for at in places):
        # *Sinds 2024 niet gesproken*: the last time lies before that year, or in it.
        whole_year = any(year_at(pieces, at) for at in places) and not any(
            kind.startswith(MONTH) for at in places for kind in pieces.items[at].kinds
        )
        return (date(start.year + 1, 1, 1), None) if whole_year else None
    if any(pieces.has(at, "coming_year") for at in places):
        return today, _shifted(today, year, 1)
    if any(pieces.has(at, "past_year") for at in places):
        return _shifted(today, year, -1), None
    return None


def _near(one: int, other: int) -> bool:
    return abs(one - other) <= 8


def _years_as_client(pieces: Pieces) -> None:
    """*Langer dan 10 jaar klant*: a number of years beside the word client."""
    for place in range(len(pieces.items)):
        if not pieces.number(place, "years", "months"):
            continue
        sign = pieces.next(place, lambda at: pieces.has(
            at, "longer", "shorter", "at_least", "at_most", "more", "less"), step=-1)  # fmt: skip
        bound = place + 1 if pieces.has(place + 1, "or_more", "or_less") else place
        follows = pieces.next(bound, lambda at: pieces.has(
            at, "clients", "client", "became", "ours") or _is_tenure(pieces, at))  # fmt: skip
        explicit = sign is not None and _only_of_time(pieces.items[sign])
        before = any(_is_tenure(pieces, at) or pieces.has(at, "became") for at in range(place))
        stands = any(pieces.has(at, "clients") for at in range(place))
        if follows is None and not (explicit and (before or stands)) and not (sign and before):
            continue
        if follows is None and sign is not None and pieces.items[sign].has("age"):
            continue
        operator = "at_most" if pieces.has(bound, "or_less") else _operator(pieces, sign)
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
        if not pieces.places("versus", "equally", "compare"):
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
        found = _period(pieces, place, turned=False)
        if found is None:
            continue
        note_period(pieces, range(place, place + 1), column, found, negated=False)
        verb = pieces.next(place, lambda at: pieces.has(at, "leaves"), step=-1)
        if column == pieces.context.dated("since"):
            # *Nieuwe klanten die erbij kwamen*, which says it twice.
            pieces.take(*pieces.places("became"))
        # *Bij wie stopt de rentevast in 2028*.
        pieces.take(*(at for at in (verb,) if at is not None and not pieces.places("what_if")))
    if not anchors:
        _clients_since(pieces)


def _clients_since(pieces: Pieces) -> None:
    """*Klanten van voor 2000*: where nothing else is dated, since when they are clients."""
    column = pieces.context.dated("since", "client_since")
    for place in range(len(pieces.items)) if column else ():
        _clients_of_late(pieces, place, column)
        side = pieces.next(place, lambda at: pieces.has(at, "since", "before", "after"), step=-1)
        if not column or stretch_at(pieces, place) is None or side is None:
            continue
        before = pieces.next(side, lambda at: pieces.has(at, "clients"), step=-1)
        behind = pieces.next(place, lambda at: pieces.has(at, "clients"))
        # *Van voor 2000 bij mij*.
        ours = bool(pieces.places("ours"))
        if before is None and behind is None and not ours:
            continue
        found = calendar_period(pieces, place)
        if found is not None:
            doubtful = not ours and _may_be_birth(pieces, found[0])
            pieces.cost += OTHER_QUESTION if doubtful else _NOT_NAMED
            note_period(pieces, range(side, place + 1), column, found, negated=False)


def _clients_of_late(pieces: Pieces, place: int, column: str) -> None:
    """*Klanten van de laatste 3 jaar*, who became so since."""
    found = _length(pieces, place, turned=False) if pieces.has(place - 1, "past") else None
    if found is None or not pieces.has(place - 2, "of") or not pieces.has(place - 3, "clients"):
        return
    note_period(pieces, range(place - 1, place + 1), column, found, negated=False)


def _may_be_birth(pieces: Pieces, span: Span) -> bool:
    """*Klanten van voor 1960* are rather born before it; nearly all are born before 2000."""
    births = pieces.context.dated("birth_date")
    if not births:
        return False
    start, end = (pd.Timestamp(day) if day else None for day in span)
    dates = pieces.context.clients.table[births].dropna()
    inside = dates.between(start or dates.min(), end or dates.max())
    part = float(inside.mean()) if len(dates) else 0.0
    return 0 < part < _NEARLY_ALL


def take_year_of(pieces: Pieces, amount: Amount | None) -> None:
    """Takes the year of *omzet in 2025*, where the heading of the amount says that year."""
    roles = _ROLES_OF.get(amount.kind, ()) if amount else ()
    headings = [each.header for each in pieces.context.clients.columns if each.role in roles]
    years = {word for heading in headings for word in words_of(heading)}
    compares = pieces.places("compare", "versus", "more", "less", "than")
    last_year = "" if compares else str(pieces.context.as_of.year - 1)
    for place in range(len(pieces.items)):
        of_clients = pieces.next(place, lambda at: pieces.has(at, "clients"), step=-1)
        measures = place > 0 and any(each.amount for each in pieces.items[place - 1].concepts)
        behind = pieces.items[place + 1 : place + 2]
        measures = measures or any(each.amount for item in behind for each in item.concepts)
        before = measures or pieces.has(place - 1, "during", "of")
        if of_clients is not None or (before and pieces.has(place - 2, "clients")):
            # *Omzet van klanten uit 2025* says since when they are clients.
            continue
        if before and year_at(pieces, place) and pieces.items[place].words in years:
            pieces.take(place - 1, place)
        elif pieces.has(place, "last_year") and last_year in years:
            pieces.take(place)


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


def _period(pieces: Pieces, near: int, *, turned: bool) -> tuple[Span, list[int]] | None:
    """The period nearest to this place that is still free, with the places that tell it.

    `turned`: a *not* goes with it, so that a bare length of time reaches back from today.
    """
    found = [
        (min(abs(at - near) for at in each[1]), each)
        for place in range(len(pieces.items))
        if (each := calendar_period(pieces, place) or _length(pieces, place, turned=turned))
    ]
    return min(found, key=lambda each: each[0])[1] if found else None


def calendar_period(pieces: Pieces, place: int) -> tuple[Span, list[int]] | None:
    """The day, month, year or range of them that is told here, with the places that tell it."""
    named = named_span(pieces, place)
    if named is not None:
        return named, [place]
    if pieces.has(place, "today"):
        return _from_today(pieces, place)
    stretch = stretch_at(pieces, place)
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


def _shifted(day: date, length: pd.DateOffset, times: int) -> date | None:
    try:
        moved: date = (pd.Timestamp(day) + times * length).date()
    except (ValueError, OverflowError):
        return None
    return moved
