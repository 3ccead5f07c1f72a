from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from analysis.columns.plan import Column, ColumnPlan
from analysis.findings import ClientFacts, FileFacts, Findings
from storage.offices import Offices
from storage.register import Register

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
KEY = bytes(range(32))


@pytest.fixture
def register(tmp_path: Path):
    opened = Register(tmp_path / "register.db", KEY)
    yield opened
    opened.close()


@pytest.fixture
def offices(tmp_path: Path) -> Offices:
    opened = Offices(tmp_path / "offices", KEY)
    for office in ("a1", "b2"):
        opened.create(office)
    return opened


@pytest.fixture
def plan() -> ColumnPlan:
    column = Column(
        position=0,
        header="Omzet",
        name="Omzet",
        role="revenue",
        kind="money",
        confidence=1,
        why="heading",
        stored=True,
    )
    return ColumnPlan(columns=(column,))


@pytest.fixture
def findings() -> Findings:
    return Findings(
        schema=1,
        as_of=date(2026, 11, 23),
        file=FileFacts(
            name="klanten.xlsx",
            format="xlsx",
            sheet="",
            encoding=None,
            header_row=1,
            rows=2,
            skipped=(),
        ),
        columns=(),
        clients=ClientFacts(count=2, rows_added_up=False, left_out=()),
        top10=None,
        pareto=None,
        groups=(),
        focus=None,
        signals=(),
        notes=(),
    )
