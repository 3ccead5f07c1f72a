"""Conditions on dates: since when somebody is a client, when he was last spoken to, what ends."""

from datetime import date

import pandas as pd

from bot.questions.conditions.birthdays import read_ages_to_come, read_birthdays
from bot.questions.conditions.spans import Span, calendar_period, length, period, shifted
from bot.questions.conditions.stretches import Lies, stretch_at, year_at
from bot.questions.conditions.tenure import read_years_as_client
from bot.questions.conditions.values import OTHER_QUESTION
from bot.questions.model import Amount, Compare, Filled, When
from bot.questions.pieces import Pieces
from bot.questions.words.lexicon import MONTH
from bot.questions.words.text import words_of

_NOT_NAMED = 0.3
_NEARLY_ALL = 0.95
_NEVER = ("nooit", "never")
_ROLES_OF: dict[str, tuple[str, ...]] = {
    "revenue": ("revenue", "revenue_part"),
    "cost": ("cost",),
    "profit": ("revenue", "cost"),
}


def read_periods(pieces: Pieces) -> None:
    """Takes every date column that is named together with its period."""
    read_ages_to_come(pieces, period)
    read_birthdays(pieces)
    _spoken(pieces)
    read_years_as_client(pieces)
    _other_dates(pieces)


def _spoken(pieces: Pieces) -> None:
    column = pieces.context.dated("last_contact")
    place = next(iter(pieces.places("spoken")), None)
    if place is None or not column:
        return
    # *Gesproken of gezien* is one thing in two words.
    pieces.take(*(at for at in pieces.places("or")
                  if pieces.has(at - 1, "spoken") and pieces.has(at + 1, "spoken")))  # fmt: skip
    near = [
        at for at in pieces.places("neg") if _near(at, place) and not _leaves_out(pieces, place, at)
    ]
    negations = sorted(near, key=lambda at: abs(at - place))[:1]
    found = period(pieces, place, turned=bool(negations), lies="past")
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
    counted = pieces.context.clients.contacts is not None
    none = Compare(amount=Amount(kind="contacts"), operator="equal", value=0)
    # *Geen laatste contact*, as the list calls it.
    heading = pieces.items[place].words.split() == words_of(column)
    if found is None and negations:
        never = Filled(column=column, negated=True)
        pieces.condition(place, place + 1, never)
        pieces.take(*pieces.places("spoken"))
        ever = any(item.words.endswith(_NEVER) for item in pieces.items)
        if counted and pieces.items[negations[0]].has("once"):
            # *Niet één keer gesproken* counts them.
            pieces.filters[place] = none
        elif counted and not ever and not heading:
            # Of whom no date is known, or with whom no contact was counted.
            pieces.either.append((never, none))
    pieces.take(*negations)
    whole = found is None or any(pieces.items[at].has("this_year") for at in found[1])
    if counted and negations and whole and not heading and "contact" in pieces.items[place].words:
        # *Heel het jaar geen contact*: no date within it, or a count of nought.
        pieces.either.append((pieces.filters[place], none))


def _leaves_out(pieces: Pieces, place: int, negation: int) -> bool:
    """*Laatste contact voor 2024, zonder de gepensioneerden*, which denies no contact."""
    behind = next(
        (at for at in range(negation + 1, len(pieces.items)) if not pieces.has(at, "skip")), None
    )
    concept = None if behind is None else pieces.concept(behind)
    told = concept is not None and concept.condition is not None
    return negation > place and (told or pieces.has(negation, "except"))


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
        return today, shifted(today, year, 1)
    if any(pieces.has(at, "past_year") for at in places):
        return shifted(today, year, -1), None
    return None


def _near(one: int, other: int) -> bool:
    return abs(one - other) <= 8


def _other_dates(pieces: Pieces) -> None:
    anchors = [(at, name) for at in range(len(pieces.items)) if (name := _date_column(pieces, at))]
    for place, column in anchors:
        found = period(pieces, place, turned=False, lies=_lies(pieces, column))
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


def _lies(pieces: Pieces, column: str) -> Lies:
    """Where a month without a year is meant: somebody became a client in the past, what is fixed
    ends in the future, and anybody may be born in any year."""
    dates = pieces.context.clients.table[column].dropna()
    if column == pieces.context.dated("birth_date") or dates.empty:
        return ""
    return "past" if dates.max() <= pd.Timestamp(pieces.context.as_of) else "ahead"


def _clients_since(pieces: Pieces) -> None:
    """*Klanten van voor 2000*: where nothing else is dated, since when they are clients."""
    column = pieces.context.dated("since", "client_since")
    for place in range(len(pieces.items)) if column else ():
        _clients_of_late(pieces, place, column)
        side = pieces.next(place, lambda at: pieces.has(at, "since", "before", "after"), step=-1)
        if stretch_at(pieces, place) is None or side is None:
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
    found = length(pieces, place, turned=False) if pieces.has(place - 1, "past") else None
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
