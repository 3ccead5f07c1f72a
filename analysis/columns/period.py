"""Whether an amount is per month or per year: what the heading says, and when that is asked."""

from collections.abc import Sequence

from analysis.columns.candidate import Candidate
from analysis.columns.dictionary import VOCABULARY, is_year, words
from analysis.columns.plan import Column, ColumnPlan, Question, Role

_PERIODS = tuple(
    (float(times), tuple(f" {phrase} " for phrase in phrases))
    for times, phrases in VOCABULARY["periods"]
)
_MOMENTS = frozenset(VOCABULARY["moments"])
"""*Omzet vorige maand* is what came in once, not what comes in every month."""
_SUMMED_UP: frozenset[Role] = frozenset({"revenue", "revenue_part", "cost"})
_A_MONTH = 12.0


def times_a_year(heading: str) -> float | None:
    """Return how often a year an amount under this heading is due, None where it does not say."""
    parts = words(heading)
    text = f" {' '.join(parts)} "
    if not _MOMENTS & set(parts):
        for times, phrases in _PERIODS:
            if any(phrase in text for phrase in phrases):
                return times
    return 1.0 if any(map(is_year, parts)) else None


def settle_periods(candidates: Sequence[Candidate]) -> tuple[Question, ...]:
    """Bring amounts to a year where their heading tells how; return what must be asked.

    Only a subscription that is added to other revenue is asked about: elsewhere a factor that all
    clients share leaves their order and their shares as they are.
    """
    if _one_row_a_period(candidates):
        return ()
    parts = [each for each in candidates if each.role == "revenue_part"]
    summed = len(parts) > 1 and not any(each.role == "revenue" for each in candidates)
    questions = []
    for each in candidates:
        if each.role not in _SUMMED_UP or each.kind != "money":
            continue
        said = times_a_year(each.header)
        each.times_a_year = said or 1.0
        if said is None and summed and each.meaning == "rev_subscription":
            place = each.position
            questions.append(Question(code="month_or_year", positions=(place,), assumed=place))
    return tuple(questions)


def _one_row_a_period(candidates: Sequence[Candidate]) -> bool:
    """Several dated rows per client (invoices, months) add up to a year by themselves."""
    dated = any(each.meaning in ("period", "event_date") for each in candidates)
    keys = [each.evidence for each in candidates if each.role == "client_id"]
    return dated and any(key is not None and key.unique < 1.0 for key in keys)


def with_period(column: Column, role: Role) -> Column:
    """Return a column for which a person chose `role`, its amounts brought to a year or not."""
    if role in _SUMMED_UP and column.role in _SUMMED_UP:
        return column
    times = times_a_year(column.header) if role in _SUMMED_UP else None
    return column.model_copy(update={"times_a_year": times or 1.0})


def still_open(question: Question, columns: Sequence[Column]) -> bool:
    """Tell whether the answer to `month_or_year` still changes the result."""
    parts = {column.position for column in columns if column.role == "revenue_part"}
    revenue = any(column.role == "revenue" for column in columns)
    return not revenue and len(parts) > 1 and question.positions[0] in parts


def answer_period(plan: ColumnPlan, position: int, *, per_month: bool) -> ColumnPlan:
    """Return the plan in which the amounts at `position` are per month, or else per year.

    Sets `Column.times_a_year` to 12 or 1, whether or not it was asked, and removes the question
    about it. Raises KeyError for a position that the plan does not have.
    """
    if position not in {column.position for column in plan.columns}:
        raise KeyError(position)
    times = _A_MONTH if per_month else 1.0
    columns = tuple(
        column.model_copy(update={"times_a_year": times}) if column.position == position else column
        for column in plan.columns
    )
    questions = tuple(
        question
        for question in plan.questions
        if (question.code, question.positions) != ("month_or_year", (position,))
    )
    return plan.model_copy(update={"columns": columns, "questions": questions})
