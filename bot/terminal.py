"""The answers as plain text, for the command line."""

import html
import re
from collections.abc import Sequence
from datetime import UTC, datetime

from analysis.columns.plan import Column, ColumnPlan
from analysis.errors import UnreadableFile
from analysis.findings import Findings
from bot.replies import answers as replies
from bot.replies.render import render
from storage.office import Upload

TAG = re.compile(r"<[^>]+>")


def answers(findings: Findings, columns: Sequence[Column], file_name: str, language: str) -> str:
    """The same texts as in the chat, one after another."""
    upload = Upload(
        number=0,
        file_name=file_name,
        received_at=datetime(
            findings.as_of.year, findings.as_of.month, findings.as_of.day, tzinfo=UTC
        ),
        plan=ColumnPlan(columns=tuple(columns)),
        rows_kept=False,
        row_count=findings.file.rows,
        extends=None,
        findings=findings,
    )
    parts = [
        replies.receipt(upload, language, 0),
        replies.first_answer(upload, language),
        replies.top10(upload, language),
        replies.pareto(upload, language),
        replies.value(upload, language),
        replies.focus(upload, language),
    ]
    texts = dict.fromkeys(_plain(part.text) for part in parts)
    return "\n\n".join(texts) + "\n"


def unreadable(error: UnreadableFile, file_name: str, language: str) -> str:
    """One line that says what was expected, found, and what to do."""
    text = render(
        "unreadable",
        language,
        reason=error.reason,
        found=error.found,
        limit=error.limit,
        file_name=file_name,
        kept=False,
    )
    return _plain(text).split("\n")[0]


def no_such_file(error: OSError, file_name: str, language: str) -> str:
    reason = error.strerror or str(error)
    return _plain(render("no_such_file", language, file_name=file_name, reason=reason))


def _plain(markup: str) -> str:
    return html.unescape(TAG.sub("", markup))
