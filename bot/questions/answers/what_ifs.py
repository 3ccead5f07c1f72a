"""A *what if* and the clients that it is about → its figures."""

from dataclasses import replace

import numpy as np

from analysis.findings import Note
from analysis.sums import exact_sum
from analysis.what_if import (
    WhatIf,
    client_leaves,
    hours_to_focus,
    rate_per_hour,
    rate_step,
    serve_otherwise,
)
from bot.questions.answers.figures import Figures, Lacking
from bot.questions.answers.profits import profits_after
from bot.questions.model import HOURS_KEPT, Amount, Answer, Question

_WITHOUT_HOURS = frozenset({"costs_change", "revenue_changes", "client_leaves"})
_OF_PROFIT = frozenset({"costs_change", "revenue_changes", "cost_per_hour"})


def changed(figures: Figures, question: Question, chosen: np.ndarray) -> Answer:
    """The figures as they are and as they would be. Raises Lacking."""
    change, clients = question.change, figures.clients
    assert change is not None
    if clients.revenue is None:
        raise Lacking("revenue")
    if change.kind not in _WITHOUT_HOURS and clients.hours is None:
        raise Lacking("hours")
    if question.amount is not None and clients.cost is None:
        raise Lacking("cost")
    profits = profits_after(figures, change, chosen)
    if change.kind in _OF_PROFIT:
        return Answer(question=question, clients=len(clients), profits=profits)
    found = _outcome(figures, question, chosen)
    if found is None:
        raise Lacking("levels")
    return Answer(question=question, clients=len(clients), what_if=found, profits=profits)


def _outcome(figures: Figures, question: Question, chosen: np.ndarray) -> WhatIf | None:
    change, clients = question.change, figures.clients
    assert change is not None
    whose = chosen if question.filters else None
    match change.kind:
        case "client_leaves":
            return client_leaves(clients, clients.ids[chosen].astype(str).tolist())
        case "rate_per_hour":
            return rate_per_hour(clients, change.number or 0.0, whose=whose)
        case "rate_step":
            return rate_step(clients, step=change.number, share=change.share, whose=whose)
        case "serve_otherwise":
            return _served_otherwise(figures, question, chosen)
        case _:
            return hours_to_focus(clients, change.number or 0.0)


def _served_otherwise(figures: Figures, question: Question, chosen: np.ndarray) -> WhatIf | None:
    """These clients get only a part of their hours, or some less, and bring what they bring."""
    change, clients = question.change, figures.clients
    assert change is not None
    kept = HOURS_KEPT if change.share is None else change.share
    if not question.filters and change.number is None:
        return serve_otherwise(clients, hours_kept=kept)
    if not question.filters:
        chosen = figures.levels() == "C"
    hours = figures.amounts(Amount(kind="hours"))
    if change.number is None:
        left, note = hours * kept, Note(code="hours_kept", values={"share": kept})
    else:
        # Nobody gets less than none.
        left = np.fmax(hours - change.number, np.fmin(hours, 0.0))
        note = Note(code="hours_fewer", values={"hours": change.number})
    fewer = np.where(chosen, left, hours)
    freed = (hours - fewer)[~np.isnan(hours)]
    return WhatIf(
        question="serve_otherwise",
        before=client_leaves(clients, []).before,
        after=client_leaves(replace(clients, hours=fewer), []).before,
        hours_freed=exact_sum(freed),
        affected=int(chosen.sum()),
        assumptions=(note, Note(code="revenue_kept", values={"share": 1.0})),
    )
