"""All that is kept of an office as archives to take along: its lists, findings, answers and marks.

Runs in a worker process; `lists_in_parts` says what goes into which archive.
"""

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.columns.plan import ColumnPlan
from analysis.findings import Findings
from bot.replies.words import words
from bot.workbook.cells import harmless
from storage.everything import Rows
from storage.office import UploadSummary

ROWS_IN_A_PART = 200_000
"""About a tenth of what the messenger takes in one file."""


@dataclass(frozen=True)
class WholeList:
    """A list with all that came from it; `rows` is None after the retention time."""

    number: int
    file_name: str
    received_at: str
    plan: ColumnPlan
    findings: Findings | None
    rows: bytes | None


def lists_in_parts(lists: Sequence[tuple[UploadSummary, int]]) -> list[list[int]]:
    """The numbers of the lists in each archive; a large list has one to itself."""
    parts: list[list[int]] = [[]]
    room = ROWS_IN_A_PART
    for summary, row_count in lists:
        if parts[-1] and row_count > room:
            parts.append([])
            room = ROWS_IN_A_PART
        parts[-1].append(summary.number)
        room -= row_count
    return parts


def write_archive(
    lists: Sequence[WholeList],
    about: Mapping[str, object],
    tables: Mapping[str, Rows],
    language: str,
) -> bytes:
    """A zip with these lists; `about` and `tables` are what is kept besides, where not empty."""
    names = words(language)["everything"]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        if about or tables:
            archive.writestr(f"{names['office']}.json", _json({**about, **tables}))
        for each in lists:
            # No name of a file that was sent: a path may stand in it.
            folder = f"{names['list']}-{each.number}"
            facts = {"file_name": each.file_name, "received_at": each.received_at}
            archive.writestr(
                f"{folder}/{names['columns']}.json",
                _json({**facts, **each.plan.model_dump(mode="json")}),
            )
            if each.findings is not None:
                archive.writestr(
                    f"{folder}/{names['findings']}.json",
                    each.findings.model_dump_json(by_alias=True, indent=1),
                )
            if each.rows is not None:
                archive.writestr(f"{folder}/{names['rows']}.csv", _rows_as_csv(each.rows))
    return buffer.getvalue()


def _json(content: Mapping[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1, default=str)


def _rows_as_csv(rows: bytes) -> bytes:
    """The rows as they are stored, as text: without the columns that were thrown away."""
    from analysis import reading

    sheet = reading.unpack(rows)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(sheet.header[place]) for place in sheet.cells.columns])
    columns = [map(harmless, sheet.cells[place].tolist()) for place in sheet.cells.columns]
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue().encode("utf-8-sig", errors="replace")
