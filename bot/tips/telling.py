"""Which tip a member gets in a month, and how it reads to him."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.replies.tips import follow_up_text, go_on_question
from bot.tips.choice import Choice, Used, choose
from bot.tips.contribution import contribution_for, render_contribution
from bot.tips.follow_up import follow_up
from bot.tips.library import library
from bot.tips.rendering import render
from storage.contributions import Contribution
from storage.offices import Offices
from storage.tips import Figures, ToldTip

# Reason of a tip that an operator wrote, beside those of `bot.tips.choice`.
WRITTEN = "contribution"


@dataclass(frozen=True, slots=True)
class TipOfMonth:
    """A member's tip of a month, the one he got before it, and the figures of the list in use.

    `contribution` is the tip where an operator wrote it.
    """

    tip: ToldTip
    contribution: Contribution | None
    before: ToldTip | None
    figures: Figures | None


def tip_of_month(
    offices: Offices,
    office: str,
    user: int,
    month: date,
    contributions: Sequence[Contribution],
    now: datetime,
) -> TipOfMonth:
    """The tip that this member gets in a month: chosen once, then always the same; but what was
    chosen without a list gives way to one on the list that came since.

    `contributions` are those of the month. Raises StorageError where the office's file does not
    open.
    """
    with offices.open_tips(office) as tips:
        told, figures = tips.told(user), tips.figures()
        tip = next((each for each in told if each.month == month), None)
        # One that was withdrawn, or left the library, can't be told again.
        if tip is None:
            tip = choose_tip(told, figures, month, contributions, now)
            tips.tell(user, tip)
        elif not (_written(tip, contributions) or tip.tip in library()):
            tip = choose_tip(told, figures, month, contributions, now)
            tips.tell(user, tip, anew=True)
        elif tip.reason == "no_file" and tip.answer is None and figures is not None:
            # It was promised that with a list the tip is about one's own figures.
            own = choose_tip(told, figures, month, contributions, now)
            if own.signal is not None:
                tip = own
                tips.tell(user, tip, anew=True)
    before = next((each for each in told if each.month < month), None)
    return TipOfMonth(tip, _written(tip, contributions), before, figures)


def text_of(found: TipOfMonth, language: str, *, asks_to_go_on: bool = False) -> str:
    """The message: what became of the tip before, the tip, and whether to go on."""
    parts = [_text(found, language)]
    before = follow_up(found.before, found.figures)
    if before is not None and before.told.tip != found.tip.tip:
        parts.insert(0, follow_up_text(before, language))
    if asks_to_go_on:
        parts.append(go_on_question(language))
    return "\n\n".join(parts)


def _text(found: TipOfMonth, language: str) -> str:
    tip = found.tip
    if found.contribution is None:
        choice = _as_chosen(tip)
        if choice.reason == "no_file" and found.figures is not None:
            # The list came since: nobody is asked for it again.
            choice = replace(choice, reason="general")
        return render(choice, language)
    signals = {tip.signal: tip.value} if tip.signal and tip.value is not None else {}
    return render_contribution(found.contribution, signals, tip.clients, language)


def _written(tip: ToldTip, contributions: Sequence[Contribution]) -> Contribution | None:
    return next((each for each in contributions if each.name == tip.tip), None)


def choose_tip(
    told: Sequence[ToldTip],
    figures: Figures | None,
    month: date,
    contributions: Sequence[Contribution],
    now: datetime,
) -> ToldTip:
    """The tip of a month for a member who was `told` these, the newest first. Pure."""
    signals = figures.signals if figures else {}
    clients, upload = (figures.clients, figures.upload) if figures else (None, None)
    # One that was moved to another month after it went out does not come again.
    known = {each.tip for each in told if each.month != month}
    new = [each for each in contributions if each.name not in known]
    contribution = contribution_for(new, signals)
    if contribution is not None:
        return ToldTip(
            month=month,
            tip=contribution.name,
            signal=contribution.signal,
            reason=WRITTEN,
            value=signals.get(contribution.signal) if contribution.signal else None,
            clients=clients,
            upload=upload,
            told_at=now,
        )
    history = [Used(each.tip, each.month, each.value, each.answer) for each in told]
    choice = choose(signals, clients, history, month)
    return ToldTip(
        month=month,
        tip=choice.tip,
        signal=choice.signal,
        reason=choice.reason,
        value=choice.value,
        clients=choice.clients,
        upload=upload,
        told_at=now,
        few=choice.few,
        earlier_month=choice.earlier.month if choice.earlier else None,
        earlier_value=choice.earlier.value if choice.earlier else None,
    )


def _as_chosen(tip: ToldTip) -> Choice:
    earlier = Used(tip.tip, tip.earlier_month, tip.earlier_value) if tip.earlier_month else None
    return Choice(
        tip=tip.tip,
        signal=tip.signal,
        reason=tip.reason,  # type: ignore[arg-type]  # written by `choose_tip`
        value=tip.value,
        clients=tip.clients,
        few=tip.few,
        earlier=earlier,
    )
