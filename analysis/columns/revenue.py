"""Which column is the office's own revenue, and when that must be asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.columns.candidate import Candidate
from analysis.columns.dictionary import meaning_of_code
from analysis.columns.plan import Question

_TOTALS = ("revenue", "rev_invoiced", "revenue_net", "lifetime_value")
"""Meanings of a column that holds all revenue, the likeliest first."""
_STAND_INS = ("amount", "premium", "revenue_monthly", "unit_price", "investments")
"""What may be taken for revenue where nothing better is there, and is asked."""
_RIVALS = ("premium", "revenue_monthly", "amount")
_SURE = 0.7
_COMPANY_SIGNS = frozenset({"company_name", "kvk", "employees", "legal_form", "sector"})


@dataclass(frozen=True)
class Choice:
    """The column taken for revenue (None: parts are added up, or there is none), and a question."""

    chosen: Candidate | None
    question: Question | None


def choose_revenue(candidates: Sequence[Candidate]) -> Choice:
    """Choose among all columns together; nothing is asked where one column stands out."""
    totals = _newest([each for each in candidates if each.meaning in _TOTALS and each.has_numbers])
    parts = [each for each in candidates if each.role == "revenue_part" and each.has_numbers]
    if totals:
        return _among_totals(totals, parts, candidates)
    if parts:
        parts += _monthly(candidates)
        if len(parts) > 1:
            return Choice(None, None)
        return Choice(parts[0], _ask(parts, parts[0]) if parts[0].confidence < _SURE else None)
    stand_ins = _newest(
        [each for each in candidates if each.meaning in _STAND_INS[:-1] and each.has_numbers]
    )
    if not stand_ins:
        return Choice(None, None)
    stand_ins.sort(key=lambda each: _STAND_INS.index(each.meaning))
    return Choice(stand_ins[0], _ask(stand_ins, stand_ins[0]))


def _among_totals(
    totals: list[Candidate], parts: list[Candidate], candidates: Sequence[Candidate]
) -> Choice:
    totals = sorted(totals, key=lambda each: (_TOTALS.index(each.meaning), -each.confidence))
    best = totals[0]
    if best.ask and _lists_companies(candidates):
        # In a list of companies `omzet` may be what the client itself turns over.
        others = [*totals[1:], *parts]
        own = totals[1] if len(totals) > 1 else best
        return Choice(own, _ask([best, *others], own))
    rivals = [each for each in totals[1:] if each.meaning == best.meaning]
    if best.meaning == "lifetime_value":
        rivals += [each for each in candidates if each.meaning in _RIVALS and each.has_numbers]
    if rivals:
        return Choice(best, _ask([best, *rivals], best))
    return Choice(best, None)


def _monthly(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Amounts per month: a part of the revenue where there are parts and no total."""
    return [each for each in candidates if each.meaning == "revenue_monthly" and each.has_numbers]


def _newest(candidates: list[Candidate]) -> list[Candidate]:
    """Drop columns of earlier years where the same figure is there for a later one."""
    newest = max((each.year for each in candidates if each.year), default=None)
    return [each for each in candidates if each.year in (None, newest)]


def _lists_companies(candidates: Sequence[Candidate]) -> bool:
    return len(_COMPANY_SIGNS & {each.meaning for each in candidates}) >= 2


def _ask(candidates: Sequence[Candidate], assumed: Candidate) -> Question:
    positions = tuple(sorted(each.position for each in candidates))
    return Question(code="revenue_column", positions=positions, assumed=assumed.position)


def settle_revenue(candidates: Sequence[Candidate], choice: Choice) -> None:
    """Give the chosen column its role, and the others the role that is left for them.

    Parts stay parts: they say where revenue comes from. Another total, or the same figure of an
    earlier year, is an outcome: it is no trait, and nothing may be counted twice.
    """
    for each in candidates:
        if choice.chosen is not None and each.position == choice.chosen.position:
            each.role = "revenue"
            each.kind = "money"
        elif each.role == "revenue":
            each.role = "outcome"
        elif each.role == "revenue_part" and not each.has_numbers:
            each.role = "trait"
    if choice.chosen is None and any(each.role == "revenue_part" for each in candidates):
        for each in _monthly(candidates):
            each.role = "revenue_part"
        _drop_earlier_parts(candidates)


def _drop_earlier_parts(candidates: Sequence[Candidate]) -> None:
    parts = [each for each in candidates if each.role == "revenue_part"]
    kept = {each.position for each in _newest(parts)}
    for each in parts:
        if each.position not in kept:
            each.role = meaning_of_code("revenue_prev").role
