"""The plan for a whole table: every column by itself, then all of them together."""

from collections.abc import Mapping, Sequence
from typing import get_args

import pandas as pd

from analysis.columns.candidate import Candidate
from analysis.columns.dictionary import look_up, spellings
from analysis.columns.evidence import gather
from analysis.columns.judge import judge
from analysis.columns.period import settle_periods, still_open, with_period
from analysis.columns.plan import NEVER_STORED, Column, ColumnPlan, Kind, Role
from analysis.columns.revenue import choose_revenue, settle_revenue
from analysis.reading.sheet import Sheet

_ONE_OF = {
    # Role: its meanings, the likeliest first. One column plays the role, the others make way.
    "client_id": ("client_id",),
    "birth_date": ("birth_date", "birth_year"),
    "age": ("age",),
    "since": ("client_since", "months_since"),
    "postal_code": ("postcode",),
}
_MAKES_WAY: Mapping[str, Role] = {"age": "trait", "since": "trait"}
_KEYS_IN_NEED = ("file_id", "kvk", "policy_id")
_PEOPLE = frozenset(
    {
        *("age", "age_band", "birth_date", "birth_year", "gender", "marital_status", "children"),
        *("income", "income_monthly", "income_net", "household_income", "wealth", "savings"),
        *("occupation", "education", "employment_type", "is_entrepreneur", "is_retired"),
        "owns_home",
    }
)
_PERSON_SIGNS = 2
_MOST_QUESTIONS = 3
_FORM_LENGTH = 60


def propose(sheet: Sheet) -> ColumnPlan:
    """Return which column plays which role, from headings and values together."""
    names = unique_names(sheet.header)
    candidates = [
        judge(place, header, names[place], gather(sheet.cells[place]))
        for place, header in enumerate(sheet.header)
    ]
    return _decide(candidates)


def propose_columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> ColumnPlan:
    """Return the plan for a header and rows as lists; without rows, from the headings alone."""
    names = unique_names(header)
    candidates = []
    for place, heading in enumerate(header):
        evidence = None
        if rows:
            cells = [row[place] if place < len(row) else "" for row in rows]
            evidence = gather(pd.Series(cells, dtype="str"))
        candidates.append(judge(place, heading, names[place], evidence))
    return _decide(candidates)


def unique_names(header: Sequence[str]) -> list[str]:
    """Return the headings made unique; an empty one becomes the letter a spreadsheet shows."""
    names: list[str] = []
    taken: set[str] = set()
    for place, heading in enumerate(header):
        base = " ".join(heading.split()) or _letter(place)
        name, count = base, 1
        while name.lower() in taken:
            count += 1
            name = f"{base} ({count})"
        taken.add(name.lower())
        names.append(name)
    return names


def _letter(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _decide(candidates: list[Candidate]) -> ColumnPlan:
    _settle_keys(candidates)
    for role, meanings in _ONE_OF.items():
        _keep_one(candidates, role, meanings)
    _settle_totals(candidates)
    choice = choose_revenue(candidates)
    settle_revenue(candidates, choice)
    asked = (*([choice.question] if choice.question else []), *settle_periods(candidates))
    columns = tuple(each.as_column() for each in candidates)
    # A table without clients is refused later on; until then nothing is asked about it.
    questions = asked[:_MOST_QUESTIONS] if lists_clients(columns) else ()
    return ColumnPlan(columns=columns, questions=questions)


_LONG = 10
"""Rows from which a table without headings and amounts may be a list of names."""


def _settle_keys(candidates: list[Candidate]) -> None:
    """Find what tells clients apart: an id, else a name, else the next best number."""
    keys = [each for each in candidates if each.role == "client_id"]
    named = [each for each in candidates if each.role == "client_name"]
    for each in keys:
        # `Customer` and `Klant` may stand over names as well as over numbers.
        if each.evidence and each.evidence.cells and _holds_names(each) and not named:
            each.role, each.meaning = "client_name", "name"
            named.append(each)
    keys = [each for each in keys if each.role == "client_id"]
    if keys:
        return
    for each in named:
        if each.meaning == "name" and each.evidence and _holds_codes(each):
            each.role, each.meaning = "client_id", "client_id"
            return
    for meaning in _KEYS_IN_NEED[: 1 if named else len(_KEYS_IN_NEED)]:
        for each in candidates:
            if each.meaning == meaning:
                each.role, each.confidence = "client_id", 0.6
                return
    if not named:
        _name_by_values(candidates)


def _holds_names(each: Candidate) -> bool:
    evidence = each.evidence
    return evidence is not None and evidence.letters > 0.8 and evidence.length > 6


def _holds_codes(each: Candidate) -> bool:
    evidence = each.evidence
    return evidence is not None and evidence.letters < 0.1 and evidence.length < 16


def _name_by_values(candidates: list[Candidate]) -> None:
    """Without any telling heading, the first column of nearly unique words is the name.

    Of a letter the same is true: without amounts, only a long table without headings is guessed at.
    """
    headless = not any(each.header for each in candidates)
    rows = max((each.evidence.cells for each in candidates if each.evidence), default=0)
    if not any(each.has_numbers for each in candidates) and not (headless and rows >= _LONG):
        return
    for each in candidates:
        evidence = each.evidence
        if each.header or evidence is None or each.role not in ("ignore", "trait"):
            continue
        if evidence.letters > 0.8 and evidence.unique > 0.8 and 3 < evidence.length < 40:
            each.role, each.meaning, each.kind = "client_name", "name", "text"
            each.confidence = 0.5
            return


def _keep_one(candidates: list[Candidate], role: str, meanings: Sequence[str]) -> None:
    playing = [each for each in candidates if each.role == role]
    if len(playing) < 2:
        return

    def rank(each: Candidate) -> tuple[float, float, int]:
        order = meanings.index(each.meaning) if each.meaning in meanings else len(meanings)
        filled = each.evidence.filled if each.evidence else 1.0
        return (order, -each.confidence * (0.5 + filled), each.position)

    for each in sorted(playing, key=rank)[1:]:
        each.role = _MAKES_WAY.get(role, "ignore")


def _settle_totals(candidates: list[Candidate]) -> None:
    """A total and its parts are not both counted; of several years the newest counts."""
    for role in ("cost", "hours", "contacts", "proposals", "deals"):
        playing = [each for each in candidates if each.role == role]
        newest = max((each.year for each in playing if each.year), default=None)
        for each in playing:
            if each.year not in (None, newest):
                each.role = "outcome"
        totals = [each for each in playing if each.role == role and each.meaning == role]
        for each in playing:
            if totals and each is not totals[0] and each.role == role:
                each.role = "outcome"


def lists_clients(columns: Sequence[Column]) -> bool:
    """Tell whether a table with these columns has clients in its rows."""
    roles = {column.role for column in columns}
    if roles & {"client_id", "client_name"}:
        return True
    return len(_PEOPLE & {column.meaning for column in columns}) >= _PERSON_SIGNS


def is_form(sheet: Sheet) -> bool:
    """Tell whether a table is one filled-in form: its first column holds headings, not values."""
    if sheet.cells.shape[1] not in (2, 3):
        return False
    labels = [*sheet.header[:1], *sheet.cells.iloc[:, 0].head(_FORM_LENGTH)]
    labels = [label.strip(" :") for label in labels if label.strip()]
    # `Klant 1`, `Klant 2` … are clients, though each spells a heading: a form asks for many things.
    known = {
        found.meaning for label in labels if (found := look_up(label)) and found.how == "heading"
    }
    return len(labels) >= 3 and len(known) > len(labels) / 2


_KIND_OF_ROLE: Mapping[Role, Kind] = {
    "revenue": "money",
    "revenue_part": "money",
    "cost": "money",
    "hours": "duration",
    "contacts": "number",
    "birth_date": "date",
    "age": "number",
    "since": "date",
    "last_contact": "date",
    "proposals": "number",
    "deals": "number",
    "consent": "yes_no",
    "client_id": "text",
    "client_name": "text",
    "household": "text",
    "postal_code": "text",
    "forbidden": "text",
    "private": "text",
}


def assign(plan: ColumnPlan, overrides: Mapping[int, Role]) -> ColumnPlan:
    """Return the plan with the roles that a person chose, by position.

    A role that one column plays is taken from the column that had it. Questions that this answers,
    or whose answer no longer changes the result, go. Raises KeyError for a position that the plan
    does not have, ValueError for an unknown role.
    """
    unknown = set(overrides) - {column.position for column in plan.columns}
    if unknown:
        raise KeyError(min(unknown))
    if not set(overrides.values()) <= set(get_args(Role)):
        raise ValueError("unknown role")
    single = {role for role in overrides.values() if role in _ONE_OF or role == "revenue"}
    columns = []
    for column in plan.columns:
        if column.position in overrides:
            columns.append(_asked(column, overrides[column.position]))
        elif column.role == "revenue" and column.role in single:
            columns.append(_no_longer_revenue(column, plan))
        elif column.role in single:
            columns.append(column.model_copy(update={"role": "ignore"}))
        else:
            columns.append(column)
    return _with_columns(plan, columns, answered="revenue" in overrides.values())


def choose(plan: ColumnPlan, position: int, role: Role) -> ColumnPlan:
    """Return the plan in which a person gave this column a role: a part adds to what counts."""
    if role == "revenue_part":
        return add_to_revenue(plan, position)
    return assign(plan, {position: role})


def add_to_revenue(plan: ColumnPlan, position: int) -> ColumnPlan:
    """Return the plan in which this column is added to what counts as revenue already.

    What was the whole becomes a part; its own parts, where it had any, would count twice.
    """
    whole = [column for column in plan.with_role("revenue") if column.position != position]
    columns = []
    for column in plan.columns:
        if column.position == position:
            columns.append(_asked(column, "revenue_part"))
        elif column in whole:
            columns.append(column.model_copy(update={"role": "revenue_part"}))
        elif whole and column.role == "revenue_part":
            columns.append(column.model_copy(update={"role": "outcome"}))
        else:
            columns.append(column)
    return _with_columns(plan, columns, answered=True)


def _with_columns(plan: ColumnPlan, columns: Sequence[Column], *, answered: bool) -> ColumnPlan:
    """The plan with these columns, and the questions whose answer still changes the result."""
    questions = tuple(
        question
        for question in plan.questions
        if (not answered if question.code == "revenue_column" else still_open(question, columns))
    )
    return plan.model_copy(update={"columns": tuple(columns), "questions": questions})


def _no_longer_revenue(column: Column, plan: ColumnPlan) -> Column:
    """A column that was taken for revenue is again what its heading says: income is a trait.

    What is revenue by its heading too, or says nothing, is an outcome: it must not explain itself.
    A part is a part again, which counts where no column holds the whole.
    """
    known = next((each for each in spellings().values() if each.meaning == column.meaning), None)
    role: Role = "outcome"
    if known is not None and known.role != "revenue":
        taken = known.role in _ONE_OF and plan.with_role(known.role)
        role = "ignore" if taken else known.role
    kind = column.kind if known is None or role == "outcome" else known.kind
    return with_period(column, role).model_copy(update={"role": role, "kind": kind})


def _asked(column: Column, role: Role) -> Column:
    kind = _KIND_OF_ROLE.get(role, column.kind)
    if role == "since" and column.kind == "number":
        kind = "number"
    return with_period(column, role).model_copy(
        update={
            "role": role,
            "kind": kind,
            "confidence": 1.0,
            "why": "asked",
            "stored": role not in NEVER_STORED and column.stored,
        }
    )
