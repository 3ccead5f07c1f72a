"""What became of an earlier tip: its figure then, and in a newer list. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.tips.library import REST, Tip, library
from storage.tips import Figures, ToldTip

# fewer: so many clients less to deal with; changed and same: another figure, or the same; gone:
# the signal no longer speaks; unknown: no newer list tells.
Outcome = Literal["fewer", "changed", "same", "gone", "unknown"]

# A list with half as many clients, or twice as many, is another list: its figures say nothing.
MOST_GROWTH = 2


@dataclass(frozen=True, slots=True)
class FollowUp:
    """An answered tip with its figure `before` and `now`, each None where there is none."""

    told: ToldTip
    outcome: Outcome
    before: float | None = None
    now: float | None = None


def follow_up(told: ToldTip | None, figures: Figures | None) -> FollowUp | None:
    """What became of a tip that was done or promised; None for any other."""
    if told is None or told.answer not in ("done", "later"):
        return None
    tip = library().get(told.tip)
    newer = figures is not None and told.upload != figures.upload
    if tip is None or figures is None or not newer or not _comparable(told, tip, figures):
        return FollowUp(told, "unknown")
    now = None if tip.signal is None else figures.signals.get(tip.signal)
    return FollowUp(told, _outcome(tip, told.value, now), told.value, now)


def follow_ups_of_upload(
    told: Sequence[ToldTip], figures: Figures | None, upload_before: int
) -> list[FollowUp]:
    """Of a new list: the tips that rested on the list before it, and what became of them.

    `told` begins with the newest. Of a tip that came twice, the last answer counts.
    """
    newest = {tip.tip: tip for tip in reversed(told)}.values()
    found = (
        follow_up(tip, figures) for tip in told if tip.upload == upload_before and tip in newest
    )
    return [each for each in found if each is not None and each.outcome != "unknown"]


def _comparable(told: ToldTip, tip: Tip, figures: Figures) -> bool:
    if told.value is None or not told.clients or tip.unit in (None, "amount", "flag"):
        return False
    return 1 / MOST_GROWTH <= figures.clients / told.clients <= MOST_GROWTH


def _outcome(tip: Tip, before: float | None, now: float | None) -> Outcome:
    if now is None or before is None:
        return "gone"
    # A trait of the top, and what is done once, are no list to work off.
    is_work = tip.unit in ("clients", "of_top") and tip.rest == REST
    if is_work and now < before:
        return "fewer"
    return "same" if now == before else "changed"
