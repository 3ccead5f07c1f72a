"""A question and the clients → its answer in figures."""

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
import pandas as pd

from analysis.clients import Clients
from analysis.columns.plan import Column
from analysis.focus import LEVELS
from bot.questions.answers.by_row import ByRow, differing_in
from bot.questions.answers.cuts import bands, steps_of
from bot.questions.answers.figures import Figures, Lacking
from bot.questions.answers.selection import chosen as chosen_by
from bot.questions.answers.selection import compared
from bot.questions.answers.sides import side_of
from bot.questions.answers.what_ifs import changed
from bot.questions.intents.cards import card_of
from bot.questions.intents.ranks import ranked
from bot.questions.intents.reaching import reached
from bot.questions.model import (
    Amount,
    Answer,
    Compare,
    InTop,
    Listed,
    Part,
    Question,
    Side,
)

LISTED = 10
MOST_LISTED = 50
MOST_PARTS = 12
NOBODY = Side(clients=0, known=0)


def answer(question: Question, clients: Clients, as_of: date) -> Answer:
    """The figures. Where the list cannot tell, `lacking` says what it lacks.

    Raises KeyError where the question names a column that the list does not have any more.
    """
    try:
        differing = differing_in(question, clients)
        if not differing:
            return _Answering(clients, as_of).answer(question)
        found = _AnsweringByRow(clients, as_of, question).answer(question)
        return found.model_copy(update={"by_row": differing})
    except Lacking as lacking:
        return Answer(question=question, lacking=lacking.code, clients=len(clients))


class _Answering(Figures):
    """One method for each kind of question."""

    def answer(self, question: Question) -> Answer:
        chosen, unknown = chosen_by(self, (*question.base, *question.filters))
        match question.intent:
            case "what_if":
                return changed(self.per_client, question, self.whose(chosen))
            case "card":
                return card_of(self.per_client, question, self.whose(chosen))
            case "rank":
                return ranked(self.per_client, question, self.whose(chosen))
            case "reach":
                return reached(self.per_client, question, self.whose(chosen))
            case "breakdown":
                return self.breakdown(question, chosen, unknown)
            case "clients":
                return self.listed(question, chosen, unknown)
            case _:
                return self.sides(question, chosen, unknown)

    def sides(self, question: Question, chosen: np.ndarray, unknown: np.ndarray) -> Answer:
        """The selected clients beside the rest, or beside the other side of a comparison."""
        base, _ = chosen_by(self, question.base)
        other, doubt = ~chosen & ~unknown, unknown
        if question.beside_all:
            other = np.ones_like(chosen)
        elif question.versus:
            other, other_unknown = chosen_by(self, question.versus)
            doubt = unknown | other_unknown
        beside = bool(question.filters) and other.any()
        tops = [each for each in question.filters if isinstance(each, InTop) and not each.negated]
        within, outside = None, None
        if question.intent == "count" and len(tops) == 1 and len(question.filters) > 1:
            inside, _ = chosen_by(self, (tops[0],))
            others, _ = chosen_by(self, tuple(e for e in question.filters if e is not tops[0]))
            within, outside = self.count(inside), self.count(others & ~inside)
        return Answer(
            question=question,
            clients=self.count(base),
            selected=self.side(question.amount, chosen),
            rest=self.side(question.amount, other) if beside else None,
            whole=self.side(question.amount, base),
            more=self.more(question, chosen),
            undecided=int(doubt.sum()),
            within=within,
            outside=outside,
        )

    def listed(self, question: Question, chosen: np.ndarray, unknown: np.ndarray) -> Answer:
        if question.group_by is not None:
            return self.listed_in_each(question, chosen, unknown)
        values = self.values_in_order(question, chosen)
        more = [self.measured(each.amount, chosen) for each in question.also]
        chosen = self.whose(chosen)
        places = in_order(values, chosen, question)
        nameless = np.flatnonzero(chosen & np.isnan(values))
        if question.limit is not None:
            places = places[question.skipped : question.skipped + question.limit]
            nameless = nameless[:0]
            chosen = np.isin(np.arange(len(values)), places)
        shown = np.concatenate([places, nameless])[: min(question.limit or LISTED, MOST_LISTED)]
        return Answer(
            question=question,
            clients=len(self.clients),
            selected=side_of(values, chosen),
            undecided=int(unknown.sum()),
            listed=self.rows(values, shown, more),
        )

    def values_in_order(self, question: Question, chosen: np.ndarray) -> np.ndarray:
        """What the listed clients are ordered by."""
        if question.amount is None:
            # A list of clients needs no order to be a list.
            raise Lacking("revenue")
        return self.measured(question.amount, chosen)

    def rows(
        self, values: np.ndarray, places: np.ndarray, more: Sequence[np.ndarray] = ()
    ) -> tuple[Listed, ...]:
        return tuple(
            Listed(
                client=str(self.clients.ids.iloc[place]),
                amount=_known(values[place]),
                more=tuple(_known(each[place]) for each in more),
            )
            for place in places.tolist()
        )

    def listed_in_each(self, question: Question, chosen: np.ndarray, unknown: np.ndarray) -> Answer:
        """Of each group its first clients; the largest groups first."""
        limit = question.limit or 1
        parts = []
        for part, inside in self.parts(question, chosen):
            if not inside.any():
                continue
            values, whose = self.values_in_order(question, inside), self.whose(inside)
            places = in_order(values, whose, question)[:limit]
            parts.append(part.model_copy(update={"side": side_of(values, whose),
                                                 "listed": self.rows(values, places)}))  # fmt: skip
        if not _is_ordered(parts) and question.group_by != "level":
            parts.sort(key=lambda part: (part.label is None, -part.side.clients))
        shown = parts[: max(1, min(MOST_PARTS, MOST_LISTED // limit))]
        return Answer(
            question=question,
            clients=len(self.clients),
            selected=side_of(self.values_in_order(question, chosen), self.whose(chosen)),
            undecided=int(unknown.sum()),
            parts=tuple(shown),
            parts_left_out=len(parts) - len(shown),
            listed=tuple(client for part in shown for client in part.listed),
        )

    def breakdown(self, question: Question, chosen: np.ndarray, unknown: np.ndarray) -> Answer:
        within = question.statistic == "share" and bool(question.filters)
        whole = chosen_by(self, question.base)[0] if within else chosen
        parts = [
            part.model_copy(update={
                "side": self.side(question.amount, inside & chosen),
                "whole": self.side(question.amount, inside) if within else None,
                "more": self.more(question, inside & chosen),
            })
            for part, inside in self.held(question, whole)
        ]  # fmt: skip
        if not _is_ordered(parts):
            key = "clients"
            if question.amount is not None:
                key = {"mean": "mean", "median": "median"}.get(question.statistic or "", "total")
            sign = 1 if question.order == "least" else -1
            # Clients of whom it is not known come last, whatever they bring.
            parts.sort(key=lambda part: (part.label is None, sign * _figure(part, key)))
        shown = min(question.limit or MOST_PARTS, MOST_PARTS)
        if self.is_dated(question):
            parts = self.latest(parts, shown, monthly=question.monthly)
        return Answer(
            question=question,
            clients=len(self.clients),
            selected=self.side(question.amount, chosen),
            whole=self.side(question.amount, whole) if within else None,
            undecided=int(unknown.sum()),
            parts=tuple(parts[:shown]),
            parts_left_out=max(0, len(parts) - shown),
        )

    def is_dated(self, question: Question) -> bool:
        by = question.group_by
        return isinstance(by, Amount) and bool(by.column) and self.column(by.column).kind == "date"

    def latest(self, parts: list[Part], shown: int, *, monthly: bool) -> list[Part]:
        """The years or months from today on first, where most lie ahead; else the last ones."""
        today = self.as_of.year * 12 + self.as_of.month - 1 if monthly else self.as_of.year
        dated = [part for part in parts if part.low is not None]
        ahead = [part for part in dated if part.low is not None and part.low >= today]
        if len(dated) <= shown:
            return parts
        first = len(dated) - max(shown, len(ahead)) if 2 * len(ahead) > len(dated) else -shown
        kept = dated[first:]
        return [*kept, *(part for part in parts if part not in kept)]

    def held(self, question: Question, chosen: np.ndarray) -> Iterator[tuple[Part, np.ndarray]]:
        """The groups that fulfil what is asked of groups."""
        having = question.having
        for part, inside in self.parts(question, chosen):
            if having is None:
                yield part, inside
                continue
            value: float | None = float(self.count(inside))
            if having.amount is not None:
                side = self.side(having.amount, inside)
                value = side.mean if having.statistic == "mean" else side.total
            limit = Compare(amount=Amount(kind="revenue"), operator=having.operator,
                            value=having.value)  # fmt: skip
            if value is not None and compared(np.array([value]), limit)[0]:
                yield part, inside

    def parts(self, question: Question, chosen: np.ndarray) -> Iterator[tuple[Part, np.ndarray]]:
        """The groups, still without figures, each with who is in it."""
        if question.group_by == "level":
            levels = self.levels()
            for level in LEVELS:
                yield Part(label=level, side=NOBODY), chosen & (levels == level)
            return
        assert isinstance(question.group_by, Amount)
        column = self.column(question.group_by.column) if question.group_by.column else None
        if column is not None and column.kind in ("category", "ordered", "text", "yes_no"):
            codes, labels = pd.factorize(self.labels(column))
            found = set(codes[chosen].tolist())
            for code in sorted(found - {-1}, key=lambda each: str(labels[each])):
                yield Part(label=labels[code], side=NOBODY), chosen & (codes == code)
            if -1 in found:
                yield Part(side=NOBODY), chosen & (codes == -1)
            return
        numbers = (
            steps_of(self.cells(column), monthly=question.monthly)
            if column and column.kind == "date"
            else self.amounts(question.group_by)
        )
        for low, upper in bands(numbers[chosen], question, column):
            inside = chosen & (numbers >= low) & (numbers < upper)
            if inside.any():
                month = date(int(low) // 12, int(low) % 12 + 1, 1) if question.monthly else None
                yield Part(low=low, upper=upper, month=month, side=NOBODY), inside
        missing = chosen & np.isnan(numbers)
        if missing.any():
            yield Part(side=NOBODY), missing

    def labels(self, column: Column) -> np.ndarray:
        table = self.cells(column)
        if column.kind == "yes_no":
            table = table.astype("boolean").map({True: "yes", False: "no"})
        found = table.astype(object).where(table.notna(), None)
        return np.array([None if each is None else str(each) for each in found], dtype=object)

    def more(self, question: Question, inside: np.ndarray) -> tuple[Side, ...]:
        """The same clients, in what is asked as well."""
        return tuple(self.side(each.amount, inside) for each in question.also)


class _AnsweringByRow(ByRow, _Answering):
    """The same, where a column of the question differs between the rows of a client."""

    def answer(self, question: Question) -> Answer:
        if question.change is not None and question.change.kind != "client_leaves":
            # What becomes of some of his rows, and what of the rest, nobody tells.
            raise Lacking("rows")
        return super().answer(question)


def in_order(values: np.ndarray, chosen: np.ndarray, question: Question) -> np.ndarray:
    """The places of the chosen clients whose amount is known, in the order of the question."""
    places = np.flatnonzero(chosen & ~np.isnan(values))
    sign = -1.0 if question.order == "most" else 1.0
    return np.asarray(places[np.argsort(sign * values[places], kind="stable")])


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _is_ordered(parts: list[Part]) -> bool:
    return any(part.low is not None for part in parts)


def _figure(part: Part, key: str) -> float:
    value = getattr(part.side, key)
    if part.whole is not None:
        below = getattr(part.whole, key)
        value = (value or 0.0) / below if below and below > 0 else None
    return float("-inf") if value is None else float(value)
