"""Clients → traits: every stored column that is no outcome, as conditions that hold or not.

A column becomes one small whole number per client (a category, or the interval between two cut
points) and a list of conditions, each a set of those numbers. Counting any condition in any group
of clients is then counting numbers.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

import numpy as np
import pandas as pd

from analysis.clients import Clients
from analysis.columns.plan import Column, Role
from analysis.cuts import cut_points, number_as_text
from analysis.derived import derived_from
from analysis.findings import Condition, Note
from analysis.numbers import (
    MONTHS_PER_YEAR,
    age_in_years,
    months_since,
    months_until,
)
from analysis.trait_column import TraitColumn

FEWEST_KNOWN = 30
FEWEST_PER_CATEGORY = 3
MOST_CATEGORIES = 60
"""Rarer categories than these are `other`: nothing can be proved of them by ten clients."""

TRAIT_ROLES: frozenset[Role] = frozenset(
    {"trait", "age", "birth_date", "since", "postal_code", "last_contact"}
)
ONCE: dict[Role, str] = {"age": "age", "since": "years_as_client"}
"""What a column of this role says itself, so that it is not derived again from another."""
OFF_UNLESS_CHOSEN = frozenset({"gender"})


def traits_of(
    clients: Clients, as_of: date, measure: np.ndarray | None = None
) -> tuple[tuple[TraitColumn, ...], tuple[Note, ...]]:
    """The traits of these clients on this day, and what was left out and why.

    Columns that differ between the rows of a client stay out: one of those values would speak for
    all that he has, and what he bought is no trait of him. Columns that follow from `measure` (one
    amount per client, NaN for unknown) stay out too: they would define the top that they are meant
    to explain.
    """
    found: list[TraitColumn] = []
    notes: list[Note] = []
    derived: set[str] = set()
    ranks = None if measure is None else _ranks(measure)
    for column, values, name in _sources(clients, as_of):
        if differing := clients.differing(column):
            if name is None:
                about = {"header": column.header, "count": differing}
                notes.append(Note(code="column_differs_by_row", values=about))
            continue
        trait = _trait_of(column, values, as_of, name)
        if isinstance(trait, Note):
            # A column that stands on the list itself is told of; what follows from it is not.
            if name is None:
                notes.append(_as_it_stands(trait, values))
        elif (says := trait.derived or ONCE.get(column.role)) in derived:
            continue
        elif ranks is not None and _follows(trait, ranks):
            notes.append(Note(code="column_follows_measure", values={"header": column.header}))
        else:
            found.append(trait)
            if says is not None:
                derived.add(says)
    return tuple(found), tuple(notes)


def _sources(clients: Clients, as_of: date) -> Iterator[tuple[Column, pd.Series, str | None]]:
    """Columns that are traits themselves, then what follows from columns of any role."""
    for column in clients.columns:
        if column.stored and column.role in TRAIT_ROLES and not is_switched_off(column):
            yield column, clients.table[column.name], None
    yield from derived_from(clients, as_of)


def is_switched_off(column: Column) -> bool:
    """Whether the column could be a trait, but only counts where the adviser chose it as one."""
    return column.role == "trait" and column.meaning in OFF_UNLESS_CHOSEN and column.why != "asked"


def marked(
    ids: pd.Series, mark: str, clients: Collection[str], looked_at: Collection[str] | None = None
) -> TraitColumn:
    """A mark that the adviser gave to these clients, as a trait: yes or no.

    Of clients outside `looked_at` it is unknown; without it he is taken to have looked at all.
    """
    has = np.asarray(ids.isin(list(clients)), dtype=bool)
    codes = (~has).astype(np.uint8)
    if looked_at is not None:
        codes[~has & ~np.asarray(ids.isin(list(looked_at)), dtype=bool)] = 2
    return _two_answers(mark, mark, codes, "mark")


def _trait_of(
    column: Column, values: pd.Series, as_of: date, derived: str | None
) -> TraitColumn | Note:
    known = int(values.notna().sum())
    if known < FEWEST_KNOWN:
        return Note(code="column_too_empty", values={"header": column.header, "known": known})
    if derived is None and column.role == "postal_code":
        return _categories(column, _region(values), "region")
    if pd.api.types.is_bool_dtype(values.dtype) or (derived is None and column.kind == "yes_no"):
        return _yes_no(column, values, derived)
    if isinstance(values.dtype, pd.CategoricalDtype):
        return _ordered(column, values)
    if derived is not None and pd.api.types.is_numeric_dtype(values.dtype):
        return _numbers(column, np.asarray(values, dtype=float), derived)
    if derived is not None or column.kind in ("category", "text"):
        return _categories(column, values, derived)
    return _numbers(column, *_as_numbers(column, values, as_of))


def _as_it_stands(note: Note, values: pd.Series) -> Note:
    """Dates of one month, or postal codes of one region, differ though not as a trait."""
    if note.code == "column_constant" and values.nunique() > 1:
        return note.model_copy(update={"code": "column_too_close"})
    return note


def _as_numbers(column: Column, values: pd.Series, as_of: date) -> tuple[np.ndarray, str | None]:
    """The column as numbers, and the name of what was derived."""
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        if column.role == "birth_date":
            return age_in_years(values, as_of), "age"
        if column.role == "since":
            return age_in_years(values, as_of), "years_as_client"
        if column.role == "last_contact":
            return months_since(values, as_of), "months_since_contact"
        passed = months_since(values, as_of)
        ahead = np.nanmedian(passed) < 0
        months = months_until(values, as_of) if ahead else passed
        return np.floor(months / MONTHS_PER_YEAR), "years_until" if ahead else "years_since"
    numbers = values.to_numpy(dtype=float, na_value=np.nan)
    is_year = np.nanmin(numbers) >= 1880 and np.nanmax(numbers) <= 2200
    if column.role == "age":
        return numbers, None
    if column.role == "birth_date" and is_year:
        return as_of.year - numbers, "age"
    if column.role == "since":
        return (as_of.year - numbers, "years_as_client") if is_year else (numbers, None)
    return numbers, None


def _region(values: pd.Series) -> pd.Series:
    """The first two digits of a postal code: coarse enough to name nobody."""
    return values.astype("string").str.extract(r"^\s*(\d{2})", expand=False)


def _yes_no(column: Column, values: pd.Series, derived: str | None) -> TraitColumn | Note:
    answers = values.astype("boolean")
    codes = np.where(answers.isna(), 2, (~answers.fillna(False)).to_numpy(int)).astype(np.uint8)
    if (np.bincount(codes, minlength=3)[:2] == 0).any():
        return Note(code="column_constant", values={"header": column.header})
    return _two_answers(column.header, _what(column, derived), codes, derived)


def _two_answers(header: str, what: str, codes: np.ndarray, derived: str | None) -> TraitColumn:
    """Code 0 is yes, 1 no, 2 unknown."""
    conditions = tuple(
        Condition(
            header=header,
            trait=f"{what} = {word}",
            operator="is",
            value=answer,
            kind="yes_no",
            derived=derived,
        )
        for answer, word in ((True, "ja"), (False, "nee"))
    )
    members = np.array([[True, False], [False, True], [False, False]])
    return TraitColumn(header, derived, codes, members, conditions)


def _categories(
    column: Column, values: pd.Series, derived: str | None = None
) -> TraitColumn | Note:
    places, levels = pd.factorize(values, use_na_sentinel=True)
    counts = np.bincount(places[places >= 0], minlength=len(levels))
    known = int(counts.sum())
    if known < FEWEST_KNOWN:
        return Note(code="column_too_empty", values={"header": column.header, "known": known})
    if len(levels) < 2:
        return Note(code="column_constant", values={"header": column.header})
    if len(levels) > max(20, known / 2):
        return Note(code="column_like_id", values={"header": column.header})
    # Alphabetical on a tie, so that the order of the rows decides nothing.
    by_size = sorted(range(len(levels)), key=lambda i: (-counts[i], str(levels[i])))
    kept = [i for i in by_size if counts[i] >= FEWEST_PER_CATEGORY][:MOST_CATEGORIES]
    if not kept:
        return Note(code="column_like_id", values={"header": column.header})
    return _partition(column, places, [str(levels[i]) for i in kept], kept, derived)


def _partition(
    column: Column,
    places: np.ndarray,
    names: Sequence[str],
    kept: Sequence[int],
    derived: str | None,
) -> TraitColumn:
    other, unknown = len(kept), len(kept) + 1
    code_of_place = np.full(max(int(places.max()) + 2, 1), other, dtype=np.uint8)
    code_of_place[list(kept)] = np.arange(len(kept))
    code_of_place[-1] = unknown  # where factorize says -1
    codes = code_of_place[places]
    levels = len(kept) + bool((codes == other).any())
    conditions = [_is(column, name, derived) for name in names]
    sets = [np.arange(unknown + 1) == code for code in range(len(kept))]
    if levels > 2:
        conditions += [_is(column, name, derived, negated=True) for name in names]
        sets += [
            (np.arange(unknown + 1) != code) & (np.arange(unknown + 1) != unknown)
            for code in range(len(kept))
        ]
    return TraitColumn(column.header, derived, codes, np.array(sets).T, tuple(conditions))


def _is(
    column: Column, value: str, derived: str | None = None, *, negated: bool = False
) -> Condition:
    what = _what(column, derived)
    return Condition(
        header=column.header,
        trait=f"{what} {'≠' if negated else '='} {value}",
        operator="is_not" if negated else "is",
        value=value,
        kind=column.kind if derived is None else "category",
        derived=derived,
    )


def _ordered(column: Column, values: pd.Series) -> TraitColumn | Note:
    names = [str(name) for name in values.cat.categories]
    places = values.cat.codes.to_numpy()
    used = np.flatnonzero(np.bincount(places[places >= 0], minlength=len(names)))
    if len(used) < 2:
        return Note(code="column_constant", values={"header": column.header})
    rank_of_place = np.full(len(names) + 1, len(used), dtype=np.uint8)
    rank_of_place[used] = np.arange(len(used))
    codes = rank_of_place[places]
    steps = [names[i] for i in used]
    numbers = np.where(codes == len(used), np.nan, codes.astype(float))
    return _intervals(column, codes, steps[1:], numbers, None)


def _numbers(column: Column, numbers: np.ndarray, derived: str | None) -> TraitColumn | Note:
    finite = np.where(np.isfinite(numbers), numbers, np.nan)
    known = np.sort(finite[~np.isnan(finite)])
    if known.size < FEWEST_KNOWN:
        return Note(
            code="column_too_empty", values={"header": column.header, "known": int(known.size)}
        )
    if known[0] == known[-1]:
        return Note(code="column_constant", values={"header": column.header})
    if derived is None and _is_running_number(known):
        return Note(code="column_like_id", values={"header": column.header})
    cuts = cut_points(known)
    codes = np.searchsorted(cuts, finite, side="right").astype(np.uint8)
    codes[np.isnan(finite)] = len(cuts) + 1
    return _intervals(column, codes, cuts.tolist(), finite, derived)


def _is_running_number(ascending: np.ndarray) -> bool:
    """Whole numbers that hardly skip or repeat one: given out, not measured."""
    if len(ascending) < 100 or not np.array_equal(ascending, np.rint(ascending)):
        return False
    different = len(np.unique(ascending))
    span = ascending[-1] - ascending[0] + 1
    return bool(different > 0.98 * len(ascending) and span < 1.25 * len(ascending))


def _intervals(
    column: Column,
    codes: np.ndarray,
    cuts: Sequence[float | str],
    numbers: np.ndarray,
    derived: str | None,
) -> TraitColumn:
    """Conditions `at_least` and `below` for each cut; code i lies between cuts i - 1 and i."""
    unknown = len(cuts) + 1
    code = np.arange(unknown + 1)
    conditions, sets = [], []
    what = _what(column, derived)
    for place, cut in enumerate(cuts, start=1):
        text = cut if isinstance(cut, str) else number_as_text(cut)
        kind = column.kind if derived is None else "number"
        for operator, sign, chosen in (
            ("at_least", "≥", (code >= place) & (code != unknown)),
            ("below", "<", code < place),
        ):
            conditions.append(
                Condition.model_validate(
                    {
                        "header": column.header,
                        "trait": f"{what} {sign} {text}",
                        "operator": operator,
                        "value": cut,
                        "kind": kind,
                        "derived": derived,
                    }
                )
            )
            sets.append(chosen)
    return TraitColumn(column.header, derived, codes, np.array(sets).T, tuple(conditions), numbers)


def _what(column: Column, derived: str | None) -> str:
    return column.header if derived is None else f"{column.header} [{derived}]"


def _ranks(amounts: np.ndarray) -> np.ndarray:
    """Mid-ranks between 0 and 1, NaN for unknown."""
    return np.asarray(pd.Series(amounts).rank(pct=True), dtype=float)


def _follows(trait: TraitColumn, ranks: np.ndarray) -> bool:
    """Whether the column is the measure in another form.

    Numbers: a rank correlation of 0.95 or more. Categories: four fifths of the variance of ranks
    lie between them, as with classes A, B and C that were cut from the amount itself.
    """
    known = (trait.codes != trait.unknown) & ~np.isnan(ranks)
    if known.sum() < FEWEST_KNOWN:
        return False
    measured = ranks[known]
    spread = float(measured.var())
    if spread == 0:
        return False
    if trait.numbers is not None:
        other = _ranks(trait.numbers[known])
        return bool(other.std() > 0 and abs(np.corrcoef(other, measured)[0, 1]) >= 0.95)
    codes = trait.codes[known]
    counts = np.bincount(codes, minlength=len(trait.members))
    used = counts > 0
    if used.sum() > known.sum() / 10:
        return False
    sums = np.bincount(codes, weights=measured, minlength=len(trait.members))
    means = sums[used] / counts[used]
    between = float((counts[used] * (means - measured.mean()) ** 2).sum()) / known.sum()
    return bool(between / spread >= 0.8)
