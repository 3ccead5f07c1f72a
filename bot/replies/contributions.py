"""The contribution of the month: written step by step, planned, moved and withdrawn."""

from collections.abc import Sequence
from datetime import date
from math import ceil

from markupsafe import Markup

from analysis.signals import RULES
from bot.buttons import Button, Press
from bot.replies.answers import BUTTON_LENGTH, Reply, button_label
from bot.replies.drafts import never_mind
from bot.replies.render import render
from bot.replies.tips import month_name
from bot.replies.words import words
from bot.tips.choice import Choice
from bot.tips.contribution import render_contribution, tip_of_signal
from bot.tips.rendering import finding
from bot.typed import one_line
from storage.contributions import Contribution

TEXT_LENGTH = 1500
AUTHOR_LENGTH = 60
FINDINGS_ON_A_PAGE = 8
MONTHS_TO_CHOOSE = 6
# Clients of the office that a preview speaks to.
EXAMPLE_CLIENTS = 200


def overview(planned: Sequence[Contribution], language: str) -> Reply:
    """What is planned, a button for each, and one to write another."""
    rows = [
        [
            Button(
                f"{place} · {month_name(each.month, language)}"[:BUTTON_LENGTH],
                Press("contribution", 0, f"show.{each.number}"),
            )
        ]
        for place, each in enumerate(planned, start=1)
    ]
    write = Button(words(language)["buttons"]["contribution"], Press("contribution", 0, "new"))
    text = render(
        "contribution_all",
        language,
        planned=[
            (each, month_name(each.month, language), audience(each.signal, language))
            for each in planned
        ],
    )
    return Reply(text, [*rows, [write]])


def ask_dutch(language: str) -> Reply:
    return _ask_text("contribution_dutch", "only_english", language)


def ask_english(language: str, *, skippable: bool) -> Reply:
    """The second text; needed where the first was skipped."""
    label = "only_dutch" if skippable else None
    return _ask_text("contribution_english", label, language, skippable=skippable)


def ask_author(suggested: str, language: str) -> Reply:
    """Who signs; with a button for the name that the messenger knows."""
    known = one_line(suggested)
    text = render("contribution_author", language)
    if not known:
        return Reply(text, [[never_mind("contribution", language)]])
    label = words(language)["buttons"]["use_name"].format(name=known)
    use = Button(button_label(label, language), Press("contribution_draft", 0, "name"))
    return Reply(text, [[use], [never_mind("contribution", language)]])


def ask_audience(language: str, page: int = 0) -> Reply:
    """Everybody, or those with one of the findings that the library has words for."""
    labels, signals = words(language)["buttons"], tellable_signals()
    last = max(0, (len(signals) - 1) // FINDINGS_ON_A_PAGE)
    page = min(max(page, 0), last)
    first = page * FINDINGS_ON_A_PAGE
    shown = signals[first : first + FINDINGS_ON_A_PAGE]
    choices = [
        Button(str(place), Press("contribution_draft", 0, f"for.{signal}"))
        for place, signal in enumerate(shown, start=first + 1)
    ]
    rows = [[Button(labels["for_all"], Press("contribution_draft", 0, "all"))]]
    rows += [choices[place : place + 4] for place in range(0, len(choices), 4)]
    turn = [
        Button(labels[label], Press("contribution_draft", 0, f"page.{to}"))
        for label, to in (("earlier", page - 1), ("further", page + 1))
        if 0 <= to <= last
    ]
    below = [turn] if turn else []
    text = render(
        "contribution_audience",
        language,
        findings=[_example_finding(signal, language) for signal in shown],
        first=first + 1,
    )
    return Reply(text, [*rows, *below, [never_mind("contribution", language)]])


def ask_month(today: date, language: str, number: int | None = None) -> Reply:
    """This month and the next ones; for the planned one with this number where it moves."""

    def press(month: date) -> Press:
        if number is None:
            return Press("contribution_draft", 0, f"month.{month:%Y-%m}")
        return Press("contribution", 0, f"to.{number}.{month:%Y-%m}")

    months = months_from(today)
    buttons = [Button(month_name(month, language), press(month)) for month in months]
    rows = [buttons[place : place + 2] for place in range(0, len(buttons), 2)]
    if number is None:
        leave = never_mind("contribution", language)
    else:
        back = words(language)["buttons"]["back"]
        leave = Button(back, Press("contribution", 0, f"show.{number}"))
    return Reply(render("contribution_month", language), [*rows, [leave]])


def previews(contribution: Contribution, language: str) -> list[Reply]:
    """The tip exactly as it arrives, in each language that it was written in."""
    written = [
        each for each, text in (("nl", contribution.dutch), ("en", contribution.english)) if text
    ]
    signal = contribution.signal
    signals = {signal: example(signal)} if signal and signal in tellable_signals() else {}
    return [
        Reply(render_contribution(contribution, signals, EXAMPLE_CLIENTS, each))
        for each in sorted(written, key=lambda each: each != language)
    ]


def draft_plan(contribution: Contribution, language: str, *, taken: bool) -> Reply:
    """When and for whom a draft goes out, and the button that plans it."""
    labels = words(language)["buttons"]
    plan = Button(labels["schedule"], Press("contribution_draft", 0, "schedule"))
    again = Button(labels["write_again"], Press("contribution_draft", 0, "again"))
    rows = [[plan], [again], [never_mind("contribution", language)]]
    return Reply(_plan(contribution, language, planned=False, taken=taken), rows)


def planned(contribution: Contribution, language: str, *, taken: bool) -> Reply:
    """One that is planned, and what can be done with it."""
    labels = words(language)["buttons"]
    move, withdraw = (
        Button(labels[label], Press("contribution", 0, f"{label}.{contribution.number}"))
        for label in ("move", "withdraw")
    )
    back = Button(labels["back"], Press("contribution"))
    text = _plan(contribution, language, planned=True, taken=taken)
    return Reply(text, [[move, withdraw], [back]])


def ask_withdraw(contribution: Contribution, language: str) -> Reply:
    labels, number = words(language)["buttons"], contribution.number
    yes = Button(labels["withdraw_yes"], Press("contribution", 0, f"withdraw_yes.{number}"))
    no = Button(labels["withdraw_no"], Press("contribution", 0, f"show.{number}"))
    month = month_name(contribution.month, language)
    text = render("contribution_withdraw", language, month=month, author=contribution.author)
    return Reply(text, [[yes, no]])


def withdrawn(language: str) -> Reply:
    back = Button(words(language)["buttons"]["back"], Press("contribution"))
    return Reply(render("contribution_withdrawn", language), [[back]])


def audience(signal: str | None, language: str) -> str:
    """For whom a contribution is, in words; a signal by its code where the library lost it."""
    texts = words(language)["values"]
    if signal is None:
        return texts["everybody"]
    known = signal in tellable_signals()
    return Markup(texts["with_finding"]).format(  # noqa: S704 - our own words
        finding=_example_finding(signal, language).rstrip(".") if known else signal
    )


def tellable_signals() -> list[str]:
    """The signals that the library has words for, in the order of the analysis."""
    return [name for _, name, _ in RULES if tip_of_signal(name, "nl") is not None]


def months_from(today: date) -> list[date]:
    """The first days of the months that a tip can be planned for."""
    start = 12 * today.year + today.month - 1
    return [
        date(month // 12, month % 12 + 1, 1) for month in range(start, start + MONTHS_TO_CHOOSE)
    ]


def example(signal: str) -> float:
    """A figure of this signal that a preview can show. Raises KeyError for an unknown one."""
    tip = tip_of_signal(signal, "nl")
    if tip is None:
        raise KeyError(signal)
    if tip.unit == "clients":
        return max(tip.border, round(tip.strong * EXAMPLE_CLIENTS))
    between = (tip.border + tip.strong) / 2
    return (
        round(between, 2) if tip.unit in {"share", "share_of_clients", "ratio"} else ceil(between)
    )


def _ask_text(template: str, skip: str | None, language: str, **values: object) -> Reply:
    rows = [[never_mind("contribution", language)]]
    if skip is not None:
        label = words(language)["buttons"][skip]
        rows.insert(0, [Button(label, Press("contribution_draft", 0, "skip"))])
    return Reply(render(template, language, limit=TEXT_LENGTH, **values), rows)


def _plan(contribution: Contribution, language: str, *, planned: bool, taken: bool) -> str:
    return render(
        "contribution_plan",
        language,
        contribution=contribution,
        month=month_name(contribution.month, language),
        audience=audience(contribution.signal, language),
        planned=planned,
        taken=taken,
    )


def _example_finding(signal: str, language: str) -> Markup:
    tip = tip_of_signal(signal, language)
    assert tip is not None
    choice = Choice(
        tip=tip.name,
        signal=signal,
        reason="signal",
        value=example(signal),
        clients=EXAMPLE_CLIENTS,
    )
    return finding(choice, language)
