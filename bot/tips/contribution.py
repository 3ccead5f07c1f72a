"""The contribution of the month: which one an office gets, and as what it arrives."""

from collections.abc import Collection, Mapping, Sequence

from markupsafe import Markup

from bot.replies.render import render
from bot.tips.choice import Choice, choose
from bot.tips.library import Tip, library
from bot.tips.rendering import finding
from storage.contributions import Contribution


def contribution_for(
    contributions: Sequence[Contribution], signals: Collection[str]
) -> Contribution | None:
    """The contribution that takes the place of the chosen tip; None where none fits.

    `contributions` are those of the month, in the order of scheduling; `signals` the names of the
    findings of this office. One for a finding goes before one for all, and the first of its kind
    before a later one.
    """
    fitting = [each for each in contributions if each.signal is None or each.signal in signals]
    return min(fitting, key=lambda each: each.signal is None, default=None)


def render_contribution(
    contribution: Contribution,
    signals: Mapping[str, float],
    clients: int | None,
    language: str,
) -> str:
    """The message, in the frame of all tips: the finding that it rests on, its text, its author.

    `signals` gives the figure of each finding of the office by its name, `clients` how many its
    list holds.
    """
    choice = _choice(contribution, signals, clients)
    return render(
        "contribution",
        language,
        finding=finding(choice, language) if choice else Markup(),
        few=choice is not None and choice.few,
        text=contribution.text(language),
        author=contribution.author,
    )


def tip_of_signal(signal: str, language: str) -> Tip | None:
    """The library's tip on a signal: it has the words for what the signal finds."""
    return next((tip for tip in library(language).values() if tip.signal == signal), None)


def _choice(
    contribution: Contribution, signals: Mapping[str, float], clients: int | None
) -> Choice | None:
    """What the library says of the finding; None without one, or where its figure says little."""
    signal = contribution.signal
    if signal is None or signal not in signals:
        return None
    choice = choose({signal: signals[signal]}, clients, (), contribution.month)
    return choice if choice.signal == signal else None
