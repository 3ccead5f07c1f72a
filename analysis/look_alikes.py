"""Clients outside the top who resemble it, with the reasons, and with what still differs."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, permutations

import numpy as np

from analysis.chance import normal_scores
from analysis.findings import Condition, LookAlike, SharedTrait
from analysis.trait_column import Pieces, TraitColumn, column_of, is_one_fact

MOST_LOOK_ALIKES = 20
MOST_REASONS = 3
PRIOR = 20.0
"""So many clients' worth of *no difference* stand against what the few of the top show."""
PENALTY = 20.0
FOLDS = 5
MOST_FITTED = 50_000
"""Beyond so many clients more of them no longer move the fit; a fixed choice of them is taken."""


def look_alikes(
    traits: Sequence[TraitColumn],
    amounts: np.ndarray | None,
    places: np.ndarray,
    seed: int,
    claims: Sequence[SharedTrait] = (),
) -> list[tuple[int, LookAlike]]:
    """The clients most like those at `places`, best first, each with its position.

    Ranked by z(naive Bayes) + z(ridge): the first learns from the traits of the top against all
    clients, shrunk towards no difference; the second from what all clients bring, each client
    scored by a fit that did not see him. Without `amounts` the first alone. `client` is left empty:
    positions are turned into ids by the caller.

    `claims` are the traits that the top demonstrably shares, strongest first: nothing else is a
    reason, and where there are any, nobody is named who has none of them.
    """
    count = len(traits[0].codes) if traits else 0
    others = np.setdiff1d(np.arange(count), places)
    if others.size == 0:
        return []
    pieces = [trait.pieces() for trait in traits]
    evidence = [_evidence(piece, places) for piece in pieces]
    bayes = np.zeros(count)
    for weights, piece in zip(evidence, pieces, strict=True):
        bayes += weights[piece.codes]
    score = _standard(bayes[others])
    if amounts is not None:
        score = score + _standard(ridge_scores(traits, pieces, amounts, seed)[others])
    reasons = _Reasons(traits, claims)
    best = np.argsort(-score, kind="stable")[: int((score > 0).sum())]
    found = (
        (position, reasons.explain(position, points))
        for position, points in zip(others[best].tolist(), score[best].tolist(), strict=True)
    )
    return list(islice((each for each in found if each[1].because or not claims), MOST_LOOK_ALIKES))


def _evidence(piece: Pieces, places: np.ndarray) -> np.ndarray:
    """log((k + κ b) / ((m + κ) b)) per piece: b its share of all clients, k of the m in the top.

    Zero for those without a condition (unknown, rare): they tell neither way.
    """
    named = len(piece.conditions)
    all_clients = np.bincount(piece.codes, minlength=named + 1)[:named].astype(float)
    top = np.bincount(piece.codes[places], minlength=named + 1)[:named].astype(float)
    share = all_clients / max(all_clients.sum(), 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = np.log((top + PRIOR * share) / ((top.sum() + PRIOR) * share))
    evidence = np.zeros(int(piece.codes.max(initial=0)) + 1 if named == 0 else named + 2)
    evidence[:named] = np.where(share > 0, weight, 0.0)
    return evidence


@dataclass(frozen=True)
class _Block:
    """One trait in the regression, without laying it out for all clients at once.

    `table` (codes, columns) gives the centred columns of each code; for numbers `ranks` holds the
    one column itself.
    """

    codes: np.ndarray
    table: np.ndarray
    ranks: np.ndarray | None = None

    def columns(self, rows: np.ndarray) -> np.ndarray:
        """The columns of these clients."""
        if self.ranks is not None:
            return np.asarray(self.ranks[rows, None], dtype=float)
        return np.asarray(self.table[self.codes[rows]], dtype=float)

    def predicted(self, rows: np.ndarray, fit: np.ndarray) -> np.ndarray:
        """What this trait adds to the scores of these clients."""
        if self.ranks is not None:
            return np.asarray(self.ranks[rows] * fit[0], dtype=float)
        return np.asarray((self.table @ fit)[self.codes[rows]], dtype=float)


def ridge_scores(
    traits: Sequence[TraitColumn], pieces: Sequence[Pieces], amounts: np.ndarray, seed: int
) -> np.ndarray:
    """What the traits say that a client brings, in normal scores of ranks, cross-fitted.

    Ridge regression with penalty 20 on centred one-hots and scaled ranks, in five folds.
    """
    blocks = [_block(trait, piece) for trait, piece in zip(traits, pieces, strict=True)]
    ends = np.cumsum([1 if b.ranks is not None else b.table.shape[1] for b in blocks])
    target = normal_scores(amounts)
    target = target - target.mean()
    generator = np.random.default_rng(seed)
    fold = generator.permutation(len(target)) % FOLDS
    predicted = np.zeros(len(target))
    for held_out in range(FOLDS):
        rows = np.flatnonzero(fold != held_out)
        if len(rows) > MOST_FITTED:
            rows = generator.choice(rows, MOST_FITTED, replace=False)
        seen = np.column_stack([block.columns(rows) for block in blocks])
        gram = seen.T @ seen + PENALTY * np.eye(seen.shape[1])
        fit = np.linalg.solve(gram, seen.T @ target[rows])
        others = np.flatnonzero(fold == held_out)
        for block, part in zip(blocks, np.split(fit, ends[:-1]), strict=True):
            predicted[others] += block.predicted(others, part)
    return predicted


def _block(trait: TraitColumn, piece: Pieces) -> _Block:
    """Ranks between -1 and 1 for numbers, one-hots for categories; all centred."""
    if trait.numbers is not None:
        known = ~np.isnan(trait.numbers)
        _, place, repeats = np.unique(trait.numbers[known], return_inverse=True, return_counts=True)
        middle = np.cumsum(repeats) - (repeats + 1) / 2
        ranks = np.zeros(len(known))
        ranks[known] = 2 * (middle[place] / max(int(known.sum()) - 1, 1)) - 1
        return _Block(piece.codes, np.empty((0, 1)), ranks - ranks.mean())
    named = len(piece.conditions)
    counts = np.bincount(piece.codes, minlength=named + 2)
    table = np.eye(len(counts), named) - counts[:named] / counts.sum()
    return _Block(piece.codes, table)


def _standard(values: np.ndarray) -> np.ndarray:
    return np.asarray((values - values.mean()) / max(float(values.std()), 1e-12), dtype=float)


class _Reasons:
    """Which of the claims hold for a client, and which do not; each fact once."""

    def __init__(self, traits: Sequence[TraitColumn], claims: Sequence[SharedTrait]) -> None:
        found = [column_of(claim, traits) for claim in claims]
        self._holds = [column.holds(condition) for column, condition in found]
        self._known = [column.codes != column.unknown for column, _ in found]
        self._conditions = [column.conditions[condition] for column, condition in found]
        self._one_fact = {
            (one, other)
            for one, other in permutations(range(len(found)), 2)
            if is_one_fact(self._holds[one], self._holds[other])
        }

    def explain(self, position: int, score: float) -> LookAlike:
        claims = range(len(self._conditions))
        has = [claim for claim in claims if self._holds[claim][position]]
        lacks = [claim for claim in claims if self._known[claim][position] and claim not in has]
        return LookAlike(
            client="", score=score, because=self._told(has), differs_in=self._told(lacks)
        )

    def _told(self, claims: Sequence[int]) -> tuple[Condition, ...]:
        told: list[int] = []
        for claim in claims:
            if not any((claim, other) in self._one_fact for other in told):
                told.append(claim)
        return tuple(self._conditions[claim] for claim in told[:MOST_REASONS])
