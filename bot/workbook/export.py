"""One export of one list, as a job for a worker process."""

from analysis.columns.plan import ColumnPlan
from analysis.findings import Findings
from bot.workbook.wish import Wish


def write_export(rows: bytes, plan: ColumnPlan, findings: Findings, wish: Wish) -> bytes:
    """The file's content, one row per client from large to small.

    `rows` are those that the office keeps. The clients are built from them as for the findings
    themselves, so that every amount, type and level is the same. Raises UnreadableFile
    ("too_large") for a workbook with more rows than Excel has.
    """
    from analysis import clients, reading
    from bot.workbook.delimited import write_csv
    from bot.workbook.excel import write_workbook
    from bot.workbook.table import columns_of

    built = clients.build(reading.unpack(rows), plan)
    columns = columns_of(
        built,
        wish.language,
        with_names=wish.with_names,
        marks=wish.marks,
        findings=findings,
    )
    if wish.form == "csv":
        return write_csv(columns)
    return write_workbook(columns, findings, wish)
