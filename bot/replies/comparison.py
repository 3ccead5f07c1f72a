"""What changed since the list before."""

from babel import Locale

from analysis.columns.plan import ColumnPlan
from bot.comparison import (
    Compared,
    Comparison,
    can_follow_clients,
    have_no_client_in_common,
    same_kind_of_top,
)
from bot.replies.answers import Reply, menu
from bot.replies.formats import day
from bot.replies.render import render
from storage.office import Upload

# As with the analysis' own signal on the earlier top.
WORTH_A_CALL = 0.2


def changes(before: Upload, now: Upload, found: Compared, language: str) -> Reply:
    """What went up, down, in and out; nothing on single clients where they cannot be followed."""
    followed = can_follow_clients(before.plan, now.plan)
    alike = bool(
        before.findings and now.findings and same_kind_of_top(before.findings, now.findings)
    )
    if followed and before.findings and have_no_client_in_common(found, before.findings):
        text = render("nobody_in_common", language, before=before, now=now)
        return Reply(text, menu(now, language))
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
        fell=fell[0] if fell else None,
        largest_fall=fell[1] if fell else None,
        revenue_before=_revenue_column(before.plan),
        revenue_now=_revenue_column(now.plan),
    )
    return Reply(
        text,
        menu(now, language),
        chart="changes",
        chart_of=Comparison(before.findings, now.findings, found, follows)
        if before.findings and now.findings
        else None,
    )


def nothing_to_compare(now: Upload, language: str) -> Reply:
    """There is no list before this one."""
    return Reply(render("nothing_to_compare", language, now=now), menu(now, language))


def _revenue_column(plan: ColumnPlan) -> str:
    """The heading of the only column of revenue; empty where there is no such one."""
    columns = plan.revenue_columns
    return columns[0].header if len(columns) == 1 else ""
