"""What changed since the list before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo

from babel import Locale

from analysis.columns.plan import ColumnPlan
from bot.buttons import Button, Press
from bot.comparison import (
    Compared,
    Comparison,
    can_follow_clients,
    have_no_client_in_common,
    same_kind_of_top,
)
from bot.replies.answers import Reply, menu
from bot.replies.files import file_label
from bot.replies.formats import day
from bot.replies.render import render
from bot.replies.words import words
from storage.office import Upload, UploadSummary

# As with the analysis' own signal on the earlier top.
WORTH_A_CALL = 0.2

CHOOSE = "choose"
"""What a button carries that leads to the choice of an earlier list."""
MOST_TO_CHOOSE = 6


@dataclass(frozen=True)
class Others:
    """A list and all that came before it, the newest first; days are as they were in `zone`."""

    now: Upload
    earlier: Sequence[UploadSummary]
    zone: tzinfo


def changes(before: Upload, others: Others, found: Compared, language: str) -> Reply:
    """What went up, down, in and out; nothing on single clients where they cannot be followed."""
    now = others.now
    followed = can_follow_clients(before.plan, now.plan)
    alike = bool(
        before.findings and now.findings and same_kind_of_top(before.findings, now.findings)
    )
    if followed and before.findings and have_no_client_in_common(found, before.findings):
        left = [each for each in others.earlier if each.number != before.number]
        text = render("nobody_in_common", language, before=before, now=now, others=bool(left))
        return Reply(
            text, [*_choices(replace(others, earlier=left), language), *menu(now, language)]
        )
    follows = followed and alike
    fell = found.fell if follows and found.fell and found.fell[1] > WORTH_A_CALL else None
    text = render(
        "changes",
        language,
        before=before,
        now=now,
        changes=found.changes,
        since=day(found.changes.since, Locale(language)),
        follows=followed,
        same_kind=alike,
        gone=found.gone,
        uncounted=found.uncounted,
        moved=found.moved,
        fell=fell[0] if fell else None,
        largest_fall=fell[1] if fell else None,
        revenue_before=_revenue_column(before.plan),
        revenue_now=_revenue_column(now.plan),
    )
    return Reply(
        text,
        [*_another(others, language), *menu(now, language)],
        chart="changes",
        chart_of=Comparison(before.findings, now.findings, found, follows)
        if before.findings and now.findings
        else None,
    )


def nothing_to_compare(others: Others, language: str) -> Reply:
    """No list before this one is of the same clients; the adviser may know better."""
    text = render(
        "nothing_to_compare", language, now=others.now, lists=_with_days(others, language)
    )
    return Reply(text, [*_choices(others, language), *menu(others.now, language)])


def choose(others: Others, language: str) -> Reply:
    """With which earlier list?"""
    text = render("choose_earlier", language, now=others.now, lists=_with_days(others, language))
    return Reply(text, [*_choices(others, language), *menu(others.now, language)])


def _another(others: Others, language: str) -> list[list[Button]]:
    """To the choice of another list, where there is one."""
    if len(others.earlier) < 2:
        return []
    label = words(language)["buttons"]["another_list"]
    return [[Button(label, Press("changes", others.now.number, CHOOSE))]]


def _choices(others: Others, language: str) -> list[list[Button]]:
    return [
        [
            Button(
                file_label(each.file_name, place),
                Press("changes", others.now.number, str(each.number)),
            )
        ]
        for place, each in enumerate(others.earlier[:MOST_TO_CHOOSE], start=1)
    ]


def _with_days(others: Others, language: str) -> list[tuple[UploadSummary, str]]:
    return [
        (each, day(each.received_at.astimezone(others.zone).date(), Locale(language)))
        for each in others.earlier[:MOST_TO_CHOOSE]
    ]


def _revenue_column(plan: ColumnPlan) -> str:
    """The heading of the only column of revenue; empty where there is no such one."""
    columns = plan.revenue_columns
    return columns[0].header if len(columns) == 1 else ""
