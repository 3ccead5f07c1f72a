"""What is known of one client: *alles over klant 12*, *waar woont klant 12*."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.columns.plan import Column
from analysis.numbers import numbers_of
from bot.questions.answers.figures import Figures
from bot.questions.conditions.values import OTHER_QUESTION, read_clients, read_levels
from bot.questions.model import Answer, Fact, Named, Question
from bot.questions.pieces import Context, Pieces
from bot.questions.shared import Scored, leftover, with_other_clients
from bot.questions.words.columns import askable
from bot.questions.words.item import Item

MOST_FACTS = 40
MOST_OF_ONE_COLUMN = 5
_OTHER_QUESTIONS = ("what_if", "rank", "versus", "compare", "per", "how_much", "mean", "total",
                    "median", "share", "most", "least", "more", "less", "at_least", "at_most",
                    "than", "beyond", "advice", "neg", "or", "rest", "bands", "and")  # fmt: skip
_SAID = ("moment", "know", "asks", "about", "spoken", "became", "since", "past", "list", "who",
         "which", "earlier")  # fmt: skip
_ALLOWED = frozenset({"mag", "may", "allowed", "can", "kan"})
_NUMERIC = frozenset({"money", "number", "percentage", "duration"})


def card(items: Sequence[Item], context: Context) -> list[Scored]:
    """The reading, where one client is named and nothing is measured."""
    pieces = Pieces(items, context)
    read_levels(pieces)
    others = read_clients(pieces)
    told = [each for _, each in pieces.ordered_filters()]
    if len(told) != 1 or not isinstance(told[0], Named):
        return []
    free = [item for place, item in enumerate(items) if pieces.is_free(place)]
    if any(_asks_other(item) for item in free):
        return []
    if pieces.places("level"):
        # A card does not tell it: *in welk niveau valt klant 12*.
        pieces.take(*pieces.places(*_SAID, "level"))
        level = Question(intent="breakdown", group_by="level", filters=tuple(told))
        return [(pieces.cost + leftover(pieces), level)]
    columns = _columns(pieces) or _by_what_was_said(pieces)
    if len(columns) > 1:
        return []
    if not columns and pieces.places("moment"):
        # *Wanneer* asks for one date, and which was not understood.
        pieces.cost += OTHER_QUESTION
    pieces.take(*pieces.places(*_SAID))
    # *Voor het laatst*, *last*.
    pieces.take(*[at for at in pieces.places("bottom") if items[at].words.startswith("la")])
    question = Question(intent="card", filters=tuple(told), column=next(iter(columns), ""))
    cost = pieces.cost + leftover(pieces)
    return [(cost, question), *with_other_clients(question, others, cost)]


def _asks_other(item: Item) -> bool:
    if item.number is not None or any(kind.startswith("show:") for kind in item.kinds):
        return True
    return item.has(*_OTHER_QUESTIONS) and not item.has("skip", *_SAID)


def _columns(pieces: Pieces) -> tuple[str, ...]:
    """The columns that are named, or of which a value is: *is klant 12 ondernemer*."""
    found: dict[str, None] = {}
    for place in range(len(pieces.items)):
        concept = pieces.concept(place)
        if concept is None:
            continue
        column = concept.column or getattr(concept.condition, "column", "")
        known = pieces.context.column(column)
        if concept.lacking or known is None or known.kind in _NUMERIC or concept.amount is not None:
            continue
        found[column] = None
        pieces.take(place)
    return tuple(found)


def _by_what_was_said(pieces: Pieces) -> tuple[str, ...]:
    """The date of the last contact or of the beginning, or whether he may be called."""
    context = pieces.context
    calls = pieces.places("call") and pieces.places("may")
    if calls or (pieces.places("spoken") and any(item.words in _ALLOWED for item in pieces.items)):
        pieces.take(*pieces.places("call", "may"))
        return tuple(each.name for each in context.columns if each.role == "consent")
    if pieces.places("spoken"):
        return tuple(filter(None, [context.dated("last_contact")]))
    if pieces.places("became", "since"):
        return tuple(filter(None, [context.dated("since", "client_since")]))
    return ()


def card_of(figures: Figures, question: Question, chosen: np.ndarray) -> Answer:
    """The columns of this client that are filled in; the one that was asked for stands first."""
    places = np.flatnonzero(chosen)
    if question.column:
        figures.column(question.column)
    facts = [fact for place in places[:1] for each in askable(figures.clients)
             for fact in _facts(figures, each, int(place))]  # fmt: skip
    asked = [each for each in facts if each.column == question.column]
    others = [each for each in facts if each not in asked and not each.is_empty]
    return Answer(
        question=question,
        clients=len(figures.clients),
        facts=tuple([*asked, *others][:MOST_FACTS]),
    )


def _facts(figures: Figures, column: Column, place: int) -> list[Fact]:
    """One fact, or more where the client's rows differ."""
    clients = figures.clients
    if clients.by_row is not None and (several := clients.by_row.values_of(column.name, place)):
        told = [_fact(column, value) for value in several[:MOST_OF_ONE_COLUMN]]
        untold = len(several) - len(told)
        return [*told[:-1], told[-1].model_copy(update={"untold": untold})]
    return [_fact(column, clients.table[column.name].iloc[place])]


def _fact(column: Column, value: object) -> Fact:
    if pd.isna(value):
        return Fact(column=column.name)
    if column.kind == "date":
        return Fact(column=column.name, day=pd.Timestamp(value).date())
    if column.kind == "yes_no":
        return Fact(column=column.name, text="yes" if value else "no")
    if column.kind in _NUMERIC:
        number = float(numbers_of(pd.Series([value]))[0])
        return Fact(column=column.name, number=None if np.isnan(number) else number)
    return Fact(column=column.name, text=str(value))
